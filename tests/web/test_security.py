"""Who may come in, what every answer forbids, and what a store cannot do."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from onrecord.store import Store
from onrecord.web.app import create_app
from onrecord.web.render import web_url
from onrecord.web.security import HEADERS, Access, is_loopback
from tests.web.conftest import HOST, SAME_ORIGIN
from tests.web.made import record


@pytest.mark.parametrize(
    ("bound", "allowed", "host", "known"),
    [
        ("127.0.0.1", (), "127.0.0.1:8321", True),
        ("127.0.0.1", (), "localhost:8321", True),
        ("127.0.0.1", (), "LOCALHOST", True),
        ("127.0.0.1", (), "[::1]:8321", True),
        ("127.0.0.1", (), "evil.example", False),
        ("127.0.0.1", (), "127.0.0.1.evil.example", False),
        ("127.0.0.1", (), "10.0.0.5", False),
        ("127.0.0.1", (), "", False),
        ("127.0.0.1", (), "[::1", False),
        ("127.0.0.1", (), "evil.example@127.0.0.1", True),
        ("127.0.0.1", (), "127.0.0.1@evil.example", False),
        ("127.0.0.1", ("Desk.example",), "desk.example:1", True),
        ("0.0.0.0", (), "10.0.0.5:8321", True),
        ("0.0.0.0", (), "evil.example", False),
        ("10.0.0.5", (), "10.0.0.5", True),
    ],
)
def test_by_which_names_it_may_be_called(
    bound: str, allowed: tuple[str, ...], host: str, known: bool
) -> None:
    assert Access.bound_to(bound, None, allowed).knows(host) is known


def test_another_name_is_turned_away(client: TestClient) -> None:
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 421
    assert "harbour" not in answer.text.casefold()


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("127.8.8.8", True), ("0.0.0.0", False),
     ("10.0.0.1", False), ("::", False), ("desk.example", False)],
)  # fmt: skip
def test_a_token_is_asked_for_elsewhere(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback
    assert (Access.bound_to(host, None).token is None) is loopback
    assert Access.bound_to(host, "mine").token == "mine"


@pytest.mark.parametrize(
    "page", ["/", "/reports/1", "/nothing", "/static/onrecord.js", "/reports.json"]
)
def test_every_answer_has_the_headers(client: TestClient, page: str) -> None:
    answer = client.get(page)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_with_a_token_nothing_is_shown_without_it(filled: Path) -> None:
    client = TestClient(
        create_app(filled, Access(token="secret")), base_url=HOST, follow_redirects=False
    )
    for page in ("/", "/reports.json", "/static/onrecord.js", "/?token=wrong", "/?token="):
        assert client.get(page).status_code == 401
    assert client.get("/", headers={"authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/", headers={"cookie": "onrecord_access=secret"}).status_code == 401
    assert client.get("/", headers={"authorization": "Bearer secret"}).status_code == 200
    shown = client.get("/reports?q=a&token=secret")
    assert (shown.status_code, shown.headers["location"]) == (303, "/reports?q=a")
    cookie = shown.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.casefold()
    assert "secret" not in cookie
    assert client.get("/reports").status_code == 200


def test_the_token_leads_to_no_other_host(filled: Path) -> None:
    client = TestClient(
        create_app(filled, Access(token="secret")), base_url=HOST, follow_redirects=False
    )
    for path in ("//evil.example/", "/\\evil.example/"):
        location = client.get(f"{HOST}{path}?token=secret").headers.get("location", "/")
        assert not urlsplit(location).netloc
        assert not location.startswith(("//", "/\\"))


FOREIGN = [
    {},
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": HOST, "sec-fetch-site": "cross-site"},
    {"origin": HOST, "sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
    {"origin": "http://127.0.0.1:9999"},
    {"origin": "http://127.0.0.1:8321.evil.example"},
]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("path", ["/corrections", "/corrections/1/undo", "/settings"])
def test_nothing_is_changed_from_elsewhere(
    client: TestClient, app: object, path: str, headers: dict[str, str]
) -> None:
    form = {"form_token": app.access.form_token, "author": "x"}  # type: ignore[attr-defined]
    assert client.post(path, data=form, headers=headers).status_code == 403


def test_a_form_needs_our_token_and_our_kind(client: TestClient, app: object) -> None:
    token = app.access.form_token  # type: ignore[attr-defined]
    post = client.post
    assert post("/settings", data={"author": "x"}, headers=SAME_ORIGIN).status_code == 400
    assert (
        post("/settings", data={"author": "x", "form_token": "no"}, headers=SAME_ORIGIN).status_code
        == 400
    )
    assert (
        post(
            "/settings", json={"author": "x", "form_token": token}, headers=SAME_ORIGIN
        ).status_code
        == 400
    )
    many = {f"f{n}": "x" for n in range(100)}
    assert (
        post("/settings", data={**many, "form_token": token}, headers=SAME_ORIGIN).status_code
        == 400
    )
    long = {"author": "x" * 2_000_000, "form_token": token}
    assert post("/settings", data=long, headers=SAME_ORIGIN).status_code == 413
    assert (
        post(
            "/settings", data={"author": "Ana", "form_token": token}, headers=SAME_ORIGIN
        ).status_code
        == 200
    )
    assert "Ana" in client.get("/settings").text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_do_nothing(client: TestClient, method: str) -> None:
    assert client.request(method, "/reports/1", headers=SAME_ORIGIN, content=b"").status_code in {
        405,
        413,
    }


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd", "/static/",
     "/static/%2fetc%2fpasswd", "/reports/1/..%2f..%2fmade.duckdb"],
)  # fmt: skip
def test_no_other_file_is_given(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in {403, 404}
    assert "create_app" not in answer.text
    assert "root:" not in answer.text


def test_a_web_socket_is_refused(client: TestClient) -> None:
    from starlette.websockets import WebSocketDisconnect

    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/"):
        pass


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://a.example/x", True), ("http://a.example", True), ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False), ("data:text/html,x", False), ("file:///etc/passwd", False),
        ("//a.example", False), ("https:a", False), ("https://a\n.example", False), (None, False),
        ("https://[", False), ("vbscript:x", False), (" javascript:x", False),
    ],
)  # fmt: skip
def test_which_addresses_are_linked(url: str | None, linked: bool) -> None:
    assert (web_url(url) is not None) is linked


def test_a_store_cannot_make_the_server_read_a_file(tmp_path: Path) -> None:
    """What a report says of its file, its address or its texts is shown, never opened."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words", encoding="utf-8")
    path = tmp_path / "s.duckdb"
    with Store(path) as store:
        store.put(
            record("plain", file=str(secret), url=secret.as_uri(), title=None, source=str(secret))
        )
    client = TestClient(create_app(path, Access()), base_url=HOST)
    for page in (
        "/",
        "/reports",
        "/reports/1",
        "/reports/1.json",
        "/reports/1/versions",
        "/reports?q=secret",
    ):
        answer = client.get(page)
        assert answer.status_code == 200
        assert "the secret words" not in answer.text
        assert 'href="file:' not in answer.text
    # SQL that comes in by a filter is a value, never a statement.
    for query in (
        "/reports?q=' UNION SELECT * FROM read_text('/etc/passwd') --",
        "/events?country='||x||'",
    ):
        answer = client.get(query)
        assert answer.status_code == 200
        assert "root:" not in answer.text


def test_a_link_in_place_of_the_index_is_not_followed_into_another_file(tmp_path: Path) -> None:
    """A file that is no index of ours is left as it is, and the search says so."""
    path = tmp_path / "s.duckdb"
    with Store(path) as store:
        store.put(record("plain words"))
    other = tmp_path / "s.duckdb.fts"
    other.write_text("mine", encoding="utf-8")
    from onrecord.web.gate import Gate
    from onrecord.web.search import Index

    index = Index(Gate(path))
    index.update()
    assert "move it away" in (index.trouble or "")
    assert other.read_text(encoding="utf-8") == "mine"
