"""Named points whose year, week or day the words leave out: a bare "May", "Tuesday", "4 p.m.".

In news they point as the tense of their verb says; in a narrative time moves on.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from onrecord.reading.times.calendar import Cal, of_day
from onrecord.reading.times.context import Base, Context, Direction
from onrecord.reading.times.holidays import holiday
from onrecord.reading.times.meaning import Point
from onrecord.reading.times.tense import FUTURE, LIKELY_FUTURE, LIKELY_PAST, PAST, UNTOLD

Placed = tuple[Cal | None, Base | None]
"""The point as far as it is known, and what it leans on; no base where it is explicit."""

FAR = 270
"""A day or month this many days off has a twin within three months on the other side, which is
then meant unless its own verb says otherwise (found on the work half of the train set)."""
TURN = 9
"""In a narrative a month this many months before the one told of last is the next year's."""

_SEASON_MONTH = {"WI": 1, "SP": 4, "SU": 7, "FA": 10}


def place(context: Context, point: Point, direction: Direction) -> Placed:
    """The calendar point of ``point``, which does not say what larger time it lies in."""
    cal = point.cal
    if point.holiday:
        return _holiday(context, point, direction)
    if cal.year is not None or cal.century is not None or cal.decade is not None:
        return (replace(cal, weekday=None) if cal.day else cal), None
    if cal.weekday and not cal.day:
        return _weekday(context, point, direction)
    if cal.month or cal.quarter or cal.half or cal.season:
        return _in_year(context, point, direction)
    if cal.day:
        base = context.base("ref", "M")
        month = base.cal.at("M") if base else None
        return (replace(month, day=cal.day), base) if month else (cal, None)
    return _in_day(context, cal)


def inside(point: Point, outer: Cal | None, base: Base | None) -> Placed:
    """``point`` in the larger time that the words put it in: "July *last year*"."""
    cal = point.cal
    if outer is None:
        return cal, None
    if cal.clock or cal.part:
        day = outer.at("D")
        return (replace(day, part=cal.part, clock=cal.clock) if day else cal), base
    if cal.weekday and not cal.day:
        if not (outer.week and outer.year):
            return cal, base
        monday = dt.date.fromisocalendar(outer.year, outer.week, 1)
        return of_day(monday + dt.timedelta(days=cal.weekday - 1)), base
    return replace(cal, year=outer.year, bc=outer.bc, weekday=None), base


def _in_day(context: Context, cal: Cal) -> Placed:
    """A clock time or part of the day: of the day told of last, else of the day of publication."""
    told = context.told
    base = told[-1] if told and told[-1].cal.grain == "D" else None
    if base is None:
        base = context.last("D") if context.narrative else context.now
    day = base.cal.at("D") if base else None
    return (replace(day, part=cal.part, clock=cal.clock), base) if day else (cal, None)


def _holiday(context: Context, point: Point, direction: Direction) -> Placed:
    name = point.holiday
    assert name is not None
    if point.cal.year is not None:
        day = holiday(name, point.cal.year)
        return (None if day is None else of_day(day)), None
    base = context.local(direction) or context.base("told", "Y")
    if base is None or base.cal.year is None:
        day = holiday(name, 2001)
        if day is None or holiday(name, 2002) != day.replace(year=2002):
            return None, None  # a movable feast
        return Cal(month=day.month, day=day.day), None
    years = (base.cal.year,) if base.basis == "anchor" else _around(base.cal.year)
    days = [of_day(day) for day in (holiday(name, year) for year in years) if day is not None]
    return (_choose(days, point.step, base, direction) if days else None), base


def _weekday(context: Context, point: Point, direction: Direction) -> Placed:
    weekday = point.cal.weekday
    assert weekday is not None
    base = context.base("ref" if point.step == "that" else "told", "D")
    day = base.cal.date if base else None
    if base is None or day is None:
        return point.cal, None
    back = (day.isoweekday() - weekday) % 7
    try:
        past, ahead = day - dt.timedelta(days=back), day + dt.timedelta(days=7 - back)
        before = past if back else day - dt.timedelta(days=7)
    except OverflowError:
        return point.cal, None
    if point.step in ("last", "past"):
        return of_day(before), base
    if point.step == "next":
        return of_day(ahead), base
    coming = ahead if back else day
    if base.basis == "anchor":
        return of_day(coming), base
    told = direction()
    if told >= LIKELY_FUTURE or (told == UNTOLD and point.step == "this"):
        return of_day(coming), base
    return of_day(past), base


def _in_year(context: Context, point: Point, direction: Direction) -> Placed:
    """A month, a day of a month, a season, a quarter, whose year is left out."""
    cal = point.cal
    base = context.base("ref" if point.step in ("that", "ref_next", "ref_last") else "told", "Y")
    if point.step is None and (cal.month or cal.season):
        base = context.local(direction) or base
    if base is None or base.cal.year is None:
        return replace(cal, weekday=None), None
    if base.basis == "anchor":
        return _in_told_year(point, base), base
    near = [replace(cal, year=year, weekday=None) for year in _around(base.cal.year)]
    if cal.weekday:  # "Monday, Oct. 26" is in the year in which that day is a Monday
        fitting = [c for c in near if c.date and c.date.isoweekday() == cal.weekday]
        near = fitting or near
    if cal.quarter or cal.half:
        return _reported(near, base, direction), base
    return _choose(near, point.step, base, direction), base


def _around(year: int) -> tuple[int, ...]:
    return tuple(y for y in (year - 1, year, year + 1) if 0 < y <= 9999)


def _reported(near: list[Cal], base: Base, direction: Direction) -> Cal | None:
    """A quarter: the latest that has begun, or, with a future verb, the nearest."""
    day = base.cal.date
    spans = [(cal, days) for cal in near if (days := cal.days())]
    if day is None or not spans:
        return None
    if direction() >= LIKELY_FUTURE:
        return min(spans, key=lambda row: _gap(row[1], day))[0]
    begun = [cal for cal, days in spans if days[0] <= day]
    return begun[-1] if begun else None


def _in_told_year(point: Point, base: Base) -> Cal:
    """In a narrative time moves on: a month well before the one told of last is next year's."""
    cal, year, month, mine = point.cal, base.cal.year, _month(base.cal), _month(point.cal)
    assert year is not None
    if month is not None and mine is not None:
        if point.step == "ref_last":
            year -= mine >= month
        elif point.step == "ref_next":
            year += mine <= month
        else:
            year += month - mine >= TURN
    return replace(cal, year=year, weekday=None)


def _choose(near: list[Cal], step: str | None, base: Base, direction: Direction) -> Cal | None:
    """Of a point in neighbouring years the one meant, by "last" or "next", tense or nearness."""
    spans = [(cal, days) for cal in near if (days := cal.days())]
    day = base.cal.date
    if not spans:
        return None
    if day is None:
        return spans[0][0]
    if step in ("last", "past"):
        return next((cal for cal, days in reversed(spans) if days[1] < day), None)
    if step == "next":
        return next((cal for cal, days in spans if days[0] > day), None)
    if step == "this":
        return next((cal for cal, days in spans if days[1].year == day.year), None)
    nearest = min(spans, key=lambda row: _gap(row[1], day))
    chosen, told = nearest, direction()
    if told <= LIKELY_PAST:
        chosen = next((row for row in reversed(spans) if row[1][0] <= day), nearest)
    elif told >= LIKELY_FUTURE:
        chosen = next((row for row in spans if row[1][1] >= day), nearest)
    sure = told in (PAST, FUTURE)
    return nearest[0] if not sure and _gap(chosen[1], day) > FAR else chosen[0]


def _gap(days: tuple[dt.date, dt.date], day: dt.date) -> int:
    if days[0] <= day <= days[1]:
        return 0
    return min(abs((days[0] - day).days), abs((days[1] - day).days))


def _month(cal: Cal) -> int | None:
    """The month in which a point lies, or the middle one."""
    if cal.month:
        return cal.month
    if cal.season:
        return _SEASON_MONTH[cal.season]
    if cal.quarter:
        return cal.quarter * 3 - 1
    days = cal.days()
    return days[0].month if days and cal.week else None
