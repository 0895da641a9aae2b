"""Units counted from now or from the time told: last week, two years ago, the day before."""

from __future__ import annotations

from onrecord.reading.times.calendar import Cal
from onrecord.reading.times.engine import Found, Grammar, Part
from onrecord.reading.times.grammar.common import (
    DASHES,
    PART_WORDS,
    approx_of,
    base_of,
    mod_of,
    unit_of,
)
from onrecord.reading.times.meaning import Fixed, Length, Meaning, Point, Shift, Step
from onrecord.reading.times.numbers import length, number

GRAMMAR = Grammar()
rule = GRAMMAR.rule

_DATED = frozenset({"D", "W", "M", "Y"})
_LONG = frozenset({"E", "C"})


@rule(
    "(?:edge=(EDGE|SOMETIME))? THE? rel=(LAST|NEXT|THIS (?:PAST|COMING|LAST|SAME|VERY)|THIS|CURRENT"
    "|COMING|PREV|FOLLOWING|THAT SAME|THAT VERY|THAT|VERY? SAME|PAST|LATEST) (?:FILL|FISCAL)?"
    " unit=(UNITQ|WEEKEND|PART|PERIOD) (?! OF THE? (?:MONTHNAME|YEAR|UNITQ|DEC)) (?:OR SO)?"
)
def step(found: Found) -> Meaning | None:
    """last week, this year, the following day, that month, this morning, the past decade."""
    unit, word, words = unit_of(found), found["unit"][0].text, [tok.text for tok in found["rel"]]
    start = found.span("rel")[0]
    definite = start > found.start and found.tokens[start - 1].text == "the"
    offset = sum(int(tok.value or 0) for tok in found["rel"] if tok.text not in ("same", "very"))
    if words == ["latest"]:
        return {"quarter": Step("Q", 0, "latest"), "period": Step("Q", 0, "period")}.get(word)
    if unit in ("min", "H") or word == "period" or (words == ["this"] and unit == "D"):
        return None
    mod = mod_of(found)
    if words == ["past"] or (words in (["last"], ["next"]) and definite and unit in _LONG):
        if unit not in _LONG | {"Y", "M", "W", "Q"}:
            return None
        return Length(length(1, unit), 1, unit, 1 if words == ["next"] else -1, mod=mod)
    if words == ["current"] and word in PART_WORDS:
        return None
    base = base_of(found, "rel")
    if words == ["next"] and definite:
        if unit == "D" or word in PART_WORDS:
            base = "ref"
        elif unit in _DATED:
            base = "either"
    if word in PART_WORDS:
        return Step("D", offset, base, part=unit, mod=mod)
    return Step(unit, max(-1, min(1, offset)), base, mod=mod)


@rule(
    "(?:edge=(EDGE))? THE FILL? FISCAL? unit=(UNITQ|WEEKEND)"
    " (?! DASH| BEFORE| AFTER| EARLIER| LATER| AGO| OF| TO)"
)
def the_unit(found: Found) -> Meaning | None:
    """the year, the quarter, the weekend, the end of the month."""
    unit = unit_of(found)
    if unit not in _DATED | {"Q", "WE"}:
        return None
    if found.after in ("ended", "ending"):
        return _ended(found, unit)
    if found.after in ("when", "where") or (found.after == "that" and unit != "WE"):
        return None
    if unit == "Q":
        return Step("Q", 0, "latest", mod=mod_of(found))
    if unit == "D" and "edge" not in found and found.before not in found.cues("the_day"):
        return None
    return Step(unit, 0, "either", mod=mod_of(found))


def _ended(found: Found, unit: str) -> Meaning | None:
    """ "The quarter ended Sept. 30", "the year ending June 30, 1990": the one of its last day."""
    tokens = found.tokens[found.end + 1 : found.end + 6]
    month = int(tokens[0].value) if tokens and tokens[0].code in found.codes("MONTHNAME") else None
    year = next((int(tok.value) for tok in tokens if tok.code in found.codes("Y4")), None)
    if unit == "Q" and month:
        return Point(Cal(year=year, quarter=(month + 2) // 3))
    if unit == "Q":
        return Step("Q", 0, "latest")
    if unit != "Y":
        return None
    return Point(Cal(year=year)) if year else Step("Y", 0, "either")


@rule(
    "(?:apx=(APX))? (?:count=(NUMBER|VAGUE_COUNT|A)) FILL? DASH? unit=(UNITX|WEEKEND|WEEKENDS)"
    " (?:half=(AND A HALF))? (?:so=(OR SO))? DASH?"
    " way=(AGO|EARLIER|LATER|HENCE|FROM NOW|FROM DAY) (?! EARLIER| THAN)"
)
def shift(found: Found) -> Meaning | None:
    """two years ago, a week or so ago, three days later."""
    unit, way = unit_of(found), found["way"][0].text
    article = [tok.text for tok in found["count"]] in (["a"], ["an"])
    if article and found.tokens[found.span("way")[0] - 1].text in DASHES:
        return None  # "a year-earlier loss": the article is the noun's
    count = 1.0 if article else number(found["count"])
    if unit == "fortnight":
        unit, count = "W", None if count is None else 2 * count
    if "half" in found and count is not None:
        count += 0.5
    now = way in ("ago", "from", "hence")
    sign = 1 if way == "from" else int(found.value("way"))
    mod = "APPROX" if "so" in found else approx_of(found)
    if unit == "WE":
        return None
    if not now and unit in ("s", "min", "H"):
        return Length(length(count, unit), count, unit, sign, "ref", mod)
    if count is None or unit in ("s", "min", "H"):
        return Fixed("PAST_REF" if sign < 0 else "FUTURE_REF")
    if unit == "E":
        count, unit = count * 10, "Y"
    if count != int(count):
        if unit != "Y":
            return None
        count, unit = count * 12, "M"
    if found["way"][-1].code in found.codes("DAY") and unit in ("D", "W"):
        days = round(count) * (7 if unit == "W" else 1) + int(found["way"][-1].value)
        return Shift(days, "D", 1, "now", mod)  # "a week from tomorrow" is a day
    return Shift(round(count), unit, sign, "now" if now else "ref", mod)


@rule(
    "(?:article=(THE|A))? COMPARABLE? unit=(UNITQ) DASH (?:AGO|EARLIER) (?:unit2=(UNITQ|PERIOD))?"
)
def shift_adjective(found: Found) -> list[Part] | None:
    """year-earlier, the year-ago quarter."""
    unit = unit_of(found)
    if unit not in _DATED:
        return None
    start = found.start + ("article" in found and "unit2" not in found)
    return [(start, found.end, Shift(1, unit, -1, "compared"))]


@rule("UNITS way=(EARLIER|LATER|AGO)|LONG way2=(AGO)")
def vague_shift(found: Found) -> Meaning | None:
    """years ago, days later, long ago."""
    later = "way" in found and found["way"][0].text == "later"
    return Fixed("FUTURE_REF" if later else "PAST_REF")


@rule("THE unit=(UNITQ|PART) way=(BEFORE|AFTER)")
def the_unit_before(found: Found) -> Meaning | None:
    """the day before, the night before, the year after; not "the day after the battle"."""
    if found.after.isalpha() and found.after not in found.cues("after_before"):
        return None
    sign, unit = int(found.value("way")), unit_of(found)
    if found["unit"][0].text in PART_WORDS:
        return Step("D", sign, "ref", part=unit)
    return Step(unit, sign, "ref") if unit in _DATED else None
