"""The shared encoder: one pass of a small transformer over a report, for every head.

A report is cut into windows that overlap, each run by itself, so that nothing is cut off and the
numbers of a window depend on its own words only: not on batches, processes or threads.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from onrecord.models import FOLDER, Models, models
from onrecord.reading.encoder_text import GAPS, Pieces, split
from onrecord.reading.page import Page

Floats = npt.NDArray[np.float32]


class Cut(NamedTuple):
    """Words ``[first, last)`` of a text, of which the window speaks for ``[low, high)``."""

    first: int
    last: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Window:
    """A cut and the encoder's output for it: one row for each of its words (its first piece)."""

    cut: Cut
    words: Floats


@dataclass(frozen=True, slots=True)
class Encoding:
    """A text encoded. Every word is spoken for by exactly one window."""

    pieces: Pieces
    windows: tuple[Window, ...]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The offsets in the text of words ``[first, last)``."""
        return int(self.pieces.starts[first]), int(self.pieces.ends[last - 1])


class Encoder:
    """The encoder of a folder of weights. Raises ``ModelError`` where they cannot be used."""

    def __init__(self, weights: Models) -> None:
        self.info = weights.manifest.encoder
        self._tokenizer = weights.tokenizer()
        self._ends = tuple(self._tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]"))
        self._session = weights.session(self.info.graph)

    def encode(self, text: str) -> Encoding:
        """``text`` encoded; an empty one has no windows."""
        pieces = split(text, self._tokenizer)
        cuts = windows(pieces, self.info.window, self.info.overlap)
        return Encoding(pieces, tuple(Window(cut, self._run(pieces, cut)) for cut in cuts))

    def _run(self, pieces: Pieces, cut: Cut) -> Floats:
        first, last = self._ends
        low, high = pieces.first[cut.first], pieces.first[cut.last]
        ids = np.concatenate([[first], pieces.ids[low:high], [last]])[None]
        shapes = np.concatenate([[0], pieces.shapes[low:high], [0]])[None]
        (hidden,) = self._session.run(["hidden"], {"ids": ids, "shapes": shapes})
        words: Floats = hidden[0, pieces.first[cut.first : cut.last] - low + 1]
        return words


def windows(pieces: Pieces, size: int, overlap: int) -> list[Cut]:
    """Windows of nearly even length, of at most ``size`` pieces with the two marks at their ends.

    Neighbours share about ``overlap`` pieces; the border between what they speak for lies near the
    middle of that, at a line end where there is one.
    """
    count = len(pieces.ids)
    room = size - 2
    if not count:
        return []
    if count <= room:
        return [Cut(0, pieces.words, 0, pieces.words)]
    room -= int(np.diff(pieces.first).max())  # a window may begin early, to hold a word whole
    number = -(-(count - overlap) // (room - overlap))
    length = -(-(count + (number - 1) * overlap) // number)
    bounds = []
    for i in range(number):
        start = i * (count - length) // (number - 1)
        first = int(np.searchsorted(pieces.first, start, side="right")) - 1
        last = int(np.searchsorted(pieces.first, start + length, side="right")) - 1
        bounds.append((first, last))
    borders = [0]
    for (_, last), (first, _) in pairwise(bounds):
        borders.append(_border(pieces, first, max(first, last)))
    borders.append(pieces.words)
    return [
        Cut(first, last, low, high)
        for (first, last), low, high in zip(bounds, borders, borders[1:], strict=False)
    ]


def _border(pieces: Pieces, first: int, last: int) -> int:
    """The line start nearest to the middle of words ``first`` to ``last``, or the middle."""
    middle = (first + last) // 2
    reach = (last - first) // 4
    for near in range(reach):
        for word in (middle - near, middle + near):
            if pieces.shapes[pieces.first[word]] // 2 % GAPS == GAPS - 1:
                return word
    return middle


@functools.cache
def encoder(folder: Path = FOLDER) -> Encoder:
    """The encoder whose weights are in ``folder``; loaded once in a process."""
    return Encoder(models(folder))


_ENCODED: WeakKeyDictionary[Page, Encoding] = WeakKeyDictionary()


def encoding(page: Page) -> Encoding:
    """The encoding of ``page``, computed when first asked for and kept as long as the page."""
    found = _ENCODED.get(page)
    if found is None:
        found = encoder().encode(page.text)
        _ENCODED[page] = found
    return found
