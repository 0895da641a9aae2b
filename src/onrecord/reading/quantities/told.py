"""Of what a distance, a speed or a price is told, where no noun stands beside the figure.

"The wreck lies 50 miles south of Okinawa" tells of the wreck, "moving northeast at 3 mph" of what
moves, "a copy for £16" of the copy.
"""

from __future__ import annotations

from spacy.tokens import Span, Token

from onrecord.reading.quantities.phrases import Phrase
from onrecord.reading.quantities.subjects import subject_of

_NOUNS = {"NOUN", "PROPN"}
_POINTS = {
    "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest",
    "north-east", "north-west", "south-east", "south-west",
}  # fmt: skip
_WAYS = _POINTS | {"from", "away", "off", "inland", "offshore", "outside", "inside", "beyond",
                   "above", "below", "down", "up", "short"}  # fmt: skip
_STEPS = 4
_BRACKET = 8


def is_direction(token: Token) -> bool:
    """Whether a word is a point of the compass, which nothing is counted in."""
    return token.lower_ in _POINTS


def told_of(phrase: Phrase, head: Token, span: Span) -> Token | None:
    """The noun of which a measure is told, or None."""
    kind = None if phrase.unit is None else phrase.unit.kind
    if kind == "length" and _way_follows(span):
        return _placed(head)
    if kind == "speed":
        return _moving(head)
    if kind == "money":
        return _priced(head)
    return None


def _way_follows(span: Span) -> bool:
    """Whether the measure is of a way: "50 miles (80 km) south", "three miles from"."""
    doc, at = span.doc, after_bracket(span)
    return at < len(doc) and doc[at].lower_ in _WAYS


def after_bracket(span: Span) -> int:
    """The index of the token after ``span`` and a bracket that follows it, "(80 km)"."""
    doc, at = span.doc, span[-1].i + 1
    if at < len(doc) and doc[at].text == "(":
        close = next((t.i for t in doc[at : at + _BRACKET] if t.text == ")"), None)
        at = at if close is None else close + 1
    return at


def included_in(head: Token, span: Span) -> Token | None:
    """Of whom a count is a part: "60 children from 9 camps, including 12 from the north".

    After a comma or a dash, those of whom the whole phrase tells, not its last noun.
    """
    if head.dep_ != "pobj" or head.head.lower_ != "including" or head.pos_ != "NUM":
        return None
    whole, prep = head.head.head, head.head
    if prep.i and prep.nbor(-1).is_punct:
        while whole.dep_ == "pobj" and whole.head.head.pos_ in _NOUNS:
            whole = whole.head.head
    return whole if whole.pos_ in _NOUNS and whole.i < span[0].i else None


def sum_of(generic: Token) -> Token | None:
    """What is paid "in the amount of $6 million": the object, or the noun, before "in"."""
    owner = generic.head.head
    return owner if owner.pos_ in _NOUNS else _object(owner, generic)


def _placed(head: Token) -> Token | None:
    """The object put there ("placed it 50 miles west"), or the subject that is there."""
    at = head
    for _ in range(_STEPS):
        if at.dep_ == "appos" and at.head.pos_ in _NOUNS and not is_direction(at.head):
            return at.head
        if at.head.i == at.i:
            return None
        at = at.head
        if at.pos_ in {"VERB", "AUX"}:
            return _object(at, head) or subject_of(at)
    return None


def _moving(head: Token) -> Token | None:
    """What moves "at 3 mph"."""
    if head.dep_ != "pobj" or head.head.lower_ != "at" or head.head.head.pos_ != "VERB":
        return None
    return subject_of(head.head.head)


def _priced(head: Token) -> Token | None:
    """What is had "for £16": the noun before it, or the object of the verb."""
    if head.dep_ != "pobj" or head.head.lower_ != "for":
        return None
    owner = head.head.head
    if owner.pos_ in _NOUNS:
        return owner
    return _object(owner, head) if owner.pos_ == "VERB" else None


def _object(verb: Token, before: Token) -> Token | None:
    return next(
        (c for c in verb.children if c.dep_ == "dobj" and c.pos_ in _NOUNS and c.i < before.i),
        None,
    )
