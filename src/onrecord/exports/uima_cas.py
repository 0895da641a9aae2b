"""UIMA CAS JSON (format 0.4.0) for INCEpTION and other UIMA tools, one file a report.

Offsets are UTF-16 code units, as everywhere in UIMA. Sentences are DKPro's own type; a mark of the
record is an annotation of type ``onrecord.Mark``, a link a relation ``onrecord.Link`` between two.
An annotation has one begin and end: further pieces are marks of their own with the same ``mark``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.exports.contract import Lost
from onrecord.exports.marks import Mark, marks_of
from onrecord.exports.names import file_name
from onrecord.exports.offsets import Utf16
from onrecord.record.model import Record

SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
MARK, LINK = "onrecord.Mark", "onrecord.Link"
_FACTS = ("realis", "stance", "quotation", "source_kind", "state", "deontic", "reason_kind",
          "likelihood", "name", "value", "country")  # fmt: skip
_STRINGS = ("mark", "part", "key", "role", "label", *_FACTS, "modes", "contexts")


def types() -> dict[str, Any]:
    """The type system: marks are spans, links are relations, as INCEpTION wants its layers."""

    def feature(name: str, range_: str = "uima.cas.String") -> dict[str, str]:
        return {"%NAME": name, "%RANGE": range_}

    mark: dict[str, Any] = {"%NAME": MARK, "%SUPER_TYPE": "uima.tcas.Annotation"}
    mark.update({name: feature(name) for name in _STRINGS})
    mark["background"] = feature("background", "uima.cas.Boolean")
    mark["score"] = feature("score", "uima.cas.Double")
    link = {
        "%NAME": LINK,
        "%SUPER_TYPE": "uima.tcas.Annotation",
        "Governor": feature("Governor", MARK),
        "Dependent": feature("Dependent", MARK),
        "role": feature("role"),
    }
    sentence = {"%NAME": SENTENCE, "%SUPER_TYPE": "uima.tcas.Annotation", "id": feature("id")}
    return {SENTENCE: sentence, MARK: mark, LINK: link}


def cas(record: Record) -> dict[str, Any]:
    """The CAS of ``record``, which has its text."""
    assert record.text is not None
    units = Utf16(record.text)
    structures: list[dict[str, Any]] = [
        {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView",
         "mimeType": "text/plain", "sofaString": record.text},
        {"%ID": 2, "%TYPE": "uima.tcas.DocumentAnnotation", "@sofa": 1, "begin": 0,
         "end": units.units(len(record.text)), "language": record.language or "x-unspecified"},
    ]  # fmt: skip

    def add(type_: str, start: int, end: int, **features: Any) -> int:
        number = len(structures) + 1
        structures.append({
            "%ID": number, "%TYPE": type_, "@sofa": 1, "begin": units.units(start),
            "end": units.units(end), **{k: v for k, v in features.items() if v is not None},
        })  # fmt: skip
        return number

    for start, end in record.sentences:
        add(SENTENCE, start, end)
    made = marks_of(record)
    ids: dict[str, int] = {}
    spans: dict[str, tuple[int, int]] = {}
    for mark in made.marks:
        for start, end, _ in mark.pieces():
            number = add(MARK, start, end, **_features(mark))
            ids.setdefault(mark.id, number)
            spans.setdefault(mark.id, (start, end))
    for link in made.links:
        # INCEpTION draws a relation at its dependent end.
        start, end = spans[link.target]
        add(LINK, start, end, **{"@Governor": ids[link.source], "@Dependent": ids[link.target],
                                 "role": link.role})  # fmt: skip
    members = [structure["%ID"] for structure in structures[1:]]
    return {
        "%TYPES": types(),
        "%FEATURE_STRUCTURES": structures,
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": members}},
    }


def files(records: Iterable[Record], lost: Lost) -> Iterator[tuple[str, bytes]]:
    """A file for each record: its name, and the CAS in it."""
    for record in records:
        yield f"{file_name(record)}.json", json.dumps(cas(record), ensure_ascii=False).encode()


def _features(mark: Mark) -> dict[str, Any]:
    facts = mark.facts
    told = {
        "mark": mark.id,
        "part": mark.part,
        "key": mark.key,
        "role": mark.role or None,
        "label": mark.label,
        "score": mark.score,
        "background": facts.get("background"),
        "modes": " ".join(facts.get("modes", ())) or None,
        "contexts": " ".join(facts.get("contexts", ())) or None,
    }
    for name in _FACTS:
        if facts.get(name) is not None:
            told[name] = str(facts[name])
    return told
