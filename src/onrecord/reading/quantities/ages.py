"""Ages: which bare figures are ages, and whose."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Span, Token

from onrecord.reading.page import Page
from onrecord.reading.quantities.phrases import Phrase
from onrecord.reading.quantities.subjects import subject_of

_NOUNS = {"NOUN", "PROPN"}
_PERSONS = frozenset({"he", "she", "i", "who"})
_NO_PERSON = {"DATE", "TIME", "MONEY", "CARDINAL", "ORDINAL", "LAW", "EVENT"}
_PLACES = {"GPE", "LOC", "FAC"}
_LIST_BEFORE = re.compile(r",\s*(?:\d{1,2},\s*)*(?:\d{1,2},?\s+and\s+)?$")
_LIST_AFTER = re.compile(r"(?:,\s*\d{1,2})*(?:,?\s+and\s+\d{1,2})?\s*[,.;)]")
_PAREN = re.compile(r"\($")
_SET_OFF = re.compile(r"(?:,|\()\s*(?:(?:now|then|just|only|still)\s+)$")
_LIVES = 110


def bare_age(page: Page, phrase: Phrase) -> Phrase:
    """ "Ana Ruiz, 24, scored", "now 19,", "Ruiz (24)", "she was 66": a bare figure that is an age.

    Two figures after two names, "Ruiz and Lopez, 40 and 49,", are two ages.
    """
    if phrase.kind != "digits" or phrase.unit:
        return phrase
    value = phrase.value
    if not isinstance(value, int) or not 0 < value < _LIVES:
        return phrase
    token = page.token_at(phrase.core[0])
    if token is None:
        return phrase
    bare = phrase.start == phrase.core[0]
    if (bare and _is_set_off(page, phrase, token)) or _is_predicate(token):
        return replace(phrase, age=True)
    return phrase


def _is_set_off(page: Page, phrase: Phrase, token: Token) -> bool:
    before = page.text[max(0, phrase.start - 24) : phrase.start]
    after = page.text[phrase.end : phrase.end + 24]
    if not _LIST_AFTER.match(after):
        return False
    marked = _LIST_BEFORE.search(before) or _SET_OFF.search(before)
    in_brackets = _PAREN.search(before) is not None and after[:1] == ")"
    if not marked and not in_brackets:
        return False
    name = _name_before(token)
    if name is None:
        return False
    if in_brackets:
        return name.ent_type_ == "PERSON"
    if name.ent_type_ in _PLACES:
        return _person_before(name) is not None
    if name.pos_ != "NOUN":
        return name.ent_type_ not in _NO_PERSON
    return name.pos_ == "NOUN" and name.tag_ == "NN" and after[:1] == "," and _is_whose(name)


def _is_whose(noun: Token) -> bool:
    """Whether a common noun can be a person's: "the driver, 34, was", no "in total, 34, were"."""
    return noun.dep_ not in {"pobj"} or any(t.dep_ in {"det", "poss"} for t in noun.children)


def _is_predicate(token: Token) -> bool:
    if token.dep_ not in {"attr", "acomp"} or token.head.lemma_ not in {"be", "turn"}:
        return False
    subjects = [t for t in token.head.children if t.dep_ == "nsubj"]
    if not subjects:
        return False
    who = subjects[0]
    named = who.ent_type_ == "PERSON" or who.lower_ in _PERSONS
    return named or (who.pos_ == "PROPN" and who.ent_type_ not in _PLACES and who.tag_ == "NNP")


def _name_before(token: Token) -> Token | None:
    """The last noun before a figure, over commas, other ages and "now"."""
    at = token.i - 1
    doc = token.doc
    while at >= 0 and (doc[at].is_punct or doc[at].pos_ in {"NUM", "ADV", "CCONJ"}):
        at -= 1
    if at < 0:
        return None
    named = doc[at].is_title and doc[at].is_alpha and doc[at].pos_ == "ADJ"
    return doc[at] if doc[at].pos_ in _NOUNS or named else None


def _person_before(name: Token) -> Token | None:
    """The last word of the nearest name of a person before ``name`` in its sentence."""
    first = name.sent[0].i
    for at in range(name.i, max(first - 1, name.i - 16), -1):
        if name.doc[at].ent_type_ == "PERSON":
            return name.doc[at]
    return None


def aged(phrase: Phrase, span: Span, head: Token) -> Token | None:
    """Whose age it is: the noun after "57-year-old", the name before ", 57,", a subject."""
    if head.dep_ in {"attr", "acomp"} and head.head.lemma_ in {"be", "turn"}:
        return subject_of(head.head)
    if phrase.unit is None:
        listed = _listed(span)
        if listed is not None:
            return listed
    if phrase.unit is None and span[0].i > 0 and span.doc[span[0].i - 1].text in {",", "(", "and"}:
        name = _name_before(span[0])
        if name is not None:
            place = name.ent_type_ in _PLACES
            return (_person_before(name) or name) if place else name
    return _by_tree(span, head)


def _by_tree(span: Span, head: Token) -> Token | None:
    at: Token | None = head
    for _ in range(5):
        if at is None or at.head.i == at.i:
            break
        at = at.head
        outside = not span[0].i <= at.i <= span[-1].i
        if at.pos_ in _NOUNS and outside and at.lower_ not in {"age", "ages", "aged"}:
            return at
        if at.pos_ in {"VERB", "AUX"}:
            subject = subject_of(at)
            if subject is not None:
                return subject
            break
    before = span[0].i - 1
    doc = span.doc
    while before >= 0 and (doc[before].is_punct or doc[before].lower_ in {"age", "aged", "ages"}):
        before -= 1
    return doc[before] if before >= 0 and doc[before].pos_ in _NOUNS else None


def _listed(span: Span) -> Token | None:
    """The name in the same place of its list: "Ruiz and Lopez, 40 and 49,"."""
    doc = span.doc
    at = span[0].i - 1
    nth = 0
    while at > 0 and (doc[at].text in {",", "and"} or doc[at].like_num):
        nth += doc[at].like_num
        at -= 1
    follows = span[-1].i + 1
    more = 0
    while follows < len(doc) and (doc[follows].text in {",", "and"} or doc[follows].like_num):
        more += doc[follows].like_num
        follows += 1
    if not nth and not more:
        return None
    people = [e for e in doc[span.sent.start : at + 1].ents if e.label_ == "PERSON"]
    group = people[-(nth + 1 + more) :]
    return group[nth][-1] if len(group) == nth + 1 + more else None
