"""A page as HTML, JSON or CSV: what was asked for by the end of its address."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from onrecord.web.listings import MOST_ROWS, Column, Row
from onrecord.web.render import environment

FORMATS = ("json", "csv")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Page:
    """What a page shows.

    ``data`` is its JSON; ``rows`` and ``columns`` its CSV, and ``total`` how many rows there are
    where not all were taken.
    """

    template: str
    title: str
    context: dict[str, Any] = field(default_factory=dict)
    data: Any = None
    rows: Sequence[Row] = ()
    columns: Sequence[Column] = ()
    total: int | None = None
    status: int = 200


class FormatSuffix:
    """Takes ``.json`` or ``.csv`` off the end of an address and keeps it for the answer."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answers one request."""
        if scope["type"] == "http" and not scope["path"].startswith("/static/"):
            path = scope["path"]
            for name in FORMATS:
                if path.endswith(f".{name}"):
                    bare = path[: -len(name) - 1]
                    scope = {
                        **scope,
                        "path": "/" if bare == "/index" else bare,
                        "state": {**scope.get("state", {}), "format": name},
                    }
        await self.app(scope, receive, send)


def format_of(request: Request) -> str:
    """The format that is asked for: html, json or csv."""
    return str(getattr(request.state, "format", "html"))


def answer(request: Request, page: Page, shared: dict[str, Any]) -> Response:
    """``page`` in the format that is asked for; ``shared`` is what every HTML page needs."""
    headers = {}
    if page.total is not None and page.total > len(page.rows) == MOST_ROWS:
        headers["x-onrecord-left-out"] = str(page.total - len(page.rows))
    wanted = format_of(request)
    if wanted == "json":
        body = msgspec.json.encode(page.data, enc_hook=_plain)
        return Response(body, page.status, headers, "application/json")
    if wanted == "csv":
        return Response(
            to_csv(page.rows, page.columns), page.status, headers, "text/csv; charset=utf-8"
        )
    query = request.url.query
    name = request.url.path.rstrip("/") or "/index"
    formats = {
        kind: f"{name}.{kind}" + (f"?{query}" if query else "")
        for kind, there in (("json", page.data is not None), ("csv", bool(page.columns)))
        if there
    }
    html = (
        environment()
        .get_template(page.template)
        .render(
            {
                **shared,
                "title": page.title,
                "path": request.url.path,
                "formats": formats,
                **page.context,
            }
        )
    )
    # A surrogate cannot be sent; it is shown as what it is, a character that is no character.
    return HTMLResponse(html.encode("utf-8", "replace"), page.status)


def to_csv(rows: Sequence[Row], columns: Sequence[Column]) -> bytes:
    """``rows`` as CSV with a head; lists joined by ``"; "``.

    Words that a spreadsheet would run as a formula get a mark before them, so that they are words.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    names = list(dict.fromkeys(column.name for column in columns if column.kind != "spark"))
    writer.writerow(names)
    for row in rows:
        writer.writerow([_cell(row.get(name)) for name in names])
    return out.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        value = "; ".join(str(item) for item in value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise NotImplementedError(f"{type(value).__name__} has no JSON form")
