"""Times: a table of cases, what is no time, and what must hold for any text."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.contract import Parts
from onrecord.reading.parse import load_pipeline, parse
from onrecord.reading.times import read
from onrecord.reading.times.calendar import Cal, of_day, shift_day
from onrecord.reading.times.holidays import easter, holiday
from onrecord.record.labels import LABELS
from onrecord.record.model import Time, Zone
from onrecord.record.report import Report

_TABLE = Path(__file__).with_name("test_times_table.tsv").read_text(encoding="utf-8")
CASES = [line.split("\t") for line in _TABLE.splitlines()[1:]]
"""Invented sentences with their expressions in brackets; the other columns are the last one's."""
PUBLISHED = "2031-05-07"  # a Wednesday


def times(text: str, published: str | None = PUBLISHED, zones: tuple[Zone, ...] = ()) -> list[Time]:
    page = parse(Report(text=text, published=published, zones=zones), load_pipeline())
    return list(read(page, Parts()))


def brief(entries: list[Time]) -> list[tuple[str, str | None]]:
    return [(entry.text, entry.value) for entry in entries]


@pytest.mark.parametrize("row", CASES, ids=[f"{row[0]} {row[1]}" for row in CASES])
def test_cases(row: list[str]) -> None:
    sentence = row[0]
    published, type_, value, start, end, basis = (cell or None for cell in row[1:])
    found = times(re.sub(r"[\[\]]", "", sentence), published)
    assert [entry.text for entry in found] == re.findall(r"\[(.*?)\]", sentence)
    last = found[-1]
    assert (last.type, last.value, last.start, last.end, last.basis) == (
        type_, value, start, end, basis,
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May may march on without her party.",
        "Mrs May spoke to reporters in Downing Street.",
        "Protesters march through the capital.",
        "May God help them.",
        "The Times and The Sunday Times printed the letter.",
        "Flight 1549 landed on Route 66.",
        "Boeing 737 and F-16 jets flew over Highway 2000.",
        "About 2000 people and 1500 soldiers came.",
        "The second man came in third.",
        "Scores on the second floor were hurt.",
        "She is 24 years old.",
        "A 17-year-old boy was hurt.",
        "The bill passed 51-49 in the Senate.",
        "He earned $1998 and £2,000.",
        "The spring of the watch broke and the fall of Kabul followed.",
        "They will spring the trap.",
        "Super Tuesday decided it.",
        "Watch This Week on ABC.",
        "It was his first year in office.",
        "G20 leaders met.",
        "COVID-19 killed them.",
        "He is in his sixties and she in her 30s.",
        "They hired 1990 people for the model 2030X.",
        "He was freed soon after the raid.",
    ],
)
def test_no_times(text: str) -> None:
    assert brief(times(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels took the town last\r\nweek, he said.", [("last\r\nweek", "2031-W18")]),
        (
            "Rebels held the\ntown from then, they\nsaid, until March\n3, 2029, and left.",
            [("March\n3, 2029", "2029-03-03")],
        ),
        ("🚀🚀 It fell on Tuesday 👩🏽‍⚖️.", [("Tuesday", "2031-05-06")]),
        ("Cafe\u0301 talks began two\u00a0years\u00a0ago.", [("two\u00a0years\u00a0ago", "2029")]),
        ("He said “last week” and ‘last week’.", [("last week", "2031-W18")] * 2),
        ("It opened on New Year’s Eve.", [("New Year’s Eve", "2030-12-31")]),
        ("Class of ’98 met.", [("’98", "1998")]),
        ("The war of 1996–99 ended.", [("1996", "1996"), ("99", "1999")]),
        ("", []),
        ("\n \r\n", []),
    ],
)
def test_odd_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert brief(times(text)) == expected


@pytest.mark.parametrize(
    ("text", "value", "mod"),
    [
        ("It lasted nearly two years.", "P2Y", "LESS_THAN"),
        ("It lasted more than two years.", "P2Y", "MORE_THAN"),
        ("It lasted about two years.", "P2Y", "APPROX"),
        ("It lasted at most two years.", "P2Y", "EQUAL_OR_LESS"),
        ("It lasted no less than two years.", "P2Y", "EQUAL_OR_MORE"),
        ("It lasted for over two years.", "P2Y", "MORE_THAN"),
        ("It was built over two years.", "P2Y", None),
        ("It ended in late 2029.", "2029", "END"),
        ("It ended in mid-2029.", "2029", "MID"),
        ("It ended around Nov. 6, 2029.", "2029-11-06", "APPROX"),
    ],
)
def test_modifiers(text: str, value: str, mod: str | None) -> None:
    (entry,) = times(text)
    assert (entry.value, entry.mod) == (value, mod)


def test_sets_say_how_often() -> None:
    (entry,) = times("The committee meets twice a week.")
    assert (entry.type, entry.value, entry.freq) == ("SET", "P1W", "2X")
    (entry,) = times("It is fed every two hours.")
    assert (entry.type, entry.value, entry.quant) == ("SET", "PT2H", "EVERY")


def test_without_a_date_nothing_leans_on_publication() -> None:
    text = "They met last week, on Tuesday, two years ago, in May, this morning and at Easter."
    for entry in times(text, None):
        assert entry.basis is None
        assert entry.start is None
        assert entry.end is None
        assert entry.value is None or entry.value.startswith("XXXX"), entry


def test_an_anchor_is_the_id_of_an_earlier_expression() -> None:
    first, second = times("The siege began on April 6, 1994. The town fell three days later.")
    assert (second.value, second.basis, second.anchor) == ("1994-04-09", "anchor", first.id)


def test_a_history_moves_on() -> None:
    text = (
        "The war began on 3 March 1942. On 9 April 1942 the port was lost, and on 2 May 1942 the "
        "capital. In August the army fell back. On 5 November 1942 it stood at the river, "
        "on 8 December 1942 beyond it. In January it was beaten. It signed on 1 February 1943."
    )
    values = dict(brief(times(text)))
    assert values["August"] == "1942-08"
    assert values["January"] == "1943-01"


def test_datelines_are_read_and_other_zones_are_not() -> None:
    text = "KYIV, May 6 -- He spoke on Monday.\nUpdated May 5"
    zones = (
        Zone(kind="dateline", spans=((0, 14),)),
        Zone(kind="furniture", spans=((35, 48),)),
    )
    assert brief(times(text, zones=zones)) == [("May 6", "2031-05-06"), ("Monday", "2031-05-05")]


def test_ids_follow_the_text_and_keys_differ() -> None:
    found = times("He left on Monday, on Tuesday and on Tuesday again, two days later.")
    assert [entry.id for entry in found] == [f"t{n}" for n in range(1, len(found) + 1)]
    assert len({entry.key for entry in found}) == len(found)


# -- invariants of any text ----------------------------------------------------------------

PIECES = st.sampled_from(
    [case[0].replace("[", "").replace("]", "") for case in CASES]
    + ["99999999999999999999 years ago", "in 0000", "February 30, 2029", "the 31st of June",
       "1/1", "12-12-12", "the 9999th century", "since", "until", "Q", "’", "''99", "٣ March",
       "5000 years later", "ten thousand years ago", "half", "a.m.", "25:61", "24:00 on Friday",
       "10,000 B.C.", "the year 9999", "two thousand million weeks from now"]
)  # fmt: skip
NOISE = st.text(
    alphabet=st.one_of(
        st.sampled_from(list("19.,:-–'’()/ \r\n\t\u0301\u200b😀")), st.characters(codec="utf-8")
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.one_of(PIECES, NOISE), max_size=6),
    st.sampled_from([None, "0001-01-01", "2031-05-07", "9999-12-31"]),
)
def test_spans_are_exact_and_fields_sound(pieces: list[str], published: str | None) -> None:
    text = " ".join(pieces)
    found = times(text, published)
    last = 0
    for entry in found:
        ((start, end),) = entry.spans
        assert text[start:end] == entry.text == entry.text.strip()
        assert start >= last
        last = end
        assert entry.type in LABELS["time_type"]
        assert entry.basis is None or entry.basis in LABELS["time_basis"]
        assert (entry.anchor is not None) == (entry.basis == "anchor")
        assert entry.anchor is None or int(entry.anchor[1:]) < int(entry.id[1:])
        assert 0 <= entry.score <= 1
        for side in (entry.start, entry.end):
            assert side is None or dt.datetime.fromisoformat(side)
        if entry.start and entry.end:
            assert entry.start <= entry.end
    assert found == times(text, published)


# -- the calendar --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cal", "value", "span"),
    [
        (Cal(year=2024, month=2), "2024-02", ("2024-02-01", "2024-02-29")),
        (Cal(year=2026, week=53), "2026-W53", ("2026-12-28", "2027-01-03")),
        (Cal(year=2026, week=53, weekend=True), "2026-W53-WE", ("2027-01-02", "2027-01-03")),
        (Cal(year=2024, season="WI"), "2024-WI", ("2023-12-01", "2024-02-29")),
        (Cal(year=2024, quarter=4), "2024-Q4", ("2024-10-01", "2024-12-31")),
        (Cal(year=2024, half=2), "2024-H2", ("2024-07-01", "2024-12-31")),
        (Cal(decade=198), "198", ("1980-01-01", "1989-12-31")),
        (Cal(century=19), "19", ("1900-01-01", "1999-12-31")),
        (Cal(year=2024, month=2, day=30), "2024-02-30", None),
        (Cal(month=10, day=31), "XXXX-10-31", None),
        (Cal(year=480, bc=True), "BC0480", None),
        (Cal(weekday=2), "XXXX-WXX-2", None),
    ],
)
def test_values_and_spans(cal: Cal, value: str, span: tuple[str, str] | None) -> None:
    assert (cal.value(), cal.span()) == (value, span)


@given(st.dates(), st.integers(-3000, 3000), st.sampled_from(["D", "W", "M", "Q", "Y"]))
def test_plus_and_back(day: dt.date, amount: int, unit: str) -> None:
    cal = of_day(day, unit)
    moved = cal.plus(amount, unit)
    if moved is not None and moved.days() is not None:
        assert moved.plus(-amount, unit) == cal
        assert moved.grain == cal.grain


@given(st.dates(), st.integers(-100, 100), st.sampled_from(["D", "W", "M", "Y", "E", "C"]))
def test_shifted_days_keep_their_order(day: dt.date, amount: int, unit: str) -> None:
    moved = shift_day(day, amount, unit)
    assert moved is None or (moved >= day if amount >= 0 else moved <= day)


@pytest.mark.parametrize(
    ("year", "day"),
    [(1961, "04-02"), (1998, "04-12"), (2000, "04-23"), (2024, "03-31"), (2038, "04-25")],
)
def test_easter(year: int, day: str) -> None:
    assert easter(year).isoformat() == f"{year}-{day}"


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Thanksgiving", "2024-11-28"),
        ("Election Day", "2024-11-05"),
        ("Memorial Day", "2024-05-27"),
        ("Labor Day", "2024-09-02"),
        ("Good Friday", "2024-03-29"),
        ("Ash Wednesday", "2024-02-14"),
        ("Christmas", "2024-12-25"),
    ],
)
def test_holidays(name: str, day: str) -> None:
    found = holiday(name, 2024)
    assert found is not None
    assert found.isoformat() == day


def test_the_transfer_report(shared: Path) -> None:
    text = (shared / "reports" / "atacms-2024-11-17.txt").read_bytes().decode("utf-8")
    values = brief(times(text, "2024-11-17"))
    assert ("May", "2024-05") in values
    assert ("August", "2024-08") in values
    assert ("February 2022", "2022-02") in values
    assert not [value for word, value in values if word.isdigit() and len(word) < 4]


def test_train_floor(shared: Path) -> None:
    """Every 25th text of the train set: a floor for values, well below what was measured."""
    folder = shared / "bench" / "time" / "train"
    docs = [json.loads(line) for line in (folder / "docs.jsonl").open(encoding="utf-8")][::25]
    golds = map(json.loads, (folder / "gold.jsonl").open(encoding="utf-8"))
    gold = {doc["id"]: doc["times"] for doc in golds}
    right = total = found = 0
    for doc in docs:
        entries = {entry.spans[0]: entry.value for entry in times(doc["text"], doc["published"])}
        found += len(entries)
        for item in gold[doc["id"]]:
            total += 1
            right += entries.get((item["spans"][0][0], item["spans"][-1][1])) == item["value"]
    assert 2 * right / (total + found) > 0.65
