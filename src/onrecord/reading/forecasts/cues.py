"""The cues of forecasts: modals, adverbs, adjectives, verbs and nouns that say what is to come.

``cues`` takes one parsed sentence and gives the propositions that it says are to come, each with
the words that carry its likelihood. It asks the parse alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Span, Token

from onrecord.knowledge.decisions import Likelihood, likelihood_words
from onrecord.reading import clauses, grammar
from onrecord.reading.forecasts.cue import Cue
from onrecord.reading.forecasts.modals import be_to, going_to, read_be, read_modal
from onrecord.reading.forecasts.nouns import read_noun
from onrecord.reading.forecasts.words import read_adjective, read_verb

_ASKING = frozenset({"ask", "wonder", "question", "inquire", "decide", "determine", "know"})


_QUESTION_WORDS = frozenset({"what", "who", "whom", "whose", "how", "why", "where", "when"})


_BE = frozenset(
    {"be", "is", "are", "was", "were", "’s", "'s", "going", "about", "’re", "'re", "am"}
)


@lru_cache(maxsize=1)
def _forms() -> frozenset[str]:
    """The words and lemmas at which a cue may stand, so that others are passed over quickly."""
    return frozenset(word for word, _ in likelihood_words()) | _BE


def cues(sentence: Span) -> Iterator[Cue]:
    """The forecasts of ``sentence``; where two cues share a proposition, the outer one is read."""
    words = likelihood_words()
    forms = _forms()
    triggers: list[tuple[Token, Likelihood]] = [
        (token, known)
        for token in sentence
        if (token.lower_ in forms or token.lemma_ in forms)
        and (known := _known(token, words)) is not None
    ]
    if not triggers:
        return
    asked = clauses.is_question(sentence)
    found: list[Cue] = []
    for token, known in triggers:
        if asked and not _promised(token):
            continue
        cue = _READERS[known.frame](token, known)
        if cue is not None and not _excluded(cue):
            found.append(cue)
    rank = {"verb": 0, "plan": 0, "adjective": 0, "noun": 0, "semi-modal": 0, "modal": 1}
    taken: set[int] = set()
    for cue in sorted(found, key=lambda c: (rank.get(c.rule, 1), c.words[0].i)):
        covered = {cue.verb.i, *(w.i for w in cue.words)}
        if covered & taken:
            continue
        taken |= covered
        yield cue


def _known(token: Token, words: dict[tuple[str, str], Likelihood]) -> Likelihood | None:
    if token.tag_ == "MD":
        return words.get((token.lower_, "MODAL"))
    if token.lower_ in _BE:
        return Likelihood("expected", "be") if be_to(token) or going_to(token) else None
    pos = token.pos_
    if pos in ("VERB", "ADJ", "NOUN") or token.tag_ in ("VBN", "JJ"):
        lemma = token.lemma_.lower()
        for name in (pos, "VERB" if token.tag_ in ("VBN", "VBD") else "ADJ"):
            known = words.get((lemma, name)) or words.get((token.lower_, name))
            if known is not None and known.frame != "adverb":
                return known
    return None


# Nouns of what has been said to come, so that a question about them does not ask whether it will.
_SAID = frozenset({"assurance", "promise", "pledge", "guarantee", "warning", "prediction", "vow"})


def _promised(token: Token) -> bool:
    """Whether a modal stands in "your assurances that the fares would stay low", also if asked."""
    if token.tag_ != "MD":
        return False
    for child in token.head.children:
        if child.dep_ == "mark" and child.lower_ == "that" and child.i > token.sent.start:
            return child.nbor(-1).lemma_.lower() in _SAID
    return False


def futurate(verb: Token) -> bool:
    """Whether ``verb`` stands in the present, so that a time to come makes it a plan."""
    form = grammar.form(verb)
    if form.modal is not None or form.tense != "present" or form.perfect or not form.finite:
        return False
    if verb.dep_ not in ("ROOT", "ccomp", "conj"):
        return False
    known = likelihood_words().get((verb.lemma_, "VERB"))
    return known is None and verb.lemma_ not in ("want", "hope", "need", "have", "say", "remain")


def _excluded(cue: Cue) -> bool:
    """Aims, conditions, questions within the sentence, and what only rules or relatives ask."""
    verb = cue.verb
    for head in (cue.words[0], verb):
        if clauses.in_condition(head):
            return True
    for child in verb.children:
        if child.dep_ == "mark" and child.lower_ in ("whether", "so", "lest"):
            return True
    first = verb.left_edge
    if (
        verb.dep_ in ("ccomp", "pcomp", "csubj")
        and cue.rule in ("modal", "semi-modal")
        and first.lower_ in _QUESTION_WORDS
        and not any(c.dep_ == "advcl" and c.left_edge.i == first.i for c in verb.children)
    ):
        return True  # "did not announce whom they would support"
    for child in verb.children:
        if (
            cue.rule == "modal"
            and child.tag_ in ("WP", "WRB", "WDT")
            and verb.dep_ in ("ccomp", "pcomp")
            and (verb.head.lemma_ in _ASKING or child.lower_ in _QUESTION_WORDS)
        ):
            return True
    if (
        cue.rule == "modal"
        and verb.dep_ in ("conj", "advcl", "relcl", "acl", "dep")
        and any(
            c.lower_ in ("how", "why", "what") and c.i < verb.i and c.tag_ in ("WRB", "WP")
            for c in verb.children
        )
    ):
        return True  # "what was wrong and how it could be mended"
    outer = cue.governors[0] if cue.governors else verb
    return any(
        child.dep_ == "mark" and child.lower_ in ("so", "whether") for child in outer.children
    )


_READERS = {
    "modal": read_modal, "be": read_be, "expect": read_verb, "plan": read_verb, "threat": read_verb,
    "doubt": read_verb,
    "adjective": read_adjective, "noun": read_noun,
}  # fmt: skip
