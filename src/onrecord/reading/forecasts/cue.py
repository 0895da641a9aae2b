"""A cue of what is to come, and the small questions that all cues ask of the parse."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from onrecord.knowledge.decisions import likelihood_words
from onrecord.reading import clauses, grammar

# Precision of each rule (found and of the right likelihood) on work.jsonl of tests/gold/decisions,
# the half that rules were written on, shrunk towards two thirds: (right + 2) / (found + 3).
SCORES = {
    "modal": 0.87, "semi-modal": 0.8, "verb": 0.8, "plan": 0.67, "adjective": 0.75,
    "noun": 0.75, "future tense": 0.67,
}  # fmt: skip


LESS = {"expected": "not_expected", "likely": "unlikely", "possible": "not_expected",
         "unlikely": "likely", "not_expected": "expected"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cue:
    """One proposition that is said to come.

    ``verb`` heads it, ``words`` carry the likelihood, ``content`` is the proposition,
    ``governors`` are where its condition and its time may hang, ``holder`` who expects it.
    """

    verb: Token
    words: tuple[Token, ...]
    content: tuple[Token, ...]
    likelihood: str
    rule: str
    governors: tuple[Token, ...] = field(default=())
    holder: Token | None = None


def first_person(verb: Token) -> bool:
    """Whether the speaker is the subject of ``verb``."""
    return any(c.dep_ == "nsubj" and c.lower_ in ("i", "we") for c in verb.children)


def whole(outer: Token, verb: Token) -> list[Token]:
    """The proposition of ``outer`` and of ``verb`` below it, without what ``verb`` drops."""
    drop = {t.i for c in clauses.conditions(verb) for t in c.tokens}
    return clauses.trim(t for t in clauses.proposition(outer) if t.i not in drop)


# Who denies, and who is not of the opinion, that a thing will be.
_DENIES = frozenset({"deny", "dispute", "refute"})
_OPINION = frozenset({"think", "believe", "imagine", "suppose", "expect", "anticipate", "foresee"})


def from_above(verb: Token, label: str) -> str | None:
    """``label`` as changed by what governs the clause of ``verb``: "denied that it would".

    None where nothing is said to come: "it does not mean that it will".
    """
    above = verb.head
    if verb.dep_ != "ccomp" or above.i == verb.i or above.i > verb.i:
        return label
    denial = clauses.denial(above)
    ruled_out = above.lemma_ == "rule" and any(c.lower_ == "out" for c in above.children)
    if above.lemma_ in _DENIES or ruled_out:
        return label if denial is not None else LESS[label]
    if above.lemma_ == "mean" and denial is not None:
        return None
    if above.lemma_ in _OPINION and denial is not None:
        few = denial.dep_ in ("nsubj", "nsubjpass") and denial.lower_ not in ("nobody", "none")
        if label in ("expected", "likely", "possible"):
            return "unlikely" if few else "not_expected"
        return LESS[label]
    return label


def of_now(verb: Token, modal: str) -> bool:
    """Whether a modal of possibility is of the present: "may already be", "could be hiding"."""
    if modal not in ("may", "might", "could"):
        return False
    adverbs = {c.lower_ for c in verb.children if c.dep_ in ("advmod", "npadvmod")}
    if "already" in adverbs:
        return True
    going_on = verb.tag_ == "VBG" and any(
        c.dep_ == "aux" and c.lower_ == "be" for c in verb.children
    )
    return (going_on or verb.lemma_ == "be") and bool(adverbs & {"now", "currently", "presently"})


def had(token: Token) -> bool:
    """Whether ``token`` stands in the past perfect."""
    return any(c.dep_ == "aux" and c.lower_ == "had" for c in token.children)


def with_negation(token: Token, negation: Token | None) -> tuple[Token, ...]:
    """``token`` with the denial right before it ("do not expect")."""
    if negation is None or negation.i > token.i or token.i - negation.i > 3:
        return (token,)
    start = negation.i
    if start > 0 and token.doc[start - 1].lower_ in ("do", "does", "did", "is", "are"):
        start -= 1
    return tuple(token.doc[start : token.i + 1])


def complement(token: Token) -> Token | None:
    """The verb of what is expected: "expects to open", "expects that it opens", "due to open"."""
    for label in ("xcomp", "ccomp", "advcl"):
        for child in token.children:
            if (
                child.dep_ == label
                and child.i > token.i
                and (label != "advcl" or (child.tag_ == "VB" and child.i - token.i < 12))
            ):
                if label == "ccomp" or any(c.tag_ == "TO" for c in child.children):
                    return child
                if label == "xcomp" and child.pos_ in ("AUX", "VERB"):
                    return child
    return None


def inner_label(inner: Token) -> str | None:
    """What the modal of the inner clause says of its likelihood, or None."""
    for child in inner.children:
        if child.tag_ == "MD":
            known = likelihood_words().get((child.lower_, "MODAL"))
            return None if known is None else known.label
    return None


def likely_adverb(token: Token) -> tuple[Token, str] | None:
    """The adverb of likelihood at ``token`` and what it says, or None."""
    for child in token.children:
        known = likelihood_words().get((child.lower_, "ADV"))
        if child.dep_ == "advmod" and known is not None and child.lower_ != "almost":
            return child, known.label
    return None


def subject(token: Token) -> Token | None:
    """The subject of ``token``: as it stands, else through control and relatives."""
    for child in token.children:
        if child.dep_ in ("nsubj", "nsubjpass"):
            return child
    found = grammar.subjects(token)
    return found[0] if found else None


def reported(token: Token) -> bool:
    """Whether ``token`` stands in what somebody says, so that its past tense is one of report."""
    for above in (token, *grammar.ancestors(token)):
        if above.dep_ == "ccomp" and above.head.lemma_ not in ("make", "see", "let"):
            return True
    return False
