"""Each ledger, asked in every way that it takes."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from onrecord.ledgers import LEDGERS, Question, QuestionError, show
from onrecord.record.model import PARTS
from onrecord.store import Store
from tests.ledgers.story import records

DAY = {n: dt.date(2031, 5, n) for n in range(1, 32)}
SHELLED = "Dorn shelled Velmora"
ATTACKED = "Dorn attacked Brill"


def told(store: Store, ledger: str, columns: str, **asked: Any) -> list[Any]:
    """The rows of a ledger, cut down to ``columns``; one column gives plain values."""
    names = columns.split()
    rows = show(store, ledger, Question(**asked)).to_pylist()
    return [
        row[names[0]] if len(names) == 1 else tuple(row[name] for name in names) for row in rows
    ]


@pytest.mark.parametrize(
    ("asked", "labels"),
    [
        ({}, [SHELLED, ATTACKED]),
        ({"since": DAY[2]}, [ATTACKED]),
        ({"until": DAY[1]}, [SHELLED]),
        ({"since": DAY[1], "until": DAY[1]}, [SHELLED]),
        ({"since": DAY[2], "until": DAY[5]}, []),
        ({"actor": "dorn"}, [SHELLED, ATTACKED]),
        ({"actor": "DRN"}, [SHELLED, ATTACKED]),
        ({"actor": "the Dorns"}, [SHELLED, ATTACKED]),
        ({"actor": "Do"}, []),
        ({"actor": "Brill"}, [ATTACKED]),
        ({"actor": "Kelmar"}, []),
        ({"place": "velmora"}, [SHELLED]),
        ({"place": "VLM"}, [SHELLED]),
        ({"place": "Velmor"}, []),
        ({"type": "ASSAULT"}, [SHELLED, ATTACKED]),
        ({"type": "aid,assault"}, [SHELLED, ATTACKED]),
        ({"type": "AID"}, []),
        ({"realis": ("future",)}, ["Dorn attack Brill"]),
        ({"realis": ("negated",)}, ["Dorn attack Brill"]),
        ({"realis": ("all",)}, [SHELLED, "Dorn attack Brill", "Dorn attack Brill", ATTACKED]),
        ({"background": True}, [SHELLED, "Dorn attacked Velmora", ATTACKED]),
        ({"about": "killing 15"}, [SHELLED]),
        ({"about": "people port"}, [SHELLED]),
        ({"about": "eop"}, []),
        ({"limit": 1}, [SHELLED]),
    ],
)
def test_events(story: Store, asked: dict[str, Any], labels: list[str]) -> None:
    assert told(story, "events", "label", **asked) == labels


def test_an_event_of_many_reports(story: Store) -> None:
    row = show(story, "events").to_pylist()[0]
    assert (row["date"], row["date_basis"], row["actors"]) == (DAY[1], "told", ["Dorn"])
    assert (row["reports"], row["independent"]) == (3, 2)
    assert (row["first"], row["last"]) == (DAY[2], DAY[4])
    assert row["passages"][2] == {
        "report": 3, "id": "ev1", "source": "Post", "published": "2031-05-04",
        "url": "https://post.example/c", "spans": [[5, 12]],
        "words": "Dorn shelled the port of Velmora, killing 15 people.",
    }  # fmt: skip


def test_an_event_whose_day_is_not_told_has_that_of_its_report(story: Store) -> None:
    rows = told(story, "events", "date date_basis", realis=("future",))
    assert rows == [(DAY[4], "published")]


@pytest.mark.parametrize(
    "ledger",
    [ledger for ledger in LEDGERS if ledger not in ("versions", "corrections", "failures")],
)
def test_every_row_leads_to_its_words(story: Store, ledger: str) -> None:
    texts = {number: record.text for number, record in enumerate(records(), 1)}
    rows = show(story, ledger).to_pylist()
    assert rows
    for row in rows:
        assert row["passages"]
        for passage in row["passages"]:
            text = texts[passage["report"]]
            assert text is not None
            assert passage["words"] in text
            assert passage["url"].startswith("https://")
            assert passage["spans"]
            # A passage is the sentence around the spans.
            start = text.index(passage["words"])
            for first, last in passage["spans"]:
                assert start <= first < last <= start + len(passage["words"])


@pytest.mark.parametrize(
    ("asked", "states"),
    [
        ({}, [("withheld", DAY[2], DAY[3], None), ("granted", DAY[4], DAY[4], "withheld")]),
        ({"as_of": DAY[1]}, []),
        ({"as_of": DAY[3]}, [("withheld", DAY[2], DAY[3], None)]),
        ({"as_of": DAY[20]}, [("granted", DAY[4], DAY[4], "withheld")]),
        ({"as_of": DAY[20], "type": "withheld"}, []),
        ({"type": "withheld"}, [("withheld", DAY[2], DAY[3], None)]),
        ({"since": DAY[4]}, [("granted", DAY[4], DAY[4], "withheld")]),
        ({"actor": "KLM", "until": DAY[2]}, [("withheld", DAY[2], DAY[3], None)]),
        ({"actor": "Brill"}, []),
        ({"about": "canal", "limit": 1}, [("withheld", DAY[2], DAY[3], None)]),
        ({"about": "tankers"}, []),
    ],
)
def test_permissions(story: Store, asked: dict[str, Any], states: list[Any]) -> None:
    assert told(story, "permissions", "state day last_day before", **asked) == states


def test_permissions_tell_a_dispute(story_path: Any, tmp_path: Any) -> None:
    """Two reports of one day with different states: the later added stands, and it is said."""
    path = tmp_path / "disputed.duckdb"
    path.write_bytes(story_path.read_bytes())
    with Store(path) as store:
        store.connection.execute("UPDATE permission_lines SET day = DATE '2031-05-04'")
        rows = told(store, "permissions", "state disputed", as_of=DAY[4])
    assert rows == [("granted", True)]


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ({}, [("attack Brill", "came_about", "On Monday Dorn attacked Brill.")]),
        ({"type": "open"}, []),
        ({"type": "came_about", "about": "Brill"},
         [("attack Brill", "came_about", "On Monday Dorn attacked Brill.")]),
        ({"until": DAY[3]}, []),
        ({"actor": "Lorn"}, []),
    ],
)  # fmt: skip
def test_forecasts(story: Store, asked: dict[str, Any], rows: list[Any]) -> None:
    made = show(story, "forecasts", Question(**asked)).to_pylist()
    assert [(r["content"], r["verdict"], r["evidence"]["words"]) for r in made] == rows


@pytest.mark.parametrize(
    ("asked", "count"),
    [({}, 1), ({"actor": "Dorn"}, 1), ({"actor": "Kelmar"}, 0), ({"place": "Velmora"}, 1),
     ({"place": "Brill"}, 0), ({"type": "killed"}, 1), ({"type": "wounded"}, 0),
     ({"about": "people killed"}, 1), ({"about": "port"}, 1), ({"about": "horses"}, 0),
     ({"since": DAY[4]}, 1), ({"since": DAY[5]}, 0), ({"until": DAY[1]}, 0)],
)  # fmt: skip
def test_figures(story: Store, asked: dict[str, Any], count: int) -> None:
    rows = show(story, "figures", Question(**asked)).to_pylist()
    assert len(rows) == count
    for row in rows:
        steps = [(step["day"], step["value"], step["words"]) for step in row["history"]]
        assert steps == [(DAY[2], 12.0, "12"), (DAY[4], 15.0, "15")]
        assert (row["latest"], row["verdict"], row["reports"], row["independent"]) == (
            15.0, "updated", 3, 2,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ({}, [("Ada Lorn", "against", "for", DAY[4]), ("Kelmar", "for", "against", DAY[4]),
              ("Ada Lorn", "against", None, DAY[2])]),
        ({"actor": "Kelmar"}, [("Kelmar", "for", "against", DAY[4])]),
        ({"actor": "KLM", "until": DAY[3]}, [("Kelmar", "against", None, DAY[2])]),
        ({"type": "for"}, [("Kelmar", "for", "against", DAY[4])]),
        ({"about": "allowed canal"}, [("Kelmar", "for", None, DAY[4])]),
        ({"about": "the weather"}, []),
    ],
)  # fmt: skip
def test_positions(story: Store, asked: dict[str, Any], rows: list[Any]) -> None:
    assert told(story, "positions", "name position before since", **asked) == rows


def test_a_position_says_by_what(story: Store) -> None:
    row = show(story, "positions", Question(actor="Kelmar")).to_pylist()[0]
    made = [(p["report"], p["position"], p["basis"]) for p in row["passages"]]
    assert made == [(1, "against", "withheld"), (2, "against", "withheld"), (3, "for", "granted")]
    assert (row["statements"], row["reports"], row["independent"]) == (2, 3, 2)


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ({}, [("Ada Lorn", True, 2, 1, 3, 2), ("official", False, 1, 0, 2, 1)]),
        ({"type": "unnamed"}, [("official", False, 1, 0, 2, 1)]),
        ({"actor": "Lorn"}, [("Ada Lorn", True, 2, 1, 3, 2)]),
        ({"since": DAY[4]}, [("Ada Lorn", True, 1, 1, 1, 1)]),
        ({"about": "killing"}, [("official", False, 1, 0, 2, 1)]),
    ],
)
def test_sources(story: Store, asked: dict[str, Any], rows: list[Any]) -> None:
    columns = "name named statements direct reports independent"
    assert told(story, "sources", columns, **asked) == rows


def test_sources_name_their_outlets(story: Store) -> None:
    row = show(story, "sources", Question(actor="Ada Lorn")).to_pylist()[0]
    assert {one["outlet"]: one["reports"] for one in row["outlets"]} == {
        "Gazette": 1, "Herald": 1, "Post": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "count"),
    [({}, 1), ({"type": "figure"}, 1), ({"type": "updates"}, 1), ({"type": "contradicts"}, 0),
     ({"since": DAY[5]}, 0), ({"until": DAY[4]}, 1), ({"actor": "Dorn"}, 1),
     ({"actor": "Kelmar"}, 0), ({"place": "VLM"}, 1), ({"about": "people"}, 1)],
)  # fmt: skip
def test_conflicts(story: Store, asked: dict[str, Any], count: int) -> None:
    rows = show(story, "conflicts", Question(**asked)).to_pylist()
    assert [(r["left_words"], r["right_words"]) for r in rows] == [("12", "15")] * count
    for row in rows:
        assert row["about"] == "people killed"
        assert [p["report"] for p in row["passages"]] == [1, 3]


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ({}, [(1, None, "origin"), (2, 1, "same"), (4, None, "quotes")]),
        ({"type": "origin"}, [(1, None, "origin")]),
        ({"type": "quotes,same"}, [(2, 1, "same"), (4, None, "quotes")]),
        ({"since": DAY[3]}, [(2, 1, "same"), (4, None, "quotes")]),
        ({"about": "Velmora barred"}, [(1, None, "origin"), (2, 1, "same")]),
        ({"about": "Brill"}, [(4, None, "quotes")]),
    ],
)
def test_copies(story: Store, asked: dict[str, Any], rows: list[Any]) -> None:
    assert told(story, "copies", "report origin kind", **asked) == rows


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ({}, [("Dorn", 4, 3), ("Ada Lorn", 3, 2), ("Kelmar", 3, 2)]),
        ({"type": "person"}, [("Ada Lorn", 3, 2)]),
        ({"actor": "KLM"}, [("Kelmar", 3, 2)]),
        ({"since": DAY[5]}, [("Dorn", 1, 1)]),
        ({"about": "port"}, [("Dorn", 3, 2)]),
        ({"limit": 1}, [("Dorn", 4, 3)]),
    ],
)
def test_entities(story: Store, asked: dict[str, Any], rows: list[Any]) -> None:
    assert told(story, "entities", "name reports independent", **asked) == rows


@pytest.mark.parametrize(
    ("asked", "count"),
    [({}, 1), ({"type": "source"}, 1), ({"type": "fetch"}, 0), ({"since": DAY[6]}, 0),
     ({"until": DAY[5]}, 1), ({"about": "encrypted"}, 1)],
)  # fmt: skip
def test_failures(story: Store, asked: dict[str, Any], count: int) -> None:
    assert told(story, "failures", "name reason", **asked) == [("x.pdf", "is encrypted")] * count


@pytest.fixture
def edited(tmp_path: Path) -> Iterator[Store]:
    """A store of the first report, which has changed since, with two corrections."""
    first = records()[0]
    assert first.text is not None
    with Store(tmp_path / "edited.duckdb") as store:
        store.put(first)
        store.correct(1, "ev1", action="set", field="type", value="COERCE", author="ada")
        undone = store.correct(1, "at1", action="reject", author="ben", note="not said")
        store.undo(undone, author="ada")
        shorter = first.text.replace("killing 12 people", "killing some")
        store.put(
            replace(
                first,
                text=shorter,
                text_sha256=hashlib.sha256(shorter.encode()).hexdigest(),
                title="Port shelled",
                **dict.fromkeys(PARTS, ()),
            )
        )
        yield store


@pytest.mark.parametrize(
    ("asked", "count"),
    [({}, 1), ({"about": "killing some"}, 1), ({"about": "12 people"}, 1), ({"about": "Brill"}, 0),
     ({"since": dt.date(2001, 1, 1)}, 1), ({"until": dt.date(2001, 1, 1)}, 0)],
)  # fmt: skip
def test_versions(edited: Store, asked: dict[str, Any], count: int) -> None:
    rows = show(edited, "versions", Question(**asked)).to_pylist()
    assert len(rows) == count
    for row in rows:
        assert (row["before"], row["report"], row["version"], row["current"]) == (1, 2, 2, True)
        assert row["told"] == ["title"]
        assert "killing 12 people" in row["left_out"][0]
        assert "killing some" in row["put_in"][0]


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ({}, [("set", None), ("reject", "ada")]),
        ({"type": "lost"}, [("set", None)]),
        ({"type": "undone"}, [("reject", "ada")]),
        ({"type": "reject"}, [("reject", "ada")]),
        ({"type": "same"}, []),
        ({"about": "shelled"}, [("set", None)]),
        ({"about": "said"}, [("reject", "ada")]),
    ],
)
def test_corrections(edited: Store, asked: dict[str, Any], rows: list[Any]) -> None:
    assert told(edited, "corrections", "action undone_by", **asked) == rows


def test_a_correction_leads_to_its_words(edited: Store) -> None:
    row = show(edited, "corrections", Question(type="set")).to_pylist()[0]
    assert (row["author"], row["field"], row["part"]) == ("ada", "type", "events")
    assert [(p["report"], p["spans"], p["words"]) for p in row["passages"]] == [
        (1, [[5, 12]], "shelled")
    ]


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ({}, [(DAY[1], "ASSAULT"), (DAY[2], "withheld"), (DAY[4], "granted"), (DAY[6], "ASSAULT")]),
        ({"type": "granted,ASSAULT"},
         [(DAY[1], "ASSAULT"), (DAY[4], "granted"), (DAY[6], "ASSAULT")]),
        ({"type": "granted"}, [(DAY[4], "granted")]),
        ({"limit": 2}, [(DAY[1], "ASSAULT"), (DAY[2], "withheld")]),
        ({"realis": ("future",), "type": "ASSAULT"}, [(DAY[4], "ASSAULT")]),
        ({"actor": "Kelmar", "since": DAY[4]}, [(DAY[4], "granted")]),
    ],
)  # fmt: skip
def test_timeline(story: Store, asked: dict[str, Any], rows: list[Any]) -> None:
    assert told(story, "timeline", "date type", **asked) == rows


@pytest.mark.parametrize(
    ("ledger", "asked", "said"),
    [
        ("weather", {}, "no ledger is called weather"),
        ("copies", {"actor": "Dorn"}, "the ledger copies cannot be asked by actor; it takes about"),
        ("events", {"type": "ASSAULTS"}, "type assaults is none of those of the ledger events"),
        ("events", {"as_of": DAY[1]}, "cannot be asked by as_of"),
    ],
)
def test_what_cannot_be_asked(story: Store, ledger: str, asked: dict[str, Any], said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        show(story, ledger, Question(**asked))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"since": DAY[2], "until": DAY[1]}, "since 2031-05-02 is after until 2031-05-01"),
        ({"limit": 0}, "limit is 0"),
        ({"realis": ("actuall",)}, "realis actuall is none of actual"),
        ({"realis": ()}, "realis"),
        ({"about": "?!"}, "no letter or number"),
    ],
)
def test_questions_without_meaning(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        Question(**asked)


@pytest.mark.parametrize("words", ["a.b*", "(x", "it's", "Ñandú", "[", "co-op (Dorn)"])
def test_words_are_words_and_no_pattern(story: Store, words: str) -> None:
    letters = any(letter.isalnum() for letter in words)
    for field in ("actor", "place", "about") if letters else ():
        assert told(story, "events", "label", **{field: words}) == []


@pytest.mark.parametrize("ledger", LEDGERS)
def test_an_empty_store_gives_the_same_columns(story: Store, tmp_path: Any, ledger: str) -> None:
    with Store(tmp_path / "empty.duckdb") as empty:
        made = show(empty, ledger)
    assert made.num_rows == 0
    assert made.schema.names == show(story, ledger).schema.names


@pytest.mark.parametrize("ledger", LEDGERS)
def test_a_ledger_takes_all_that_it_says(story: Store, ledger: str) -> None:
    module = import_module(f"onrecord.ledgers.{ledger}")
    values: dict[str, Any] = {"since": DAY[1], "until": DAY[30], "actor": "Dorn", "place": "Velmora",
              "realis": ("all",), "background": True, "about": "the", "as_of": DAY[30],
              "type": module.TYPES[0] if module.TYPES else "killed"}  # fmt: skip
    asked = {name: values[name] for name in module.TAKES}
    show(story, ledger, Question(**asked, limit=3))
