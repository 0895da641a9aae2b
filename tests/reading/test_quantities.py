"""Quantities: a table of cases, the project's own gold, offsets in odd text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from onrecord.knowledge.units import money_before, unit_after, unit_of
from onrecord.reading import quantities, times
from onrecord.reading.contract import Parts
from onrecord.reading.parse import load_pipeline, parse
from onrecord.reading.quantities.numerals import find_numerals, number_words
from onrecord.record.model import Quantity
from onrecord.record.report import Report
from tests.reading.test_page import ODD

GOLD = Path(__file__).resolve().parents[1] / "gold" / "quantities"


def read(text: str) -> list[Quantity]:
    page = parse(Report(text=text, published="2031-05-06"), load_pipeline())
    parts = Parts()
    parts.times = times.read(page, parts)
    return list(quantities.read(page, parts))


A = True
CASES: list[tuple[str, list[tuple[str, Any, Any, Any, bool, str | None, str | None]]]] = [
    # text, [(words, value, low, high, approximate, unit, of)]
    ("The town lost more than 1,200 jobs.", [("more than 1,200", 1200, 1200, None, False, None, "jobs")]),
    ("At least nine people died.", [("At least nine", 9, 9, None, False, None, "people")]),
    ("Up to 40 ships may enter.", [("Up to 40", 40, None, 40, False, None, "ships")]),
    ("Fewer than a dozen came.", [("Fewer than a dozen", 12, None, 12, False, None, None)]),
    ("Between 300 and 500 soldiers left.", [("Between 300 and 500", None, 300, 500, False, None, "soldiers")]),
    ("It sank 5 to 6 million tonnes of grain.", [("5 to 6 million tonnes", None, 5e6, 6e6, False, "tonne", "grain")]),
    ("An estimated 50,000 troops gathered.", [("An estimated 50,000", 50000, None, None, A, None, "troops")]),
    ("They paid €3.5 million.", [("€3.5 million", 3500000, None, None, False, "EUR", None)]),
    ("It cost US$12bn.", [("US$12bn", 12e9, None, None, False, "USD", None)]),
    ("Roughly 40 per cent of voters stayed home.", [("Roughly 40 per cent", 40, None, None, A, "percent", "voters")]),
    ("Nearly half of its seats changed hands.", [("Nearly half", 0.5, None, None, A, None, "seats")]),
    ("Two-thirds of the farmers left.", [("Two-thirds", 0.66667, None, None, False, None, "farmers")]),
    ("One in five children is hungry.", [("One in five", 0.2, None, None, False, None, "children")]),
    ("Dozens were hurt.", [("Dozens", None, 24, None, A, None, None)]),
    ("Hundreds of thousands of people marched.", [("Hundreds of thousands", None, 200000, None, A, None, "people")]),
    ("Half a million voters waited.", [("Half a million", 500000, None, None, False, None, "voters")]),
    ("Twenty-five men and two women were held.", [("Twenty-five", 25, None, None, False, None, "men"), ("two", 2, None, None, False, None, "women")]),
    ("The village lies 12 km from the border.", [("12 km", 12, None, None, False, "kilometre", None)]),
    ("A missile with a range of about 190 miles.", [("about 190 miles", 190, None, None, A, "mile", "range")]),
    ("A 57-year-old general resigned.", [("57-year-old", 57, None, None, False, "year", "general")]),
    ("Ana Ruiz, 24, was released.", [("24", 24, None, None, False, "year", "Ana Ruiz")]),
    ("He was 66.", [("66", 66, None, None, False, "year", None)]),
    ("More than 50 or so men came.", [("More than 50 or so", 50, 50, None, A, None, "men")]),
    ("Some 100 lorries waited.", [("Some 100", 100, None, None, A, None, "lorries")]),
    ("Prices rose by 5 percent.", [("5 percent", 5, None, None, False, "percent", "Prices")]),
    ("Two hundred and fifty thousand signed.", [("Two hundred and fifty thousand", 250000, None, None, False, None, None)]),
    # what is no quantity
    ("The law passed in 2019.", []),
    ("It fired two rockets on 4 May 2024.", [("two", 2, None, None, False, None, "rockets")]),
    ("They bought a Boeing 737 for the route.", []),
    ("Two T-72 tanks burned on Route 9.", [("Two", 2, None, None, False, None, "tanks")]),
    ("The team won 3-1 on Sunday.", []),
    ("One of the men left.", []),
    ("No one was hurt.", []),
    ("It was the third time.", []),
    ("The 9/11 attacks changed it.", []),
    ("COVID-19 spread.", []),
    ("Call 555-0142 for details.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_cases(text: str, expected: list[tuple[Any, ...]]) -> None:
    found = [
        (q.text, q.value, q.low, q.high, q.approximate, q.unit, q.of.text if q.of else None)
        for q in read(text)
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nine people were killed.", "killed"),
        ("The blast killed 12 soldiers.", "killed"),
        ("At least 30 villagers died.", "killed"),
        ("Three protesters were wounded.", "wounded"),
        ("Police arrested nine men.", "detained"),
        ("The flood displaced 4,000 families.", "displaced"),
        ("Two sailors are missing.", "missing"),
        ("Nine soldiers killed a man.", None),
        ("The court heard 12 witnesses.", None),
    ],
)
def test_what_became_of_them(text: str, name: str | None) -> None:
    assert read(text)[0].property == name


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("Exports rose by 5 percent.", True),
        ("Exports rose to 5 percent.", False),
        ("A 5 percent cut was agreed.", True),
        ("The tax is 5 percent.", False),
    ],
)
def test_change_or_level(text: str, change: bool) -> None:
    assert read(text)[0].change is change


def test_si_and_rates() -> None:
    (distance,) = read("The range is 190 miles.")
    assert distance.si is not None
    assert (distance.si.value, distance.si.unit) == (305775.0, "m")
    (rate,) = read("The port takes up to 40 ships a month.")
    assert rate.per == "month"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two hundred and fifty thousand", 250000),
        ("a hundred", 100),
        ("twenty-one", 21),
        ("three million two hundred thousand", 3200000),
        ("two dozen", 24),
        ("twenty two hundred", 2200),
        ("five six", None),
    ],
)
def test_number_words(text: str, value: int | None) -> None:
    assert number_words(text) == value


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,200.5 and 3", [1200.5, 3]),
        ("1\u00a0000 men", [1000]),
        ("2½ tonnes", [2.5]),
        ("5m and 3.2bn", [5000000, 3200000000]),
        ("the third quarter of the year", []),
        ("1990s", []),
        ("a quarter of them", [0.25]),
    ],
)
def test_numerals(text: str, values: list[float]) -> None:
    assert [numeral.value for numeral in find_numerals(text)] == values


def test_units() -> None:
    assert unit_of("km") is unit_of("kilometres")
    assert unit_of("KM") is None
    found = unit_after("5 square miles of", 1)
    assert found is not None
    assert found[1].name == "square mile"
    assert unit_after("5 in the", 1) is None
    money = money_before("paid A$", 7)
    assert money is not None
    assert money[1].name == "AUD"
    assert money_before("won ", 4) is None


@settings(max_examples=40, deadline=None)
@given(ODD)
def test_spans_are_exact(text: str) -> None:
    for quantity in read(text):
        ((start, end),) = quantity.spans
        assert text[start:end] == quantity.text == quantity.text.strip()
        if quantity.of is not None:
            assert quantity.of.text == " ".join(text[s:e] for s, e in quantity.of.spans)


def test_own_gold(shared: Path) -> None:
    """Spans and values on the project's own labelled passages; bench scorer, in process."""
    texts: dict[tuple[str, str], str] = {}
    for corpus in (shared / "corpora").iterdir():
        for line in (corpus / "docs.jsonl").open(encoding="utf-8"):
            doc = json.loads(line)
            texts[corpus.name, doc["id"]] = doc["text"]
    found = right = wanted = 0
    for line in (GOLD / "work.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        start, end = row["span"]
        made = read(texts[row["corpus"], row["id"]][start:end])
        for gold in row["quantities"]:
            if gold.get("optional"):
                continue
            wanted += 1
            s, e = (offset - start for offset in gold["spans"][0])
            hits = [q for q in made if q.spans[0][0] < e and s < q.spans[0][1]]
            found += bool(hits)
            right += any((q.value, q.unit) == (gold["value"], gold["unit"]) for q in hits)
    assert found / wanted >= 0.95
    assert right / wanted >= 0.93
