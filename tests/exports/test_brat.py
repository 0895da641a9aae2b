"""brat: what is written, and what comes back of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onrecord.exports import export
from onrecord.exports.brat import ATTRIBUTES, configuration, cut, standoff
from onrecord.exports.brat_back import corrections
from onrecord.exports.contract import ExportError
from onrecord.record.model import PARTS
from tests.exports.made import TEXT, first, records, spans

KEYS = {entry.id: entry.key for part in PARTS for entry in getattr(first(), part)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    export(records(), "brat", tmp_path / "brat")
    return tmp_path / "brat"


def _ann(folder: Path) -> Path:
    return next(folder.glob("talks-*.ann"))


@pytest.mark.parametrize("record", records(), ids=lambda r: r.id)
def test_the_words_of_an_annotation_stand_where_it_says(record) -> None:
    ann, _ = standoff(record)
    seen = 0
    for line in ann.splitlines():
        if line.startswith("T"):
            _, place, words = line.split("\t")
            pieces = [pair.split(" ") for pair in place.split(" ", 1)[1].split(";")]
            assert " ".join(record.text[int(s) : int(e)] for s, e in pieces) == words
            seen += 1
    assert seen > 5


def test_every_type_role_and_value_is_configured() -> None:
    sections = re.split(r"^\[(\w+)\]\n", configuration(), flags=re.M)[1:]
    named = {
        name: {line.split("\t")[0] for line in body.split("\n") if line}
        for name, body in zip(sections[::2], sections[1::2], strict=True)
    }
    events = dict(line.split("\t") for line in sections[3].split("\n") if line)
    for record in records():
        for line in standoff(record)[0].splitlines():
            id_, rest = line.split("\t")[:2]
            kind = rest.split(" ")[0].split(":")[0]
            if id_[0] == "T":
                assert kind in named["entities"] | named["events"]
            elif id_[0] == "E":
                roles = {
                    argument.split(":")[0].rstrip("0123456789") for argument in rest.split(" ")[1:]
                }
                assert roles <= set(re.findall(r"(\w+)\*:", events[kind]))
            elif id_[0] == "R":
                assert kind in named["relations"]
            elif id_[0] == "A":
                assert kind in {*ATTRIBUTES, "background"} & named["attributes"]


@pytest.mark.parametrize(("text", "given", "pieces"), [
    ("ab\ncd", ((0, 5),), ((0, 2), (3, 5))), ("ab\r\n\r\ncd", ((0, 8),), ((0, 2), (6, 8))),
    ("\nab\t", ((0, 4),), ((1, 3),)), ("ab", ((0, 1), (1, 2)), ((0, 1), (1, 2))), ("a\u2028b", ((0, 3),), ((0, 1), (2, 3))),
])  # fmt: skip
def test_spans_are_cut_at_line_ends(text: str, given, pieces) -> None:
    assert cut(given, text) == pieces


def test_nothing_changed_is_no_correction(folder: Path) -> None:
    assert list(corrections(folder)) == []


def _whole(*pieces: str, nth: int = 0) -> dict[str, object]:
    where = spans(TEXT, *pieces, nth=nth)
    return {"spans": where, "text": " ".join(TEXT[s:e] for s, e in where)}


# What an annotator does in brat: the line before (a pattern), the line after, and what is meant.
CHANGES = {
    "another type": ([(r"T31\tCOERCE", "T31\tASSAULT"), (r"E31\tCOERCE", "E31\tASSAULT")], [("events", "e3", "change", "type", "ASSAULT")]),
    "another realis": ([(r"realis E29 negated", "realis E29 possible")], [("events", "e2", "change", "realis", "possible")]),
    "a flag set": ([(r"(A20\t)", "A90\tbackground E29\n\\1")], [("events", "e2", "change", "background", True)]),
    "a flag taken away": ([(r"A24\tbackground E34\n", "")], [("events", "e5", "change", "background", False)]),
    "a label taken away": ([(r"A22\trealis E33 actual\n", "")], [("events", "e4", "change", "realis", None)]),
    "an event taken away": ([(r"T36\t.*\n", ""), (r"E36\t.*\n", ""), (r"A26\t.*\n", "")], [("events", "e7", "reject", None, None)]),
    "an actor taken away": ([(r"E35\tCOOPERATE:T35 actor:T9", "E35\tCOOPERATE:T35")], [("events", "e6", "change", "actors", [])]),
    "an actor more": ([(r"E35\tCOOPERATE:T35 actor:T9", "E35\tCOOPERATE:T35 actor:T9 actor2:T1")], [("events", "e6", "change", "actors", [_whole("Norway"), _whole("Denmark")])]),
    "other words": ([(r"T25\tContent 162 192\t.*", "T25\tContent 167 192\trebels had shelled Bergen")], [("attributions", "a3", "change", "content", _whole("rebels had shelled Bergen"))]),
    "another stance": ([(r"stance T25 denies", "stance T25 doubts")], [("attributions", "a3", "change", "stance", "doubts")]),
    "a source taken away": ([(r"T27\tSource.*\n", ""), (r"R9\t.*\n", "")], [("attributions", "a3", "change", "source", None)]),
    "another kind of source": ([(r"source_kind T25 named", "source_kind T25 unnamed")], [("attributions", "a3", "change", "source", {**_whole("She"), "kind": "unnamed"})]),
    "not the same event": ([(r"R17\tsame Arg1:E31 Arg2:E33\n", "")], [("events", "e4", "change", "same_as", None)]),
    "other figures": ([(r" quantity:T16", " quantity:T18")], [("events", "e3", "change", "quantities", [KEYS["q2"]])]),
    "another kind of reason": ([(r"reason_kind T44 cause", "reason_kind T44 aim")], [("reasons", "w1", "change", "kind", "aim")]),
    "a person added": ([(r"\n(E28\t)", "\nT90\tPerson 202 210\tarrested\nA90\tmention T90 nominal\n\\1")], [("entities", None, "add", None, {"kind": "person", "mentions": [{**_whole("arrested"), "kind": "nominal"}]})]),
    "another teller": ([(r"tells Arg1:T25 Arg2:E29", "tells Arg1:T19 Arg2:E29")], [("events", "e2", "change", "attribution", KEYS["a1"])]),
    "a mention taken away": ([(r"T6\tPerson.*\n", ""), (r"R2\t.*\n", ""), (r"A6\t.*\n", "")], [("entities", "n4", "change", "mentions", [{**_whole("Kari Strand"), "kind": "name"}])]),
    "an entity taken away": ([(r"T5\tPerson.*\n", ""), (r"T6\tPerson.*\n", ""), (r"R2\t.*\n", ""), (r"A[56]\t.*\nA6\t.*\n", "")], [("entities", "n4", "reject", None, None)]),
    "another kind of entity": ([(r"T9\tCountry", "T9\tOrganization")], [("entities", "n7", "change", "kind", "organization")]),
    "another state": ([(r"state E38 granted", "state E38 requested")], [("permissions", "r1", "change", "state", "requested")]),
    "a time taken away": ([(r"T10\tTime.*\n", ""), (r" time:T10", "")], [("times", "t1", "reject", None, None), ("events", "e1", "change", "times", [])]),
    "an event added": ([(r"\n(E28\t)", "\nT90\tPROTEST 338 344\tclosed\nE90\tPROTEST:T90 actor:T5\nA90\trealis E90 future\n\\1")], [("events", None, "add", None, {"type": "PROTEST", "anchor": _whole("closed"), "realis": "future", "actors": [_whole("Kari Strand")]})]),
    "an attribution added": ([(r"\n(E28\t)", "\nT90\tContent 338 344\tclosed\nT91\tCue 322 329\tbecause\nR90\tcue Arg1:T90 Arg2:T91\t\nA90\tstance T90 fears\n\\1")], [("attributions", None, "add", None, {"content": _whole("closed"), "stance": "fears", "cue": _whole("because")})]),
    "a place added": ([(r"\n(E28\t)", "\nT90\tLocation 330 337\ta storm\n\\1")], [("places", None, "add", None, _whole("a storm"))]),
    "words over a line end added": ([(r"\n(E28\t)", "\nT90\tForecast 123 134;135 150\tx\n\\1")], [("forecasts", None, "add", None, {"content": _whole("“and of the\nport of Texas.”")})]),
    "notes and marks of brat's own": ([(r"\n(E28\t)", "\n*\tEquiv T1 T2\nN1\tReference T1 Wikidata:Q20\tNorway\n#77\tAnnotatorNotes T1\tsee me\n\\1")], []),
}  # fmt: skip


@pytest.mark.parametrize("name", list(CHANGES))
def test_a_change_comes_back_as_a_correction(name: str, folder: Path) -> None:
    changes, wanted = CHANGES[name]
    path = _ann(folder)
    ann = path.read_bytes().decode()
    for pattern, new in changes:
        ann, count = re.subn(pattern, new, ann)
        assert count == 1, pattern
    path.write_bytes(ann.encode())
    found = list(corrections(folder))
    made = [(one.part, one.key, one.action, one.field, one.value) for one in found]
    assert sorted(made, key=str) == sorted(
        ((part, KEYS.get(id_) if id_ else None, *rest) for part, id_, *rest in wanted), key=str
    )
    for one in found:
        assert one.report_id == "post/oslo 1"
        assert one.words == " ".join(TEXT[start:end] for start, end in one.spans)


def test_pieces_at_a_line_end_come_back_as_one(folder: Path) -> None:
    path = _ann(folder)
    path.write_bytes(
        path.read_bytes().replace(b"\nE28\t", b"\nT90\tForecast 123 134;135 150\tx\nE28\t", 1)
    )
    (one,) = corrections(folder)
    assert one.spans == ((123, 150),)


@pytest.mark.parametrize(("old", "new", "message"), [
    ("T1\tCountry 3 9", "T1\tCountry 3 9999", "line 1: 3 9999 is not within the text"),
    ("T1\tCountry 3 9", "T1\tCountry 9 3", "line 1"),
    ("E28\tCONSULT", "E28 CONSULT", "no brat standoff"),
    ("\nE28\tCONSULT:T28", "\nE28\tCONSULT:T99", "T99 is referred to, but not there"),
    ("\nE28\t", "\nT90\tDragon 0 3\tx\nE28\t", "no entry of a record is a 'Dragon'"),
])  # fmt: skip
def test_what_is_no_standoff_is_named(folder: Path, old: str, new: str, message: str) -> None:
    path = _ann(folder)
    path.write_bytes(path.read_bytes().decode().replace(old, new, 1).encode())
    with pytest.raises(ExportError, match=re.escape(message)):
        list(corrections(folder))


def test_a_changed_text_or_a_strange_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    text = next(folder.glob("talks-*.txt"))
    text.write_bytes(text.read_bytes() + b"!")
    with pytest.raises(ExportError, match="not the text that was exported"):
        list(corrections(folder))
    text.unlink()
    with pytest.raises(ExportError, match="is missing"):
        list(corrections(folder))
    with pytest.raises(ExportError, match=r"has no onrecord\.jsonl"):
        list(corrections(tmp_path))


def test_what_is_no_utf_8_is_named(folder: Path) -> None:
    path = _ann(folder)
    path.write_bytes(path.read_bytes() + b"\xff")
    with pytest.raises(ExportError, match=r"\.ann is no UTF-8"):
        list(corrections(folder))
