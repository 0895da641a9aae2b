"""Of whom or what a verb is said."""

from __future__ import annotations

from spacy.tokens import Token

_NOUNS = {"NOUN", "PROPN"}
_LISTED = {"range", "number", "total", "average"}
"""Participles that say more of the plural right before them: "60 boys, ranging in age from 5"."""


def subject_of(verb: Token) -> Token | None:
    """The noun that a verb is said of, through infinitives, participles, and relative clauses."""
    for _ in range(4):
        for child in verb.children:
            if child.dep_ in {"nsubj", "nsubjpass"} and child.i < verb.i:
                if child.pos_ in _NOUNS:
                    return child
                relative = child.lower_ in {"who", "which", "that"} and verb.dep_ == "relcl"
                return verb.head if relative and verb.head.pos_ in _NOUNS else None
        if verb.dep_ == "pcomp" and verb.head.lower_ == "from":
            return _kept(verb.head)
        if verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.i > 1 and verb.nbor(-1).text == ",":
            noun = verb.nbor(-2)
            if noun.tag_ == "NNS" and noun.dep_ in {"pobj", "dobj"} and verb.lemma_ in _LISTED:
                return noun
        if verb.dep_ == "acl" and verb.head.pos_ in _NOUNS:
            return verb.head
        if verb.dep_ not in {"xcomp", "conj", "advcl"} or verb.head.i == verb.i:
            return None
        verb = verb.head
    return None


def _kept(prep: Token) -> Token | None:
    """The object in "keeps the tax from rising", of which the rising is said."""
    return next(
        (c for c in prep.head.children if c.dep_ == "dobj" and c.pos_ in _NOUNS and c.i < prep.i),
        None,
    )
