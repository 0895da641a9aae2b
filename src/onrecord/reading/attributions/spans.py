"""Exact spans: from words of the parse to stretches of the text, quotations kept whole."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from onrecord.reading.attributions.tree import Tree
from onrecord.reading.quotes import Quote
from onrecord.record.model import Spans

_EDGE = frozenset(",;:.—–-―…?!")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of the text that may play a role for a cue, and the construction it stands in."""

    kind: str
    spans: Spans
    head: int


def shared(one: Spans, other: Spans) -> float:
    """The Jaccard index of the characters of two span lists."""
    if one[-1][1] <= other[0][0] or other[-1][1] <= one[0][0]:
        return 0.0
    common = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    return common / (size(one) + size(other) - common)


def size(spans: Spans) -> int:
    """How many characters ``spans`` hold."""
    return sum(end - start for start, end in spans)


class ExactSpans:
    """The quotations of one page, and the spans of its words cut free of loose punctuation."""

    def __init__(self, tree: Tree, quotes: tuple[Quote, ...]) -> None:
        self.tree = tree
        self.text = tree.text
        self.quotes = tuple(q for q in quotes if not q.outer)
        self._quote_starts = [q.start for q in self.quotes]

    def quote_over(self, offset: int) -> Quote | None:
        """The outermost quotation that holds ``offset``, or None."""
        position = bisect_right(self._quote_starts, offset) - 1
        if position >= 0 and offset < self.quotes[position].end:
            return self.quotes[position]
        return None

    def quotes_between(self, start: int, end: int) -> list[Quote]:
        """The quotations that begin in ``[start, end)``."""
        first = bisect_right(self._quote_starts, start - 1)
        last = bisect_right(self._quote_starts, end - 1)
        return list(self.quotes[first:last])

    def spans(self, tokens: tuple[int, ...]) -> Spans:
        """The spans of ``tokens``, cut free of punctuation, quotations made whole."""
        tree = self.tree
        pieces: list[tuple[int, int]] = []
        for first, last in tree.runs(tokens):
            piece = self.trim(tree.start[first], tree.end[last])
            if piece is not None:
                pieces.append(piece)
        return self._joined(pieces)

    def _joined(self, pieces: list[tuple[int, int]]) -> Spans:
        out: list[tuple[int, int]] = []
        for start, end in sorted(pieces):
            if out and (
                start <= out[-1][1] or not any(c.isalnum() for c in self.text[out[-1][1] : start])
            ):
                out[-1] = (out[-1][0], max(end, out[-1][1]))
            else:
                out.append((start, end))
        return tuple(out)

    def trim(self, start: int, end: int) -> tuple[int, int] | None:
        """``[start, end)`` without loose punctuation at its edges, with its quotations whole."""
        text = self.text
        while start < end:
            char = text[start]
            if char.isspace() or char in _EDGE or (char in ")]" or self._loose_mark(start, end)):
                start += 1
            else:
                break
        while end > start:
            char = text[end - 1]
            if (
                char.isspace()
                or char in _EDGE
                or char in "(["
                or self._loose_mark(end - 1, end, start)
            ):
                if char == "." and self._abbreviation(start, end):
                    break
                end -= 1
            else:
                break
        if start >= end:
            return None
        start, end = self._whole_quotes(start, end)
        while start < end and (
            text[start].isspace() or (text[start] == "(" and ")" not in text[start:end])
        ):
            start += 1
        while end > start and (
            text[end - 1].isspace() or (text[end - 1] == ")" and "(" not in text[start:end])
        ):
            end -= 1
        return (start, end) if start < end else None

    def _abbreviation(self, start: int, end: int) -> bool:
        """Whether the stop at the end belongs to a token such as "U.S."."""
        token = self.tree.page.token_at(end - 1)
        return (
            token is not None and len(token) > 1 and token.idx >= start and token.text[0].isalnum()
        )

    def _loose_mark(self, offset: int, end: int, start: int | None = None) -> bool:
        """Whether a quotation mark at the edge has no partner within the stretch."""
        char = self.text[offset]
        if char not in "\"“”'‘’«»`":
            return False
        quote = self.quote_over(offset)
        if quote is None:
            # An apostrophe at the end of a word stays ("officials'"); anything else is stray.
            return not (
                start is not None and char in "'’" and self.text[offset - 1 : offset].isalnum()
            )
        if start is None:
            return offset > quote.start + 1
        return offset < quote.end - 2

    def _whole_quotes(self, start: int, end: int) -> tuple[int, int]:
        """Marks just outside are taken in where their quotation lies within, or nearly so."""
        last = self.quote_over(end - 1)
        if last is not None and (start <= last.start + 2 or start <= last.start):
            end = max(end, last.end)
            start = min(start, last.start) if start <= last.start + 2 else start
        first = self.quote_over(start)
        if first is not None and first.end <= end + 2:
            inside = first.start < start
            if inside and first.end >= end:
                # The stretch ends with the quotation but begins within it: all of it is meant.
                start = first.start
            elif inside:
                start = first.start
            end = max(end, first.end) if first.end <= end + 2 else end
        return start, end

    def _bare(self, index: int) -> tuple[int, ...]:
        """The subtree without a possessive ending."""
        case = self.tree.kid(index, "case")
        return self.tree.subtree(index) if case is None else self.tree.without(index, case)

    @staticmethod
    def _unique(found: list[Candidate]) -> tuple[Candidate, ...]:
        seen: dict[Spans, Candidate] = {}
        for candidate in found:
            seen.setdefault(candidate.spans, candidate)
        return tuple(seen.values())
