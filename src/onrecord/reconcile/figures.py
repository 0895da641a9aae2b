"""The history of a figure: one thing counted by many reports, and counts that cannot both be."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from msgspec import Struct, json

from onrecord.reconcile import amounts, linked
from onrecord.reconcile.amounts import Amount, verdict
from onrecord.reconcile.conflict_rows import Conflict, Side
from onrecord.reconcile.events import near_pairs
from onrecord.reconcile.figure_pairs import Pair, match, within
from onrecord.reconcile.linked import Link, Touched
from onrecord.reconcile.tables import Connection, given

PART = "quantities"


def reconcile_figures(connection: Connection, batch: list[int]) -> Touched:
    """Lays the figures of the reports of ``batch`` beside those of like reports."""
    pairs = near_pairs(connection, batch)
    reports = sorted({*batch, *(r for left, right, _ in pairs for r in (left, right))})
    found = amounts.load(connection, reports)
    happening = _happenings(connection, reports)
    made = [pair for report in batch for pair in within(found[report])]
    for left, right, cosine in pairs:
        made += match(found[left], found[right], cosine, happening)
    links = [
        Link(p.left.entry, p.right.entry, round(p.score, 3),
             json.encode({"rule": "figure_pairs", "agree": p.agree, **p.why}).decode())
        for p in made
    ]  # fmt: skip
    entries = [amount.entry for report in batch for amount in found[report]]
    touched = linked.add(connection, PART, entries, links)
    write_figures(connection, touched)
    return touched


def forget_figures(connection: Connection, reports: list[int]) -> Touched:
    """Takes the figures of ``reports`` out."""
    touched = linked.forget(connection, PART, reports)
    write_figures(connection, touched)
    return touched


class _Linked(Struct, frozen=True):
    pair: Pair
    figure: int


def figure_conflicts(connection: Connection, figures: list[int]) -> list[Conflict]:
    """The counts of ``figures`` that cannot both be so, or of which the later updates the earlier.

    Of many reports that give the same two numbers, the pair that is surest to count one thing; and
    of a row of updates, the neighbours.
    """
    if not figures:
        return []
    with given(connection, ["number"], [(f,) for f in figures]) as these:
        rows = connection.execute(
            f"""SELECT g.number, l.left_report, l.left_id, l.right_report, l.right_id, l.score,
                       l.why
                FROM links l
                JOIN (SELECT * FROM grouped SEMI JOIN {these} USING (number)
                      WHERE part = '{PART}') g
                    ON g.report = l.left_report AND g.id = l.left_id
                WHERE l.part = '{PART}' AND l.why LIKE '%"agree":false%' ORDER BY ALL"""
        ).fetchall()
    reports = sorted({report for row in rows for report in (row[1], row[3])})
    at = {a.entry: a for those in amounts.load(connection, reports).values() for a in those}
    happening = _happenings(connection, reports)
    by_figure: dict[int, list[tuple[Amount, Amount, float, str]]] = defaultdict(list)
    for figure, left_report, left_id, right_report, right_id, sure, why in rows:
        one, other = at.get((left_report, left_id)), at.get((right_report, right_id))
        if one is not None and other is not None:
            by_figure[figure].append((*_in_order(one, other, why), sure, why))
    out = []
    for figure, those in by_figure.items():
        for one, other, sure, why in _neighbours(_surest(those)):
            told = one.event and happening.get(one.event)
            out.append(
                Conflict("figure", verdict(one, other), f"figure:{figure}", told, _side(one),
                         _side(other), sure, why)
            )  # fmt: skip
    return out


def _in_order(one: Amount, other: Amount, why: str) -> tuple[Amount, Amount]:
    """The earlier figure first; where days do not tell, as the report tells, or the smaller.

    A count that has risen or fallen to its figure comes after one of which nothing is said.
    """
    if one.report == other.report and "from" in why:
        return one, other
    known = one.day is not None and other.day is not None
    left, right = (
        (a.day if known else 0, a.way != 0, a.value * (a.way or 1), a.entry) for a in (one, other)
    )
    return (one, other) if left <= right else (other, one)


def _surest(
    those: list[tuple[Amount, Amount, float, str]],
) -> list[tuple[Amount, Amount, float, str]]:
    best: dict[tuple[float, float], tuple[Amount, Amount, float, str]] = {}
    for item in those:
        key = (item[0].value, item[1].value)
        if key not in best or (item[2], -item[0].report) > (best[key][2], -best[key][0].report):
            best[key] = item
    return [best[key] for key in sorted(best)]


def _neighbours(
    those: list[tuple[Amount, Amount, float, str]],
) -> list[tuple[Amount, Amount, float, str]]:
    pairs = {(one.value, other.value) for one, other, _, _ in those}
    out = []
    for item in those:
        one, other = item[0], item[1]
        between = any(
            (one.value, mid) in pairs and (mid, other.value) in pairs
            for mid in {value for pair in pairs for value in pair}
        )
        if verdict(one, other) != "updates" or not between:
            out.append(item)
    return out


def _side(amount: Amount) -> Side:
    return Side(amount.report, PART, amount.id, amount.prose)


def _happenings(connection: Connection, reports: list[int]) -> dict[tuple[int, str], int]:
    if not reports:
        return {}
    with given(connection, ["report"], [(r,) for r in reports]) as these:
        rows = connection.execute(
            f"""SELECT report, event, happening FROM happening_members
                SEMI JOIN {these} USING (report)"""
        ).fetchall()
    return {(report, event): happening for report, event, happening in rows}


def write_figures(connection: Connection, touched: Touched) -> None:
    """Writes ``figures`` and ``figure_members`` of the groups that have changed."""
    numbers = [(n,) for n in (*touched.changed, *touched.gone)]
    with given(connection, ["number"], numbers) as these:
        for table in ("figures", "figure_members"):
            connection.execute(
                f'DELETE FROM "{table}" WHERE figure IN (SELECT number FROM {these})'
            )
        rows = connection.execute(
            f"""SELECT g.number, g.report, g.id FROM grouped g SEMI JOIN {these} USING (number)
                WHERE g.part = '{PART}' ORDER BY ALL"""
        ).fetchall()
    reports = sorted({report for _, report, _ in rows})
    at = {a.entry: a for those in amounts.load(connection, reports).values() for a in those}
    happening = _happenings(connection, reports)
    origin = _origins(connection, reports)
    groups: dict[int, list[Amount]] = defaultdict(list)
    for number, report, id_ in rows:
        if (report, id_) in at:
            groups[number].append(at[report, id_])
    members, figures = [], []
    for number, those in groups.items():
        members += [
            (number, a.report, a.id, a.day, a.value, *_bounds(a),
             a.told_by or f"report:{origin.get(a.report, a.report)}")
            for a in those
        ]  # fmt: skip
        figures.append((number, *_figure(those, happening)))
    columns = ("figure", "report", "quantity", "at", "value", "low", "high", "voice")
    with given(connection, columns, members) as lines:
        connection.execute(
            f"""INSERT INTO figure_members
                SELECT figure, report, quantity, DATE '0001-01-01' + CAST("at" - 1 AS INTEGER),
                       value, low, high, voice FROM {lines}"""
        )
    all_columns = ("figure", "happening", "of", "property", "unit", "label", "n", "low", "high",
               "first", "last", "verdict")  # fmt: skip
    with given(connection, all_columns, figures) as lines:
        connection.execute(
            f"""INSERT INTO figures
                SELECT figure, happening, "of", property, unit, label, n, low, high,
                       DATE '0001-01-01' + CAST("first" - 1 AS INTEGER),
                       DATE '0001-01-01' + CAST("last" - 1 AS INTEGER), verdict FROM {lines}"""
        )


def _bounds(amount: Amount) -> tuple[float | None, float | None]:
    return (
        None if amount.low in {float("-inf"), amount.value} else amount.low,
        None if amount.high in {float("inf"), amount.value} else amount.high,
    )


def _figure(those: list[Amount], happening: dict[tuple[int, str], int]) -> tuple[object, ...]:
    first = min(those, key=lambda a: (a.day or 1 << 30, a.entry))
    told = sorted({happening[a.event] for a in those if a.event in happening if a.event})
    days = [a.day for a in those if a.day is not None]
    of = sorted({word for a in those for word in a.of})
    pairs = [
        verdict(*_in_order(one, other, ""))
        for one, other in pairwise(those)
        if not amounts.compatible(one, other)
    ]
    told_as = "contradicted" if "contradicts" in pairs else "updated" if pairs else "same"
    property_ = first.sort if first.sort in amounts.PROPERTIES else None
    return (
        told[0] if told else None, " ".join(of) or None, property_, first.unit, first.prose,
        len(those), min(a.value for a in those), max(a.value for a in those),
        min(days) if days else None, max(days) if days else None, told_as,
    )  # fmt: skip


def _origins(connection: Connection, reports: list[int]) -> dict[int, int]:
    if not reports:
        return {}
    with given(connection, ["report"], [(r,) for r in reports]) as these:
        rows = connection.execute(
            f"SELECT report, cluster FROM copies SEMI JOIN {these} USING (report)"
        ).fetchall()
    return dict(rows)
