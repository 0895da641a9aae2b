"""Fills the tables of a store from records, in memory, for tests of reconciling."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import duckdb
import pyarrow as pa

from onrecord.record.model import PARTS, Record
from onrecord.record.rows import Context, own_columns
from onrecord.store.schema import statements

ROLES = {
    "events": ("actors", "recipients"),
    "permissions": ("grantor", "grantee", "requester", "item", "against"),
}
FIELDS = {
    "attributions": ("cue", "content"),
    "events": ("anchor",),
    "permissions": ("anchor", "act", "condition"),
    "reasons": ("anchor", "content"),
    "forecasts": ("content", "cue", "horizon"),
}


def empty() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    connection.execute("SET threads = 1")
    for statement in statements():
        connection.execute(statement)
    return connection


def fill(connection: duckdb.DuckDBPyConnection, records: Iterable[Record], first: int = 1) -> None:
    """Adds records as reports ``first``, ``first + 1``, …, none of them copies of a text."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for report, record in enumerate(records, start=first):
        _report(rows, report, record)
    for table, lines in rows.items():
        names = ", ".join(f'"{name}"' for name in lines[0])
        given = pa.Table.from_pylist(lines)
        connection.register("given", given)
        insert = "INSERT OR IGNORE" if table == "texts" else "INSERT"
        connection.execute(f'{insert} INTO "{table}" ({names}) SELECT {names} FROM given')
        connection.unregister("given")


def _report(rows: dict[str, list[dict[str, Any]]], report: int, record: Record) -> None:
    def put(table: str, **cells: Any) -> None:
        rows.setdefault(table, []).append(cells)

    published = record.published
    day = dt.date.fromisoformat(published[:10]) if published and len(published) >= 10 else None
    put("reports", report=report, appearance=record.id, version=1, current=True,
        content=record.text_sha256, id=record.id, published=published, day=day, title=record.title,
        source=record.source, credit=record.credit, text_sha256=record.text_sha256, run=1,
        added=dt.datetime(2031, 1, 1))  # fmt: skip
    if all(line["text_sha256"] != record.text_sha256 for line in rows.get("texts", ())):
        put("texts", text_sha256=record.text_sha256, text=record.text, words=1)
    context = Context(record)
    for part in PARTS:
        columns = own_columns(part)
        for entry in getattr(record, part) or ():
            cells = {column.name: column.get(context, entry) for column in columns}
            put(part, report=report, id=entry.id, key=entry.key, **cells)
            for role in ROLES.get(part, ()):
                for position, argument in enumerate(getattr(entry, role)):
                    start, end = _ends(argument)
                    singular = role.removesuffix("s") if part == "events" else role
                    put("participants", report=report, part=part, id=entry.id, role=singular,
                        position=position, words=argument.text, start=start, end=end,
                        entity=argument.entity, codes=list(argument.codes),
                        sectors=list(argument.sectors))  # fmt: skip
            fields = {name: getattr(entry, name) for name in FIELDS.get(part, ())}
            if part in {"quantities", "times", "places"}:
                fields["self"] = entry
            for field, words in fields.items():
                for start, end in words.spans if words is not None else ():
                    put("spans", report=report, part=part, id=entry.id, field=field,
                        start=start, end=end)  # fmt: skip
    for entity in record.entities or ():
        for mention in entity.mentions:
            start, end = _ends(mention)
            put("mentions", report=report, entity=entity.id, kind=mention.kind,
                words=mention.text, start=start, end=end)  # fmt: skip
    for attribution in record.attributions or ():
        for entity_id in attribution.source.entities if attribution.source else ():
            put("sources", report=report, id=attribution.id, entity=entity_id)
    for event in record.events or ():
        for claim in event.claims:
            put("claims", report=report, event=event.id, attribution=claim.attribution,
                realis=claim.realis)  # fmt: skip
        for place in event.places or ():
            put("event_places", report=report, event=event.id, words=place.text, place=place.place)
        for time in event.times or ():
            put("event_times", report=report, event=event.id, words=time.text, time=time.time)


def _ends(words: Any) -> tuple[int | None, int | None]:
    return (words.spans[0][0], words.spans[-1][1]) if words.spans else (None, None)
