"""Sets ("every day", "twice a week") and times named by nothing but their side ("now")."""

from __future__ import annotations

from onrecord.reading.times.engine import Found, Grammar
from onrecord.reading.times.grammar.common import PART_WORDS, capital, unit_of
from onrecord.reading.times.meaning import Fixed, Meaning, Repeat
from onrecord.reading.times.numbers import length, number

GRAMMAR = Grammar()
rule = GRAMMAR.rule


@rule(
    "quant=(EVERY|EACH) (?:other=(OTHER|NUMBER|FEW))?"
    " unit=(UNITQ|UNITS|PART|WEEKEND|DAYNAME|MONTHNAME|SEASON|SECOND)"
)
def every(found: Found) -> Meaning | None:
    """every day, each Thursday, every two weeks."""
    quant, tok = found.value("quant").upper(), found["unit"][0]
    value = tok.value
    if value.isdigit() and capital(found, "unit"):
        weekday = tok.text.endswith("day")
        return Repeat(f"XXXX-WXX-{value}" if weekday else f"XXXX-{int(value):02d}", quant=quant)
    if tok.text in PART_WORDS:
        return Repeat(f"XXXX-XX-XXT{value}", quant=quant)
    if value in ("SP", "SU", "FA", "WI"):
        return Repeat(f"XXXX-{value}", quant=quant)
    if "other" not in found:
        return None if tok.text == "second" else Repeat(length(1, unit_of(found)), quant=quant)
    count = 2.0 if found["other"][0].text == "other" else number(found["other"])
    return Repeat(length(count, unit_of(found)), quant=quant)


@rule("freq=(FREQ)")
def frequency(found: Found) -> Meaning | None:
    """daily, annually; not "the quarterly dividend", not "the daily Granma"."""
    following = found.tokens[found.end] if found.end < len(found.tokens) else None
    if following is None or not following.text.isalpha():
        return Repeat(found.value("freq"))
    if found["freq"][0].text == "quarterly" or found.text[following.start].isupper():
        return None
    return Repeat(found.value("freq"))


@rule(
    "(?:times=(TIMES)|count=(NUMBER|VAGUE_COUNT) TIMES_WORD) (?:A|PER|EACH|EVERY)"
    " unit=(UNITQ|FORTNIGHT)"
)
def times_a_unit(found: Found) -> Meaning | None:
    """twice a week, three times a day."""
    times = float(found.value("times")) if "times" in found else number(found["count"])
    freq = "X" if times is None else str(int(times))
    return Repeat(length(1, unit_of(found)), freq=f"{freq}X")


@rule("unit=(UNITQ) (?:BY|AFTER) unit2=(UNITQ)")
def unit_by_unit(found: Found) -> Meaning | None:
    """week by week, day after day."""
    if found["unit"][0].text != found["unit2"][0].text:
        return None
    return Repeat(length(1, unit_of(found)))


@rule("weekday=(WEEKDAYS) (?:part=(PARTS|PART))?")
def weekdays(found: Found) -> Meaning | None:
    """Mondays, Sunday mornings."""
    part = f"T{found.value('part')}" if "part" in found else ""
    return Repeat(f"XXXX-WXX-{found.value('weekday')}{part}")


@rule("now=(NOW|RECENTLY|SOON|RECENT|CURRENT)")
def reference(found: Found) -> Meaning | None:
    """now, recently, soon, current; not "soon after", "as soon as"."""
    word = found["now"][0].text
    if found.after == "after" or (word == "soon" and found.after == "as"):
        return None
    return Fixed("PRESENT_REF" if word == "current" else found.value("now"))


@rule("THE NEAR? word=(FUTURE|PAST|PRESENT|NEAR TERM) (?! UNITQ| UNITS| COUPLE| FEW| NUMW| D1| D3)")
def the_future(found: Found) -> Meaning | None:
    """in the past, in the near future, about the future."""
    word = found["word"][0].text
    if word not in ("past", "present"):
        return Fixed("FUTURE_REF") if found.before in found.cues("into_future") else None
    if found.before not in found.cues("into_past"):
        return None
    if found.after.isalpha() and found.after not in found.cues("after_past"):
        return None  # an adjective: "the past president"
    return Fixed("PAST_REF" if word == "past" else "PRESENT_REF")


@rule("which=(THE|THAT|THIS) VERY? noun=(MOMENT|TIME)")
def that_time(found: Found) -> Meaning | None:
    """at the time, at the moment, at that time; not "at the time of"."""
    if found.before != "at" or found.after in ("of", "when", "that"):
        return None
    which = found["which"][0].text
    if found["noun"][0].text == "moment":
        return Fixed("PRESENT_REF") if which == "the" else None
    return Fixed("PRESENT_REF" if which == "this" else "PAST_REF")
