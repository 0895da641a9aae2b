"""The report: one text as it came from a source, before anything of it is read."""

from __future__ import annotations

import hashlib

from msgspec import Struct

from onrecord.record.model import Problem, Zone


class Report(Struct, frozen=True, kw_only=True):
    """One report to read.

    ``text`` is final: all offsets of the record count its code points. ``published`` is an ISO
    date or date-time. ``zones`` are stretches of ``text`` that the source knows not to be prose;
    the reading finds further ones. ``problems`` is what the source had to mend or leave out.
    """

    text: str
    id: str | None = None
    published: str | None = None
    published_basis: str | None = None
    title: str | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()
    credit: str | None = None
    url: str | None = None
    file: str | None = None
    language: str | None = None
    form: str | None = None
    zones: tuple[Zone, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def text_sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, in hexadecimal digits."""
        return sha256(self.text)

    @property
    def identity(self) -> str:
        """The id given by the source, or one derived from where the text appeared and its hash."""
        if self.id is not None:
            return self.id
        where = self.source or self.url or self.file or ""
        return "r" + sha256(f"{where}\x1f{self.text_sha256}")[:20]

    @property
    def name(self) -> str:
        """What the report is called in a message: its file and id, as far as it has them."""
        names = [self.file or self.url, self.id]
        return " · ".join(dict.fromkeys(name for name in names if name)) or self.identity


class Failure(Struct, frozen=True, kw_only=True):
    """An input that gave no record, and why. ``kind`` is ``failed`` or ``skipped``."""

    name: str
    reason: str
    kind: str = "failed"


def sha256(text: str) -> str:
    """Hexadecimal SHA-256 of ``text`` in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
