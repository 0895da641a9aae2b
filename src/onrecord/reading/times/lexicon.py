"""The words that time expressions are made of, each with its class.

A class is one character, so that a run of tokens becomes a string, and a rule of the grammar a
regular expression over that string (``rules.py``). The words stand in
``knowledge/data/time_words.tsv``: class, value, words; ``time_cues.tsv`` has the lists of
words beside an expression that decide whether it is one.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files

SHAPES = (
    "d1",  # a whole number of one or two digits, up to 31
    "d3",  # any other number: 45, 120, 2,500, 1.5
    "y4",  # four digits that can be a year
    "yy",  # '98
    "dec",  # 1990s, '80s
    "ordd",  # 3rd, 21st
    "fraction",  # 1/2, ½
    "clock",  # 16:30
    "iso",  # 2013-03-22, 22/03/2013
    "holiday",
    "comma",
    "dot",
    "dash",
    "wide",  # a dash with spaces around it, or a long one
    "slash",
    "open",
    "poss",  # 's, ’
)
OTHER = " "  # any other word, and whatever no time expression reaches over


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    return Lexicon()


class Lexicon:
    """Words with their class code and value, and the codes of each class name."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.words: dict[str, tuple[str, str]] = {}
        for shape in SHAPES:
            self._code(shape)
        for name, value, words in rows("time_words.tsv"):
            for word in words.split():
                self.words[word] = (self._code(name), value)

        self.cues = {name: frozenset(words.split()) for name, words in rows("time_cues.tsv")}

    def _code(self, name: str) -> str:
        if name not in self.codes:
            self.codes[name] = chr(0x100 + len(self.codes))
        return self.codes[name]


def rows(name: str) -> list[list[str]]:
    """The lines of a table of ``knowledge/data``, its head left out."""
    text = (files("onrecord.knowledge") / "data" / name).read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()[1:], delimiter="\t", quoting=csv.QUOTE_NONE))
