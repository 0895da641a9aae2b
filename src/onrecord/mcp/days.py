"""Days as an agent writes them."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from onrecord.ledgers import QuestionError

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def first_day(value: str | None) -> dt.date | None:
    """A day, or the first one of a month or a year. Raises ``QuestionError``."""
    return _day(value, last=False)


def last_day(value: str | None) -> dt.date | None:
    """A day, or the last one of a month or a year. Raises ``QuestionError``."""
    return _day(value, last=True)


def _day(value: str | None, *, last: bool) -> dt.date | None:
    if value is None:
        return None
    found = _SHAPE.fullmatch(value.strip())
    try:
        if found is None:
            raise ValueError(value)
        year, month = int(found[1]), int(found[2] or (12 if last else 1))
        length = calendar.monthrange(year, month)[1]
        return dt.date(year, month, int(found[3] or (length if last else 1)))
    except (ValueError, calendar.IllegalMonthError) as error:
        raise QuestionError(f"{value!r} is no day: 2031-05-06, 2031-05 or 2031") from error
