"""What was cut from a text, or changed in it, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_WORDS = 6_000
"""Words of a text that are compared; SequenceMatcher's time grows with their square."""
_TOKEN = re.compile(r"\s*\S+\s*?(?=\s|$)|\s+")


@dataclass(frozen=True)
class Change:
    """A stretch of the two texts. ``kind``: same, cut (in the first only) or put (in the second
    only).
    """

    kind: str
    words: str


def changes(first: str, second: str, around: int = 12) -> list[Change] | None:
    """How ``second`` differs from ``first``; what is the same is shortened to ``around`` words.

    None where a text is too long to be compared here.
    """
    left, right = _TOKEN.findall(first), _TOKEN.findall(second)
    if max(len(left), len(right)) > MOST_WORDS:
        return None
    matcher = SequenceMatcher(
        None, [word.strip() for word in left], [word.strip() for word in right], autojunk=False
    )
    made: list[Change] = []
    for tag, l_start, l_end, r_start, r_end in matcher.get_opcodes():
        if tag == "equal":
            made.append(Change("same", _shortened(left[l_start:l_end], around)))
            continue
        if l_end > l_start:
            made.append(Change("cut", "".join(left[l_start:l_end])))
        if r_end > r_start:
            made.append(Change("put", "".join(right[r_start:r_end])))
    return made


def _shortened(words: list[str], around: int) -> str:
    if len(words) <= 2 * around + 4:
        return "".join(words)
    left_out = len(words) - 2 * around
    return "".join(words[:around]) + f" [… {left_out} words the same …] " + "".join(words[-around:])
