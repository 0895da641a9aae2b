"""One list from two finders: the encoder's heads, and the rules over the parse.

The heads win where both find something: on PolNeAR dev they give relation F1 0.75 where the rules
give 0.68. The rules add what the heads pass over, and only where their own score says so.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from onrecord.reading.attributions.found import Found
from onrecord.reading.attributions.heads import Found as Headed
from onrecord.reading.page import Page
from onrecord.record.model import Spans

RULES_LEAST = 0.6
"""Least score of what only the rules find. On the tenth of PolNeAR train that the heads were not
trained on, relation F1 is 0.747 without the rules and 0.752 to 0.768 for 0.7 down to 0.5, which
flatters, since the rules were trained on most of it; on dev it is 0.752 without, 0.757 at 0.6 and
0.753 at 0.5. After training either again, measure again (benchmarks/, attribution)."""

_ALONE = 0.65
"""What a rule's score is worth where the heads, reading the same words, found nothing: on dev about
half of what is added so is right, where its scores say 0.72 on average."""

_LOOSE = " ,;:–—-\n\t"
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def merged(page: Page, headed: Sequence[Headed], ruled: Sequence[Found]) -> list[Found]:
    """What the heads found in the prose, and what only the rules found."""
    out = [made for item in headed if (made := _as_found(page, item)) is not None]
    added = [
        structs.replace(item, score=round(item.score * _ALONE, 2))
        for item in ruled
        if not any(_meet(item, other) for other in out)
        and (item.score >= RULES_LEAST or any(_within(item, other) for other in out))
    ]
    return [*out, *added]


def _as_found(page: Page, item: Headed) -> Found | None:
    """What the heads found, with the words of the parse that its spans hang on."""
    content = _with_subject(page, item)
    head = _head(page, content)
    if head is None or page.sentence_index(content[0][0]) is None:
        return None
    source, cue = _trimmed(page, item.source), _trimmed(page, item.cue)
    return Found(
        source=source,
        source_head=_head(page, source),
        cue=cue,
        cue_head=_head(page, cue),
        content=content,
        content_head=head,
        kind="encoder",
        rank=item.score,
        score=round(item.score, 2),
    )


def _trimmed(page: Page, spans: Spans | None) -> Spans:
    """``spans`` without commas and dashes at their ends."""
    if not spans:
        return ()
    *before, (start, end) = spans
    while end > start and page.text[end - 1] in _LOOSE:
        end -= 1
    return (*before, (start, end)) if end > start else tuple(before)


def _with_subject(page: Page, item: Headed) -> Spans:
    """The content, with the subject of its finite verb where the heads cut that off.

    "President A allowed B to reopen the port, officials said": a content that begins at "allowed"
    has lost who allowed it, unless that is the source or the cue.
    """
    start, end = item.content[0]
    span = page.span(start, end)
    verb = None if span is None else span.root
    if verb is None or verb.tag_ not in _FINITE or verb.idx < start:
        return item.content
    subject = next((t for t in verb.children if t.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None or subject.idx >= start:
        return item.content
    first = subject.left_edge.idx
    told = (*(item.source or ()), *(item.cue or ()))
    if any(first < e and s < start for s, e in told):
        return item.content
    return ((first, end), *item.content[1:])


def _head(page: Page, spans: Spans) -> int | None:
    span = page.span(*spans[0]) if spans else None
    return None if span is None else span.root.i


def _meet(one: Found, other: Found) -> bool:
    """Whether two share words of their contents, without nesting, or of their cues."""
    shared = _overlap(one.content, other.content) and not _within(one, other)
    return shared or _overlap(one.cue, other.cue)


def _within(inner: Found, outer: Found) -> bool:
    """Whether one is told in the other's content: "he said that she denied it".

    PolNeAR marks no such nesting, so the heads never find it; what the rules find is kept.
    """
    words = (*inner.content, *inner.cue)
    return bool(inner.cue) and all(
        any(a <= start and end <= b for a, b in outer.content) for start, end in words
    )


def _overlap(one: Spans, other: Spans) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)
