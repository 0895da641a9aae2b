"""Fears and objections: what somebody is afraid of, warns of, or has against a thing."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading import clauses, grammar
from onrecord.reading.reasons.kinds import Find, content_of, explained


def fears(token: Token) -> Find | None:
    """ "warned that the dam could burst", "fears a shortage", "worried about the price"."""
    lemma = token.lemma_.lower()
    inner = next(
        (c for c in token.children if c.dep_ == "ccomp" and (c.i > token.i or lemma == "warn")),
        None,
    )
    if inner is not None:
        content = tuple(clauses.proposition(inner))
        mark = next((c for c in inner.children if c.dep_ == "mark" and c.lower_ == "that"), None)
        anchor = (token, mark) if mark is not None and mark.i == token.i + 1 else (token,)
        return Find("risk", anchor, content, _worrier_act(token), None, "fear")
    for prep in token.children:
        if prep.dep_ == "prep" and prep.lower_ in ("of", "about", "against", "over"):
            below = next((c for c in prep.children if c.dep_ in ("pobj", "pcomp")), None)
            if below is None or (prep.lower_ == "against" and lemma not in ("warn", "caution")):
                continue
            kind = "risk"
            return Find(kind, (token, prep), tuple(content_of(below, prep.i + 1)), (), None, "fear")
    if lemma in ("fear", "dread"):
        goal = next((c for c in token.children if c.dep_ == "dobj"), None)
        if goal is not None and goal.pos_ == "NOUN":
            return Find("risk", (token,), tuple(goal.subtree), (), None, "fear")
    return None


def _worrier_act(token: Token) -> tuple[Token, ...]:
    """What a participle of fear explains ("…, warning that it could burst"): the clause above."""
    if token.dep_ == "advcl" and token.tag_ == "VBG" and grammar.is_verb(token.head):
        return explained(token.head, tuple(token.subtree), tuple(token.subtree))
    return ()


def concern(token: Token, kind: str) -> Find | None:
    """ "fears that", "concerns about", "the risk of"."""
    lemma = token.lemma_.lower()
    if token.dep_ == "compound":
        return None
    if lemma in ("risk", "danger", "threat", "doubt"):
        return None  # how likely a thing is, not why
    inner = next(
        (
            c
            for c in token.children
            if c.dep_ in ("acl", "ccomp", "relcl")
            and c.i > token.i
            and any(g.dep_ == "mark" and g.lower_ == "that" for g in c.children)
        ),
        None,
    )
    if inner is not None:
        mark = next(g for g in inner.children if g.dep_ == "mark")
        anchor = (token, mark) if mark.i == token.i + 1 else (token,)
        return Find("risk", anchor, tuple(clauses.proposition(inner)), (), None, "concern")
    if lemma == "complaint":
        return None
    for prep in token.children:
        if (
            prep.dep_ == "prep"
            and prep.i > token.i
            and prep.lower_ in ("of", "about", "over", "to", "regarding", "with", "on")
            and not (prep.lower_ == "of" and kind == "objection")
        ):
            if prep.lower_ in ("to", "with", "on") and lemma not in ("objection", "concern"):
                continue
            if prep.lower_ == "to" and lemma == "concern":
                continue  # "told his concerns to the ministry"
            if prep.lower_ == "of" and lemma == "apprehension":
                continue  # an arrest
            below = next((c for c in prep.children if c.dep_ in ("pobj", "pcomp")), None)
            if below is None or (
                prep.lower_ == "of"
                and (below.ent_type_ in ("PERSON", "ORG", "GPE") or below.pos_ == "PRON")
            ):
                continue
            return Find(
                kind, (token, prep), tuple(content_of(below, prep.i + 1)), (), None, "concern"
            )
    return None


def afraid(token: Token) -> Find | None:
    """ "worried that", "concerned about", "apprehensive about"."""
    inner = next((c for c in token.children if c.dep_ == "ccomp" and c.i > token.i), None)
    if inner is not None:
        mark = next((g for g in inner.children if g.dep_ == "mark" and g.lower_ == "that"), None)
        anchor = (token, mark) if mark is not None and mark.i == token.i + 1 else (token,)
        return Find("risk", anchor, tuple(clauses.proposition(inner)), (), None, "fear")
    for prep in token.children:
        if (
            prep.dep_ == "prep"
            and prep.i > token.i
            and prep.lower_ in ("about", "of", "over", "by", "at")
        ):
            if prep.lower_ == "by" and token.lower_ not in ("alarmed",):
                continue
            below = next((c for c in prep.children if c.dep_ in ("pobj", "pcomp")), None)
            if below is not None:
                return Find(
                    "risk", (token, prep), tuple(content_of(below, prep.i + 1)), (), None, "fear"
                )
    return None


def objects(token: Token) -> Find | None:
    """The objection of "objected that …"."""
    inner = next((c for c in token.children if c.dep_ == "ccomp" and c.i > token.i), None)
    if inner is not None:
        return Find("objection", (token,), tuple(clauses.proposition(inner)), (), token, "concern")
    return None
