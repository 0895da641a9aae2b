from __future__ import annotations

import pytest

from tests.sources.helpers import PROSE, one


def test_a_text_with_headline_byline_and_dateline() -> None:
    lines = ("Harbour opens after talks", "By JANE DOE and JOHN ROE")
    data = "\n\n".join((*lines, f"LONDON, May 6, 2031 (AP) — {PROSE}\n"))
    found = one(data.encode(), "a.txt")
    assert found.title == "Harbour opens after talks"
    assert found.authors == ("Jane Doe", "John Roe")
    assert (found.published, found.published_basis, found.credit) == (
        "2031-05-06",
        "dateline",
        "AP",
    )
    assert found.text.startswith("Harbour opens")


def test_hard_wrapped_lines_stay_lines() -> None:
    assert (
        one(b"The port is\nopen now,\nshe said.\n", "a.txt").text
        == "The port is\nopen now,\nshe said."
    )


MARKDOWN = """---
title: "Harbour opens"
date: 2031-05-06
author: Jane Doe and John Roe
---
# Harbour opens

The **port** is *open*, [she](https://a.example/she) said.

![A ship](ship.png)

> It is _open_. 2 * 3 * 4 = 24 and snake_case_words stay.

---
"""


def test_markdown() -> None:
    found = one(MARKDOWN.encode(), "a.md")
    assert found.title == "Harbour opens"
    assert (found.published, found.published_basis) == ("2031-05-06", "metadata")
    assert found.authors == ("Jane Doe", "John Roe")
    assert found.text == (
        "Harbour opens\n\nThe port is open, she said.\n\n"
        "It is open. 2 * 3 * 4 = 24 and snake_case_words stay."
    )


def test_markdown_is_told_by_content() -> None:
    found = one(b"# Harbour opens\n\nThe [port](https://a.example/) is open.\n", "a.txt")
    assert (found.title, found.text) == ("Harbour opens", "Harbour opens\n\nThe port is open.")


@pytest.mark.parametrize("text", ["# 1 priority is the port, she said.", "5 * 3 * 2", "a_b_c"])
def test_plain_text_is_not_taken_for_markdown(text: str) -> None:
    assert one(text.encode() + b" Yes.", "a.txt").text == text + " Yes."


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("Port talks – as it happened", "live_blog"),
        ("Port talks – live", "live_blog"),
        ("Port talks: live updates", "live_blog"),
        ("Transcript: the minister on the port", "transcript"),
        ("Press Briefing by Press Secretary Jane Doe", "transcript"),
        ("Those who live by the port", None),
    ],
)
def test_form(title: str, form: str | None) -> None:
    assert one(f'{{"text": "The port.", "title": "{title}"}}'.encode()).form == form
