"""What an entry that a person adds is taken to be where that person says no more."""

from __future__ import annotations

import calendar
import re
from typing import Any

PREFIX = {
    "entities": "n", "attributions": "a", "times": "t", "places": "p", "quantities": "q",
    "events": "e", "permissions": "r", "reasons": "w", "forecasts": "f",
}  # fmt: skip
"""With what the ids of each part begin."""

_FACTUALITY = {"actual": 3.0, "negated": -3.0}
_PERIOD = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")

_DEFAULTS: dict[str, dict[str, Any]] = {
    "entities": {"name": None},
    "attributions": {"source": None, "cue": None, "quotation": "indirect", "stance": "asserts"},
    "events": {"main": False, "realis": "actual", "background": False,
               "scores": {"type": 1.0, "roles": 1.0, "realis": 1.0}},
    "permissions": {"deontic": "allow"},
    "times": {"type": "DATE"},
}  # fmt: skip

NEEDED = {
    "entities": ("kind", "mentions"), "attributions": ("content",), "events": ("type", "anchor"),
    "permissions": ("state", "anchor"), "reasons": ("kind", "anchor", "content"),
    "forecasts": ("content", "cue", "likelihood"), "quantities": ("text",), "times": ("text",),
    "places": ("text",),
}  # fmt: skip
"""What must be said of an entry that is added."""


def completed(part: str, value: dict[str, Any]) -> dict[str, Any]:
    """``value`` with what it leaves open: a person's word has score 1, and an event happened."""
    whole = {"score": 1.0, **_DEFAULTS.get(part, {}), **value}
    if part == "events":
        whole.setdefault("factuality", factuality_of(whole["realis"]))
    if part == "times" and "value" in value:
        start, end = span_of(value["value"])
        whole = {"start": start, "end": end, "basis": "explicit" if start else None, **whole}
    return whole


def factuality_of(realis: str) -> float:
    """How surely an event has happened that a person says is told like this; 0 where open."""
    return _FACTUALITY.get(realis, 0.0)


def span_of(value: str | None) -> tuple[str | None, str | None]:
    """The first and the last day of a year, a month or a day (ISO); nothing for other values."""
    found = _PERIOD.fullmatch(value or "")
    if found is None:
        return None, None
    year, month, day = found.groups()
    if day is not None:
        return value, value
    if month is None:
        return f"{year}-01-01", f"{year}-12-31"
    if not 1 <= int(month) <= 12:
        return None, None
    last = calendar.monthrange(int(year), int(month))[1]
    return f"{year}-{month}-01", f"{year}-{month}-{last}"
