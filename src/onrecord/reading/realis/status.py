"""How an event is told, and how what stands above it and its own words go together."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.reading import grammar
from onrecord.reading.realis.local import Local
from onrecord.reading.realis.signatures import signature


@dataclass(frozen=True, slots=True)
class Status:
    """How an event is told. ``sure``: how firmly, 0 to 1. ``trail``: why, the nearest first."""

    realis: str
    sure: float
    trail: tuple[str, ...]


def listed(lemma: str, word: str) -> bool:
    """Whether the table names this very preposition for this verb, not "any"."""
    found, other = signature(lemma, "v", word), signature(lemma, "v", "\0")
    return found is not None and found is not other


def part_of_speech(token: Token) -> str:
    """v, a or n, as the table of signatures has it."""
    if grammar.is_verb(token) or token.pos_ == "AUX":
        return "v"
    return "a" if token.pos_ in ("ADJ", "ADV") else "n"


def merge(context: Status, local: Local) -> Status:
    """What the words above and its own words make of an event together."""
    trail = (*local.marks, *context.trail)
    own = local.realis
    sure = context.sure * local.sure
    if own is None or own == "actual":
        return Status(context.realis, sure, trail)
    if context.realis == "actual":
        return Status(own, sure, trail)
    if own == "negated":
        if context.realis == "negated":
            return Status("actual", 0.5, trail)
        kind = "negated" if context.realis in ("future", "generic") else context.realis
        return Status(kind, sure, trail)
    return Status(context.realis, sure, trail)
