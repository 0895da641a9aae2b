"""Rows of a ledger as an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from onrecord.ledgers import Question, show
from onrecord.mcp.answer import Answer, Row, answer, plain, shortened, told
from onrecord.mcp.citing import Citing, Place, chosen, in_text_order, places_of
from onrecord.mcp.columns import COLUMNS, Columns
from onrecord.store import Store

_HISTORY = 30
"""Steps of a figure that a row carries, the newest."""


def look(store: Store, ledger: str, question: Question, *, limit: int, passages: int) -> Answer:
    """The rows of ``ledger`` that answer ``question``.

    Raises ``QuestionError`` where it cannot be asked so.
    """
    found = show(store, ledger, replace(question, limit=limit + 1)).to_pylist()
    return proven(store, COLUMNS[ledger], found, limit=limit, passages=passages)


def proven(
    store: Store,
    columns: Columns,
    found: Sequence[dict[str, Any]],
    *,
    limit: int,
    passages: int,
    notes: Sequence[str] | None = None,
) -> Answer:
    """Those of ``found`` that words of reports prove, as an answer.

    ``notes``: what to say beside; where None, whether some reports are not reconciled yet.
    """
    # Of a conflict the left passage is the first, wherever it stands.
    order: Callable[[list[Place]], list[Place]]
    order = list if columns is COLUMNS["conflicts"] else in_text_order
    places = [chosen(order(places_of(row["passages"] or ())), passages) for row in found]
    citing = Citing(store, {place.report for some in places for place in some})
    rows, unproven = [], 0
    for row, some in zip(found, places, strict=True):
        made = row_of(columns, row, some, citing)
        if made is None:
            unproven += 1
            continue
        made.passages_left_out = len(row["passages"]) - len(made.passages)
        rows.append(made)
    beside = unreconciled(store) if notes is None else notes
    # A row that was left out can hide that there was one too many.
    more = len(found) > limit
    return answer(rows, limit=limit, more=more, unproven=unproven, notes=beside)


def row_of(
    columns: Columns, row: dict[str, Any], places: Sequence[Place], citing: Citing
) -> Row | None:
    """A row with its passages; None where the store holds no words of any."""
    shown = [made for place in places if (made := citing.passage(place)) is not None]
    if not shown:
        return None
    read = {name: plain(row[name]) for name in columns.read if told(row[name])}
    if "history" in read:
        read["history"] = [_step(step) for step in read["history"][-_HISTORY:]]
    quoted = {name: shortened(row[name]) for name in columns.quoted if told(row[name])}
    if "why" in quoted:
        quoted["why"] = shortened(msgspec.json.decode(row["why"]))
    return Row(read=read, quoted=quoted, passages=shown)


def _step(step: dict[str, Any]) -> dict[str, Any]:
    """One value of a figure: what was read, and the words apart.

    ``told_by`` is absent where the report tells it as its own word.
    """
    read = {n: v for n, v in step.items() if n not in {"words", "voice"} and told(v)}
    quoted = {"words": step["words"]}
    if told(step["voice"]) and step["voice"] != f"report:{step['report']}":
        quoted["told_by"] = step["voice"]
    return {**read, "quoted": shortened({n: v for n, v in quoted.items() if told(v)})}


def unreconciled(store: Store) -> list[str]:
    """A note where some reports have not been compared with the others."""
    row = store.sql(
        "SELECT count(*) AS reports, count(*) FILTER (WHERE d.report IS NULL) AS waiting "
        "FROM reports r LEFT JOIN reconciled d USING (report) WHERE r.current"
    ).to_pylist()[0]
    if not row["waiting"]:
        return []
    return [
        f"{row['waiting']} of {row['reports']} reports are not reconciled yet: what they share "
        "with others is not known, and one event may stand in several rows."
    ]
