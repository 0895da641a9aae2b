"""Which texts hold a shingle: an inverted index that grows by sorted segments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.reconcile.copies_text import Hashes

BUFFER = 1 << 16
"""Postings that wait in a table before they are sorted into a segment."""

Numbers = NDArray[np.uint32]


class Postings:
    """Pairs of a hash and a text's number; twelve bytes each.

    Segments are merged as in a log-structured merge tree (O'Neil et al. 1996): no segment is
    smaller than those after it together, so that n texts cost O(n log n) in all.
    """

    def __init__(self) -> None:
        self._segments: list[tuple[Hashes, Numbers]] = []
        self._waiting: dict[int, list[int]] = defaultdict(list)
        self._waits = 0

    def add(self, number: int, hashes: Hashes) -> None:
        """Says that text ``number`` holds ``hashes``."""
        for value in hashes.tolist():
            self._waiting[value].append(number)
        self._waits += len(hashes)
        if self._waits >= BUFFER:
            self._settle()

    def holders(self, hashes: Hashes) -> list[list[int]]:
        """The numbers of the texts that hold each of ``hashes``."""
        out = [list(self._waiting.get(value, ())) for value in hashes.tolist()]
        for values, numbers in self._segments:
            starts = np.searchsorted(values, hashes, "left")
            ends = np.searchsorted(values, hashes, "right")
            for at in np.flatnonzero(ends > starts).tolist():
                out[at].extend(numbers[starts[at] : ends[at]].tolist())
        return out

    def counts(self, hashes: Hashes) -> NDArray[np.int64]:
        """How many texts hold each of ``hashes``."""
        out = np.array([len(self._waiting.get(value, ())) for value in hashes.tolist()], np.int64)
        for values, _ in self._segments:
            out += np.searchsorted(values, hashes, "right")
            out -= np.searchsorted(values, hashes, "left")
        return out

    def fill(self, rows: Sequence[tuple[int, Hashes]]) -> None:
        """Takes many texts at once."""
        if not rows:
            return
        values = np.concatenate([hashes for _, hashes in rows])
        numbers = np.repeat(
            np.array([number for number, _ in rows], np.uint32), [len(h) for _, h in rows]
        )
        self._push(values, numbers)

    def _settle(self) -> None:
        values = np.array([v for v, held in self._waiting.items() for _ in held], np.uint64)
        numbers = np.array([n for held in self._waiting.values() for n in held], np.uint32)
        self._waiting.clear()
        self._waits = 0
        self._push(values, numbers)

    def _push(self, values: Hashes, numbers: Numbers) -> None:
        while self._segments and len(self._segments[-1][0]) <= len(values):
            more, theirs = self._segments.pop()
            values, numbers = np.concatenate((more, values)), np.concatenate((theirs, numbers))
        order = np.argsort(values, kind="stable")
        self._segments.append((values[order], numbers[order]))
