"""Whether two texts are copies, one quotes the other at length, or they only share a form.

Shared words alone do not tell a copy from two bulletins on one form, or from two reports between
the same page furniture. What tells them apart is what stands between the shared words: a copy
leaves out, adds and rewords, and keeps its names and numbers; a form has other names and numbers in
the same slots. So the two texts are aligned, and of their facts those are counted that were *kept*,
and those that were *swapped*: in one and the same gap between two aligned runs, both texts have
facts, and they are others.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from onrecord.reconcile.copies_text import SHINGLE, SHORT, Hashes, Prepared, distinct

CONTAINED = 0.45
"""Least share of the shorter text's shingles in the other. Two reports of one event that were
written apart share under a tenth of their five-word shingles, quotations aside; what one office
writes on one matter, with its own paragraphs used again, was found to share up to about 0.4 (some
fifty congressional releases, looked through); of 186 pairs of constructed copies 2 % share under
0.5, by character errors on one side and rewriting on the other."""
KEPT = 0.75
"""Least share of the shorter text's facts that the other has anywhere; as above: under 0.8 in 2 %
of the constructed copies, 0.6 to 0.75 in releases that use old paragraphs again."""
LEAST = 8
"""Fewer shared shingles than this are a quotation or a name, not a copy."""
SWAPPED = 0.2
"""Texts of which a larger share of facts is swapped are two on one form. Chosen on one half of the
constructed copies (split by group): over 0.14 in one of 186 pairs of copies, at least 0.73 in 32
pairs of bulletins, 0.44 in the middle pair of reports in page furniture; congressional releases on
one form begin at 0.25. The other half confirmed it."""
SAME = 0.34
"""The facts of two gaps are the same where they share more than this of the smaller side."""
BLOCK = 20
"""In gaps of so many words each, which have no three words in a row in common, all facts that only
one has are swapped: rewriting and character errors leave runs in a stretch of this length."""
NUMBERS = (4, 0.5)
"""Texts of which so many numbers are swapped, and more than this share of them, are two on one
form, though most of their names be those of the form."""
QUOTED = 30
"""So many words in one run are a passage quoted at length, where the texts are no copies."""
SURE = (0.9, 0.05)
"""Least share contained, and most share swapped, of a copy that nobody could take for a form."""

Kind = Literal["same", "cut", "rewritten", "quotes"]
Mask = NDArray[np.bool_]
Runs = NDArray[np.int64]


class Likeness(Struct, frozen=True):
    """How two texts are alike."""

    kind: Kind
    shared: int
    """Shingles that stand in both, furniture left out."""
    containment: float
    """The share of them in the shorter text."""
    similarity: float
    """The share of them in both texts together (the Jaccard index)."""
    swapped: float
    """The share of facts that are others in the same place; of a quotation, what is around it."""
    kept_facts: float
    """The share of the shorter text's facts that the other has anywhere."""

    @property
    def sure(self) -> bool:
        """Whether the shorter is in the longer with all that it tells."""
        return min(self.containment, self.kept_facts) >= SURE[0] and self.swapped <= SURE[1]


def compare(one: Prepared, other: Prepared, hide_one: Mask, hide_other: Mask) -> Likeness | None:
    """How the two are alike, or None where neither copies or quotes the other.

    ``hide_one`` and ``hide_other`` are true for words that are furniture: they count for nothing.
    """
    first = distinct(one.shingles[_open(hide_one, SHINGLE)])
    second = distinct(other.shingles[_open(hide_other, SHINGLE)])
    if len(second) < len(first):
        return compare(other, one, hide_other, hide_one)
    shared = len(np.intersect1d(first, second, assume_unique=True))
    if shared < LEAST:
        return None
    containment = shared / len(first)
    if containment < CONTAINED and shared <= QUOTED - SHINGLE:
        return None
    facts = distinct(one.words[one.facts & ~hide_one])
    kept = float(np.isin(facts, other.words).mean()) if len(facts) else 1.0
    runs = _aligned(one, other, _open(hide_one, SHORT), _open(hide_other, SHORT))
    quoted = bool(len(runs)) and int(runs[:, 2].max()) >= QUOTED
    enough = containment >= CONTAINED and kept >= KEPT
    if not enough and not quoted:
        return None
    swapped, whole = _swapped(one, other, one.facts & ~hide_one, other.facts & ~hide_other, runs)
    share = swapped / max(1, whole)
    numbers, whole = _swapped(
        one, other, one.numbers & ~hide_one, other.numbers & ~hide_other, runs
    )
    form = share > SWAPPED or (numbers >= NUMBERS[0] and numbers > NUMBERS[1] * whole)
    copied = enough and not form
    if not copied and not quoted:
        return None
    return Likeness(
        kind=_kind(containment, shared / len(second)) if copied else "quotes",
        shared=shared,
        containment=round(containment, 3),
        similarity=round(shared / (len(first) + len(second) - shared), 3),
        swapped=round(share, 3),
        kept_facts=round(kept, 3),
    )


def _kind(shorter: float, longer: float) -> Kind:
    if longer >= SURE[0]:
        return "same"
    return "cut" if shorter >= SURE[0] else "rewritten"


def _open(hide: Mask, length: int) -> Mask:
    """Which shingles of ``length`` words have no hidden word."""
    if len(hide) < length:
        return np.empty(0, dtype=np.bool_)
    hidden = np.concatenate(([0], np.cumsum(hide)))
    return np.asarray(hidden[length:] == hidden[:-length])


def _swapped(
    one: Prepared, other: Prepared, facts_one: Mask, facts_other: Mask, runs: Runs
) -> tuple[int, int]:
    """How many facts of ``one`` are others where ``other`` is aligned with it, and of how many."""
    apart = np.ones(len(other.words), dtype=np.bool_)
    for _, start, length in runs.tolist():
        apart[start : start + length] = False
    facts_other = facts_other & apart
    last = np.array([[len(one.words), len(other.words), 0]])
    starts = np.concatenate((runs, last))
    ends = np.concatenate((np.zeros((1, 2), np.int64), runs[:, :2] + runs[:, 2:]))
    told_one, told_other, alone = _sums(facts_one), _sums(facts_other), _sums(apart)
    kept = int((told_one[runs[:, 0] + runs[:, 2]] - told_one[runs[:, 0]]).sum())
    in_order = (starts[:, 0] > ends[:, 0]) & (starts[:, 1] > ends[:, 1])
    both = (told_one[starts[:, 0]] > told_one[ends[:, 0]]) & (
        told_other[starts[:, 1]] > told_other[ends[:, 1]]
    )
    swapped = 0
    for at in np.flatnonzero(in_order & both).tolist():
        left, right = (slice(ends[at, side], starts[at, side]) for side in (0, 1))
        words = min(left.stop - left.start, int(alone[right.stop] - alone[right.start]))
        swapped += _others(
            one.words[left][facts_one[left]], other.words[right][facts_other[right]], words >= BLOCK
        )
    return swapped, swapped + kept


def _sums(mask: Mask) -> NDArray[np.int64]:
    """How many are true before each place, and in all."""
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(mask, dtype=np.int64)))


def _others(left: Hashes, right: Hashes, long: bool) -> int:
    """How many facts of two gaps are swapped: in short ones none where they tell the same."""
    left, right = distinct(left), distinct(right)
    fewer = min(len(left), len(right))
    common = len(np.intersect1d(left, right, assume_unique=True))
    if long:
        return fewer - common
    return fewer if common <= SAME * fewer else 0


def _aligned(one: Prepared, other: Prepared, open_one: Mask, open_other: Mask) -> Runs:
    """Runs ``[start in one, start in other, words]`` that both have, in the order of ``one``.

    They begin from short shingles that stand once in each (as in patience diff).
    """
    points = np.intersect1d(
        _once(one.short, open_one), _once(other.short, open_other), assume_unique=True
    )
    if not len(points):
        return np.empty((0, 3), np.int64)
    at_one, at_other = _places(one.short, points), _places(other.short, points)
    order = np.argsort(at_one)
    at_one, at_other = at_one[order], at_other[order]
    breaks = (np.diff(at_other - at_one) != 0) | (np.diff(at_one) > SHORT)
    starts = np.concatenate(([0], np.flatnonzero(breaks) + 1))
    ends = np.concatenate((starts[1:], [len(at_one)])) - 1
    return np.stack((at_one[starts], at_other[starts], at_one[ends] - at_one[starts] + SHORT), 1)


def _once(hashes: Hashes, open_: Mask) -> Hashes:
    ordered = np.sort(hashes)
    alone = np.ones(len(ordered), dtype=np.bool_)
    repeated = ordered[1:] == ordered[:-1]
    alone[1:] &= ~repeated
    alone[:-1] &= ~repeated
    return np.intersect1d(ordered[alone], distinct(hashes[open_]), assume_unique=True)


def _places(hashes: Hashes, points: Hashes) -> NDArray[np.int64]:
    order = np.argsort(hashes, kind="stable")
    return np.asarray(order[np.searchsorted(hashes, points, sorter=order)])
