"""The page: a report with all that is computed once and shared by every part.

A part reads the page and never parses, tokenises or encodes on its own.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from onrecord.record.model import Spans, Words, Zone
from onrecord.record.report import Report, sha256


@dataclass(eq=False)
class Page:
    """One report, parsed.

    ``doc.text == report.text``, so ``token.idx`` is an offset of the record. ``sentences`` are
    the sentences of the prose, in order: no sentence reaches over a paragraph's end, into a zone,
    or begins or ends with white space.
    """

    report: Report
    doc: Doc
    zones: tuple[Zone, ...]
    sentences: tuple[Span, ...]
    paragraphs: Spans

    @property
    def text(self) -> str:
        """The text of the report; offsets count its code points."""
        return self.report.text

    @cached_property
    def text_sha256(self) -> str:
        """The hash of the text, as it stands in the record."""
        return sha256(self.text)

    @cached_property
    def published(self) -> dt.date | None:
        """The day of publication, or None where it is not known."""
        value = self.report.published
        return None if value is None else dt.date.fromisoformat(value[:10])

    def words(self, *spans: tuple[int, int]) -> Words:
        """Words of the report at ``spans``, which are put in order and merged where they touch."""
        merged = merge(spans)
        return Words(spans=merged, text=self.surface(merged))

    def surface(self, spans: Spans) -> str:
        """The pieces of the text at ``spans``, joined by one space."""
        return " ".join(self.text[start:end] for start, end in spans)

    def cover(self, tokens: Iterable[Token]) -> Spans:
        """The spans of ``tokens``, one for each run of neighbours, without white space around."""
        runs: list[tuple[int, int]] = []
        last = -2
        for token in sorted((t for t in tokens if not t.is_space), key=lambda t: t.i):
            end = token.idx + len(token)
            if token.i == last:
                continue
            gap = self.doc[last + 1 : token.i] if last >= 0 else None
            if gap is not None and all(t.is_space for t in gap):
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((token.idx, end))
            last = token.i
        return tuple(runs)

    def tokens(self, tokens: Iterable[Token]) -> Words:
        """The words that ``tokens`` make."""
        spans = self.cover(tokens)
        return Words(spans=spans, text=self.surface(spans))

    def key(self, part: str, *spans: tuple[int, int]) -> str:
        """What lasts of an entry over re-reading: a hash of its part, its spans and the text.

        16 hexadecimal digits. Two entries of one part with the same spans have the same key;
        give the spans of all their words where that could be.
        """
        place = ",".join(f"{start}-{end}" for start, end in spans)
        return hashlib.sha256(f"{part}|{place}|{self.text_sha256}".encode()).hexdigest()[:16]

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start_char for sentence in self.sentences]

    def sentence_index(self, offset: int) -> int | None:
        """The number of the prose sentence that holds ``offset``, or None where it is not prose."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self.sentences[index].end_char:
            return None
        return index

    def sentence_at(self, offset: int) -> Span | None:
        """The prose sentence that holds ``offset``, or None."""
        index = self.sentence_index(offset)
        return None if index is None else self.sentences[index]

    @cached_property
    def _token_starts(self) -> list[int]:
        # One call into spaCy: a loop over tokens costs a percent of a whole parse.
        starts: list[int] = self.doc.to_array("IDX").tolist()
        return starts

    def token_at(self, offset: int) -> Token | None:
        """The token that holds ``offset``, or None where it is white space between tokens."""
        index = bisect_right(self._token_starts, offset) - 1
        if index < 0:
            return None
        token = self.doc[index]
        return token if offset < token.idx + len(token) else None

    def span(self, start: int, end: int) -> Span | None:
        """The tokens that overlap ``[start, end)``, or None where there are none."""
        first = bisect_right(self._token_starts, start) - 1
        if first < 0 or self.doc[first].idx + len(self.doc[first]) <= start:
            first += 1
        last = bisect_right(self._token_starts, end - 1)
        return self.doc[first:last] if first < last else None


def merge(spans: Iterable[tuple[int, int]]) -> Spans:
    """``spans`` in order, those that touch or overlap made one, empty ones left out."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return tuple(out)
