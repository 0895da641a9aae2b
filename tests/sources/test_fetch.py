from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from onrecord.record.report import Failure, Report
from onrecord.sources import SourceOptions, open_sources
from onrecord.sources.addresses import refusal
from tests.sources.helpers import PROSE
from tests.sources.test_pages import BODY, page


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Keeps quiet."""

    def _send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path == "/2031/05/06/page":
            self._send(page(), Content_Type="text/html; charset=utf-8")
        elif path == "/latin":
            body = f"<html><body><article><p>Zürich. {PROSE}</p></article></body></html>"
            self._send(body.encode("iso-8859-1"), Content_Type="text/html; charset=iso-8859-1")
        elif path == "/packed":
            self._send(gzip.compress(page()), Content_Type="text/html", Content_Encoding="gzip")
        elif path == "/bomb":
            body = gzip.compress(b"<p>x</p>" * 4_000_000, 9)
            self._send(body, Content_Type="text/html", Content_Encoding="gzip")
        elif path == "/large":
            self._send(b"x" * 500_000, Content_Type="text/plain")
        elif path == "/short":
            self._send(b"The port", Content_Type="text/plain", Content_Length="5000")
        elif path == "/jsonl":
            self._send(b'{"text": "one"}\n{"text": "two"}\n', Content_Type="application/json")
        elif path == "/drip":
            self.send_response(200)
            self.end_headers()
            for _ in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        elif path == "/loop":
            self._send(b"", 302, Location="/loop")
        elif path == "/hop":
            self._send(b"", 301, Location="/2031/05/06/page")
        elif path == "/to-private":
            self._send(b"", 302, Location="http://10.0.0.1/")
        elif path == "/to-file":
            self._send(b"", 302, Location="file:///etc/passwd")
        else:
            self._send(b"gone", 404)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    found = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{found.server_port}"
    found.shutdown()
    found.server_close()


def fetched(url: str, **options: object) -> Report | Failure:
    settings = {"allow_private": True, **options}
    (found,) = open_sources([url], SourceOptions(**settings))  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize("path", ["/2031/05/06/page", "/hop", "/packed"])
def test_pages(server: str, path: str) -> None:
    found = fetched(server + path)
    assert isinstance(found, Report)
    assert found.text.count("\n") == BODY.count("<p>") - 1
    assert found.file is None
    if path != "/packed":
        assert found.url == f"{server}/2031/05/06/page"
        assert (found.published, found.published_basis) == ("2031-05-06", "url")


def test_the_declared_charset_is_heard(server: str) -> None:
    found = fetched(f"{server}/latin")
    assert isinstance(found, Report)
    assert found.text.startswith("Zürich")


def test_an_address_can_hold_any_format(server: str) -> None:
    found = list(open_sources([f"{server}/jsonl"], SourceOptions(allow_private=True)))
    assert [item.text for item in found if isinstance(item, Report)] == ["one", "two"]


@pytest.mark.parametrize(
    ("path", "words", "options"),
    [
        ("/nothing", "404", {}),
        ("/bomb", "larger than the limit", {"max_bytes": 300_000}),
        ("/large", "larger than the limit", {"max_bytes": 300_000}),
        ("/short", "truncated", {}),
        ("/drip", "within 0.4 seconds", {"timeout": 0.4}),
        ("/loop", "redirects", {}),
        ("/to-file", "only http", {}),
    ],
)
def test_what_cannot_be_fetched_says_why(
    server: str, path: str, words: str, options: dict[str, object]
) -> None:
    found = fetched(server + path, **options)
    assert isinstance(found, Failure)
    assert words in found.reason
    assert found.name == server + path


def test_private_addresses_are_refused(server: str) -> None:
    found = fetched(server + "/2031/05/06/page", allow_private=False)
    assert isinstance(found, Failure)
    assert "loopback" in found.reason
    assert "--allow-private" in found.reason


def test_each_hop_is_checked(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "onrecord.sources.fetch.refusal", lambda a: None if a == "127.0.0.1" else refusal(a)
    )
    found = fetched(f"{server}/to-private", allow_private=False)
    assert isinstance(found, Failure)
    assert "10.0.0.1" in found.reason


def test_the_address_that_is_checked_is_the_one_that_is_connected_to(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that resolves to a public address first and to a private one after (DNS rebinding)."""
    port = int(server.rsplit(":", 1)[1])
    answers = [("93.184.216.34", port), ("127.0.0.1", port)]
    connected: list[object] = []

    def resolve(*_: object, **__: object) -> list[object]:
        address = answers.pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address)]

    def connect(self: socket.socket, address: object) -> None:
        connected.append(address)
        raise OSError("no network in tests")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket.socket, "connect", connect)
    found = fetched(f"http://rebinding.example:{port}/", allow_private=False)
    assert isinstance(found, Failure)
    assert connected == [("93.184.216.34", port)]


def test_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = [("192.168.1.1", 80), ("93.184.216.34", 80)]
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    found = fetched("http://mixed.example/", allow_private=False)
    assert isinstance(found, Failure)
    assert "192.168.1.1" in found.reason


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("127.0.0.1", "loopback"), ("127.9.9.9", "loopback"), ("0.0.0.0", "unspecified"),
        ("10.1.2.3", "private"), ("172.16.0.1", "private"), ("192.168.0.1", "private"),
        ("169.254.169.254", "link-local"), ("224.0.0.1", "multicast"), ("240.0.0.1", "private"),
        ("100.64.0.1", "not public"), ("255.255.255.255", "private"),
        ("::1", "loopback"), ("::", "unspecified"), ("fe80::1%eth0", "link-local"),
        ("fc00::1", "private"), ("ff02::1", "multicast"),
        ("::ffff:127.0.0.1", "loopback"), ("::ffff:10.0.0.1", "private"),
        ("64:ff9b::7f00:1", "loopback"), ("2002:7f00:1::", "loopback"),
        ("93.184.216.34", None), ("2606:2800:220:1::1", None), ("::ffff:93.184.216.34", None),
    ],
)  # fmt: skip
def test_refusal(address: str, reason: str | None) -> None:
    found = refusal(address)
    assert (found is None) is (reason is None)
    if reason in ("loopback", "link-local", "multicast", "unspecified"):
        assert found == reason


@pytest.mark.parametrize(
    "url", ["http://", "http:///x", "http://[::1", "https://a b/", "http://a.example:99999/"]
)
def test_odd_addresses(url: str) -> None:
    found = fetched(url, timeout=1.0)
    assert isinstance(found, Failure)
    assert "unreadable" not in found.reason


@pytest.mark.parametrize(
    "url", ["http://2130706433/", "http://0x7f000001/", "http://127.1/", "http://[::ffff:7f00:1]/"]
)
def test_other_ways_to_write_loopback(url: str) -> None:
    found = fetched(url, allow_private=False, timeout=1.0)
    assert isinstance(found, Failure)
    assert "loopback" in found.reason or "not known" in found.reason
