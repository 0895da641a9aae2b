"""Reports that mean harm: everything is words, on every page and in the page that is sent on."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from onrecord.record.model import Record
from onrecord.store import Store
from onrecord.web.app import create_app
from onrecord.web.render import clip, single_page
from onrecord.web.security import Access
from tests.web.conftest import HOST
from tests.web.made import Words, harbour, key, record

HARM = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7 * 7 }}{% include '/etc/passwd' %}",
    "javascript:alert(1)",
    "<!-- --><svg onload=alert(1)>",
    "]]></title><base href=//evil.example>",
    "\u202egnp.exe\u2066 \u061c\x1b[31m",
    "&lt;script&gt;&#x27;",
]


def hostile(words: str) -> Record:
    """A record that holds ``words`` in its text and in every field that is free text."""
    text = f"He said {words} and it was so."
    w = Words(text)
    entity = {"id": "n1", "key": key(1), "name": words, "kind": words, "role": words, "codes": [words],
              "score": 0.9, "mentions": [w(words, kind="name")]}  # fmt: skip
    said = {"id": "a1", "key": key(2), "source": w("He", kind="unnamed", group=words, entities=["n1"]),
            "cue": w("said"), "content": w(words), "quotation": words, "stance": words, "score": 0.9}  # fmt: skip
    event = {"id": "e1", "key": key(3), "type": words, "modes": [words], "main": True, "anchor": w(words),
             "actors": [w("He", entity="n1", codes=[words])], "realis": words, "background": False,
             "factuality": 1, "attribution": "a1", "score": 0.5, "why": {"rule": words},
             "scores": {"type": 0.5, "roles": 0.5, "realis": 0.5}}  # fmt: skip
    quantity = {
        **w(words),
        "id": "q1",
        "key": key(4),
        "unit": words,
        "property": words,
        "score": 0.5,
    }
    place = {**w(words), "id": "p1", "key": key(5), "name": words, "country3": words, "feature": words,
             "geonames_id": 7, "lat": 1.0, "lon": 1.0, "score": 0.5}  # fmt: skip
    parts = {
        "entities": [entity],
        "attributions": [said],
        "events": [event],
        "quantities": [quantity],
        "places": [place],
    }
    return record(text, parts, title=words, source=words, authors=[words], credit=words, url=words,
                  id=f"x{abs(hash(words))}", problems=[{"part": words, "reason": words}])  # fmt: skip


class Elements(HTMLParser):
    """The elements and attributes of a page, as a browser would find them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


_STEERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\x1b]")
_OWN_SCRIPT = "/static/onrecord.js"


def check(html: str, *, single: bool = False) -> None:
    """No element, attribute or address that the hostile words could have made."""
    page = Elements()
    page.feed(html)
    for tag, attributes in page.found:
        assert tag not in {"base", "img", "iframe", "object", "embed"}
        if tag == "script":
            assert single or attributes.get("src") == _OWN_SCRIPT
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            assert name != "style"
            if name in {"href", "src", "action"}:
                assert re.match(r"[/#?]|https?://", value or ""), value
                assert not (value or "").startswith("//")
    assert sum(tag == "script" for tag, _ in page.found) == 1
    assert "49" not in "".join(page.text)
    assert not _STEERING.search(html)


@pytest.fixture(scope="module")
def harmed(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    path = tmp_path_factory.mktemp("harm") / "<b>&harm.duckdb"
    with Store(path) as store:
        store.put([hostile(words) for words in HARM])
    return TestClient(create_app(path, Access(), "<b>author"), base_url=HOST)


@pytest.mark.parametrize("number", range(1, len(HARM) + 1))
def test_a_hostile_report_is_only_words(harmed: TestClient, number: int) -> None:
    for page in ("", *(f"/{name}" for name in ("a1", "e1", "n1", "q1", "p1"))):
        answer = harmed.get(f"/reports/{number}{page}")
        assert answer.status_code == 200
        check(answer.text)
    rules = harmed.get(f"/reports/{number}/marks.css").text
    assert "<" not in rules


@pytest.mark.parametrize(
    "page",
    ["/", "/reports", "/claims", "/mentions?realis=", "/quoted", "/numbers", "/places", "/places/7", "/runs",
     "/positions", "/search?q=so", "/reports?q=<script>alert(1)</script>", "/events?q=\"><img src=x>",
     "/search?q=<svg onload=alert(1)>", "/settings", "/nothing<script>", "/days/<script>"],
)  # fmt: skip
def test_lists_of_hostile_reports_are_only_words(harmed: TestClient, page: str) -> None:
    check(harmed.get(page).text)


@pytest.mark.parametrize("words", HARM)
def test_the_page_that_is_sent_on_is_only_words(words: str) -> None:
    check(single_page([hostile(words)]), single=True)
    check(single_page([hostile(words), harbour()]), single=True)


def test_the_page_that_is_sent_on_allows_its_own_script_and_style_alone() -> None:
    html = single_page([harbour()])
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert policy is not None
    for element in ("script", "style"):
        body = re.search(rf"<{element}>(.*?)</{element}>", html, re.S)
        assert body is not None
        digest = base64.b64encode(hashlib.sha256(body[1].encode()).digest()).decode()
        assert (
            f"{element}-src &#39;sha256-{digest}&#39;" in policy[1]
            or f"{element}-src 'sha256-{digest}'" in policy[1]
        )
    assert "default-src 'none'" in policy[1]
    assert re.findall(r"https?://[^\s\"'<)]+", html) == ["https://courier.example/1"] * 2


def test_a_title_of_a_million_characters(tmp_path: Path) -> None:
    path = tmp_path / "long.duckdb"
    with Store(path) as store:
        store.put(record("A short text.", title="x" * 1_000_000))
    client = TestClient(create_app(path, Access()), base_url=HOST)
    for page in ("/", "/reports", "/reports/1", "/reports/1/versions"):
        answer = client.get(page)
        assert answer.status_code == 200
        assert len(answer.content) < 50_000
    assert "(1,000,000 characters)" in client.get("/reports/1").text


def test_a_text_of_one_word_of_a_million_characters(tmp_path: Path) -> None:
    path = tmp_path / "long.duckdb"
    with Store(path) as store:
        store.put(
            [
                record("y" * 1_000_000),
                record("z" * 999_999, id="second", url="https://courier.example/2"),
            ]
        )
    client = TestClient(create_app(path, Access()), base_url=HOST)
    assert client.get("/reports/1").status_code == 200
    assert client.get("/search?q=yyy*").status_code == 200


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("a  b\n", "a b"),
        ("abcdefghijk", "abcdefghij … (11 characters)"),
        (12, "12"),
        ("a\u202eb", "a\ufffdb"),
    ],
)
def test_what_is_long_is_cut_and_says_so(given: Any, shown: str) -> None:
    assert clip(given, 10) == shown
