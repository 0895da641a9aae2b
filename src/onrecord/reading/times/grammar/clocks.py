"""Times of the day: 4:30 p.m., 9 o'clock, noon, 1600 GMT, the morning."""

from __future__ import annotations

import re

from onrecord.reading.times.calendar import Cal
from onrecord.reading.times.engine import Found, Grammar
from onrecord.reading.times.grammar.common import approx_of, mod_of
from onrecord.reading.times.meaning import Meaning, Point
from onrecord.reading.times.numbers import number

GRAMMAR = Grammar()
rule = GRAMMAR.rule


@rule(
    "(?:apx=(APX))? (?:clock=(CLOCK)|hour=(D1|NUMW) (?=AMPM|OCLOCK| IN THE PART)|noon=(NOON)"
    "|military=(D3|Y4) (?=ZONE|LOCAL)) OCLOCK? AMPM? (?:LOCAL TIME|ZONE)?"
    " (?:IN THE part=(PART))?"
)
def clock(found: Found) -> Meaning | None:
    """4:30 p.m., 9 o'clock, noon, 1600 GMT."""
    if "noon" in found:
        return Point(Cal(clock=found.value("noon")), mod=approx_of(found))
    if "clock" in found:
        pieces = re.split(r"[:.]", found["clock"][0].text)
        hour, minute = int(pieces[0]), int(pieces[1])
    elif "hour" in found:
        hour, minute = int(number(found["hour"]) or 0), 0
    else:
        digits = found["military"][0].text
        if not digits.isdigit() or len(digits) not in (3, 4):
            return None
        hour, minute = int(digits[:-2]), int(digits[-2:])
    halves = {tok.value for tok in found.tokens[found.start : found.end]}
    if "part" in found:
        halves.add("am" if found.value("part") == "MO" else "pm")
    if "pm" in halves and hour < 12:
        hour += 12
    elif "am" in halves and hour == 12:
        hour = 0
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    return Point(Cal(clock=f"{hour:02d}:{minute:02d}"), mod=approx_of(found))


@rule("(?:edge=(EDGE))? THE? part=(PART)")
def part_of_day(found: Found) -> Meaning | None:
    """the morning, at dawn, by nightfall; alone or beside a day."""
    return Point(Cal(part=found.value("part")), mod=mod_of(found))
