"""How an attribution is to be read: as what quotation, and told by what kind of source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from onrecord.reading.attributions.sources import SpanFinder
from onrecord.reading.attributions.tree import Tree
from onrecord.record.model import Entity, Spans

_DIRECT_SHARE = 0.9
_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our"})
_PRONOUNS = frozenset(
    ["he", "she", "they", "it", "him", "her", "them", "his", "their", "its", "who", "which", "that"]
)
_DETERMINER = re.compile(
    r"(?:(?:(?:many|some|most|several|both|all|one|two|three|few)\s+of|a\s+number\s+of|an?|the|one|two"
    r"|three|four|five|six|seven|some|many|most|several|both|other|another|these|those|few|all"
    r"|multiple|various|certain|his|her|its|their)\s+)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r",?\s+(?:who|which|that|whose)\s.*|,?\s+(?:speaking|spoke|granted|on condition of)\s.*|,\s.*",
    re.DOTALL,
)


def quotation(finder: SpanFinder, spans: Spans) -> str:
    """``direct`` where the words stand in quotation marks, ``mixed`` where some do."""
    inside = total = 0
    for start, end in spans:
        total += _letters(finder.text, start, end)
        around = finder.quote_over(start)
        within = finder.quotes_between(start + 1, end)
        for quote in within if around is None else [around, *within]:
            for first, last in quote.spans:
                low, high = max(start, first), min(end, last)
                if low < high:
                    inside += _letters(finder.text, low, high)
    if not inside:
        return "indirect"
    return "direct" if inside >= _DIRECT_SHARE * total else "mixed"


def _letters(text: str, start: int, end: int) -> int:
    return sum(c.isalnum() for c in text[start:end])


@lru_cache(maxsize=2)
def _nouns(kind: str) -> frozenset[str]:
    """Nouns for a kind of source that is not a person, from ``source_nouns.tsv``."""
    source = files("onrecord.knowledge") / "data" / "source_nouns.tsv"
    rows = (line.split("\t") for line in source.read_text(encoding="utf-8").splitlines()[1:])
    return frozenset(row[0] for row in rows if row[1] == kind)


def source_kind(tree: Tree, head: int, entities: Sequence[Entity], quoted: bool) -> str:
    """Named, unnamed, an institution, a document, or the report's author."""
    lower, lemma = tree.lower[head], tree.lemma[head]
    if lower in _FIRST_PERSON and tree.pos[head] == "PRON" and not quoted:
        return "author"
    if lemma in _nouns("document") and tree.pos[head] == "NOUN":
        return "document"
    for entity in entities:
        if entity.kind == "work":
            return "document"
        if entity.kind == "person":
            return "named" if entity.name or _named_beside(tree, head) else "unnamed"
        if entity.kind in {"organization", "country", "place"}:
            return "institution"
    if lemma in _nouns("institution") and tree.pos[head] in {"NOUN", "PROPN"}:
        return "institution"
    if tree.entity[head] in {"ORG", "GPE", "NORP", "LOC", "FAC"} and tree.pos[head] == "PROPN":
        return "institution"
    if tree.entity[head] in {"WORK_OF_ART", "LAW"}:
        return "document"
    if tree.pos[head] == "PROPN" or tree.entity[head] == "PERSON" or _named_beside(tree, head):
        return "named"
    return "unnamed"


def _named_beside(tree: Tree, head: int) -> bool:
    """Whether a description has its name beside it: "her rival, the former mayor Piet Solano"."""
    return any(
        tree.dep[kid] == "appos" and (tree.pos[kid] == "PROPN" or tree.entity[kid] == "PERSON")
        for kid in tree.kids[head]
    )


def group(text: str, head_word: str) -> str | None:
    """What is told of an unnamed source: its words without articles, numbers and asides."""
    if head_word in _PRONOUNS:
        return None
    words = _TAIL.sub("", text, count=1)
    words = _DETERMINER.sub("", words, count=1) if _DETERMINER.match(words) else words
    return " ".join(words.split()) or None
