"""Fetching an http(s) address: checked hosts, redirects by hand, limits of size and time.

The standard library does it: the address that is checked must be the very one that is connected
to, or a name that resolves anew between the two (DNS rebinding) passes the check. Proxies of the
environment are not used, since behind one the address cannot be checked.
"""

from __future__ import annotations

import http.client
import io
import re
import socket
import ssl
import time
from urllib.parse import urljoin, urlsplit, urlunsplit

from msgspec import structs

from onrecord.sources.addresses import refusal
from onrecord.sources.coding import unpacked
from onrecord.sources.errors import SourceError
from onrecord.sources.options import SourceOptions
from onrecord.sources.origin import Origin
from onrecord.version import __version__

_AGENT = f"onrecord/{__version__}"
_ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8"
_CHUNK = 64 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK = 200
_PORTS = {"http": 80, "https": 443}
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def fetch(origin: Origin, options: SourceOptions) -> tuple[io.BytesIO, Origin]:
    """What ``origin.url`` answers, unpacked, and where it was found after redirects.

    Raises ``SourceError`` for an address that is refused, an answer other than 200, one over
    ``max_bytes`` (packed or unpacked), and where ``timeout`` seconds have passed in all.
    """
    deadline = time.monotonic() + options.timeout
    url = origin.url or ""
    for _ in range(options.max_redirects + 1):
        try:
            url = _quoted(url)
            answer = _get(url, options, deadline)
        except TimeoutError as error:
            raise SourceError(f"no full answer within {options.timeout:g} seconds") from error
        except ssl.SSLError as error:
            raise SourceError(f"no secure connection: {error.reason or error}") from error
        except ValueError as error:
            raise SourceError(f"this is no address that can be fetched: {error}"[:300]) from error
        except http.client.HTTPException as error:
            raise SourceError(f"broken answer: {type(error).__name__} {error}"[:300]) from error
        if isinstance(answer, str):
            url = urljoin(url, answer)
            continue
        body, declared = answer
        charset = _CHARSET.search(declared)
        mime = declared.split(";")[0].strip().lower() or None
        at = structs.replace(origin, url=url, mime=mime, charset=charset[1] if charset else None)
        return io.BytesIO(body), at
    raise SourceError(f"more than {options.max_redirects} redirects")


def _get(url: str, options: SourceOptions, deadline: float) -> str | tuple[bytes, str]:
    """The body and its declared type, or the address of a redirect."""
    parts = urlsplit(url)
    if parts.scheme not in _PORTS:
        raise SourceError(f"only http and https are fetched, not {parts.scheme or 'this'}: {url}")
    host, port = parts.hostname, parts.port or _PORTS[parts.scheme]
    if not host:
        raise SourceError(f"no host in this address: {url}")
    raw = _connect(host, port, options, deadline)
    try:
        if parts.scheme == "https":
            raw.settimeout(_left(deadline))
            raw = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
        connection = http.client.HTTPConnection(host, port)
        connection.sock = _Timed(raw, deadline)
        target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        default = port == _PORTS[parts.scheme]
        shown = f"[{host}]" if ":" in host else host
        connection.putrequest("GET", target, skip_host=True, skip_accept_encoding=True)
        for name, value in (
            ("Host", shown if default else f"{shown}:{port}"),
            ("User-Agent", _AGENT),
            ("Accept", _ACCEPT),
            ("Accept-Encoding", "gzip"),
            ("Connection", "close"),
        ):
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        if response.status in _REDIRECTS and (location := response.getheader("Location")):
            return location
        if response.status != _OK:
            raise SourceError(f"the server answers {response.status} {response.reason}".rstrip())
        return _body(response, options.max_bytes), response.getheader("Content-Type") or ""
    finally:
        raw.close()


def _connect(host: str, port: int, options: SourceOptions, deadline: float) -> socket.socket:
    """A connection to ``host``, at an address that was checked."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceError(f"the host {host} is not known") from error
    failure: OSError | None = None
    for family, kind, protocol, _, address in found:
        reason = refusal(str(address[0]))
        if reason and not options.allow_private:
            raise SourceError(
                f"{host} is at a {reason} address, {address[0]} (see --allow-private)"
            )
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(_left(deadline))
            connection.connect(address)
        except OSError as error:
            connection.close()
            if isinstance(error, TimeoutError):
                raise
            failure = error
        else:
            return connection
    reason = failure.strerror if failure is not None else None
    raise SourceError(f"no connection to {host}: {reason or 'it has no address'}") from failure


def _body(response: http.client.HTTPResponse, limit: int) -> bytes:
    coding = response.getheader("Content-Encoding") or ""
    body = unpacked(iter(lambda: response.read(_CHUNK), b""), coding, limit)
    if response.length:
        raise SourceError(f"truncated: {response.length:,} bytes of the answer are missing")
    return body


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _quoted(url: str) -> str:
    """``url`` with blanks and letters beyond ASCII in path and query in percent signs."""
    from urllib.parse import quote

    parts = urlsplit(url.strip())
    path, query = (quote(part, safe="/%:=&?~+!$,;'@()*[]|^") for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme.lower(), parts.netloc, path, query, ""))


class _Timed:
    """A socket whose every wait ends at the deadline, however slowly the other side sends."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock, self._deadline = sock, deadline

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(_left(self._deadline))
        self._sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Incoming(self._sock, self._deadline), _CHUNK)

    def close(self) -> None:
        """Nothing: ``http.client`` closes it before the body is read; who opened it does it."""


class _Incoming(io.RawIOBase):
    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock, self._deadline = sock, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._sock.settimeout(_left(self._deadline))
        return self._sock.recv_into(buffer)
