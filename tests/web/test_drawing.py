"""Differences between texts, plots and the map, as numbers."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.web.changes import MOST_WORDS, Change, changes
from onrecord.web.chart_pages import outlines
from onrecord.web.plots import HEIGHT, SPARK_HEIGHT, SPARK_WIDTH, WIDTH, figure_plot, spark


@pytest.mark.parametrize(
    ("first", "second", "kinds"),
    [
        ("a b c", "a b c", ["same"]),
        ("a b c", "a c", ["same", "cut", "same"]),
        ("a c", "a b c", ["same", "put", "same"]),
        ("a b c", "a x c", ["same", "cut", "put", "same"]),
        ("a  b\nc", "a b c", ["same"]),
        ("", "a", ["put"]),
        ("a", "", ["cut"]),
        ("", "", []),
    ],
)
def test_what_was_changed(first: str, second: str, kinds: list[str]) -> None:
    made = changes(first, second)
    assert made is not None
    assert [change.kind for change in made] == kinds
    assert "".join(c.words for c in made if c.kind != "put").split() == first.split()


def test_what_is_the_same_is_shortened() -> None:
    made = changes("w " * 100 + "end", "w " * 100 + "stop")
    assert made is not None
    assert made[0] == Change("same", made[0].words)
    assert "76 words the same" in made[0].words


def test_texts_that_are_too_long_are_not_compared() -> None:
    assert changes("w " * (MOST_WORDS + 1), "w") is None


def told(
    day: str | None, value: float | None = None, low: float | None = None, high: float | None = None
) -> dict[str, Any]:
    return {"of_day": day, "value": value, "low": low, "high": high, "text": "some"}


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [told("2031-01-01", 5)],
        [told(None, 5), told(None, 6)],
        [told("2031-01-01"), told("2031-01-02", 5)],
    ],
)
def test_too_little_for_a_plot(rows: list[dict[str, Any]]) -> None:
    assert figure_plot(rows) is None


@pytest.mark.parametrize(
    "rows",
    [
        [told("2031-01-01", 5), told("2031-02-01", 50)],
        [told("2031-01-01", 5), told("2031-01-01", 7)],
        [told("2031-01-01", 0), told("2031-01-02", 0)],
        [told("2031-01-01", -5), told("2031-01-03", None, 1, 9), told("2031-01-02", None, None, 8)],
    ],
)
def test_points_are_in_order_and_within_the_picture(rows: list[dict[str, Any]]) -> None:
    plot = figure_plot(rows)
    assert plot is not None
    assert [point.x for point in plot.points] == sorted(point.x for point in plot.points)
    for point in plot.points:
        assert 0 < point.x <= WIDTH
        assert all(0 <= y <= HEIGHT for y in (point.y, point.low, point.high) if y is not None)


def test_the_axis_begins_at_nothing() -> None:
    plot = figure_plot([told("2031-01-01", 90), told("2031-01-02", 100)])
    assert plot is not None
    assert [words for _, words in plot.values] == ["0", "50", "100"]


def test_countries_have_our_codes() -> None:
    codes = [code for code, _, _ in outlines() if code]
    assert {"USA", "RUS", "UKR", "KOS", "PRK", "COD"} <= set(codes)
    assert len(outlines()) > 170
    assert all(path.startswith("M") and path.endswith("Z") for _, _, path in outlines())


@pytest.mark.parametrize(
    ("values", "points"),
    [
        (None, 0), ([], 0), ([("2031-01-01", 5)], 0), ([("2031-01-01", 5), ("2031-01-09", 5)], 0),
        ([("2031-01-01", 5), ("2031-01-09", 6)], 2), ([("2031-01-01", 5), ("2031-01-01", 6)], 2),
        ([("2031-01-01", None), ("2031-01-02", 1), ("2031-01-09", 3), ("2031-01-09", 2)], 3),
    ],
)  # fmt: skip
def test_a_small_line_where_a_figure_changes(values: Any, points: int) -> None:
    told = None if values is None else [{"day": day, "value": value} for day, value in values]
    drawn = spark(told)
    assert len(drawn) == points
    assert all(0 < x < SPARK_WIDTH and 0 < y < SPARK_HEIGHT for x, y in drawn)
