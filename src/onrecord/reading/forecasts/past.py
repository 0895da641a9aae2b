"""A "would" of the past: what used to be done, and what came after in a story of what was."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading import clauses, grammar
from onrecord.reading.forecasts.cue import reported

_HABIT = frozenset(
    {"often", "sometimes", "always", "usually", "occasionally", "frequently", "regularly",
     "typically", "normally", "routinely", "daily"}
)  # fmt: skip
# Nouns whose relative clause tells what they are to bring, also where they were made in the past.
_MAKES_READY = frozenset(
    {"bill", "plan", "proposal", "law", "legislation", "amendment", "measure", "deal", "agreement",
     "act", "policy", "rule", "order", "reform", "change", "project", "programme", "program",
     "resolution", "scheme", "package", "strategy", "motion", "referendum", "merger", "treaty",
     "ruling", "decision", "provision", "option", "idea", "ordinance", "regulation", "ban", "cut",
     "tax", "tariff", "fund", "system", "facility", "vote", "move", "step", "budget", "pact",
     "contract", "offer", "suggestion", "initiative", "sale", "force", "plant", "zone", "mission"}
)  # fmt: skip


def habitual(verb: Token) -> bool:
    """Whether "would" tells what was done again and again: "some days he would call"."""
    for child in verb.children:
        if child.dep_ == "advmod" and child.lower_ in _HABIT and not reported(verb):
            return clauses.condition_of(verb) is None
        if child.dep_ == "npadvmod" and any(
            c.lower_ in ("every", "each", "some", "most") for c in child.children
        ):
            return child.lemma_ in ("day", "night", "morning", "week", "year", "time", "evening")
        if (
            child.dep_ in ("mark", "advmod")
            and child.lower_ in ("as", "than")
            and (verb.dep_ == "advcl")
        ):
            return True  # "acts as a browser would": a comparison
    return False


def of_a_plan(verb: Token) -> bool:
    """Whether ``verb`` tells what a bill or a plan would bring: "a bill that would fund it"."""
    return verb.dep_ == "relcl" and verb.head.lemma_.lower() in _MAKES_READY


def told_later(verb: Token) -> bool:
    """Whether "would" looks forward from a past that is over: "a moment that would change it".

    Asked of relative clauses of a story told in the past, and of "would come to be seen"; what is
    reported, what waits for a condition, and what a bill or a plan would bring is to come.
    """
    if reported(verb) or clauses.condition_of(verb) is not None:
        return False
    if verb.lemma_ == "come" and any(
        c.dep_ in ("xcomp", "advcl") and any(g.tag_ == "TO" for g in c.children)
        for c in verb.children
    ):
        return True
    if verb.dep_ != "relcl":
        return False
    noun = verb.head
    if noun.lemma_.lower() in _MAKES_READY or noun.pos_ == "PROPN":
        return False
    above = grammar.clause_head(noun)
    if not grammar.is_verb(above) or reported(above):
        return False
    form = grammar.form(above)
    return form.tense == "past" and not form.perfect


def against_the_fact(verb: Token) -> bool:
    """Whether ``verb`` waits for what has not been: "would be here had it not been for him"."""
    for token in verb.sent:
        if token.lower_ in ("had", "were") and clauses.matches(token, (token.lower_, "it", "not")):
            return True
    for child in verb.children:
        if child.dep_ not in ("advcl", "ccomp"):
            continue
        helpers = [c for c in child.children if c.dep_ == "aux" and c.lower_ == "had"]
        if not helpers:
            continue
        inverted = any(
            c.dep_ in ("nsubj", "nsubjpass", "expl") and c.i > helpers[0].i for c in child.children
        )
        if inverted or any(c.dep_ == "mark" and c.lower_ == "if" for c in child.children):
            return True
    return False
