"""What labels mean, in a newsreader's words, and figures and places as they are written."""

from __future__ import annotations

from typing import Any

REALIS = {
    "actual": "told as having happened",
    "negated": "told as not having happened",
    "future": "planned, promised or expected",
    "possible": "may be, or may have been",
    "conditional": "only if something else comes",
    "generic": "in general, no single event",
}
"""Realis, as the report tells an event."""

SIGNS = {
    "actual": "●",
    "negated": "✕",
    "future": "▷",
    "possible": "?",
    "conditional": "◇",
    "generic": "∞",
}
"""A sign for each realis, so that it is told apart without colour."""

STATES = {
    ("granted", "allow"): "allowed",
    ("withheld", "allow"): "not allowed",
    ("conditional", "allow"): "allowed on a condition",
    ("requested", "allow"): "leave asked for",
    ("considered", "allow"): "may be allowed",
    ("revoked", "allow"): "leave withdrawn",
    ("granted", "forbid"): "forbidden",
    ("withheld", "forbid"): "not forbidden",
    ("conditional", "forbid"): "forbidden on a condition",
    ("requested", "forbid"): "ban asked for",
    ("considered", "forbid"): "may be forbidden",
    ("revoked", "forbid"): "ban lifted",
}
"""A permission's state and kind."""

REASONS = {
    "cause": "what led to it",
    "aim": "what it is for",
    "objection": "what speaks against it",
    "risk": "what is feared of it",
}
QUOTATION = {
    "direct": "word for word",
    "indirect": "in the report's words",
    "mixed": "partly word for word",
}

_FEATURES = {
    "PCLI": "country",
    "ADM1": "region",
    "ADM2": "district",
    "ADM3": "district",
    "PPLC": "capital",
    "CONT": "continent",
    "RGN": "region",
    "SEA": "sea",
    "OCN": "ocean",
    "ISL": "island",
    "STM": "river",
    "LK": "lake",
    "MT": "mountain",
    "MTS": "mountains",
}


def feature(place: Any) -> str:
    """What kind of place it is; ``place`` where the gazetteer does not say."""
    code = place.feature
    if code is None:
        return "place"
    if code.startswith("PPL") and code not in _FEATURES:
        return "town"
    return str(_FEATURES.get(code, "place"))


def place_name(place: Any) -> str | None:
    """The gazetteer's name with its country, or None where the place is not resolved."""
    if place.name is None:
        return None
    if place.feature == "PCLI" or not place.country3:
        return str(place.name)
    return f"{place.name}, {place.country3}"


def entity_name(entity: Any) -> str:
    """An entity's name, or the words of its first mention."""
    if entity is None:
        return "?"
    return str(entity.name or " ".join(entity.mentions[0].text.split()))


def number(value: float) -> str:
    """A number with thousands set apart."""
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"


def si(value: Any) -> str:
    """A quantity in base units of the SI, with its bounds."""
    return f"{bounds(value.value, value.low, value.high)} {value.unit}"


def bounds(value: float | None, low: float | None, high: float | None) -> str:
    """A value, or the bounds that stand for it."""
    if value is not None and low is None and high is None:
        return number(value)
    if low is not None and high is not None:
        return f"{number(low)} to {number(high)}"
    if low is not None:
        return f"at least {number(low)}"
    if high is not None:
        return f"at most {number(high)}"
    return "no number" if value is None else number(value)


def figure(entry: Any) -> str:
    """A figure with its bounds and unit, and what it counts."""
    vague = entry.approximate and entry.value is None and entry.high is None
    words = bounds(entry.value, entry.low, entry.high)
    if entry.value is None and entry.low is None and entry.high is None:
        words = " ".join(entry.text.split())
    elif vague:
        words = f"{' '.join(entry.text.lower().split())} ({words})"
    elif entry.approximate:
        words = f"about {words}"
    parts = [
        words,
        entry.unit,
        None if entry.of is None else " ".join(entry.of.text.split()),
        entry.property,
        "(change)" if entry.change else None,
    ]
    return " ".join(part for part in parts if part)
