"""Weekdays, holidays, and today, yesterday, tomorrow."""

from __future__ import annotations

from onrecord.reading.times.calendar import Cal
from onrecord.reading.times.engine import Found, Grammar, Part
from onrecord.reading.times.grammar.common import STEP, capital, mod_of, step_of, year_of
from onrecord.reading.times.meaning import Meaning, Point, Step

GRAMMAR = Grammar()
rule = GRAMMAR.rule

_SHORT = frozenset({"sun", "sat", "mon", "wed", "fri", "tue", "thu"})


def _adverb(found: Found) -> int:
    """1 where "earlier" or "later" stands before a day: it is an adverb of the clause."""
    return int(found.tokens[found.start].text in ("earlier", "later"))


@rule(f"(?:edge=(EDGE))? (?:step=({STEP}))? weekday=(DAYNAME)")
def weekday(found: Found) -> list[Part] | None:
    """Friday, last Monday, early Tuesday."""
    name = found["weekday"]
    if not capital(found, "weekday") or (len(name) == 1 and name[0].text in _SHORT):
        return None  # "Sun", "Wed" without a dot is as likely another word
    point = Point(Cal(weekday=int(name[0].value)), step=step_of(found), mod=mod_of(found))
    return [(found.start + _adverb(found), found.end, point)]


@rule(
    f"(?:edge=(EDGE))? THE? (?:step=({STEP}))? holiday=(HOLIDAY) (?: (?:COMMA|OF|IN)? year=(YEAR))?"
)
def holiday(found: Found) -> Meaning | None:
    """Thanksgiving, last Christmas, Election Day 2016."""
    first = found["holiday"][0]
    if not (capital(found, "holiday") or first.text[0].isdigit()):
        return None
    cal = Cal(year=year_of(found))
    return Point(cal, holiday=first.value, step=step_of(found), mod=mod_of(found))


@rule("(?:edge=(EDGE))? day=(DAY)")
def day(found: Found) -> list[Part] | None:
    """today, late yesterday, tomorrow."""
    adverb = _adverb(found) if found.value("day") != "-1" else 0
    meaning = Step("D", int(found.value("day")), mod=mod_of(found))
    return [(found.start + adverb, found.end, meaning)]


@rule("day=(TONIGHT|OVERNIGHT)")
def tonight(found: Found) -> Meaning | None:
    """tonight, overnight."""
    now = found["day"][0].text == "tonight"
    return Step("D", 0, "now" if now else "either", part="NI")


@rule("THE unit=(UNITQ) way=(BEFORE|AFTER) day=(DAY)")
def day_beyond(found: Found) -> Meaning | None:
    """the day before yesterday, the day after tomorrow."""
    if found.value("unit") != "D":
        return None
    return Step("D", int(found.value("day")) + int(found.value("way")))
