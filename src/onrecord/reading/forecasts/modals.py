"""Modals and half-modals of what is to come: will, would, may, is to, is going to."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.knowledge.decisions import Likelihood, likelihood_words
from onrecord.reading import clauses, grammar
from onrecord.reading.forecasts import generic, past
from onrecord.reading.forecasts.cue import (
    LESS,
    Cue,
    first_person,
    from_above,
    of_now,
    reported,
    whole,
)

# Verbs with which "could" tells a past ability more often than what may come.
_PERCEPTION = frozenset(
    {"see", "hear", "feel", "find", "reach", "tell", "remember", "understand", "afford", "confirm",
     "observe", "believe", "say", "smell", "imagine", "help", "verify", "get", "notice", "speak"}
)  # fmt: skip


_POLITE = frozenset(
    {"like", "love", "prefer", "argue", "say", "suggest", "add", "think", "hope", "note", "hate",
     "ask", "encourage", "remind", "invite", "point", "urge", "appreciate",
     "agree", "call", "describe", "recommend", "guess", "wish"}
)  # fmt: skip


def read_modal(token: Token, known: Likelihood) -> Cue | None:
    """The cue of a modal: "will end", "would probably rise", "could flood"; None where none is."""
    verb = token.head
    if (
        token.dep_ != "aux"
        or verb.i <= token.i - 12
        or not (grammar.is_verb(verb) or verb.tag_[:2] in ("VB", "NN", "JJ"))
    ):
        return None
    lemma = "will" if token.lower_ in ("will", "wo", "'ll", "’ll", "shall") else token.lower_
    lemma = "would" if lemma in ("'d", "’d") else lemma
    have = [c for c in verb.children if c.dep_ == "aux" and c.lower_ in ("have", "’ve", "'ve")]
    if have and lemma != "will":
        return None
    denial = clauses.denial(verb)
    if denial is not None and denial.head.dep_ == "dobj" and verb.lemma_ not in ("have", "do"):
        denial = None  # "will see no changes": what will be seen, not that it will not
    negated = denial is not None
    if (
        verb.lemma_ == "have"
        and verb.i == token.i + 1
        and not grammar.children(verb, "dobj", "ccomp", "xcomp", "attr", "acomp")
    ):
        return None  # "I could have.": the verb is left out
    if lemma == "would" and (
        (verb.lemma_ in _POLITE and first_person(verb))
        or verb.lemma_ in ("like", "love", "prefer")
        or _when_past(verb)
        or past.habitual(verb)
        or past.told_later(verb)
        or any(c.lower_ in ("rather", "otherwise") for c in verb.children)
    ):
        return None
    if lemma in ("could", "can") and (negated or verb.lemma_ in _PERCEPTION or _past_ability(verb)):
        return None
    if lemma in ("would", "could") and past.against_the_fact(verb):
        return None
    if lemma == "will" and first_person(verb) and _remark(verb):
        return None
    if token.lower_ == "shall" and not first_person(verb):
        return None  # a duty
    if lemma == "may" and any(c.dep_ == "nsubj" and c.i > token.i for c in verb.children):
        return None  # "may he rest in peace": a wish
    label, words = known.label, [token]
    for adverb in verb.children:
        said = likelihood_words().get((adverb.lower_, "ADV"))
        if said is None or adverb.dep_ not in ("advmod", "acomp", "amod"):
            continue
        if adverb.lower_ == "almost":
            continue
        if said.label == "expected" and lemma in ("may", "might", "could"):
            continue
        if lemma in ("may", "might", "could") and said.label == "likely":
            continue
        label, words = said.label, [adverb]
        break
    if of_now(verb, lemma) or generic.is_general(verb, lemma) or _broken_off(verb):
        return None
    if negated:
        if lemma in ("may", "might"):
            label = "possible"
        else:
            label = LESS[label] if label != "possible" else "not_expected"
        if words == [token] and denial is not None and abs(denial.i - token.i) == 1:
            words = sorted([token, denial], key=lambda t: t.i)
    changed = from_above(verb, label)
    if changed is None:
        return None
    return Cue(
        verb,
        tuple(words),
        tuple(clauses.proposition(verb)),
        changed,
        "modal",
        (verb,),
    )


def _when_past(verb: Token) -> bool:
    """Whether a clause "when …" in the past hangs on ``verb``: "would" tells what used to be."""
    return any(
        child.dep_ == "advcl"
        and any(c.lower_ in ("when", "whenever") for c in child.children)
        and grammar.form(child).tense == "past"
        for child in verb.children
    )


def _remark(verb: Token) -> bool:
    """Whether "I will say", "I'll tell you" only opens what is said."""
    if verb.lemma_ in ("say", "add", "note", "admit"):
        return True
    return verb.lemma_ == "tell" and any(
        c.lower_ == "you" and c.dep_ in ("dobj", "dative", "nsubj") for c in verb.subtree
    )


def _broken_off(verb: Token) -> bool:
    """Whether the speaker breaks off at "be" and starts anew: "so that will be -- he'll go"."""
    if (
        verb.lemma_ != "be"
        or verb.i + 1 >= len(verb.doc)
        or any(c.i > verb.i + 1 for c in verb.children)
    ):
        return False
    return verb.nbor(1).text in ("--", "—", "–", "-", "...", "…")


def _past_ability(verb: Token) -> bool:
    """Whether "could" stands in a clause of what was ("when he could walk", "so that …")."""
    for child in verb.children:
        if child.dep_ in ("mark", "advmod") and child.lower_ in (
            "so",
            "when",
            "whenever",
            "where",
            "as",
        ):
            return True
    return False


def be_to(token: Token) -> Token | None:
    """The infinitive of "is to visit", "are to be held"; None for "the aim is to visit"."""
    if token.lower_ not in ("is", "are", "was", "were", "'s", "’s"):
        return None
    doc = token.doc
    at = token.i + 1
    while at < len(doc) and doc[at].lower_ in ("not", "n't", "also", "now", "then"):
        at += 1
    if at >= len(doc) or doc[at].lower_ != "to" or doc[at].tag_ != "TO":
        return None
    verb = doc[at].head
    if verb.i <= at:
        return None
    subject = [c for c in (*token.children, *verb.children) if c.dep_ in ("nsubj", "nsubjpass")]
    if token.lower_ in ("was", "were") and not reported(token):
        return None
    if not subject:
        return None
    if subject[0].lemma_.lower() in (
        "aim", "goal", "plan", "idea", "purpose", "job", "task", "point", "way", "step", "role",
        "objective", "intention", "strategy", "mission", "priority", "solution", "option", "duty",
        "decision", "challenge", "intent", "function", "responsibility", "focus", "thing", "what",
        "this", "that", "it", "key", "trick", "choice", "desire", "hope", "policy", "approach",
        "effort", "answer", "position", "need", "dream", "target", "ambition", "preference",
        "instinct", "inclination", "impulse", "wish", "request", "advice", "recommendation",
        "proposal", "temptation", "tendency", "reaction",
    ):  # fmt: skip
        return None
    return verb


def going_to(token: Token) -> Token | None:
    """The infinitive of "is going to end", "is about to end", or None."""
    if token.lower_ not in ("going", "about"):
        return None
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if following is None or following.lower_ != "to" or following.tag_ != "TO":
        return None
    at = token.i - 1
    while at >= token.sent.start and (
        token.doc[at].dep_ in ("neg", "advmod") or token.doc[at].lower_ in ("now", "also")
    ):
        at -= 1
    helped = any(c.dep_ == "aux" and c.lemma_ == "be" for c in token.children)
    before = token.doc[at] if at >= token.sent.start else None
    if not helped and not (
        before is not None
        and (before.lemma_ == "be" or before.lower_ in ("'s", "’s", "'re", "’re", "'m", "’m"))
    ):
        return None
    verb = following.head
    return verb if verb.i > following.i else None


def read_be(token: Token, known: Likelihood) -> Cue | None:
    """The cue of "is to", "is going to", "is about to"."""
    verb = be_to(token) or going_to(token)
    if verb is None:
        return None
    outer = token if verb.i != token.head.i and token.lower_ != "about" else token.head
    if token.lower_ in ("going", "about"):
        outer = token if grammar.is_verb(token) else grammar.clause_head(token)
        if grammar.form(outer).tense == "past" and not reported(outer):
            return None
        if any(
            c.dep_ == "nsubj" and c.i > a.i
            for c in outer.children
            for a in outer.children
            if a.dep_ == "aux" and a.lemma_ == "be"
        ):
            return None  # "am I going to live": asked
    elif outer.dep_ in ("aux", "auxpass"):
        outer = outer.head
    negated = grammar.negation(outer) is not None or grammar.negation(verb) is not None
    label = from_above(outer, "not_expected" if negated else "expected")
    if label is None:
        return None
    following = token.nbor(1)
    words = (token, following) if following.lower_ == "to" else (token,)
    return Cue(verb, words, tuple(whole(outer, verb)), label, "semi-modal", (outer, verb))
