"""The rows of one record in every table of entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import pyarrow as pa

from onrecord.record.model import PARTS, Argument, Record, Spans
from onrecord.record.rows import Context, own_columns
from onrecord.store.schema import ENTRIES, columns_of

Row = tuple[Any, ...]

_ROLES = {
    "events": {"actors": "actor", "recipients": "recipient"},
    "permissions": {
        "grantor": "grantor", "grantee": "grantee", "requester": "requester", "item": "item",
        "against": "against",
    },
}  # fmt: skip
# Fields that hold words of the report, for the table of spans.
_FIELDS = {
    "entities": (),
    "attributions": ("source", "cue", "content"),
    "events": ("anchor", "places", "times"),
    "permissions": ("anchor", "act", "condition", "where", "limits", "times"),
    "reasons": ("anchor", "content", "of"),
    "forecasts": ("content", "cue", "horizon", "condition"),
    "quantities": ("of",),
    "times": (),
    "places": (),
}
_ARROW = {
    "VARCHAR": pa.string(), "BIGINT": pa.int64(), "INTEGER": pa.int32(), "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(), "VARCHAR[]": pa.list_(pa.string()), "BLOB": pa.binary(),
    "DATE": pa.date32(), "TIMESTAMP": pa.timestamp("us"), "JSON": pa.string(),
    "BIGINT[]": pa.list_(pa.int64()),
}  # fmt: skip


class Rows:
    """Rows of many records, table by table, until they are written."""

    def __init__(self) -> None:
        self._held: dict[str, list[Row]] = {name: [] for name in ENTRIES}

    def add(self, report: int, record: Record) -> None:
        """Adds the rows of ``record``, which has the number ``report``."""
        context = Context(record)
        for part in PARTS:
            gets = [column.get for column in own_columns(part)]
            self._held[part] += [
                (report, entry.id, entry.key, *(get(context, entry) for get in gets))
                for entry in getattr(record, part) or ()
            ]
        for name, make in _BESIDE.items():
            self._held[name] += [(report, *row) for row in make(record)]

    def tables(self) -> Iterator[tuple[str, pa.Table]]:
        """The name of each table that has rows, and they."""
        for name, rows in self._held.items():
            if rows:
                yield name, arrow(name, rows)


def arrow(name: str, rows: Sequence[Row]) -> pa.Table:
    """``rows`` as an Arrow table with the columns of the table ``name``."""
    schema = _schema(name)
    arrays = [
        pa.array(list(values), type=field.type)
        for field, values in zip(schema, zip(*rows, strict=True), strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


@cache
def _schema(name: str) -> pa.Schema:
    return pa.schema([(column, _ARROW[type_]) for column, type_ in columns_of(name)])


def _participants(record: Record) -> Iterator[Row]:
    for part, roles in _ROLES.items():
        for entry in getattr(record, part) or ():
            for field, role in roles.items():
                arguments: tuple[Argument, ...] = getattr(entry, field)
                for position, one in enumerate(arguments, 1):
                    yield (part, entry.id, role, position, one.text, *_ends(one.spans),
                           one.entity, list(one.codes), list(one.sectors))  # fmt: skip


def _mentions(record: Record) -> Iterator[Row]:
    for entity in record.entities or ():
        for mention in entity.mentions:
            yield (entity.id, mention.kind, mention.text, *_ends(mention.spans))


def _sources(record: Record) -> Iterator[Row]:
    for attribution in record.attributions or ():
        for entity in attribution.source.entities if attribution.source else ():
            yield (attribution.id, entity)


def _spans(record: Record) -> Iterator[Row]:
    for part in PARTS:
        for entry in getattr(record, part) or ():
            if hasattr(entry, "spans"):
                yield from ((part, entry.id, "self", *span) for span in entry.spans)
            for field in _FIELDS[part]:
                value = getattr(entry, field)
                for words in value if isinstance(value, tuple) else (value,):
                    for span in words.spans if words is not None else ():
                        yield (part, entry.id, field, *span)


def _claims(record: Record) -> Iterator[Row]:
    for event in record.events or ():
        for claim in event.claims:
            yield (event.id, claim.attribution, claim.realis)


def _event_places(record: Record) -> Iterator[Row]:
    for event in record.events or ():
        for words in event.places or ():
            yield (event.id, words.text, words.place)


def _event_times(record: Record) -> Iterator[Row]:
    for event in record.events or ():
        for words in event.times or ():
            yield (event.id, words.text, words.time)


_BESIDE = {
    "participants": _participants,
    "mentions": _mentions,
    "sources": _sources,
    "spans": _spans,
    "claims": _claims,
    "event_places": _event_places,
    "event_times": _event_times,
}


def _ends(spans: Spans) -> tuple[int | None, int | None]:
    """Where words begin and end, over all their pieces; nothing where they were inferred."""
    return (spans[0][0], spans[-1][1]) if spans else (None, None)
