"""What belongs to an event beside its roles: places, times, quantities, background."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.reading import grammar
from onrecord.reading.events.triggers import Candidate
from onrecord.reading.indexes import SpanIndex
from onrecord.reading.page import Page
from onrecord.record.model import Place, PlaceWords, Quantity, Spans, Time, TimeWords

_WHERE = frozenset({
    "in", "at", "near", "on", "outside", "across", "around", "inside", "over", "throughout",
    "along",
    "within", "into", "through", "to", "off", "beside", "toward", "towards",
})  # fmt: skip
_YEAR = re.compile(r"^(1[5-9]\d\d|20\d\d)s?$")
_OLD_DAYS = 45


def territory(candidate: Candidate) -> tuple[Token, ...]:
    """The words that an event's place and time may stand among: those of its clause."""
    head = candidate.head
    if grammar.is_verb(head):
        return tuple(grammar.clause_tokens(head))
    own = grammar.clause_tokens(head)
    verb = head.head
    if grammar.is_verb(verb) and head.dep_ in ("nsubj", "dobj", "nsubjpass", "attr"):
        for child in verb.children:
            if child.dep_ in ("prep", "npadvmod", "advmod"):
                own.extend(child.subtree)
    return tuple(own)


def places(
    page: Page,
    candidate: Candidate,
    words: Sequence[Token],
    index: SpanIndex[Place],
    taken: set[int],
) -> tuple[PlaceWords, ...] | None:
    """The places of the event: names after a preposition of place in its clause; None if none."""
    out: list[PlaceWords] = []
    for token in words:
        if token.i in taken or token.dep_ != "pobj":
            continue
        place = index.at(token.idx)
        if place is None or place.demonym or place.metonym:
            continue
        preposition = token.head
        if preposition.lower_ not in _WHERE or not _attached(preposition, candidate):
            continue
        start, end = place.spans[0]
        prefix = preposition.idx if preposition.i < token.i else start
        spans: Spans = ((prefix, end),) if prefix < start and start - prefix < 40 else place.spans
        said = page.words(*spans)
        if all(p.place != place.id for p in out):
            out.append(PlaceWords(spans=said.spans, text=said.text, place=place.id))
    return tuple(sorted(out, key=lambda p: p.spans)) or None


def times(
    page: Page, words: Sequence[Token], index: SpanIndex[Time]
) -> tuple[tuple[TimeWords, Time], ...]:
    """The times told in the event's clause, each with its entry."""
    out: dict[str, tuple[TimeWords, Time]] = {}
    for token in words:
        time = index.at(token.idx)
        if time is None or time.id in out or time.type == "SET":
            continue
        said = page.words(*time.spans)
        out[time.id] = (TimeWords(spans=said.spans, text=said.text, time=time.id), time)
    return tuple(sorted(out.values(), key=lambda pair: pair[0].spans))


def is_to_come(page: Page, candidate: Candidate, index: SpanIndex[Time]) -> bool:
    """Whether a day or more told with the event begins after the report was published.

    Of a noun only what stands in its own phrase counts, or in the clause that it is the subject of.
    """
    if page.published is None or candidate.type == "AGREE":
        return False
    told = [time for _, time in times(page, territory(candidate), index)]
    starts = [_day(time.start) for time in told if time.type != "DURATION"]
    return bool(starts) and all(day is not None and day > page.published for day in starts)


def quantities(
    index: SpanIndex[Quantity], candidate: Candidate, roles: Sequence[Sequence[Token]]
) -> tuple[str, ...]:
    """The quantities that count who takes part, or what the event's own object is."""
    found: dict[str, int] = {}
    groups = [list(group) for group in roles]
    objects = [t for head in grammar.objects(candidate.head) for t in grammar.phrase(head)]
    for token in [t for group in groups for t in group] + objects:
        quantity = index.at(token.idx)
        if quantity is not None and quantity.id not in found:
            found[quantity.id] = token.i
    return tuple(sorted(found, key=lambda key: found[key]))


def is_background(
    page: Page,
    candidate: Candidate,
    words: Sequence[Token],
    told: Sequence[Time],
    index: SpanIndex[Time],
) -> bool:
    """Whether an event is told as history: long before the report, or beside the news.

    By its own time (more than six weeks before publication, a year gone by), after "since", or in
    the past perfect of a clause that only says more of somebody.
    """
    published = page.published
    if published is not None:
        for time in told:
            end = _day(time.end)
            if end is not None and end < published - dt.timedelta(days=_OLD_DAYS):
                return True
        for token in words:
            match = _YEAR.match(token.text)
            if match and int(match.group(1)) < published.year - (published.month <= 2):
                return True
    head = candidate.head
    if not told and _told_in_old_clause(page, head, index):
        return True
    preposition = head.head
    if head.dep_ == "pobj" and preposition.lower_ == "since":
        return True
    if grammar.is_verb(head):
        form = grammar.form(head)
        aside = head.dep_ in ("relcl", "acl", "advcl")
        if any(c.dep_ == "mark" and c.lower_ == "since" for c in head.children):
            return form.tense == "past"
        had = any(c.dep_ == "aux" and c.lower_ in ("had", "'d", "’d") for c in head.children)
        return aside and had and form.perfect
    return False


def _told_in_old_clause(page: Page, head: Token, index: SpanIndex[Time]) -> bool:
    """Whether an event without a time of its own belongs to a clause told as long past.

    Coordinated verbs share their time ("was convicted and, in May last year, jailed"), and what
    has no tense of its own has that of the verb above it.
    """
    if page.published is None:
        return False
    near: list[Token] = []
    if grammar.is_verb(head):
        first = grammar.first_conjunct(head)
        near.extend(t for t in grammar.conjuncts(first) if t.i != head.i and grammar.is_verb(t))
        form = grammar.form(head)
        if form.finite and head.dep_ not in ("ccomp",):
            above = head
        else:
            above = grammar.clause_head(head.head)
    else:
        above = grammar.clause_head(head)
    if above.i != head.i and grammar.is_verb(above) and grammar.form(above).tense == "past":
        near.append(above)
    limit = page.published - dt.timedelta(days=_OLD_DAYS)
    for verb in near:
        ends = [_day(time.end) for _, time in times(page, grammar.clause_tokens(verb), index)]
        if any(end is not None and end < limit for end in ends):
            return True
    return False


def _attached(preposition: Token, candidate: Candidate) -> bool:
    """Whether a preposition hangs on the event or its object, not on an actor."""
    allowed = {t.i for t in candidate.anchor}
    allowed.add(candidate.head.i)
    head = candidate.head
    allowed.update(c.i for c in head.children if c.dep_ in ("dobj", "nsubjpass"))
    if not grammar.is_verb(head) and grammar.is_verb(head.head):
        allowed.add(head.head.i)
    above = preposition.head
    for _ in range(4):
        if above.i in allowed:
            return True
        if above.dep_ in ("prep", "pobj") and above.head.i != above.i:
            above = above.head
            continue
        return False
    return False


def _day(value: str | None) -> dt.date | None:
    if value is None or len(value) < 10:
        return None
    try:
        return dt.date.fromisoformat(value[:10])
    except ValueError:
        return None
