"""A record cut down to the entries that somebody wants, every reference still good."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, structs

from onrecord.record.invariants import REFERENCES
from onrecord.record.model import PARTS, Event, Record, Time


class Selection(Struct, frozen=True, kw_only=True):
    """Which entries to keep. What is None is not asked.

    ``realis``, ``types``: labels an event must have. ``background``: False leaves out events told
    as history. ``min_score``: the least score of an entry of any part.
    """

    realis: tuple[str, ...] | None = None
    types: tuple[str, ...] | None = None
    background: bool | None = None
    min_score: float | None = None

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return self == Selection()

    def keeps(self, entry: Any) -> bool:
        """Whether ``entry`` is wanted."""
        if self.min_score is not None and entry.score < self.min_score:
            return False
        if isinstance(entry, Event):
            if self.realis is not None and entry.realis not in self.realis:
                return False
            if self.types is not None and entry.type not in self.types:
                return False
            if self.background is False and entry.background:
                return False
        return True


def select(record: Record, selection: Selection) -> Record:
    """``record`` with the entries that ``selection`` keeps.

    References to an entry that is left out become null; the selection is told in
    ``reader.options``, so that a short list is not taken for a quiet report.
    """
    if selection.is_all:
        return record
    kept: dict[str, Any] = {}
    gone: set[str] = set()
    for part in PARTS:
        entries = getattr(record, part)
        if entries is None:
            continue
        kept[part] = tuple(entry for entry in entries if selection.keeps(entry))
        gone.update(entry.id for entry in entries if not selection.keeps(entry))
    if gone:
        kept = {
            part: tuple(_without(entry, gone) for entry in entries)
            for part, entries in kept.items()
        }
    wanted = {key: value for key, value in structs.asdict(selection).items() if value is not None}
    options = {**record.reader.options, "selection": wanted}
    return structs.replace(record, reader=structs.replace(record.reader, options=options), **kept)


def _without(thing: Any, gone: set[str]) -> Any:
    """``thing`` with no reference to an entry that is gone."""
    changes: dict[str, Any] = {}
    for name in thing.__struct_fields__:
        value = getattr(thing, name)
        if (type(thing), name) in REFERENCES:
            if isinstance(value, tuple):
                if any(reference in gone for reference in value):
                    changes[name] = tuple(ref for ref in value if ref not in gone)
            elif value in gone:
                changes[name] = None
                if isinstance(thing, Time):
                    changes["basis"] = None
        elif isinstance(value, Struct):
            if (new := _without(value, gone)) is not value:
                changes[name] = new
        elif isinstance(value, tuple) and value and isinstance(value[0], Struct):
            items = tuple(_without(item, gone) for item in value)
            if any(new is not old for new, old in zip(items, value, strict=True)):
                changes[name] = items
    return structs.replace(thing, **changes) if changes else thing
