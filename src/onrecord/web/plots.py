"""Small drawings as plain numbers; templates turn them into SVG."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 640, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 14, 16, 30


@dataclass(frozen=True)
class Point:
    """One telling: where it is drawn, its bounds, and its words."""

    x: float
    y: float | None
    low: float | None
    high: float | None
    words: str


@dataclass(frozen=True)
class Plot:
    """A figure over time: its points, and the labels of its axes. ``line`` joins the values."""

    points: tuple[Point, ...]
    line: str
    days: tuple[tuple[float, str], ...]
    values: tuple[tuple[float, str], ...]
    width: int = WIDTH
    height: int = HEIGHT


def figure_plot(told: Sequence[dict[str, Any]]) -> Plot | None:
    """The plot of the tellings of a figure, or None where fewer than two have a day and a number.

    ``told``: rows with ``of_day`` or ``day`` (ISO), ``value``, ``low``, ``high`` and ``text``.
    """
    rows = []
    for row in told:
        day = row.get("of_day") or row.get("day")
        numbers = [row[name] for name in ("value", "low", "high") if row[name] is not None]
        if day and numbers:
            rows.append((dt.date.fromisoformat(day[:10]).toordinal(), numbers, row))
    if len(rows) < 2:
        return None
    first, last = min(day for day, _, _ in rows), max(day for day, _, _ in rows)
    # Bars of a count begin at nothing: a cut axis makes a small change look like a great one.
    bottom: float = min(0.0, *(number for _, numbers, _ in rows for number in numbers))
    top: float = max(number for _, numbers, _ in rows for number in numbers)
    if top == bottom:
        top = bottom + 1

    def x(day: int) -> float:
        if first == last:
            return (_LEFT + WIDTH - _RIGHT) / 2
        return round(_LEFT + (day - first) / (last - first) * (WIDTH - _LEFT - _RIGHT), 1)

    def y(value: float | None) -> float | None:
        if value is None:
            return None
        return round(
            HEIGHT - _BOTTOM - (value - bottom) / (top - bottom) * (HEIGHT - _TOP - _BOTTOM), 1
        )

    points = tuple(
        Point(
            x(day),
            y(row["value"]),
            y(row["low"]),
            y(row["high"]),
            f"{dt.date.fromordinal(day).isoformat()}: {row['text']}",
        )
        for day, _, row in sorted(rows, key=lambda item: item[0])
    )
    line = " ".join(f"{point.x},{point.y}" for point in points if point.y is not None)
    days = tuple(
        (x(day), dt.date.fromordinal(day).isoformat()) for day in dict.fromkeys((first, last))
    )
    values = tuple(
        (y(value) or 0.0, f"{value:,.4g}" if value < 1000 else f"{value:,.0f}")
        for value in (bottom, (bottom + top) / 2, top)
    )
    return Plot(points, line, days, values)


SPARK_WIDTH, SPARK_HEIGHT = 90, 22


def spark(told: Sequence[dict[str, Any]] | None) -> list[tuple[float, float]]:
    """The points of a small line for a row of a list; none where the figure does not change.

    ``told``: rows with ``day`` (ISO) and ``value``, by day.
    """
    rows = [
        (dt.date.fromisoformat(row["day"]).toordinal(), row["value"])
        for row in told or ()
        if row["value"] is not None
    ]
    values = [value for _, value in rows]
    if len(set(values)) < 2:
        return []
    first, span = rows[0][0], max(1, rows[-1][0] - rows[0][0])
    low, height = min(values), max(values) - min(values)
    return [
        (
            round(3 + (day - first) / span * (SPARK_WIDTH - 6), 1),
            round(SPARK_HEIGHT - 3 - (value - low) / height * (SPARK_HEIGHT - 6), 1),
        )
        for day, value in rows
    ]
