"""The PLOVER ontology and the words that tell its events, as data loaded when first needed.

The ontology (16 types, their modes, 37 contexts, quad classes, scores, the mapping from CAMEO)
is that of the PLOVER manual, draft 2.0, licensed CC BY-SA 4.0; ``data/plover.json`` says where
the manual leaves a choice and how it is taken. The words (``data/plover_triggers.tsv``) and the
classes of nouns that narrow them (``data/plover_nouns.tsv``) were compiled for this project.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

_DATA = resources.files("onrecord.knowledge") / "data"


@dataclass(frozen=True, slots=True)
class EventType:
    """A PLOVER type: its quad class (1 to 4), its score, and the modes that it may have."""

    name: str
    quad: int
    score: float
    recipient_required: bool
    modes: dict[str, float]


@dataclass(frozen=True, slots=True)
class Ontology:
    """All types by name, the contexts, and what each CAMEO code becomes."""

    types: dict[str, EventType]
    contexts: frozenset[str]
    quads: dict[int, str]
    cameo: dict[str, tuple[str, str | None, tuple[str, ...]]]
    cameo_roots: dict[str, str]


@lru_cache(maxsize=1)
def ontology() -> Ontology:
    """The ontology; read once."""
    raw: dict[str, Any] = json.loads((_DATA / "plover.json").read_text("utf-8"))
    types = {
        name: EventType(
            name=name,
            quad=row["quad"],
            score=float(row["score"]),
            recipient_required=row["recipient_required"],
            modes={mode: float(score) for mode, score in row["modes"].items()},
        )
        for name, row in raw["types"].items()
    }
    return Ontology(
        types=types,
        contexts=frozenset(raw["contexts"]),
        quads={int(code): name for code, name in raw["quads"].items()},
        cameo={code: (t, m, tuple(c)) for code, (t, m, c) in raw["cameo"].items()},
        cameo_roots=dict(raw["cameo_roots"]),
    )


def quad(name: str) -> int:
    """The quad class of a type: 1 and 2 cooperation in word and deed, 3 and 4 conflict.

    Raises ``KeyError`` for a name that is no type.
    """
    return ontology().types[name].quad


def scale(name: str, modes: tuple[str, ...] = ()) -> float:
    """The conflict and cooperation score, -10 to 10: of the furthest mode, else of the type.

    Raises ``KeyError`` for a name that is no type.
    """
    kind = ontology().types[name]
    scores = [kind.modes[mode] for mode in modes if mode in kind.modes]
    return max(scores, key=abs) if scores else kind.score


def from_cameo(code: str) -> tuple[str, str | None, tuple[str, ...]] | None:
    """Type, mode and contexts of a CAMEO code; None for the codes that PLOVER drops (01, 02).

    A code that the table does not list takes the type of its first two digits. Raises
    ``KeyError`` for what is no CAMEO code.
    """
    known = ontology()
    if code in known.cameo:
        return known.cameo[code]
    if code[:2] in ("01", "02"):
        return None
    return known.cameo_roots[code[:2]], None, ()


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a trigger: ``slot`` (o, s, p, m, om, ow, r, x, c), what it must be.

    ``arg`` names the prepositions of slot p. ``words`` are lemmas, ``classes`` the special
    classes (person, actor); both empty ask only that the slot is filled.
    """

    slot: str
    arg: tuple[str, ...]
    words: frozenset[str]
    classes: frozenset[str]
    denied: bool


@dataclass(frozen=True, slots=True)
class Trigger:
    """One use of a word that tells an event; ``number`` is its line, for ``why``."""

    lemma: str
    pos: str
    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    conditions: tuple[Condition, ...]
    prior: float
    number: int


@lru_cache(maxsize=1)
def noun_classes() -> dict[str, frozenset[str]]:
    """The classes of nouns by name."""
    rows = _rows("plover_nouns.tsv")
    return {name: frozenset(w.strip() for w in words.split(",")) for name, words in rows}


@lru_cache(maxsize=1)
def triggers() -> dict[tuple[str, str], tuple[Trigger, ...]]:
    """The uses of each (lemma, v, n, a or m for a modal verb), the narrowest first."""
    table: dict[tuple[str, str], list[Trigger]] = {}
    for number, row in enumerate(_rows("plover_triggers.tsv"), start=1):
        lemmas, pos, kind, modes, contexts, conditions, prior = row
        parsed = tuple(_condition(term) for term in conditions.split())
        for lemma in lemmas.split(","):
            table.setdefault((lemma, pos), []).append(
                Trigger(
                    lemma=lemma,
                    pos=pos,
                    type=kind,
                    modes=tuple(modes.split(",")) if modes else (),
                    contexts=tuple(contexts.split(",")) if contexts else (),
                    conditions=parsed,
                    prior=float(prior),
                    number=number,
                )
            )
    return {
        key: tuple(sorted(uses, key=lambda use: (-_weight(use), use.number)))
        for key, uses in table.items()
    }


def _weight(use: Trigger) -> float:
    """How narrow a use is: words narrow more than a class of who acts, that more than presence."""
    total = 0.0
    for condition in use.conditions:
        if condition.words:
            total += 2.0
        elif condition.classes:
            total += 1.2
        else:
            total += 1.0
    return total


def _condition(term: str) -> Condition:
    denied = term.startswith("!")
    slot, _, words = term.removeprefix("!").partition(":")
    slot, _, arg = slot.partition(".")
    named: set[str] = set()
    classes: set[str] = set()
    for word in words.split("|") if words else ():
        if word in ("person", "actor"):
            classes.add(word)
        elif word.isupper() and word in noun_classes():
            named |= noun_classes()[word]
        else:
            named.add(word)
    return Condition(
        slot=slot,
        arg=tuple(arg.split("|")) if arg else (),
        words=frozenset(named),
        classes=frozenset(classes),
        denied=denied,
    )


def _rows(name: str) -> list[list[str]]:
    lines = (_DATA / name).read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return rows[1:]
