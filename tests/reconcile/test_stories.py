"""Joining by mean linkage, against joining done by looking at all pairs each time."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.reconcile.stories import LIKE, _joined

COUNT = 9
LIKENESS = st.dictionaries(
    st.sampled_from(list(combinations(range(COUNT), 2))),
    st.sampled_from([0.0625, 0.125, 0.25, 0.375, 0.5, 0.875]),
)
"""Parts of two, whose sums are exact in any order."""


def plainly(likeness: dict[tuple[int, int], float]) -> list[list[int]]:
    groups = [[number] for number in range(COUNT)]
    while True:
        best = (0.0, 0, 0)
        for one, other in combinations(range(len(groups)), 2):
            pairs = [(min(a, b), max(a, b)) for a in groups[one] for b in groups[other]]
            total = sum(likeness.get(pair, 0.0) for pair in pairs)
            best = max(best, (total / len(pairs), -one, -other))
        if best[0] < LIKE:
            return sorted(sorted(group) for group in groups)
        one, other = -best[1], -best[2]
        groups[one] += groups.pop(other)


@given(LIKENESS)
def test_the_most_alike_join_first(likeness: dict[tuple[int, int], float]) -> None:
    rows: dict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), value in likeness.items():
        rows[one][other] = rows[other][one] = value
    joined = _joined(COUNT, rows)
    assert sorted(sorted(group) for group in joined.values()) == plainly(likeness)
    assert all(first == min(group) for first, group in joined.items())
