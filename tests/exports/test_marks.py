"""Formats with offsets: every one in its own unit, every word where it says."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ET

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from onrecord.exports import label_studio, uima_cas, web_annotation
from onrecord.exports.brat import BREAK, cut
from onrecord.exports.contract import Lost
from onrecord.exports.marks import CARRIER, marks_of
from onrecord.exports.offsets import Utf16
from onrecord.record.model import PARTS
from tests.exports.made import first, records


@pytest.mark.parametrize(("text", "points", "units"), [
    ("abc", [0, 1, 2, 3], [0, 1, 2, 3]),
    ("😀a", [0, 1, 2], [0, 2, 3]),
    ("a😀😀b", [0, 1, 2, 3, 4], [0, 1, 3, 5, 6]),
    ("🕊️!", [0, 1, 2, 3], [0, 2, 3, 4]),  # U+1F54A, then U+FE0F
    ("é\u0301", [0, 1, 2], [0, 1, 2]),
    ("", [0], [0]),
])  # fmt: skip
def test_utf16_units(text: str, points: list[int], units: list[int]) -> None:
    table = Utf16(text)
    assert [table.units(point) for point in points] == units
    assert [table.points(unit) for unit in units] == points
    encoded = text.encode("utf-16-le")
    for point in points:
        assert encoded[: 2 * table.units(point)].decode("utf-16-le") == text[:point]


def test_an_offset_inside_a_pair_is_that_of_its_character() -> None:
    assert Utf16("a😀b").points(2) == 1


@pytest.mark.parametrize("record", records(), ids=lambda r: r.id)
def test_marks_are_the_words_of_the_record(record) -> None:
    made = marks_of(record)
    ids = [mark.id for mark in made.marks]
    assert len(ids) == len(set(ids))
    assert {end for link in made.links for end in (link.source, link.target)} <= set(ids)
    for mark in made.marks:
        for start, end, words in mark.pieces():
            assert record.text[start:end] == words
    carried = {mark.key for mark in made.marks if mark.role == CARRIER}
    assert carried == {e.key for part in PARTS for e in getattr(record, part) or ()}


@pytest.mark.parametrize("record", records(), ids=lambda r: r.id)
def test_label_studio_counts_code_points(record) -> None:
    task = label_studio.task(record)
    config = ET.fromstring(label_studio.config())
    labels = {one.get("value") for one in config.iter("Label")}
    choices = {c.get("name"): {one.get("value") for one in c} for c in config.iter("Choices")}
    relations = {one.get("value") for one in config.iter("Relation")}
    (prediction,) = task["predictions"]
    ids = {one["id"] for one in prediction["result"] if one["type"] == "labels"}
    for one in prediction["result"]:
        if one["type"] == "relation":
            assert {one["from_id"], one["to_id"]} <= ids
            assert set(one["labels"]) <= relations
            continue
        value = one["value"]
        assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
        if one["type"] == "labels":
            assert set(value["labels"]) <= labels
        else:
            assert set(value["choices"]) <= choices[one["from_name"]]


_SELECTORS = {
    "type": "array",
    "prefixItems": [
        {
            "type": "object",
            "required": ["type", "start", "end"],
            "properties": {
                "type": {"const": "TextPositionSelector"},
                "start": {"type": "integer", "minimum": 0},
            },
        },
        {
            "type": "object",
            "required": ["type", "exact"],
            "properties": {"type": {"const": "TextQuoteSelector"}},
        },
    ],
}
_TARGET = {"anyOf": [
    {"type": "string", "format": "uri"},
    {"type": "object", "required": ["source", "selector"], "properties": {"source": {"type": "object", "required": ["id"]}, "selector": _SELECTORS}},
    {"type": "array", "minItems": 2},
]}  # fmt: skip
_ANNOTATION = {
    "type": "object",
    "required": ["id", "type", "target", "motivation"],
    "properties": {
        "type": {"const": "Annotation"},
        "motivation": {"enum": ["classifying", "linking"]},
        "body": {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "object", "required": ["type", "value"], "properties": {"type": {"const": "TextualBody"}, "purpose": {"enum": ["classifying", "describing"]}}}]}},
        "target": _TARGET,
    },
}  # fmt: skip


@pytest.mark.parametrize("record", records(), ids=lambda r: r.id)
def test_web_annotations_count_code_points(record) -> None:
    out = io.BytesIO()
    web_annotation.write([record], out, Lost())
    page = json.loads(out.getvalue())
    assert (page["@context"], page["type"]) == (
        "http://www.w3.org/ns/anno.jsonld",
        "AnnotationPage",
    )
    ids = {item["id"] for item in page["items"]}
    assert len(ids) == len(page["items"])
    for item in page["items"]:
        jsonschema.validate(item, _ANNOTATION)
        if item["motivation"] == "linking":
            assert {item["target"], item["body"][1]} <= ids
            continue
        for target in item["target"] if isinstance(item["target"], list) else [item["target"]]:
            position, quote = target["selector"]
            assert record.text[position["start"] : position["end"]] == quote["exact"]
            around = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert around in record.text


def test_web_annotations_of_a_record_without_text_have_no_prefix() -> None:
    lost = Lost()
    made = list(web_annotation.annotate(structs.replace(first(), text=None), lost))
    assert all("prefix" not in json.dumps(one) for one in made)
    assert lost[web_annotation.NO_TEXT] == len(marks_of(first()).marks)


@pytest.mark.parametrize("record", records(), ids=lambda r: r.id)
def test_cas_counts_utf16_units(record) -> None:
    made = uima_cas.cas(record)
    wide = record.text.encode("utf-16-le")
    marks = {(mark.id, words) for mark in marks_of(record).marks for _, _, words in mark.pieces()}
    found = {
        (s["mark"], wide[2 * s["begin"] : 2 * s["end"]].decode("utf-16-le"))
        for s in made["%FEATURE_STRUCTURES"]
        if s["%TYPE"] == uima_cas.MARK
    }
    assert found == marks


@pytest.mark.parametrize("record", records(), ids=lambda r: r.id)
def test_cas_is_read_by_dkpro_cassis(record) -> None:
    cassis = pytest.importorskip("cassis")
    cas = cassis.load_cas_from_json(json.dumps(uima_cas.cas(record)))
    made = marks_of(record)
    words = {(mark.mark, mark.get_covered_text()) for mark in cas.select(uima_cas.MARK)}
    assert words == {(mark.id, piece[2]) for mark in made.marks for piece in mark.pieces()}
    links = {
        (link.Governor.mark, link.role, link.Dependent.mark) for link in cas.select(uima_cas.LINK)
    }
    assert links == {tuple(vars(link).values()) for link in made.links}
    assert len(cas.select(uima_cas.SENTENCE)) == len(record.sentences)
    again = cassis.load_cas_from_json(cas.to_json())
    assert {mark.key for mark in again.select(uima_cas.MARK)} == {mark.key for mark in made.marks}


@given(st.text(alphabet=st.sampled_from("a é\u0301😀🕊\ufe0f\n\t\u2028\r")))
def test_units_and_cuts_hold_for_any_text(text: str) -> None:
    table, wide = Utf16(text), text.encode("utf-16-le")
    for point in range(len(text) + 1):
        assert table.points(table.units(point)) == point
        assert 2 * table.units(point) == len(text[:point].encode("utf-16-le"))
    assert 2 * table.units(len(text)) == len(wide)
    pieces = cut(((0, len(text)),), text) if text else ()
    assert "".join(text[start:end] for start, end in pieces) == BREAK.sub("", text)
    assert all(len(text[start:end].splitlines()) == 1 for start, end in pieces)
