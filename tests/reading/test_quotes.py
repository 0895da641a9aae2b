"""Pairing of quotation marks, on invented sentences with every slip that reports make."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.parse import paragraphs_of
from onrecord.reading.quotes import Quote, find_quotes


def pair(text: str) -> list[str]:
    return [
        " | ".join(text[s:e] for s, e in quote.spans) + ("" if quote.closed else " (open)")
        for quote in quotes(text)
    ]


def quotes(text: str) -> tuple[Quote, ...]:
    return find_quotes(text, tuple(paragraphs_of(text, ())))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Nothing is quoted here.", []),
        ('"We agree," she said.', ['"We agree,"']),
        ("“We agree,” she said. “Now go.”", ["“We agree,”", "“Now go.”"]),
        ("''We agree,'' she said.", ["''We agree,''"]),
        ("``We agree,'' she said.", ["``We agree,''"]),
        ("«We agree», she said.", ["«We agree»"]),
        ("‘We agree,’ she said.", ["‘We agree,’"]),
        ("The ministers’ plan isn’t ready.", []),
        ("It's the '90s, and rock 'n' roll isn't dead.", []),
        ("He is 6'2\" tall and calm.", []),
        (
            "“She told me ‘not now’ and left,” he said.",
            ["“She told me ‘not now’ and left,”", "‘not now’"],
        ),
        (
            "“The first part.\n\n“The second part,” he said.",
            ["“The first part. | “The second part,”"],
        ),
        ("“It never ends, he said.\n\nThe next one.", ["“It never ends, he said. (open)"]),
        (
            "He warned: “It is near. “It is here,” he said.",
            ["“It is near. (open)", "“It is here,”"],
        ),
        ("A stray” mark, and “one that is good” here.", ["“one that is good”"]),
    ],
)
def test_pairs(text: str, expected: list[str]) -> None:
    assert pair(text) == expected


def test_depth() -> None:
    found = quotes("“She told me ‘not now’ and left,” he said.")
    assert [quote.outer for quote in found] == [0, 1]


@given(st.text(alphabet="ab .,\n\r“”\"'‘’«»`é\u0301😀", max_size=80))
def test_never_raises_and_stays_in_the_text(text: str) -> None:
    for quote in quotes(text):
        edges = [offset for span in quote.spans for offset in span]
        assert edges == sorted(edges)
        assert 0 <= edges[0] < edges[-1] <= len(text)
        assert all(not text[s].isspace() and not text[e - 1].isspace() for s, e in quote.spans)
