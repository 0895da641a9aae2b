"""Text as the encoder sees it: word pieces, the words that they make, and a shape for each piece.

The tokeniser lowers case and drops white space; ``shapes`` keeps what that loses: case, the gap
before the word (none, white space, a line end) and whether the word stands between double quote
marks. Training and reading share this module, so both see the same thing.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ints = npt.NDArray[np.int64]

CASES = 5  # lower or none, Title, UPPER, mIxed, digits
GAPS = 3  # glued to what stands before, after white space, after a line end
SHAPES = CASES * GAPS * 2  # and outside or inside double quote marks
_OPENERS = frozenset("([{—–-/‘'")


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a text.

    ``ids`` and ``shapes`` have one number for each piece. ``first`` is the number of the first
    piece of each word, with the count of pieces at its end; ``starts`` and ``ends`` are the
    offsets of each word in the text.
    """

    ids: Ints
    shapes: Ints
    first: Ints
    starts: Ints
    ends: Ints

    @property
    def words(self) -> int:
        """How many words there are."""
        return len(self.starts)


def split(text: str, tokenizer: Tokenizer) -> Pieces:
    """The pieces of ``text``. Never raises on odd input; an empty text has no pieces."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    offsets = encoding.offsets
    ids: list[int] = []
    first: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    last = None
    for piece, word, (start, end) in zip(encoding.ids, encoding.word_ids, offsets, strict=True):
        if start >= end:
            continue
        if word != last or word is None:
            first.append(len(ids))
            starts.append(start)
            ends.append(end)
            last = word
        ids.append(piece)
        ends[-1] = end
    for i, end in enumerate(ends):
        ends[i] = _past_marks(text, end)
    word_shapes = _shapes(text, starts, ends)
    first.append(len(ids))
    shapes = np.zeros(len(ids), dtype=np.int64)
    for i, shape in enumerate(word_shapes):
        shapes[first[i]] = shape
        glued = shape - (shape // 2 % GAPS) * 2
        shapes[first[i] + 1 : first[i + 1]] = glued
    return Pieces(
        ids=np.array(ids, dtype=np.int64),
        shapes=shapes,
        first=np.array(first, dtype=np.int64),
        starts=np.array(starts, dtype=np.int64),
        ends=np.array(ends, dtype=np.int64),
    )


def _past_marks(text: str, end: int) -> int:
    """``end``, moved past combining marks, which the tokeniser drops."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def _shapes(text: str, starts: list[int], ends: list[int]) -> list[int]:
    """A number for each word: ``(case * GAPS + gap) * 2 + inside quote marks``."""
    shapes: list[int] = []
    inside = False
    last = 0
    for start, end in zip(starts, ends, strict=True):
        gap = _gap(text, last, start)
        if gap == 2:  # a quote that goes on is opened again in the next paragraph
            inside = False
        word = text[start:end]
        opens = _opens(text, start, word)
        if opens is not None:
            inside = opens
        shapes.append((_case(word) * GAPS + gap) * 2 + inside)
        last = end
    return shapes


def _gap(text: str, last: int, start: int) -> int:
    if last == 0:
        return 2
    if start <= last:
        return 0
    between = text[last:start]
    if "\n" in between or "\r" in between:
        return 2
    return 1 if any(char.isspace() for char in between) else 0


def _case(word: str) -> int:
    if word[0].isdigit():
        return 4
    if word.islower() or not word[0].isalpha():
        return 0
    if word.isupper():
        return 2 if len(word) > 1 else 1
    return 1 if word[0].isupper() and not any(c.isupper() for c in word[1:]) else 3


def _opens(text: str, start: int, word: str) -> bool | None:
    """Whether a double quote mark opens (True) or closes (False); None where ``word`` is none."""
    if word in "“„«":
        return True
    if word in "”»":
        return False
    if word != '"':
        return None
    before = text[start - 1] if start else " "
    return before.isspace() or before in _OPENERS
