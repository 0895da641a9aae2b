"""The page of a report, and of each of its entries."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from onrecord.record.model import PARTS, Record
from onrecord.record.rows import ROWS, Context, columns, rows_of
from onrecord.store import Store
from onrecord.web import listings
from onrecord.web.answers import Page
from onrecord.web.asked import AskedError
from onrecord.web.blocks import NotThereError
from onrecord.web.cards import card
from onrecord.web.correcting import ACROSS, ADDABLE, SETTABLE, Settable
from onrecord.web.listings import Column
from onrecord.web.render import name_of, target_rules, view
from onrecord.web.stretches import entries


def report(store: Store, request: Request) -> Page:
    """One report: its text with all entries marked, and they beside it."""
    number = request.path_params["number"]
    record = _record(store, number)
    part = request.query_params.get("rows", "events")
    if part not in ROWS:
        raise AskedError(f"rows: {part[:40]!r} is none of {', '.join(ROWS)}")
    kinds = columns(part)
    rows = [
        dict(zip([column.name for column in kinds], row, strict=True))
        for row in rows_of(record, part)
    ]
    return Page(
        "report.html",
        name_of(record),
        {
            "view": view(record),
            "number": number,
            "about": _about(store, number),
            "addable": ADDABLE,
            "made": _made(store, request, number),
            "has_text": record.text is not None,
        },
        data=msgspec.to_builtins(record),
        rows=rows,
        columns=[Column(column.name, column.name) for column in kinds],
    )


def _record(store: Store, number: int) -> Record:
    if number > 2**62:
        raise NotThereError(f"This store has no report {number}.")
    return store.record(number)


def _about(store: Store, number: int) -> dict[str, Any]:
    """Versions, copies and corrections of a report."""
    row = listings.rows_of(
        store,
        "SELECT r.current, r.version,"
        " (SELECT count(*) FROM reports o WHERE o.appearance = r.appearance) AS versions,"
        " (SELECT max(o.report) FILTER (o.current) FROM reports o WHERE o.appearance = "
        "r.appearance)"
        " AS newest,"
        " (SELECT any_value(cluster) FROM copies c WHERE c.report = r.report) AS cluster,"
        " (SELECT count(*) FROM copies c WHERE c.cluster ="
        " (SELECT any_value(cluster) FROM copies c WHERE c.report = r.report)) AS copies,"
        " (SELECT count(*) FROM corrections k WHERE k.report = r.report AND k.undone IS NULL)"
        " AS corrections FROM reports r WHERE r.report = ?",
        [number],
    )
    return row[0] if row else {}


def _made(store: Store, request: Request, number: int) -> int | None:
    """The correction that was just made, as the address says: one of this report, not undone."""
    given = request.query_params.get("made", "")
    if not re.fullmatch(r"[0-9]{1,18}", given):
        return None
    found = listings.rows_of(
        store,
        "SELECT correction FROM corrections WHERE correction = ? AND report = ? AND undone IS NULL",
        [int(given), number],
    )
    return int(given) if found else None


def marks(gate: Any) -> Any:
    """The endpoint of the style rules that light up the entry in the address, without
    JavaScript.
    """

    def endpoint(request: Request) -> Response:
        with gate.read() as store:
            rules = target_rules(_record(store, request.path_params["number"]))
        return Response(rules, media_type="text/css")

    return endpoint


def entry(store: Store, request: Request) -> Page:
    """One entry by its key, which lasts, or its id: what it says, its words, and forms to correct
    it.
    """
    number, key = request.path_params["number"], request.path_params["key"]
    record = _record(store, number)
    found = next(((p, e) for p, e in entries(record) if key in (e.key, e.id)), None)
    if found is None:
        raise NotThereError(
            f"Report {number} has no entry {key[:40]} now: it was rejected, or is read otherwise."
        )
    part, one = found
    context = Context(record)
    made = card(context, part, one)
    fields = [(field, _now(one, field)) for field in SETTABLE[part]]
    others = [(e.id, e.key, _words(e)) for e in getattr(record, part) or () if e.id != one.id]
    return Page(
        "entry.html",
        f"{made.label} · {name_of(record)}",
        {
            "card": made,
            "number": number,
            "report_name": name_of(record),
            "sentence": _sentence(context, one),
            "fields": fields,
            "across": part in ACROSS,
            "others": others[:300],
            "part": part,
            "made": _made(store, request, number),
            "links": _links(store, number, part, one),
            "corrections": listings.rows_of(
                store,
                "SELECT correction, author, CAST(made AS VARCHAR) AS made, action, field, note"
                " FROM corrections WHERE report = ? AND key = ? AND undone IS NULL ORDER BY 1",
                [number, one.key],
            ),
        },
        data={
            "report": number,
            "part": part,
            "entry": msgspec.to_builtins(one),
            "sentence": context.sentence_text(one),
        },
        rows=[
            {
                "report": number,
                "part": part,
                "id": one.id,
                "key": one.key,
                "sentence": context.sentence_text(one),
                "score": one.score,
            }
        ],
        columns=[
            Column(name, name) for name in ("report", "part", "id", "key", "sentence", "score")
        ],
    )


def _words(one: Any) -> str:
    for name in ("name", "anchor", "text", "content"):
        value = getattr(one, name, None)
        if value:
            return value if isinstance(value, str) else str(value.text)
    return str(one.id)


def _now(one: Any, field: Settable) -> str:
    """The value of a field as its form shows it."""
    value = getattr(one, field.name)
    if field.kind == "list":
        return "; ".join(words.text for words in value or ())
    if field.kind == "words":
        return "" if value is None else str(value.text)
    if field.kind == "flag":
        return "yes" if value else ""
    return "" if value is None else str(value)


def _sentence(context: Context, one: Any) -> list[tuple[str, bool]]:
    """The sentence of an entry, its own words marked."""
    from onrecord.web.stretches import head

    text, span = context.record.text, context.sentence(one)
    part = next(p for p in PARTS if one in (getattr(context.record, p) or ()))
    spans = head(part, one)
    if text is None or not spans:
        return []
    start, end = (spans[0][0], spans[-1][1]) if span is None else span
    start, end = min(start, spans[0][0]), max(end, spans[-1][1])
    made: list[tuple[str, bool]] = []
    at = start
    for first, last in spans:
        made += [(text[at:first], False), (text[first:last], True)]
        at = last
    return [*made, (text[at:end], False)]


def _links(store: Store, number: int, part: str, one: Any) -> list[tuple[str, str]]:
    """What the entry is part of across reports."""
    asks = {
        "events": (
            "the event across reports",
            "events",
            "SELECT happening AS n FROM happening_members WHERE report = ? AND event = ?",
        ),
        "entities": (
            "the actor across reports",
            "actors",
            "SELECT actor AS n FROM actor_members WHERE report = ? AND entity = ?",
        ),
        "permissions": (
            "the permission from day to day",
            "permissions",
            "SELECT line AS n FROM permission_lines WHERE report = ? AND permission = ?",
        ),
        "quantities": (
            "the figure over time",
            "figures",
            "SELECT figure AS n FROM figure_members WHERE report = ? AND quantity = ?",
        ),
    }
    made: list[tuple[str, str]] = []
    if part in asks:
        title, path, sql = asks[part]
        made = [
            (f"/{path}/{row['n']}", title) for row in listings.rows_of(store, sql, [number, one.id])
        ]
    if part == "places" and one.geonames_id is not None:
        made.append((f"/places/{one.geonames_id}", "the place"))
    return made
