"""The first page: what the store holds."""

from __future__ import annotations

from starlette.requests import Request

from onrecord.store import Store
from onrecord.web.answers import Page
from onrecord.web.blocks import DAY, EVENT, OUTLET, REPORT
from onrecord.web.listings import Column, rows_of
from onrecord.web.lists_read import NAME

_COUNTED = (
    ("/reports", "reports", "SELECT count(*) FROM reports WHERE current"),
    ("/events", "events", "SELECT count(*) FROM happenings"),
    ("/claims", "attributions", "SELECT count(*) FROM attributions"),
    ("/permissions", "permissions", "SELECT count(*) FROM permissions"),
    ("/forecasts", "forecasts", "SELECT count(*) FROM forecasts"),
    ("/actors", "actors", "SELECT count(*) FROM actors"),
    ("/conflicts", "conflicts", "SELECT count(*) FROM conflicts"),
    ("/corrections", "corrections", "SELECT count(*) FROM corrections WHERE undone IS NULL"),
    ("/failures?open=yes", "not read", "SELECT count(*) FROM failures WHERE resolved IS NULL"),
)


def home(store: Store, request: Request) -> Page:
    """What the store holds, what is newest, and what most tell."""
    counts = rows_of(
        store, "SELECT " + ", ".join(f'({sql}) AS "{name}"' for _, name, sql in _COUNTED)
    )[0]
    days = rows_of(
        store,
        "SELECT CAST(min(day) AS VARCHAR) AS first, CAST(max(day) AS VARCHAR) AS last,"
        " count(*) AS n FROM reports WHERE current",
    )[0]
    # The newest are found first and named then: to name all would read every row.
    reports = rows_of(
        store,
        f"SELECT report, CAST(day AS VARCHAR) AS day, source AS outlet, left({NAME}, 300) AS "
        "name FROM"
        " (SELECT * FROM reports WHERE current ORDER BY day DESC NULLS LAST, report DESC "
        "LIMIT 12) r"
        " ORDER BY r.day DESC NULLS LAST, report DESC",
    )
    events = rows_of(
        store,
        "SELECT CAST(start AS VARCHAR) AS start, label, type, place, independent, reports, "
        "happening"
        " FROM happenings WHERE realis = 'actual' AND NOT background"
        " ORDER BY independent DESC NULLS LAST, start DESC NULLS LAST, happening LIMIT 12",
    )
    undone = rows_of(
        store,
        "SELECT (SELECT count(*) FROM reports WHERE current) - (SELECT count(*) FROM reconciled"
        " SEMI JOIN (SELECT report FROM reports WHERE current) USING (report)) AS n",
    )[0]["n"]
    columns = (DAY, REPORT, OUTLET)
    name = store.path.name
    return Page(
        "home.html",
        name,
        {
            "counts": [(href, label, counts[label]) for href, label, _ in _COUNTED],
            "days": (days["first"], days["last"]) if days["first"] else None,
            "reports": reports,
            "report_columns": columns,
            "events": events,
            "event_columns": (
                Column("start", "when", "day"),
                EVENT,
                Column("type", "type", "label"),
                Column("place", "where"),
                Column("independent", "independent", "number"),
                Column("reports", "reports", "number"),
            ),
            "notice": f"{undone:,} reports are not yet held against the others, so events, "
            "actors, figures,"
            f" copies and conflicts lack them: onrecord reread {name} does that"
            if undone
            else "",
        },
        data={
            "store": name,
            "counts": counts,
            "days": days,
            "latest": reports,
            "events": events,
            "not_reconciled": undone,
        },
        rows=reports,
        columns=columns,
    )
