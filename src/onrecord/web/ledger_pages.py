"""Pages that show a ledger: permissions as of a day, positions, forecasts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from onrecord.ledgers import Question, QuestionError, show
from onrecord.record.labels import LABELS
from onrecord.store import Store
from onrecord.web import asked as a
from onrecord.web.answers import Page
from onrecord.web.asked import PAGE, Asked, AskedError, Filter
from onrecord.web.listings import MOST_ROWS, Column, Row, to

_ACTOR = Filter("actor", "who (name or code)")
_ABOUT = Filter("about", "about (words)")
_DAYS = {"from": "since", "to": "until", "asof": "as_of"}


@dataclass(frozen=True)
class LedgerPage:
    """A page of a ledger: its filters are fields of its ``Question``."""

    name: str
    title: str
    note: str
    filters: tuple[Filter, ...]
    columns: tuple[Column, ...]
    empty: str


def _first(row: Row) -> str | None:
    passages = row.get("passages")
    if not passages:
        return None
    return f"/reports/{passages[0]['report']}#{passages[0]['id']}"


def _last(row: Row) -> str | None:
    passages = row.get("passages")
    if not passages:
        return None
    return f"/reports/{passages[-1]['report']}#{passages[-1]['id']}"


def _evidence(row: Row) -> str | None:
    evidence = row.get("evidence")
    if evidence:
        return f"/reports/{evidence['report']}#{evidence['id']}"
    return None if row.get("happening") is None else f"/events/{row['happening']}"


PERMISSIONS = LedgerPage(
    "permissions",
    "Permissions",
    "Who lets whom do what. As of a day: the latest state of each permission that was told "
    "until then.",
    (
        Filter("asof", "as of", "day"),
        _ACTOR,
        _ABOUT,
        Filter("place", "where"),
        Filter("type", "state", "choice", LABELS["permission_state"]),
        a.FROM,
        a.TO,
    ),
    (
        Column("day", "told", "day", lambda row: f"/days/{row['day']}" if row["day"] else None),
        Column("says", "state", "state"),
        Column("before", "before", "label"),
        Column("disputed", "disputed", "flag"),
        Column("grantor", "by", "words"),
        Column("grantee", "for", "words"),
        Column("act", "what", "words", _last),
        Column("item", "of what", "words"),
        Column("limits", "limits", "words"),
        Column("condition", "if", "words"),
        Column("told_by", "told by", "words"),
        Column("reports", "reports", "number"),
        Column("independent", "independent", "number"),
        Column("line", "history", "number", to("permissions", "line")),
        Column("score", "sure", "score"),
    ),
    "No permission fits this question.",
)

POSITIONS = LedgerPage(
    "positions",
    "Positions",
    "Who is for, against or undecided on what, since when, and what they held before. Give "
    "words under “about” to see all that is said of one matter.",
    (
        _ACTOR,
        _ABOUT,
        Filter("type", "position", "choice", ("for", "against", "undecided")),
        a.FROM,
        a.TO,
    ),
    (
        Column("name", "who", "text", to("actors", "actor")),
        Column("position", "position", "label"),
        Column("topic", "on", "words", _last),
        Column("since", "since", "day"),
        Column("before", "before", "label"),
        Column("changes", "changes", "number"),
        Column("statements", "statements", "number"),
        Column("reports", "reports", "number"),
        Column("independent", "independent", "number"),
        Column("last", "last", "day"),
    ),
    "No position fits this question.",
)

FORECASTS = LedgerPage(
    "forecasts",
    "Forecasts",
    "What was said to come, and what became of it. A match with a later event is a proposal: "
    "read both.",
    (
        _ACTOR,
        _ABOUT,
        Filter("type", "became of it", "choice", ("open", "came_about", "did_not", "unmatched")),
        a.FROM,
        a.TO,
    ),
    (
        Column("day", "said", "day"),
        Column("holder", "by"),
        Column("likelihood", "likelihood", "label"),
        Column("content", "what", "words", _first),
        Column("condition", "if", "words"),
        Column("due", "due", "day"),
        Column("verdict", "became of it", "label", _evidence),
        Column("match_score", "match", "score"),
        Column("happened", "what came", "words"),
        Column("told_by", "told by", "words"),
        Column("reports", "reports", "number"),
    ),
    "No forecast fits this question.",
)

LEDGER_PAGES = (PERMISSIONS, POSITIONS, FORECASTS)


def ledger_page(store: Store, page: LedgerPage, asked: Asked, *, everything: bool) -> Page:
    """``page`` for what is asked. Raises ``AskedError`` where the ledger cannot be asked so."""
    fields: dict[str, Any] = {}
    for name, value in asked.values.items():
        field = _DAYS.get(name, name)
        fields[field] = dt.date.fromisoformat(value) if name in _DAYS else value
    # All passages of all rows are dear to gather: a page asks for one row beyond its own, which
    # says that there are more.
    start, most = (0, MOST_ROWS) if everything else ((asked.page - 1) * PAGE, PAGE)
    try:
        table = show(store, page.name, Question(**fields, limit=start + most + 1))
    except QuestionError as error:
        raise AskedError(str(error)) from error
    rows: list[Row] = table.slice(start, most).to_pylist()
    for row in rows:
        for name, value in row.items():
            if isinstance(value, dt.date):
                row[name] = value.isoformat()
    more = table.num_rows > start + most
    total = None if more else table.num_rows
    return Page(
        "list.html",
        page.title,
        {
            "listing": page,
            "asked": asked,
            "rows": rows,
            "total": total,
            "columns": page.columns,
            "filters": page.filters,
            "orders": (),
            "pages": asked.page + more,
        },
        data={"title": page.title, "asked": asked.values, "total": total, "rows": rows},
        rows=rows,
        columns=page.columns,
        total=total,
    )
