"""Lists: which rows a page shows, by which filters, in which order, as SQL on the store.

Every value of a filter reaches DuckDB as a parameter. Names of columns are ours alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from onrecord.store import Store
from onrecord.web.asked import PAGE, Asked, Filter

Row = dict[str, Any]
Leads = Callable[[Row], str | None]
MOST_ROWS = 200_000
"""Rows of an export in one go; a longer list says so, and is had in parts by its filters."""


@dataclass(frozen=True)
class Column:
    """A column: its name in the rows, its heading, how it is set, and where it leads.

    ``kind``: text, words (of a report), label, number, day, score or list.
    """

    name: str
    title: str
    kind: str = "text"
    leads: Leads | None = None
    shown: bool = True


@dataclass(frozen=True)
class Listing:
    """A page that is a list.

    ``select`` and ``base`` are the SQL of the rows; ``where`` a condition for each filter, ``?``
    standing for its value; ``always`` what holds of every row (``$f_NAME`` in it and in ``base`` is
    the value of a filter, or null); ``order`` the SQL of the order when none is asked for.
    """

    name: str
    title: str
    note: str
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...]
    select: str
    base: str
    where: dict[str, str]
    order: str
    always: str = ""
    template: str = "list.html"
    orders: tuple[str, ...] = ()
    empty: str = "Nothing here fits these filters."


@dataclass(frozen=True)
class Found:
    """The rows of one page, and how many there are in all."""

    rows: list[Row]
    total: int


def fetch(store: Store, listing: Listing, asked: Asked, *, everything: bool = False) -> Found:
    """The rows of ``listing`` that are asked for; with ``everything`` all pages of them."""
    conditions = [f"({listing.always})"] if listing.always else []
    for name in asked.values:
        if name in listing.where:
            conditions.append(f"({listing.where[name].replace('?', '$f_' + name)})")
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    rest = f"{listing.base}{where}"
    # A filter's value, or null, for each name in the SQL: DuckDB wants neither more nor less.
    values = {
        f"f_{one.name}": _value(listing, one.name, asked)
        for one in listing.filters
        if re.search(rf"\$f_{one.name}\b", rest)
    }
    total = rows_of(store, f"SELECT count(*) AS n {rest}", values)[0]["n"]
    order = listing.order
    if asked.order:
        column = asked.order.removeprefix("-")
        way = "DESC" if asked.order.startswith("-") else "ASC"
        order = f'"{column}" {way} NULLS LAST, {listing.order}'
    limit, offset = (MOST_ROWS, 0) if everything else (PAGE, (asked.page - 1) * PAGE)
    sql = f"{listing.select} {rest} ORDER BY {order} LIMIT {limit} OFFSET {offset}"
    return Found(rows_of(store, sql, values), total)


def _value(listing: Listing, name: str, asked: Asked) -> str | None:
    value = asked.get(name) or None
    if value is not None and "ILIKE" in listing.where.get(name, ""):
        return f"%{like(value)}%"
    return value


def like(value: str) -> str:
    """``value`` for ILIKE, its own signs meaning themselves (``ESCAPE '!'``)."""
    return value.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def rows_of(store: Store, sql: str, values: list[Any] | dict[str, Any] | None = None) -> list[Row]:
    """The rows of one query."""
    found: list[Row] = store.sql(sql, values or None).to_pylist()
    return found


def has(column: str) -> str:
    """The condition that a column holds the words asked for, whatever their case."""
    return f"{column} ILIKE ? ESCAPE '!'"


def to_report(row: Row) -> str | None:
    """The page of the report of a row."""
    return f"/reports/{row['report']}" if row.get("report") is not None else None


def to_entry(row: Row) -> str | None:
    """The place of the entry of a row in its report."""
    return f"/reports/{row['report']}#{quote(row['id'], safe='')}" if row.get("id") else None


def to(path: str, column: str) -> Leads:
    """Leads to ``path`` and the value of ``column``; nowhere where that is null."""

    def leads(row: Row) -> str | None:
        value = row.get(column)
        return None if value is None else f"/{path}/{quote(str(value), safe='')}"

    return leads
