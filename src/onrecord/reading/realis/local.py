"""What an event's own words say of it: tense, modal verb, negation, adverbs, determiners."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.reading import grammar

_POSSIBLE_ADVERBS = frozenset({
    "possibly", "perhaps", "maybe", "potentially", "probably", "likely", "presumably",
    "conceivably", "hopefully", "ideally", "theoretically",
})  # fmt: skip
_SAID_ADVERBS = frozenset({"allegedly", "reportedly", "apparently", "supposedly", "purportedly"})
_HABIT_ADVERBS = frozenset({
    "often", "usually", "regularly", "routinely", "frequently", "typically", "generally",
    "sometimes", "normally", "always", "commonly", "occasionally", "traditionally", "rarely",
    "seldom", "habitually",
})  # fmt: skip
_ALMOST = frozenset({"almost", "nearly"})
_FUTURE_WORDS = frozenset({"tomorrow", "next", "soon", "upcoming", "forthcoming", "coming"})
_FUTURE_ADJECTIVES = frozenset({
    "planned", "scheduled", "upcoming", "forthcoming", "future", "impending", "imminent",
    "looming", "expected", "next", "promised", "pending", "coming", "eventual", "projected",
    "intended", "prospective", "anticipated",
})  # fmt: skip
_POSSIBLE_ADJECTIVES = frozenset({
    "possible", "potential", "proposed", "threatened", "feared", "likely", "hypothetical",
    "would-be", "probable", "suggested", "attempted", "unlikely", "conceivable", "any", "desired",
    "rumoured", "rumored", "contemplated",
})  # fmt: skip
_NEGATED_ADJECTIVES = frozenset({
    "cancelled", "canceled", "aborted", "averted", "foiled", "thwarted", "nonexistent", "abandoned",
    "non-existent", "fictitious", "imaginary", "failed", "unsuccessful", "abortive",
})  # fmt: skip
_TRIED_NOUNS = frozenset({"coup", "attempt", "assassination", "putsch", "rebellion", "mutiny"})
_IF_MARKS = frozenset({"if", "unless", "lest", "provided", "whether"})


@dataclass(frozen=True, slots=True)
class Local:
    """What an event's own clause or phrase says. ``realis`` is None where it says nothing.

    ``sure`` is how firmly; ``marks`` the features that say so, for ``why`` and the learned part.
    """

    realis: str | None
    sure: float
    marks: tuple[str, ...]


def verb_local(verb: Token, *, reported: bool, question: bool, headline: bool) -> Local:
    """What tense, modality, negation and adverbs of ``verb`` say.

    ``reported``: it stands in what somebody said in the past, where "would" is a future.
    """
    form = grammar.form(verb)
    marks = [f"tense={form.tense}"]
    sure = 1.0
    denied = grammar.negation(verb)
    if denied is not None and denied.lower_ == "without":
        denied = None  # the preposition is asked among the words above
    adverbs = {c.lower_ for c in verb.children if c.dep_ in ("advmod", "npadvmod")}
    if form.modal:
        marks.append(f"modal={form.modal}")
    if form.perfect:
        marks.append("perfect")
    if form.progressive:
        marks.append("progressive")
    if form.infinitive:
        marks.append("infinitive")
    if denied is not None:
        marks.append("neg")
    if question:
        marks.append("question")
    if adverbs & _SAID_ADVERBS:
        marks.append("allegedly")
        sure *= 0.7
    if adverbs & _ALMOST:
        marks.append("almost")
        if verb.i > 0 and verb.nbor(-1).lower_ in _ALMOST:
            return Local("negated", 0.7, tuple(marks))
    realis = _tensed(verb, form, marks, adverbs=adverbs, reported=reported, headline=headline)
    if denied is not None and realis in (None, "actual", "future", "generic"):
        return Local("negated", sure, tuple(marks))
    if denied is not None and form.modal in ("can", "could") and realis == "possible":
        return Local("negated", 0.7, tuple(marks))
    if denied is not None and realis == "conditional" and form.perfect:
        return Local("negated", 0.5, tuple(marks))
    if question and realis in (None, "actual", "future") and _is_polar(verb):
        return Local("possible", 0.8, tuple(marks))
    return Local(realis, sure, tuple(marks))


def _tensed(
    verb: Token,
    form: grammar.Form,
    marks: list[str],
    *,
    adverbs: set[str],
    reported: bool,
    headline: bool,
) -> str | None:
    """The realis that tense, modal verb and condition give; None where the verb has none."""
    conditional = _has_condition(verb)
    if conditional:
        marks.append("has-if")
    if _is_condition(verb):
        marks.append("is-if")
        return "conditional"
    if adverbs & _POSSIBLE_ADVERBS:
        marks.append("perhaps")
        return "possible"
    modal = form.modal
    if modal in ("will", "shall"):
        return "conditional" if conditional else "future"
    if modal == "would":
        if verb.lemma_ == "like" and not conditional:
            return "actual"
        if form.perfect or conditional:
            return "conditional"
        return "future" if reported else "conditional"
    if modal is not None:
        if modal == "must" and form.perfect:
            return "actual"
        if modal in ("should", "ought", "could") and form.perfect:
            return "conditional"
        return "conditional" if conditional else "possible"
    if headline and form.infinitive and verb.dep_ == "ROOT":
        marks.append("headline-to")
        return "future"
    if verb.tag_ == "VB" and verb.dep_ == "ROOT" and not headline and _is_command(verb):
        marks.append("imperative")
        return "possible"
    if form.tense == "present" and not form.perfect:
        if conditional:
            return "conditional"
        if _future_word(verb):
            marks.append("future-word")
            return "future"
        if adverbs & _HABIT_ADVERBS:
            marks.append("habit")
            return "generic"
    return "actual" if form.tense in ("past", "present") else None


def noun_local(noun: Token) -> Local:
    """What determiners and adjectives of a noun of event say ("no talks", "a planned attack")."""
    marks: list[str] = []
    realis: str | None = None
    sure = 1.0
    for child in noun.children:
        word = child.lower_
        if child.dep_ in ("det", "neg") and word in ("no", "neither", "not"):
            return Local("negated", 1.0, ("no",))
        if child.dep_ == "det" and word in ("any", "whatever", "whichever"):
            marks.append("any")
            realis = realis or "possible"
        elif child.dep_ in ("amod", "compound", "nmod"):
            if word in ("alleged", "reported", "apparent"):
                marks.append("alleged")
                sure = 0.7
            elif word == "suspected":
                marks.append("suspected")
                realis = "possible"
            elif word in _FUTURE_ADJECTIVES:
                marks.append("adj-future")
                realis = "future"
            elif word in _POSSIBLE_ADJECTIVES:
                marks.append("adj-possible")
                if not (word == "attempted" and noun.lemma_ in _TRIED_NOUNS):
                    realis = "possible"
            elif word in _NEGATED_ADJECTIVES and noun.lemma_ not in _TRIED_NOUNS:
                marks.append("adj-negated")
                if word not in ("failed", "unsuccessful", "abortive"):
                    realis = "negated"
        elif child.dep_ in ("poss", "npadvmod", "nmod") and (
            word == "tomorrow" or any(c.lower_ == "next" for c in child.children)
        ):
            marks.append("future-word")
            realis = "future"
    return Local(realis, sure, tuple(marks))


def is_definite(noun: Token) -> bool:
    """Whether a noun is told as known: the, this, a genitive, a name."""
    return noun.pos_ == "PROPN" or any(
        (c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these", "those", "both"))
        or c.dep_ == "poss"
        for c in noun.children
    )


def _has_condition(verb: Token) -> bool:
    return any(child.dep_ == "advcl" and _is_condition(child) for child in verb.children)


def _is_condition(verb: Token) -> bool:
    """Whether ``verb`` heads an if-clause, by its mark or by inversion ("had they signed")."""
    if verb.dep_ not in ("advcl", "ccomp", "ROOT", "conj", "pcomp"):
        return False
    for child in verb.children:
        if child.dep_ == "mark" and child.lower_ in _IF_MARKS:
            even = child.i > 0 and child.nbor(-1).lower_ in ("even", "as")
            return not even or child.nbor(-1).lower_ == "even"
    if verb.dep_ == "advcl":
        first = next(iter(verb.subtree), None)
        if (
            first is not None
            and first.dep_ in ("aux", "auxpass")
            and first.head.i == verb.i
            and first.lower_ in ("had", "should", "were")
        ):
            return any(c.dep_ in ("nsubj", "nsubjpass") and c.i > first.i for c in verb.children)
    return False


def _is_polar(verb: Token) -> bool:
    """Whether a question asks whether (not who, why, when): an auxiliary before its subject."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    helper = next((c for c in verb.children if c.dep_ in ("aux", "auxpass")), None)
    if verb.lemma_ == "be" and subject is not None:
        helper = verb
    if subject is None or helper is None or helper.i > subject.i:
        return False
    return not any(
        c.tag_ in ("WP", "WRB", "WDT", "WP$")
        or any(g.tag_ in ("WDT", "WP$", "WRB") for g in c.children)
        for c in verb.children
        if c.i < helper.i
    )


def _is_command(verb: Token) -> bool:
    return not any(
        c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "expl") for c in verb.children
    )


def _future_word(verb: Token) -> bool:
    for child in verb.children:
        if child.dep_ in ("npadvmod", "advmod") and (
            child.lower_ in _FUTURE_WORDS or any(c.lower_ == "next" for c in child.children)
        ):
            return True
        if child.dep_ == "prep":
            for below in child.children:
                if below.dep_ == "pobj" and any(
                    c.lower_ in ("next", "coming") for c in below.children
                ):
                    return True
    return False
