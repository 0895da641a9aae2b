"""The rules that always hold of a record, and the breaches of them in a given one.

``breaches`` is what ``onrecord verify`` prints. It trusts nothing that the reader computed: every
span is read again from the text, every reference is looked up, every label compared.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from msgspec import Struct

from onrecord.record import model
from onrecord.record.labels import LABELS, SCHEMA
from onrecord.record.model import PARTS, Record, Spans
from onrecord.record.report import sha256

_KEY = re.compile(r"[0-9a-f]{16}")

REFERENCES: dict[tuple[type[Struct], str], tuple[str, ...]] = {
    (model.Sourced, "entities"): ("entities",),
    (model.Argument, "entity"): ("entities",),
    (model.PlaceWords, "place"): ("places",),
    (model.TimeWords, "time"): ("times",),
    (model.Limit, "quantity"): ("quantities",),
    (model.Limit, "time"): ("times",),
    (model.Entity, "member_of"): ("entities",),
    (model.Attribution, "nested_in"): ("attributions",),
    (model.Claim, "attribution"): ("attributions",),
    (model.Event, "attribution"): ("attributions",),
    (model.Event, "same_as"): ("events",),
    (model.Event, "quantities"): ("quantities",),
    (model.Permission, "changes"): ("permissions",),
    (model.Permission, "attribution"): ("attributions",),
    (model.Reason, "of_ref"): ("events", "permissions", "attributions", "forecasts"),
    (model.Reason, "attribution"): ("attributions",),
    (model.Forecast, "holder"): ("entities",),
    (model.Forecast, "attribution"): ("attributions",),
    (model.Forecast, "events"): ("events",),
    (model.Quantity, "event"): ("events",),
    (model.Quantity, "time"): ("times",),
    (model.Quantity, "place"): ("places",),
    (model.Quantity, "attribution"): ("attributions",),
    (model.Time, "anchor"): ("times",),
    (model.Place, "entity"): ("entities",),
}
"""Every field that holds an id, and the parts in which it must exist."""

_SCORES = frozenset({"score", "type", "roles", "realis"})

_LABELLED: dict[tuple[type[Struct], str], str] = {
    (model.Record, "published_basis"): "published_basis",
    (model.Record, "form"): "form",
    (model.Zone, "kind"): "zone",
    (model.Entity, "kind"): "entity_kind",
    (model.Mention, "kind"): "mention_kind",
    (model.Sourced, "kind"): "source_kind",
    (model.Attribution, "quotation"): "quotation",
    (model.Attribution, "stance"): "stance",
    (model.Event, "type"): "event_type",
    (model.Event, "realis"): "realis",
    (model.Claim, "realis"): "realis",
    (model.Permission, "state"): "permission_state",
    (model.Permission, "deontic"): "deontic",
    (model.Reason, "kind"): "reason_kind",
    (model.Forecast, "likelihood"): "likelihood",
    (model.Time, "type"): "time_type",
    (model.Time, "basis"): "time_basis",
}


class Breach(NamedTuple):
    """One breach: the rule, where in the record, and what is wrong."""

    rule: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.where}: {self.what}"


def breaches(record: Record, text: str | None = None) -> Iterator[Breach]:
    """Every breach of the contract in ``record``, in a fixed order; none where it holds.

    ``text`` stands in for the record's own where that was left out; without either, what needs
    the words is not checked.
    """
    text = record.text if record.text is not None else text
    ids = {part: {entry.id for entry in getattr(record, part) or ()} for part in PARTS}
    for rule in _RULES:
        yield from rule(record, text, ids)


_Ids = dict[str, set[str]]
_Rule = Callable[[Record, str | None, _Ids], Iterator[Breach]]


def _head(record: Record, text: str | None, ids: _Ids) -> Iterator[Breach]:
    if record.schema != SCHEMA:
        yield Breach("schema", "schema", f"{record.schema!r} is not {SCHEMA!r}")
    if text is not None and sha256(text) != record.text_sha256:
        yield Breach("text_sha256", "text_sha256", "is not the hash of the text")
    if record.published is not None and not _is_iso(record.published):
        yield Breach("published", "published", f"{record.published!r} is no ISO date or date-time")
    if (record.published is None) != (record.published_basis is None):
        yield Breach("published", "published_basis", "is given exactly where published is")


def _lists(record: Record, text: str | None, ids: _Ids) -> Iterator[Breach]:
    explained = {problem.part for problem in record.problems}
    for part in PARTS:
        entries = getattr(record, part)
        wanted = part in record.reader.parts
        if entries is None and wanted and part not in explained:
            yield Breach("null", part, "is null, and problems does not say why")
        if entries is not None and not wanted:
            yield Breach("null", part, "is a list, but reader.parts does not name it")


def _identity(record: Record, text: str | None, ids: _Ids) -> Iterator[Breach]:
    seen: set[str] = set()
    for part in PARTS:
        entries = getattr(record, part) or ()
        for number, entry in enumerate(entries):
            where = f"{part}[{number}]"
            if entry.id in seen:
                yield Breach("ids", where, f"id {entry.id!r} stands on more than one entry")
            seen.add(entry.id)
            if not _KEY.fullmatch(entry.key):
                yield Breach("keys", where, f"key {entry.key!r} is not 16 hexadecimal digits")
        for key, count in Counter(entry.key for entry in entries).items():
            if count > 1:
                yield Breach("keys", part, f"key {key} stands on {count} entries")


def _fields(record: Record, text: str | None, ids: _Ids) -> Iterator[Breach]:
    for where, thing in _walk(record, ""):
        kind = type(thing)
        for name in kind.__struct_fields__:
            value = getattr(thing, name)
            here = f"{where}.{name}" if where else name
            if value is None or not isinstance(value, str | tuple | float | int):
                continue
            if (kind, name) in REFERENCES:
                named = value if isinstance(value, tuple) else (value,)
                parts = REFERENCES[kind, name]
                for reference in named:
                    if not any(reference in ids[part] for part in parts):
                        yield Breach("references", here, f"{reference!r} names no entry")
            label = _LABELLED.get((kind, name))
            if label and value not in LABELS[label]:
                yield Breach("labels", here, f"{value!r} is none of {', '.join(LABELS[label])}")
            if name in _SCORES and isinstance(value, float | int):
                yield from _score(here, value)
        if "spans" in kind.__struct_fields__:
            yield from _spans(where, thing, text)


def _score(where: str, value: float) -> Iterator[Breach]:
    if not 0 <= value <= 1 or round(value, 2) != value:
        yield Breach("scores", where, f"{value} is not in [0, 1] with two decimals")


def _spans(where: str, thing: Any, text: str | None) -> Iterator[Breach]:
    spans: Spans = thing.spans
    if not spans and not getattr(thing, "inferred", None):
        yield Breach("spans", where, "has no words and is not marked as inferred")
    for start, end in spans:
        if start < 0 or end <= start:
            yield Breach("spans", where, f"[{start}, {end}] is empty or turned round")
        elif text is not None and end > len(text):
            yield Breach("spans", where, f"[{start}, {end}] ends after the text ({len(text)})")
    if any(first[1] > second[0] for first, second in pairwise(spans)):
        yield Breach("spans", where, f"{_show(spans)} overlap or are out of order")
    words = getattr(thing, "text", None)
    if text is not None and words is not None and spans:
        found = " ".join(text[start:end] for start, end in spans)
        if found != words:
            yield Breach(
                "anchors", where, f"the text at {_show(spans)} is {found!r}, not {words!r}"
            )


def _order(record: Record, text: str | None, ids: _Ids) -> Iterator[Breach]:
    for part in PARTS:
        places = [first_offset(entry) for entry in getattr(record, part) or ()]
        for number, (before, after) in enumerate(pairwise(places), 1):
            if after < before:
                yield Breach("order", f"{part}[{number}]", "stands before the entry above it")
    for first, second in pairwise(record.sentences):
        if first[1] > second[0]:
            yield Breach("sentences", "sentences", f"{_show((first, second))} overlap")
    zones = sorted(span for zone in record.zones if zone.kind != "title" for span in zone.spans)
    for start, end in record.sentences:
        if any(z_start < end and start < z_end for z_start, z_end in zones):
            yield Breach("sentences", "sentences", f"[{start}, {end}] reaches into a zone")


def _nesting(record: Record, text: str | None, ids: _Ids) -> Iterator[Breach]:
    outer = {a.id: a.nested_in for a in record.attributions or ()}
    for start, parent in outer.items():
        seen = {start}
        at = parent
        while at is not None and at in outer:
            if at in seen:
                yield Breach("nesting", start, f"is nested in itself through {at}")
                break
            seen.add(at)
            at = outer[at]
    earlier: set[str] = set()
    for number, event in enumerate(record.events or ()):
        if event.same_as is not None and event.same_as not in earlier:
            yield Breach(
                "same_as", f"events[{number}]", "names an event that is not an earlier one"
            )
        earlier.add(event.id)


def _main(record: Record, text: str | None, ids: _Ids) -> Iterator[Breach]:
    mains = [event.anchor.spans[0][0] for event in record.events or () if event.main]
    for start, end in record.sentences:
        count = sum(start <= offset < end for offset in mains)
        if count > 1:
            yield Breach("main", "events", f"{count} main events in the sentence at {start}")


def _values(record: Record, text: str | None, ids: _Ids) -> Iterator[Breach]:
    for number, time in enumerate(record.times or ()):
        where = f"times[{number}]"
        if (time.basis == "anchor") != (time.anchor is not None):
            yield Breach("times", where, "anchor is given exactly where basis is anchor")
        if time.start and time.end and time.start > time.end:
            yield Breach("times", where, f"starts {time.start} after it ends {time.end}")
        if time.basis == "published" and record.published is None:
            yield Breach("times", where, "leans on a date of publication that is not known")
    for number, quantity in enumerate(record.quantities or ()):
        low, high = quantity.low, quantity.high
        if low is not None and high is not None and low > high:
            yield Breach("quantities", f"quantities[{number}]", f"low {low} is above high {high}")
    for number, place in enumerate(record.places or ()):
        if (place.lat is None) != (place.lon is None):
            yield Breach("places", f"places[{number}]", "has one of lat and lon without the other")


_RULES: tuple[_Rule, ...] = (_head, _lists, _identity, _fields, _order, _nesting, _main, _values)


def first_offset(entry: Any) -> int:
    """Where an entry begins in the text: the first of the words that it is ordered by.

    A quantity, time or place by its own words; an entity by its first mention; an event,
    permission or reason by its anchor; an attribution or forecast by its content.
    """
    if hasattr(entry, "spans"):
        spans: Spans = entry.spans
    elif hasattr(entry, "mentions"):
        spans = entry.mentions[0].spans if entry.mentions else ()
    elif hasattr(entry, "anchor"):
        spans = entry.anchor.spans
    else:
        spans = entry.content.spans
    return spans[0][0] if spans else 0


def _walk(thing: Struct, where: str) -> Iterator[tuple[str, Any]]:
    yield where, thing
    for name in thing.__struct_fields__:
        value = getattr(thing, name)
        here = f"{where}.{name}" if where else name
        if isinstance(value, Struct):
            yield from _walk(value, here)
        elif isinstance(value, tuple):
            for number, item in enumerate(value):
                if isinstance(item, Struct):
                    yield from _walk(item, f"{here}[{number}]")


def _show(spans: Any) -> str:
    return "[" + ", ".join(f"[{start}, {end}]" for start, end in spans) + "]"


def _is_iso(value: str) -> bool:
    try:
        dt.datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
