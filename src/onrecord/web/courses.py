"""The pages of one figure and of one permission, as they were told from day to day."""

from __future__ import annotations

from onrecord.store import Store
from onrecord.web.answers import Page
from onrecord.web.blocks import ABOUT, DAY, OUTLET, REPORT, Block, Fact, NotThereError, one, page
from onrecord.web.listings import Column, rows_of, to_entry
from onrecord.web.plots import figure_plot


def figure(store: Store, number: int) -> Page:
    """One figure over time."""
    row = one(store, "figure", "SELECT * FROM figures WHERE figure = ?", number)
    told = rows_of(
        store,
        f"SELECT {ABOUT}, q.id, q.text, q.sentence, CAST(m.day AS VARCHAR) AS of_day, "
        "m.value, m.low,"
        " m.high, m.voice FROM figure_members m JOIN quantities q ON q.report = m.report AND"
        " q.id = m.quantity JOIN reports r ON r.report = m.report WHERE m.figure = ?"
        " ORDER BY m.day NULLS LAST, r.day, r.report",
        [number],
    )
    facts = [
        Fact("of", row["of"]),
        Fact("what of it", row["property"]),
        Fact("unit", row["unit"]),
        Fact("verdict", row["verdict"]),
        Fact("tellings", row["n"]),
        Fact("event", row["happening"], f"/events/{row['happening']}"),
    ]
    columns = (
        Column("of_day", "of", "day"),
        Column("text", "figure", "words", to_entry),
        Column("value", "value", "number"),
        Column("low", "at least", "number"),
        Column("high", "at most", "number"),
        Column("voice", "voice", "words"),
        Column("sentence", "words", "words"),
        REPORT,
        OUTLET,
    )
    return page(
        "Figure",
        row["label"] or f"figure {number}",
        facts,
        [Block("As it is told", columns, told)],
        plot=figure_plot(told),
    )


def permission(store: Store, number: int) -> Page:
    """One permission, as it was told from day to day."""
    told = rows_of(
        store,
        f"SELECT {ABOUT}, x.id, x.state, x.deontic, x.grantor, x.grantee, x.act, x.limits,"
        " x.condition, x.told_by, x.sentence FROM permission_lines l JOIN permissions x ON"
        " x.report = l.report AND x.id = l.permission JOIN reports r ON r.report = l.report"
        " WHERE l.line = ? ORDER BY l.day NULLS LAST, r.report, x.start",
        [number],
    )
    if not told:
        raise NotThereError(f"This store has no permission {number}.")
    last = told[-1]
    who = " ".join(
        part
        for part in (
            f"{last['grantor']} to" if last["grantor"] else "to",
            last["grantee"] or "somebody not named",
            f": {last['act']}" if last["act"] else "",
        )
        if part
    )
    columns = (
        DAY,
        Column("says", "state", "state"),
        Column("grantor", "by", "words"),
        Column("grantee", "for", "words"),
        Column("act", "what", "words", to_entry),
        Column("limits", "limits", "words"),
        Column("condition", "if", "words"),
        Column("told_by", "told by", "words"),
        Column("sentence", "words", "words"),
        REPORT,
    )
    return page(
        "Permission", who, [Fact("tellings", len(told))], [Block("As it was told", columns, told)]
    )
