"""The components: each reads one part, by the same module as ``onrecord.Reader``.

Results are kept in the ``Doc``: ``doc._.onrecord`` is the record so far, ``doc._.onrecord_events``
(and so on) the entries of a part, ``doc.spans["onrecord_events"]`` their words. The record is kept
as JSON in ``doc.user_data``, so that it survives ``DocBin`` and ``nlp.pipe(n_process=2)``.

spaCy imports every entry point whenever it loads a pipeline, so that importing this loads nothing
of the reading: components do, when they are made.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from onrecord.reading.errors import PipelineError
from onrecord.record.codec import decode, encode
from onrecord.record.model import PARTS, Record, Words
from onrecord.record.report import Report

if TYPE_CHECKING:
    from onrecord.reading.page import Page

_STORED = "onrecord"
_REPORT = "onrecord_report"
LAYOUT = "onrecord_layout"
FACTORIES = (LAYOUT, *(f"onrecord_{part}" for part in PARTS))
"""The names for ``nlp.add_pipe``, in an order that fits."""

_FIRST = ("entities", "attributions", "times", "places", "quantities")
REQUIRES: dict[str, tuple[str, ...]] = {
    "entities": (),
    "attributions": ("entities",),
    "times": (),
    "places": ("entities",),
    "quantities": _FIRST[:-1],
    "events": _FIRST,
    "permissions": (*_FIRST, "events"),
    "reasons": (*_FIRST, "events", "permissions"),
    "forecasts": ("entities", "attributions", "times", "events", "permissions"),
}
"""What the module of each part requires; told here so that none need be imported."""

_NEEDS = ["token.tag", "token.dep", "token.lemma", "doc.ents", "doc.sents"]


def add_all(nlp: Language, parts: tuple[str, ...] | None = None) -> Language:
    """Adds the layout first and then ``parts`` with all that they require; all where None."""
    from onrecord.reading.reader import closure

    if LAYOUT not in nlp.pipe_names:
        nlp.add_pipe(LAYOUT, first=True)
    for part in closure(parts):
        if f"onrecord_{part}" not in nlp.pipe_names:
            nlp.add_pipe(f"onrecord_{part}")
    return nlp


class PartComponent:
    """Reads one part of the record of each ``Doc``.

    Raises ``PipelineError`` where the language is not English or an annotation is missing, and
    ``ReadingError`` where a part that this one requires has not been read before it.
    """

    def __init__(self, nlp: Language, part: str) -> None:
        if nlp.lang != "en":
            raise PipelineError(f"onrecord reads English; this pipeline reads {nlp.lang!r}")
        self.part = part
        self._nlp = nlp

    def __call__(self, doc: Doc) -> Doc:
        """``doc`` with this part added to its record."""
        from onrecord.reading.from_doc import begin, extend
        from onrecord.reading.parse import pipeline_id
        from onrecord.reading.reader import stamp

        if not doc.text.strip():
            return doc
        page = _page(doc)
        stored = doc.user_data.get(_STORED)
        if stored is None:
            record = begin(page, stamp(pipeline_id(self._nlp), {"why": False}, ()))
        else:
            record = decode(stored)
        record = extend(record, page, self.part)
        doc.user_data[_STORED] = encode(record).decode()
        for name, group in _groups(record, self.part):
            doc.spans[name] = SpanGroup(
                doc,
                name=name,
                spans=[
                    span
                    for id_, label, words in group
                    for start, end in words.spans
                    if (span := doc.char_span(start, end, label=label, span_id=id_,
                                              alignment_mode="expand")) is not None
                ],
            )  # fmt: skip
        return doc

    def to_disk(self, path: Any, exclude: Any = ()) -> None:
        """Nothing: what it needs ships with onrecord."""

    def from_disk(self, path: Any, exclude: Any = ()) -> PartComponent:
        """Itself."""
        return self


class Layout:
    """Makes sentences begin where paragraphs do, before the parser; so does ``onrecord.read``."""

    def __call__(self, doc: Doc) -> Doc:
        """``doc`` with sentence starts at paragraphs, bylines, captions and the like."""
        from onrecord.reading.parse import mark_starts, paragraphs_of
        from onrecord.reading.zones import find_zones

        report = _report(doc)
        zones = find_zones(report)
        mark_starts(doc, tuple(paragraphs_of(report.text, zones)), zones)
        return doc


def _groups(record: Record, part: str) -> list[tuple[str, list[tuple[str, str, Words]]]]:
    """Groups of spans for a part: name; id, label and words of each span."""
    entries: Any = getattr(record, part) or ()
    name = f"onrecord_{part}"
    if part == "entities":
        return [(name, [(e.id, e.kind, m) for e in entries for m in e.mentions])]
    if part == "attributions":
        return [
            (name, [(a.id, a.stance, a.content) for a in entries]),
            ("onrecord_cues", [(a.id, a.stance, a.cue) for a in entries if a.cue]),
            ("onrecord_sources", [(a.id, a.source.kind, a.source) for a in entries if a.source]),
        ]
    labels: dict[str, Callable[[Any], tuple[str, Words]]] = {
        "times": lambda e: (e.type, e),
        "places": lambda e: (e.feature or "", e),
        "quantities": lambda e: (e.property or e.unit or "", e),
        "events": lambda e: (e.type, e.anchor),
        "permissions": lambda e: (e.state, e.anchor),
        "reasons": lambda e: (e.kind, e.content),
        "forecasts": lambda e: (e.likelihood, e.content),
    }
    return [(name, [(entry.id, *labels[part](entry)) for entry in entries])]


class _Latest:
    """The page of the ``Doc`` read last: components of a pipeline take one ``Doc`` in turn."""

    def __init__(self) -> None:
        self.doc: Callable[[], Doc | None] = lambda: None
        self.page: Page | None = None


_latest = _Latest()


def _page(doc: Doc) -> Page:
    from onrecord.reading.from_doc import page_of
    from onrecord.reading.reader import MAX_CHARS

    if _latest.doc() is not doc or _latest.page is None:
        _latest.page = page_of(doc, _report(doc), MAX_CHARS)
        _latest.doc = weakref.ref(doc)
    return _latest.page


def _report(doc: Doc) -> Report:
    known = dict(doc.user_data.get(_REPORT) or {})
    if known.get("published") is not None:
        known.setdefault("published_basis", "given")
    return Report(text=doc.text, **known)


def _record(doc: Doc) -> Record | None:
    stored = doc.user_data.get(_STORED)
    return None if stored is None else decode(stored)


def _entries(part: str) -> Callable[[Doc], Any]:
    def get(doc: Doc) -> Any:
        record = _record(doc)
        return None if record is None else getattr(record, part)

    return get


def _get_report(doc: Doc) -> dict[str, Any]:
    return dict(doc.user_data.get(_REPORT) or {})


def _set_report(doc: Doc, known: dict[str, Any]) -> None:
    Report(text=doc.text, **known)  # raises TypeError for a field that a report does not have
    doc.user_data[_REPORT] = dict(known)


def _register() -> None:
    Doc.set_extension("onrecord", getter=_record, force=True)
    Doc.set_extension(_REPORT, getter=_get_report, setter=_set_report, force=True)
    Language.factory(LAYOUT, assigns=["token.is_sent_start"], func=_make_layout)
    for part in PARTS:
        Doc.set_extension(f"onrecord_{part}", getter=_entries(part), force=True)
        Language.factory(
            f"onrecord_{part}",
            requires=[*_NEEDS, *(f"doc._.onrecord_{name}" for name in REQUIRES[part])],
            assigns=["doc._.onrecord", f"doc._.onrecord_{part}", "doc.spans"],
            func=factory(part),
        )


def _make_layout(nlp: Language, name: str) -> Layout:
    return Layout()


def factory(part: str) -> Callable[[Language, str], PartComponent]:
    """The factory of one part's component."""

    def make(nlp: Language, name: str) -> PartComponent:
        return PartComponent(nlp, part)

    return make


_register()
layout = _make_layout
entities, attributions, times, places, quantities, events, permissions, reasons, forecasts = (
    factory(part) for part in PARTS
)
