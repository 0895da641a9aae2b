"""Corrections by form: made, seen, undone; and forms that say nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from onrecord.record.labels import LABELS
from onrecord.record.model import PARTS
from onrecord.web.app import create_app
from onrecord.web.correcting import ADDABLE, SETTABLE, CorrectingError, other_of, wanted_of
from onrecord.web.security import Access
from tests.web.conftest import HOST, SAME_ORIGIN
from tests.web.made import TEXT, fill, key

Post = Callable[..., Any]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    fill(tmp_path / "made.duckdb")
    access = Access(form_token="form")
    with TestClient(create_app(tmp_path / "made.duckdb", access, "tester"), base_url=HOST) as made:
        yield made


@pytest.fixture
def post(client: TestClient) -> Post:
    def send(path: str = "/corrections", **form: str) -> Any:
        return client.post(path, data={"form_token": "form", **form}, headers=SAME_ORIGIN)

    return send


def events(client: TestClient) -> dict[str, Any]:
    return {event["id"]: event for event in client.get("/reports/1.json").json()["events"]}


def test_an_entry_is_rejected_and_brought_back(client: TestClient, post: Post) -> None:
    answer = post(action="reject", report="1", entry=key(22), note="not so")
    assert answer.status_code == 200
    assert "Correction 1 is kept" in answer.text
    assert set(events(client)) == {"e1", "e3"}
    assert client.get(f"/reports/1/{key(22)}").status_code == 404
    listed = client.get("/corrections.json").json()["rows"]
    assert [(row["author"], row["action"], row["note"]) for row in listed] == [
        ("tester", "reject", "not so")
    ]
    assert post("/corrections/1/undo").status_code == 200
    assert set(events(client)) == {"e1", "e2", "e3"}
    assert client.get("/corrections.json").json()["rows"][0]["undone"]


@pytest.mark.parametrize(
    ("entry", "part", "field", "value", "kept"),
    [
        (22, "events", "realis", "future", "future"),
        (22, "events", "type", "AID", "AID"),
        (22, "events", "background", "yes", True),
        (11, "attributions", "stance", "doubts", "doubts"),
        (31, "permissions", "state", "granted", "granted"),
        (41, "reasons", "kind", "risk", "risk"),
        (51, "forecasts", "likelihood", "likely", "likely"),
        (61, "quantities", "value", "350", 350),
        (61, "quantities", "property", "", None),
        (71, "times", "value", "2031-05-04", "2031-05-04"),
        (81, "places", "metonym", "yes", True),
        (1, "entities", "name", "Republic of Orland", "Republic of Orland"),
    ],
)
def test_a_field_is_set(  # noqa: PLR0917 -- a row of the table
    client: TestClient, post: Post, entry: int, part: str, field: str, value: str, kept: Any
) -> None:
    answer = post(action="set", report="1", entry=key(entry), part=part, field=field, value=value)
    assert answer.status_code == 200, answer.text
    made = client.get(f"/reports/1/{key(entry)}.json").json()["entry"]
    assert made[field] == kept


def test_words_are_set(client: TestClient, post: Post) -> None:
    assert (
        post(
            action="set",
            report="1",
            entry=key(22),
            part="events",
            field="actors",
            value="people; Port Alma",
        ).status_code
        == 200
    )
    assert [actor["text"] for actor in events(client)["e2"]["actors"]] == ["people", "Port Alma"]


@pytest.mark.parametrize(
    ("form", "part", "words"),
    [
        ({"what": "events|ASSAULT", "words": "failed", "who": "officials"}, "events", "failed"),
        (
            {"what": "attributions|hopes", "words": "the talks fail"},
            "attributions",
            "the talks fail",
        ),
        ({"what": "permissions|granted", "words": "let"}, "permissions", "let"),
        ({"what": "reasons|aim", "words": "if", "more": "the talks fail"}, "reasons", "if"),
        ({"what": "forecasts|likely", "words": "will", "more": "attack"}, "forecasts", "will"),
        ({"what": "entities|group", "words": "troops"}, "entities", "troops"),
        ({"what": "places|place", "words": "the river"}, "places", "the river"),
        ({"what": "times|time", "words": "until"}, "times", "until"),
        ({"what": "quantities|figure", "words": "300"}, "quantities", "300"),
    ],
)
def test_what_was_missed_is_added(
    client: TestClient, post: Post, form: dict[str, str], part: str, words: str
) -> None:
    before = len(client.get("/reports/1.json").json()[part])
    answer = post(action="add", report="1", **form)
    assert answer.status_code == 200, answer.text
    after = client.get("/reports/1.json").json()[part]
    assert len(after) == before + 1


def test_words_are_added_by_where_they_stand(client: TestClient, post: Post) -> None:
    """Of words that stand twice, those that were selected; whatever the page showed of them."""
    start = TEXT.rindex("Kesh")
    answer = post(
        action="add",
        report="1",
        what="entities|group",
        words="Kesh",
        start=str(start),
        end=str(start + 4),
    )
    assert answer.status_code == 200, answer.text
    added = client.get("/reports/1.json").json()["entities"][-1]
    assert added["mentions"][0]["spans"] == [[start, start + 4]]


def test_two_are_said_to_be_one(client: TestClient, post: Post) -> None:
    answer = post(action="same", report="1", entry=key(2), other=f"{HOST}/reports/3/{key(2)}")
    assert answer.status_code == 200, answer.text
    assert client.get("/corrections.json").json()["rows"][0]["action"] == "same"


def test_the_name_in_the_cookie_is_kept(client: TestClient, post: Post) -> None:
    assert post("/settings", author=" Ána <b> ").status_code == 200
    post(action="reject", report="1", entry="e2")
    assert client.get("/corrections.json").json()["rows"][0]["author"] == "Ána <b>"
    assert "Ána &lt;b&gt;" in client.get("/corrections").text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "names no report"),
        ({"report": "1"}, "names no entry"),
        ({"report": "1", "action": "burn", "entry": "e1"}, "names no action"),
        ({"report": "1", "action": "reject"}, "names no entry"),
        ({"report": "1", "action": "reject", "entry": "e99"}, "e99"),
        ({"report": "1", "action": "reject", "entry": "../../x"}, "names no entry"),
        ({"report": "1", "action": "set", "entry": "e1", "part": "events", "field": "id", "value": "x"}, "names no field"),
        ({"report": "1", "action": "set", "entry": "e1", "part": "events", "field": "realis", "value": "odd"}, "none of"),
        ({"report": "1", "action": "set", "entry": "q1", "part": "quantities", "field": "value", "value": "many"}, "is no number"),
        ({"report": "1", "action": "set", "entry": "e2", "part": "events", "field": "actors", "value": "nobody here"}, "nobody here"),
        ({"report": "1", "action": "same", "entry": "e1", "other": "somewhere"}, "give the address"),
        ({"report": "1", "action": "add", "words": "x"}, "choose what"),
        ({"report": "1", "action": "add", "what": "events|DANCE", "words": "x"}, "choose what"),
        ({"report": "1", "action": "add", "what": "events|AID"}, "select or type"),
        ({"report": "1", "action": "add", "what": "events|AID", "words": "not in it"}, "not in it"),
        ({"report": "1", "action": "add", "what": "events|AID", "words": "x", "start": "5", "end": "99999"}, "not in the text"),
    ],
)  # fmt: skip
def test_a_form_that_says_nothing_is_told(
    client: TestClient, post: Post, form: dict[str, str], said: str
) -> None:
    answer = post(**form)
    assert answer.status_code == 400, answer.text
    assert said in answer.text
    assert client.get("/corrections.json").json()["rows"] == []


def test_a_report_that_is_not_there(post: Post) -> None:
    assert post(action="reject", report="99", entry="e1").status_code == 404


def test_a_correction_is_undone_once(post: Post) -> None:
    assert post("/corrections/7/undo").status_code == 400
    post(action="reject", report="1", entry="e2")
    assert post("/corrections/1/undo").status_code == 200
    assert post("/corrections/1/undo").status_code == 400


def test_forms_offer_what_the_record_knows() -> None:
    assert set(SETTABLE) == set(ADDABLE) == set(PARTS)
    for fields in SETTABLE.values():
        for field in fields:
            assert not field.choices or field.choices in LABELS.values()


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/reports/12/e3", (12, "e3")),
        ("http://127.0.0.1:8321/reports/12#e3", (12, "e3")),
        (f"12/{key(3)}", (12, key(3))),
        (" /reports/1/e1/ ", (1, "e1")),
    ],
)
def test_the_other_entry_by_its_address(address: str, found: tuple[int, str]) -> None:
    assert other_of(address) == found


@pytest.mark.parametrize("address", ["", "e3", "/reports/x/e3", "/events/3", "/reports/1/"])
def test_no_entry_has_that_address(address: str) -> None:
    with pytest.raises(CorrectingError):
        other_of(address)


def test_a_note_is_kept_to_its_length() -> None:
    made = wanted_of({"action": "reject", "entry": "e1", "note": "x" * 5000})
    assert len(made["note"]) == 2000


def test_the_page_of_an_entry_lists_its_corrections(client: TestClient, post: Post) -> None:
    post(action="set", report="1", entry=key(22), part="events", field="realis", value="future")
    html = client.get(f"/reports/1/{key(22)}").text
    assert "set realis by tester" in html
    assert 'action="/corrections/1/undo"' in html


@pytest.mark.parametrize("page", ["/reports/1?made=1", "/reports/2?made=1", "/reports/1/e1?made=7"])
def test_no_address_can_name_a_correction_that_was_not_made_here(
    client: TestClient, post: Post, page: str
) -> None:
    post(action="reject", report="3", entry="e2")
    assert "is kept" in client.get("/reports/3?made=1").text
    assert "is kept" not in client.get(page).text
