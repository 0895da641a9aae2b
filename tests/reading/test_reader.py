"""The reader: parts and their order, what fails, the same bytes from one process or two."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.reading import reader as module
from onrecord.reading.contract import Parts
from onrecord.reading.errors import OptionError, ReadingError
from onrecord.reading.page import Page
from onrecord.reading.reader import MODULES, Reader, closure, load_part
from onrecord.record.codec import decode, encode
from onrecord.record.invariants import breaches
from onrecord.record.model import PARTS, Record
from onrecord.record.report import Failure, Report
from tests.reading.test_page import ODD

TEXT = (
    "President Ilse Hartmann on Monday allowed Ostrava Line to reopen the port, officials said. "
    "Karsia denied that it was preparing an attack. Police arrested nine people."
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize("name", PARTS)
def test_a_part_says_what_it_needs_and_gives(name: str) -> None:
    part = load_part(name)
    assert set(part.requires) <= set(PARTS[: PARTS.index(name)]), "only earlier parts"
    assert part.assigns[0] == name
    assert all(extra.split(".")[0] in part.requires for extra in part.assigns[1:])


def test_each_part_is_one_line() -> None:
    assert tuple(MODULES) == PARTS


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_read_with_what_it_requires(name: str, reader: Reader) -> None:
    record = Reader(parts=(name,)).read(TEXT, published="2031-05-06")
    for part in PARTS:
        entries = getattr(record, part)
        assert (entries is None) == (part not in closure((name,)))
    assert list(breaches(record)) == []


def test_an_unknown_part_is_told() -> None:
    with pytest.raises(OptionError, match="weather"):
        Reader(parts=("weather",))


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "empty"), (" \n", "empty"), ("x" * 30, "too long"), ("a \ud800 b", "surrogate")],
)
def test_what_cannot_be_read_is_told(text: str, told: str) -> None:
    reader = Reader(max_chars=20)
    with pytest.raises(ReadingError, match=told):
        reader.read(text)
    (outcome,) = reader.read_many([Report(text=text, id="x")])
    assert isinstance(outcome, Failure)
    assert told in outcome.reason


def test_one_call() -> None:
    record = onrecord.read(TEXT, published="2031-05-06", title="Port reopens")
    assert isinstance(record, Record)
    assert record.title == "Port reopens"
    assert record.published_basis == "given"
    assert record.text == TEXT


def test_a_part_that_fails_is_null_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(page: Page, parts: Parts) -> Sequence[Any]:
        raise ValueError("a fault")

    original = module.load_part

    def load(name: str) -> Any:
        part = original(name)
        if name != "times":
            return part
        return SimpleNamespace(requires=part.requires, assigns=part.assigns, read=fail)

    monkeypatch.setattr(module, "load_part", load)
    record = Reader().read(TEXT)
    told = {problem.part: problem.reason for problem in record.problems}
    assert record.times is None
    assert "a fault" in told["times"]
    assert record.quantities is None
    assert "requires times" in told["quantities"]
    assert record.attributions is not None
    assert list(breaches(record)) == []


def test_why_is_kept_only_when_asked() -> None:
    plain, why = Reader().read(TEXT), Reader(why=True).read(TEXT)
    assert b'"why":{' not in encode(plain)
    assert plain.events is not None
    assert why.events is not None
    assert len(plain.events) == len(why.events)
    assert all(event.why for event in why.events)


def _reports() -> list[Report]:
    odd = ["", TEXT, "👩‍👩‍👧 said “so” and\r\nleft.", TEXT * 5, "x" * 50, "\u0301\u0301 went."]
    return [Report(text=text, id=str(n), published="2031-05-06") for n, text in enumerate(odd * 6)]


def test_two_processes_give_the_same_in_the_same_order(reader: Reader) -> None:
    one = list(reader.read_many(_reports()))
    two = list(reader.read_many(iter(_reports()), processes=2))
    assert one == two
    assert [encode(r) for r in one if isinstance(r, Record)] == [
        encode(r) for r in two if isinstance(r, Record)
    ]


def test_reading_is_the_same_whatever_is_read_before(reader: Reader) -> None:
    fresh = encode(Reader().read(TEXT))
    for _ in reader.read_many(_reports()):
        pass
    assert encode(reader.read(TEXT)) == fresh


def test_a_stream_is_not_drawn_in_ahead() -> None:
    drawn = 0

    def source() -> Any:
        nonlocal drawn
        for report in _reports() * 40:
            drawn += 1
            yield report

    stream = Reader(parts=("times",)).read_many(source(), processes=2)
    next(stream)
    assert drawn <= 2 * 3 * 16 + 16
    stream.close()  # type: ignore[attr-defined]


@settings(max_examples=60, deadline=None)
@given(ODD, st.sampled_from([None, "2031-05-06"]))
def test_no_text_breaks_the_contract(text: str, published: str | None) -> None:
    reader = _shared_reader()
    outcome = reader.outcome(Report(text=text, published=published,
                                    published_basis="given" if published else None))  # fmt: skip
    if isinstance(outcome, Failure):
        assert "empty" in outcome.reason
        return
    assert outcome.problems == ()
    assert list(breaches(outcome)) == []
    assert decode(encode(outcome)) == outcome


_READER: list[Reader] = []


def _shared_reader() -> Reader:
    if not _READER:
        _READER.append(Reader())
    return _READER[0]


def test_a_worker_that_dies_costs_one_report(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import os, onrecord.reading.reader as reader\n"
        "check = reader.check\n"
        "def fatal(report, max_chars):\n"
        "    if report.id == 'fatal':\n"
        "        os._exit(9)\n"
        "    check(report, max_chars)\n"
        "reader.check = fatal\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    reports = [Report(text="He left.", id=name) for name in ("a", "fatal", "b")]
    outcomes = list(Reader(parts=("times",)).read_many(reports, processes=2))
    assert [isinstance(outcome, Failure) for outcome in outcomes] == [False, True, False]
    assert isinstance(outcomes[1], Failure)
    assert "died" in outcomes[1].reason
