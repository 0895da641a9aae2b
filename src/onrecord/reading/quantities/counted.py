"""What a figure counts or measures: the head of ``of``, read from the parse."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from onrecord.knowledge.units import unit_of
from onrecord.reading.quantities.ages import aged
from onrecord.reading.quantities.lexicon import word_classes
from onrecord.reading.quantities.phrases import Phrase
from onrecord.reading.quantities.subjects import subject_of
from onrecord.reading.quantities.told import (
    after_bracket,
    included_in,
    is_direction,
    sum_of,
    told_of,
)

_NOUNS = {"NOUN", "PROPN"}
_INNER = {"nummod", "quantmod", "compound", "npadvmod", "amod", "predet", "nmod", "det", "advmod"}
_COPULAS = {
    "be", "number", "total", "reach", "stand", "exceed", "top", "hit", "remain", "cost", "surpass",
    "pass", "approach", "average", "weigh", "measure", "span", "run", "amount", "account", "worth",
    "become", "begin", "start", "come", "go", "range", "estimate", "near", "peak", "value", "carry",
    "last", "stretch", "sell", "trade",
}  # fmt: skip
_MEASURE_ROLES = {"npadvmod", "prep", "attr", "dobj", "advmod", "acomp"}
_PLURAL = {"NNS", "NNPS"}
_IN_PHRASE = {"NOUN", "PROPN", "ADJ"}
_ANTECEDENT = {"whom", "which"}
_SPEAKERS = {"us", "you"}
_BOUNDS = {"above", "below", "over", "under", "around"}
_OWNERS = {"of", "in", "by", "at", "to", "with"}


def head_of(phrase: Phrase, span: Span) -> Token:
    """The word that stands for the figure in the tree: its unit, or the numeral's last word."""
    inside = [
        t
        for t in span
        if phrase.core[0] <= t.idx < phrase.end and (not t.is_punct or t.text == "%")
    ]
    known = {t.i for t in inside}
    tops = [t for t in inside if t.head.i not in known or t.head.i == t.i]
    top = tops[-1] if tops else span.root
    while top.dep_ == "pobj" and span[0].i <= top.head.i < top.i:
        top = top.head if top.head.head.i == top.head.i else top.head.head
        if not span[0].i <= top.i <= span[-1].i:
            return tops[-1]
    return top


def counted(phrase: Phrase, span: Span) -> Token | None:
    """The head of what is counted or measured, or None where the words name nothing."""
    head = head_of(phrase, span)
    if phrase.age:
        return aged(phrase, span, head)
    if phrase.ballot:
        return _votes(span)
    noun = _noun(phrase, span, head)
    if noun is None or phrase.start <= noun.idx < phrase.end or noun.pos_ == "NUM":
        return None
    unit = unit_of(noun.text)
    return None if unit is not None and unit.kind in {"share", "speed"} else noun


def _noun(phrase: Phrase, span: Span, head: Token) -> Token | None:
    noun = _partitive(head, span)
    if noun is not None:
        return noun
    if phrase.unit is None and phrase.kind != "share":
        part = _hyphened(span)
        if part is not None:
            return part
        near = _head_noun(phrase, head, span) or _beside(phrase, span)
        near = near or _bracketed(span) or included_in(head, span)
        return near or _total(head) or _described(head, span)
    if phrase.unit is not None and phrase.unit.kind == "count":
        return _head_noun(phrase, head, span)
    if phrase.unit is None or phrase.unit.kind == "share":
        return _head_noun(phrase, head, span) or _governor(head) or _leaning(head, span)
    return _measured(phrase, head, span)


def _votes(span: Span) -> Token | None:
    """The noun for both sides of a division, "passed by votes of 230-197", "the 5-4 ruling"."""
    words = word_classes()["vote"]
    near = [t for t in span.sent if t.lemma_.lower() in words and t.pos_ == "NOUN"]
    return min(near, key=lambda t: abs(t.i - span[0].i)) if near else None


def _partitive(head: Token, span: Span) -> Token | None:
    """The noun in "half of its 30 seats", "40 percent of the voters", "five out of the 12 men"."""
    doc = span.doc
    preps = [c for c in head.children if c.dep_ == "prep" and c.i > span[-1].i and c.lower_ == "of"]
    after = span[-1].i + 1
    while after < len(doc) and after < span[-1].i + 3 and doc[after].lower_ in {"out", "or"}:
        after += 1
    if after < len(doc) and doc[after].lower_ == "of" and after not in {p.i for p in preps}:
        beside = doc[after].head.i <= span[-1].i or after > span[-1].i + 1
        preps += [doc[after]] if beside else []
    limit = after_bracket(span) + 3
    for prep in preps:
        if prep.i > limit:
            continue
        for noun in prep.children:
            if noun.dep_ != "pobj":
                continue
            if noun.pos_ in _NOUNS or (noun.lower_ == "those" and any(noun.children)):
                return _agreeing(noun, doc) if noun.pos_ == "PROPN" else noun
            if noun.lower_ in _SPEAKERS:
                return noun
            if noun.lower_ in _ANTECEDENT:
                return _antecedent(head)
            if noun.pos_ == "NUM":
                inner = doc[noun.i : noun.i + 1]
                return _partitive(noun, inner) or _climb(noun, inner) or _after(noun, doc)
    return None


def _antecedent(head: Token) -> Token | None:
    """The noun that a relative clause says more of: "children, two of whom died"."""
    at = head
    for _ in range(5):
        if at.dep_ == "relcl":
            return at.head if at.head.pos_ in _NOUNS else None
        if at.head.i == at.i:
            return None
        at = at.head
    return None


def _head_noun(phrase: Phrase, head: Token, span: Span) -> Token | None:
    """The noun that a numeral stands before: "1,200 new jobs", "two T-72 tanks"."""
    noun = _climb(head, span)
    if noun is None or phrase.value == 1 or phrase.unit is not None:
        return noun
    return _agreeing(noun, span.doc) if not _is_modifier(span) else noun


def _climb(head: Token, span: Span) -> Token | None:
    at = head
    for _ in range(3):
        if at.head.i == at.i or at.dep_ not in _INNER:
            return None
        at = at.head
        if at.pos_ in _NOUNS and at.i > span[-1].i:
            while at.dep_ == "compound" and at.head.i > at.i and at.head.pos_ in _NOUNS:
                at = at.head
            return at
    return None


def _is_modifier(span: Span) -> bool:
    """Whether the number is part of a word, "a 12-member panel", whose noun need not be plural."""
    after = span[-1].i + 1
    return after < len(span.doc) and span.doc[after].text in {"-", "–", "‑"}


def _hyphened(span: Span) -> Token | None:
    """The noun in "a 12-member panel", which is what there are twelve of; not "30,000-strong"."""
    after = span[-1].i + 1
    if not _is_modifier(span) or after + 1 >= len(span.doc) or span.doc[after].whitespace_:
        return None
    noun = span.doc[after + 1]
    return noun if noun.pos_ == "NOUN" else None


def _agreeing(noun: Token, doc: Doc) -> Token:
    """The noun in the plural that a count asks for, where the parse stopped short of it.

    "800 Isis foreign fighters": a parser that takes "Isis" for the head is corrected by number.
    """
    if noun.tag_ in _PLURAL or noun.lemma_.lower() in word_classes()["collective"]:
        return noun
    at = noun.i + 1
    while at < len(doc) and at < noun.i + 5:
        token = doc[at]
        if token.tag_ in _PLURAL and token.ent_type_ not in {"DATE", "TIME"}:
            return token
        if token.pos_ not in _IN_PHRASE and token.text != "-" and token.tag_ != "VBN":
            break
        at += 1
    return noun


def _after(number: Token, doc: Doc) -> Token | None:
    """The plural that follows a number within one run of nouns and adjectives."""
    if number.i + 1 >= len(doc) or doc[number.i + 1].pos_ not in _IN_PHRASE | {"VERB"}:
        return None
    found = _agreeing(doc[number.i], doc)
    return found if found.i != number.i else None


def _beside(phrase: Phrase, span: Span) -> Token | None:
    """A noun phrase right after the figure that the parse hung elsewhere."""
    doc = span.doc
    after = span[-1].i + 1
    if phrase.value == 1 or after >= len(doc) or _is_modifier(span):
        return None
    if doc[after].pos_ not in _IN_PHRASE and doc[after].tag_ != "VBN":
        return None
    return _after(span[-1], doc)


def _bracketed(span: Span) -> Token | None:
    """The noun before a count in brackets: "the mid-level commanders (124)"."""
    doc, before, after = span.doc, span[0].i - 1, span[-1].i + 1
    if before < 1 or after >= len(doc) or doc[before].text != "(" or doc[after].text != ")":
        return None
    noun = doc[before - 1]
    return noun if noun.tag_ in _PLURAL else None


def _described(head: Token, span: Span) -> Token | None:
    """The word that stands for those who are counted: "the 6.1 million internally displaced"."""
    before = span[0].i - 1
    if before < 0 or span.doc[before].lower_ not in {"the", "these", "those"}:
        return None
    return next(
        (c for c in head.children if c.dep_ in {"acl", "amod"} and c.i > span[-1].i
         and all(t.pos_ == "ADV" for t in span.doc[span[-1].i + 1 : c.i])),
        None,
    )  # fmt: skip


def _total(head: Token) -> Token | None:
    """What a bare number is said to number: a subject, an owner before "of".

    "The number of deaths is 66", "the toll stood at 151", "cases rose to 500", "a crowd of 5,000",
    "raise the number of troops to 500".
    """
    at = head
    figure = word_classes()["figure"]
    if at.dep_ == "pobj":
        prep = at.head
        owner = prep.head
        if prep.lower_ == "of" and owner.pos_ == "NOUN":
            lemma = owner.lemma_.lower()
            if lemma in word_classes()["parent"] or lemma in figure:
                return None
            return owner
        at = prep
    if at.dep_ not in _MEASURE_ROLES or at.head.i == at.i:
        return None
    verb = at.head
    changes = verb.lemma_ in word_classes()["change"] and at.dep_ == "prep"
    if not changes and verb.lemma_ not in _COPULAS:
        return None
    if verb.lemma_ not in word_classes()["change"] and at.dep_ == "prep" and at.lower_ != "at":
        return None
    subject = _object(verb, at) or subject_of(verb)
    if subject is None:
        return None
    named = _of_figure(subject)
    known = named is not subject or subject.lemma_.lower() in figure
    states = known or subject.pos_ == "NOUN" or verb.lemma_ != "be"
    return named if states and named.lemma_.lower() not in figure else None


def _of_figure(noun: Token) -> Token:
    """The counted in "the number of deaths"; other nouns stand for themselves."""
    if noun.lemma_.lower() not in word_classes()["figure"]:
        return noun
    for prep in noun.children:
        if prep.dep_ == "prep" and prep.lower_ == "of":
            for child in prep.children:
                if child.dep_ == "pobj" and (child.pos_ in _NOUNS or child.lower_ == "those"):
                    return child
    return noun


def _object(verb: Token, at: Token) -> Token | None:
    """The object of a verb of change whose figure stands beside it: "raise capacity to 46"."""
    if at.dep_ not in {"prep", "npadvmod"}:
        return None
    return next(
        (c for c in verb.children if c.dep_ == "dobj" and c.pos_ in _NOUNS and c.i < at.i), None
    )


def _measured(phrase: Phrase, head: Token, span: Span) -> Token | None:
    """What has the measure: the noun after it, the owner before "of", the object bought.

    "$2 billion in aid", "a fine of $86,000", "men worth $4bn", "tickets cost $15".
    """
    noun = _climb(head, span)
    if noun is not None and is_direction(noun):
        noun = None
    if noun is not None and phrase.unit is not None and phrase.unit.kind != "time":
        return noun
    told = told_of(phrase, head, span)
    if told is not None:
        return told
    noun = noun or _contents(head, span)
    owner = _owner(head)
    if owner is not None and owner.dep_ == "pobj" and owner.head.lower_ == "in":
        owner = sum_of(owner)
    if noun is not None and span.doc[span[-1].i + 1].lower_ == "in":
        return noun
    if owner is not None and owner.lemma_.lower() not in word_classes()["generic"]:
        return owner
    return noun or _governor(head)


def _leaning(head: Token, span: Span) -> Token | None:
    """The object right before a share that the parse hung on the verb: "ownership around 20%"."""
    before = span.doc[span[0].i - 1] if span[0].i else head
    bound = head.dep_ == "pobj" and head.head.lower_ in _BOUNDS and head.head.i >= span[0].i
    leans = (
        (bound or head.dep_ == "npadvmod")
        and before.pos_ in _NOUNS
        and before.dep_ in {"dobj", "pobj"}
    )
    return before if leans and before.lemma_ not in word_classes()["generic"] else None


def _owner(head: Token) -> Token | None:
    if head.dep_ != "pobj" or head.head.lower_ not in {"of"}:
        return None
    owner = head.head.head
    return _of_figure(owner) if owner.pos_ in _NOUNS else None


def _contents(head: Token, span: Span) -> Token | None:
    """The noun in "$2 billion in military aid"."""
    doc = span.doc
    after = span[-1].i + 1
    if after >= len(doc) or doc[after].lower_ not in {"in", "for", "worth"}:
        return None
    for noun in doc[after].children:
        bare = not any(t.dep_ in {"det", "poss"} for t in noun.children)
        if noun.dep_ == "pobj" and noun.pos_ == "NOUN" and bare:
            return noun
    return None


def _governor(head: Token) -> Token | None:
    """What the figure is a measure of, by its verb or noun.

    The subject ("sales rose by 5%", "gusts were forecast to reach 80 mph"), the object of a verb of
    change ("raised its capacity to 46 gallons", "premiums cut by half"), or the noun that the
    preposition follows ("losses at over $3 million", "a rise of 5%", "men worth $4bn").
    """
    at = head
    if at.dep_ == "pobj":
        at = at.head
        before = at.nbor(-1) if at.i > 0 else at
        generic = word_classes()["generic"]
        close = not before.is_punct and at.head.lemma_ not in generic
        if at.head.pos_ in _NOUNS and at.lower_ in _OWNERS | _BOUNDS and close:
            return at.head
        loose = before.dep_ in {"dobj", "pobj"} and before.lemma_ not in generic
        if before.pos_ in _NOUNS and at.lower_ in {"at", "of"} and loose:
            return before
    if at.lower_ == "as" and at.head.pos_ in {"ADJ", "ADV"}:
        at = at.head
    verb = at.head
    if any(t.dep_ == "dobj" and t.pos_ == "PRON" for t in verb.children):
        return None
    if verb.lower_ in {"up", "down"} and verb.head.lemma_ == "be":
        verb = verb.head
    if verb.lower_ == "worth" and verb.i < at.i:
        if verb.dep_ in {"amod", "acl", "relcl", "prep"} and verb.head.pos_ in _NOUNS:
            return verb.head
        verb = verb.head
    measures = verb.lemma_ in word_classes()["change"] or verb.lemma_ in _COPULAS
    if verb.lemma_ == "be" and at.dep_ in {"npadvmod", "advmod"} and at.head is verb:
        return None
    if not measures or at.dep_ not in _MEASURE_ROLES or at.i == verb.i:
        return None
    subject = _object(verb, at) or subject_of(verb)
    return None if subject is None else _of_figure(subject)
