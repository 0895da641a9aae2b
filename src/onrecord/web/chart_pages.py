"""The timeline and the map."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from onrecord.store import Store
from onrecord.web import asked as a
from onrecord.web.answers import Page
from onrecord.web.asked import Asked, Filter
from onrecord.web.listings import Column, Row, has, rows_of

UNITS = ("day", "week", "month")
_MOST_BARS = 400
_KINDS = (
    ("actual", "happened", ("actual",)),
    ("ahead", "planned, possible or on a condition", ("future", "possible", "conditional")),
    ("negated", "did not happen", ("negated",)),
)
TIMELINE_FILTERS = (
    Filter("unit", "by", "choice", UNITS, "day"),
    a.FROM,
    a.TO,
    a.TYPE,
    a.COUNTRY,
    a.WORDS,
    a.ACTOR,
)
MAP_FILTERS = (
    a.FROM,
    a.TO,
    a.TYPE,
    Filter("realis", "realis", "choice", a.REALIS.choices, "actual"),
    a.COUNTRY,
    a.WORDS,
)
_WHERE = {
    "from": 'coalesce("end", start) >= CAST($from_ AS DATE)',
    "to": "start <= CAST($to_ AS DATE)",
    "type": "type = $type_",
    "country": "country = upper($country_)",
    "realis": "realis = $realis_",
    "q": has("label").replace("?", "$q_"),
    "actor": "happening IN (SELECT h.happening FROM happening_members h JOIN participants p ON"
    " p.report = h.report AND p.part = 'events' AND p.id = h.event JOIN actor_members m ON"
    " m.report = p.report AND m.entity = p.entity WHERE m.actor = CAST($actor_ AS BIGINT))",
}


def _where(asked: Asked) -> tuple[str, dict[str, str]]:
    from onrecord.web.listings import like

    conditions, values = ["NOT background"], {}
    for name, condition in _WHERE.items():
        value = asked.get(name)
        if value:
            conditions.append(condition)
            values[f"{name}_"] = f"%{like(value)}%" if name == "q" else value
    return " AND ".join(f"({one})" for one in conditions), values


@dataclass(frozen=True)
class Bar:
    """One day, week or month: its counts by kind, how high each is drawn, and where it leads.

    ``x`` is None where it lies before what is drawn.
    """

    start: str
    end: str
    counts: dict[str, int]
    heights: dict[str, float]
    x: float | None
    width: float
    link: str


def timeline(store: Store, asked: Asked) -> Page:
    """Events by day, week or month: what happened apart from what was planned, and what did not."""
    unit = asked.get("unit") or "day"
    where, values = _where(asked)
    counts = ", ".join(
        f"count(*) FILTER (realis IN ({', '.join(repr(r) for r in realis)})) AS {name}"
        for name, _, realis in _KINDS
    )
    rows = rows_of(
        store,
        f"SELECT CAST(CAST(date_trunc('{unit}', start) AS DATE) AS VARCHAR) AS start, {counts}"
        f" FROM happenings WHERE start IS NOT NULL AND {where} GROUP BY 1"
        " ORDER BY 1 DESC LIMIT 5000",
        values,
    )[::-1]
    undated = rows_of(
        store, f"SELECT count(*) AS n FROM happenings WHERE start IS NULL AND {where}", values
    )[0]["n"]
    for row in rows:
        row["end"] = _end(row["start"], unit)
    most = max((row[name] for row in rows for name, _, _ in _KINDS), default=1) or 1
    slots = _slots(rows, unit, asked.get("from"))
    width = 1000 / max(len(slots), 12)
    bars = [_bar(row, slots.get(row["start"]), width, most, asked) for row in rows]
    drawn = [bar for bar in bars if bar.x is not None]
    columns = (
        Column("start", "from", "day"),
        Column("end", "to", "day"),
        *(Column(name, title, "number") for name, title, _ in _KINDS),
    )
    return Page(
        "timeline.html",
        "Timeline",
        {
            "bars": bars,
            "kinds": [(n, t) for n, t, _ in _KINDS],
            "unit": unit,
            "undated": undated,
            "drawn": drawn,
            "ends": (next(iter(slots)), _end(list(slots)[-1], unit)) if slots else None,
            "earlier": len(bars) - len(drawn),
            "asked": asked,
            "filters": TIMELINE_FILTERS,
        },
        data={"unit": unit, "undated": undated, "rows": rows},
        rows=rows,
        columns=columns,
    )


def _slots(rows: list[Row], unit: str, since: str = "") -> dict[str, int]:
    """A place for each day, week or month from the first row to the last, empty ones among them.

    None ends before ``since``: an event that lasts until then may have begun long before.

    At most ``_MOST_BARS``, the latest: a lone early date must not press all others together.
    """
    if not rows:
        return {}
    day, first = rows[-1]["start"], rows[0]["start"]
    found = [day]
    while day > max(first, since) and len(found) < _MOST_BARS:
        before = dt.date.fromisoformat(day) - dt.timedelta(days=1)
        start = {"day": before, "week": before - dt.timedelta(days=6),
                 "month": before.replace(day=1)}[unit]  # fmt: skip
        day = start.isoformat()
        found.append(day)
    return {day: number for number, day in enumerate(reversed(found))}


def _bar(row: Row, slot: int | None, width: float, most: int, asked: Asked) -> Bar:
    span = {"from": row["start"], "to": row["end"]}
    # Events have all labels of realis there; the empty value sets the filter free.
    link = "/events" + asked.link(unit="", page=1, order="start", **span) + "&realis="
    names = [name for name, _, _ in _KINDS]
    return Bar(
        row["start"],
        row["end"],
        {name: row[name] for name in names},
        {name: round(_height(row[name], most), 1) for name in names},
        None if slot is None else round(slot * width, 2),
        round(width * 0.8, 2),
        link,
    )


def _height(count: int, most: int) -> float:
    """Drawn height in 0 … 100: at least 2 where there is one at all, so that none is unseen."""
    return max(2.0, count / most * 100) if count else 0.0


def _end(start: str, unit: str) -> str:
    day = dt.date.fromisoformat(start)
    if unit == "week":
        day += dt.timedelta(days=6)
    elif unit == "month":
        day = (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    return day.isoformat()


@dataclass(frozen=True)
class Country:
    """A country's outline, how many events are told of it, and its shade from 0 (none) to 5."""

    code: str
    name: str
    path: str
    count: int
    shade: int
    link: str


@dataclass(frozen=True)
class Dot:
    """A place with its events; ``exact`` is False where the place is a region."""

    name: str
    x: float
    y: float
    radius: float
    count: int
    exact: bool
    link: str


WIDTH, HEIGHT = 1000, 395
_TOP = 84.0


def world_map(store: Store, asked: Asked) -> Page:
    """Events on the map: points where a town is told, shades for countries."""
    where, values = _where(asked)
    places = rows_of(
        store,
        "SELECT place AS name, country, round(lat, 4) AS lat, round(lon, 4) AS lon,"
        f" count(*) AS events, sum(independent) AS independent FROM happenings WHERE {where} AND"
        " (country IS NOT NULL OR lat IS NOT NULL) GROUP BY ALL ORDER BY events DESC, name"
        " LIMIT 2000",
        values,
    )
    unplaced = rows_of(
        store,
        f"SELECT count(*) AS n FROM happenings WHERE {where} AND country IS NULL AND lat IS NULL",
        values,
    )[0]["n"]
    features = {
        (row["name"], row["country"]): row["feature"]
        for row in rows_of(
            store,
            "SELECT name, country3 AS country, any_value(feature) AS feature FROM places WHERE"
            " name IN (SELECT unnest($names::VARCHAR[])) GROUP BY ALL",
            {"names": sorted({row["name"] for row in places if row["name"]})},
        )
    }
    for row in places:
        row["feature"] = features.get((row["name"], row["country"]))
    totals: dict[str, int] = {}
    for row in places:
        if row["country"]:
            totals[row["country"]] = totals.get(row["country"], 0) + row["events"]
    dots = [_dot(row, asked) for row in places if _is_point(row)]
    shapes = [
        Country(
            code,
            name,
            path,
            totals.get(code, 0),
            _shade(totals.get(code, 0)),
            "/events" + asked.link(country=code) if code else "",
        )
        for code, name, path in outlines()
    ]
    columns = (
        Column("name", "place"),
        Column("country", "country", "label"),
        Column("feature", "what it is", "label"),
        Column("lat", "latitude", "number"),
        Column("lon", "longitude", "number"),
        Column("events", "events", "number"),
        Column("independent", "independent tellings", "number"),
    )
    return Page(
        "map.html",
        "Map",
        {
            "shapes": shapes,
            "dots": dots[::-1],
            "asked": asked,
            "filters": MAP_FILTERS,
            "rows": places[:200],
            "columns": columns,
            "unplaced": unplaced,
            "width": WIDTH,
            "height": HEIGHT,
            "box": _box(dots) if asked.get("country") else f"0 0 {WIDTH} {HEIGHT}",
        },
        data={"unplaced": unplaced, "places": places},
        rows=places,
        columns=columns,
    )


def _is_point(row: Row) -> bool:
    return row["lat"] is not None and row["feature"] not in {"PCLI", "CONT"}


def _dot(row: Row, asked: Asked) -> Dot:
    return Dot(
        row["name"] or "?",
        round((row["lon"] + 180) * WIDTH / 360, 1),
        round((_TOP - row["lat"]) * WIDTH / 360, 1),
        round(1.6 + 1.4 * math.log2(1 + row["events"]), 1),
        row["events"],
        not str(row["feature"] or "").startswith(("ADM", "RGN", "SEA", "OCN")),
        "/events" + asked.link(q="", country=row["country"] or ""),
    )


def _shade(count: int) -> int:
    """0 for none, then one step for each fourfold: 1, 4, 16, 64, 256."""
    return 0 if count == 0 else min(5, 1 + int(math.log(count, 4)))


def _box(dots: list[Dot]) -> str:
    """The part of the map around ``dots``."""
    if not dots:
        return f"0 0 {WIDTH} {HEIGHT}"
    left, right = min(d.x for d in dots) - 15, max(d.x for d in dots) + 15
    top, bottom = min(d.y for d in dots) - 10, max(d.y for d in dots) + 10
    width = max(right - left, (bottom - top) * WIDTH / HEIGHT, 60)
    return f"{left:.1f} {top:.1f} {width:.1f} {width * HEIGHT / WIDTH:.1f}"


@cache
def outlines() -> tuple[tuple[str, str, str], ...]:
    """Every country's code, name and outline (``tools/world_map.py``)."""
    lines = (Path(__file__).parent / "data" / "world.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((code, name, path) for code, name, path in rows)
