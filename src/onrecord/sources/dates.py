"""Dates as sources write them, to ISO dates and date-times; nothing is guessed."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
DAY_NAME = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_ISO = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d\d?)[/.](\d\d?)(?:\D.*)?")
_DOTTED = re.compile(r"(\d\d?)\.\s?(\d\d?)\.\s?(\d{4})(?:\D.*)?")
_SLASHED = re.compile(r"(\d\d?)[/-](\d\d?)[/-](\d{4})(?:\D.*)?")
WRITTEN = re.compile(
    rf"(?:{DAY_NAME}\.?,?\s{{1,3}})?(?:the\s)?"
    rf"(?:(?P<m1>{MONTH})\.?\s{{1,3}}(?P<d1>\d\d?)(?:st|nd|rd|th)?,?\s{{1,3}}(?P<y1>(?:1[89]|20)\d\d)"
    rf"|(?P<d2>\d\d?)(?:st|nd|rd|th)?[\s-](?:of\s)?(?P<m2>{MONTH})\.?,?[\s-](?P<y2>(?:1[89]|20)\d\d))"
    rf"(?!\d)",
    re.IGNORECASE,
)
_URL = re.compile(
    rf"[/_-]((?:19|20)\d\d)[/-]?(\d\d|(?<=[/-])\d|{MONTH})[/-]?(\d\d?)(?=[/_.?-]|$)", re.IGNORECASE
)
_FIRST_YEAR, _LAST_YEAR = 1700, 2200
# 1973 to 2191: smaller numbers are years, counts or days.
_FIRST_SECOND, _LAST_SECOND = 1e8, 7e9


def iso(value: object, *, day_first: bool | None = None) -> str | None:
    """The ISO date or date-time that ``value`` writes, or None where it writes none for sure.

    ``day_first`` decides ``03/04/2019``; where it is None such a date gives None unless one of the
    two numbers can only be a day. With dots the day comes first. Numbers are seconds or
    milliseconds since 1970, in UTC. A month or a year alone is no date of publication.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _epoch(value)
    text = str(value).strip()[:100]
    if _ISO.fullmatch(text):
        return _iso(text)
    if text.isdecimal() and text.isascii() and len(text) in (10, 13):
        return _epoch(int(text))
    for pattern, order in ((_COMPACT, "ymd"), (_YEAR_FIRST, "ymd"), (_DOTTED, "dmy")):
        if found := pattern.fullmatch(text):
            return _numbers(found, order)
    if found := _SLASHED.fullmatch(text):
        return _slashed(found, day_first)
    if ":" in text and (found_mail := _mail(text)):
        return found_mail
    if found := WRITTEN.match(text):
        return written(found)
    return None


def day_comes_first(value: object) -> bool | None:
    """Whether ``value`` (``25/12/2031``) has the day first; None where both could be."""
    found = _SLASHED.fullmatch(value.strip()[:40]) if isinstance(value, str) else None
    if found is None or (int(found[1]) > 12) == (int(found[2]) > 12):
        return None
    return int(found[1]) > 12


def written(found: re.Match[str]) -> str | None:
    """The ISO date of a match of ``WRITTEN``, or None where there is no such day."""
    month = MONTHS[(found["m1"] or found["m2"]).lower()]
    return _date(int(found["y1"] or found["y2"]), month, int(found["d1"] or found["d2"]))


def in_url(url: str) -> str | None:
    """The date in the path of ``url`` (``/2019/11/19/``, ``/2019/nov/18/``, ``/20191119``)."""
    path = re.sub(r"^[a-z]+://[^/?#]*", "", url[:2000], flags=re.IGNORECASE).split("?")[0]
    for found in _URL.finditer(path):
        year, month, day = found.groups()
        number = MONTHS.get(month.lower()) or int(month)
        date = _date(int(year), number, int(day))
        if date:
            return date
    return None


def _iso(text: str) -> str | None:
    try:
        if len(text) == 10:
            return _checked(dt.date.fromisoformat(text))
        moment = dt.datetime.fromisoformat(
            text.replace(" ", "T", 1).replace(" ", "").replace(",", ".")
        )
    except ValueError:
        return None
    return text if "T" in text and _checked(moment) else _checked(moment)


def _epoch(value: float) -> str | None:
    if value > 1e11:
        value /= 1000
    if not _FIRST_SECOND < value < _LAST_SECOND:
        return None
    return dt.datetime.fromtimestamp(int(value), dt.UTC).isoformat()


def _mail(text: str) -> str | None:
    try:
        return _checked(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _slashed(found: re.Match[str], day_first: bool | None) -> str | None:
    told = day_comes_first(found.group())
    if told is not None or found[1] == found[2]:
        day_first = told is not False
    if day_first is None:
        return None
    return _numbers(found, "dmy" if day_first else "mdy")


def _numbers(found: re.Match[str], order: str) -> str | None:
    numbers = {key: int(found[position]) for position, key in enumerate(order, 1)}
    return _date(numbers["y"], numbers["m"], numbers["d"])


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return _checked(dt.date(year, month, day))
    except ValueError:
        return None


def _checked(moment: dt.date) -> str | None:
    return moment.isoformat() if _FIRST_YEAR <= moment.year <= _LAST_YEAR else None
