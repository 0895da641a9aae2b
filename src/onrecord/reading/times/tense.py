"""Which way a bare "Tuesday" or "May" points: what the verbs over it say."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading.times.lexicon import lexicon

PAST, LIKELY_PAST, UNTOLD, LIKELY_FUTURE, FUTURE = -2, -1, 0, 1, 2
"""PAST and FUTURE where the verb that tells is the expression's own; the likely ones where a noun
or another verb stands between ("laid down by the Feb. 23 accord"), or where a present tense or an
infinitive tells ("the court hears the case Tuesday")."""

_STEPS = 12
_HAVE = frozenset({"have", "has", "had", "'ve", "’ve", "having"})
_BE = frozenset({"is", "are", "am", "be", "'s", "’s", "'re", "’re", "'m", "’m"})


def direction(token: Token, start: int) -> int:
    """The direction that the verbs over an expression tell, the nearest first.

    ``token`` is its last token, ``start`` the offset at which it begins.
    """
    node, near, through_noun = token, True, False
    for _ in range(_STEPS):
        if node.pos_ in ("VERB", "AUX"):
            told = _verb(node)
            if told == LIKELY_FUTURE and through_noun:
                return UNTOLD  # "a tweet on Monday says": the noun, not the verb, has the day
            if told != UNTOLD:
                return told if near else max(LIKELY_PAST, min(LIKELY_FUTURE, told))
            near = False
        elif node.lower_ in lexicon().cues["planned"]:
            return FUTURE
        elif node.pos_ in ("NOUN", "PROPN") and not start <= node.idx <= token.idx:
            through_noun, near = token.dep_ == "pobj", False
        if node.head is node:
            return UNTOLD
        node = node.head
    return UNTOLD


def _verb(verb: Token) -> int:
    """What one verb with its auxiliaries tells."""
    cues, tag, lemma = lexicon().cues, verb.tag_, verb.lemma_
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    words = {child.lower_ for child in helpers}
    if words & cues["future_modal"]:
        return FUTURE
    past_helper = any(child.tag_ == "VBD" or child.lower_ in _HAVE for child in helpers)
    if words & cues["open_modal"]:
        return PAST if past_helper else FUTURE
    if past_helper and tag == "VBN" and lemma in cues["plan_set"]:
        return FUTURE  # "was scheduled for Friday"
    if tag == "VBD" or past_helper:
        return PAST
    if tag == "VBG" and words & _BE:
        return FUTURE if verb.lower_ == "going" else UNTOLD
    if tag == "VBN":
        return _participle(verb, bool(words & _BE), lemma in cues["plan"])
    if tag == "VB" and any(child.tag_ == "TO" for child in helpers):
        head = verb.head
        done = head.tag_ == "VBD" and head.lemma_ not in cues["plan"]
        return UNTOLD if done else LIKELY_FUTURE
    if tag in ("VBZ", "VBP") and lemma not in cues["report_verb"]:
        return LIKELY_FUTURE
    return UNTOLD


def _participle(verb: Token, passive: bool, plan: bool) -> int:
    """ "expected Friday" lies ahead; "made Friday" behind; "is held Friday" likely ahead."""
    if passive:
        return FUTURE if plan else LIKELY_FUTURE
    if any(child.dep_ == "nsubj" for child in verb.children):
        return PAST  # a past tense that the tagger took for a participle
    return FUTURE if plan else PAST
