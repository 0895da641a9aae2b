"""Quarters, halves and seasons of a year."""

from __future__ import annotations

from onrecord.reading.times.calendar import Cal
from onrecord.reading.times.engine import Found, Grammar, Part
from onrecord.reading.times.grammar.common import (
    REL,
    STEP,
    dashed,
    mod_of,
    ordinal_of,
    rel_step,
    step_of,
    year_of,
)
from onrecord.reading.times.meaning import Meaning, Point, Step
from onrecord.reading.times.numbers import year_in_words

GRAMMAR = Grammar()
rule = GRAMMAR.rule


def _part_of_year(found: Found) -> Cal | None:
    """The quarter or half that an ordinal and a unit name."""
    unit, number = found["unit"][0], ordinal_of(found, "ord")
    size = 4 if unit.value == "Q" else 2 if unit.text == "half" else 0
    if number == -1:
        number = size
    if not 1 <= number <= size:
        return None
    return Cal(quarter=number) if size == 4 else Cal(half=number)


@rule(
    "(?:edge=(EDGE))? THE? (?:FISCAL|LAST|PAST|CURRENT)? DASH?"
    " ord=(ORDD|ORD|SECOND|FINAL|LAST|LATTER)"
    " DASH? FISCAL? DASH? unit=(UNITQ|HALF)"
    " (?: DASH? OF? (?:year=(YEAR)|FISCAL UNITQ? year2=(YEAR)"
    f"|THE? rel=({REL}) FISCAL? unit2=(UNITQ)))?"
)
def quarter(found: Found) -> Meaning | list[Part] | None:
    """the third quarter, the first half of 1990, the fiscal first quarter."""
    cal = _part_of_year(found)
    if cal is None:
        return None
    placed = any(name in found for name in ("year", "year2", "rel"))
    if not placed:
        if found["ord"][0].text == "last" and cal.quarter:
            return None  # "the last quarter" is the one before this
        if cal.half and found.after not in ("ended", "ending"):
            return None  # "the second half" is as often of a match
        article = dashed(found, "unit") and found.tokens[found.start].text == "the"
        return [(found.start + article, found.end, Point(cal, mod=mod_of(found)))]
    if "rel" in found:
        if found.value("unit2") != "Y":
            return None
        return Point(cal, of=rel_step(found, "rel", "unit2"), mod=mod_of(found))
    year = year_of(found, "year" if "year" in found else "year2")
    return Point(Cal(year=year, quarter=cal.quarter, half=cal.half), mod=mod_of(found))


@rule(
    "THE? (?:year=(Y4)|unit2=(UNITQ) DASH (?:AGO|EARLIER)) FISCAL? ord=(ORDD|ORD|SECOND)"
    " DASH? unit=(UNITQ)"
)
def quarter_of_year(found: Found) -> Meaning | None:
    """the 1988 second quarter, the year-earlier third quarter."""
    cal = _part_of_year(found)
    if cal is None or not cal.quarter:
        return None
    if "year" in found:
        return Point(Cal(year=year_of(found), quarter=cal.quarter))
    return Point(cal, of=Step("Y", -1)) if found.value("unit2") == "Y" else None


@rule(f"rel=({REL}) unit2=(UNITQ) POSS ord=(ORDD|ORD|SECOND|FINAL) DASH? unit=(UNITQ|HALF)")
def quarter_of_rel_year(found: Found) -> Meaning | None:
    """next year's first quarter."""
    cal = _part_of_year(found)
    if cal is None or found.value("unit2") != "Y":
        return None
    return Point(cal, of=rel_step(found, "rel", "unit2"))


@rule(
    f"(?:edge=(EDGE))? THE? (?:step=({STEP}))? season=(SEASON|SEASON_WORD)"
    " (?: OF? COMMA? (?:year=(YEAR)|words=(NUMW NUMW DASH? NUMW?)"
    f"|THE? rel=({REL}) unit=(UNITQ)))?"
)
def season(found: Found) -> Meaning | None:
    """last spring, the winter of 1994, summer 2016."""
    name = found.value("season")
    if "rel" in found:
        if found.value("unit") != "Y":
            return None
        return Point(Cal(season=name), of=rel_step(found), mod=mod_of(found))
    year = year_in_words(found["words"]) if "words" in found else year_of(found)
    if "words" in found and year is None:
        return None
    if year is None and "step" not in found and not _names_season(found):
        return None
    return Point(Cal(year=year, season=name), step=step_of(found), mod=mod_of(found))


def _names_season(found: Found) -> bool:
    """Whether a bare season is a time: not the heat of summer, not the fall of Kabul."""
    fall = found["season"][0].text == "fall"
    if found.after == "of" or (fall and found.after in ("in", "to", "from")):
        return False
    if "edge" in found or found.tokens[found.start].text == "the":
        return True
    return found.before == "in" if fall else found.before in found.cues("season")
