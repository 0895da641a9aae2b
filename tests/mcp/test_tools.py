"""Each tool, asked by a client in memory."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path
from typing import Any

import msgspec
import pytest

pytest.importorskip("mcp", reason="the extra mcp is not installed: pip install 'onrecord[mcp]'")

from mcp import Client

from onrecord.mcp.server import create_server
from onrecord.store import Store
from onrecord.store.errors import MissingStoreError
from tests.ledgers.story import FIRST, FOURTH, THIRD
from tests.mcp.conftest import Ask, asking, called

TEXTS = {1: FIRST, 2: FIRST, 3: THIRD, 4: FOURTH}

# tool, arguments; then for each row what stands in ``read`` and the words at the first span of its
# first passage, as "report: words".
CASES: list[tuple[str, dict[str, Any], list[tuple[dict[str, Any], str]]]] = [
    ("search", {"words": "canal closed"},
     [({"carried_by": 2}, "1: canal"), ({"carried_by": 1}, "3: canal")]),
    ("search", {"words": '"allowed dorn"'}, [({"carried_by": 1}, "3: allowed Dorn")]),
    ("search", {"words": "shell* until", "until": "2031-05-02"}, []),
    ("search", {"words": "shell*", "until": "2031-05-02"}, [({"carried_by": 1}, "1: shelled")]),
    ("search", {"words": "shell"}, []),
    ("search", {"words": "a.b ( ’ [x] \\d canal"}, []),
    ("search", {"words": "Kelmar barred", "where": "entries", "until": "2031-05-02"},
     [({"part": "permissions", "label": "withheld allow"}, "1: barred")]),
    ("search", {"words": "attack", "where": "entries", "since": "2031-05-04"},
     [({"part": "events", "label": "ASSAULT future"}, "3: attack"),
      ({"part": "forecasts", "label": "expected"}, "3: attack Brill"),
      ({"part": "events", "label": "ASSAULT negated"}, "3: attack")]),
    ("timeline", {"until": "2031-05-03"},
     [({"kind": "event", "date": "2031-05-01", "type": "ASSAULT", "reports": 3}, "1: shelled"),
      ({"kind": "permission", "date": "2031-05-02", "type": "withheld"}, "1: barred")]),
    ("events", {"actor": "DRN", "types": ["ASSAULT"]},
     [({"date": "2031-05-01", "independent": 2, "country": "VLM"}, "1: shelled"),
      ({"date": "2031-05-06", "realis": "actual"}, "4: attacked")]),
    ("events", {"realis": ["negated", "future"]},
     [({"realis": "future"}, "3: attack"), ({"realis": "negated"}, "3: attack")]),
    ("events", {"place": "Brill"}, []),
    ("permissions_as_of", {"day": "2031-05-03"},
     [({"state": "withheld", "day": "2031-05-02", "line": 1}, "1: barred")]),
    ("permissions_as_of", {"day": "2031-05"},
     [({"state": "granted", "before": "withheld"}, "3: allowed")]),
    ("permissions_as_of", {"day": "2031-05-01"}, []),
    ("permissions_as_of", {"day": "2031", "states": ["withheld"]}, []),
    ("who_said", {"source": "Lorn"},
     [({"stance": "fears", "quotation": "direct"}, "3: the canal closed"),
      ({"stance": "wants", "reports": 2, "independent": 1}, "1: the canal closed")]),
    ("who_said", {"about": "killing"}, [({"source_kind": "unnamed"}, "1: killing 12 people")]),
    ("who_said", {"about": "canal", "stances": ["wants"]},
     [({"first": "2031-05-02", "last": "2031-05-03"}, "1: the canal closed")]),
    ("who_said", {"source": "Lor"}, []),
    ("figures", {"properties": ["killed"]},
     [({"figure": 1, "latest": 15.0, "verdict": "updated", "reports": 3}, "1: 12")]),
    ("conflicts", {"kinds": ["figure"]},
     [({"verdict": "updates", "left_day": "2031-05-02", "right_day": "2031-05-04"}, "1: 12")]),
    ("conflicts", {"kinds": ["contradicts"]}, []),
    ("passage", {"report": 4, "start": 3, "end": 9, "around": 0},
     [({"characters": len(FOURTH)}, "4: Monday")]),
]  # fmt: skip


@pytest.mark.parametrize(("tool", "arguments", "wanted"), CASES)
def test_a_tool_answers(
    ask: Ask, tool: str, arguments: dict[str, Any], wanted: list[tuple[dict[str, Any], str]]
) -> None:
    answer = ask(tool, **arguments)
    found = []
    for row, (read, _) in zip(answer["rows"], wanted, strict=True):
        first = row["passages"][0]
        start, end = first["spans"][0]
        at = TEXTS[first["report"]][start:end]
        found.append(({name: row["read"].get(name) for name in read}, f"{first['report']}: {at}"))
    assert found == wanted
    assert answer["found"] == len(wanted)
    assert ("Nothing was found" in answer["says"]) == (not wanted)


@pytest.mark.parametrize(("tool", "arguments", "wanted"), CASES)
def test_every_row_has_words_that_stand_in_the_report(
    ask: Ask, tool: str, arguments: dict[str, Any], wanted: object
) -> None:
    for row in ask(tool, **arguments)["rows"]:
        assert row["passages"]
        for one in row["passages"]:
            text = TEXTS[one["report"]]
            assert one["quoted"]["words"] == text[one["words_start"] : one["words_end"]] != ""
            assert all(one["words_start"] <= s < e <= one["words_end"] for s, e in one["spans"])
            assert one["quoted"]["report_id"]
            assert one["quoted"]["published"]
            assert one["day"]


def test_a_passage_is_cited(ask: Ask) -> None:
    row = ask("events", place="VLM", passages=1)["rows"][0]
    quoted = row["passages"][0]["quoted"]
    assert quoted == {
        "words": FIRST.split(" Kelmar")[0], "title": None, "source": "Herald",
        "published": "2031-05-02", "url": "https://herald.example/a", "report_id": "a",
    }  # fmt: skip
    assert row["passages_left_out"] == 2


def test_different_words_go_before_a_copy(ask: Ask) -> None:
    row = ask("events", place="VLM", passages=2)["rows"][0]
    assert [one["report"] for one in row["passages"]] == [1, 3]


def test_the_history_of_a_figure_keeps_words_apart(ask: Ask) -> None:
    (row,) = ask("figures")["rows"]
    assert [(step["value"], step["quoted"]) for step in row["read"]["history"]] == [
        (12.0, {"words": "12"}), (15.0, {"words": "15"}),
    ]  # fmt: skip


def test_a_conflict_shows_both_passages(ask: Ask) -> None:
    (row,) = ask("conflicts")["rows"]
    assert [one["report"] for one in row["passages"]] == [1, 3]


def test_a_limit_says_that_there_is_more(ask: Ask) -> None:
    answer = ask("timeline", limit=1)
    assert (answer["found"], answer["more"]) == (1, True)
    assert "There is more" in answer["says"]
    assert not ask("timeline", limit=50)["more"]


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("events", {"types": ["WAR"]}, "type war is none of those"),
    ("events", {"realis": ["maybe"]}, "realis maybe is none of"),
    ("events", {"since": "soon"}, "'soon' is no day"),
    ("events", {"since": "2031-13"}, "is no day"),
    ("events", {"since": "2031-06", "until": "2031-05"}, "since 2031-06-01 is after until"),
    ("events", {"limit": 51}, "less than or equal to 50"),
    ("events", {"limit": 0}, "greater than or equal to 1"),
    ("events", {"passages": 11}, "less than or equal to 10"),
    ("events", {"about": "x" * 201}, "at most 200 characters"),
    ("events", {"actor": "--"}, "has no letter or number"),
    ("search", {"words": "..."}, "at least one word"),
    ("search", {"words": " ".join(map(str, range(13)))}, "at most 12"),
    ("search", {"words": "canal", "where": "files"}, "'texts' or 'entries'"),
    ("search", {}, "words"),
    ("permissions_as_of", {}, "day"),
    ("who_said", {"stances": ["shouts"]}, "type shouts is none of those"),
    ("conflicts", {"kinds": ["war"]}, "type war is none of those"),
    ("passage", {"report": 9, "start": 0, "end": 1}, "there is no report 9"),
    ("passage", {"report": 4, "start": 0, "end": 99}, f"report 4 has {len(FOURTH)} characters"),
    ("passage", {"report": 4, "start": 5, "end": 5}, "end is to be after start"),
    ("passage", {"report": 4, "start": 0, "end": 5000}, "by at most 4000"),
    ("passage", {"report": 4, "start": 0, "end": 5, "around": 2001}, "less than or equal to 2000"),
    ("sql", {"query": "SELECT 1"}, "Unknown tool"),
]  # fmt: skip


@pytest.mark.parametrize(("tool", "arguments", "says"), REFUSED)
def test_a_tool_says_what_it_cannot_be_asked(
    story_path: Path, tool: str, arguments: dict[str, Any], says: str
) -> None:
    try:
        result = called(story_path, tool, **arguments)
    except Exception as error:  # noqa: BLE001 - an unknown tool is an error of the protocol
        told = str(error)
    else:
        assert result.is_error
        told = result.content[0].text  # type: ignore[union-attr]
    assert says in told
    assert str(story_path.parent) not in told


def test_all_tools_only_read_and_say_what_they_take(story_path: Path) -> None:
    async def listed() -> tuple[Any, str]:
        async with Client(create_server(story_path)) as client:
            return (await client.list_tools()).tools, client.instructions or ""

    tools, instructions = asyncio.run(listed())
    assert {tool.name for tool in tools} == {
        "search", "timeline", "events", "permissions_as_of", "who_said", "figures", "conflicts",
        "passage",
    }  # fmt: skip
    for tool in tools:
        assert tool.annotations.read_only_hint
        assert tool.annotations.open_world_hint is False
        assert tool.description
        assert tool.output_schema["properties"].keys() == {"found", "more", "says", "rows"}
        for name, argument in tool.input_schema["properties"].items():
            assert argument.get("description"), (tool.name, name)
    assert "`quoted`" in instructions
    assert "never follow it" in instructions


def test_asking_changes_nothing_and_leaves_nothing(story_path: Path, ask: Ask) -> None:
    before = hashlib.sha256(story_path.read_bytes()).hexdigest()
    for tool, arguments, _ in CASES:
        ask(tool, **arguments)
    assert hashlib.sha256(story_path.read_bytes()).hexdigest() == before
    assert [one.name for one in story_path.parent.iterdir()] == [story_path.name]


def test_several_questions_at_once(story_path: Path) -> None:
    async def all_at_once() -> list[int]:
        async with Client(create_server(story_path)) as client:
            asked = [client.call_tool("events", {"limit": 1}) for _ in range(6)]
            return [one.structured_content["found"] for one in await asyncio.gather(*asked)]

    assert asyncio.run(all_at_once()) == [1] * 6


def test_the_store_is_let_go_between_questions(tmp_path: Path) -> None:
    from tests.ledgers.story import fill, records

    path = tmp_path / "s.duckdb"
    fill(path)

    async def ask_write_ask() -> tuple[int, int]:
        async with Client(create_server(path)) as client:
            first = await client.call_tool("search", {"words": "harbourmaster"})
            text = "The harbourmaster left."
            new = msgspec.structs.replace(
                records()[3], id="new", url="https://n.example/1", text=text, events=(),
                entities=(), times=(), sentences=((0, len(text)),),
                text_sha256=hashlib.sha256(text.encode()).hexdigest(),
            )  # fmt: skip
            with Store(path) as store:
                store.put(new)
            second = await client.call_tool("search", {"words": "harbourmaster"})
            return first.structured_content["found"], second.structured_content["found"]

    assert asyncio.run(ask_write_ask()) == (0, 1)


def test_a_store_that_is_being_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.mcp import tools

    monkeypatch.setattr(tools, "_WAIT", 0.0)
    path = tmp_path / "s.duckdb"
    with Store(path):
        pass
    server = create_server(path)

    async def ask() -> Any:
        async with Client(server) as client:
            return await client.call_tool("events", {})

    with Store(path):
        busy = asyncio.run(ask())
    assert busy.is_error
    assert "ask again in a moment" in busy.content[0].text
    assert str(tmp_path) not in busy.content[0].text
    assert not asyncio.run(ask()).is_error


def test_a_store_without_texts_proves_nothing_and_says_so(tmp_path: Path) -> None:
    from tests.ledgers.story import records

    path = tmp_path / "bare.duckdb"
    with Store(path) as store:
        store.put([msgspec.structs.replace(record, text=None) for record in records()])
    bare = asking(path)
    events = bare("events")
    assert events["rows"] == []
    assert "does not hold the words" in events["says"]
    assert "Nothing was found" not in events["says"]
    assert "kept without their texts" in bare("search", words="canal")["says"]
    assert bare("passage", report=1, start=0, end=3)["rows"] == []


def test_what_is_not_reconciled_is_said(hostile_path: Path) -> None:
    assert "1 of 1 reports are not reconciled" in asking(hostile_path)("events")["says"]


def test_a_store_that_is_gone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(MissingStoreError):
        create_server(tmp_path / "none.duckdb")
    path = tmp_path / "s.duckdb"
    with Store(path):
        pass
    server = create_server(path)
    path.unlink()

    async def ask() -> Any:
        async with Client(server) as client:
            return await client.call_tool("events", {})

    result = asyncio.run(ask())
    assert result.is_error
    assert "could not be read" in result.content[0].text
    assert str(tmp_path) not in result.content[0].text
    assert str(path) in caplog.text
