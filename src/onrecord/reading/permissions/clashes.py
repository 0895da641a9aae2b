"""One word plays one role in a leave: pronouns resolved, and words that play none left out."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading import clauses, grammar
from onrecord.reading.permissions.act import Roles
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


def drop_clashes(out: Roles, frame: Frame) -> None:
    """One word plays one role: who lets is not let, and no party is its own item."""
    for name in ("grantor", "grantee", "requester", "item"):
        kept: list[Token] = []
        for token in getattr(out, name):
            resolved = _antecedent(token)
            if resolved.i not in {t.i for t in kept}:
                kept.append(resolved)
        setattr(out, name, kept)
    out.grantor = [t for t in out.grantor if not (_expletive(t) or _undergoes(t, frame))]
    grantors = {t.i for t in out.grantor}
    out.grantee = [t for t in out.grantee if t.i not in grantors]
    if frame.frame == "lift" and frame.noun is not None:
        # the restriction is lifted; what it was on is told in its words, and no thing is let
        noun = frame.noun
        out.item = [t for t in out.item if t.i == noun.i or not noun.is_ancestor(t)]
        out.grantee = [t for t in out.grantee if animate(t)]
    parties = grantors | {t.i for t in out.grantee} | {t.i for t in out.requester}
    out.item = [t for t in out.item if t.i not in parties]
