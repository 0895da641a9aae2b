"""Which texts report the same event: groups of like texts, near in time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from heapq import heapify, heappop, heappush

from msgspec import Struct

from onrecord.reconcile.likeness import alike, vectors
from onrecord.reconcile.lines import Document

LIKE = 0.18
"""Least mean cosine of two groups that are joined. Chosen on the subtopics of ECB+ train (575
texts): pair F1 is 0.83, 0.81, 0.84 at 0.15, 0.18, 0.22; the middle was taken. After a change of the
weights, measure again."""
DAYS = 10
"""Texts published further apart than this are not one story on their words alone."""


class Story(Struct, frozen=True, kw_only=True):
    """Which story a text belongs to."""

    id: str
    cluster: str


def cluster_stories(documents: Sequence[Document]) -> list[Story]:
    """A ``Story`` for each document, in their order.

    Agglomerative, by mean linkage: the two groups that are most alike are joined until none are
    alike enough. A story is named after its first text.
    """
    made = vectors([document.text for document in documents])
    likeness: dict[int, dict[int, float]] = defaultdict(dict)
    for cosine, one, other in alike(made, LIKE / 4):
        if _near(documents[one], documents[other]):
            likeness[one][other] = likeness[other][one] = cosine
    member = _joined(len(documents), likeness)
    names = {
        number: documents[min(numbers)].id for numbers in member.values() for number in numbers
    }
    return [Story(id=doc.id, cluster=names[number]) for number, doc in enumerate(documents)]


def _joined(count: int, likeness: dict[int, dict[int, float]]) -> dict[int, list[int]]:
    """Groups of the numbers below ``count``, by the first of each; ``likeness`` is used up.

    The pairs wait in a heap; one whose groups have grown since is known by its stamps.
    """
    member = {number: [number] for number in range(count)}
    stamp = [0] * count

    def entry(one: int, other: int, total: float) -> tuple[float, int, int, int, int]:
        first, second = min(one, other), max(one, other)
        mean = total / (len(member[first]) * len(member[second]))
        return -mean, first, second, stamp[first], stamp[second]

    heap = [entry(a, b, total) for a, row in likeness.items() for b, total in row.items() if a < b]
    heapify(heap)
    while heap and -heap[0][0] >= LIKE:
        _, first, second, stamp_first, stamp_second = heappop(heap)
        if (stamp[first], stamp[second]) != (stamp_first, stamp_second):
            continue
        for other, total in likeness.pop(second).items():
            likeness[other].pop(second)
            if other != first:
                both = likeness[first].get(other, 0.0) + total
                likeness[first][other] = likeness[other][first] = both
        member[first] += member.pop(second)
        stamp[first] += 1
        stamp[second] = -1
        for other, total in likeness[first].items():
            heappush(heap, entry(first, other, total))
    return member


def _near(one: Document, other: Document) -> bool:
    if one.published is None or other.published is None:
        return True
    days = dt.date.fromisoformat(one.published[:10]) - dt.date.fromisoformat(other.published[:10])
    return abs(days.days) <= DAYS
