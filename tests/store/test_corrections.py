"""What persons say against the reading: laid over, kept over re-reading, taken back, exported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from onrecord.record.invariants import breaches
from onrecord.record.model import Record
from onrecord.store import Store
from onrecord.store.errors import CorrectionError, UnknownReportError
from tests.record.test_invariants import TEXT, key
from tests.store.helpers import record

WHO = {"author": "A. Reader"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of two reports with the same words."""
    path = tmp_path / "s.duckdb"
    with Store(path) as store:
        store.put([record("a"), record("b", " More.")])
    return path


def _event(made: Record) -> Any:
    assert made.events
    return made.events[0]


LAID: list[tuple[str, dict[str, Any], Any]] = [
    # the entry, the correction, what is seen of it in the record
    ("e1", {"action": "reject"}, lambda r: (r.events, r.quantities[0].event) == ((), None)),
    ("n2", {"action": "reject"}, lambda r: _event(r).actors[0].entity is None),
    ("a1", {"action": "reject"}, lambda r: (_event(r).attribution, _event(r).claims) == (None, ())),
    ("t1", {"action": "reject"}, lambda r: r.events[0].times[0].time is None),
    ("e1", {"action": "set", "field": "realis", "value": "negated"},
     lambda r: (_event(r).realis, _event(r).factuality) == ("negated", -3.0)),
    ("e1", {"action": "set", "field": "type", "value": "COERCE"}, lambda r: _event(r).type == "COERCE"),
    ("e1", {"action": "set", "field": "background", "value": True}, lambda r: _event(r).background),
    ("e1", {"action": "set", "field": "recipients", "value": "Amber Bridge"},
     lambda r: [a.text for a in _event(r).recipients] == ["Amber Bridge"]),
    ("e1", {"action": "set", "field": "actors", "value": ["Dorn"]},
     lambda r: [(a.text, a.entity) for a in _event(r).actors] == [("Dorn", "n1")]),
    ("e1", {"action": "set", "field": "actors", "value": [{"text": "men of Kelmar", "entity": "n1"}]},
     lambda r: [(a.text, a.entity) for a in _event(r).actors] == [("men of Kelmar", "n1")]),
    ("e1", {"action": "set", "field": "attribution", "value": None}, lambda r: _event(r).attribution is None),
    ("a1", {"action": "set", "field": "source", "value": {"text": "Kelmar", "kind": "institution"}},
     lambda r: (r.attributions[0].source.entities, r.attributions[0].source.kind) == (("n2",), "institution")),
    ("t1", {"action": "set", "field": "value", "value": "2031-04"},
     lambda r: (r.times[0].start, r.times[0].end) == ("2031-04-01", "2031-04-30")),
    ("q1", {"action": "set", "field": "value", "value": 42}, lambda r: r.quantities[0].value == 42),
    (key(5), {"action": "set", "field": "modes", "value": ["aerial"]}, lambda r: _event(r).modes == ("aerial",)),
    ("", {"action": "add", "part": "events", "value": {"type": "AGREE", "anchor": "quiet", "actors": ["Dorn"]}},
     lambda r: [(e.id, e.type, e.score) for e in r.events] == [("e1", "ASSAULT", 0.9), ("e2", "AGREE", 1.0)]),
    ("", {"action": "add", "part": "entities", "value": {"text": "Amber Bridge", "kind": "place"}},
     lambda r: [e.name for e in r.entities] == ["Dorn", "Kelmar", "Amber Bridge"]),
    ("", {"action": "add", "part": "attributions", "value": {"content": "It was quiet", "source": "Dorn"}},
     lambda r: [a.source.entities for a in r.attributions] == [("n1",)] * 2),
    ("", {"action": "add", "part": "times", "value": {"spans": [[64, 66]], "value": "2031"}},
     lambda r: [t.start for t in r.times] == ["2031-05-05", "2031-01-01"]),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "told", "seen"), LAID)
def test_a_correction_is_laid_over_and_can_be_taken_back(
    path: Path, entry: str, told: dict[str, Any], seen: Any
) -> None:
    with Store(path) as store:
        before = store.record(1)
        store.connection.execute(
            "INSERT INTO reconciled SELECT report, 1, now()::TIMESTAMP FROM reports"
        )
        number = store.correct(1, entry or None, **told, **WHO)
        after = store.record(1)
        assert not seen(before)
        assert seen(after)
        assert list(breaches(after)) == []
        assert after.reader.options["corrections"] == [number]
        assert next(store.records([1], corrected=False)) == before
        assert store.table("reconciled")["report"].to_pylist() == [2]
        assert [c.holds for c in store.corrections()] == [True]
        ids = [e.id for e in after.events or ()]
        assert store.sql("SELECT id FROM events WHERE report = 1")["id"].to_pylist() == ids
        store.undo(number, author="B. Reader")
        assert store.record(1) == before
        (kept,) = store.corrections()
        assert kept.undone is not None
        assert (kept.undone_by, store.table("corrected").num_rows) == ("B. Reader", 0)


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("e9", {"action": "reject"}, "no entry 'e9'"),
    ("e1", {"action": "forget"}, "none of reject, set"),
    ("e1", {"action": "set", "field": "colour", "value": 1}, "no field 'colour': fields"),
    ("e1", {"action": "set", "field": "id", "value": "e4"}, "no field 'id'"),
    ("e1", {"action": "set", "field": "type", "value": "WAR"}, "none of AGREE"),
    ("e1", {"action": "set", "field": "type", "value": "ASSAULT"}, "already"),
    ("e1", {"action": "set", "field": "background", "value": "perhaps"}, "does not fit"),
    ("e1", {"action": "set", "field": "actors", "value": "rebels"}, "is not in the text"),
    ("e1", {"action": "set", "field": "anchor", "value": "o"}, "times in the text: give its spans"),
    ("e1", {"action": "set", "field": "anchor", "value": {"spans": [[70, 900]]}}, "are not in the text"),
    ("e1", {"action": "set", "field": "attribution", "value": "a7"}, "no entry 'a7' among attributions"),
    ("e1", {"action": "set", "field": "actors", "value": [{"text": "Dorn", "age": 3}]}, "no field age"),
    ("e1", {"action": "set", "field": "same_as", "value": "e1"}, "would not hold any more"),
    ("", {"action": "add", "part": "events", "value": {"type": "AGREE"}}, "say anchor as well"),
    ("", {"action": "add", "part": "news", "value": {}}, "is no part"),
    ("e1", {"action": "same", "other": (2, "n1")}, "e1 is of events, n1 is of entities"),
    ("t1", {"action": "same", "other": (2, "t1")}, "only entities and events"),
    ("e1", {"action": "same"}, "say the other report"),
    ("e1", {"action": "same", "other": (1, "e1")}, "one entry already"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "told", "reason"), REFUSED)
def test_a_correction_without_meaning_is_refused(
    path: Path, entry: str, told: dict[str, Any], reason: str
) -> None:
    with Store(path) as store:
        before = store.record(1)
        with pytest.raises(CorrectionError, match=reason):
            store.correct(1, entry or None, **told, **WHO)
        assert store.corrections() == []
        assert store.record(1) == before


def test_what_is_there_already_is_not_added_twice(path: Path) -> None:
    told = {"action": "add", "part": "events", "value": {"type": "AGREE", "anchor": "quiet"}}
    with Store(path) as store:
        store.correct(1, **told, **WHO)
        with pytest.raises(CorrectionError, match="is e2 already"):
            store.correct(1, **told, **WHO)


def test_who_and_where(path: Path) -> None:
    with Store(path) as store:
        with pytest.raises(UnknownReportError):
            store.correct(9, "e1", action="reject", **WHO)
        with pytest.raises(CorrectionError, match="needs an author"):
            store.correct(1, "e1", action="reject", author=" ")
        with pytest.raises(CorrectionError, match="no correction 4"):
            store.undo(4, author="B")
        number = store.correct(1, "e1", action="reject", **WHO)
        store.undo(number, author="B")
        with pytest.raises(CorrectionError, match="undone already"):
            store.undo(number, author="B")
        store.put(record("a", " Changed."))
        with pytest.raises(CorrectionError, match="report 1 has a newer version: correct 3"):
            store.correct(1, "e1", action="reject", **WHO)


def _again(made: Record, **changes: Any) -> Record:
    """``made`` as a newer reader would give it."""
    reader = structs.replace(made.reader, version="later")
    return structs.replace(made, reader=reader, **changes)


def test_corrections_hold_over_rereading(path: Path) -> None:
    made = record("a")
    event = _event(made)
    with Store(path) as store:
        store.correct(1, "e1", action="set", field="realis", value="possible", **WHO)
        store.correct(1, "n1", action="same", other=(2, "n1"), **WHO)
        run = store.put(record("c"))[0].report
        cases: list[tuple[Record, tuple[bool, bool], str | None]] = [
            # ids have moved, the keys have not
            (_again(made, events=(structs.replace(event, id="e8"),),
                    quantities=(structs.replace(made.quantities[0], event="e8"),)),
             (True, True), "e8"),
            # the key has moved, the words stand where they stood
            (_again(made, events=(structs.replace(event, key=key(77)),)), (True, True), "e1"),
            # the event is not read any more
            (_again(made, events=(), quantities=()), (False, True), None),
            # no entity is read any more: the second correction finds neither of its own
            (_again(made, entities=(), attributions=(), events=(structs.replace(
                event, actors=(), attribution=None, claims=()),),
                quantities=(structs.replace(made.quantities[0], attribution=None),)),
             (True, False), "e1"),
            (_again(made), (True, True), "e1"),
        ]  # fmt: skip
        for reading, holds, at in cases:
            store.put_batch(again=[(1, reading)], run=run)
            assert tuple(c.holds for c in store.corrections()) == holds
            realis = [(e.id, e.realis) for e in store.record(1).events or ()]
            assert realis == ([] if at is None else [(at, "possible")])
        readings = store.sql("SELECT current FROM records WHERE report = 1")["current"].to_pylist()
        assert readings == [False] * len(cases) + [True]


def test_corrections_go_over_to_a_new_version(path: Path) -> None:
    """Words have moved and keys are others: the words are found where they stand once."""
    moved = record("a", text="New. " + TEXT)
    shift = len("New. ")

    event = _event(moved)
    words = structs.replace(event.anchor, spans=((43 + shift, 50 + shift),))
    version = structs.replace(
        moved, text_sha256="0" * 64, entities=(), attributions=(), quantities=(), times=(), places=(),
        sentences=(),
        events=(structs.replace(event, key=key(99), anchor=words, actors=(), places=None,
                                times=None, attribution=None, claims=(), quantities=()),),
    )  # fmt: skip
    with Store(path) as store:
        store.correct(1, "e1", action="set", field="realis", value="possible", **WHO)
        store.correct(1, "e1", action="set", field="recipients", value="Amber Bridge", **WHO)
        store.correct(1, "n1", action="reject", **WHO)
        assert store.put(version)[0].status == "changed"
        event = _event(store.record(3))
        assert event.realis == "possible"
        assert event.recipients[0].spans == ((50 + shift, 62 + shift),)
        assert [c.holds for c in store.corrections()] == [True, True, False]


def test_the_same_across_reports(path: Path) -> None:
    with Store(path) as store:
        store.correct(1, "e1", action="same", other=(2, "e1"), **WHO)
        store.correct(2, "n1", action="different", other=(1, "n2"), **WHO)
        rows = store.table("corrected").to_pylist()
        assert sorted((r["correction"], r["report"], r["side"], r["id"]) for r in rows) == [
            (1, 1, "this", "e1"), (1, 2, "other", "e1"),
            (2, 1, "other", "n2"), (2, 2, "this", "n1"),
        ]  # fmt: skip
        assert store.record(1) == record("a")


def test_training_examples(path: Path) -> None:
    with Store(path) as store:
        store.correct(1, "e1", action="set", field="realis", value="possible", note="see", **WHO)
        store.correct(1, "e1", action="set", field="realis", value="future", **WHO)
        store.correct(1, "t1", action="reject", **WHO)
        store.correct(1, "n1", action="different", other=(2, "n2"), **WHO)
        store.undo(store.correct(1, "q1", action="reject", **WHO), author="B")
        first, second, third, fourth = store.examples()
        assert (first["before"], first["after"]) == ("actual", "possible")
        assert (second["before"], second["after"]) == ("possible", "future")
        assert (first["text"], first["note"], first["id"]) == (TEXT, "see", "a")
        assert [TEXT[s:e] for s, e in first["spans"]] == ["shelled"]
        assert (third["before"]["text"], third["after"]) == ("Monday", None)
        assert [entry["name"] for entry in fourth["before"]] == ["Dorn", "Kelmar"]
        assert fourth["after"] is False
