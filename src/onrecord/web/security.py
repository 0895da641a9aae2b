"""Who may ask for what: hosts, the token, same-origin proof, and the headers of every answer."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "onrecord_access"
MOST_BODY = 1_000_000
"""Bytes of a form that is taken; corrections are small."""

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not "no-referrer": with that, browsers send forms of ours with the origin "null".
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "geolocation=(), camera=(), microphone=()",
    "cache-control": "no-store",
}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def is_loopback(host: str) -> bool:
    """Whether ``host`` can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True)
class Access:
    """Who may come in.

    ``token``: what a visitor must show, or None where none is asked for. ``hosts``: the names by
    which the explorer may be called, besides those of this machine. ``any_address``: whether it may
    also be called by any address in digits, as when it is bound to all of them: a page of another
    site can make a name lead here, but no address. ``form_token``: stands in every form.
    """

    token: str | None = None
    hosts: frozenset[str] = frozenset()
    any_address: bool = False
    form_token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @classmethod
    def bound_to(cls, host: str, token: str | None, allowed: Iterable[str] = ()) -> Access:
        """The access that fits where the server is bound.

        Elsewhere than on the loopback a token is always asked for; one is made where none is given.
        """
        if token is None and not is_loopback(host):
            token = secrets.token_urlsafe(24)
        names = {host.strip("[]").casefold(), *(name.casefold() for name in allowed)}
        return cls(token=token, hosts=frozenset(names), any_address=host in {"0.0.0.0", "::"})

    def knows(self, host_header: str) -> bool:
        """Whether a request's ``Host`` names us, so that no foreign name leads here."""
        try:
            name = (urlsplit(f"//{host_header}").hostname or "").casefold()
        except ValueError:
            return False
        if name in _LOCAL or name in self.hosts:
            return True
        if self.any_address:
            try:
                ipaddress.ip_address(name)
            except ValueError:
                return False
            return True
        return False

    @property
    def cookie(self) -> str:
        """What the cookie holds: proof of the token, not the token."""
        return hmac.new((self.token or "").encode(), b"onrecord", hashlib.sha256).hexdigest()


class Guard:
    """Turns away what may not come in; puts the headers on every answer."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app = app
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request; anything but HTTP (a web socket) is refused."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        refusal = self._refuse(scope)
        await (refusal or self.app)(scope, receive, with_headers)

    def _refuse(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self.access.knows(hosts[0]):
            return PlainTextResponse(
                "This explorer is not called by that name. To allow a name: --allow-host NAME\n",
                421,
            )
        if scope["method"] not in _SAFE:
            if reason := _foreign(headers, hosts[0]):
                return PlainTextResponse(f"Refused: {reason}\n", 403)
            length = headers.get("content-length", "")
            if not length.isdigit() or int(length) > MOST_BODY:
                return PlainTextResponse("Refused: the form is too long, or of no length\n", 413)
        return None if self.access.token is None else self._ask_token(scope, headers)

    def _ask_token(self, scope: Scope, headers: Headers) -> Response | None:
        token = self.access.token or ""
        given = headers.get("authorization", "").removeprefix("Bearer ")
        if given and _same(given, token):
            return None
        if _same(_cookie(headers), self.access.cookie):
            return None
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        shown = next((value for name, value in query if name == "token"), "")
        if scope["method"] in _SAFE and shown and _same(shown, token):
            rest = urlencode([(name, value) for name, value in query if name != "token"])
            # One slash only: "//host" in a path would lead to another host.
            path = "/" + scope["path"].lstrip("/\\")
            answer = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
            answer.set_cookie(COOKIE, self.access.cookie, httponly=True, samesite="strict")
            return answer
        return PlainTextResponse(
            "A token is asked for: open the address that onrecord serve printed, "
            "or send it as Authorization: Bearer TOKEN\n",
            401,
            headers={"www-authenticate": "Bearer"},
        )


def _foreign(headers: Headers, host: str) -> str | None:
    """Why a request that changes something is not known to come from our own pages."""
    site = headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return "it comes from another site"
    origin = headers.get("origin")
    if origin is not None:
        parts = urlsplit(origin)
        if parts.scheme not in {"http", "https"} or parts.netloc.casefold() != host.casefold():
            return "it comes from another origin"
    if site is None and origin is None:
        return "it does not say where it comes from (no Origin, no Sec-Fetch-Site)"
    return None


def _cookie(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return "" if found is None else found.value


def _same(left: str, right: str) -> bool:
    return hmac.compare_digest(left.encode(), right.encode())
