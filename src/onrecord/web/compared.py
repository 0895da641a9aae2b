"""Pages that set texts side by side: conflicts, copies, versions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from onrecord.store import Store
from onrecord.web.answers import Page
from onrecord.web.blocks import ABOUT, DAY, OUTLET, REPORT, Fact, NotThereError, one
from onrecord.web.changes import changes
from onrecord.web.listings import Column, Row, rows_of

_AROUND = 320
_SHOWN = 10
"""Copies of a group whose differences are shown at once; the others by their link."""


@dataclass(frozen=True)
class Passage:
    """Words of a report with what stands around them: pieces, each marked or not."""

    report: int
    id: str
    name: str
    day: str | None
    outlet: str | None
    told_by: str | None
    pieces: tuple[tuple[str, bool], ...]


def passage(store: Store, report: int, part: str, id_: str, words: str | None) -> Passage:
    """The passage of an entry; ``words`` stand alone where the store has no text."""
    row = one(
        store,
        "report",
        f"SELECT {ABOUT}, t.text FROM reports r LEFT JOIN texts t USING (text_sha256)"
        " WHERE r.report = ?",
        report,
    )
    spans = rows_of(
        store,
        'SELECT start, "end" FROM spans WHERE report = ? AND part = ? AND id = ? AND field IN'
        " ('anchor', 'self', 'content') ORDER BY start",
        [report, part, id_],
    )
    told = (
        rows_of(
            store,
            f'SELECT told_by FROM "{part}" WHERE report = ? AND id = ?',
            [report, id_],
        )
        if part in _TOLD
        else []
    )
    pieces: list[tuple[str, bool]] = []
    text: str | None = row["text"]
    if text is None or not spans:
        pieces = [(words or "", True)]
    else:
        at = max(0, spans[0]["start"] - _AROUND)
        end = min(len(text), spans[-1]["end"] + _AROUND)
        before = "… " if at else ""
        for span in spans:
            if span["start"] >= at:
                pieces += [
                    (before + text[at : span["start"]], False),
                    (text[span["start"] : span["end"]], True),
                ]
                at, before = span["end"], ""
        pieces.append((text[at:end] + (" …" if end < len(text) else ""), False))
    return Passage(
        report,
        id_,
        row["name"],
        row["day"],
        row["outlet"],
        told[0]["told_by"] if told else None,
        tuple(pieces),
    )


_TOLD = ("events", "permissions", "reasons", "forecasts", "quantities")


def conflict(store: Store, number: int) -> Page:
    """Two passages side by side."""
    row = one(
        store,
        "conflict",
        "SELECT c.* REPLACE (CAST(c.why AS VARCHAR) AS why,"
        " coalesce(f.label, h.label, c.about) AS about) FROM conflicts c"
        " LEFT JOIN figures f ON c.about = 'figure:' || f.figure"
        " LEFT JOIN happenings h ON h.happening = c.happening WHERE c.conflict = ?",
        number,
    )
    sides = [
        passage(
            store,
            row[f"{side}_report"],
            row[f"{side}_part"],
            row[f"{side}_id"],
            row[f"{side}_words"],
        )
        for side in ("left", "right")
    ]
    facts = [
        Fact("over", row["kind"]),
        Fact("verdict", row["verdict"]),
        Fact("about", row["about"]),
        Fact(
            "event",
            row["happening"],
            None if row["happening"] is None else f"/events/{row['happening']}",
        ),
        Fact("sure", row["score"]),
        Fact("why", row["why"]),
    ]
    return Page(
        "conflict.html",
        row["about"] or f"conflict {number}",
        {
            "kind": "Conflict",
            "facts": [f for f in facts if f.value not in (None, "")],
            "sides": sides,
        },
        data={**row, "passages": ["".join(words for words, _ in side.pieces) for side in sides]},
        rows=[row],
        columns=[Column(name, name) for name in row],
    )


def copies(store: Store, number: int) -> Page:
    """A group of copies, and what was cut from each or changed in it."""
    rows = rows_of(
        store,
        f'SELECT {ABOUT}, c."of", c.kind, c.containment, c.similarity, CAST(c.why AS '
        "VARCHAR) AS why,"
        " t.text FROM copies c JOIN reports r USING (report) LEFT JOIN texts t USING (text_sha256)"
        " WHERE c.cluster = ? ORDER BY c.report <> c.cluster, r.day NULLS LAST, r.report",
        [number],
    )
    if not rows:
        raise NotThereError(f"This store has no copies of report {number}.")
    return _side_by_side(
        "Copies",
        f"Copies of {rows[0]['name']}",
        rows,
        lambda row: row["of"] or number,
        (
            Column("kind", "how", "label"),
            Column("containment", "contained", "score"),
            Column("similarity", "alike", "score"),
            Column("why", "why", "words"),
        ),
    )


def versions(store: Store, number: int) -> Page:
    """The versions of one report: what was changed from each to the next."""
    rows = rows_of(
        store,
        f"SELECT {ABOUT}, r.version, CAST(r.added AS VARCHAR) AS added, t.text FROM reports r"
        " LEFT JOIN texts t USING (text_sha256) WHERE r.appearance = (SELECT appearance FROM"
        " reports WHERE report = ?) ORDER BY r.version",
        [number],
    )
    if not rows:
        raise NotThereError(f"This store has no report {number}.")
    before = {row["report"]: old["report"] for old, row in pairwise(rows)}
    return _side_by_side(
        "Versions",
        f"Versions of {rows[-1]['name']}",
        rows,
        lambda row: before.get(row["report"]),
        (Column("version", "version", "number"), Column("added", "added", "day")),
    )


def _side_by_side(
    kind: str, title: str, rows: list[Row], base: Any, columns: tuple[Column, ...]
) -> Page:
    texts = {row["report"]: row.pop("text") for row in rows}
    shown = []
    for row in rows[: _SHOWN + 1]:
        old = base(row)
        if old is None or old == row["report"] or old not in texts:
            continue
        first, second = texts[old], texts[row["report"]]
        made = None if first is None or second is None else changes(first, second)
        reason = (
            "The text was not kept."
            if first is None or second is None
            else "These texts are too long to be compared here."
            if made is None
            else ""
        )
        shown.append({"row": row, "base": old, "changes": made, "reason": reason})
    all_columns = (DAY, REPORT, OUTLET, *columns, Column("report", "number", "number", shown=False))
    return Page(
        "copies.html",
        title,
        {
            "kind": kind,
            "rows": rows,
            "columns": all_columns,
            "shown": shown,
            "left_out": max(0, len(rows) - 1 - _SHOWN),
        },
        data={"kind": kind, "reports": rows},
        rows=rows,
        columns=all_columns,
    )
