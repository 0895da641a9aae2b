"""One list from two finders: the encoder's heads, and the rules over the parse.

The heads win where both find something: on PolNeAR dev they give relation F1 0.75 where the rules
give 0.68. The rules add what the heads pass over, and only where their own score says so.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from onrecord.knowledge.cues import cue as known_cue
from onrecord.reading.attributions.found import Found
from onrecord.reading.attributions.heads import Found as Headed
from onrecord.reading.attributions.heads import heads
from onrecord.reading.attributions.repair import less, repaired
from onrecord.reading.attributions.spans import shared
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

NOMINAL_LEAST = 0.42
"""The same where the cue is a noun ("its concern that …"), which the heads pass over: 13 of 24 such
are right on the held-out tenth, of other verbs with such scores 24 of 100."""

UNSOURCED_LEAST, UNSOURCED_TELLING = 0.35, 0.25
"""The same for what is told of nobody ("it was announced", "calls for peace"), and for such where
the cue often tells something: ``TELLING``. The heads find little of it. Chosen on the held-out
tenth, where, with rules trained without it, recall of what has no source goes
from 0.31 to 0.42 (precision 0.61 to 0.50) and relation F1 from 0.748 to 0.752; on dev
from 0.28 to 0.35 (0.51 to 0.39), and F1 from 0.757 to 0.753."""

TELLING = 0.4
"""Least share of its occurrences in which a word is a cue in PolNeAR train (``knowledge.cues``)."""

FAINT, FAINT_CUE = 0.15, 0.3
"""What the heads score at ``FAINT`` or more is kept below their threshold where it has no source,
and the rules find the same with a cue's probability of ``FAINT_CUE`` or more."""

_ALONE_UNSOURCED = 0.9
"""The same where no source is told, from 48 such on the held-out tenth."""

_SAME = 0.5
_LOOSE = " ,;:–—-\n\t"
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def merged(page: Page, headed: Sequence[Headed], ruled: Sequence[Found]) -> list[Found]:
    """What the heads found in the prose, and what only the rules found.

    ``headed`` may hold what the heads score below their threshold, from ``FAINT`` up.
    """
    keep = heads().settings.keep
    out = [
        made
        for item in headed
        if (made := _as_found(page, item)) is not None
        and (item.score >= keep or _backed(made, ruled))
    ]
    added = [
        structs.replace(
            _sourced(page, item),
            score=round(item.score * (_ALONE if item.source else _ALONE_UNSOURCED), 2),
        )
        for item in ruled
        if not any(_meet(item, other) for other in out) and _likely(page, item, out)
    ]
    return [*out, *added]


def _likely(page: Page, item: Found, out: Sequence[Found]) -> bool:
    """Whether the rules' word is enough for ``item``, which the heads do not find."""
    if item.source:
        nominal = item.cue_head is not None and page.doc[item.cue_head].pos_ == "NOUN"
        least = NOMINAL_LEAST if nominal else RULES_LEAST
        return item.score >= least or any(_within(item, other) for other in out)
    if item.score >= UNSOURCED_LEAST or item.cue_head is None:
        return item.score >= UNSOURCED_LEAST
    word = page.doc[item.cue_head]
    row = known_cue(word.lemma_.lower(), word.pos_)
    telling = row is not None and row.hits >= TELLING * row.seen > 0
    return telling and item.score >= UNSOURCED_TELLING and not any(_within(item, o) for o in out)


def _sourced(page: Page, item: Found) -> Found:
    """``item`` with the source that the parse shows where the rules chose none."""
    found = () if item.source else repaired(page, (), item.cue)
    if not found or any(shared(found, (span,)) for span in item.content):
        return item
    return structs.replace(item, source=found, source_head=_head(page, found))


def _backed(faint: Found, ruled: Sequence[Found]) -> bool:
    """Whether the rules find the same content, and both that no source is told."""
    return not faint.source and any(
        not item.source and item.rank >= FAINT_CUE and shared(item.content, faint.content) >= _SAME
        for item in ruled
    )


def _as_found(page: Page, item: Headed) -> Found | None:
    """What the heads found, with the words of the parse that its spans hang on."""
    cue = _trimmed(page, item.cue)
    source = repaired(page, _trimmed(page, item.source), cue)
    content = less(page, _with_subject(page, item), source)
    head = _head(page, content)
    if head is None or page.sentence_index(content[0][0]) is None:
        return None
    return Found(
        source=source,
        source_head=_head(page, source),
        cue=cue,
        cue_head=cue_head(page, cue),
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


def cue_head(page: Page, cue: Spans) -> int | None:
    """The word that a cue in one piece or more hangs on; an auxiliary only where it is alone."""
    spans = [span for start, end in cue if (span := page.span(start, end)) is not None]
    roots = [span.root for span in spans]
    told = [token for token in roots if token.pos_ != "AUX"] or roots
    return told[0].i if told else None


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
