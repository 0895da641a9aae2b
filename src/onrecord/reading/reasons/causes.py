"""Causes told by a verb (prompted by, led to, blamed on), aims told by an infinitive or a noun."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.knowledge.decisions import party_nouns
from onrecord.reading import clauses, grammar
from onrecord.reading.reasons.kinds import Find, content_of, explained, purposive


def purpose(token: Token) -> Find | None:
    """The aim of an infinitive of purpose: "dug a ditch to keep goats out"."""
    verb = token.head
    if token.dep_ != "aux" or not purposive(verb, token):
        return None
    governor = verb.head
    content = tuple(t for t in clauses.proposition(verb) if t.i > token.i)
    return Find(
        "aim", (token,), content, explained(governor, (token,), content), governor, "purpose"
    )


def goal(token: Token) -> Find | None:
    """ "one goal of the change is to convey …": the aim of the change."""
    verb = token.head
    if token.dep_ != "nsubj" or verb.lemma_ != "be":
        return None
    inner = next(
        (
            c
            for c in verb.children
            if c.dep_ in ("xcomp", "ccomp", "advcl") and any(g.tag_ == "TO" for g in c.children)
        ),
        None,
    )
    if inner is None:
        return None
    content = tuple(t for t in clauses.proposition(inner) if t.tag_ != "TO" or t.i > inner.i)
    of = [
        t
        for head in (*grammar.prep_objects(token, "of", "for"), *grammar.possessors(token))
        for t in grammar.phrase(head)
    ] or [
        t
        for prep in token.children
        if prep.dep_ == "prep" and prep.lower_ in ("of", "in", "behind")
        for below in prep.children
        for t in below.subtree
    ]
    head = of[-1] if of else None
    return Find("aim", (token,), content, tuple(sorted(of, key=lambda t: t.i)), head, "goal")


def reason_is(token: Token) -> Find | None:
    """The cause of "the reason for the delay is …"."""
    verb = token.head
    if token.dep_ != "nsubj" or verb.lemma_ != "be":
        return None
    inner = next((c for c in verb.children if c.dep_ in ("ccomp", "attr") and c.i > verb.i), None)
    if inner is None:
        return None
    content = tuple(clauses.proposition(inner)) if grammar.is_verb(inner) else tuple(inner.subtree)
    of = [t for head in grammar.prep_objects(token, "for", "of", "behind") for t in head.subtree]
    return Find("cause", (token,), content, tuple(of), None, "goal")


def result_of(token: Token) -> Find | None:
    """The cause of "this is the result of their refusal"."""
    verb = token.head
    of = next((c for c in token.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    if token.dep_ != "attr" or verb.lemma_ != "be" or of is None:
        return None
    below = next((c for c in of.children if c.dep_ in ("pobj", "pcomp")), None)
    surface = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if below is None or surface is None or grammar.negation(verb) is not None:
        return None
    if clauses.in_condition(verb):
        return None
    told = tuple(t for t in surface.subtree)
    return Find("cause", (token, of), tuple(content_of(below, of.i + 1)), told, surface, "goal")


def caused(token: Token) -> Find | None:
    """ "was prompted by X": X is the cause; "X prompted Y": so too, where both are told."""
    by = next((c for c in token.children if c.dep_ in ("agent", "prep") and c.lower_ == "by"), None)
    if by is None and token.dep_ == "ccomp" and grammar.is_passive(token):
        # "was also influenced, they said, by …": at times hung on the speaking verb
        by = next((c for c in token.head.children if c.lower_ == "by" and c.i > token.i), None)
    if by is not None:
        below = next((c for c in by.children if c.dep_ in ("pobj", "pcomp")), None)
        if below is None or below.ent_type_ in ("DATE", "TIME", "PERCENT"):
            return None  # "to be triggered by March"
        content = tuple(content_of(below, by.i + 1))
        surface = next((c for c in token.children if c.dep_ == "nsubjpass"), None)
        if surface is None:
            surface = token.head if token.dep_ in ("acl", "relcl") else None
        of = tuple(grammar.phrase(grammar.antecedent(surface))) if surface is not None else ()
        anchor = (token, by) if by.i == token.i + 1 else (token,)
        return Find("cause", anchor, content, of, surface, "causative")
    if token.lemma_ in (
        "cause",
        "prompt",
        "trigger",
        "spark",
        "provoke",
        "fuel",
        "necessitate",
        "motivate",
    ):
        if token.tag_ == "VBN" and grammar.is_passive(token):
            return None
        form = grammar.form(token)
        if form.modal in ("could", "may", "might", "would") or grammar.negation(token) is not None:
            return None
        if token.dep_ == "relcl" and token.lemma_ == "cause" and form.tense == "present":
            return None  # "the virus that causes the disease": which virus
        return _active(
            token,
            next((c for c in token.children if c.dep_ in ("dobj", "ccomp", "xcomp")), None),
            (token,),
        )
    return None


def _active(token: Token, effect: Token | None, anchor: tuple[Token, ...]) -> Find | None:
    subject = next((c for c in token.children if c.dep_ in ("nsubj", "csubj")), None)
    if subject is None or effect is None:
        return None
    cause = grammar.antecedent(subject)
    if subject.tag_ in ("WDT", "WP") and cause.i == subject.i:
        return None
    if cause.ent_type_ == "PERSON" or (
        token.lemma_ == "contribute" and cause.lemma_.lower() in party_nouns()
    ):
        return None  # "the authors who contributed to the paper"
    words = grammar.phrase(cause) if cause.i != subject.i else list(cause.subtree)
    if subject.pos_ == "PRON" and cause.i == subject.i:
        return None
    return Find("cause", anchor, tuple(words), tuple(effect.subtree), effect, "causative")


def leads(token: Token) -> Find | None:
    """The cause of "X led to Y", "X resulted in Y"."""
    wanted = "in" if token.lemma_ == "result" else "to"
    prep = next((c for c in token.children if c.dep_ == "prep" and c.lower_ == wanted), None)
    if prep is None or grammar.form(token).modal in ("could", "may", "might", "would"):
        return None
    below = {c.dep_: c for c in prep.children}
    effect = below.get("pcomp") or below.get("pobj")
    anchor = (token, prep) if prep.i == token.i + 1 else (token,)
    return _active(token, effect, anchor)


def stems(token: Token) -> Find | None:
    """The cause of "X stems from Y"."""
    prep = next((c for c in token.children if c.dep_ == "prep" and c.lower_ == "from"), None)
    if prep is None or grammar.negation(token) is not None:
        return None
    below = next((c for c in prep.children if c.dep_ in ("pobj", "pcomp")), None)
    if below is None:
        return None
    of = [t for head in grammar.subjects(token) for t in grammar.phrase(head)]
    return Find(
        "cause", (token, prep), tuple(below.subtree), tuple(of), of[-1] if of else None, "causative"
    )


_MOTIVES = frozenset(
    {"reason", "motivation", "motive", "justification", "cause", "ground", "factor", "rationale"}
)


def cites(token: Token) -> Find | None:
    """The cause of "cited the war as his reason"."""
    told = next((c for c in token.children if c.dep_ == "dobj"), None)
    if told is None:
        return None
    for prep in (*token.children, *told.children):
        if prep.dep_ == "prep" and prep.lower_ == "as":
            below = next((c for c in prep.children if c.dep_ == "pobj"), None)
            if below is not None and below.lemma_.lower() in _MOTIVES:
                content = tuple(t for t in told.subtree if t.i < prep.i)
                return Find("cause", (token,), tuple(clauses.trim(content)), (), None, "causative")
    return None


def blames(token: Token) -> Find | None:
    """ "blamed Y on X", "blamed X for Y": X is the cause of Y."""
    target = next((c for c in token.children if c.dep_ == "dobj"), None)
    if target is None:
        return None
    for prep in token.children:
        if prep.dep_ != "prep" or prep.lower_ not in ("on", "for"):
            continue
        below = next((c for c in prep.children if c.dep_ in ("pobj", "pcomp")), None)
        if below is None or below.ent_type_ in ("DATE", "TIME"):
            continue
        cause, effect = (below, target) if prep.lower_ == "on" else (target, below)
        return Find(
            "cause", (token,), tuple(cause.subtree), tuple(effect.subtree), effect, "causative"
        )
    return None
