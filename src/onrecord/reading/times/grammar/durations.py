"""Durations: six days, the next three months, a 10-year plan, nearly a decade, for weeks."""

from __future__ import annotations

from onrecord.reading.times.engine import Found, Grammar, Part
from onrecord.reading.times.grammar.common import (
    approx_of,
    base_of,
    dashed,
    unit_of,
)
from onrecord.reading.times.meaning import Fixed, Length, Meaning
from onrecord.reading.times.numbers import length, number

GRAMMAR = Grammar()
rule = GRAMMAR.rule

_SIDES = {
    "last": -1, "past": -1, "previous": -1, "prior": -1, "preceding": -1, "recent": -1,
    "next": 1, "coming": 1, "upcoming": 1, "forthcoming": 1, "following": 1, "ensuing": 1,
    "subsequent": 1,
}  # fmt: skip
_SINGULAR = frozenset(
    ("second", "minute", "min", "hour", "hr", "day", "week", "month", "quarter", "year", "yr",
     "decade", "century", "millennium")
)  # fmt: skip


def _over(found: Found, start: int) -> int:
    """Where the expression starts: "over" is "more than" after a preposition, else itself one."""
    word = found.tokens[start].text
    return start + (word in ("over", "under") and found.before not in found.cues("over"))


@rule(
    "(?:apx=(APX))? (?:(?:THE|THESE|THOSE|THIS)? (?:side=(LAST|PAST|NEXT|COMING|PREV|FOLLOWING|ORD"
    "|FINAL))?)? (?:apx2=(APX))? count=(NUMBER|VAGUE_COUNT) (?:MORE|OTHER|FILL|FISCAL)* DASH?"
    " unit=(UNITS|UNITQ|SECOND|FORTNIGHT|WEEKENDS|PARTS)"
    " (?: DASH? AND DASH? A DASH? half=(HALF)| DASH? LONG)? (?! DASH OLD| OLD)"
)
def duration(found: Found) -> list[Part] | None:
    """six days, the next three months, more than four hours, two and a half years."""
    unit, word = unit_of(found), found["unit"][0].text
    joined, first = dashed(found, "unit"), found["count"][0]
    count, singular = number(found["count"]), word in _SINGULAR
    if word == "second" and not joined and first.text not in ("one", "1"):
        return None  # an ordinal
    if word in ("mornings", "afternoons", "evenings"):
        return None
    if singular and len(found["count"]) == 1 and len(first.text) == 4 and first.text.isdigit():
        return None  # a year
    if (
        first.text == "one"
        and unit == "D"
        and not joined
        and found.before not in found.cues("length")
    ):
        return None  # "one day" is as often "some day"
    if (unit == "H" and found.after in ("a", "per")) or (unit == "Q" and found.after == "of"):
        return None  # "24 hours a day", "three quarters of"
    if "half" in found and count is not None:
        count += 0.5
    start = found.start
    if "side" not in found and singular and found.tokens[start].text in ("the", "a", "this"):
        start += joined or count != 1  # the article is the noun's: "the two-day rally"
    mod = approx_of(found) or approx_of(found, "apx2")
    if _over(found, start) > start:
        start, mod = start + 1, approx_of(found, "apx2")
    if mod is None and any(tok.text == "couple" for tok in found["count"]):
        mod = "APPROX"
    side, base = 0, "now"
    if "side" in found:
        side, base = _SIDES.get(found["side"][0].text, 0), base_of(found, "side")
    return [(start, found.end, Length(length(count, unit), count, unit, side, base, mod))]


@rule("(?:apx=(APX))? count=(NUMBER|A) (?:OR|TO|RANGE) NUMBER MORE? DASH? unit=(UNITS|UNITQ)")
def duration_range(found: Found) -> Meaning | None:
    """two to three weeks, 12 to 18 months: at least the first."""
    count, unit = number(found["count"]), unit_of(found)
    return Length(length(count, unit), count, unit, mod=approx_of(found))


@rule(
    "(?:apx=(APX))? article=(A|ANOTHER) unit=(UNITQ|FORTNIGHT|WEEKEND) (?:half=(AND A HALF))?"
    " (?! DASH| EARLIER| LATER| AGO)"
)
def a_unit(found: Found) -> list[Part] | None:
    """a year, nearly a week, a minute and a half; not "$550 a month"."""
    unit = unit_of(found)
    if found["unit"][0].text == "second":
        return None
    placed = found.after in ("after", "before") or found["article"][0].text == "another"
    if not placed and "half" not in found:
        if "apx" not in found and found.before and found.before not in found.cues("length"):
            return None
        if unit == "D" and found.before in ("of", ""):
            return None
    amount = 1.5 if "half" in found else 1.0
    start = _over(found, found.start)
    mod = approx_of(found) if start == found.start else None
    return [(start, found.end, Length(length(amount, unit), amount, unit, mod=mod))]


@rule("(?:apx=(APX))? HALF DASH? A? DASH? unit=(UNITQ)")
def half_unit(found: Found) -> Meaning | None:
    """half a century, half an hour."""
    unit, mod = unit_of(found), approx_of(found)
    if unit in ("Q", "s") or found["unit"][0].text == "second":
        return None
    if unit in ("E", "C", "L"):
        years = {"E": 5, "C": 50, "L": 500}[unit]
        return Length(length(years, "Y"), years, "Y", mod=mod)
    if unit in ("D", "W"):
        return Length("PT12H" if unit == "D" else "P3D", mod=mod or "APPROX")
    return Length(length(0.5, unit), 0.5, unit, mod=mod)


@rule(
    "(?:side=(LAST|PAST|NEXT|COMING|RECENT|PREV|FUTURE|THESE|THE (?:PAST|LAST|NEXT|COMING)))?"
    " unit=(UNITS) (?:(?:OR|AND) UNITS)?"
)
def bare_units(found: Found) -> Meaning | None:
    """for decades, within days, recent years, coming weeks."""
    unit = unit_of(found)
    word = found["side"][-1].text if "side" in found else ""
    if word == "these":
        return Fixed("PRESENT_REF") if unit == "D" else None
    if word == "future":
        return Fixed("FUTURE_REF")
    if not word and found.after not in ("after", "before") and not _counts_units(found, unit):
        return None
    return Length(length(None, unit), None, unit, _SIDES.get(word, 0))


def _counts_units(found: Found, unit: str) -> bool:
    """Whether bare "years", "weeks" are a length of time, by the word before and the size."""
    if found.before not in found.cues("units") or unit == "s":
        return False
    if found.before in ("of", "in", "over", "during") and unit in ("D", "min"):
        return False
    return found.before != "of" or unit in ("Y", "E", "C", "L")


@rule("unit=(LONG_UNIT)|unit2=(UNITQ|UNITS) DASH LONG")
def unit_long(found: Found) -> Meaning | None:
    """monthlong, week-long, decades-long."""
    name = "unit" if "unit" in found else "unit2"
    unit, word = unit_of(found, name), found[name][0].text
    amount = 1 if word in _SINGULAR or word.removesuffix("long") in _SINGULAR else None
    return Length(length(amount, unit), amount, unit)
