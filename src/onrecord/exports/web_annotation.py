"""W3C Web Annotation: one AnnotationPage, each mark an annotation of the text.

Offsets are Unicode code points, as the data model demands for both selectors ("the selection of the
text MUST be in terms of unicode code points", W3C Recommendation of 23 February 2017, 4.2.4 and
4.2.5), not UTF-16 units. They count in the text of the record, which is named by its hash (RFC
6920); the page that it was taken from is given as ``via``, and there the quote finds the words.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from onrecord.exports.contract import Lost
from onrecord.exports.marks import CARRIER, Mark, marks_of
from onrecord.record.model import Record

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # characters of prefix and suffix: enough to tell apart words that occur twice
NO_TEXT = "prefix and suffix of quotes: the record is without its text"


def annotate(record: Record, lost: Lost) -> Iterator[dict[str, Any]]:
    """The annotations of ``record``: one for each mark, then one for each link."""
    made = marks_of(record)
    source = _source(record)
    ids = {mark.id: f"urn:onrecord:{record.text_sha256[:16]}:{mark.id}" for mark in made.marks}
    creator = {
        "id": f"urn:onrecord:version:{record.reader.version}",
        "type": "Software",
        "name": f"onrecord {record.reader.version}",
    }
    if record.text is None and made.marks:
        lost[NO_TEXT] += len(made.marks)
    for mark in made.marks:
        yield {
            "id": ids[mark.id],
            "type": "Annotation",
            "motivation": "classifying",
            "creator": creator,
            "body": list(_bodies(mark)),
            "target": _one_or_all(_target(record, source, piece) for piece in mark.pieces()),
        }
    for number, link in enumerate(made.links, 1):
        yield {
            "id": f"urn:onrecord:{record.text_sha256[:16]}:link{number}",
            "type": "Annotation",
            "motivation": "linking",
            "creator": creator,
            "body": [
                {"type": "TextualBody", "purpose": "classifying", "value": link.role},
                ids[link.target],
            ],
            "target": ids[link.source],
        }


def write(records: Iterable[Record], out: BinaryIO, lost: Lost) -> None:
    """Writes one AnnotationPage, an annotation a line."""
    head = {"@context": CONTEXT, "id": "urn:onrecord:export", "type": "AnnotationPage"}
    out.write(json.dumps(head).encode()[:-1] + b', "items": [')
    lead = b"\n"
    for record in records:
        for annotation in annotate(record, lost):
            out.write(lead + json.dumps(annotation, ensure_ascii=False).encode())
            lead = b",\n"
    out.write(b"\n]}\n")


def _source(record: Record) -> dict[str, Any]:
    digest = base64.urlsafe_b64encode(bytes.fromhex(record.text_sha256)).decode().rstrip("=")
    source = {
        "id": f"ni:///sha-256;{digest}",
        "type": "Text",
        "format": "text/plain",
        "language": record.language,
        "via": record.url,
    }
    return {key: value for key, value in source.items() if value is not None}


def _bodies(mark: Mark) -> Iterator[dict[str, Any]]:
    yield {"type": "TextualBody", "purpose": "classifying", "value": mark.label}
    told = {key: value for key, value in mark.facts.items() if value not in (None, [])}
    if mark.role == CARRIER:
        told = {"part": mark.part, "key": mark.key, **told, "score": mark.score}
        yield {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "application/json",
            "value": json.dumps(told, ensure_ascii=False),
        }


def _target(record: Record, source: dict[str, Any], piece: tuple[int, int, str]) -> dict[str, Any]:
    start, end, words = piece
    quote = {"type": "TextQuoteSelector", "exact": words}
    if record.text is not None:
        quote["prefix"] = record.text[max(0, start - _AROUND) : start]
        quote["suffix"] = record.text[end : end + _AROUND]
    return {
        "source": source,
        "selector": [{"type": "TextPositionSelector", "start": start, "end": end}, quote],
    }


def _one_or_all(targets: Iterator[dict[str, Any]]) -> Any:
    every = list(targets)
    return every[0] if len(every) == 1 else every
