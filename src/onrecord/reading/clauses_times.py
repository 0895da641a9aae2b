"""Times in clauses: by when, at what time, and whether a clause tells what is over."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Span, Token

from onrecord.reading import grammar
from onrecord.reading.indexes import SpanIndex
from onrecord.reading.page import Page
from onrecord.record.model import Spans, Time, TimeWords


def horizon_in(
    page: Page, index: SpanIndex[Time], tokens: Collection[Token], verb: Token
) -> TimeWords | None:
    """The time by which, or at which, what ``tokens`` say is to come, with its preposition.

    A time that hangs on ``verb`` goes before one deeper in the clause; times of relative clauses
    are not asked, and neither are times over before publication, or how often and how long.
    """
    if not tokens:
        return None
    start = min(t.idx for t in tokens)
    end = max(t.idx + len(t) for t in tokens)
    inside = {t.i for t in tokens}
    best: tuple[int, int, Time, Token] | None = None
    for time in index.within(start, end):
        span = page.span(*time.spans[0])
        if span is None or span.root.i not in inside or not _ahead(page, time):
            continue
        root = span.root
        depth = _depth(root, verb)
        if depth is None or (time.type == "DURATION" and not _within(span)):
            continue
        if best is None or (depth, time.spans[0][0]) < best[:2]:
            best = (depth, time.spans[0][0], time, root)
    if best is None:
        return None
    _, _, time, root = best
    spans = with_preposition(page, time.spans)
    return TimeWords(spans=spans, text=page.surface(spans), time=time.id)


def hangs_on(token: Token) -> Token | None:
    """The verb that a time word hangs on, itself or by a preposition; None if deeper."""
    if token.dep_ == "pobj":
        token = token.head
    if token.lower_ in ("through", "until", "till", "since"):
        return None
    if token.dep_ in ("prep", "npadvmod", "advmod") and grammar.is_verb(token.head):
        return token.head
    return None


def in_the_past(page: Page, index: SpanIndex[Time], verb: Token) -> bool:
    """Whether a time that hangs on ``verb`` itself was over before publication."""
    if page.published is None:
        return False
    over = ahead = False
    for child in verb.children:
        if child.dep_ not in ("prep", "npadvmod", "advmod"):
            continue
        for token in (child, *(c for c in child.children if c.dep_ == "pobj")):
            time = index.at(token.idx)
            if time is not None and time.end is not None and time.type in ("DATE", "TIME"):
                if time.end[:10] < page.published.isoformat():
                    over = True
                else:
                    ahead = True
    return over and not ahead


def in_a_past_story(page: Page, index: SpanIndex[Time], verb: Token) -> bool:
    """Whether ``verb`` goes on with what was: "in 1979 they were seized; they would be held"."""
    if verb.dep_ == "ccomp" and verb.head.i < verb.i:
        return False
    if any(c.dep_ == "advmod" and c.lower_ in ("later", "eventually") for c in verb.children) or (
        verb.lemma_ == "go" and any(c.dep_ == "prt" and c.lower_ == "on" for c in verb.children)
    ):
        return True
    linked = [c for c in verb.children if c.i < verb.i and c.dep_ in ("ccomp", "parataxis")]
    if verb.dep_ in ("conj", "parataxis"):
        linked.append(verb.head)
    return any(
        grammar.form(other).tense == "past" and in_the_past(page, index, other) for other in linked
    )


_TIME_PREPOSITIONS = frozenset(
    {"by", "in", "on", "at", "until", "till", "before", "after", "within", "from", "during", "over",
     "for", "through", "throughout", "since", "between", "around", "of", "later",
     "sometime", "early"}
)  # fmt: skip


def with_preposition(page: Page, spans: Spans) -> Spans:
    """``spans`` of a time with the preposition and article that stand right before it."""
    start, end = spans[0]
    first = page.token_at(start)
    while first is not None and first.i > 0:
        before = page.doc[first.i - 1]
        if before.sent.start != first.sent.start:
            break
        if before.lower_ in ("the", "a", "an", "as") or before.lower_ in _TIME_PREPOSITIONS:
            start, first = before.idx, before
            if before.lower_ in _TIME_PREPOSITIONS:
                break
            continue
        break
    if page.text[start : spans[0][0]].strip().lower() in ("the", "a", "an", "as"):
        start = spans[0][0]
    return ((start, end), *spans[1:])


def _ahead(page: Page, time: Time) -> bool:
    if time.type == "SET" or time.value in ("PRESENT_REF", "PAST_REF"):
        return False
    if page.published is None or time.end is None:
        return True
    return time.end[:10] >= page.published.isoformat()


def _within(span: Span) -> bool:
    """Whether a stretch of time stands as a bound: within two weeks, in the next five years."""
    first = span[0]
    words = {t.lower_ for t in span}
    before = first.nbor(-1).lower_ if first.i > 0 else ""
    if before in ("the", "a", "an") and first.i > 1:
        before = first.nbor(-2).lower_
    return before in ("within", "in", "over", "by", "during") or bool(
        words & {"next", "coming", "within", "ahead"}
    )


def _depth(token: Token, verb: Token) -> int | None:
    """Steps from ``token`` up to ``verb``, or None where a relative clause lies between."""
    steps = 0
    while token.i != verb.i:
        if token.dep_ in ("relcl", "acl", "appos") or token.head.i == token.i:
            return None
        if steps and token.dep_ in ("nsubj", "nsubjpass") and token.head.i == verb.i:
            return None  # "a strike in June would …": when the strike is, not when it will
        steps += 1
        token = token.head
    return steps
