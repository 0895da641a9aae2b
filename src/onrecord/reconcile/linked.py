"""Groups of entries of many reports: what is joined by links, one link or a chain of them.

The links are kept, so a group is a function of the links and not of the order in which they came,
and a report can be taken out again. A group that grows together keeps its oldest number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct

from onrecord.reconcile.groups import Groups
from onrecord.reconcile.tables import Connection, given, numbers, put

Entry = tuple[int, str]
"""A report and the id of an entry in it."""


class Link(Struct, frozen=True):
    """Two entries that are one, how sure, and why (JSON)."""

    left: Entry
    right: Entry
    score: float
    why: str


class Touched(Struct, frozen=True):
    """The groups that have changed, and those that are no more."""

    changed: tuple[int, ...]
    gone: tuple[int, ...]


_LINK = ("part", "left_report", "left_id", "right_report", "right_id", "score", "why")


def add(
    connection: Connection, part: str, entries: Sequence[Entry], links: Iterable[Link]
) -> Touched:
    """Adds entries, each of which is in a group of its own until it is linked."""
    kept = list(links)
    put(connection, "links", _LINK,
        [(part, *link.left, *link.right, link.score, link.why) for link in kept])  # fmt: skip
    ends = sorted({*entries, *(end for link in kept for end in (link.left, link.right))})
    before = _numbers(connection, part, ends)
    groups: Groups[Entry | int] = Groups([*sorted(set(before.values())), *ends])
    for entry, number in before.items():
        groups.join(entry, number)
    for link in kept:
        groups.join(link.left, link.right)
    sets: dict[Entry | int, list[Entry | int]] = defaultdict(list)
    nodes: list[Entry | int] = [*sorted(set(before.values())), *ends]
    for item in nodes:
        sets[groups.root(item)].append(item)
    moved: list[tuple[int, int]] = []
    fresh: list[tuple[Entry, int]] = []
    without = [root for root in sets if not isinstance(root, int)]
    given_numbers = dict(zip(without, numbers(connection, part, len(without)), strict=True))
    changed = set()
    for root, items in sets.items():
        number = root if isinstance(root, int) else given_numbers[root]
        changed.add(number)
        for item in items:
            if isinstance(item, int):
                if item != number:
                    moved.append((item, number))
            elif item not in before:
                fresh.append((item, number))
    _move(connection, part, moved)
    put(connection, "grouped", ("part", "number", "report", "id"),
        [(part, number, *entry) for entry, number in fresh])  # fmt: skip
    return Touched(tuple(sorted(changed)), tuple(sorted(old for old, _ in moved)))


def forget(connection: Connection, part: str, reports: list[int]) -> Touched:
    """Takes the entries of ``reports`` out; what they alone held together falls apart."""
    with given(connection, ["report"], [(r,) for r in reports]) as gone:
        where = f"part = ? AND report IN (SELECT report FROM {gone})"
        old = connection.execute(
            f"SELECT DISTINCT number FROM grouped WHERE {where} ORDER BY number", [part]
        ).fetchall()
        connection.execute(f"DELETE FROM grouped WHERE {where}", [part])
        connection.execute(
            f"""DELETE FROM links WHERE part = ? AND (left_report IN (SELECT report FROM {gone})
                OR right_report IN (SELECT report FROM {gone}))""",
            [part],
        )
    touched = [number for (number,) in old]
    if not touched:
        return Touched((), ())
    with given(connection, ["number"], old) as these:
        rows = connection.execute(
            f"""SELECT number, report, id FROM grouped SEMI JOIN {these} USING (number)
                WHERE part = ? ORDER BY report, id""",
            [part],
        ).fetchall()
        links = connection.execute(
            f"""SELECT left_report, left_id, right_report, right_id FROM links l
                SEMI JOIN (SELECT report, id FROM grouped SEMI JOIN {these} USING (number)
                           WHERE part = $1) g
                ON l.left_report = g.report AND l.left_id = g.id WHERE part = $1""",
            [part],
        ).fetchall()
        connection.execute(
            f"DELETE FROM grouped WHERE part = ? AND number IN (SELECT number FROM {these})", [part]
        )
    of = {(report, id_): number for number, report, id_ in rows}
    groups = Groups(sorted(of))
    for left_report, left_id, right_report, right_id in links:
        groups.join((left_report, left_id), (right_report, right_id))
    sets: dict[Entry, list[Entry]] = defaultdict(list)
    for entry in sorted(of):
        sets[groups.root(entry)].append(entry)
    lines: list[tuple[str, int, int, str]] = []
    left, used = [], set()
    for members in sorted(sets.values(), key=lambda m: (-len(m), m)):
        number = of[members[0]]
        if number in used:
            left.append(members)
            continue
        used.add(number)
        lines += [(part, number, *entry) for entry in members]
    for members, number in zip(left, numbers(connection, part, len(left)), strict=True):
        used.add(number)
        lines += [(part, number, *entry) for entry in members]
    put(connection, "grouped", ("part", "number", "report", "id"), lines)
    return Touched(tuple(sorted(used)), tuple(n for n in touched if n not in used))


def best_links(connection: Connection, part: str, these: str) -> str:
    """SQL: each member of the groups in the view ``these``, with its surest link."""
    return f"""
        SELECT g.number, g.report, g.id, max(l.score) score, arg_max(l.why, (l.score, l.why)) why
        FROM (SELECT * FROM grouped SEMI JOIN {these} USING (number) WHERE part = '{part}') g
        LEFT JOIN (
            SELECT left_report report, left_id id, score, why FROM links WHERE part = '{part}'
            UNION ALL
            SELECT right_report, right_id, score, why FROM links WHERE part = '{part}'
        ) l ON l.report = g.report AND l.id = g.id
        GROUP BY ALL"""


def _numbers(connection: Connection, part: str, entries: list[Entry]) -> dict[Entry, int]:
    with given(connection, ["report", "id"], entries) as these:
        rows = connection.execute(
            f"""SELECT g.report, g.id, g.number FROM grouped g
                SEMI JOIN {these} t ON t.report = g.report AND t.id = g.id
                WHERE g.part = ?""",
            [part],
        ).fetchall()
    return {(report, id_): number for report, id_, number in rows}


def _move(connection: Connection, part: str, moved: list[tuple[int, int]]) -> None:
    if moved:
        with given(connection, ["old", "new"], moved) as these:
            connection.execute(
                f"UPDATE grouped SET number = m.new FROM {these} m WHERE part = ? AND number = old",
                [part],
            )
