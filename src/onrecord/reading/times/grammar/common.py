"""What several parts of the grammar read off a match: modifiers, days, years, units."""

from __future__ import annotations

import re

from onrecord.reading.times.engine import Found
from onrecord.reading.times.meaning import Step

DASHES = frozenset("-‐‑‒–—")
PART_WORDS = frozenset(
    ("morning", "afternoon", "evening", "night", "nighttime", "daytime", "dawn", "daybreak",
     "sunrise", "dusk", "sunset", "sundown")
)  # fmt: skip
STEP = "(?:LAST|NEXT|THIS|THIS (?:PAST|COMING)|COMING|PAST|THAT|THAT SAME|THE (?:FOLLOWING|PREV))"
"""Words before a named point that choose one of its kind: "last May", "this coming Saturday"."""
REL = "(?:THIS|LAST|NEXT|THAT|PREV|FOLLOWING|SAME|CURRENT)"

_STEPS = {
    "past": "past", "last": "last", "next": "next", "coming": "next", "upcoming": "next",
    "forthcoming": "next", "following": "ref_next", "ensuing": "ref_next", "subsequent": "ref_next",
    "previous": "ref_last", "prior": "ref_last", "preceding": "ref_last", "this": "this",
    "that": "that", "same": "that",
}  # fmt: skip
_MODS = {
    "START": "START", "MID": "MID", "END": "END", "first": "START", "earlier": "START",
    "last": "END", "final": "END", "closing": "END", "later": "END", "latter": "END",
}  # fmt: skip
_MORE_OR_LESS = {
    "more": "MORE_THAN", "longer": "MORE_THAN", "over": "MORE_THAN", "less": "LESS_THAN",
    "fewer": "LESS_THAN", "shorter": "LESS_THAN", "under": "LESS_THAN", "nearly": "LESS_THAN",
    "almost": "LESS_THAN",
}  # fmt: skip


def mod_of(found: Found, name: str = "edge") -> str | None:
    """The TIMEX3 mod that words such as "early" or "the end of" say; None where there are none."""
    for tok in found[name]:
        mod = _MODS.get(tok.value) or _MODS.get(tok.text)
        if mod is not None:
            return mod
    return "MID" if any(tok.text == "of" for tok in found[name]) else None


def approx_of(found: Found, name: str = "apx") -> str | None:
    """The TIMEX3 mod of "about", "more than", "at least" …; None where there are none."""
    words = [tok.text for tok in found[name]]
    if not words:
        return None
    if "least" in words:
        return "EQUAL_OR_MORE"
    if "most" in words or words[0] == "up" or "as" in words or "no" in words:
        return "EQUAL_OR_MORE" if "less" in words or "few" in words else "EQUAL_OR_LESS"
    for word in words:
        if word in _MORE_OR_LESS:
            return _MORE_OR_LESS[word]
    return "APPROX"


def step_of(found: Found, name: str = "step") -> str | None:
    """Which of its kind a named point is: "last", "next", "this", "that" …; None where untold."""
    steps = [_STEPS[tok.text] for tok in found[name] if tok.text in _STEPS]
    for first in ("past", "last", "next", "ref_next", "ref_last", "this", "that"):
        if first in steps:
            return first
    return None


def rel_step(found: Found, rel: str = "rel", unit: str = "unit") -> Step:
    """The step that "last", "that", "the following" … before a unit say."""
    word = found[rel][0]
    return Step(found.value(unit), int(word.value or 0), base_of(found, rel))


def base_of(found: Found, name: str) -> str:
    """Whether the words of a group lean on the time told ("ref") or on now."""
    return "ref" if any(tok.text in found.cues("anaphoric") for tok in found[name]) else "now"


def year_of(found: Found, name: str = "year") -> int | None:
    """The year in a group: 1998, '98; None where the group took no part."""
    tokens = found[name]
    if not tokens:
        return None
    value = int(tokens[0].value)
    return value if len(tokens[0].value) > 2 else value + (2000 if value < 40 else 1900)


def ordinal_of(found: Found, name: str) -> int:
    """The number that a group's ordinals and digits say: 3, 3rd, twenty-first; "last" is -1."""
    total = 0
    for tok in found[name]:
        digits = re.match(r"-?\d+", tok.value or "")
        total += 2 if tok.text == "second" else int(digits.group()) if digits else 0
    return total


def day_of(found: Found, name: str = "day") -> int | None:
    """The day of a month in a group; None where it is none."""
    total = ordinal_of(found, name)
    return total if 1 <= total <= 31 else None


def unit_of(found: Found, name: str = "unit") -> str:
    """The unit that a group's first word names."""
    tok = found[name][0]
    return "s" if tok.text == "second" else tok.value


def capital(found: Found, name: str) -> bool:
    """Whether a group begins with a capital: "May", not "may"."""
    return found.text[found[name][0].start].isupper()


def dashed(found: Found, name: str) -> bool:
    """Whether a dash stands before a group: "two-year", "late-November"."""
    first = found.span(name)[0]
    return first > found.start and found.tokens[first - 1].text in DASHES
