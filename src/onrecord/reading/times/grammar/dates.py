"""Days and months: Nov. 6, the 25th of August, early March 1996, July last year, 2013-03-22."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.reading.times.calendar import Cal
from onrecord.reading.times.engine import Found, Grammar, Part
from onrecord.reading.times.grammar.common import (
    REL,
    STEP,
    capital,
    dashed,
    day_of,
    mod_of,
    rel_step,
    step_of,
    year_of,
)
from onrecord.reading.times.meaning import Meaning, Point
from onrecord.reading.times.numbers import year_in_words

GRAMMAR = Grammar()
rule = GRAMMAR.rule


def _month(found: Found, name: str = "month") -> int:
    return int(found.value(name))


def _day(found: Found, day: int, mod: str | None) -> Point:
    weekday = int(found.value("weekday")) if "weekday" in found else None
    cal = Cal(year=year_of(found), month=_month(found), day=day, weekday=weekday)
    return Point(cal, step=step_of(found, "step2") if "step2" in found else None, mod=mod)


@rule(
    f"(?:apx=(APPROX)|(?:step=({STEP}))? weekday=(DAYNAME) COMMA? THE?)? (?:edge=(EDGE))?"
    " (?:step2=(LAST|NEXT|THIS))? month=(MONTHNAME) day=(DAYNUM)"
    " (?:(?:RANGE|TO|AND|OR|THROUGH|UNTIL) THE? day2=(D1|ORDD))?"
    " (?! DASH? (?:UNITX|CLOCK|AMPM)) (?:(?: COMMA|OF)? year=(YEAR))?"
)
def month_day(found: Found) -> Meaning | list[Part] | None:
    """Nov. 6, Monday, Oct. 26, April 6, 1994; March 3-5: the second day goes with the first."""
    day = day_of(found)
    if day is None or not capital(found, "month"):
        return None
    point = _day(found, day, mod_of(found) or ("APPROX" if "apx" in found else None))
    if "day2" not in found:
        return point
    opening = (found.start, found.span("day")[1], point)
    second = day_of(found, "day2")
    if second is None or second <= day:
        return [opening]
    closing = Point(Cal(year=year_of(found), month=_month(found), day=second), step="that")
    return [opening, (found.span("day2")[0], found.end, closing)]


@rule(
    "(?:weekday=(DAYNAME) COMMA? THE?)? (?:day1=(D1|THE? ORDD) (?:RANGE|AND|TO|OR|COMMA))?"
    " (?:edge=(EDGE))? THE? day=(D1|ORDD|ORD) OF? month=(MONTHNAME)"
    " (?! DAYNUM (?! DASH? UNITX)) (?: COMMA? OF? year=(YEAR))?"
)
def day_month(found: Found) -> Meaning | list[Part] | None:
    """20 September, the 25th of August, 6-7 January 1916."""
    day = day_of(found)
    if day is None or not capital(found, "month"):
        return None
    point = _day(found, day, mod_of(found))
    first = day_of(found, "day1") if "day1" in found else None
    if first is None:
        return point
    end = found.span("day1")[1]
    closing = (end + 1, found.end, point)
    if first >= day:
        return [closing]
    opening = Point(Cal(year=year_of(found), month=_month(found), day=first))
    return [(found.start, end, opening), (end + 1, found.end, replace(point, step="that"))]


@rule(
    "(?:edge=(EDGE))? month=(MONTHNAME) (?:COMMA|OF)?"
    " (?:year=(YEAR)|words=(NUMW DASH? NUMW (?:DASH? NUMW)?))"
)
def month_year(found: Found) -> Meaning | None:
    """March 1996, early May 1942, the end of September 1940, January nineteen ninety-seven."""
    if not capital(found, "month"):
        return None
    value = year_in_words(found["words"]) if "words" in found else year_of(found)
    return None if value is None else Point(Cal(year=value, month=_month(found)), mod=mod_of(found))


@rule(
    "(?:edge1=(EDGE))? month1=(MONTHNAME) (?:RANGE|TO|AND|OR|THROUGH)"
    " (?:edge=(EDGE))? month=(MONTHNAME) OF? year=(YEAR)"
)
def month_to_month(found: Found) -> list[Part] | None:
    """June and July 1990: the year is that of both, unless the months run over the year's end."""
    year = year_of(found)
    if year is None or not (capital(found, "month") and capital(found, "month1")):
        return None
    first, last = _month(found, "month1"), _month(found)
    opening = Point(Cal(year=year - (first > last), month=first), mod=mod_of(found, "edge1"))
    closing = Point(Cal(year=year, month=last), mod=mod_of(found))
    start = found.span("edge" if "edge" in found else "month")[0]
    return [(found.start, found.span("month1")[1], opening), (start, found.end, closing)]


@rule(
    "(?:edge=(EDGE))? (?:THE? day=(D1|ORDD|ORD) OF?)? month=(MONTHNAME)"
    " (?:(?:day1=(D1) (?:RANGE|TO|AND))? day2=(DAYNUM))?"
    f" COMMA? OF? THE? rel=({REL}) unit=(UNITQ)"
)
def month_of_rel_year(found: Found) -> Meaning | list[Part] | None:
    """July last year, 5 July this year, August of that year, July 13 to 17 of last year."""
    if found.value("unit") != "Y" or not capital(found, "month"):
        return None
    day = next((day_of(found, name) for name in ("day", "day2") if name in found), None)
    point = Point(Cal(month=_month(found), day=day), of=rel_step(found), mod=mod_of(found))
    if "day1" not in found:
        return point
    opening = replace(point, cal=replace(point.cal, day=day_of(found, "day1")))
    return [
        (found.start, found.span("day1")[1], opening),
        (found.span("day2")[0], found.end, point),
    ]


@rule(f"(?:edge=(EDGE))? (?:step=({STEP}))? month=(MONTHNAME)")
def month(found: Found) -> list[Part] | None:
    """August, last May, early November, mid-March."""
    name = found["month"]
    if not capital(found, "month"):
        return None
    if len(name) == 1 and len(name[0].text) <= 3 and name[0].text != "may":
        return None  # "Sep", "Mar", "Jan" with neither dot nor day is as likely a name
    article = dashed(found, "month") and found.tokens[found.start].text == "the"
    point = Point(Cal(month=_month(found)), step=step_of(found), mod=mod_of(found))
    return [(found.start + article, found.end, point)]


@rule("iso=(ISO)")
def iso(found: Found) -> Meaning | None:
    """2013-03-22, 22/03/2013, 03/22/2013 (month first where both could be)."""
    text = found["iso"][0].text.lower()
    match = re.match(r"(\d{4})[-/.](\d\d)[-/.](\d\d)(?:t(\d\d):?(\d\d))?", text)
    if match:
        clock = f"{match[4]}:{match[5]}" if match[4] else None
        cal = Cal(year=int(match[1]), month=int(match[2]), day=int(match[3]), clock=clock)
    else:
        first, second, year = (int(piece) for piece in text.split("/"))
        if year < 100:
            year += 2000 if year < 40 else 1900
        month_, day = (second, first) if first > 12 else (first, second)
        cal = Cal(year=year, month=month_, day=day)
    return Point(cal) if cal.days() else None


@rule("THE day=(ORDD) (?! DASH? (?:UNITQ|UNITS|HALF|PART))")
def day_only(found: Found) -> Meaning | None:
    """the 20th, after a date of the same month."""
    if found.before not in found.cues("ordinal_day"):
        return None
    if found.after.isalpha() and found.after not in found.cues("after_day"):
        return None
    day = day_of(found)
    return Point(Cal(day=day), step="that") if day else None


@rule("THE unit=(UNITQ) OF month=(MONTHNAME) day=(DAYNUM) (?: COMMA? year=(YEAR))?")
def week_of(found: Found) -> Meaning | None:
    """the week of March 6."""
    day = day_of(found)
    if found.value("unit") != "W" or day is None or not capital(found, "month"):
        return None
    return Point(Cal(year=year_of(found), month=_month(found), day=day), seen="W")
