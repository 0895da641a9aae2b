"""The words that the reading of places goes by, from data files; loaded once when first needed."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

_DATA = resources.files("onrecord.knowledge.data")


@dataclass(frozen=True)
class Lexicon:
    """Word classes of ``place_words.tsv``, and ``place_common.tsv``: what a word mostly is.

    ``feature_words`` gives the feature code for the last word of a name ("river": STM). ``usage``
    gives for a word the shares of its uses as a common word, in persons' first and last names,
    in places and in organisations.
    """

    division_words: frozenset[str]
    feature_words: dict[str, str]
    prepositions: frozenset[str]
    titles: frozenset[str]
    organisations: frozenset[str]
    person_verbs: frozenset[str]
    governing: frozenset[str]
    deciding: frozenset[str]
    usage: dict[str, tuple[float, ...]]


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The lexicon of the package."""
    classes: dict[str, frozenset[str]] = {}
    features: dict[str, str] = {}
    for row in _rows("place_words.tsv"):
        words = row["words"].split("|")
        name, _, code = row["class"].partition(" ")
        if code:
            features.update(dict.fromkeys(words, code))
        else:
            classes[name] = frozenset(words)
    usage = {
        row["word"]: tuple(
            int(row[name]) / 9 for name in ("lower", "first", "last", "place", "org")
        )
        for row in _rows("place_common.tsv")
    }
    return Lexicon(
        division_words=classes["division"],
        feature_words=features,
        prepositions=classes["in"],
        titles=classes["title"],
        organisations=classes["org"],
        person_verbs=classes["person_verb"],
        governing=classes["govern"],
        deciding=classes["say"],
        usage=usage,
    )


def _rows(name: str) -> list[dict[str, str]]:
    text = (_DATA / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
