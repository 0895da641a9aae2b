"""Quotation marks: which opens, which closes, and how far each quotation reaches.

Real reports mix curly and straight marks, lose one of a pair, repeat the opening mark at each
paragraph of a long quotation, and use the same sign as an apostrophe, a foot or an inch. Nothing
here raises: a mark without a partner gives a quotation that is not ``closed``, or none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.record.model import Spans

_DOUBLE = re.compile(r"''|``|[\"“”„‟«»″＂]")
_SINGLE = re.compile(r"[‘’‛‹›']")
_OPENS = {"“", "„", "‟", "``"}
_CLOSES = {"”"}
_ELISION = re.compile(r"(?:\d0s|em|n|til|tis|twas|cause|bout|round|cuz)\b", re.IGNORECASE)
_BEFORE_OPEN = frozenset("([{—–-―/…“\"‘'„«:;,.?!>")
_MIN_UNCLOSED = 3


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation: ``spans`` are its pieces with their marks, one for each paragraph.

    ``single`` tells single marks from double ones; ``closed`` is False where the text never
    closes it, and it then reaches to the end of its paragraph. ``outer`` is the number of
    quotations around it.
    """

    spans: Spans
    single: bool
    closed: bool
    outer: int = 0

    @property
    def start(self) -> int:
        """Where its first opening mark stands."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where it ends, its last closing mark included."""
        return self.spans[-1][1]


def find_quotes(text: str, paragraphs: Spans) -> tuple[Quote, ...]:
    """The quotations of ``text``, in order; ``paragraphs`` are the spans of its paragraphs.

    A quotation goes on into the next paragraph where it is not closed and that paragraph begins
    with an opening mark, as English typography has it (Chicago Manual of Style, 13.32).
    """
    doubles = _doubles(text, paragraphs)
    singles = _singles(text, paragraphs, doubles)
    return _with_depth(sorted([*doubles, *singles], key=lambda q: (q.start, -q.end)))


def _doubles(text: str, paragraphs: Spans) -> list[Quote]:
    found: list[Quote] = []
    carried: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(paragraphs):
        marks = list(_DOUBLE.finditer(text, start, end))
        opened: int | None = None
        for position, mark in enumerate(marks):
            opens = _is_opening(text, mark, start, end, opened is not None)
            if opens is None:
                continue
            if opens:
                if opened is not None and position:
                    _unclosed(found, carried, text, opened, mark.start())
                opened = mark.start()
            elif opened is not None:
                found.append(
                    Quote(spans=(*carried, (opened, mark.end())), single=False, closed=True)
                )
                carried = []
                opened = None
        if opened is None:
            _flush(found, carried)
            continue
        piece = (opened, _rstrip(text, opened, end))
        carried.append(piece)
        if not _continues(text, paragraphs, number, opened):
            _flush(found, carried)
    _flush(found, carried)
    return [quote for quote in found if quote.end - quote.start >= _MIN_UNCLOSED]


def _unclosed(
    found: list[Quote], carried: list[tuple[int, int]], text: str, opened: int, end: int
) -> None:
    """A quotation open where the next one opens.

    After the end of a sentence a paragraph's break was lost, and the quotation reached up to here
    (each paragraph of a long one opens anew); elsewhere a mark is stray, and how far it reached is
    unknown.
    """
    last = _rstrip(text, opened, end)
    if text[opened] in _OPENS and text[last - 1] in ".!?":
        carried.append((opened, last))
    _flush(found, carried)


def _flush(found: list[Quote], carried: list[tuple[int, int]]) -> None:
    if carried:
        found.append(Quote(spans=tuple(carried), single=False, closed=False))
        carried.clear()


def _continues(text: str, paragraphs: Spans, number: int, opened: int) -> bool:
    """Whether the quotation open at the end of a paragraph goes on in the next one."""
    if number + 1 >= len(paragraphs):
        return False
    start, end = paragraphs[number + 1]
    mark = _DOUBLE.match(text, start, end)
    return bool(
        mark and mark.group() not in _CLOSES and _same_family(text[opened], mark.group()[0])
    )


def _same_family(one: str, other: str) -> bool:
    curly = "“”„‟"
    return (one in curly) == (other in curly)


def _is_opening(text: str, mark: re.Match[str], start: int, end: int, inside: bool) -> bool | None:
    """Whether ``mark`` opens (True), closes (False), or is no quotation mark at all (None)."""
    sign = mark.group()
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    opening_place = (before.isspace() or before in _BEFORE_OPEN) and not after.isspace()
    closing_place = not before.isspace() and (after.isspace() or not after.isalnum())
    if sign in _OPENS:
        # A curly opening mark used to close is a common slip of word processors.
        return not (inside and closing_place and not opening_place)
    if sign in _CLOSES:
        return not inside and opening_place and not closing_place
    if sign in "«»":
        return (sign == "«") != (before.isalnum() and sign == "«")
    if sign in {'"', "″", "''"} and before.isdigit() and not inside:
        return None
    if opening_place and not closing_place:
        return True
    if closing_place and not opening_place:
        return False
    return not inside


def _singles(text: str, paragraphs: Spans, doubles: Sequence[Quote]) -> list[Quote]:
    """Quotations in single marks: a pair within one paragraph, and within one double quotation."""
    edges = _Edges(doubles)
    found: list[Quote] = []
    for start, end in paragraphs:
        opened: int | None = None
        closing: int | None = None
        for mark in _SINGLE.finditer(text, start, end):
            at = mark.start()
            if edges.is_mark(at):
                continue
            before = text[at - 1] if at > start else " "
            after = text[at + 1] if at + 1 < end else " "
            if _opens_single(text, at, before, after):
                if opened is not None and closing is not None:
                    _add_single(found, opened, closing, edges)
                opened, closing = at, None
            elif opened is not None and not after.isalnum() and not before.isspace():
                possessive = before in "sS" and after.isspace()
                if closing is None or not possessive:
                    closing = mark.end()
                if not possessive:
                    _add_single(found, opened, closing, edges)
                    opened = closing = None
        if opened is not None and closing is not None:
            _add_single(found, opened, closing, edges)
    return found


def _opens_single(text: str, at: int, before: str, after: str) -> bool:
    if after.isspace() or not (before.isspace() or before in _BEFORE_OPEN):
        return False
    return text[at] not in "’'" or not _ELISION.match(text, at + 1)


def _add_single(found: list[Quote], start: int, end: int, edges: _Edges) -> None:
    if end - start > 2 and edges.level(start) == edges.level(end - 1):
        found.append(Quote(spans=((start, end),), single=True, closed=True))


class _Edges:
    """Where the double quotations begin and end."""

    def __init__(self, doubles: Sequence[Quote]) -> None:
        self._spans = [span for quote in doubles for span in quote.spans]
        self._marks = {
            offset for start, end in self._spans for offset in (start, start + 1, end - 2, end - 1)
        }
        self._position = 0

    def is_mark(self, offset: int) -> bool:
        """Whether ``offset`` may belong to a two-character double mark."""
        return offset in self._marks and any(
            offset in (start, start + 1, end - 2, end - 1) for start, end in self._spans
        )

    def level(self, offset: int) -> int:
        """Which double quotation holds ``offset``, -1 where none does."""
        for number, (start, end) in enumerate(self._spans):
            if start <= offset < end:
                return number
        return -1


def _with_depth(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    out: list[Quote] = []
    around: list[Quote] = []
    for quote in quotes:
        while around and around[-1].end <= quote.start:
            around.pop()
        out.append(
            Quote(spans=quote.spans, single=quote.single, closed=quote.closed, outer=len(around))
        )
        around.append(quote)
    return tuple(out)


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
