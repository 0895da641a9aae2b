"""What makes two reports one: where they appeared, and what they said."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from onrecord.record.report import Report
from onrecord.store.identity import appearance, content
from tests.store.helpers import record

BASE: dict[str, Any] = {"text": "Dorn left.", "source": "The Courier"}

SAME: list[tuple[dict[str, Any], dict[str, Any], bool]] = [
    # one report, another, whether they appeared at the same place
    ({"url": "https://a.org/x"}, {"url": "https://a.org/x", "text": "other"}, True),
    ({"url": "https://a.org/x"}, {"url": "HTTPS://A.org/x"}, True),
    ({"url": "https://a.org/x"}, {"url": "https://a.org/X"}, False),
    ({"url": "https://a.org/x"}, {"url": "https://a.org/x", "id": "7", "file": "f"}, True),
    ({"id": "7"}, {"id": "7", "text": "other", "file": "moved.jsonl"}, True),
    ({"id": "7"}, {"id": "8"}, False),
    ({"id": "7"}, {"id": "7", "source": "The Herald"}, False),
    ({"id": "7", "source": None, "file": "a"}, {"id": "7", "source": None, "file": "b"}, False),
    ({"file": "a.txt"}, {"file": "./a.txt", "text": "other"}, True),
    ({"file": "a.txt"}, {"file": "b.txt"}, False),
    ({"file": "-"}, {"file": "-"}, True),
    ({"file": "-"}, {"file": "-", "text": "other"}, False),
    ({}, {"text": "other"}, False),
]


@pytest.mark.parametrize(("one", "other", "same"), SAME)
def test_appearances(one: dict[str, Any], other: dict[str, Any], same: bool) -> None:
    first, second = Report(**{**BASE, **one}), Report(**{**BASE, **other})
    assert (appearance(first) == appearance(second)) is same


def test_reports_without_ids_in_one_file_are_told_apart_by_their_text() -> None:
    first, second = Report(text="One.", file="a.jsonl"), Report(text="Two.", file="a.jsonl")
    assert appearance(first, alone=False) != appearance(second, alone=False)
    assert appearance(first) == appearance(second)


def test_a_record_appeared_where_its_report_did() -> None:
    for given in ("7", None):
        report = Report(id=given, source="The Courier", text="Dorn left.", file="a.txt")
        made = record(
            report.identity, text=report.text, text_sha256=report.text_sha256, file="a.txt"
        )
        assert appearance(made) == appearance(report)


@pytest.mark.parametrize("change", [
    {"text": "Dorn stayed."}, {"title": "News"}, {"published": "2031-05-06"}, {"source": "B"},
])  # fmt: skip
def test_content_changes_with_what_is_said(change: dict[str, Any]) -> None:
    report = Report(**BASE)
    assert content(structs.replace(report, **change)) != content(report)
    assert content(structs.replace(report, id="9", url="u")) == content(report)
