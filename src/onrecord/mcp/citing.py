"""From an entry of a report to the words that prove it, with their citation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from onrecord.ledgers.asking import Queries
from onrecord.mcp.answer import Passage, Quoted, shortened

LONGEST = 700
"""Characters of a passage; a longer sentence is cut around the entry."""
_BESIDE = 150
_LONGEST_URL = 2_000


class Place(NamedTuple):
    """Where to find words: the spans of an entry, the sentence that it stands in, or both."""

    report: int
    spans: Sequence[Sequence[int]]
    words: str | None = None
    entry: str | None = None


def places_of(passages: Iterable[dict[str, Any]]) -> list[Place]:
    """The passages of a ledger's row, in its order."""
    return [
        Place(one["report"], [tuple(span) for span in one["spans"] or ()], one["words"], one["id"])
        for one in passages
    ]


def in_text_order(places: Sequence[Place]) -> list[Place]:
    """``places`` with those of one report as they stand in its text; reports keep their order."""
    order: dict[int, int] = {}
    for place in places:
        order.setdefault(place.report, len(order))
    return sorted(places, key=lambda place: (order[place.report], place.spans, place.entry or ""))


def chosen(places: Sequence[Place], most: int) -> list[Place]:
    """At most ``most`` of ``places``: different words before the same words once more."""
    seen: set[str | None] = set()
    first: list[int] = []
    again: list[int] = []
    for number, place in enumerate(places):
        (again if place.words in seen else first).append(number)
        seen.add(place.words)
    return [places[number] for number in sorted([*first, *again][:most])]


class Citing:
    """The texts and the heads of some reports, fetched once."""

    def __init__(self, store: Queries, reports: Iterable[int]) -> None:
        wanted = sorted(set(reports))
        found = store.sql(
            """
            SELECT r.report, r.current, r.id, r.day, r.published, r.title, r.source, r.url, t.text
            FROM reports r LEFT JOIN texts t USING (text_sha256)
            WHERE r.report IN (SELECT unnest($reports::BIGINT[]))
            """,
            {"reports": wanted},
        ).to_pylist()
        self._heads: dict[int, dict[str, Any]] = {row["report"]: row for row in found}

    def has(self, report: int) -> bool:
        """Whether the store has a report of this number."""
        return report in self._heads

    def text(self, report: int) -> str | None:
        """The text of a report; None where there is no such report, or it is kept without."""
        head = self._heads.get(report)
        return None if head is None else head["text"]

    def passage(self, place: Place) -> Passage | None:
        """The words at ``place``; None where the store does not hold them."""
        text = self.text(place.report)
        window = None if text is None else _window(text, place)
        if text is None or window is None:
            return None
        return self.between(place, *window)

    def between(self, place: Place, start: int, end: int, cut: bool) -> Passage:
        """The words from ``start`` to ``end`` of a report whose text is there."""
        head = self._heads[place.report]
        # A local path is nobody's address: an agent is told none.
        url = head["url"] if re.match(r"https?://", head["url"] or "", re.IGNORECASE) else None
        return Passage(
            report=place.report,
            current=head["current"],
            day=head["day"],
            entry=place.entry,
            spans=[(first, last) for first, last in place.spans],
            words_start=start,
            words_end=end,
            cut=cut,
            quoted=Quoted(
                words=head["text"][start:end],
                title=shortened(head["title"]),
                source=shortened(head["source"]),
                published=shortened(head["published"]),
                url=url if url is not None and len(url) <= _LONGEST_URL else None,
                report_id=shortened(head["id"]),
            ),
        )


def _window(text: str, place: Place) -> tuple[int, int, bool] | None:
    """From where to where to quote, and whether that cuts the sentence."""
    words = place.words or ""
    if not place.spans:
        at = text.find(words) if words else -1
        return None if at < 0 else _cut(at, at + len(words), at)
    first, last = place.spans[0][0], place.spans[-1][1]
    if last > len(text):
        return None
    at = text.rfind(words, max(0, first - len(words)), first + len(words)) if words else -1
    if at < 0 or at > first:
        return (*around(text, first, last, _BESIDE), True)
    return _cut(at, max(at + len(words), last), first)


def _cut(start: int, end: int, needed: int) -> tuple[int, int, bool]:
    if end - start <= LONGEST:
        return start, end, False
    start = max(start, min(needed - LONGEST // 3, end - LONGEST))
    return start, start + LONGEST, True


def around(text: str, start: int, end: int, beside: int) -> tuple[int, int]:
    """``start`` and ``end`` moved apart by about ``beside``, to where words begin and end."""
    low, high = max(0, start - beside), min(len(text), end + beside)
    nearest = re.compile(r"\s")
    if low and (found := nearest.search(text, low, start)):
        low = found.end()
    while high < len(text) and high > end and not text[high].isspace():
        high -= 1
    return low, high
