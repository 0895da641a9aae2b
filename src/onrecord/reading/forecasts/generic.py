"""Modals of what holds in general: cases that there may be, people of whom there are none."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading import grammar

# Nouns by which "there may be" tells that a thing is so at times, not that it is to come.
_CASES = frozenset(
    {"case", "circumstance", "instance", "situation", "occasion", "exception", "example", "reason"}
)


def is_general(verb: Token, modal: str) -> bool:
    """Whether ``verb`` with ``modal`` tells what holds at all times, and names no time to come."""
    if any(t.ent_type_ in ("DATE", "TIME") for t in verb.subtree):
        return False
    return _there_may_be(verb, modal) or _of_none(verb)


def _there_may_be(verb: Token, modal: str) -> bool:
    """ "There may be cases in which a fine is better", "there may be parents who prefer it"."""
    if (
        modal not in ("may", "might", "could")
        or verb.lemma_ != "be"
        or not any(c.dep_ == "expl" for c in verb.children)
    ):
        return False
    for noun in verb.children:
        if noun.dep_ != "attr":
            continue
        for clause in noun.children:
            if clause.dep_ not in ("relcl", "acl", "prep") or clause.i < noun.i:
                continue
            if noun.lemma_.lower() in _CASES:
                return True
            form = grammar.form(clause) if clause.dep_ == "relcl" else None
            who = any(c.lower_ == "who" and c.dep_ == "nsubj" for c in clause.children)
            if form is not None and who and form.modal is None and form.tense == "present":
                return True
    return False


def _of_none(verb: Token) -> bool:
    """ "I know of no landlord that will paint it": which kind there is none of."""
    if verb.dep_ != "relcl":
        return False
    noun = verb.head
    none = noun.lower_ in ("nobody", "nothing", "none") or any(
        c.dep_ == "det" and c.lower_ == "no" for c in noun.children
    )
    above = grammar.clause_head(noun)
    there = above.lemma_ == "be" and any(c.dep_ == "expl" for c in above.children)
    return none and (there or above.lemma_ in ("know", "see", "find", "have"))
