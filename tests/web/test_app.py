"""Every page answers, in every form, and says so where it cannot."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from click import Context
from starlette.testclient import TestClient

from onrecord.cli.main import cli
from onrecord.record.codec import decode
from onrecord.store import Store
from onrecord.web.app import NAVIGATION, create_app
from onrecord.web.security import Access
from tests.web.conftest import HOST
from tests.web.made import TEXT, Words, fill, key, record

PAGES = [
    "/", "/reports", "/reports/1", f"/reports/1/{key(21)}", "/reports/1/e1", "/reports/1/versions",
    "/events", "/events/8", "/mentions", "/claims", "/quoted", "/positions", "/permissions",
    "/permissions?asof=2031-05-08", "/permissions/3", "/forecasts", "/figures", "/figures/4", "/conflicts",
    "/conflicts/2", "/copies", "/copies/1", "/actors", "/actors/5", "/places", "/places/77", "/reasons",
    "/numbers", "/corrections", "/failures", "/runs", "/timeline", "/timeline?unit=week", "/map",
    "/days/2031-05-05", "/search", "/settings",
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_as_html(client: TestClient, page: str) -> None:
    answer = client.get(page)
    assert answer.status_code == 200, answer.text
    assert answer.text.count("<h1") == 1
    assert 'lang="en"' in answer.text
    assert "</html>" in answer.text


@pytest.mark.parametrize("page", [page for page in PAGES if page not in {"/search", "/settings"}])
def test_every_page_answers_as_json_and_csv(client: TestClient, page: str) -> None:
    path, _, query = page.partition("?")
    path = "/index" if path == "/" else path
    as_json = client.get(f"{path}.json?{query}")
    assert as_json.status_code == 200
    assert as_json.json()
    as_csv = client.get(f"{path}.csv?{query}")
    assert as_csv.status_code == 200
    assert as_csv.headers["content-type"].startswith("text/csv")
    assert next(csv.reader(io.StringIO(as_csv.text)))


def test_the_pages_in_the_navigation_are_there(client: TestClient) -> None:
    for href, _ in NAVIGATION:
        assert client.get(href).status_code == 200


def test_links_on_pages_lead_somewhere(client: TestClient) -> None:
    """Every link of every page is followed once; fragments name an element of their page."""
    seen: dict[str, str] = {}
    for page in PAGES:
        html = client.get(page).text
        for href in re.findall(r'href="([^"]+)"', html):
            link = href.replace("&amp;", "&")
            path, _, fragment = link.partition("#")
            if link.startswith("https://"):
                continue
            target = path or page
            if target.startswith("?"):
                target = page.partition("?")[0] + target
            if target not in seen:
                answer = client.get(target)
                assert answer.status_code == 200, f"{page} → {link}: {answer.status_code}"
                seen[target] = answer.text
            assert not fragment or f'id="{fragment}"' in seen[target], f"{page} → {link}"


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("/reports/99", "no report 99"),
        ("/events/99", "no event 99"),
        ("/actors/99", "no actor 99"),
        ("/places/99", "no place 99"),
        ("/figures/99", "no figure 99"),
        ("/conflicts/99", "no conflict 99"),
        ("/copies/99", "no copies of report 99"),
        ("/permissions/99", "no permission 99"),
        ("/reports/1/ffffffffffffffff", "no entry ffffffffffffffff"),
        ("/days/2031-13-01", "is no day"),
        ("/reports/99999999999999999999999999", "no report"),
        ("/events/99999999999999999999999999", "as great as that"),
        ("/nothing", "Not Found"),
        ("/reports/../../etc/passwd", "Not Found"),
    ],
)
def test_what_is_not_there_is_told(client: TestClient, page: str, said: str) -> None:
    answer = client.get(page)
    assert answer.status_code == 404
    assert said in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "/reports?page=0", "/reports?page=x", "/reports?page=99999999999", "/reports?order=body",
        "/reports?from=yesterday", "/events?realis=nonsense", "/events?type=KILL", "/events?actor=-1",
        "/events?independent=1e9", "/reports?q=" + "x" * 400, "/reports/1?rows=records",
        "/timeline?unit=hour", "/positions?about=!!", "/permissions?type=maybe", "/search?q=***",
    ],
)  # fmt: skip
def test_a_filter_that_means_nothing_is_told(client: TestClient, query: str) -> None:
    answer = client.get(query)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert client.get(query.replace("?", ".json?")).status_code == 400


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("/reports.json", ["Other", "Harbour (cut)", "The harbour"]),
        ("/reports.json?order=day", ["The harbour", "Harbour (cut)", "Other"]),
        ("/reports.json?q=CUT", ["Harbour (cut)"]),
        ("/reports.json?q=%25", []),
        ("/reports.json?q=_", []),
        ("/reports.json?source=mirror", ["Harbour (cut)"]),
        ("/reports.json?from=2031-05-07&to=2031-05-08", ["Harbour (cut)"]),
    ],
)
def test_filters_choose_rows(client: TestClient, query: str, names: list[str]) -> None:
    assert [row["name"] for row in client.get(query).json()["rows"]] == names


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("/events.json", [8]),
        ("/events.json?realis=", [8, 9, 10]),
        ("/events.json?realis=conditional", [9]),
        ("/events.json?realis=&actor=5", [9]),
        ("/events.json?realis=&country=usa&type=MOBILIZE", [10]),
        ("/events.json?realis=&independent=3", []),
        ("/events.json?realis=&from=2031-05-06", []),
    ],
)
def test_events_are_chosen(client: TestClient, query: str, numbers: list[int]) -> None:
    assert sorted(row["happening"] for row in client.get(query).json()["rows"]) == numbers


def test_the_json_of_a_report_is_its_record(client: TestClient) -> None:
    made = decode(client.get("/reports/1.json").content)
    assert made.text == TEXT
    assert [event.id for event in made.events or ()] == ["e1", "e2", "e3"]


def test_the_rows_of_a_report_are_chosen(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/reports/1.csv?rows=attributions").text)))
    assert [row["stance"] for row in rows] == ["asserts", "denies", "asserts", "fears"]


def test_own_word_and_a_source_are_told_apart(client: TestClient) -> None:
    html = client.get("/reports/1").text
    cards = dict(re.findall(r'<li class="card[^>]* id="(\w+)"(.*?)</li>', html, re.S))
    assert "the report’s own word" in cards["e2"]
    assert "told by" in cards["e1"]
    nested = re.sub(r"<[^>]+>|\s+", " ", cards["e1"])
    assert re.search(
        r"told by +the general +\(not named\) +\(denies\) *, in the words of +The minister", nested
    )


def test_the_timeline_sets_what_happened_apart(client: TestClient) -> None:
    rows = client.get("/timeline.json").json()["rows"]
    assert rows == [
        {"start": "2031-05-05", "end": "2031-05-05", "actual": 1, "ahead": 1, "negated": 1}
    ]
    week = client.get("/timeline.json?unit=week").json()["rows"]
    assert [(row["start"], row["end"]) for row in week] == [("2031-05-05", "2031-05-11")]
    month = client.get("/timeline.json?unit=month").json()["rows"]
    assert [(row["start"], row["end"]) for row in month] == [("2031-05-01", "2031-05-31")]


def test_the_map_draws_dots_and_shades(client: TestClient) -> None:
    html = client.get("/map").text
    assert re.search(r'class="shade-1"[^>]*><title>United States of America: 1', html)
    assert 'class="point" cx="291.7" cy="122.2"' in html
    assert "Borders are Natural Earth" in html


def test_two_passages_stand_side_by_side(client: TestClient) -> None:
    html = client.get("/conflicts/2").text
    assert html.count("<blockquote") == 2
    assert html.count("<mark>crossed</mark>") == 2


def test_what_was_cut_from_a_copy_is_shown(client: TestClient) -> None:
    html = client.get("/copies/1").text
    assert re.search(r"<del>[^<]*About 300 people fled", html)


def test_a_figure_that_changes_is_drawn(client: TestClient) -> None:
    html = client.get("/figures/4").text
    assert "<circle" in html
    assert 'class="span"' in html


def test_a_spreadsheet_runs_nothing() -> None:
    from onrecord.web.answers import to_csv
    from onrecord.web.listings import Column

    rows = [{"a": "=1+1", "b": -5}, {"a": "@x", "b": None}, {"a": ["-y", "z"], "b": "ok"}]
    made = to_csv(rows, (Column("a", "a"), Column("b", "b"))).decode()
    assert made.splitlines() == ["a,b", "'=1+1,-5", "'@x,", "'-y; z,ok"]


def test_the_list_goes_on_on_further_pages(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.web.listings.PAGE", 1)
    monkeypatch.setattr("onrecord.web.app.PAGE", 1)
    html = client.get("/reports?order=day&page=2").text
    assert "page 2 of 3" in html
    assert "Harbour (cut)" in html
    assert 'href="?order=day&amp;page=3"' in html
    assert 'href="?order=day"' in html
    assert len(client.get("/reports.json").json()["rows"]) == 3


def test_the_timeline_keeps_empty_days_and_leaves_no_lone_day_to_press_the_rest() -> None:
    from onrecord.web.chart_pages import _slots

    def rows(*days: str) -> list[dict[str, str]]:
        return [{"start": day} for day in days]

    assert _slots([], "day") == {}
    assert _slots(rows("2031-01-30", "2031-02-02"), "day") == {
        "2031-01-30": 0, "2031-01-31": 1, "2031-02-01": 2, "2031-02-02": 3}  # fmt: skip
    assert list(_slots(rows("2030-12-30", "2031-01-13"), "week")) == [
        "2030-12-30", "2031-01-06", "2031-01-13"]  # fmt: skip
    assert list(_slots(rows("2030-11-01", "2031-02-01"), "month")) == [
        "2030-11-01", "2030-12-01", "2031-01-01", "2031-02-01"]  # fmt: skip
    assert list(_slots(rows("2016-02-08", "2031-01-13"), "week", "2031-01-01")) == [
        "2030-12-30", "2031-01-06", "2031-01-13"]  # fmt: skip
    long = _slots(rows("1914-08-01", "2031-02-01"), "day")
    assert len(long) == 400
    assert "1914-08-01" not in long


def test_a_name_in_an_address_keeps_its_signs(tmp_path: Path) -> None:
    """A source called ``A & B = C`` is asked for by its whole name."""
    text = "A & B = C said it rained."
    words = Words(text)
    said = {"id": "a1", "key": key(1), "source": words("A & B = C", kind="named"), "cue": words("said"),
            "content": words("it rained"), "quotation": "indirect", "stance": "asserts", "score": 1}  # fmt: skip
    with Store(tmp_path / "s.duckdb") as store:
        store.put(record(text, {"attributions": [said]}))
    client = TestClient(create_app(tmp_path / "s.duckdb", Access()), base_url=HOST)
    link = re.search(r'href="(/claims[?]who=[^"]+)"', client.get("/quoted").text)
    assert link is not None
    assert client.get(link[1].replace("?", ".json?")).json()["total"] == 1
    assert client.get("/claims.json?who=A+%26+B+%3D+D").json()["total"] == 0


def test_persons_behind_pronouns_are_not_counted_as_one_source(tmp_path: Path) -> None:
    with Store(tmp_path / "s.duckdb") as store:
        for number, who in enumerate(("He", "She", "Officials")):
            text = f"{who} said it rained."
            w = Words(text)
            said = {"id": "a1", "key": key(1), "source": w(who, kind="unnamed"), "cue": w("said"),
                    "content": w("it rained"), "quotation": "indirect", "stance": "asserts", "score": 1}  # fmt: skip
            store.put(record(text, {"attributions": [said]}, url=f"https://a.example/{number}"))
    client = TestClient(create_app(tmp_path / "s.duckdb", Access()), base_url=HOST)
    rows = client.get("/quoted.json").json()["rows"]
    assert sorted((row["who"], row["said"], row["behind"]) for row in rows) == [
        ("(behind a pronoun that was not resolved)", 2, True), ("officials", 1, False)]  # fmt: skip
    assert "claims?who=%28" not in client.get("/quoted").text


def test_what_waits_is_told_with_a_command_that_there_is(tmp_path: Path) -> None:
    path = tmp_path / "own.duckdb"
    fill(path)
    with Store(path) as store:
        store.connection.execute("DELETE FROM reconciled")
    with TestClient(create_app(path, Access(), "tester"), base_url=HOST) as client:
        found = re.search(r"onrecord (\w+) own.duckdb", client.get("/").text)
    assert found is not None
    assert found[1] in cli.list_commands(Context(cli))
