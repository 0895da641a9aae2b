"""What a figure counts, what became of it, and whether it is a change: read from the parse."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from spacy.tokens import Span, Token

from onrecord.reading.quantities.phrases import Phrase

_PARTITIVE = {"of"}
_NOUNS = {"NOUN", "PROPN"}
_COPULAS = {"be", "number", "total", "reach", "stand", "exceed", "top", "hit", "remain", "cost"}
_MEASURE_ROLES = {"npadvmod", "prep", "attr", "dobj", "advmod", "acomp"}
_FUNCTIONS = {"nsubj", "nsubjpass", "dobj"}


@lru_cache(maxsize=1)
def word_classes() -> dict[str, frozenset[str]]:
    """Classes of words around figures: properties of the counted, verbs of change, rank words."""
    text = files("onrecord.knowledge").joinpath("data/quantity_words.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and line[0] != "#"]
    return {name: frozenset(words.split()) for name, words in rows}


@lru_cache(maxsize=1)
def _properties() -> dict[str, str]:
    other = {"change", "rank", "not_counted"}
    return {
        word: name for name, words in word_classes().items() if name not in other for word in words
    }


def head_of(phrase: Phrase, span: Span) -> Token:
    """The word that stands for the figure in the tree: its unit, or the numeral's last word."""
    inside = [t for t in span if phrase.core[0] <= t.idx < phrase.end and not t.is_punct]
    known = {t.i for t in inside}
    tops = [t for t in inside if t.head.i not in known or t.head.i == t.i]
    return tops[-1] if tops else span.root


def counted(phrase: Phrase, span: Span) -> Token | None:
    """The head of what is counted or measured, or None where the words name nothing."""
    head = head_of(phrase, span)
    if phrase.age:
        return _aged(phrase, span, head)
    noun = _partitive(head, span)
    if noun is not None:
        return noun
    if phrase.unit is None or phrase.unit.kind in {"count"}:
        return _head_noun(head, span)
    if phrase.unit.kind == "share":
        return _head_noun(head, span) or _governor(head, span)
    return _measured(head, span)


def _aged(phrase: Phrase, span: Span, head: Token) -> Token | None:
    """Whose age it is: the noun after "57-year-old", the name before ", 57,", a subject."""
    if head.dep_ in {"attr", "acomp"}:
        return _subject(head.head)
    at: Token | None = head
    for _ in range(4):
        if at is None or at.head.i == at.i:
            break
        at = at.head
        if at.pos_ in _NOUNS and not span[0].i <= at.i <= span[-1].i:
            return at
    before = span[0].i - 1
    doc = span.doc
    while before >= 0 and doc[before].is_punct:
        before -= 1
    if before >= 0 and doc[before].pos_ in _NOUNS:
        return doc[before]
    return None


def _partitive(head: Token, span: Span) -> Token | None:
    """The noun in "half of its 30 seats", "40 percent of the voters", "dozens of people"."""
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ in _PARTITIVE and child.i > head.i:
            for noun in child.children:
                if noun.dep_ == "pobj" and noun.pos_ in _NOUNS:
                    return noun
                if noun.dep_ == "pobj" and noun.pos_ == "NUM":
                    return _partitive(noun, span) or _head_noun(noun, span)
    after = span[-1].i + 1
    doc = span.doc
    if after + 1 < len(doc) and doc[after].lower_ == "of" and doc[after].head.i <= span[-1].i:
        for noun in doc[after].children:
            if noun.dep_ == "pobj" and noun.pos_ in _NOUNS:
                return noun
    return None


def _head_noun(head: Token, span: Span) -> Token | None:
    """The noun that a numeral stands before: "1,200 new jobs", "two T-72 tanks"."""
    at = head
    for _ in range(3):
        if at.head.i == at.i:
            return None
        if at.dep_ not in {"nummod", "quantmod", "compound", "npadvmod", "amod", "predet", "nmod",
                           "det", "advmod"}:  # fmt: skip
            return None
        at = at.head
        if at.pos_ in _NOUNS and at.i > span[-1].i:
            return _last_of_name(at)
    return None


def _last_of_name(noun: Token) -> Token:
    """The noun itself; where the parse took a modifier for the head, the end of the compound."""
    while noun.dep_ == "compound" and noun.head.i > noun.i and noun.head.pos_ in _NOUNS:
        noun = noun.head
    return noun


def _measured(head: Token, span: Span) -> Token | None:
    """What has the measure: the noun before "of", or the one that a measure stands before."""
    noun = _head_noun(head, span)
    if noun is not None:
        return noun
    if head.dep_ == "pobj" and head.head.lower_ in {"of", "at", "with", "in"}:
        owner = head.head.head
        if head.head.lower_ == "of" and owner.pos_ in _NOUNS:
            return owner
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ in {"in", "for"} and child.i > head.i:
            for noun in child.children:
                bare = not any(t.dep_ in {"det", "poss"} for t in noun.children)
                if noun.dep_ == "pobj" and noun.pos_ == "NOUN" and bare:
                    return noun
    return _governor(head, span)


def _governor(head: Token, span: Span) -> Token | None:
    """What the figure is a measure of, by its verb or noun.

    The subject ("sales rose by 5%", "gusts were forecast to reach 80 mph"), the object of a verb of
    change ("raised its capacity to 46 gallons", "premiums cut by half"), or the noun that the
    preposition follows ("losses at over $3 million", "a rise of 5%").
    """
    at = head
    if at.dep_ == "pobj":
        at = at.head
        before = at.nbor(-1) if at.i > 0 else at
        if at.head.pos_ in _NOUNS and at.lower_ in {"of", "in", "by", "at", "to"}:
            return at.head
        if before.pos_ in _NOUNS and at.lower_ in {"at", "of"} and before.dep_ in {"dobj", "pobj"}:
            return before
    verb = at.head
    measures = verb.lemma_ in word_classes()["change"] or verb.lemma_ in _COPULAS
    if not measures or at.dep_ not in _MEASURE_ROLES or at.i == verb.i:
        return None
    if at.dep_ == "prep":
        for child in verb.children:
            if child.dep_ == "dobj" and child.pos_ in _NOUNS:
                return child
    return _subject(verb)


def _subject(verb: Token) -> Token | None:
    """The noun that a verb is said of, through infinitives and participles."""
    for _ in range(3):
        for child in verb.children:
            if child.dep_ in {"nsubj", "nsubjpass"} and child.i < verb.i:
                return child if child.pos_ in _NOUNS else None
        if verb.dep_ == "acl" and verb.head.pos_ in _NOUNS:
            return verb.head
        if verb.dep_ not in {"xcomp", "conj"} or verb.head.i == verb.i:
            return None
        verb = verb.head
    return None


def property_of(noun: Token | None, head: Token) -> str | None:
    """What became of the counted: killed, wounded, detained …; None where it is not told.

    Read from the noun itself ("three deaths"), its modifiers ("12 dead", "the wounded"), or the
    verb whose subject or object it is, as far as that verb leaves no doubt who was hit: subjects
    of "kill" kill, objects of "die" do not exist.
    """
    classes = _properties()
    at = noun if noun is not None else head
    for word in (at, head):
        if word.lemma_.lower() in classes and word.pos_ != "VERB":
            return classes[word.lemma_.lower()]
    for child in at.children:
        if child.dep_ in {"acl", "amod", "relcl", "acomp"} and child.lemma_.lower() in classes:
            passive = child.tag_ == "VBN" or child.pos_ == "ADJ"
            if passive and not any(t.dep_ == "dobj" for t in child.children):
                return classes[child.lemma_.lower()]
    top = at
    while top.dep_ == "conj" and top.head.i != top.i:
        top = top.head
    verb = top.head
    name = classes.get(verb.lemma_.lower())
    if name is None or verb.pos_ not in {"VERB", "AUX"} or verb.lower_ == "missing":
        return _predicate(top, classes)
    active = verb.lemma_ in {"die", "perish", "flee", "drown", "disappear", "vanish"}
    if top.dep_ == "nsubjpass" or (top.dep_ == "dobj" and not active):
        return name
    return name if top.dep_ == "nsubj" and active else None


def _predicate(top: Token, classes: dict[str, str]) -> str | None:
    """ "left 12 people dead", "9 people were missing"."""
    verb = top.head
    if top.dep_ not in _FUNCTIONS:
        return None
    for child in verb.children:
        said_of = child.dep_ in {"acomp", "oprd", "xcomp", "ccomp"} and child.i > top.i
        if said_of and child.pos_ in {"ADJ", "VERB"}:
            name = classes.get(child.lower_) or classes.get(child.lemma_.lower())
            if name is not None:
                return name
    return classes.get(verb.lower_) if top.dep_ == "nsubj" and verb.tag_ == "VBG" else None


def is_change(head: Token) -> bool:
    """Whether the figure is a change by so much: "rose by 5", "a 5 percent cut"."""
    change = word_classes()["change"]
    at = head
    if at.dep_ == "pobj" and at.head.lower_ in {"by", "of"}:
        owner = at.head.head
        return owner.lemma_.lower() in change
    governs = at.head
    if governs.i == at.i or governs.lemma_.lower() not in change:
        return False
    if governs.pos_ in _NOUNS:
        return at.i < governs.i and at.dep_ in {"compound", "nummod", "nmod", "amod"}
    return at.dep_ == "npadvmod" or (
        at.dep_ == "dobj" and any(t.lemma_ in {"percent", "%", "point"} for t in (at,))
    )
