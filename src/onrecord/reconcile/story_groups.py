"""Stories of a store, a report at a time: a report joins the story that it is most like.

Likeness is the mean cosine with the reports of a story that are near in time, as ``stories.py`` has
it. A report is placed once, in the order of the days of its batch: another order of batches may
place it elsewhere.
"""

from __future__ import annotations

from collections import defaultdict

from onrecord.reconcile.stories import DAYS
from onrecord.reconcile.tables import Connection, given, put

LIKE = 0.23
"""Least mean cosine with a story. On the subtopics of ECB+ train (575 texts), pair F1 is 0.80,
0.80, 0.77, 0.80, 0.76 at 0.12, 0.15, 0.20, 0.23, 0.27; 0.23 is the most precise of the best."""


def reconcile_stories(connection: Connection, batch: list[int]) -> int:
    """Gives each report of ``batch`` its story, named after its first report; how many are new."""
    with given(connection, ["report"], [(r,) for r in batch]) as new:
        pairs = connection.execute(
            f"""SELECT p."left", p."right", p.cosine FROM likeness_pairs p
                JOIN likeness_days a ON a.report = p."left"
                JOIN likeness_days b ON b.report = p."right"
                WHERE (p."left" IN (SELECT report FROM {new})
                       OR p."right" IN (SELECT report FROM {new}))
                  AND (a.day IS NULL OR b.day IS NULL OR abs(a.day - b.day) <= {DAYS})
                ORDER BY ALL"""
        ).fetchall()
        order = connection.execute(
            f"""SELECT report FROM likeness_days SEMI JOIN {new} USING (report)
                ORDER BY day NULLS LAST, report"""
        ).fetchall()
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for left, right, cosine in pairs:
        near[left][right] = near[right][left] = cosine
    with given(connection, ["report"], [(r,) for r in sorted(near)] or [(-1,)]) as these:
        told = dict(
            connection.execute(
                f"SELECT report, story FROM stories SEMI JOIN {these} USING (report)"
            ).fetchall()
        )
    with given(connection, ["story"], [(s,) for s in sorted(set(told.values()))] or [(-1,)]) as st:
        size = dict(
            connection.execute(
                f"SELECT story, count(*) FROM stories SEMI JOIN {st} USING (story) GROUP BY story"
            ).fetchall()
        )
    lines = []
    fresh = 0
    for (report,) in order:
        sums: dict[int, float] = defaultdict(float)
        for other, cosine in near[report].items():
            if other in told:
                sums[told[other]] += cosine
        best = max(sums, key=lambda s: (sums[s] / size[s], -s), default=None)
        if best is None or sums[best] / size[best] < LIKE:
            best = report
            fresh += 1
        told[report] = best
        size[best] = size.get(best, 0) + 1
        lines.append((report, best))
    put(connection, "stories", ("report", "story"), lines)
    return fresh


def forget_stories(connection: Connection, reports: list[int]) -> None:
    """Takes ``reports`` out of their stories; a story that one of them named is named anew."""
    with given(connection, ["report"], [(r,) for r in reports]) as gone:
        connection.execute(f"DELETE FROM stories WHERE report IN (SELECT report FROM {gone})")
        connection.execute(
            f"""UPDATE stories SET story = n.first
                FROM (SELECT story old, min(report) "first" FROM stories
                      WHERE story IN (SELECT report FROM {gone}) GROUP BY story) n
                WHERE story = n.old"""
        )
