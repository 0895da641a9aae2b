"""The page: offsets, paragraphs, sentences, windows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.page import Page, merge
from onrecord.reading.parse import WINDOW, load_pipeline, parse
from onrecord.record.report import Report

ODD = st.lists(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from(["\r\n", "\n\n", " ", ". ", "“", "”", '"', "\u0301", "👩‍👩‍👧", "\u2028",
                         "the ", "said ", "Monday ", "Dorn ", "40 ", "'s "]),
    ),
    max_size=120,
).map("".join)  # fmt: skip
"""Texts with all that troubles offsets: marks, emoji, line ends, stray quotes, repeated words."""


def page_of(text: str) -> Page:
    return parse(Report(text=text), load_pipeline())


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("He left. She stayed.", ["He left.", "She stayed."]),
        ("A headline without a stop\n\nHe left.", ["A headline without a stop", "He left."]),
        ("First line ends here.\nSecond line.", ["First line ends here.", "Second line."]),
        ("Talks failed\r\n\r\nHe left.", ["Talks failed", "He left."]),
        (
            "The minister said on\nMonday that the port\nwould stay shut until\nthe summer.",
            ["The minister said on\nMonday that the port\nwould stay shut until\nthe summer."],
        ),
        ("   \n\n  He left.  \n ", ["He left."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    page = page_of(text)
    assert [text[s.start_char : s.end_char] for s in page.sentences] == sentences


@settings(max_examples=60, deadline=None)
@given(ODD)
def test_the_parse_keeps_every_code_point(text: str) -> None:
    page = page_of(text)
    assert page.doc.text == text
    last = 0
    for sentence in page.sentences:
        assert last <= sentence.start_char < sentence.end_char
        assert text[sentence.start_char : sentence.end_char].strip()
        last = sentence.end_char


@pytest.mark.parametrize("unit", ["He left. ", "word ", "a", "para one.\n\n"])
def test_a_long_report_is_read_whole_in_windows(unit: str) -> None:
    text = unit * (3 * WINDOW // len(unit))
    page = page_of(text)
    assert page.doc.text == text
    if unit != "a":
        assert page.sentences[-1].end_char == len(text.rstrip())


def test_looking_up_by_offset() -> None:
    text = "He met  her.\n\nThey 👩‍👩‍👧 left."
    page = page_of(text)
    for token in page.doc:
        for offset in range(token.idx, token.idx + len(token)):
            found = page.token_at(offset)
            assert found is not None
            assert found.i == token.i
    assert page.token_at(len(text) + 5) is None
    assert page.sentence_index(text.index("They")) == 1
    assert page.sentence_index(12) is None
    span = page.span(text.index("met"), text.index("her") + 1)
    assert span is not None
    assert span.text == "met  her"


def test_cover_joins_neighbours_over_white_space() -> None:
    page = page_of("He  met her there.")
    doc = page.doc
    words = [t for t in doc if not t.is_space]
    assert page.cover(words[:2]) == ((0, 7),)
    assert page.cover([words[0], words[3]]) == ((0, 2), (12, 17))
    assert page.tokens([words[3], words[0]]).text == "He there"


@pytest.mark.parametrize(
    ("spans", "merged"),
    [
        ([], ()),
        ([(3, 5), (0, 2)], ((0, 2), (3, 5))),
        ([(0, 2), (2, 4)], ((0, 4),)),
        ([(0, 9), (2, 4)], ((0, 9),)),
        ([(4, 4), (1, 2)], ((1, 2),)),
    ],
)
def test_merge(spans: list[tuple[int, int]], merged: tuple[tuple[int, int], ...]) -> None:
    assert merge(spans) == merged
