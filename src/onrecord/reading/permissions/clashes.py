"""One word plays one role in a leave: pronouns resolved, and words that play none left out."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading import clauses, grammar
from onrecord.reading.permissions.act import Roles
from onrecord.reading.permissions.texts import letter
from onrecord.reading.permissions.verbs import animate
from onrecord.reading.permissions.words import Frame


def _antecedent(token: Token) -> Token:
    """What a relative stands for, also where its clause is hung on a verb behind the noun."""
    resolved = grammar.antecedent(token)
    clause = token.head
    if resolved.i != token.i or token.tag_ != "WDT" or clause.dep_ != "relcl":
        return resolved
    if grammar.is_verb(clause.head):  # "a rule was passed that lets …"
        return clauses.surface_subject(clause.head) or resolved
    return resolved


def _before(token: Token) -> Token:
    """The noun right before a "that" or "which" that the parse left alone."""
    if token.lower_ in ("that", "which") and token.i > token.sent.start:
        noun = token.nbor(-1)
        if noun.pos_ in ("NOUN", "PROPN"):
            return noun
    return token


def _expletive(token: Token) -> bool:
    """Whether "it" only holds the place: "it would be wrong to allow …"."""
    return token.lower_ == "it" and (
        token.dep_ == "expl"
        or (token.head.lemma_ == "be" and bool(grammar.children(token.head, "acomp")))
    )


def _undergoes(token: Token, frame: Frame) -> bool:
    """Whether ``token`` only undergoes what the leave serves: "it could be avoided by lifting"."""
    word = frame.word
    if word.dep_ != "pcomp" or word.head.lower_ not in ("by", "through"):
        return False
    return token.dep_ == "nsubjpass" and token.head.i == word.head.head.i


def _no_party(token: Token) -> bool:
    """Whether ``token`` lets nobody: a date ("visas from next year"), "no decision on whether"."""
    if token.ent_type_ in ("DATE", "TIME", "PERCENT", "MONEY"):
        return True
    return token.lemma_.lower() in ("question", "issue", "debate", "moment", "reason") or (
        token.lemma_.lower() == "decision" and grammar.negation(token) is not None
    )


def _means(token: Token) -> bool:
    """Whether what stands after "by" is how, not who: "approved by 12 votes", "by a show of"."""
    if token.dep_ != "pobj" or token.head.lower_ != "by":
        return False
    lemma = token.lemma_.lower()
    if lemma in ("vote", "ballot", "majority", "margin", "consensus", "mistake", "default"):
        return any(c.pos_ in ("NUM", "DET") for c in token.children) and lemma != "majority"
    return token.pos_ == "NUM" or token.ent_type_ in ("DATE", "TIME", "PERCENT", "CARDINAL")


def drop_clashes(out: Roles, frame: Frame) -> None:
    """One word plays one role: who lets is not let, and no party is its own item."""
    for name in ("grantor", "grantee", "requester", "item"):
        kept: list[Token] = []
        for token in getattr(out, name):
            resolved = _antecedent(token)
            if resolved.i not in {t.i for t in kept}:
                kept.append(resolved)
        setattr(out, name, kept)
    out.grantor = [
        letter(_before(t))
        for t in out.grantor
        if not (_expletive(t) or _undergoes(t, frame) or _means(t) or _no_party(t))
    ]
    grantors = {t.i for t in out.grantor}
    out.grantee = [t for t in out.grantee if t.i not in grantors]
    if frame.frame == "lift" and frame.noun is not None:
        # the restriction is lifted; what it was on is told in its words, and no thing is let
        noun = frame.noun
        out.item = [t for t in out.item if t.i == noun.i or not noun.is_ancestor(t)]
        out.grantee = [t for t in out.grantee if animate(t)]
    out.item = [t for t in out.item if t.pos_ != "PROPN" or t.ent_type_ not in ("DATE", "TIME")]
    parties = grantors | {t.i for t in out.grantee} | {t.i for t in out.requester}
    out.item = [t for t in out.item if t.i not in parties]
