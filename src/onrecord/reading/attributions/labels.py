"""How an attribution is to be read: quotation, stance, and what kind of source tells it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from onrecord.knowledge.cues import cue as known_cue
from onrecord.reading.attributions.sources import SpanFinder
from onrecord.reading.attributions.tree import Tree
from onrecord.record.model import Entity, Spans

_DIRECT_SHARE = 0.9
_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our"})
_PRONOUNS = frozenset({"he", "she", "they", "it", "him", "her", "them", "his", "their", "its"})
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
_EMPTY_VERBS = frozenset(
    [
        "express",
        "voice",
        "raise",
        "have",
        "make",
        "issue",
        "give",
        "show",
        "share",
        "feel",
        "hold",
        "take",
        "be",
        "become",
        "remain",
        "utter",
        "air",
        "level",
        "deliver",
        "get",
    ]
)
_NEGATED = {
    **dict.fromkeys(
        [
            "believe",
            "think",
            "expect",
            "feel",
            "see",
            "consider",
            "know",
            "buy",
            "trust",
            "imagine",
            "understand",
            "suppose",
            "find",
            "sure",
            "certain",
            "confident",
            "convinced",
            "clear",
            "aware",
        ],
        "doubts",
    ),
    **dict.fromkeys(
        ["reveal", "disclose", "comment", "release", "confirm", "name", "identify"], "denies"
    ),
}
_IF_INFINITIVE = frozenset({"agree", "offer", "volunteer", "assure", "consent", "commit"})
_LESS = frozenset({"less", "hardly", "never", "scarcely", "harder", "hard"})
_UNWANTED = frozenset({"wants", "hopes", "promises"})
_OBJECTS = frozenset({"dobj", "attr", "acomp", "oprd", "pobj", "xcomp"})


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


def stance(tree: Tree, cue: int | None, content_head: int, content: Spans, kind: str) -> str:
    """The stance of the source to the content, from the class of the cue.

    Negation turns a belief into doubt, a wish into its denial, and telling into withholding;
    verbs that mean little of their own ("voiced concern", "is unsure") take the class of their
    object; what is quoted as a question is asked.
    """
    if cue is None:
        return "asserts"
    found, word = _class(tree, cue)
    lemma = tree.lemma[word]
    infinitive = _is_infinitive(tree, content_head)
    found = _by_frame(tree, word, found, infinitive, kind)
    if _is_negated(tree, cue) or (word != cue and _is_negated(tree, word)):
        if found == "asserts":
            return _NEGATED.get(lemma, found)
        if found in _UNWANTED:
            return "denies"
        if found in {"denies", "doubts"}:
            return "asserts"
    if found == "asserts" and kind.startswith("quote") and _all_questions(tree.text, content):
        return "asks"
    return found


def _by_frame(tree: Tree, word: int, found: str, infinitive: bool, kind: str) -> str:
    """What the construction makes of a verb with several senses ("call for", "call him a liar")."""
    lemma = tree.lemma[word]
    if tree.pos[word] != "VERB":
        return found
    links = {tree.lower[c] for c in tree.kids[word] if tree.dep[c] in {"prep", "prt"}}
    if lemma == "call":
        return "wants" if links & {"for", "on", "upon"} or kind == "xcomp" else "asserts"
    if lemma == "challenge" and (infinitive or "to" in links):
        return "wants"
    if lemma == "question" and kind.startswith("quote"):
        return "asks"
    if lemma in _IF_INFINITIVE and not infinitive:
        return "asserts"
    if lemma in {"insist", "suggest", "tell"} and infinitive:
        return "wants"
    return found


def _is_negated(tree: Tree, word: int) -> bool:
    for child in tree.kids[word]:
        if tree.dep[child] == "neg" or tree.lower[child] in _LESS:
            return True
        if tree.lower[child] == "no" and tree.dep[child] == "det":
            return True
    return False


def _class(tree: Tree, cue: int) -> tuple[str, int]:
    """The stance of a cue, and the word that decides it."""
    row = known_cue(tree.lemma[cue], tree.pos[cue])
    found = row.stance if row is not None else "asserts"
    if found != "asserts" or tree.lemma[cue] not in _EMPTY_VERBS:
        return found, cue
    for child in tree.kids[cue]:
        if tree.dep[child] in _OBJECTS:
            inner = known_cue(tree.lemma[child], tree.pos[child])
            if inner is not None and (inner.stance != "asserts" or tree.pos[child] == "ADJ"):
                return inner.stance, child
        if tree.dep[child] == "prep" and tree.lower[child] == "against":
            return "denies", cue
    return found, cue


def _is_infinitive(tree: Tree, head: int) -> bool:
    return any(tree.dep[c] == "aux" and tree.lower[c] == "to" for c in tree.kids[head])


def _all_questions(text: str, content: Spans) -> bool:
    words = text[content[0][0] : content[-1][1]].rstrip("\"”’' ")
    return words.endswith("?") and not re.search(r"[.!]\s", words)


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
