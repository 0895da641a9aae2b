"""What an expression means before it is known when the report was written.

The grammar gives one of these for each expression; ``resolve.py`` makes TIMEX3 values of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.reading.times.calendar import Cal


@dataclass(frozen=True)
class Point:
    """A named point: a date, a month, a weekday, a holiday, a quarter, a clock time.

    ``of`` is the larger time that it is said to lie in ("July *last year*"). ``step`` is "last",
    "next", "this" or "that" before the name. ``seen`` is a coarser unit that is meant: "the week of
    March 6".
    """

    cal: Cal
    holiday: str | None = None
    step: str | None = None
    of: Point | Step | Shift | None = None
    mod: str | None = None
    seen: str | None = None


@dataclass(frozen=True)
class Step:
    """The current unit or a neighbour of it: this week, last year, the following day, that month.

    ``base`` is "now" (the day of publication), "ref" (the time told of last), "either" (now in
    news, the time told of in a narrative), "latest" or "period" (the quarter reported on).
    """

    unit: str
    offset: int
    base: str = "now"
    part: str | None = None
    season: str | None = None
    mod: str | None = None


@dataclass(frozen=True)
class Shift:
    """An amount of time before or after: two years ago, three days later.

    ``base`` is "now", "ref", or "compared" ("year-earlier": now, or the quarter told of).
    """

    amount: int | None
    unit: str
    sign: int
    base: str = "now"
    mod: str | None = None


@dataclass(frozen=True)
class Length:
    """A duration. ``side`` tells on which side of ``base`` it lies, where it is told: -1 or 1."""

    value: str
    amount: float | None = None
    unit: str = "D"
    side: int = 0
    base: str = "now"
    mod: str | None = None


@dataclass(frozen=True)
class Repeat:
    """A set of times."""

    value: str
    freq: str | None = None
    quant: str | None = None
    mod: str | None = None


@dataclass(frozen=True)
class Fixed:
    """PAST_REF, PRESENT_REF or FUTURE_REF."""

    value: str


Meaning = Point | Step | Shift | Length | Repeat | Fixed
