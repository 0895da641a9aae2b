"""Search: what is found, in which order, shown how; and an index that is behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.store import Store
from onrecord.web.app import create_app
from onrecord.web.gate import Gate
from onrecord.web.search import Index, SearchError, snippet, terms
from onrecord.web.security import Access
from tests.web.conftest import HOST
from tests.web.made import fill, harbour, record

TEXTS = {
    1: "The bridge at Alma fell. The bridge was old.",
    2: "A new bridge, twenty kilometres from the city of Alma, opened while the old harbour burned.",
    3: "Zoë crossed the café.",
    4: "NEAR AND OR NOT are words too.",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    path = tmp_path_factory.mktemp("search") / "s.duckdb"
    with Store(path) as store:
        store.put(
            [
                record(text, id=str(n), title=None, source=None, url=f"https://a.example/{n}")
                for n, text in TEXTS.items()
            ]
        )
    made = Index(Gate(path))
    made.update()
    assert made.trouble is None
    return made


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("bridge", [1, 2]),
        ("BRIDGE alma", [1, 2]),
        ('"bridge at alma"', [1]),
        ('"alma bridge"', []),
        ("harb*", [2]),
        ("harb", []),
        ("zoe cafe", [3]),
        ("and not", [4]),
        ("NEAR", [4]),
        ("bridge -alma", [1, 2]),
        ("words:bridge", []),
        ('"unfinished', []),
        ("old) OR (1=1", []),
        ("nowhere", []),
    ],
)
def test_what_is_found(index: Index, asked: str, found: list[int]) -> None:
    assert [report for report, _ in index.find(asked)] == found


@pytest.mark.parametrize("asked", ["", "  ", "***", '""', "-- !", '"'])
def test_nothing_to_look_for(index: Index, asked: str) -> None:
    with pytest.raises(SearchError):
        index.find(asked)


def test_what_is_new_is_added(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    fill(path)
    index = Index(Gate(path))
    with Store(path, read_only=True) as store:
        assert not index.state(store).whole
    index.update()
    assert len(index.find("harbour")) == 3
    index.gate._let_go()
    with Store(path) as store:
        store.put(record("A windmill.", id="new", url="https://a.example/new"))
    with Store(path, read_only=True) as store:
        assert (index.state(store).indexed, index.state(store).reports) == (3, 4)
    index.update()
    assert [report for report, _ in index.find("windmill")] == [4]


def test_an_index_of_another_store_is_made_again(tmp_path: Path) -> None:
    for name, text in (("a", "first words"), ("b", "other words")):
        with Store(tmp_path / f"{name}.duckdb") as store:
            store.put(record(text))
            store.connection.execute("UPDATE meta SET value = ? WHERE name = 'created'", [name])
        Index(Gate(tmp_path / f"{name}.duckdb")).update()
    (tmp_path / "a.duckdb.fts").replace(tmp_path / "b.duckdb.fts")
    index = Index(Gate(tmp_path / "b.duckdb"))
    index.update()
    assert index.find("first") == []
    assert [report for report, _ in index.find("other")] == [1]


@pytest.mark.parametrize(
    ("text", "asked", "marked"),
    [
        ("one two three", "two", ["two"]),
        ("one Two, three", '"two three"', ["Two, three"]),
        ("begin began beginning", "begin*", ["begin", "beginning"]),
        ("begin beginning", "begin", ["begin"]),
        ("a+b (c", "c", ["c"]),
        ("nothing here", "else", []),
    ],
)
def test_the_words_are_marked(text: str, asked: str, marked: list[str]) -> None:
    pieces = snippet(text, terms(asked))
    assert [words for words, on in pieces if on] == marked
    assert "".join(words for words, _ in pieces) == text


def test_the_place_where_most_stand_together_is_shown() -> None:
    text = "alpha " + "x " * 400 + "alpha beta " + "y " * 400
    shown = "".join(words for words, _ in snippet(text, ["alpha", "beta"]))
    assert "alpha beta" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")


def test_old_versions_are_not_found(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    with Store(path) as store:
        store.put(record("The windmill stands."))
        store.put(record("The windmill fell."))
    app = create_app(path, Access())
    client = TestClient(app, base_url=HOST)
    Index(Gate(path)).update()
    while not (found := client.get("/search.json?q=windmill").json())["whole"]:
        pass
    assert [hit["report"] for hit in found["reports"]] == [2]


def test_entries_are_found_by_their_sentence(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    with Store(path) as store:
        store.put(harbour())
    Index(Gate(path)).update()
    client = TestClient(create_app(path, Access()), base_url=HOST)
    found = client.get("/search.json?q=talks+attack").json()["entries"]
    assert {(entry["part"], entry["id"]) for entry in found} == {
        ("attributions", "a4"), ("events", "e3"), ("forecasts", "f1")}  # fmt: skip
