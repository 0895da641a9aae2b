"""Looking up what earlier parts found, by where it stands in the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from spacy.tokens import Token

from onrecord.reading.page import Page
from onrecord.record.model import Argument, Attribution, Entity, Place, Quantity, Spans, Time

T = TypeVar("T")


class SpanIndex(Generic[T]):
    """Things by the spans that they cover; where several cover an offset, the shortest wins."""

    def __init__(self, items: Iterable[tuple[Spans, T]]) -> None:
        rows = [
            (start, end, sum(e - s for s, e in spans), item)
            for spans, item in items
            for start, end in spans
        ]
        self._rows = sorted(rows, key=lambda row: row[:2])
        self._starts = [row[0] for row in self._rows]
        self._reach: list[int] = []
        for row in self._rows:
            self._reach.append(max(row[1], self._reach[-1] if self._reach else 0))

    def covering(self, offset: int) -> list[T]:
        """All that cover ``offset``, the shortest first."""
        found: list[tuple[int, int, T]] = []
        position = bisect_right(self._starts, offset) - 1
        while position >= 0 and self._reach[position] > offset:
            start, end, length, item = self._rows[position]
            if start <= offset < end:
                found.append((length, -start, item))
            position -= 1
        return [item for _, _, item in sorted(found, key=lambda row: row[:2])]

    def at(self, offset: int) -> T | None:
        """The shortest that covers ``offset``, or None."""
        found = self.covering(offset)
        return found[0] if found else None

    def within(self, start: int, end: int) -> list[T]:
        """All with a span that lies within ``[start, end)``, in the order of the text."""
        position = bisect_right(self._starts, start - 1)
        out: list[T] = []
        while position < len(self._rows) and self._rows[position][0] < end:
            if self._rows[position][1] <= end and self._rows[position][3] not in out:
                out.append(self._rows[position][3])
            position += 1
        return out


def entity_index(entities: Sequence[Entity]) -> SpanIndex[Entity]:
    """Entities by all their mentions: ``index.at(head.idx)`` is who a head word means."""
    return SpanIndex((m.spans, entity) for entity in entities for m in entity.mentions)


def content_index(attributions: Sequence[Attribution]) -> SpanIndex[Attribution]:
    """Attributions by their content: ``index.at(offset)`` is the innermost one that holds it."""
    return SpanIndex((a.content.spans, a) for a in attributions)


def time_index(times: Sequence[Time]) -> SpanIndex[Time]:
    """Times by their words."""
    return SpanIndex((t.spans, t) for t in times)


def place_index(places: Sequence[Place]) -> SpanIndex[Place]:
    """Places by their words."""
    return SpanIndex((p.spans, p) for p in places)


def quantity_index(quantities: Sequence[Quantity]) -> SpanIndex[Quantity]:
    """Quantities by their words."""
    return SpanIndex((q.spans, q) for q in quantities)


def argument(
    page: Page, index: SpanIndex[Entity], head: Token, tokens: Iterable[Token]
) -> Argument:
    """The argument with the words ``tokens``, and who their ``head`` means in this report."""
    words = page.tokens(tokens)
    entity = index.at(head.idx)
    if entity is None:
        return Argument(spans=words.spans, text=words.text)
    return Argument(
        spans=words.spans,
        text=words.text,
        entity=entity.id,
        codes=entity.codes,
        sectors=entity.sectors,
    )
