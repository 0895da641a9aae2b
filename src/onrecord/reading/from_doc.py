"""Reading what somebody else has parsed: a page from a spaCy ``Doc``, a record part by part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import structs
from spacy.tokens import Doc, Span

from onrecord.reading.contract import Parts
from onrecord.reading.errors import PipelineError, ReadingError
from onrecord.reading.links import link_back
from onrecord.reading.page import Page
from onrecord.reading.parse import paragraphs_of, sentences_of
from onrecord.reading.reader import check, distinct_keys, load_part, without_why
from onrecord.reading.zones import find_zones
from onrecord.record.model import PARTS, Problem, ReaderInfo, Record, Spans
from onrecord.record.report import Report

_NEEDED = {
    "TAG": "fine-grained tags (a tagger)",
    "POS": "parts of speech (a tagger with an attribute ruler, or a morphologizer)",
    "DEP": "dependencies (a parser)",
    "LEMMA": "lemmas (a lemmatizer)",
    "ENT_IOB": "named entities (an ner)",
}


def page_of(doc: Doc, report: Report, max_chars: int) -> Page:
    """The page of ``report``, whose text ``doc`` has parsed.

    A sentence that runs over a paragraph's end, or into a zone, is cut there. Raises
    ``PipelineError`` that names what the pipeline did not set, and ``ReadingError`` for a text
    that cannot be read.
    """
    check(report, max_chars)
    if doc.text != report.text:
        raise ReadingError("the text of the Doc is not that of the report")
    missing = [what for name, what in _NEEDED.items() if not doc.has_annotation(name)]
    if missing:
        raise PipelineError(
            f"the pipeline sets no {'; no '.join(missing)}: add such a component before onrecord's"
        )
    zones = find_zones(report)
    paragraphs = tuple(paragraphs_of(report.text, zones))
    edges = {start for start, _ in paragraphs}
    edges |= {edge for zone in zones for span in zone.spans for edge in span}
    return Page(
        report=report,
        doc=doc,
        zones=zones,
        sentences=tuple(sentences_of(_cut(doc, sorted(edges)), zones)),
        paragraphs=paragraphs,
    )


def begin(page: Page, info: ReaderInfo) -> Record:
    """The record of ``page`` before any part of it is read."""
    report = page.report
    sentences: Spans = tuple((s.start_char, s.end_char) for s in page.sentences)
    return Record(
        id=report.identity, published=report.published, published_basis=report.published_basis,
        title=report.title, source=report.source, authors=report.authors, credit=report.credit,
        url=report.url, file=report.file, language=report.language, form=report.form,
        text=report.text, text_sha256=page.text_sha256, reader=info, problems=report.problems,
        sentences=sentences, zones=page.zones,
    )  # fmt: skip


def extend(record: Record, page: Page, part: str) -> Record:
    """``record`` with ``part`` read, by the same module as ``Reader`` has it.

    What the part raises becomes a problem of the record, as in reading. Raises ``ReadingError``
    where a part that it requires has not been read.
    """
    module = load_part(part)
    failed = {problem.part for problem in record.problems}
    absent = [name for name in module.requires if getattr(record, name) is None]
    unread = [name for name in absent if name not in failed]
    if unread:
        raise ReadingError(f"{part} requires {', '.join(unread)}, which have not been read before")
    info = record.reader
    if part not in info.parts:
        told = tuple(name for name in PARTS if name in {*info.parts, part})
        info = structs.replace(info, parts=told)
    problem = None
    parts = Parts(**{name: getattr(record, name) or () for name in PARTS})
    if absent:
        problem = Problem(part=part, reason=f"not read, since it requires {', '.join(absent)}")
    else:
        try:
            setattr(parts, part, module.read(page, parts))
        except Exception as error:  # noqa: BLE001 - kept as a problem of this part, told in the record
            problem = Problem(part=part, reason=f"{type(error).__name__}: {error}")
    if problem is not None:
        return structs.replace(record, reader=info, problems=(*record.problems, problem))
    link_back(parts)
    lists: dict[str, Any] = {
        name: without_why(distinct_keys(tuple(getattr(parts, name))))
        for name in PARTS
        if name == part or getattr(record, name) is not None
    }
    return structs.replace(record, reader=info, **lists)


def _cut(doc: Doc, edges: list[int]) -> Iterator[Span]:
    """The sentences of ``doc``, cut where ``mark_starts`` would have made one begin."""
    position, pending = 0, False
    for sentence in doc.sents:
        first = sentence.start
        for token in sentence:
            while position < len(edges) and edges[position] < token.idx + len(token):
                pending = True
                position += 1
            if pending and not token.is_space:
                if token.i > first:
                    yield doc[first : token.i]
                    first = token.i
                pending = False
        yield doc[first : sentence.end]
