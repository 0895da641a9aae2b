"""Direct speech: the quotations before, after and around a cue, and those that go on after it."""

from __future__ import annotations

from bisect import bisect_right

from onrecord.reading.attributions.spans import Candidate, ExactSpans
from onrecord.reading.quotes import Quote
from onrecord.record.model import Spans

_FAR = 160
_LEADS = frozenset({"quote-before", "ccomp", "right", "quote-after"})


class SpeechFinder(ExactSpans):
    """Finds the quotations that may be the content of a cue."""

    def _quoted(self, cue: int, found: list[Candidate]) -> list[Candidate]:
        tree = self.tree
        here = tree.start[cue]
        if self.quote_over(here) is not None:
            return []
        number = tree.sentence[cue]
        if number < 0:
            return []
        position = bisect_right(self._quote_starts, here) - 1
        before = (
            self.quotes[position]
            if position >= 0 and self._near_before(position, cue, number)
            else None
        )
        after = (
            self.quotes[position + 1]
            if position + 1 < len(self.quotes) and self._near_after(position + 1, cue, number)
            else None
        )
        rows: list[Candidate] = []
        if before is not None:
            rows.append(Candidate("quote-before", before.spans, cue))
        if after is not None:
            rows.append(Candidate("quote-after", after.spans, cue))
        if before is not None and after is not None:
            rows.append(Candidate("quote-both", self._joined([*before.spans, *after.spans]), cue))
        follow = self._following(cue, number)
        if follow:
            for base in (*rows, *found):
                if base.kind not in _LEADS or base.spans[-1][1] > follow[0][0]:
                    continue
                if base.kind == "quote-before" or self._holds_quote(base.spans):
                    spans = self._joined([*base.spans, *follow])
                    rows.append(Candidate(f"{base.kind}+next", spans, base.head))
        return rows

    def _holds_quote(self, spans: Spans) -> bool:
        return any(self.quotes_between(start, end) for start, end in spans)

    def _near_before(self, position: int, cue: int, number: int) -> bool:
        """Whether the cue's sentence holds the end of the quotation, or follows it at once."""
        quote = self.quotes[position]
        gap = self.text[quote.end : self.tree.start[cue]]
        first = self.tree.start[self.tree.bounds[number][0]]
        if len(gap) > _FAR or "\n" in gap:
            return False
        if quote.end > first:
            return True
        # A sentence that a quotation ended is cut off from "he said" only where it goes on.
        inner = self.text[quote.start : quote.end].rstrip("\"”’'")[-1:]
        goes_on = inner in ",?!—–-…" or self.text[first].islower()
        return goes_on and not self.text[quote.end : first].strip()

    def _near_after(self, position: int, cue: int, number: int) -> bool:
        """Whether the quotation begins in the cue's sentence, or at once after it."""
        quote = self.quotes[position]
        gap = self.text[self.tree.end[cue] : quote.start]
        last = self.tree.end[self.tree.bounds[number][1] - 1]
        if len(gap) > _FAR:
            return False
        if "\n" in gap:
            return gap.rstrip().endswith((":", "said", "says", ","))
        return quote.start < last or not self.text[last : quote.start].strip()

    def _following(self, cue: int, number: int) -> list[tuple[int, int]]:
        """Quotations that go on after the cue's sentence with no cue of their own.

        The next sentence of the paragraph begins with an opening mark, and nothing but quotations
        follow each other up to a word outside of them.
        """
        tree = self.tree
        end = tree.end[tree.bounds[number][1] - 1]
        own = self.quote_over(end - 1)
        out: list[tuple[int, int]] = []
        offset = end
        if own is not None:
            offset = own.end
        paragraph = tree.paragraph[cue]
        while True:
            position = bisect_right(self._quote_starts, offset - 1)
            if position >= len(self.quotes):
                break
            quote = self.quotes[position]
            gap = self.text[offset : quote.start]
            if gap.strip() or quote.start - offset > 8:
                break
            tail = self.text[quote.end : quote.end + 2]
            crossed = "\n" in gap
            if crossed and not self._alone(quote):
                break
            if tail[:1] not in {"", "\n", " "} or self._goes_on(quote, paragraph):
                break
            out.extend(quote.spans)
            offset = quote.end
        return out

    def _goes_on(self, quote: Quote, paragraph: int) -> bool:
        """Whether words of the same sentence follow the quotation: they have a cue of their own."""
        rest = self.text[quote.end : quote.end + 40].lstrip(" ")
        last = self.text[quote.end - 2 : quote.end].strip("\"”'’")[-1:]
        return bool(rest) and rest[0] not in "\n\r" and (rest[0].islower() or last == ",")

    def _alone(self, quote: Quote) -> bool:
        """Whether the quotation makes up its paragraph."""
        for start, end in self.tree.page.paragraphs:
            if start <= quote.start < end:
                return quote.start - start <= 1 and (
                    end <= quote.end or not self.text[quote.end : end].strip(" .")
                )
        return False
