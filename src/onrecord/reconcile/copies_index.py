"""An index that finds, for each text as it comes, the earlier texts that it copies or quotes."""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator

import numpy as np
from msgspec import Struct

from onrecord.reconcile.copies_match import Likeness, Mask, compare
from onrecord.reconcile.copies_postings import Postings
from onrecord.reconcile.copies_text import SHINGLE, Prepared, prepare

RARE = 12
"""A shingle in more texts than this, copies of one text counted once, is taken for furniture. A
dozen, not tuned: fewer takes a story that a dozen newsrooms have rewritten for furniture, more
leaves the pages of a small site to be told apart by their facts alone."""
LIKELY = 0.1
"""A text is compared where it shares this share of the smaller sketch: a quarter of the least that
a copy shares, since a sketch of few shingles may fall short of the text."""
SOME = 3
"""Or so many shingles of the sketch: a quotation of thirty words has six or seven."""
KEPT = 2048
"""Texts that are kept made ready."""


class Match(Struct, frozen=True):
    """Two texts that are alike: ``left`` came first."""

    left: str
    right: str
    likeness: Likeness


class Added(Struct, frozen=True):
    """What one more text has changed."""

    matches: tuple[Match, ...]
    """The earlier texts that it copies or quotes, the nearest first."""
    withdrawn: tuple[tuple[str, str], ...]
    """Pairs that were matches: what they share has turned out to be furniture."""
    changed: tuple[Match, ...]
    """Earlier matches that are judged otherwise now."""


class IndexRow(Struct, frozen=True):
    """What a store keeps of a text: twice eight bytes for each eighth of its words or less."""

    id: str
    size: int
    """Shingles in its sketch."""
    held: bytes
    """Those that the index holds for it, as little-endian 64-bit numbers."""


class CopyIndex:
    """Texts by their sketches; adding one looks at those alone that share a rare shingle with it.

    Which shingles are furniture is learnt as texts come. When one becomes furniture, the matches
    that may have leant on it are judged again, so that the first dozen pages of a site are taken
    apart when the thirteenth shows what they share. A text reprinted by fifty outlets is not
    furniture: of copies that nobody could take for a form, only one is counted.
    """

    def __init__(
        self,
        text: Callable[[str], str],
        rows: Iterable[IndexRow] = (),
        matches: Iterable[Match] = (),
    ) -> None:
        """``text`` gives the words of a text that was added, by its id.

        ``rows`` and ``matches`` are what an earlier index gave: it goes on from there.
        """
        self._text = text
        self._ids: list[str] = []
        self._numbers: dict[str, int] = {}
        self._sizes: list[int] = []
        self._postings = Postings()
        self._matches: dict[tuple[int, int], Likeness] = {}
        self._partners: dict[int, set[int]] = defaultdict(set)
        self._ready: OrderedDict[int, Prepared] = OrderedDict()
        filled = []
        for row in rows:
            held = np.frombuffer(row.held, dtype="<u8").astype(np.uint64)
            filled.append((self._enter(row.id, row.size), held))
        self._postings.fill(filled)
        for match in matches:
            self._match(self._numbers[match.left], self._numbers[match.right], match.likeness)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, id_: str) -> bool:
        return id_ in self._numbers

    @property
    def matches(self) -> Iterator[Match]:
        """All matches that hold now, in the order in which they were found."""
        for (left, right), likeness in self._matches.items():
            yield Match(self._ids[left], self._ids[right], likeness)

    def add(self, id_: str, text: str) -> tuple[IndexRow, Added]:
        """Adds a text: its row to keep, and what it copies.

        Raises ``ValueError`` where ``id_`` was added before.
        """
        if id_ in self._numbers:
            raise ValueError(f"{id_!r} is in the index already: give each text an id of its own")
        made = prepare(text)
        sketch = made.sketch
        number = self._enter(id_, len(sketch))
        self._keep(number, made)
        holders = self._postings.holders(sketch)
        found: dict[int, Likeness] = {}
        hide = self._furniture(made)
        for other in self._likely(len(sketch), holders):
            theirs = self._prepared(other)
            likeness = compare(theirs, made, self._furniture(theirs), hide)
            if likeness is not None:
                found[other] = likeness
        sure = {other for other, likeness in found.items() if likeness.sure}
        new = [len(held) <= RARE and sure.isdisjoint(held) for held in holders]
        held = sketch[np.array(new, dtype=np.bool_)] if new else sketch
        self._postings.add(number, held)
        for other, likeness in found.items():
            self._match(other, number, likeness)
        full = {
            number_
            for texts, is_new in zip(holders, new, strict=True)
            if is_new and len(texts) == RARE
            for number_ in texts
        }
        withdrawn, changed = self._judge_again(full | {number}) if full else ([], [])
        mine = [(self._matches[other, number], other) for other in self._partners[number]]
        mine.sort(key=lambda item: (-item[0].containment, item[1]))
        row = IndexRow(id_, len(sketch), held.astype("<u8").tobytes())
        return row, Added(
            matches=tuple(Match(self._ids[other], id_, likeness) for likeness, other in mine),
            withdrawn=tuple((self._ids[a], self._ids[b]) for a, b in withdrawn if b != number),
            changed=tuple(
                Match(self._ids[a], self._ids[b], self._matches[a, b])
                for a, b in changed
                if b != number
            ),
        )

    def _match(self, left: int, right: int, likeness: Likeness) -> None:
        self._matches[left, right] = likeness
        self._partners[left].add(right)
        self._partners[right].add(left)

    def _judge_again(self, texts: set[int]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """The pairs among ``texts`` that are no match any more, and those that are another.

        With their partners: of a text and its sure copies, the index holds one.
        """
        around = texts.union(*(self._partners[number] for number in texts))
        pairs = sorted(
            (left, right)
            for right in around
            for left in self._partners[right] & around
            if left < right
        )
        withdrawn, changed = [], []
        for left, right in pairs:
            one, other = self._prepared(left), self._prepared(right)
            likeness = compare(one, other, self._furniture(one), self._furniture(other))
            if likeness is None:
                withdrawn.append((left, right))
                del self._matches[left, right]
                self._partners[left].discard(right)
                self._partners[right].discard(left)
            elif likeness != self._matches[left, right]:
                changed.append((left, right))
                self._matches[left, right] = likeness
        return withdrawn, changed

    def _likely(self, size: int, holders: list[list[int]]) -> list[int]:
        """Texts that may be copies, by the shingles of the sketch that few texts hold."""
        rare = [texts for texts in holders if len(texts) <= RARE]
        shared = Counter(text for texts in rare for text in texts)
        mine = len(rare) if size else 0
        return sorted(
            other
            for other, count in shared.items()
            if count >= SOME or count >= LIKELY * min(mine, self._sizes[other])
        )

    def _furniture(self, made: Prepared) -> Mask:
        """Which words stand in furniture: between two neighbours of the sketch that are common."""
        hide = np.zeros(len(made.words), dtype=np.bool_)
        at = made.sketch_at
        common = self._postings.counts(made.shingles[at]) > RARE
        for n in np.flatnonzero(common).tolist():
            joined = n + 1 < len(at) and common[n + 1]
            hide[at[n] : (at[n + 1] if joined else at[n]) + SHINGLE] = True
        return hide

    def _enter(self, id_: str, size: int) -> int:
        number = len(self._ids)
        self._ids.append(id_)
        self._numbers[id_] = number
        self._sizes.append(size)
        return number

    def _keep(self, number: int, made: Prepared) -> None:
        self._ready[number] = made
        if len(self._ready) > KEPT:
            self._ready.popitem(last=False)

    def _prepared(self, number: int) -> Prepared:
        if number in self._ready:
            self._ready.move_to_end(number)
            return self._ready[number]
        made = prepare(self._text(self._ids[number]))
        self._keep(number, made)
        return made
