"""Where bytes come from: what every reader of a format is told."""

from __future__ import annotations

import re

from msgspec import Struct

_UNPAIRED = re.compile("[\ud800-\udfff]")


class Origin(Struct, frozen=True, kw_only=True):
    """Where bytes come from.

    ``name``: what the input is called in messages. ``file``: the path as typed. ``url``: the
    address. ``charset`` and ``mime``: what a server declared. ``found``: the file was found in a
    folder and not named by the user.
    """

    name: str
    file: str | None = None
    url: str | None = None
    charset: str | None = None
    mime: str | None = None
    found: bool = False


def printable(text: str) -> str:
    """``text`` without unpaired surrogates, so that it can be written as UTF-8."""
    return text if text.isascii() else _UNPAIRED.sub("\ufffd", text)
