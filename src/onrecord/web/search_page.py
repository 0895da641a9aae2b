"""The page of a search."""

from __future__ import annotations

import threading

from starlette.requests import Request

from onrecord.store import Store
from onrecord.web import asked as a
from onrecord.web.answers import Page
from onrecord.web.blocks import ABOUT
from onrecord.web.listings import Column, Row, rows_of, to_report
from onrecord.web.search import _FOUND, Index, entries_with, snippet, terms

_PAGE = 20
_WITH_ENTRIES = 200


def search(store: Store, request: Request, index: Index) -> Page:
    """Reports that hold all the words asked for, best first, and entries whose sentence does."""
    asked = a.read(request.query_params, (a.WORDS,))
    state = index.state(store)
    if not state.whole:
        threading.Thread(target=index.update, name="search index", daemon=True).start()
    hits: list[Row] = []
    entries: list[Row] = []
    total = 0
    if asked.get("q"):
        words = terms(asked.get("q"))
        found = [report for report, _ in index.find(asked.get("q"))]
        ranks = rows_of(
            store,
            "SELECT f.report FROM (SELECT unnest($found::BIGINT[]) AS report,"
            " generate_subscripts($found::BIGINT[], 1) AS rank) f JOIN reports r USING (report)"
            " WHERE r.current ORDER BY f.rank",
            {"found": found},
        )
        current = [row["report"] for row in ranks]
        total = len(current)
        shown = current[(asked.page - 1) * _PAGE : asked.page * _PAGE]
        rows = {
            row["report"]: row
            for row in rows_of(
                store,
                f"SELECT {ABOUT}, t.text FROM reports r LEFT JOIN texts t USING (text_sha256)"
                " WHERE r.report IN (SELECT unnest($shown::BIGINT[]))",
                {"shown": shown},
            )
        }
        hits = [_hit(rows[report], words) for report in shown]
        if asked.page == 1:
            entries = entries_with(store, current[:_WITH_ENTRIES], words)
    columns = (
        Column("report", "number", "number", to_report),
        Column("name", "report"),
        Column("day", "published", "day"),
        Column("outlet", "outlet"),
        Column("snippet", "words", "words"),
    )
    return Page(
        "search.html",
        "Search",
        {
            "asked": asked,
            "hits": hits,
            "entries": entries,
            "total": total,
            "state": state,
            "pages": -(-total // _PAGE),
            "first": (asked.page - 1) * _PAGE + 1,
            "most": _FOUND,
            "trouble": index.trouble,
        },
        data={
            "asked": asked.get("q"),
            "total": total,
            "whole": state.whole,
            "reports": [
                {name: value for name, value in hit.items() if name != "pieces"} for hit in hits
            ],
            "entries": entries,
        },
        rows=hits,
        columns=columns,
        total=total,
    )


def _hit(row: Row, words: list[str]) -> Row:
    pieces = snippet(row.pop("text") or "", words)
    return {**row, "pieces": pieces, "snippet": "".join(part for part, _ in pieces)}
