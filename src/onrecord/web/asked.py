"""What is asked for by an address: the filters, the order and the page, read with care."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from onrecord.record.labels import LABELS

MOST_WORDS = 300
PAGE = 50


class AskedError(ValueError):
    """A filter that says nothing sensible; the message names it."""


@dataclass(frozen=True)
class Filter:
    """One filter: its name in the address, what it is called, and what kind of value it takes.

    ``kind``: text, day, number, flag, or choice (of ``choices``). ``default`` is in force where the
    address does not name the filter; an empty value in the address sets it free.
    """

    name: str
    title: str
    kind: str = "text"
    choices: tuple[str, ...] = ()
    default: str = ""


@dataclass(frozen=True)
class Asked:
    """The filters in force, the order and the page."""

    values: dict[str, str] = field(default_factory=dict)
    order: str = ""
    page: int = 1

    def get(self, name: str) -> str:
        """The value of a filter; empty where it is not asked."""
        return self.values.get(name, "")

    def link(self, **changes: str | int) -> str:
        """The query of an address like this one, but for ``changes``."""
        told: dict[str, str | int] = {
            **self.values,
            "order": self.order,
            "page": self.page,
            **changes,
        }
        kept = {
            name: value
            for name, value in told.items()
            if value != "" and not (name == "page" and value == 1)
        }
        return f"?{urlencode(kept)}" if kept else "?"


def read(
    query: Mapping[str, str], filters: tuple[Filter, ...], orders: tuple[str, ...] = ()
) -> Asked:
    """The filters in an address. Raises ``AskedError`` for a value that a filter cannot take."""
    values: dict[str, str] = {}
    for one in filters:
        given = query.get(one.name, one.default).strip()
        if given:
            values[one.name] = _checked(one, given)
    order = query.get("order", "")
    if order and order.removeprefix("-") not in orders:
        raise AskedError(f"order: {order[:40]!r} is none of {', '.join(orders)}")
    page = query.get("page", "1")
    if not (page.isascii() and page.isdigit() and 0 < int(page[:9]) <= 1_000_000):
        raise AskedError(f"page: {page[:40]!r} is no page number")
    return Asked(values, order, int(page))


def _checked(one: Filter, given: str) -> str:
    if len(given) > MOST_WORDS:
        raise AskedError(f"{one.name}: longer than {MOST_WORDS} characters")
    if one.kind == "day":
        try:
            return dt.date.fromisoformat(given).isoformat()
        except ValueError as error:
            raise AskedError(f"{one.name}: {given!r} is no day (YYYY-MM-DD)") from error
    if one.kind == "number" and not (given.isascii() and given.isdigit() and len(given) < 16):
        raise AskedError(f"{one.name}: {given!r} is no whole number")
    if one.kind in {"choice", "flag"}:
        choices = one.choices or ("yes",)
        if given not in choices:
            raise AskedError(f"{one.name}: {given!r} is none of {', '.join(choices)}")
    return given


WORDS = Filter("q", "words")
FROM, TO = Filter("from", "from", "day"), Filter("to", "to", "day")
SOURCE = Filter("source", "outlet")
REALIS = Filter("realis", "realis", "choice", LABELS["realis"])
TYPE = Filter("type", "type", "choice", LABELS["event_type"])
COUNTRY = Filter("country", "country (3 letters)")
ACTOR = Filter("actor", "actor’s number", "number")
HAPPENING = Filter("event", "event’s number", "number")
STANCE = Filter("stance", "stance", "choice", LABELS["stance"])
KIND = Filter("kind", "kind of source", "choice", LABELS["source_kind"])
STATE = Filter("state", "state", "choice", LABELS["permission_state"])
REASON = Filter("reason", "kind", "choice", LABELS["reason_kind"])
