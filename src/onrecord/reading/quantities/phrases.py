"""From numerals to quantity phrases: modifiers, ranges and units around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.knowledge.units import Unit, money_before, unit_after, unit_of
from onrecord.reading.quantities.numerals import SCALES, SHORT_SCALES, Numeral, find_numerals, tidy

_LOW = (
    "more than", "over", "at least", "no fewer than", "no less than", "not less than",
    "not fewer than", "upwards of", "upward of", "above", "in excess of", "a minimum of",
    "greater than", "exceeding", "as few as", "as little as", "well over", "just over",
    "slightly more than", "slightly over", "well above", "just above", "a little over",
    "a little more than", "far more than", "many more than", "way more than", "no smaller than",
)  # fmt: skip
_HIGH = (
    "up to", "at most", "no more than", "not more than", "a maximum of", "fewer than",
    "less than", "under", "below", "as many as", "as much as", "as high as", "just under",
    "just below", "slightly less than", "slightly under", "slightly fewer than", "well under",
    "well below", "a little less than", "a little under", "no greater than",
)  # fmt: skip
_ABOUT = (
    "about", "nearly", "almost", "some", "roughly", "around", "approximately", "an estimated",
    "estimated", "close to", "approx.", "approx", "circa", "perhaps", "virtually", "practically",
    "a reported", "in the region of", "in the order of", "on the order of",
    "something like", "an average of", "on average", "~", "c.",
)  # fmt: skip


def _alternatives(phrases: tuple[str, ...]) -> str:
    return "|".join(
        re.escape(p).replace(r"\ ", r"\s+") for p in sorted(phrases, key=len, reverse=True)
    )


_BEFORE = re.compile(
    rf"(?:^|(?<=[^\w]))(?:(?P<low>{_alternatives(_LOW)})|(?P<high>{_alternatives(_HIGH)})"
    rf"|(?P<about>{_alternatives(_ABOUT)}))\s*$",
    re.I,
)
_AFTER = re.compile(
    r"(?P<plus>\+|-plus\b)|\s+(?:(?P<more>or\s+more|plus\b|and\s+(?:up|over|above|counting)\b)"
    r"|(?P<less>or\s+(?:less|fewer|under)\b)|(?P<so>or\s+so\b))",
    re.I,
)
_JOIN = re.compile(r"\s*[-–—\u2010\u2011]\s*|\s+(?:to|or)\s+|[-–]to[-–]", re.I)
_VERSUS = re.compile(r"\s*[-–—]\s*|\s+to\s+|[-–]to[-–]", re.I)
_POLL = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|ballots?|pass(?:ed|es)|approv(?:ed|es)|ruled|ruling|decision|tally|"
    r"confirmed|rejected|adopted|majority|divided|split)\b",
    re.I,
)
_PART_UNIT = re.compile(r"\s+(?:of\s+)?an?\s+", re.I)
_MINUS = re.compile(r"(?:(?:^|(?<=[\s(]))[-−]|\b(?:minus|negative)\s+)$", re.I)
_CAN_BE_NEGATIVE = {"temperature", "angle", "share"}
_SCALE_END = re.compile(
    r"(hundred|thousand|million|billion|trillion|(?<=\d)(?:k|mn|mln|m|bn|b|tn))$", re.I
)
_SCALED_BELOW = 1000
_SMALL = 10
_PREPOSITIONS = {"over", "under", "above", "below"}
_PHRASAL = re.compile(
    r"\b(?:tak(?:e|es|en|ing)|took|hand(?:s|ed|ing)?|turn(?:s|ed|ing)?)\s+$", re.I
)
_STERLING = 10_000
_BRITISH = re.compile(r"£|\b(?:sterling|Britain|British|UK|England|London|Scotland|Scottish)\b")
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+ages\s+of\s+)?$", re.I)
_FROM = re.compile(r"\b(?:anywhere\s+)?from\s+$", re.I)
_AND = re.compile(r"\s+and\s+", re.I)
_OLD = re.compile(r"[-\s]*olds?\b|\s+of\s+age\b", re.I)
_OF_UNIT = re.compile(r"\s+of(?=\s)")
_AGED = re.compile(r"\b(?:aged?|ages|ages?\s+of)(?:\s+between)?\s+$", re.I)


@dataclass(frozen=True)
class Phrase:
    """A quantity as written: its span, the numbers, bounds and unit.

    ``core`` is where the numeral itself stands, for looking it up in the parse.
    """

    start: int
    end: int
    core: tuple[int, int]
    kind: str
    value: int | float | None
    low: int | float | None = None
    high: int | float | None = None
    approximate: bool = False
    unit: Unit | None = None
    age: bool = False
    lone_one: bool = False
    ballot: bool = False


def find_phrases(text: str, start: int, end: int) -> Iterator[Phrase]:
    """The quantity phrases of ``text[start:end]``, in order, with offsets into ``text``."""
    piece = text[start:end]
    numerals = [n._replace(start=n.start + start, end=n.end + start) for n in find_numerals(piece)]
    position = 0
    floor = start
    while position < len(numerals):
        phrases, used = _phrase(text, (start, end), floor, numerals, position)
        for phrase in phrases:
            floor = phrase.end
            yield phrase
        position += used


def _phrase(
    text: str, bounds: tuple[int, int], floor: int, numerals: list[Numeral], position: int
) -> tuple[tuple[Phrase, ...], int]:
    start, end = bounds
    first = numerals[position]
    made = _with_unit(text, floor, first)
    following = numerals[position + 1] if position + 1 < len(numerals) else None
    if following is not None:
        second = _with_unit(text, made.end, following)
        sides = _sides(text, start, end, made, second)
        if sides is not None:
            return sides, 2
        joined = _range(text, floor, made, second)
        if joined is not None:
            return (_modified(text, floor, end, joined),), 2
        if _is_score(text, first, following):
            return (), 2
    return (_modified(text, floor, end, made),), 1


def _with_unit(text: str, floor: int, numeral: Numeral) -> Phrase:
    vague = numeral.kind == "vague"
    made = Phrase(
        start=numeral.start, end=numeral.end, core=(numeral.start, numeral.end),
        kind=numeral.kind, value=None if vague else numeral.value,
        low=numeral.value if vague else None, approximate=vague, lone_one=numeral.lone_one,
    )  # fmt: skip
    money = money_before(text[floor : numeral.start], numeral.start - floor)
    if money is not None:
        again = unit_after(text, numeral.end)
        ends = again[0] if again is not None and again[1].name == money[1].name else made.end
        return replace(made, start=money[0] + floor, end=ends, unit=money[1])
    if numeral.kind == "share":
        return _part_of_unit(text, made)
    linked = _OF_UNIT.match(text, numeral.end) if vague else None
    after = unit_after(text, linked.end() if linked else numeral.end)
    if after is None or (linked and after[1].kind == "time"):
        return made
    unit_end, unit = after
    if text[unit_end - 6 : unit_end] == "Second":
        return made
    old = _OLD.match(text, unit_end) if unit.name in {"year", "month", "week", "day"} else None
    if old is not None:
        return replace(made, end=old.end(), unit=unit, age=True)
    made = replace(made, end=unit_end, unit=_sterling(unit, numeral.value, text, unit_end))
    return _signed(text, floor, made)


def _part_of_unit(text: str, made: Phrase) -> Phrase:
    """ "Half a mile" is 0.5 miles; "half of an acre" too."""
    linked = _PART_UNIT.match(text, made.end)
    after = unit_after(text, linked.end()) if linked is not None else None
    if after is None or after[1].kind == "money":
        return made
    return replace(made, end=after[0], unit=after[1])


def _sterling(unit: Unit, value: int | float, text: str, end: int) -> Unit:
    """Pounds by the ten thousand are money in a report that has Britain in it, unless weighed."""
    if unit.name != "pound" or value < _STERLING or _OF_UNIT.match(text, end):
        return unit
    if not _BRITISH.search(text):
        return unit
    return unit_of("GBP") or unit


def _signed(text: str, floor: int, made: Phrase) -> Phrase:
    """ "-5C", "minus 20 degrees": a sign counts where the unit can lie below nought."""
    if made.unit is None or made.unit.kind not in _CAN_BE_NEGATIVE or made.value is None:
        return made
    sign = _MINUS.search(text, max(floor, made.start - 12), made.start)
    return made if sign is None else replace(made, start=sign.start(), value=-made.value)


def _sides(
    text: str, start: int, end: int, first: Phrase, second: Phrase
) -> tuple[Phrase, ...] | None:
    """The two figures of a division, "230-to-198", "by 52 to 48", "44 - 42 percent", or None.

    They are told from a range by the words around them, and from a result such as 3-1 too.
    """
    if not _VERSUS.fullmatch(text[first.end : second.start]) or first.unit is not None:
        return None
    if first.value is None or second.value is None or first.kind == "share":
        return None
    share = second.unit is not None and second.unit.name == "percent"
    if share and first.value > second.value and not _FROM.search(text[start : first.start]):
        return replace(first, unit=second.unit), second
    if second.unit is not None or first.kind == "vague":
        return None
    if not _POLL.search(text[start:end]) or _counted_after(text, second.end):
        return None
    if first.value < second.value and "to" not in text[first.end : second.start]:
        return None
    return replace(first, ballot=True), replace(second, ballot=True)


def _counted_after(text: str, end: int) -> bool:
    """Whether a noun other than votes follows: "5 to 10 people voted"."""
    match = re.match(r"\s+([a-z]+s)\b", text[end:])
    return match is not None and match.group(1) not in {"votes", "was", "as", "is", "has"}


def _range(text: str, floor: int, first: Phrase, second: Phrase) -> Phrase | None:
    """Two phrases that are one range, or None."""
    if first.kind not in {"digits", "words"} or second.kind not in {"digits", "words"}:
        return None
    if first.unit and second.unit and first.unit.name != second.unit.name:
        return None
    between = text[first.end : second.start]
    before = text[floor : first.start]
    opening = _BETWEEN.search(before)
    joined = _JOIN.fullmatch(between)
    if opening is not None and (_AND.fullmatch(between) or joined):
        start = floor + opening.start()
    elif joined and (leading := _FROM.search(before)) and first.start > floor:
        start = floor + leading.start()
    elif joined:
        start = first.start
    else:
        return None
    low, high = _scaled(text, first, second)
    if low is None or high is None:
        return None
    turned = low > high
    if turned and not _FROM.search(before):
        return None
    return replace(
        second,
        start=start,
        core=(first.core[0], second.core[1]),
        value=None,
        low=min(low, high),
        high=max(low, high),
        unit=second.unit or first.unit,
        lone_one=False,
        age=first.age or second.age or (opening is not None and "ages" in opening.group().lower()),
    )


def _scaled(
    text: str, first: Phrase, second: Phrase
) -> tuple[int | float | None, int | float | None]:
    """The bounds; "5 to 6 million" gives the first the scale word of the second."""
    low, high = first.value, second.value
    if low is None or high is None:
        return None, None
    scale = _SCALE_END.search(text[slice(*second.core)])
    if scale and low < _SCALED_BELOW and not _SCALE_END.search(text[slice(*first.core)]):
        word = scale.group(1).lower()
        low = tidy(low * (SCALES.get(word) or SHORT_SCALES[word]))
    return low, high


def _is_score(text: str, first: Numeral, second: Numeral) -> bool:
    """A result such as 3-1: two small figures joined by a dash, the first not the smaller."""
    if first.kind != "digits" or second.kind != "digits":
        return False
    between = text[first.end : second.start]
    return bool(re.fullmatch(r"[-–—]", between)) and first.value >= second.value


def _modified(text: str, floor: int, end: int, made: Phrase) -> Phrase:
    made = _after(text, end, made)
    if _AGED.search(text[floor : made.start]):
        made = replace(made, age=True)
    while True:
        before = _BEFORE.search(text, floor, made.start)
        if before is None or before.end() != made.start:
            return made
        number = made.value if made.value is not None else made.low
        if _is_preposition(before, made):
            return made
        made = replace(made, start=before.start())
        if before.group("low") is not None:
            made = replace(made, low=number)
        elif before.group("high") is not None:
            if made.value is not None:
                made = replace(made, high=number)
        else:
            made = replace(made, approximate=True)


def _is_preposition(before: re.Match[str], made: Phrase) -> bool:
    """ "Under one roof", "over two meetings", "takes over about 50": no bound is meant."""
    small = made.kind == "words" and made.unit is None and (made.value or _SMALL + 1) <= _SMALL
    word = before.group().strip().lower()
    taken = word == "over" and _PHRASAL.search(
        before.string[max(0, before.start() - 12) : before.start()]
    )
    return bool(taken) or (word in _PREPOSITIONS and (small or made.approximate))


def _after(text: str, end: int, made: Phrase) -> Phrase:
    match = _AFTER.match(text, made.end, end)
    if match is None or made.value is None:
        return made
    if match.group("so"):
        return replace(made, end=match.end(), approximate=True)
    if match.group("less"):
        return replace(made, end=match.end(), high=made.value)
    return replace(made, end=match.end(), low=made.value)
