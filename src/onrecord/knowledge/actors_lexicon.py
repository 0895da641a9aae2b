"""Words for those who act in the news: countries and their peoples, titles, agent nouns.

The tables stand beside this module in ``data/`` and are read once, when first needed.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple


class CountryName(NamedTuple):
    """What a word says of a country: its code, and how it stands for it.

    ``relation``: ``name``, ``adjective`` ("Russian"), ``people`` ("Russians"), ``seat`` (a capital
    or a building that stands for the government) or ``part`` (a region that is not the country).
    """

    code: str
    relation: str


class Noun(NamedTuple):
    """An agent noun: the kind of thing that it names, its PLOVER sectors, its gender if any."""

    kind: str
    sectors: tuple[str, ...]
    gender: str
    plural: bool


class Title(NamedTuple):
    """A title before a name: its words, and the role that it tells ("" for a form of address)."""

    words: str
    role: str
    sectors: tuple[str, ...]
    gender: str


def rows(name: str) -> list[list[str]]:
    """The lines of the table ``name`` as lists of cells; comments and blank lines left out."""
    text = (files("onrecord.knowledge") / "data" / name).read_text(encoding="utf-8")
    return [
        line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")
    ]


@lru_cache(maxsize=1)
def country_names() -> dict[str, CountryName]:
    """Names, adjectives, peoples, seats and parts of countries, as they are written."""
    found: dict[str, CountryName] = {}
    for code, name, others, adjectives, people, seats, parts in rows("countries.tsv"):
        cells = [
            ("name", [name, *others.split("|")]),
            ("adjective", adjectives.split("|")),
            ("people", [*people.split("|"), *(_people(a) for a in adjectives.split("|"))]),
            ("seat", seats.split("|")),
            ("part", parts.split("|")),
        ]
        for relation, words in cells:
            for word in words:
                if word:
                    found.setdefault(word.removeprefix("the "), CountryName(code, relation))
    return found


def _people(adjective: str) -> str:
    """The regular noun for the people: "Russians"; none where the adjective has no plural."""
    if not adjective or adjective.endswith(
        ("sh", "ch", "ese", "ss", "s", ".", "S", "K", "Islander")
    ):
        return ""
    return adjective + "s"


@lru_cache(maxsize=1)
def country_titles() -> dict[str, str]:
    """The usual English name of each country by its code."""
    return {row[0]: row[1] for row in rows("countries.tsv")}


def hand_written_nouns() -> dict[str, Noun]:
    """The agent nouns of ``sectors_nouns.tsv``; the first class named wins."""
    found: dict[str, Noun] = {}
    for kind, sectors, gender, words in rows("sectors_nouns.tsv"):
        codes = tuple(sectors.split("|")) if sectors else ()
        for word in words.split("|"):
            found.setdefault(word, Noun(kind, codes, gender, False))
            found.setdefault(plural(word), Noun(kind, codes, gender, True))
    return found


@lru_cache(maxsize=1)
def nouns() -> dict[str, Noun]:
    """Agent nouns in lower case, with plurals: the hand-written ones, then WordNet's persons."""
    found = hand_written_nouns()
    for gender, words in rows("sectors_person_nouns.tsv"):
        one, many = Noun("person", (), gender, False), Noun("person", (), gender, True)
        for word in words.split("|"):
            found.setdefault(word, one)
            found.setdefault(plural(word), many)
    return found


def plural(word: str) -> str:
    """The regular plural of ``word``, with the irregular ones of agent nouns."""
    for singular, form in _IRREGULAR:
        if word == singular or word.endswith((" " + singular, "-" + singular)):
            return word[: len(word) - len(singular)] + form
    if word.endswith("man") and word not in {"human"}:
        return word[:-3] + "men"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("s", "sh", "ch", "x", "z")):
        return word + "es"
    return word + "s"


_IRREGULAR = (
    ("person", "people"), ("child", "children"), ("wife", "wives"), ("thief", "thieves"),
    ("policeman", "policemen"), ("woman", "women"), ("german", "germans"), ("hero", "heroes"),
    ("personnel", "personnel"), ("aircraft", "aircraft"), ("spacecraft", "spacecraft"),
    ("police", "police"), ("staff", "staff"), ("series", "series"), ("military", "militaries"),
    ("attorney general", "attorneys general"), ("passerby", "passersby"),
    ("mother-in-law", "mothers-in-law"), ("people", "peoples"),
)  # fmt: skip


@lru_cache(maxsize=1)
def titles() -> dict[str, Title]:
    """Titles in lower case."""
    return {
        words: Title(words, role, tuple(sectors.split("|")) if sectors else (), gender)
        for words, role, sectors, gender in rows("titles.tsv")
    }


@lru_cache(maxsize=16)
def name_words(name: str) -> frozenset[str]:
    """The list of words called ``name`` in ``actors_words.tsv``."""
    for title, words in rows("actors_words.tsv"):
        if title == name:
            return frozenset(words.split("|"))
    raise KeyError(name)


@lru_cache(maxsize=1)
def given_names() -> dict[str, str]:
    """The gender (m or f) that a given name in lower case usually tells."""
    return {
        word: gender
        for table in ("actors_given_names.tsv", "actors_given_names_own.tsv")
        for gender, words in rows(table)
        for word in words.split("|")
    }


@lru_cache(maxsize=1)
def nicknames() -> dict[str, int]:
    """Given names by the number of their group: names of one group can be one person's."""
    return {w: k for k, row in enumerate(rows("actors_nicknames.tsv")) for w in row[0].split("|")}
