"""Corrections as forms: what can be said of an entry, and how a form becomes a correction."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.record.labels import LABELS
from onrecord.web.security import Access

MOST_FIELDS = 30


class CorrectingError(ValueError):
    """A form that says no correction; the message says what is missing."""


@dataclass(frozen=True)
class Settable:
    """A field of an entry that a form can set.

    ``kind``: choice (of ``choices``), flag, number, text, words (of the report), list (of words).
    """

    name: str
    kind: str
    choices: tuple[str, ...] = ()


def _choice(name: str, label: str) -> Settable:
    return Settable(name, "choice", LABELS[label])


SETTABLE: dict[str, tuple[Settable, ...]] = {
    "events": (
        _choice("type", "event_type"),
        _choice("realis", "realis"),
        Settable("background", "flag"),
        Settable("anchor", "words"),
        Settable("actors", "list"),
        Settable("recipients", "list"),
        Settable("places", "list"),
        Settable("times", "list"),
    ),
    "attributions": (
        _choice("stance", "stance"),
        _choice("quotation", "quotation"),
        Settable("source", "words"),
        Settable("cue", "words"),
        Settable("content", "words"),
    ),
    "permissions": (
        _choice("state", "permission_state"),
        _choice("deontic", "deontic"),
        Settable("grantor", "list"),
        Settable("grantee", "list"),
        Settable("requester", "list"),
        Settable("item", "list"),
        Settable("act", "words"),
        Settable("limits", "list"),
        Settable("condition", "words"),
    ),
    "reasons": (
        _choice("kind", "reason_kind"),
        Settable("content", "words"),
        Settable("of", "words"),
    ),
    "forecasts": (
        _choice("likelihood", "likelihood"),
        Settable("content", "words"),
        Settable("horizon", "words"),
        Settable("condition", "words"),
    ),
    "quantities": (
        Settable("value", "number"),
        Settable("low", "number"),
        Settable("high", "number"),
        Settable("unit", "text"),
        Settable("property", "text"),
        Settable("of", "words"),
    ),
    "times": (_choice("type", "time_type"), Settable("value", "text")),
    "places": (
        Settable("name", "text"),
        Settable("country3", "text"),
        Settable("metonym", "flag"),
        Settable("demonym", "flag"),
    ),
    "entities": (
        _choice("kind", "entity_kind"),
        Settable("name", "text"),
        Settable("role", "text"),
    ),
}

ADDABLE: dict[str, tuple[str, ...]] = {
    "events": LABELS["event_type"],
    "attributions": LABELS["stance"],
    "permissions": LABELS["permission_state"],
    "reasons": LABELS["reason_kind"],
    "forecasts": LABELS["likelihood"],
    "entities": LABELS["entity_kind"],
    "places": ("place",),
    "times": ("time",),
    "quantities": ("figure",),
}
"""What can be added by selecting words, by part and label."""

_LABEL_FIELD = {
    "events": "type",
    "attributions": "stance",
    "permissions": "state",
    "reasons": "kind",
    "forecasts": "likelihood",
    "entities": "kind",
}
_WORDS_FIELD = {
    "events": "anchor",
    "attributions": "content",
    "permissions": "anchor",
    "reasons": "anchor",
    "forecasts": "cue",
}
_MORE_FIELDS = {
    "events": {"who": "actors", "whom": "recipients"},
    "attributions": {"who": "source", "more": "cue"},
    "permissions": {"who": "grantor", "whom": "grantee", "more": "act"},
    "reasons": {"more": "content"},
    "forecasts": {"more": "content"},
}
_LISTS = frozenset({"actors", "recipients", "grantor", "grantee"})
ACROSS = frozenset({"entities", "events"})
"""Parts of which two entries can be said to be one, or not."""


async def form_of(request: Request, access: Access) -> dict[str, str]:
    """The fields of a form of ours. Raises ``CorrectingError`` where it is none."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind != "application/x-www-form-urlencoded":
        raise CorrectingError("a form is sent as application/x-www-form-urlencoded")
    body = await request.body()
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise CorrectingError(f"the form cannot be read: {error}") from error
    # A form sends line ends as CR LF, whatever stood in the report.
    form = {name: value.replace("\r\n", "\n") for name, value in pairs}
    if not hmac.compare_digest(form.pop("form_token", "").encode(), access.form_token.encode()):
        raise CorrectingError("this page is of an earlier start of the explorer: load it again")
    return form


def correct(explorer: Any) -> Any:
    """The endpoint that takes a correction, and leads back to where it was made."""

    async def endpoint(request: Request) -> Response:
        form = await form_of(request, explorer.access)
        report = _number(form.get("report", ""))
        wanted = wanted_of(form)
        author = explorer.author_of(request)

        def make() -> int:
            from onrecord.store.errors import CorrectionError

            with explorer.gate.write() as store:
                try:
                    made: int = store.correct(report, author=author, **wanted)
                except CorrectionError as error:
                    raise CorrectingError(str(error)) from error
            return made

        number = await run_in_threadpool(make)
        stays = wanted["action"] != "reject" and wanted.get("entry")
        at = f"/reports/{report}/{wanted['entry']}" if stays else f"/reports/{report}"
        return RedirectResponse(f"{at}?made={number}", 303)

    return endpoint


def undo(explorer: Any) -> Any:
    """The endpoint that takes a correction back."""

    async def endpoint(request: Request) -> Response:
        await form_of(request, explorer.access)
        number = request.path_params["number"]
        author = explorer.author_of(request)

        def make() -> None:
            from onrecord.store.errors import CorrectionError

            with explorer.gate.write() as store:
                try:
                    store.undo(number, author=author)
                except CorrectionError as error:
                    raise CorrectingError(str(error)) from error

        await run_in_threadpool(make)
        return RedirectResponse("/corrections", 303)

    return endpoint


def wanted_of(form: Mapping[str, str]) -> dict[str, Any]:
    """A form as the arguments of ``Store.correct``. Raises ``CorrectingError``."""
    action = form.get("action", "")
    wanted: dict[str, Any] = {"action": action, "note": form.get("note", "").strip()[:2000] or None}
    if action == "add":
        part, _, label = form.get("what", "").partition("|")
        if part not in ADDABLE or label not in ADDABLE[part]:
            raise CorrectingError("choose what is to be added")
        return {**wanted, "part": part, "value": _added(part, label, form)}
    entry = form.get("entry", "")
    if not re.fullmatch(r"[0-9a-f]{16}|[a-z]\d{1,9}", entry):
        raise CorrectingError("the form names no entry")
    wanted["entry"] = entry
    if action == "reject":
        return wanted
    if action == "set":
        part, name = form.get("part", ""), form.get("field", "")
        known = {one.name: one for one in SETTABLE.get(part, ())}
        if name not in known:
            raise CorrectingError("the form names no field that can be set")
        return {**wanted, "field": name, "value": _value(known[name], form.get("value", ""))}
    if action in {"same", "different"}:
        return {**wanted, "other": other_of(form.get("other", ""))}
    raise CorrectingError("the form names no action")


def other_of(address: str) -> tuple[int, str]:
    """The report and the entry of a page's address, whole or from ``/reports/`` on."""
    found = re.search(
        r"(?:^|/reports/)(\d{1,18})[/#]([0-9a-f]{16}|[a-z]\d{1,9})/?$", address.strip()
    )
    if found is None:
        raise CorrectingError("give the address of the other entry’s page, like /reports/12/e3")
    return int(found[1]), found[2]


def _added(part: str, label: str, form: Mapping[str, str]) -> dict[str, Any]:
    words = form.get("words", "").strip("\n")
    if not words:
        raise CorrectingError("select or type the words of the report that say it")
    given: dict[str, Any] = {"text": words}
    start, end = form.get("start", ""), form.get("end", "")
    if start and end:
        # Offsets alone: the words between them are the report's, whatever the page showed of them.
        given = {"spans": [[_number(start), _number(end)]]}
    if part in _WORDS_FIELD:
        value: dict[str, Any] = {_LABEL_FIELD[part]: label, _WORDS_FIELD[part]: given}
    elif part == "entities":
        value = {"kind": label, "name": words, "mentions": [given]}
    else:
        value = dict(given)
    for name, field in _MORE_FIELDS.get(part, {}).items():
        more = form.get(name, "").strip()
        if more:
            value[field] = _list(more) if field in _LISTS else more
    return value


def _value(field: Settable, given: str) -> Any:
    given = given.strip()
    if field.kind == "list":
        return _list(given)
    if field.kind == "flag":
        return given == "yes"
    if not given:
        return None
    if field.kind == "number":
        try:
            return int(given) if re.fullmatch(r"-?\d{1,18}", given) else float(given)
        except ValueError as error:
            raise CorrectingError(f"{given[:40]!r} is no number") from error
    return given


def _list(given: str) -> list[str]:
    return [one.strip() for one in given.split(";") if one.strip()]


def _number(given: str) -> int:
    if not re.fullmatch(r"[0-9]{1,18}", given):
        raise CorrectingError("the form names no report, or no place in it")
    return int(given)
