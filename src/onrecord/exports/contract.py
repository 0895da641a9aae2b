"""What an export is: a format, what it holds, and how it tells what it cannot hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.record.model import PARTS, Record

Lost = Counter[str]
"""What an export has left out so far, in words, and how often."""


class ExportError(Exception):
    """Records that a format cannot take, or a library that is not there; says the way out."""


@dataclass(frozen=True)
class Format:
    """One format.

    ``kind``: ``file`` (the module has ``write(records, out, lost)`` for a binary stream),
    ``files`` (``files(records, lost)`` gives names and bytes for a folder) or ``path``
    (``write_path(records, path, lost)`` makes a file or a folder itself). ``holds``: the parts of
    the record that the format can say. ``lacks``: what of those it has no room for.
    ``needs_text``: a record without its text is refused. ``made_by``: the module, where it is not
    called like the format.
    """

    name: str
    about: str
    kind: str = "file"
    suffix: str = ""
    holds: tuple[str, ...] = PARTS
    lacks: tuple[str, ...] = ()
    needs_text: bool = False
    made_by: str = ""

    @property
    def module(self) -> str:
        """The module that makes it."""
        return f"onrecord.exports.{self.made_by or self.name.replace('-', '_')}"


CAME_BEFORE = "reports that came before, with the same id and text"


def told(records: Iterable[Record], format_: Format, lost: Lost) -> Iterator[Record]:
    """``records`` as they are, while ``lost`` counts the entries that ``format_`` cannot say.

    A record of the same report and text as one before is left out: ids are unique in most formats.
    Raises ``ExportError`` for a record without text where the format needs it.
    """
    seen: set[int] = set()
    for record in records:
        identity = hash((record.id, record.text_sha256))
        if identity in seen:
            lost[CAME_BEFORE] += 1
            continue
        seen.add(identity)
        if format_.needs_text and record.text is None:
            raise ExportError(
                f"{format_.name} needs the text, and record {record.id} has none: "
                "leave out --no-text, here or in reading"
            )
        for part in PARTS:
            entries = getattr(record, part)
            if entries and part not in format_.holds:
                lost[f"{part}: {format_.name} has no place for them"] += len(entries)
        yield record
