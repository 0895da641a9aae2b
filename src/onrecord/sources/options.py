"""How sources are opened."""

from __future__ import annotations

from msgspec import Struct

MAX_BYTES = 64 * 1024 * 1024
MAX_CHARS = 20_000_000


class SourceOptions(Struct, frozen=True, kw_only=True):
    """How to open sources.

    ``published``: the date of every report, given by the user; it wins over what the input says.
    ``language``: ``en`` takes every text as English; None looks, and skips what is not.
    ``allow_private``: fetch from private and loopback addresses too. ``max_bytes``: the most that
    one document, one line or one answer of a server may hold, after decompression.
    ``max_chars``: the longest text. ``timeout``: seconds for one address, redirects included.
    The ``*_field`` options name keys of JSON lines and columns of tables; None finds them by the
    names that are in use.
    """

    published: str | None = None
    language: str | None = None
    allow_private: bool = False
    max_bytes: int = MAX_BYTES
    max_chars: int = MAX_CHARS
    timeout: float = 30.0
    max_redirects: int = 5
    text_field: str | None = None
    id_field: str | None = None
    title_field: str | None = None
    date_field: str | None = None
    source_field: str | None = None
    url_field: str | None = None
    author_field: str | None = None
