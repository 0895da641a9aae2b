"""The explorer as an ASGI application: addresses, and what answers them."""

from __future__ import annotations

import getpass
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from onrecord.ledgers import QuestionError
from onrecord.store import Store, StoreError
from onrecord.store.errors import UnknownReportError
from onrecord.version import __version__
from onrecord.web import chart_pages, compared, courses, home, report_pages, search_page, things
from onrecord.web.answers import FormatSuffix, Page, answer, format_of
from onrecord.web.asked import PAGE, AskedError, read
from onrecord.web.blocks import NotThereError
from onrecord.web.correcting import CorrectingError, correct, undo
from onrecord.web.gate import Gate
from onrecord.web.ledger_pages import LEDGER_PAGES, LedgerPage, ledger_page
from onrecord.web.listings import Listing, fetch
from onrecord.web.lists_read import READ
from onrecord.web.lists_reconciled import RECONCILED
from onrecord.web.render import STATIC
from onrecord.web.search import Index, SearchError
from onrecord.web.security import Access, Guard

AUTHOR = "onrecord_author"
NAVIGATION = (
    ("/reports", "Reports"),
    ("/events", "Events"),
    ("/timeline", "Timeline"),
    ("/map", "Map"),
    ("/claims", "Who said what"),
    ("/quoted", "Who is quoted"),
    ("/positions", "Positions"),
    ("/permissions", "Permissions"),
    ("/forecasts", "Forecasts"),
    ("/figures", "Figures"),
    ("/conflicts", "Conflicts"),
    ("/copies", "Copies"),
    ("/actors", "Actors"),
    ("/places", "Places"),
    ("/reasons", "Why"),
    ("/corrections", "Corrections"),
    ("/failures", "Failures"),
)

Make = Callable[[Store, Request], Page]


class Explorer:
    """What all pages share: the store, the index, who may come in."""

    def __init__(self, path: Path, access: Access, author: str | None = None) -> None:
        self.path = path
        self.gate = Gate(path)
        self.index = Index(self.gate)
        self.access = access
        self.author = author or _user()

    def author_of(self, request: Request) -> str:
        """Who makes corrections: the name in the cookie, else the one given at the start."""
        kept = request.cookies.get(AUTHOR, "")
        try:
            name = bytes.fromhex(kept).decode("utf-8")
        except ValueError:
            name = ""
        return name[:100].strip() or self.author

    def shared(self, request: Request) -> dict[str, Any]:
        """What every HTML page needs."""
        return {
            "navigation": NAVIGATION,
            "store_name": self.path.name,
            "version": __version__,
            "author": self.author_of(request),
            "form_token": self.access.form_token,
            "formats": {},
        }

    def page(self, make: Make) -> Callable[[Request], Response]:
        """An endpoint that opens the store, makes a page and answers in the format asked for."""

        def endpoint(request: Request) -> Response:
            with self.gate.read() as store:
                made = make(store, request)
            return answer(request, made, self.shared(request))

        return endpoint

    def error(self, request: Request, status: int, title: str, message: str) -> Response:
        """A page that says what went wrong."""
        made = Page(
            "error.html",
            title,
            {"message": message},
            data={"error": title, "message": message},
            status=status,
        )
        if format_of(request) == "csv":
            return Response(f"{title}: {message}\n", status, media_type="text/plain")
        return answer(request, made, self.shared(request))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def create_app(path: Path, access: Access, author: str | None = None) -> Guard:
    """The explorer of the store at ``path``.

    Raises a ``StoreError`` where it cannot be opened. The search index is brought up to date in the
    background as soon as the application is made.
    """
    explorer = Explorer(path, access, author)
    with explorer.gate.read():
        threading.Thread(target=explorer.index.update, name="search index", daemon=True).start()
    app = Starlette(
        routes=_routes(explorer),
        middleware=[Middleware(FormatSuffix)],
        exception_handlers={
            NotThereError: _told(explorer, 404, "Not here"),
            UnknownReportError: _told(explorer, 404, "Not here"),
            AskedError: _told(explorer, 400, "That cannot be asked"),
            QuestionError: _told(explorer, 400, "That cannot be asked"),
            SearchError: _told(explorer, 400, "That cannot be looked up"),
            CorrectingError: _told(explorer, 400, "That correction cannot be made"),
            StoreError: _told(explorer, 503, "The store cannot be read now"),
            HTTPException: _http_error(explorer),
        },
    )
    return Guard(app, access)


def _told(explorer: Explorer, status: int, title: str) -> Any:
    def handler(request: Request, error: Exception) -> Response:
        return explorer.error(request, status, title, str(error))

    return handler


def _http_error(explorer: Explorer) -> Any:
    def handler(request: Request, error: HTTPException) -> Response:
        title = "Not here" if error.status_code == 404 else "That does not work"
        return explorer.error(request, error.status_code, title, str(error.detail))

    return handler


def _routes(explorer: Explorer) -> list[Route | Mount]:
    page = explorer.page
    lists = [Route(f"/{one.name}", page(_list(one))) for one in (*READ, *RECONCILED)]
    ledgers = [Route(f"/{one.name}", page(_ledger(one))) for one in LEDGER_PAGES]
    number = "{number:int}"
    return [
        Route("/", page(home.home)),
        *lists,
        *ledgers,
        Route("/timeline", page(_chart(chart_pages.timeline, chart_pages.TIMELINE_FILTERS))),
        Route("/map", page(_chart(chart_pages.world_map, chart_pages.MAP_FILTERS))),
        Route("/search", page(lambda s, r: search_page.search(s, r, explorer.index))),
        Route(f"/reports/{number}", page(report_pages.report)),
        Route(f"/reports/{number}/versions", page(_thing(compared.versions))),
        Route(f"/reports/{number}/marks.css", report_pages.marks(explorer.gate)),
        Route(f"/reports/{number}/{{key}}", page(report_pages.entry)),
        Route(f"/events/{number}", page(_thing(things.event))),
        Route(f"/actors/{number}", page(_thing(things.actor))),
        Route(f"/places/{number}", page(_thing(things.place))),
        Route(f"/figures/{number}", page(_thing(courses.figure))),
        Route(f"/permissions/{number}", page(_thing(courses.permission))),
        Route(f"/conflicts/{number}", page(_thing(compared.conflict))),
        Route(f"/copies/{number}", page(_thing(compared.copies))),
        Route("/days/{day}", page(_day)),
        Route("/settings", page(lambda s, r: Page("settings.html", "Your name"))),
        Route("/settings", _settings(explorer), methods=["POST"]),
        Route("/corrections", correct(explorer), methods=["POST"]),
        Route(f"/corrections/{number}/undo", undo(explorer), methods=["POST"]),
        Mount("/static", StaticFiles(directory=STATIC, follow_symlink=False)),
    ]


def _list(listing: Listing) -> Make:
    def make(store: Store, request: Request) -> Page:
        asked = read(request.query_params, listing.filters, listing.orders)
        found = fetch(store, listing, asked, everything=format_of(request) != "html")
        return Page(
            listing.template,
            listing.title,
            {
                "listing": listing,
                "asked": asked,
                "rows": found.rows,
                "total": found.total,
                "columns": listing.columns,
                "filters": listing.filters,
                "orders": listing.orders,
                "pages": -(-found.total // PAGE),
            },
            data={
                "title": listing.title,
                "asked": asked.values,
                "total": found.total,
                "rows": found.rows,
            },
            rows=found.rows,
            columns=listing.columns,
            total=found.total,
        )

    return make


def _ledger(one: LedgerPage) -> Make:
    def make(store: Store, request: Request) -> Page:
        asked = read(request.query_params, one.filters)
        return ledger_page(store, one, asked, everything=format_of(request) != "html")

    return make


def _chart(make: Any, filters: Any) -> Make:
    return lambda store, request: make(store, read(request.query_params, filters))


def _thing(make: Callable[[Store, int], Page]) -> Make:
    def made(store: Store, request: Request) -> Page:
        number = request.path_params["number"]
        if number > 2**62:
            raise NotThereError("No number in a store is as great as that.")
        return make(store, number)

    return made


def _day(store: Store, request: Request) -> Page:
    import datetime as dt

    given = request.path_params["day"]
    try:
        day = dt.date.fromisoformat(given)
    except ValueError as error:
        raise NotThereError(f"{given[:40]!r} is no day (YYYY-MM-DD).") from error
    return things.day(store, day.isoformat())


def _settings(explorer: Explorer) -> Any:
    async def endpoint(request: Request) -> Response:
        from onrecord.web.correcting import form_of

        form = await form_of(request, explorer.access)
        name = form.get("author", "").strip()[:100]
        if not name:
            return explorer.error(
                request, 400, "No name", "Give a name to keep with your corrections."
            )
        response = RedirectResponse("/corrections", 303)
        response.set_cookie(
            AUTHOR, name.encode().hex(), max_age=31_536_000, httponly=True, samesite="strict"
        )
        return response

    return endpoint
