"""Conflicts as rows: two passages each, with numbers that last while the two entries conflict."""

from __future__ import annotations

from msgspec import Struct

from onrecord.reconcile.tables import Connection, given, numbers, put


class Side(Struct, frozen=True):
    """One of the two entries, with its sentence."""

    report: int
    part: str
    id: str
    words: str | None


class Conflict(Struct, frozen=True):
    """Two entries that cannot both be so, or of which the right one updates the left.

    ``kind``: figure, realis, actor, place, date or permission; ``verdict``: contradicts or updates;
    ``about``: what is at issue, ``figure:7``, ``happening:7`` or ``permission:7``; ``why``: JSON.
    """

    kind: str
    verdict: str
    about: str
    happening: int | None
    left: Side
    right: Side
    score: float
    why: str


_COLUMNS = (
    "conflict", "kind", "verdict", "about", "happening", "left_report", "left_part", "left_id",
    "left_words", "right_report", "right_part", "right_id", "right_words", "score", "why",
)  # fmt: skip


def write_conflicts(connection: Connection, abouts: list[str], found: list[Conflict]) -> int:
    """Replaces the conflicts about ``abouts`` by ``found``; how many there are now."""
    if not abouts:
        return 0
    with given(connection, ["about"], [(about,) for about in abouts]) as these:
        rows = connection.execute(
            f"""SELECT conflict, kind, left_report, left_part, left_id, right_report, right_part,
                       right_id FROM conflicts WHERE about IN (SELECT about FROM {these})"""
        ).fetchall()
        connection.execute(f"DELETE FROM conflicts WHERE about IN (SELECT about FROM {these})")
    before = {tuple(row[1:]): row[0] for row in rows}
    ordered = sorted(found, key=_key)
    fresh = [c for c in ordered if _key(c) not in before]
    number = {
        _key(c): n for c, n in zip(fresh, numbers(connection, "conflict", len(fresh)), strict=True)
    }
    put(
        connection,
        "conflicts",
        _COLUMNS,
        [
            (before.get(_key(c)) or number[_key(c)], c.kind, c.verdict, c.about, c.happening,
             c.left.report, c.left.part, c.left.id, c.left.words, c.right.report, c.right.part,
             c.right.id, c.right.words, round(c.score, 2), c.why)
            for c in ordered
        ],
    )  # fmt: skip
    return len(ordered)


def _key(c: Conflict) -> tuple[object, ...]:
    return (c.kind, c.left.report, c.left.part, c.left.id, c.right.report, c.right.part,
            c.right.id)  # fmt: skip
