"""One permission through time: who lets whom do what, told again, changed or taken back.

Two permissions of different reports are one line where grantor and grantee are the same actors, or
one of them is and the reports are alike, and what is permitted is told in the same words.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from itertools import pairwise

from msgspec import Struct, json

from onrecord.reconcile import linked
from onrecord.reconcile.conflict_rows import Conflict, Side
from onrecord.reconcile.linked import Link, Touched
from onrecord.reconcile.tables import Connection, given, put
from onrecord.reconcile.words import overlap, stems

PART = "permissions"
LEAST = 0.6
"""Two permissions from here on are one line."""
SAME_DAYS = 2
"""A state told so many days later, or more, updates; told sooner, it contradicts."""


class _Permission(Struct, frozen=True):
    report: int
    id: str
    day: dt.date | None
    state: str
    deontic: str
    changes: str | None
    grantor: frozenset[int]
    grantee: frozenset[int]
    words: frozenset[str]
    """The stems of what is permitted: the item and the act."""
    sentence: str | None

    @property
    def stand(self) -> int:
        """1: it may; -1: it may not; 0: neither is settled."""
        if self.state == "granted":
            return 1 if self.deontic == "allow" else -1
        if self.state in {"withheld", "revoked"}:
            return -1 if self.deontic == "allow" else 1
        return 0


def reconcile_permissions(connection: Connection, batch: list[int]) -> Touched:
    """Gives each permission of the reports of ``batch`` its line."""
    mine = _load(connection, batch)
    others = _load(connection, _candidates(connection, batch))
    alike = _alike(connection, batch)
    links = []
    entries = []
    for report, those in mine.items():
        ids = {permission.id for permission in those}
        for one in those:
            entries.append((report, one.id))
            if one.changes in ids and one.changes is not None:
                links.append(Link((report, one.changes), (report, one.id), 0.9,
                                  '{"rule":"changes"}'))  # fmt: skip
            for other_report, theirs in others.items():
                if other_report == report or (other_report in mine and other_report > report):
                    continue
                near = (min(report, other_report), max(report, other_report)) in alike
                for other in theirs:
                    link = _link(other, one, alike=near)
                    if link is not None:
                        links.append(link)
    touched = linked.add(connection, PART, entries, links)
    write_lines(connection, touched)
    return touched


def forget_permissions(connection: Connection, reports: list[int]) -> Touched:
    """Takes the permissions of ``reports`` out of their lines."""
    touched = linked.forget(connection, PART, reports)
    write_lines(connection, touched)
    return touched


def _link(one: _Permission, other: _Permission, *, alike: bool) -> Link | None:
    grantor = bool(one.grantor & other.grantor)
    grantee = bool(one.grantee & other.grantee)
    apart = bool(one.grantor and other.grantor and not grantor) or bool(
        one.grantee and other.grantee and not grantee
    )
    if apart or not ((grantor and grantee) or (alike and (grantor or grantee))):
        return None
    what = overlap(set(one.words), set(other.words))
    sure = 0.25 * grantor + 0.25 * grantee + 0.5 * what + (0.1 if alike else 0.0)
    if sure < LEAST:
        return None
    why = {"rule": "permission", "grantor": grantor, "grantee": grantee, "what": round(what, 2),
           "alike": alike}  # fmt: skip
    return Link((one.report, one.id), (other.report, other.id), round(min(1.0, sure), 3),
                json.encode(why).decode())  # fmt: skip


def _load(connection: Connection, reports: list[int]) -> dict[int, list[_Permission]]:
    if not reports:
        return {}
    with given(connection, ["report"], [(r,) for r in reports]) as these:
        rows = connection.execute(
            f"""SELECT p.report, p.id, r.day, p.state, p.deontic, p.changes,
                       concat_ws(' ', p.item, p.act), p.sentence
                FROM permissions p JOIN reports r USING (report) SEMI JOIN {these} USING (report)
                ORDER BY p.report, p.start, p.id"""
        ).fetchall()
        who = connection.execute(
            f"""SELECT p.report, p.id, p.role, m.actor
                FROM participants p SEMI JOIN {these} USING (report)
                JOIN actor_members m ON m.report = p.report AND m.entity = p.entity
                WHERE p.part = 'permissions'"""
        ).fetchall()
    actors: dict[tuple[int, str, str], set[int]] = defaultdict(set)
    for report, id_, role, actor in who:
        actors[report, id_, role].add(actor)
    out: dict[int, list[_Permission]] = defaultdict(list)
    for report, id_, day, state, deontic, changes, what, sentence in rows:
        out[report].append(
            _Permission(
                report, id_, day, state, deontic, changes,
                frozenset(actors[report, id_, "grantor"]),
                frozenset(actors[report, id_, "grantee"]), frozenset(stems(what)), sentence,
            )
        )  # fmt: skip
    return out


def _candidates(connection: Connection, batch: list[int]) -> list[int]:
    """Reports with a permission between the same two actors, or alike to one of ``batch``."""
    with given(connection, ["report"], [(r,) for r in batch]) as new:
        rows = connection.execute(
            f"""WITH pairs AS (
                    SELECT a.report, a.id, m.actor grantor, n.actor grantee
                    FROM participants a
                    JOIN participants b ON b.report = a.report AND b.id = a.id
                        AND b.part = 'permissions' AND b.role = 'grantee'
                    JOIN actor_members m ON m.report = a.report AND m.entity = a.entity
                    JOIN actor_members n ON n.report = b.report AND n.entity = b.entity
                    WHERE a.part = 'permissions' AND a.role = 'grantor')
                SELECT DISTINCT p.report FROM pairs p
                SEMI JOIN (SELECT grantor, grantee FROM pairs SEMI JOIN {new} USING (report)) q
                    USING (grantor, grantee)
                UNION SELECT "left" FROM likeness_pairs
                    WHERE "right" IN (SELECT report FROM {new})
                UNION SELECT "right" FROM likeness_pairs
                    WHERE "left" IN (SELECT report FROM {new})"""
        ).fetchall()
    return sorted({report for (report,) in rows} | set(batch))


def _alike(connection: Connection, batch: list[int]) -> set[tuple[int, int]]:
    with given(connection, ["report"], [(r,) for r in batch]) as new:
        rows = connection.execute(
            f"""SELECT "left", "right" FROM likeness_pairs
                WHERE "left" IN (SELECT report FROM {new})
                   OR "right" IN (SELECT report FROM {new})"""
        ).fetchall()
    return {(left, right) for left, right in rows}


def _lines(connection: Connection, lines: list[int]) -> dict[int, list[_Permission]]:
    with given(connection, ["number"], [(n,) for n in lines]) as these:
        rows = connection.execute(
            f"""SELECT g.number, g.report, g.id FROM grouped g SEMI JOIN {these} USING (number)
                WHERE g.part = '{PART}' ORDER BY ALL"""
        ).fetchall()
    found = _load(connection, sorted({report for _, report, _ in rows}))
    at = {(p.report, p.id): p for those in found.values() for p in those}
    out: dict[int, list[_Permission]] = defaultdict(list)
    for number, report, id_ in rows:
        out[number].append(at[report, id_])
    for those in out.values():
        those.sort(key=lambda p: (p.day or dt.date.min, p.report, p.id))
    return out


def write_lines(connection: Connection, touched: Touched) -> None:
    """Writes ``permission_lines`` of the lines that have changed."""
    numbers = [(n,) for n in (*touched.changed, *touched.gone)]
    with given(connection, ["number"], numbers) as these:
        connection.execute(
            f"DELETE FROM permission_lines WHERE line IN (SELECT number FROM {these})"
        )
    rows = []
    for number, those in _lines(connection, list(touched.changed)).items():
        before: str | None = None
        for p in those:
            rows.append((number, p.report, p.id, p.day, p.state, p.deontic, before))
            before = f"{p.report}:{p.id}"
    columns = ("line", "report", "permission", "day", "state", "deontic", "changes")
    put(connection, "permission_lines", columns, rows)


def permission_conflicts(connection: Connection, lines: list[int]) -> list[Conflict]:
    """Neighbours of a line of which one lets and the other forbids."""
    if not lines:
        return []
    out = []
    for number, those in _lines(connection, lines).items():
        settled = [p for p in those if p.stand]
        for one, other in pairwise(settled):
            if one.stand == other.stand:
                continue
            days = None if one.day is None or other.day is None else (other.day - one.day).days
            told = one.report == other.report and other.changes == one.id
            later = told or (days is not None and days >= SAME_DAYS)
            if one.report == other.report and not told:
                continue
            states = [f"{p.state} {p.deontic}" for p in (one, other)]
            why = json.encode({"rule": "states", "left": states[0], "right": states[1],
                               "days": days})  # fmt: skip
            out.append(
                Conflict("permission", "updates" if later else "contradicts",
                         f"permission:{number}", None,
                         Side(one.report, PART, one.id, one.sentence),
                         Side(other.report, PART, other.id, other.sentence), 0.7, why.decode())
            )  # fmt: skip
    return out
