"""What is told as history: invented reports of 6 May 2020, each with the anchor asked for."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from onrecord.reading import events
from onrecord.reading.contract import Parts
from onrecord.reading.parse import load_pipeline, parse
from onrecord.record.model import Time
from onrecord.record.report import Report

PUBLISHED = "2020-05-06"
CASES = [
    # its own time
    ("The army shelled the town in 2014.", "shelled", True),
    ("The army shelled the town in May 2020.", "shelled", False),
    # words that put it before the news
    ("The army has held the port since Northland invaded Eastmark.", "invaded", True),
    ("The general, who had attacked the town, was in the capital.", "attacked", True),
    ("The general had previously demanded a truce.", "demanded", True),
    ("The minister condemned an earlier attack on the town.", "attack", True),
    ("The minister condemned the attack on the town.", "attack", False),
    # an old time elsewhere in the sentence
    ("He fled the country in 2015 and was arrested at the border.", "arrested", True),
    ("Police arrested the editor, who had left the country in 2015.", "arrested", False),
    # a past that goes on
    ("He came to Northland in 2015. Police arrested him at the border.", "arrested", True),
    ("He came to Northland in 2015. Police have arrested him.", "arrested", False),
    (
        "He came to Northland in 2015. He lives in the port. Police arrested him at the border.",
        "arrested", False,
    ),
    ("He came to Northland in May 2020. Police arrested him at the border.", "arrested", False),
]  # fmt: skip


def _times(text: str) -> list[Time]:
    """The years and months of ``text``, as the part for times gives them."""
    out = []
    for number, found in enumerate(re.finditer(r"(May )?(20\d\d)", text), start=1):
        year = int(found[2])
        start, end = dt.date(year, 1, 1), dt.date(year, 12, 31)
        if found[1]:
            start, end = dt.date(year, 5, 1), dt.date(year, 5, 31)
        out.append(
            Time(
                id=f"t{number}", key=f"k{number}", spans=((found.start(), found.end()),),
                text=found[0], type="DATE", value=found[2], start=start.isoformat(),
                end=end.isoformat(), basis="explicit", score=0.9,
            )
        )  # fmt: skip
    return out


@pytest.mark.parametrize(("text", "anchor", "background"), CASES)
def test_background(text: str, anchor: str, background: bool) -> None:
    page = parse(Report(text=text, published=PUBLISHED), load_pipeline())
    found = events.read(page, Parts(times=_times(text)))
    event = next(e for e in found if e.anchor.text == anchor)
    assert event.background is background


def test_without_a_day_of_publication_no_time_is_old() -> None:
    text = "The army shelled the town in 2014."
    page = parse(Report(text=text), load_pipeline())
    assert not any(e.background for e in events.read(page, Parts(times=_times(text))))
