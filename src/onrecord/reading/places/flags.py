"""Metonyms: a place name that stands for its government, its army, its team.

Read off the clause, after the classes of Markert and Nissim (SemEval 2007 task 8): a country, a
first-order division or a capital that does what only people do.
"""

from __future__ import annotations

from spacy.tokens import Span, Token

from onrecord.reading.places.lexicon import Lexicon


def is_metonym(span: Span, feature: str | None, lexicon: Lexicon) -> bool:
    """Whether the place of ``span`` acts or owns as a government, an army or a team does."""
    if feature is None or not (
        feature.startswith("PCL") or feature in {"ADM1", "PPLC", "RGN", "PPL", "CONT"}
    ):
        return False
    root = _first_conjunct(span.root)
    head = root.head
    if root.dep_ == "nsubj":
        return head.lemma_.lower() in lexicon.deciding
    if root.dep_ == "poss":
        return head.lemma_.lower() in lexicon.governing
    if root.dep_ == "pobj" and head.dep_ == "agent":
        return head.head.lemma_.lower() in lexicon.deciding
    return False


def _first_conjunct(token: Token) -> Token:
    """ "Moscow" for "Beijing" in "Moscow and Beijing said"."""
    while token.dep_ == "conj" and token.head is not token:
        token = token.head
    return token
