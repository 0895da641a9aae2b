"""Whether an event has happened, as the report tells it: realis and factuality of anchors.

Realis is one of actual, negated, future, possible, conditional, generic. The method: from the top
of the sentence down to the event, each word above it changes how it is told, by the signature of
that word (implicatives and factives after Karttunen and Nairn et al., event-selecting predicates
after Sauri and Pustejovsky); then tense, modal verbs, negation and adverbs of the event's own
clause. Factuality is -3 (surely not, or not yet) to 3 (surely).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Token

from onrecord.reading import grammar
from onrecord.reading.contract import Parts
from onrecord.reading.linear import load
from onrecord.reading.page import Page
from onrecord.reading.realis.context import Telling
from onrecord.reading.realis.features import features
from onrecord.reading.realis.status import Status
from onrecord.reading.realis.vectors import named, vector
from onrecord.record.model import Spans

DENIED = 1.0
"""What is told as not having happened is put this much lower than the annotators of UDS put it:
they gave denied events 0 on average. It costs 0.008 of r on news genres of UDS train (in sample).
"""


class Judgement(NamedTuple):
    """How an event is told: its realis, its factuality (-3 to 3), and how sure that is (0 to 1)."""

    realis: str
    factuality: float
    score: float
    trail: tuple[str, ...] = ()


def postponed(head: Token, judgement: Judgement) -> Judgement:
    """``judgement`` of an event whose own time is later than the report.

    What is told in the present tense, or as a bare noun, is then to come ("the leaders meet on 3
    December"); a past tense is believed rather than the date, which may be resolved wrongly.
    """
    if judgement.realis != "actual":
        return judgement
    verb = grammar.clause_head(head)
    if grammar.is_verb(verb):
        form = grammar.form(verb)
        if form.tense == "past" or form.perfect:
            return judgement
    trail = ("time-to-come", *judgement.trail)
    return Judgement("future", judgement.factuality, judgement.score, trail)


def judge(page: Page, parts: Parts, spans: Sequence[Spans]) -> list[Judgement]:
    """A judgement for each anchor: ``spans[i]`` are the spans of its words in ``page.text``.

    An anchor without words of the page (white space, beyond the end) is told as possible, with
    score 0. Raises nothing.
    """
    telling = Telling(page)
    return [judge_token(telling, head_of(page, anchor)) for anchor in spans]


def judge_token(telling: Telling, head: Token | None) -> Judgement:
    """The judgement of the event with head word ``head``."""
    if head is None:
        return Judgement("possible", 0.0, 0.0)
    status = telling.status(head)
    known = features(head, status) | named(vector(telling.page, head))
    value = load("realis_factuality").value(known)
    if status.realis == "negated":
        value -= DENIED
    value = round(max(-3.0, min(3.0, value)), 2)
    return Judgement(status.realis, value, _score(status), status.trail)


def head_of(page: Page, spans: Spans) -> Token | None:
    """The word of an anchor that the others hang on; where it is a light verb, still that verb."""
    tokens: list[Token] = []
    for start, end in spans:
        found = page.span(start, end) if start < end else None
        if found is not None:
            tokens.extend(t for t in found if not t.is_space)
    if not tokens:
        return None
    inside = {t.i for t in tokens}
    for token in tokens:
        if token.head.i == token.i or token.head.i not in inside:
            if token.dep_ in ("aux", "auxpass", "det", "prt", "neg", "punct") and len(tokens) > 1:
                continue
            return token if token.dep_ not in ("aux", "auxpass") else _main_verb(token)
    return tokens[0]


def _main_verb(token: Token) -> Token:
    return token.head if grammar.is_verb(token.head) else token


_RIGHT = {
    "actual": 0.94, "negated": 0.74, "future": 0.73, "possible": 0.5, "conditional": 0.5,
    "generic": 0.5,
}  # fmt: skip
"""How often each label was right on MEANTIME train (1,007 events); it has no conditional and no
generic, and divides possible from future otherwise, so that those three are put at a half."""


def _score(status: Status) -> float:
    return round(_RIGHT[status.realis] * (0.6 + 0.4 * status.sure), 2)
