"""Texts that are put forward and bind nobody yet: a bill, a proposal, legislation introduced."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading import grammar

TENTATIVE = frozenset(
    {"bill", "proposal", "plan", "draft", "initiative", "legislation", "amendment", "motion",
     "resolution", "petition", "referendum"}
)  # fmt: skip
# Of these a thing is also said where they are in force: only what is done with them tells.
MAYBE = frozenset(
    {"legislation", "amendment", "motion", "resolution", "law", "measure", "rule", "reform",
     "change", "act", "order", "ordinance", "package", "provision", "language"}
)  # fmt: skip
PUTTING = frozenset(
    {"introduce", "reintroduce", "propose", "present", "unveil", "draft", "offer", "float",
     "outline", "announce", "draw", "sponsor", "cosponsor", "co-sponsor", "back", "support",
     "endorse", "champion", "consider", "debate", "weigh", "urge", "suggest", "advocate", "file",
     "author", "lead", "push", "table", "submit", "oppose", "co-lead"}
)  # fmt: skip
ENACTING = frozenset({"pass", "approve", "sign", "enact", "adopt", "ratify"})


def pending(noun: Token) -> bool:
    """Whether the text that ``noun`` names only stands to be decided."""
    lemma = noun.lemma_.lower()
    for word in _same(noun):
        if any(c.lower_ in ("proposed", "draft", "planned") for c in word.children):
            return lemma in TENTATIVE | MAYBE
        if any(c.lower_ in ("bipartisan", "bicameral") for c in word.children):
            return lemma in ("bill", "legislation", "measure", "proposal")
        verb = _done_with(word)
        if verb is None:
            continue
        if verb.lemma_ in ENACTING and grammar.form(verb).modal is None:
            return False
        if verb.lemma_ in PUTTING:
            return lemma in TENTATIVE | MAYBE or (noun.pos_ == "PROPN" and lemma == "act")
    if any(c.lower_ in ("passed", "signed", "approved", "enacted") for c in noun.children):
        return False
    return lemma in TENTATIVE - MAYBE


def _same(noun: Token) -> list[Token]:
    """``noun`` and what it is set beside: "the Work Act, legislation that lets"."""
    out = [noun]
    while out[-1].dep_ == "appos" and out[-1].head.i != out[-1].i:
        out.append(out[-1].head)
    out.extend(c for c in noun.children if c.dep_ == "appos")
    return out


def _done_with(noun: Token) -> Token | None:
    """The verb that tells what is done with the text: "introduced a bill", "a bill was passed"."""
    if noun.dep_ in ("dobj", "nsubjpass") or (noun.dep_ == "conj" and noun.head.dep_ == "dobj"):
        above = noun.head if noun.dep_ != "conj" else noun.head.head
        return above if grammar.is_verb(above) else None
    if noun.dep_ == "pobj" and grammar.is_verb(noun.head.head):
        return noun.head.head
    return None


def letter(noun: Token) -> Token:
    """The text that lets, where the parse hangs the clause on a word inside its name.

    "a bill for the interruption of pregnancy that legalises abortion": the bill.
    """
    top = noun
    while top.dep_ == "pobj" and top.head.dep_ == "prep" and top.head.lower_ in ("for", "of", "on"):
        top = top.head.head
    lemma = top.lemma_.lower()
    return top if lemma in TENTATIVE | MAYBE | {"deal", "agreement", "policy"} else noun


def put_forward(token: Token) -> Token | None:
    """The text of "introduced a bill this week to prohibit", where the parse hangs the aim high."""
    above = token.head
    if token.dep_ not in ("advcl", "xcomp") or above.lemma_ not in PUTTING:
        return None
    if not any(c.tag_ == "TO" for c in token.children):
        return None
    return next((c for c in above.children if c.dep_ == "dobj" and pending(c)), None)
