"""What a card of an entry holds: words that a page can set and link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Bits = tuple["Bit", ...]


@dataclass(frozen=True)
class Bit:
    """Words on a card; ``ref`` is the entry that they lead to, ``kind`` how they are set."""

    text: str
    ref: str | None = None
    kind: str = ""


@dataclass(frozen=True)
class Teller:
    """Who tells an entry: one attribution of a chain, innermost first."""

    id: str
    who: str
    named: bool
    untold: bool
    stance: str


@dataclass(frozen=True)
class Card:
    """One entry, as it is shown beside the text.

    ``label`` is what it is, in a word or two, ``tone`` the class that styles it; ``bits`` what it
    says; ``facts`` further fields by name; ``chain`` who tells it, innermost first, empty where it
    is the report's own word; ``told`` is False for parts that nobody tells (entities, times,
    places).
    """

    id: str
    key: str
    part: str
    label: str
    gloss: str
    tone: str
    bits: Bits
    facts: tuple[tuple[str, Bits], ...]
    chain: tuple[Teller, ...]
    told: bool
    depth: int
    score: float
    sentence: int | None
    realis: str | None = None
    why: Any = None


@dataclass(frozen=True)
class Section:
    """Cards under one heading."""

    name: str
    title: str
    cards: tuple[Card, ...]
