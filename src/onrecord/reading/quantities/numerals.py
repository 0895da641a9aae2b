"""Numerals in running text: digits, number words, fractions, scale words, vague plurals.

The grammar of English number words is small and closed, and offsets must be exact, so it is
written here: text2num gives no offsets into the text, and quantulum3 (span F1 0.80 on news, by
the bench) brings a classifier, a stemmer and their data along.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "b": 10**9,
                "tn": 10**12}  # fmt: skip
VAGUE = {
    "dozens": 24, "scores": 40, "tens": 20, "hundreds": 200, "thousands": 2000,
    "millions": 2 * 10**6, "billions": 2 * 10**9, "trillions": 2 * 10**12,
}  # fmt: skip
"""A vague plural is at least twice its word."""
PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5,
    "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8,
    "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10,
}  # fmt: skip
_PART_OF = {"half": 0.5, "quarter": 0.25, "third": 1 / 3, "three-quarters": 0.75, "quarters": 0.75}
SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}

_WORD = "|".join(sorted([*ONES, *TENS], key=len, reverse=True))
_SCALE = "|".join(SCALES)
_FEW = "one|two|three|four|five|six|seven|eight|nine|[1-9]"
_ORDINAL = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_NUMBER_WORDS = (
    rf"(?:(?:{_WORD}|an?(?=\s+(?:{_SCALE}|dozen)\b))"
    rf"(?:[-\u2010\u2011\s]\s*(?:(?:and\s+)?(?:{_WORD})(?![-\s]*fold)|(?:{_SCALE}|dozen)\b))*)"
)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+|\d+\.\d+|\d+|\.\d+"
_FRACTION = "fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?"
_GLUED = "[kcm]m|mi|ft|k?g|lbs?|oz|[km]?W|[kMG]Wh|mph|kph|km/h|kmh|knots|ha|[CFp]"
_VAGUE_OF = "tens|hundreds|thousands|dozens|scores|millions|billions"
NUMERAL = re.compile(
    rf"""
    (?<![\w.,/:$€£])(?P<every>
        (?:one|1)\s+in(?:\s+every)?\s+(?P<of>{_WORD}|\d{{1,4}}(?<!\b20\d\d)(?<!\b19\d\d))
        |(?:{_FEW})\s+(?:in|out\s+of)(?:\s+every)?\s+(?P<ofround>three|four|five|ten|10|100))
        (?![\w,.-]*\w|\s+(?:seconds|minutes|hours|days|weeks|months|years)\b)
    | (?<![\w.,/:'’])(?:(?<![^\W\d][-–—−\u2010\u2011])|(?<=\d[-–]to[-–]))(?<!\.[-–])(?:
        (?P<digits>{_DIGITS})(?P<sign>[½¼¾⅓⅔]|[-\s][1-9]/[2-9](?![\d/]))?
        (?:(?P<short>k|mn|mln|bn|tn|m|b)\b
          |\s*[-\s]\s*(?P<scale>(?:{_SCALE})(?:\s+(?:{_SCALE}))?)\b)?
      | (?P<onlysign>[½¼¾⅓⅔])
      | (?P<vulgar>[1-9]/[2-9])(?=\s+(?:of|majority)\b)
    )(?:(?![\w]|[/:]\d)|(?=(?:{_GLUED})(?!\w)))
    | \b(?P<halfof>(?P<halfshare>half|an?\s+(?:quarter|third|half)\s+of|three[-\s]quarters\s+of)
        \s+an?\s+(?P<halfscale>dozen|{_SCALE}))\b
    | \b(?P<several>(?:several|an?\s+few|few|many|a\s+couple(?:\s+of)?)\s+
        (?P<severalscale>dozen|{_SCALE}))\b
    | \b(?P<vague>(?:(?:{_VAGUE_OF})\s+of\s+)?
        (?:dozens|hundreds|thousands|millions|billions|trillions
          |scores(?=\s+(?:of|more|were|are|have|had|others|people|killed|dead|wounded|injured)\b)
        ))\b
    | (?<!and[-\s])(?<!and[-\s]a[-\s])\b(?P<share>(?:(?:an?|{_FEW})[-\s]+)?
        (?:half|thirds?|quarters?|{_FRACTION}))\b
    | \b(?P<words>{_NUMBER_WORDS})(?![\w]|[-\u2010](?:{_ORDINAL})\b)
    """,
    re.X | re.I,
)
_STARTS = "on tw th fo fi si se ei ni te el ze tr hu do mi bi ha sc ma fe"
_CANDIDATE = re.compile(
    r"(?<!\w)(?=\.?\d|[½¼¾⅓⅔]|"
    + "|".join(f"[{s[0]}{s[0].upper()}][{s[1]}{s[1].upper()}]" for s in _STARTS.split(" "))
    + r"|[aA][nN]?[-\u2010\u2011\s]+(?:[hH][uUaA]|[mMbBfFsSnN][iI]|[tT][hHrReE]|[dD][oO]"
    r"|[fFsS][eE]|[eE][iI]|[cC][oO]|[qQ][uU]))"
)
"""Where a numeral can begin: a cheap test, so that the grammar is not tried at every letter."""
_FINISH = re.compile(r"[-\u2010\u2011\s]+(?:and\s+)?")
_LAST_WORD = re.compile(r"(?:[-\u2010\u2011\s]+and)?[-\u2010\u2011\s]+\w+$", re.I)
_AND_HALF = re.compile(
    r"[-\s]+and[-\s]+(?:an?|one)[-\s]+(half|quarter)\b(?:[-\s]+(thousand|million|billion|trillion)\b)?",
    re.I,
)


class Numeral(NamedTuple):
    """One numeral: where it stands, what it is worth, and how it is written.

    ``kind``: digits | words | vague | share. ``value`` is the least for a vague one. ``lone_one``
    tells a bare "one", which is a numeral only before a noun.
    """

    start: int
    end: int
    value: int | float
    kind: str
    lone_one: bool = False


def find_numerals(text: str) -> Iterator[Numeral]:
    """All numerals of ``text``, in order, not overlapping."""
    last = 0
    for candidate in _CANDIDATE.finditer(text):
        if candidate.start() < last:
            continue
        match = NUMERAL.match(text, candidate.start())
        if match is None:
            continue
        made = _numeral(match)
        last = match.end() if made is None else made.end
        if made is not None:
            yield made


def _numeral(match: re.Match[str]) -> Numeral | None:
    start, end = match.span()
    group = match.groupdict()
    if group["digits"] is not None:
        value = _digits(group["digits"])
        if group["sign"]:
            value += _part(group["sign"])
        if group["short"]:
            value *= SHORT_SCALES[group["short"].lower()]
        for word in (group["scale"] or "").lower().split():
            value *= SCALES[word]
        return Numeral(start, end, tidy(value), "digits")
    if group["onlysign"]:
        return Numeral(start, end, SIGNS[group["onlysign"]], "share")
    if group["vague"]:
        words = group["vague"].lower().split()
        least = VAGUE[words[-1]]
        if len(words) > 1:
            least = VAGUE[words[0]] * (least // 2)
        return Numeral(start, end, least, "vague")
    if group["halfof"]:
        part = _PART_OF[re.sub(r"\s+of$", "", group["halfshare"].lower()).split()[-1]]
        whole = _scale(group["halfscale"])
        return Numeral(start, end, tidy(whole * part), "words")
    if group["several"]:
        return Numeral(start, end, 2 * _scale(group["severalscale"]), "vague")
    if group["vulgar"]:
        above, below = (int(n) for n in group["vulgar"].split("/"))
        return Numeral(start, end, above / below, "share") if above < below else None
    if group["every"]:
        whole = _small(group["of"] or group["ofround"])
        part = _small(group["every"].split()[0])
        if not whole or part >= whole:
            return None
        return Numeral(start, end, part / whole, "share")
    if group["share"]:
        return _share(match)
    words = group["words"]
    value_of = number_words(words)
    while value_of is None:
        shorter = _LAST_WORD.sub("", words)
        if shorter == words:
            return None
        words, value_of = shorter, number_words(shorter)
    end = start + len(words)
    half = _AND_HALF.match(match.string, end)
    lone = words.lower() == "one"
    if half is not None:
        value_of += 0.5 if half.group(1).lower() == "half" else 0.25
        value_of *= SCALES[half.group(2).lower()] if half.group(2) else 1
        end = half.end()
    return Numeral(start, end, tidy(value_of), "words", lone and half is None)


def _share(match: re.Match[str]) -> Numeral | None:
    words = re.split(r"[-\s]+", match.group("share").lower())
    whole = PARTS[words[-1]]
    if len(words) == 1 and words[0] != "half":
        return None
    count = 1 if len(words) == 1 or words[0] in {"a", "an"} else ONES[words[0]]
    plural = words[-1].endswith(("s", "ves"))
    if (count > 1) != plural or count >= whole:
        return None
    return Numeral(*match.span(), count / whole, "share")


def _digits(text: str) -> int | float:
    plain = re.sub(r"[,\u00a0\u202f\u2009]", "", text)
    return float(plain) if "." in plain else int(plain)


def _part(written: str) -> float:
    """ "½" or "1/2"."""
    if written in SIGNS:
        return SIGNS[written]
    above, below = (int(n) for n in written[1:].split("/"))
    return above / below if above < below else 0.0


def _scale(word: str) -> int:
    return 12 if word.lower() == "dozen" else SCALES[word.lower()]


def _small(text: str) -> int:
    word = text.lower()
    return int(word) if word.isdigit() else ONES.get(word, TENS.get(word, 0))


def number_words(text: str) -> int | float | None:
    """The value of number words, "two hundred and fifty thousand"; None where they are none."""
    total = current = 0
    seen = False
    for word in _FINISH.split(text.lower()):
        if word in {"a", "an"}:
            current, seen = 1, True
        elif word in ONES:
            if seen and current % 10 and current % 100 != 0:
                return None
            current, seen = current + ONES[word], True
        elif word in TENS:
            if current % 100:
                return None
            current, seen = current + TENS[word], True
        elif word == "dozen":
            current = (current or 1) * 12
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in SCALES:
            total, current = total + (current or 1) * SCALES[word], 0
        elif word:
            return None
    return total + current if seen else None


def tidy(value: int | float) -> int | float:
    """An integer where the value is one; floats without the dust of binary arithmetic."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded
