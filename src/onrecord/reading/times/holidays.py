"""Holidays: their names, and on which day of a year they fall."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from onrecord.reading.times.lexicon import rows


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    return {name: rule for name, rule, _ in rows("holidays.tsv")}


@lru_cache(maxsize=1)
def holiday_words() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """By the first token of a name: the whole name as tokens, longest first, and the holiday."""
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, _, spellings in rows("holidays.tsv"):
        for spelling in spellings.split("|"):
            words = tuple(spelling.split())
            out.setdefault(words[0], []).append((words, name))
    for names in out.values():
        names.sort(key=lambda row: -len(row[0]))
    return out


def holiday(name: str, year: int) -> dt.date | None:
    """The day of ``year`` on which the holiday falls; None where it has no rule that is certain.

    Rules are ``MM-DD``, ``MM/N.W`` (the Nth weekday W of the month, Monday 1; N may be -1, the
    last), ``MM/N.W+K`` (K days later) and ``easter+K``.
    """
    rule = _table()[name]
    if not 1 <= year <= 9999:
        return None
    if rule.startswith("easter"):
        return easter(year) + dt.timedelta(days=int(rule[6:] or 0))
    if "/" in rule:
        month, rest = rule.split("/")
        rest, _, later = rest.partition("+")
        number, weekday = rest.split(".")
        day = nth_weekday(year, int(month), int(number), int(weekday))
        return day + dt.timedelta(days=int(later or 0))
    if "-" in rule:
        month, day_of_month = rule.split("-")
        return dt.date(year, int(month), int(day_of_month))
    return None


def nth_weekday(year: int, month: int, number: int, weekday: int) -> dt.date:
    """The ``number``-th ``weekday`` (Monday 1) of a month, counted from its end where negative."""
    if number > 0:
        first = dt.date(year, month, 1)
        return first + dt.timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (number - 1))
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    last = following - dt.timedelta(days=1)
    return last - dt.timedelta(days=(last.isoweekday() - weekday) % 7 + 7 * (-number - 1))


def easter(year: int) -> dt.date:
    """Western Easter Sunday, by the anonymous Gregorian algorithm (Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return dt.date(year, month, day + 1)
