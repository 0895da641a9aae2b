"""What belongs to an event beside its roles: places, times, quantities."""

from __future__ import annotations

import datetime as dt
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
