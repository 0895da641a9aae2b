"""One happening for the many reports that tell of it.

Only events of reports that are alike and near in time are compared (``nearness.py``); two that are
sure enough to be one (``event_pairs.py``) are linked, and what is linked is one happening.
"""

from __future__ import annotations

from msgspec import json

from onrecord.reconcile import linked
from onrecord.reconcile.corrected import Corrected
from onrecord.reconcile.event_pairs import LEAST, NAMES, comparable, features, score
from onrecord.reconcile.linked import Entry, Link, Touched
from onrecord.reconcile.mentions import Mention, load
from onrecord.reconcile.tables import Connection, first, given

PART = "events"


def reconcile_events(connection: Connection, batch: list[int], corrected: Corrected) -> Touched:
    """Gives each event of the reports of ``batch`` its happening."""
    pairs = near_pairs(connection, batch)
    reports = sorted({*batch, *(r for left, right, _ in pairs for r in (left, right))})
    found = load(connection, reports)
    apart = corrected.apart(PART)
    links = [link for report in batch for link in _within(found[report])]
    for left, right, cosine in pairs:
        for one in found[left]:
            for other in found[right]:
                if one.entry in apart or other.entry in apart or not comparable(one, other):
                    continue
                values = features(one, other, cosine)
                sure = score(values)
                if sure >= LEAST:
                    links.append(Link(one.entry, other.entry, round(sure, 3), _why(values)))
    known = {mention.entry for mentions in found.values() for mention in mentions}
    links += [
        Link(left, right, 1.0, json.encode({"rule": "correction", "correction": number}).decode())
        for left, right, number in corrected.same.get(PART, ())
        if left[0] in batch or right[0] in batch
        if {left, right} <= known | _grouped(connection, [left, right])
    ]
    entries = [mention.entry for report in batch for mention in found[report]]
    touched = linked.add(connection, PART, entries, links)
    write_members(connection, touched)
    return touched


def forget_events(connection: Connection, reports: list[int]) -> Touched:
    """Takes the events of ``reports`` out of their happenings."""
    touched = linked.forget(connection, PART, reports)
    write_members(connection, touched)
    return touched


def near_pairs(connection: Connection, batch: list[int]) -> list[tuple[int, int, float]]:
    """The pairs of alike reports of which one is in ``batch``, and their cosine."""
    with given(connection, ["report"], [(r,) for r in batch]) as new:
        rows = connection.execute(
            f"""SELECT "left", "right", cosine FROM likeness_pairs
                WHERE "left" IN (SELECT report FROM {new}) OR "right" IN (SELECT report FROM {new})
                ORDER BY ALL"""
        ).fetchall()
    return [(left, right, cosine) for left, right, cosine in rows]


def write_members(connection: Connection, touched: Touched) -> None:
    """Writes ``happening_members`` of the groups that have changed."""
    with given(connection, ["number"], [(n,) for n in (*touched.changed, *touched.gone)]) as these:
        connection.execute(
            f"DELETE FROM happening_members WHERE happening IN (SELECT number FROM {these})"
        )
        connection.execute(
            f"""INSERT INTO happening_members (happening, report, event, score, why)
                SELECT b.number, b.report, b.id, round(coalesce(b.score, e.score), 2),
                       coalesce(b.why, '{{"rule":"alone"}}')
                FROM ({linked.best_links(connection, PART, these)}) b
                JOIN events e ON e.report = b.report AND e.id = b.id"""
        )


def _within(mentions: list[Mention]) -> list[Link]:
    """The links that a report's own reading made between its mentions."""
    ids = {mention.id for mention in mentions}
    return [
        Link((m.report, m.same_as), m.entry, m.score, '{"rule":"same_as"}')
        for m in mentions
        if m.same_as in ids and m.same_as is not None
    ]


def _why(values: tuple[float, ...]) -> str:
    told = {name: round(v, 2) for name, v in zip(NAMES, values, strict=True) if v and name != "one"}
    return json.encode({"rule": "event_pairs", **told}).decode()


def _grouped(connection: Connection, entries: list[Entry]) -> set[Entry]:
    return {
        entry
        for entry in entries
        if first(
            connection,
            "SELECT 1 FROM grouped WHERE part = ? AND report = ? AND id = ?",
            [PART, *entry],
        )
    }
