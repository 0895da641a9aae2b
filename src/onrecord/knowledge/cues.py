"""Cue words: what tells that someone says, thinks, fears, hopes, wants, promises or asks.

The table's classes follow published word classes: VerbNet 3 (Kipper-Schuler 2005; after Levin
1993: say-37.7, tell-37.2, manner of speaking-37.3, judgment-33, conjecture-29.5, want-32, wish-62,
promise-37.13, seem-109 …) and their nominalisations. Words of class ``polnear`` were found as
cues in the training articles of PolNeAR (Newell et al., LREC 2018); for every word the table says
how often it was ``seen`` there outside of other contents, and how often a cue (``hits``).
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files

from msgspec import Struct


class Cue(Struct, frozen=True):
    """A cue word: its class, the stance that it gives to its content, and what content it takes.

    ``takes`` holds ``clause`` ("that …"), ``inf`` ("to …"), ``np`` and ``quote``.
    """

    lemma: str
    pos: str
    stance: str
    group: str
    takes: tuple[str, ...]
    hits: int
    seen: int


@lru_cache(maxsize=1)
def cues() -> dict[tuple[str, str], Cue]:
    """All cue words by lemma and part of speech (universal tags); read once."""
    source = files("onrecord.knowledge") / "data" / "cues.tsv"
    with source.open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return {
            (row["lemma"], row["pos"]): Cue(
                lemma=row["lemma"],
                pos=row["pos"],
                stance=row["stance"],
                group=row["class"],
                takes=tuple(row["takes"].split()),
                hits=int(row["hits"]),
                seen=int(row["seen"]),
            )
            for row in rows
        }


def cue(lemma: str, pos: str) -> Cue | None:
    """The cue word with this lemma and part of speech, or None."""
    return cues().get((lemma, pos))
