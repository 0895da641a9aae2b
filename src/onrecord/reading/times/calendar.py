"""Calendar points as TIMEX3 knows them: their value, their span of days, their neighbours.

A ``Cal`` keeps what is known and no more: a month stays a month, and an unknown year stays
``XXXX``. Weeks are ISO weeks; a season is the Northern hemisphere's, in whole months (winter of
a year begins in December of the year before, as TimeML writes it for "last winter").
"""

from __future__ import annotations

import calendar as _calendar
import datetime as dt
from dataclasses import dataclass, replace

ONE_DAY = dt.timedelta(days=1)
SEASON_MONTHS = {"WI": (-12, 2), "SP": (3, 5), "SU": (6, 8), "FA": (9, 11)}
FINE = {"D": 0, "WE": 1, "W": 2, "M": 3, "S": 4, "Q": 4, "HY": 5, "Y": 6, "E": 7, "C": 8, "L": 9}
"""How coarse a grain is, by its unit, from the day up to the millennium."""


@dataclass(frozen=True)
class Cal:
    """A point of the calendar, at the grain at which it is known.

    ``decade`` is the first three digits of a year, ``century`` the first two. ``clock`` is
    ``HH:MM``, ``part`` a TIMEX3 part of the day (MO, AF, EV, NI …).
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    week: int | None = None
    weekend: bool = False
    quarter: int | None = None
    half: int | None = None
    season: str | None = None
    decade: int | None = None
    century: int | None = None
    millennium: int | None = None
    part: str | None = None
    clock: str | None = None
    bc: bool = False
    weekday: int | None = None
    no_day: bool = False

    @property
    def grain(self) -> str:
        """The unit at which the point is known."""
        if self.day or self.weekday or self.part or self.clock or self.no_day:
            return "D"
        if self.week:
            return "WE" if self.weekend else "W"
        for unit in ("month", "season", "quarter", "half", "decade", "century", "millennium"):
            if getattr(self, unit) is not None:
                return {
                    "month": "M", "season": "S", "quarter": "Q", "half": "HY",
                    "decade": "E", "century": "C", "millennium": "L",
                }[unit]  # fmt: skip
        return "Y"

    @property
    def type(self) -> str:
        """DATE, or TIME where it is finer than a day."""
        return "TIME" if self.part or self.clock else "DATE"

    @property
    def date(self) -> dt.date | None:
        """The day, where one is known."""
        if self.year and self.month and self.day and not self.bc:
            try:
                return dt.date(self.year, self.month, self.day)
            except ValueError:
                return None
        return None

    def value(self) -> str:
        """The TIMEX3 value, unknown parts as X."""
        return self._day_value() + self._time_value()

    def _day_value(self) -> str:
        if self.decade is not None:
            return f"{self.decade:03d}"
        if self.century is not None:
            return f"{'BC' if self.bc else ''}{self.century:02d}"
        if self.millennium is not None:
            return f"{self.millennium}"
        year = "XXXX" if self.year is None else f"{'BC' if self.bc else ''}{self.year:04d}"
        if self.weekday and not self.day:
            week = "XX" if self.week is None else f"{self.week:02d}"
            return f"{year}-W{week}-{self.weekday}"
        if self.week:
            return f"{year}-W{self.week:02d}" + ("-WE" if self.weekend else "")
        if self.weekend:
            return f"{year}-WXX-WE"
        if self.season:
            return f"{year}-{self.season}"
        if self.quarter is not None:
            return f"{year}-Q{self.quarter or 'X'}"
        if self.half is not None:
            return f"{year}-H{self.half}"
        month = "XX" if self.month is None else f"{self.month:02d}"
        if self.day:
            return f"{year}-{month}-{self.day:02d}"
        if self.part or self.clock or self.no_day:
            return f"{year}-{month}-XX"
        return year if self.month is None else f"{year}-{month}"

    def _time_value(self) -> str:
        if self.clock:
            return f"T{self.clock}"
        return f"T{self.part}" if self.part else ""

    def span(self) -> tuple[str, str] | None:
        """First and last day of the point, or its minute; None where it is not fully known."""
        days = self.days()
        if days is None:
            return None
        if self.clock:
            day, clock = days[0], self.clock
            if clock.startswith("24:"):
                if day == dt.date.max:
                    return None
                day, clock = day + ONE_DAY, "00" + clock[2:]
            moment = f"{day.isoformat()}T{clock}"
            return moment, moment
        return days[0].isoformat(), days[1].isoformat()

    def days(self) -> tuple[dt.date, dt.date] | None:
        """First and last day, or None where they are not known or lie before the year 1."""
        if self.bc:
            return None
        try:
            return self._days()
        except (ValueError, OverflowError):
            return None  # no such day (30 February), or outside of the calendar of datetime

    def _days(self) -> tuple[dt.date, dt.date] | None:
        if self.decade is not None:
            return _years(self.decade * 10, self.decade * 10 + 9)
        if self.century is not None:
            return _years(self.century * 100, self.century * 100 + 99)
        if self.millennium is not None:
            return _years(self.millennium * 1000, self.millennium * 1000 + 999)
        year = self.year
        if year is None:
            return None
        if self.month and self.day:
            day = dt.date(year, self.month, self.day)
            return day, day
        if self.weekday or self.part or self.clock or self.no_day:
            return None
        if self.week:
            monday = dt.date.fromisocalendar(year, self.week, 1)
            return (monday + 5 * ONE_DAY if self.weekend else monday), monday + 6 * ONE_DAY
        if self.weekend:
            return None
        if self.season:
            first, last = SEASON_MONTHS[self.season]
            if first < 0:
                return dt.date(year - 1, -first, 1), _month_end(year, last)
            return dt.date(year, first, 1), _month_end(year, last)
        if self.quarter is not None:
            if not self.quarter:
                return None
            return dt.date(year, 3 * self.quarter - 2, 1), _month_end(year, 3 * self.quarter)
        if self.half is not None:
            return dt.date(year, 6 * self.half - 5, 1), _month_end(year, 6 * self.half)
        if self.month:
            return dt.date(year, self.month, 1), _month_end(year, self.month)
        return _years(year, year)

    def at(self, unit: str) -> Cal | None:
        """This point seen at a coarser grain; None where it is not known so finely."""
        if FINE[self.grain] > FINE[unit]:
            return None
        if unit == "D":
            return replace(self, part=None, clock=None)
        if unit in ("E", "C", "L"):
            year = self.year if self.year is not None else (self.decade or 0) * 10 or None
            if self.century is not None:
                return self if unit == "C" else Cal(millennium=self.century // 10)
            if year is None:
                return None
            return {
                "E": Cal(decade=year // 10),
                "C": Cal(century=year // 100),
                "L": Cal(millennium=year // 1000),
            }[unit]
        if unit == "Y":
            return Cal(year=self.year, bc=self.bc) if self.year is not None else None
        days = self.days()
        if days is None:
            if unit == "M" and self.month:
                return Cal(year=self.year, month=self.month, bc=self.bc)
            return None
        return of_day(days[0], unit)

    def plus(self, amount: int, unit: str) -> Cal | None:
        """The point ``amount`` units later, at its own grain or the unit's, the coarser one."""
        try:
            return self._plus(amount, unit)
        except (ValueError, OverflowError):
            return None  # beyond the calendar

    def _plus(self, amount: int, unit: str) -> Cal | None:
        if unit in ("E", "C", "L"):
            step = {"E": 10, "C": 100, "L": 1000}[unit]
            base = self.at(unit)
            if base is None:
                return None
            number = {"E": base.decade, "C": base.century, "L": base.millennium}[unit]
            assert number is not None
            moved = number + amount
            if moved < 0 or moved * step > 9999:
                return None
            return {
                "E": Cal(decade=moved), "C": Cal(century=moved), "L": Cal(millennium=moved)
            }[unit]  # fmt: skip
        if unit == "Y":
            if self.year is None or not 0 < self.year + amount <= 9999:
                return None
            if self.week:
                return Cal(year=self.year + amount)
            return replace(self, year=self.year + amount)
        if unit in ("M", "Q"):
            step = 1 if unit == "M" else 3
            if unit == "Q" and self.grain == "Q" and self.quarter:
                assert self.year is not None
                index = self.year * 4 + self.quarter - 1 + amount
                return Cal(year=index // 4, quarter=index % 4 + 1)
            if self.year is None or self.month is None:
                return None
            index = self.year * 12 + self.month - 1 + amount * step
            moved_to = Cal(year=index // 12, month=index % 12 + 1)
            if not 0 < index // 12 <= 9999:
                return None
            return of_day(dt.date(index // 12, index % 12 + 1, 1), "Q") if unit == "Q" else moved_to
        days = self.days()
        if days is None:
            return None
        if unit in ("W", "WE"):
            if FINE[self.grain] > FINE["W"]:
                return None
            return of_day(days[0] + amount * 7 * ONE_DAY, unit)
        if FINE[self.grain] > FINE["D"]:
            return None
        return of_day(days[0] + amount * ONE_DAY)


def of_day(day: dt.date, unit: str = "D") -> Cal:
    """The day, or the week, month, quarter, half, season or year that holds it."""
    if unit == "D":
        return Cal(year=day.year, month=day.month, day=day.day)
    if unit in ("W", "WE"):
        iso = day.isocalendar()
        return Cal(year=iso.year, week=iso.week, weekend=unit == "WE")
    if unit == "M":
        return Cal(year=day.year, month=day.month)
    if unit == "Q":
        return Cal(year=day.year, quarter=(day.month - 1) // 3 + 1)
    if unit == "HY":
        return Cal(year=day.year, half=1 if day.month < 7 else 2)
    if unit == "S":
        name = ("WI", "SP", "SU", "FA")[day.month % 12 // 3]
        return Cal(year=day.year + (day.month == 12), season=name)
    if unit == "E":
        return Cal(decade=day.year // 10)
    if unit == "C":
        return Cal(century=day.year // 100)
    if unit == "L":
        return Cal(millennium=day.year // 1000)
    return Cal(year=day.year)


def shift_day(day: dt.date, amount: float, unit: str) -> dt.date | None:
    """``day`` moved by an amount of units, as calendars count months; None beyond the calendar."""
    try:
        if unit in ("D", "W"):
            return day + dt.timedelta(days=amount * (7 if unit == "W" else 1))
        months = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200, "L": 12000}.get(unit)
        if months is None:
            return day
        index = day.year * 12 + day.month - 1 + round(amount * months)
        year, month = divmod(index, 12)
        return dt.date(year, month + 1, min(day.day, _calendar.monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError, _calendar.IllegalMonthError):
        return None


def _years(first: int, last: int) -> tuple[dt.date, dt.date]:
    return dt.date(max(first, 1), 1, 1), dt.date(last, 12, 31)


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, _calendar.monthrange(year, month)[1])
