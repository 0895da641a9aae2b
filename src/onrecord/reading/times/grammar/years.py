"""Years and longer: 1998, fiscal 1989, 1939-45, 300 BC, the late 1970s, the 20th century."""

from __future__ import annotations

import re

from onrecord.reading.times.calendar import Cal
from onrecord.reading.times.engine import Found, Grammar, Part
from onrecord.reading.times.grammar.common import DASHES, mod_of, ordinal_of, year_of
from onrecord.reading.times.meaning import Meaning, Point, Step
from onrecord.reading.times.numbers import year_in_words

GRAMMAR = Grammar()
rule = GRAMMAR.rule


@rule(
    "(?:edge=(EDGE))? (?:fiscal=(THE? FISCAL UNITQ?|THE? FILL? UNITQ))? year=(YEAR) (?! DASH UNITX)"
)
def year(found: Found) -> Meaning | None:
    """1998, fiscal 1989, the end of 1994, mid-1996, '98."""
    value = year_of(found)
    if value is None or not _plausible(found):
        return None
    return Point(Cal(year=value), mod=mod_of(found))


def _plausible(found: Found) -> bool:
    """Whether the digits are a year here, by their size and the words beside them."""
    first = found["year"][0]
    if len(first.value) == 2:
        return found.before != "of" or found.after not in found.cues("measure")
    value = int(first.value)
    cued = found.before in found.cues("year") or found.start < found.span("year")[0]
    if found.before in found.cues("count") and found.before not in found.cues("year"):
        return False
    placed = cued and found.before in ("in", "of", "the")
    if found.after in found.cues("measure") and (value % 50 == 0 or not placed):
        return False  # "2000 people", but "the 1998 elections"
    return 1900 <= value <= 2060 or (cued and 1000 <= value <= 2199)


@rule(
    "(?:edge=(EDGE))? year=(Y4) (?:RANGE|TO|AND|THROUGH) year2=(Y4|D1|D3)"
    " (?! DASH? (?:UNITX|MONTHNAME))"
)
def year_to_year(found: Found) -> list[Part] | None:
    """1939-45, 1915 to 1917: both ends."""
    first, other = int(found.value("year")), found["year2"][0]
    separator = found.tokens[found.span("year2")[0] - 1]
    short = len(other.text) == 2 and other.text.isdigit()
    if short and separator.text not in DASHES and separator.text != "/":
        return None
    if not _plausible(found) or not (len(other.text) == 4 or short):
        return None
    last = first // 100 * 100 + int(other.value) if short else int(other.value)
    if short and last < first:
        last += 100
    opening = (found.start, found.span("year")[1], Point(Cal(year=first), mod=mod_of(found)))
    if not first < last < first + 200:
        return [opening]
    return [opening, (*found.span("year2"), Point(Cal(year=last)))]


@rule("(?:edge=(EDGE))? number=(Y4|D3|D1) era=(BC|AD)|era2=(AD) number2=(Y4|D3|D1)")
def year_era(found: Found) -> Meaning | None:
    """300 BC, AD 79."""
    text = found.value("number" if "number" in found else "number2")
    era = (found["era"] or found["era2"])[0]
    if not text.isdigit() or not found.text[era.start].isupper():
        return None
    return Point(Cal(year=int(text), bc=era.value == "BC"), mod=mod_of(found))


@rule("first=(Y4|D3|D1) (?:RANGE|TO|AND) last=(Y4|D3|D1) BC")
def years_bc(found: Found) -> list[Part] | None:
    """492-490 BC: the era is that of both."""
    first, last = found.value("first"), found.value("last")
    if not (first.isdigit() and last.isdigit() and int(first) > int(last)):
        return None
    opening, closing = (Point(Cal(year=int(text), bc=True)) for text in (first, last))
    return [(*found.span("first"), opening), (found.span("last")[0], found.end, closing)]


@rule(
    "(?:edge=(EDGE))? (?:named=(THE UNITQ))? words=(NUMW DASH? NUMW (?:AND? DASH? NUMW)?)"
    " (?! DASH? (?:UNITX|NUMW))"
)
def year_words(found: Found) -> Meaning | None:
    """nineteen ninety-six, the year two thousand, as broadcast transcripts write them."""
    value = year_in_words(found["words"])
    if value is None or found.after in found.cues("measure"):
        return None
    if found["words"][0].text == "two" and "named" not in found:
        return None  # "two thousand" alone is a number
    return Point(Cal(year=value), mod=mod_of(found))


@rule("(?:edge=(EDGE))? THE? decade=(DEC)")
def decade(found: Found) -> Meaning | None:
    """the late 1970s, the '80s; not "in his 30s"."""
    digits = re.sub(r"\D", "", found.value("decade"))
    if len(digits) == 4:
        return Point(Cal(decade=int(digits) // 10), mod=mod_of(found))
    marked = found["decade"][0].text[0] in "'‘’" or found.start < found.span("decade")[0]
    if len(digits) != 2 or int(digits) < 20 or not marked or found.before in found.cues("own"):
        return None
    return Point(Cal(decade=int(digits) // 10 + 190), mod=mod_of(found))


@rule("(?:edge=(EDGE))? THE? (?:century=(NUMW))? decade=(DECW)")
def decade_words(found: Found) -> Meaning | None:
    """the nineteen nineties, the sixties; not "her sixties"."""
    hundreds = 190
    if "century" in found:
        hundreds = 10 * int(found.value("century"))
        if not 170 <= hundreds <= 200:
            return None
    elif found.tokens[found.start].text != "the" and "edge" not in found:
        return None
    return Point(Cal(decade=hundreds + int(found.value("decade")) // 10), mod=mod_of(found))


@rule("(?:edge=(EDGE))? THE? ord=(ORDD|ORD|NUMW DASH ORD) DASH? unit=(UNITQ|UNITS) (?:bc=(BC))?")
def century(found: Found) -> Meaning | None:
    """the 20th century, mid-19th century."""
    value = ordinal_of(found, "ord")
    if found.value("unit") != "C" or not 1 <= value <= 30:
        return None
    return Point(Cal(century=value - 1, bc="bc" in found), mod=mod_of(found))


@rule("THE? unit=(UNITQ) (?:DASH|POSS)? end=(END)")
def year_end(found: Found) -> Meaning | None:
    """year-end, year's end: its last day."""
    if found.value("unit") != "Y" or found["end"][0].text != "end":
        return None
    return Point(Cal(month=12, day=31), of=Step("Y", 0, "either"))
