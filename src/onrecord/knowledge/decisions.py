"""The words of decisions: of letting, of why, and of how likely what is to come is.

Each table is a file beside the package, read once when first asked for. They hold general words
by class, from published lists named at the head of each file; no name of a place or a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

from msgspec import Struct


class Likelihood(Struct, frozen=True):
    """What a word says of the likelihood of what is to come, and the frame that it does it in."""

    label: str
    frame: str


@lru_cache(maxsize=1)
def permission_words() -> dict[tuple[str, str], frozenset[str]]:
    """The words of each (class, part of speech): ``("forbid", "VERB")`` gives ban, bar, …"""
    found: dict[tuple[str, str], set[str]] = {}
    for word, pos, name in _rows("permission_words.tsv"):
        found.setdefault((name, pos), set()).add(word)
    return {key: frozenset(words) for key, words in found.items()}


@lru_cache(maxsize=1)
def party_nouns() -> frozenset[str]:
    """The common nouns of people and of bodies of people, in the singular."""
    table = permission_words()
    return table[("people", "NOUN")] | table[("authority", "NOUN")]


# Nouns in -ee, -ian, -ist or -man that name no person.
_NO_PERSON = frozenset(
    {"fee", "tree", "knee", "bee", "degree", "coffee", "guarantee", "decree",
     "jubilee", "toffee", "spree", "pedigree", "melee", "apogee", "list", "mist", "twist", "gist",
     "wrist", "fist", "checklist", "shortlist", "talisman", "regimen",
     "specimen", "acumen", "omen", "abdomen"}
)  # fmt: skip


@lru_cache(maxsize=4096)
def names_people(lemma: str) -> bool:
    """Whether the common noun ``lemma``, in small letters, names people or a body of people."""
    if lemma in party_nouns():
        return True
    return lemma.endswith(("ist", "ian", "ee", "man", "men")) and lemma not in _NO_PERSON


@lru_cache(maxsize=1)
def likelihood_words() -> dict[tuple[str, str], Likelihood]:
    """What each (word, part of speech) says: ``("likely", "ADJ")`` says likely."""
    return {
        (word, pos): Likelihood(label, frame) for word, pos, label, frame in _rows("likelihood.tsv")
    }


@lru_cache(maxsize=1)
def reason_connectives() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """The connectives by their first word, the longest first, each with its kind."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, kind in _rows("reason_connectives.tsv"):
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append((words, kind))
    return {
        first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in found.items()
    }


@lru_cache(maxsize=1)
def reason_words() -> dict[str, frozenset[str]]:
    """The words of each class that matters to why: causes, opposes, fears, control, …"""
    found: dict[str, set[str]] = {}
    for word, name in _rows("reason_words.tsv"):
        found.setdefault(name, set()).add(word)
    return {name: frozenset(words) for name, words in found.items()}


def _rows(name: str) -> Iterator[list[str]]:
    text = resources.files("onrecord.knowledge").joinpath("data", name).read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")
