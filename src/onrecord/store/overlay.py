"""Corrections laid over a record: a record and what persons said of it, to a record.

A pure function. Ids and keys of entries that the reading made stay as they are; what was laid over
is told in ``reader.options`` as ``corrections``, so that a corrected record is not taken for what
the reader said.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec
from msgspec import structs

from onrecord.record.invariants import first_offset
from onrecord.record.model import Attribution, Event, Record, Time
from onrecord.record.select import Selection, select
from onrecord.store.anchors import find
from onrecord.store.correction import Correction
from onrecord.store.defaults import PREFIX, factuality_of, span_of
from onrecord.store.values import KINDS, Gone, restore, restore_entry


class Overlaid(NamedTuple):
    """A record with corrections over it, and the entry on which each of them holds.

    ``entries``: for each correction its entry's id (of one that was rejected: the id that it had),
    or None where it finds no entry any more.
    """

    record: Record
    entries: dict[int, str | None]


class _Without(Selection, frozen=True, kw_only=True):
    gone: str

    def keeps(self, entry: Any) -> bool:
        return bool(entry.id != self.gone)


def overlay(record: Record, corrections: Iterable[Correction]) -> Overlaid:
    """``record`` with ``corrections`` over it, in their order; undone ones are left out.

    ``same`` and ``different`` change no record: they are for entries of several reports.
    """
    entries: dict[int, str | None] = {}
    laid: list[int] = []
    now = record
    for correction in corrections:
        if correction.undone is not None:
            continue
        try:
            now, entry = _ACTIONS[correction.action](now, correction)
        except Gone:
            entry = None
        entries[correction.correction] = entry
        if entry is not None and correction.action in _CHANGING:
            laid.append(correction.correction)
    if laid:
        options = {**record.reader.options, "corrections": laid}
        now = structs.replace(now, reader=structs.replace(record.reader, options=options))
    return Overlaid(now, entries)


def target(record: Record, correction: Correction) -> Any:
    """The entry that ``correction`` is about. Raises ``Gone`` where it is not there any more."""
    found = find(record, correction.part, correction.key, correction.words, correction.spans)
    if found is None:
        raise Gone
    return found


def _reject(record: Record, correction: Correction) -> tuple[Record, str]:
    entry = target(record, correction)
    if isinstance(entry, Attribution):
        record = _without_teller(record, entry)
    left = select(record, _Without(gone=entry.id))
    return structs.replace(left, reader=record.reader), entry.id


def _without_teller(record: Record, gone: Attribution) -> Record:
    """``record`` without what only ``gone`` tells: its claims; what it holds goes one out."""
    events = tuple(
        structs.replace(e, claims=tuple(c for c in e.claims if c.attribution != gone.id))
        for e in record.events or ()
    )
    attributions = tuple(
        structs.replace(a, nested_in=gone.nested_in) if a.nested_in == gone.id else a
        for a in record.attributions or ()
    )
    changes: dict[str, Any] = {"attributions": attributions}
    if record.events is not None:
        changes["events"] = events
    return structs.replace(record, **changes)


def _set(record: Record, correction: Correction) -> tuple[Record, str]:
    entry = target(record, correction)
    field = correction.field or ""
    value = restore(record, type(entry), field, correction.value)
    changes = {field: value}
    if isinstance(entry, Event) and field == "realis":
        changes["factuality"] = factuality_of(value)
    if isinstance(entry, Time) and field == "value":
        changes["start"], changes["end"] = span_of(value)
    return _replaced(record, correction.part, structs.replace(entry, **changes)), entry.id


def _add(record: Record, correction: Correction) -> tuple[Record, str]:
    part = correction.part
    value = restore_entry(record, correction.value)
    key = key_of(record, part, value)
    there = next((e for e in getattr(record, part) or () if e.key == key), None)
    if there is not None:
        return record, there.id
    entry: Any = msgspec.convert({**value, "id": _free_id(record, part), "key": key}, KINDS[part])
    entries = (*(getattr(record, part) or ()), entry)
    return _ordered(record, part, entries), entry.id


def _across(record: Record, correction: Correction) -> tuple[Record, str]:
    return record, target(record, correction).id


_ACTIONS = {"reject": _reject, "set": _set, "add": _add, "same": _across, "different": _across}
_CHANGING = ("reject", "set", "add")


def _replaced(record: Record, part: str, entry: Any) -> Record:
    entries = getattr(record, part) or ()
    return _ordered(record, part, tuple(entry if e.id == entry.id else e for e in entries))


def _ordered(record: Record, part: str, entries: tuple[Any, ...]) -> Record:
    """``record`` with ``entries`` in the order of the text; those that begin together stay so."""
    changes: dict[str, Any] = {part: tuple(sorted(entries, key=first_offset))}
    return structs.replace(record, **changes)


def _free_id(record: Record, part: str) -> str:
    """An id after the last of ``part``: those of the reading stay what they were."""
    prefix = PREFIX[part]
    numbers = [
        int(found[1])
        for entry in getattr(record, part) or ()
        if (found := re.fullmatch(rf"{prefix}(\d+)", entry.id))
    ]
    return f"{prefix}{max(numbers, default=0) + 1}"


def key_of(record: Record, part: str, value: dict[str, Any]) -> str:
    """The key of an entry that was added: as the reading would make it of the same words."""
    spans = [span for name in _KEYED[part] for span in _spans_in(value.get(name))]
    place = ",".join(f"{start}-{end}" for start, end in spans)
    return hashlib.sha256(f"{part}|{place}|{record.text_sha256}".encode()).hexdigest()[:16]


_KEYED = {
    "entities": ("mentions",), "attributions": ("content", "cue"), "events": ("anchor",),
    "permissions": ("anchor", "act"), "reasons": ("anchor", "content"),
    "forecasts": ("content", "cue"), "quantities": ("spans",), "times": ("spans",),
    "places": ("spans",),
}  # fmt: skip


def _spans_in(value: Any) -> list[tuple[int, int]]:
    if value is None:
        return []
    if isinstance(value, dict):
        return _spans_in(value["spans"])
    if value and isinstance(value[0], dict):
        return [span for one in value for span in _spans_in(one)]
    return [(start, end) for start, end in value]
