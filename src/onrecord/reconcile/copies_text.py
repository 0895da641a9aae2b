"""A text as copies are looked for in it: its word shingles, and which of its words are facts.

A run of ``SHINGLE`` words is a shingle (Broder, "On the resemblance and containment of
documents", 1997). Of all shingles those form the *sketch* whose hash is divisible by ``EVERY``
(Manber, "Finding similar files in a large file system", 1994): the choice hangs on the words alone,
so that a piece cut from a text has the same sketch as that place of the text, which MinHash does
not give.

A *fact* is a word that tells one report from another on the same form: a number, or a name.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

SHINGLE = 5
SHORT = 3
"""Words in the shingles that align two texts: short ones find the words between two slots."""
EVERY = 4
"""One shingle in four is in the sketch. The shortest copy to be found shares eighteen shingles with
its text (measured on briefs of two sentences): the odds that none is in the sketch are 0.6 %."""

Hashes = NDArray[np.uint64]

_WORD = re.compile(r"([.!?\n:;\"“”‘(]\W*)?(\w+(?:[.,]\d+)*)")
"""A word, after a mark that may open a sentence, a line or a quotation, where there is one."""
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


class Prepared(Struct, frozen=True, eq=False):
    """A text's words, their hashes, and the shingles that begin at each."""

    words: Hashes
    facts: NDArray[np.bool_]
    numbers: NDArray[np.bool_]
    """Those facts that are numbers."""
    shingles: Hashes
    """One for each word but the last ``SHINGLE - 1``."""
    short: Hashes
    sketch_at: NDArray[np.int64]
    """Where in ``shingles`` those of the sketch are, in order."""

    @property
    def sketch(self) -> Hashes:
        """The hashes of the sketch, each once, in rising order."""
        return distinct(self.shingles[self.sketch_at])


def prepare(text: str) -> Prepared:
    """``text`` made ready; words are compared without regard to case and marks."""
    found = [(mark, *_word(word)) for mark, word in _WORD.findall(text)]
    facts = [number or (capital and not mark) for mark, _, number, capital in found]
    if found:
        facts[0] = found[0][2]
    hashes = np.array([value for _, value, _, _ in found], dtype=np.uint64)
    shingles = _runs(hashes, SHINGLE)
    return Prepared(
        words=hashes,
        facts=np.array(facts, dtype=np.bool_),
        numbers=np.array([number for _, _, number, _ in found], dtype=np.bool_),
        shingles=shingles,
        short=_runs(hashes, SHORT),
        sketch_at=np.flatnonzero(shingles % np.uint64(EVERY) == 0),
    )


def distinct(hashes: Hashes) -> Hashes:
    """Each of ``hashes`` once, in rising order (some ten times as fast as ``numpy.unique``)."""
    ordered = np.sort(hashes)
    first = np.ones(len(ordered), dtype=np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    return np.asarray(ordered[first])


@lru_cache(maxsize=1 << 18)
def _word(word: str) -> tuple[int, bool, bool]:
    """The hash of a word; whether it is a number; whether it has a capital."""
    from spacy.lang.en.lex_attrs import like_num

    folded = word.casefold().encode("utf-8", "surrogatepass")
    value = int.from_bytes(hashlib.blake2b(folded, digest_size=8).digest(), "little")
    number = word[:1].isdigit() or bool(like_num(word))  # type: ignore[no-untyped-call]
    return value, number, word[:1].isupper()


def _runs(words: Hashes, length: int) -> Hashes:
    """A hash for each run of ``length`` words: a polynomial of theirs, then mixed (SplitMix64)."""
    if len(words) < length:
        return np.empty(0, dtype=np.uint64)
    out = np.zeros(len(words) - length + 1, dtype=np.uint64)
    for at in range(length):
        out = out * _FACTOR + words[at : len(words) - length + 1 + at]
    out = (out ^ (out >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    out = (out ^ (out >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return out ^ (out >> np.uint64(31))
