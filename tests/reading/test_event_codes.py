"""Codes of those who take part: whose they are, where they stand, what the report is about."""

from __future__ import annotations

import pytest

from onrecord.reading.reader import Reader
from onrecord.record.model import Event

CASES: list[tuple[str, str, tuple[str, ...], str]] = [
    # text, the words that take part, their codes, the rule
    (
        "Norway launched attacks on French operations.",
        "French operations", ("FRA",), "whose",
    ),
    ("The envoys rejected Kirkuk council on Monday.", "Kirkuk council", ("IRQ",), "whose"),
    ("Delhi Police arrested the editor.", "Delhi Police", ("IND",), "whose"),
    ("Norwegian troops seized Mosul on Friday.", "Mosul", ("IRQ",), "place"),
    ("Assad regime rejected the offer.", "Assad regime", ("SYR",), "surname"),
    (
        "The charity provided food to many people in northeast Nigeria.",
        "many people", ("NGA",), "where they are",
    ),
    (
        "The Senate in Oslo demanded an answer from the Supreme Court.",
        "the Supreme Court", ("NOR",), "home",
    ),
]  # fmt: skip

NO_CODE: list[tuple[str, str]] = [
    ("Norway condemned rivals of the plan.", "rivals of the plan"),
    ("Assad regime rejected the offer.", "the offer"),
    ("The mediators met the general.", "the general"),
    # two countries, neither of which is what the report is about
    ("Norway and Chile urged the court to wait.", "the court"),
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(parts=("events",), why=True)


def told(reader: Reader, text: str) -> list[Event]:
    found = reader.read(text).events
    assert found
    return list(found)


@pytest.mark.parametrize(("text", "words", "codes", "rule"), CASES)
def test_the_words_give_the_codes(
    reader: Reader, text: str, words: str, codes: tuple[str, ...], rule: str
) -> None:
    found = told(reader, text)
    sides = {a.text: (a, e) for e in found for a in (*e.actors, *e.recipients)}
    side, event = sides[words]
    assert side.codes == codes
    assert isinstance(event.why, dict)
    assert [words, rule] in event.why["codes"]


@pytest.mark.parametrize(("text", "words"), NO_CODE)
def test_what_no_rule_codes_has_none(reader: Reader, text: str, words: str) -> None:
    sides = {a.text: a for e in told(reader, text) for a in (*e.actors, *e.recipients)}
    assert sides[words].codes == ()
