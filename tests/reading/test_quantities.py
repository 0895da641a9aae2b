"""Quantities: a table of cases, the project's own gold, offsets in odd text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from msgspec import structs

from onrecord.knowledge.units import money_before, unit_after, unit_of
from onrecord.reading import quantities, times
from onrecord.reading.contract import Parts
from onrecord.reading.links import link_back
from onrecord.reading.parse import load_pipeline, parse
from onrecord.reading.quantities.numerals import find_numerals, number_words
from onrecord.record.model import Event, EventScores, PlaceWords, Quantity, TimeWords, Words
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
    ("The village lies 12 km from the border.", [("12 km", 12, None, None, False, "kilometre", "village")]),
    ("A missile with a range of about 190 miles.", [("about 190 miles", 190, None, None, A, "mile", "range")]),
    ("A 57-year-old general resigned.", [("57-year-old", 57, None, None, False, "year", "general")]),
    ("Ana Ruiz, 24, was released.", [("24", 24, None, None, False, "year", "Ana Ruiz")]),
    ("He was 66.", [("66", 66, None, None, False, "year", None)]),
    ("More than 50 or so men came.", [("More than 50 or so", 50, 50, None, A, None, "men")]),
    ("Some 100 lorries waited.", [("Some 100", 100, None, None, A, None, "lorries")]),
    ("Prices rose by 5 percent.", [("5 percent", 5, None, None, False, "percent", "Prices")]),
    ("Two hundred and fifty thousand signed.", [("Two hundred and fifty thousand", 250000, None, None, False, None, None)]),
    ("A quarter of a million people fled.", [("A quarter of a million", 250000, None, None, False, None, "people")]),
    ("Several hundred men left.", [("Several hundred", None, 200, None, A, None, "men")]),
    ("It paid two and a half million euros.", [("two and a half million euros", 2500000, None, None, False, "EUR", None)]),
    ("It was -5C in the port.", [("-5C", -5, None, None, False, "degree Celsius", None)]),
    ("The 20km road is shut.", [("20km", 20, None, None, False, "kilometre", "road")]),
    ("The senate voted 52 to 48 on it.", [("52", 52, None, None, False, None, None), ("48", 48, None, None, False, None, None)]),
    ("The bill passed by votes of 230-to-197.", [("230", 230, None, None, False, None, "votes"), ("197", 197, None, None, False, None, "votes")]),
    ("He secured $2 billion in military aid.", [("$2 billion", 2e9, None, None, False, "USD", "aid")]),
    ("The number of deaths is 66.", [("66", 66, None, None, False, None, "deaths")]),
    ("They have three children, two of whom are ill.", [("three", 3, None, None, False, None, "children"), ("two", 2, None, None, False, None, "children")]),
    ("Twelve out of the 40 hostages were freed.", [("Twelve", 12, None, None, False, None, "hostages"), ("40", 40, None, None, False, None, "hostages")]),
    ("They met Anna Ruiz and Tom Lopez, 40 and 49, there.", [("40", 40, None, None, False, "year", "Anna Ruiz"), ("49", 49, None, None, False, "year", "Tom Lopez")]),
    ("Premiums were cut by 51%.", [("51%", 51, None, None, False, "percent", "Premiums")]),
    ("There were no casualties.", [("no", 0, None, None, False, None, "casualties")]),
    ("He spent half a mile of rope.", [("half a mile", 0.5, None, None, False, "mile", "rope")]),
    ("The crews moved the ship 12 miles (19 km) west of the port.", [("12 miles", 12, None, None, False, "mile", "ship"), ("19 km", 19, None, None, False, "kilometre", "ship")]),
    ("The train was travelling at 90 mph.", [("90 mph", 90, None, None, False, "mile per hour", "train")]),
    ("You can order a ticket for €16.", [("€16", 16, None, None, False, "EUR", "ticket")]),
    ("It keeps the tax from rising to 55%.", [("55%", 55, None, None, False, "percent", "tax")]),
    ("It has 60 boys from 9 camps, including 12 from the north.", [("60", 60, None, None, False, None, "boys"), ("9", 9, None, None, False, None, "camps"), ("12", 12, None, None, False, None, "boys")]),
    ("Nine of us left.", [("Nine", 9, None, None, False, None, "us")]),
    ("It lay under six metres (20 feet) of sand.", [("under six metres", 6, None, 6, False, "metre", "sand"), ("20 feet", 20, None, None, False, "foot", "sand")]),
    ("He must pay restitution to the state in the amount of $6 million.", [("$6 million", 6e6, None, None, False, "USD", "restitution")]),
    ("The states had ownership rates above 50%.", [("above 50%", 50, 50, None, False, "percent", "rates")]),
    ("The 6,100 internally displaced are fed.", [("6,100", 6100, None, None, False, None, "displaced")]),
    # what is no quantity
    ("The team came on Monday. 2. The visit was short. 3. It ended.", []),
    ("Call 0330 555 0142 for details.", []),
    ("It agreed a two-state solution.", []),
    ("A third man was named.", []),
    ("It passed H.R. 1234 and S. 510.", []),
    ("Ask Rep. Ruiz (TX-23) or Rep. Lopez (D-N.J.-01).", []),
    ("It was the twenty-sixth dynasty.", []),
    ("There are no plans.", []),
    ("He chose between the two.", []),
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


def test_a_figure_takes_time_and_place_of_its_event() -> None:
    """A figure takes the time and place of its event, where that has one of each."""
    (quantity,) = read("Nine people were killed in Bamako on Friday.")
    event = Event(
        id="e1", key="k", type="ASSAULT", main=True, anchor=Words(spans=((17, 23),), text="killed"),
        places=(PlaceWords(spans=((27, 33),), text="Bamako", place="p1"),),
        times=(TimeWords(spans=((37, 43),), text="Friday", time="t1"),), realis="actual",
        background=False, factuality=3.0, quantities=("q1",), score=0.9,
        scores=EventScores(type=0.9, roles=0.9, realis=0.9),
    )  # fmt: skip
    parts = Parts()
    parts.quantities, parts.events = [quantity], [event]
    link_back(parts)
    (linked,) = parts.quantities
    assert (linked.event, linked.time, linked.place) == ("e1", "t1", "p1")
    two = structs.replace(event, times=(*(event.times or ()), TimeWords(spans=((0, 4),), text="Nine", time="t2")))  # fmt: skip
    parts.quantities, parts.events = [quantity], [two]
    link_back(parts)
    assert (parts.quantities[0].time, parts.quantities[0].place) == (None, "p1")


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


@pytest.fixture(scope="session")
def corpora(shared: Path) -> dict[tuple[str, str], str]:
    """The texts that the gold passages were taken from."""
    rows = [json.loads(line) for path in GOLD.glob("*.jsonl") for line in path.open("rb")]
    wanted = {(row["corpus"], row["id"]) for row in rows}
    texts: dict[tuple[str, str], str] = {}
    for corpus in sorted({name for name, _ in wanted}):
        for line in (shared / "corpora" / corpus / "docs.jsonl").open(encoding="utf-8"):
            doc = json.loads(line)
            if (corpus, doc["id"]) in wanted:
                texts[corpus, doc["id"]] = doc["text"]
    return texts


def _overlaps(quantity: Quantity, spans: list[list[int]], start: int) -> bool:
    return any(a < e - start and s - start < b for a, b in quantity.spans for s, e in spans)


def _numbers(gold: dict[str, Any], quantity: Quantity) -> bool:
    """Whether the figures are right; a vague plural may be read from one to three times its word."""
    if gold.get("vague"):
        return quantity.low is not None and gold["low"] / 2 <= quantity.low <= gold["low"] * 1.5
    if gold.get("bounds_free"):
        return gold["value"] in {quantity.value, quantity.low, quantity.high}
    wanted = (gold["value"], gold["low"], gold["high"])
    made = (quantity.value, quantity.low, quantity.high)
    return all(
        w is None if m is None else w is not None and abs(m - w) <= 0.005 * abs(w) + 1e-9
        for w, m in zip(wanted, made, strict=True)
    ) and quantity.unit in {gold["unit"], *gold.get("unit_also", ())}


@pytest.mark.parametrize(
    ("name", "found_floor", "right_floor", "of_floor"),
    [
        ("work", 0.96, 0.95, 0.92),
        ("unseen", 0.97, 0.96, 0.90),
        ("fresh", 0.97, 0.96, 0.86),
        ("second", 0.97, 0.96, 0.87),
        ("third", 0.96, 0.96, 0.93),
    ],
)
def test_own_gold(
    corpora: dict[tuple[str, str], str],
    name: str,
    found_floor: float,
    right_floor: float,
    of_floor: float,
) -> None:
    """Spans, figures and the counted noun on the project's own labels, with pinned floors."""
    found = right = wanted = made_in_all = named = named_right = 0
    for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        start, end = row["span"]
        made = read(corpora[row["corpus"], row["id"]][start:end])
        labels = row["quantities"]
        free = [q for q in labels if q.get("optional")]
        made_in_all += sum(
            not any(_overlaps(q, gold["spans"], start) for gold in free) for q in made
        )
        for gold in labels:
            if gold.get("optional"):
                continue
            wanted += 1
            hits = [q for q in made if _overlaps(q, gold["spans"], start)]
            found += bool(hits)
            right += any(_numbers(gold, q) for q in hits)
            if hits and gold["of"] is not None:
                named += 1
                heads = [gold["of"], *gold.get("of_also", ())]
                named_right += any(_of_overlaps(hits[0], head["spans"], start) for head in heads)
    assert 2 * found / (wanted + made_in_all) >= found_floor
    assert 2 * right / (wanted + made_in_all) >= right_floor
    assert named_right / named >= of_floor


def _of_overlaps(quantity: Quantity, spans: list[list[int]], start: int) -> bool:
    return quantity.of is not None and any(
        a < e - start and s - start < b for a, b in quantity.of.spans for s, e in spans
    )
