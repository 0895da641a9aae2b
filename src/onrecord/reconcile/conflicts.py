"""Where tellings of one happening cannot all be so: whether, who, where, when.

Only mentions that are linked to each other are laid beside each other, and of a happening the
surest pair for each question is kept. What is planned or possible contradicts nothing.
"""

from __future__ import annotations

import math
from collections import defaultdict

from msgspec import json

from onrecord.reconcile.conflict_rows import Conflict, Side
from onrecord.reconcile.event_pairs import HAPPENED
from onrecord.reconcile.mentions import Mention, Place, load
from onrecord.reconcile.support import Telling, tellings
from onrecord.reconcile.tables import Connection, given
from onrecord.reconcile.words import overlap

SURE = 0.6
"""Least score of the link between two mentions that are said to contradict each other."""
FAR = 30.0
"""Kilometres within which two places named for one event may be one."""
DAYS = 10
"""Dates of one event further apart than this are taken for two events, not for a conflict."""
_DEED = frozenset({"ASSAULT", "COERCE", "SANCTION", "AID", "RETREAT", "MOBILIZE", "PROTEST"})

Found = tuple[str, str, dict[str, object]]


def happening_conflicts(connection: Connection, happenings: list[int]) -> list[Conflict]:
    """The conflicts among the tellings of ``happenings``."""
    if not happenings:
        return []
    with given(connection, ["number"], [(h,) for h in happenings]) as these:
        rows = connection.execute(
            f"""SELECT g.number, l.left_report, l.left_id, l.right_report, l.right_id, l.score
                FROM links l
                JOIN (SELECT * FROM grouped SEMI JOIN {these} USING (number)
                      WHERE part = 'events') g
                    ON g.report = l.left_report AND g.id = l.left_id
                WHERE l.part = 'events' AND l.left_report <> l.right_report AND l.score >= {SURE}
                ORDER BY ALL"""
        ).fetchall()
        sentences = connection.execute(
            f"""SELECT e.report, e.id, e.sentence FROM events e
                JOIN grouped g ON g.report = e.report AND g.id = e.id AND g.part = 'events'
                SEMI JOIN {these} USING (number)"""
        ).fetchall()
    prose = {(report, id_): sentence for report, id_, sentence in sentences}
    reports = sorted({report for row in rows for report in (row[1], row[3])})
    at = {m.entry: m for those in load(connection, reports).values() for m in those}
    best: dict[tuple[int, str], Conflict] = {}
    for happening, left_report, left_id, right_report, right_id, sure in rows:
        one, other = at.get((left_report, left_id)), at.get((right_report, right_id))
        if one is None or other is None or not _one_deed(one, other):
            continue
        if _day(other) < _day(one):
            one, other = other, one
        for kind, verdict, why in _compare(one, other):
            found = Conflict(
                kind, verdict, f"happening:{happening}", happening, _side(one, prose),
                _side(other, prose), sure, json.encode({"rule": kind, **why}).decode(),
            )  # fmt: skip
            kept = best.get((happening, kind))
            if kept is None or sure > kept.score:
                best[happening, kind] = found
    for conflict in _denied(connection, happenings, prose):
        best.setdefault((conflict.happening or 0, "realis"), conflict)
    return [best[key] for key in sorted(best)]


def _day(mention: Mention) -> int:
    return mention.day if mention.day is not None else 0


def _side(mention: Mention, prose: dict[tuple[int, str], str]) -> Side:
    return Side(mention.report, "events", mention.id, prose.get(mention.entry))


def _one_deed(one: Mention, other: Mention) -> bool:
    """Whether two mentions are so near in their words that what differs is at issue."""
    if one.stems.isdisjoint(other.stems) or not {one.realis, other.realis} <= HAPPENED:
        return False
    apart = one.recipients and other.recipients and one.recipients.isdisjoint(other.recipients)
    return not apart and overlap(set(one.sentence), set(other.sentence)) >= 0.25


def _compare(one: Mention, other: Mention) -> list[Found]:
    out: list[Found] = []
    if one.realis != other.realis:
        shared = bool(one.actors & other.actors) or bool(one.recipients & other.recipients)
        if not shared or overlap(set(one.sentence), set(other.sentence)) < 0.35:
            return out
        later = one.day is not None and other.day is not None and other.day > one.day
        seen: dict[str, object] = {"left": one.realis, "right": other.realis}
        out.append(("realis", "updates" if later else "contradicts", seen))
        return out
    dates = _dates(one, other)
    if dates is not None:
        out.append(("date", "contradicts", dates))
    if one.place and other.place and _apart(one.place, other.place):
        seen = {"left": one.place.name, "right": other.place.name}
        out.append(("place", "contradicts", seen))
    if _other_actors(one, other):
        seen = {"left": sorted(one.actors), "right": sorted(other.actors)}
        out.append(("actor", "contradicts", seen))
    return out


def _dates(one: Mention, other: Mention) -> dict[str, object] | None:
    if one.weekday and other.weekday and one.weekday != other.weekday:
        return {"left": one.weekday, "right": other.weekday}
    if one.weekdays and other.weekdays and one.weekdays & other.weekdays:
        return None
    days = (one.start, one.end, other.start, other.end)
    if one.start is None or other.start is None or one.start != one.end or other.start != other.end:
        return None
    gap = abs(one.start - other.start)
    return {"days": [day for day in days if day is not None]} if 1 <= gap <= DAYS else None


def _apart(one: Place, other: Place) -> bool:
    """Whether two places are two towns, neither within the other."""
    if one.id == other.id or one.name == other.name or not one.feature or not other.feature:
        return False
    towns = one.feature.startswith("PPL") and other.feature.startswith("PPL")
    if not towns:
        return one.country != other.country and one.country is not None is not other.country
    if None in (one.lat, one.lon, other.lat, other.lon):
        return False
    return _kilometres(one, other) > FAR


def _kilometres(one: Place, other: Place) -> float:
    """The great-circle distance (haversine)."""
    a, b, c, d = (math.radians(x or 0.0) for x in (one.lat, one.lon, other.lat, other.lon))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(half))


def _other_actors(one: Mention, other: Mention) -> bool:
    if one.type not in _DEED or not one.actors or not other.actors:
        return False
    if not one.actors.isdisjoint(other.actors) or not one.recipients & other.recipients:
        return False
    ours, theirs = ({code.partition(":")[0] for code in m.actor_codes} for m in (one, other))
    return bool(ours) and bool(theirs) and ours.isdisjoint(theirs)


def _denied(
    connection: Connection, happenings: list[int], prose: dict[tuple[int, str], str]
) -> list[Conflict]:
    """Happenings that one teller asserts and another denies, be it in one report."""
    out = []
    for happening, told in tellings(connection, happenings).items():
        sides: dict[str, list[Telling]] = defaultdict(list)
        for telling in told:
            sides[telling.realis].append(telling)
        yes, no = sides.get("actual", []), sides.get("negated", [])
        pair = next(
            (
                (a, b)
                for a in yes
                for b in no
                if a.voice != b.voice and (a.report, a.event) == (b.report, b.event)
            ),
            None,
        )
        if pair is None:
            continue
        one, other = pair
        why = {"rule": "claims", "asserts": one.voice, "denies": other.voice}
        out.append(
            Conflict("realis", "contradicts", f"happening:{happening}", happening,
                     Side(one.report, "events", one.event, prose.get((one.report, one.event))),
                     Side(other.report, "events", other.event,
                          prose.get((other.report, other.event))),
                     0.75, json.encode(why).decode())
        )  # fmt: skip
    return out
