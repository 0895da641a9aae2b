"""The story that the docs walk through: what each of its steps has to show."""

from __future__ import annotations

import datetime as dt
import importlib.util
import io
import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from onrecord.adding import add, reread
from onrecord.cli.main import cli
from onrecord.cli.show_table import print_table
from onrecord.ledgers import Question, show
from onrecord.reading.reader import Options
from onrecord.store import Store

ROOT = Path(__file__).resolve().parent.parent
STORY = ROOT / "examples" / "story"
PAGE = ROOT / "docs" / "story.md"
DAY = dt.date(2031, 6, 12)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store after both additions of the page."""
    path = tmp_path_factory.mktemp("story") / "story.duckdb"
    first = add(path, [str(STORY / "june-week.jsonl")])
    second = add(path, [str(STORY / "later.jsonl")])
    assert (first.added, first.changed, first.failed) == (5, 0, 0)
    assert (second.added, second.changed, second.versions) == (3, 1, [6])
    return path


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store(path, read_only=True) as opened:
        yield opened


def rows(store: Store, ledger: str, **asked: Any) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = show(store, ledger, Question(**asked)).to_pylist()
    return told


def test_the_wire_and_its_cut_are_one_text(store: Store) -> None:
    told = [(row["report"], row["kind"]) for row in rows(store, "copies")]
    assert told == [(1, "origin"), (2, "cut")]


def test_fifteen_and_nine_on_one_day_are_a_conflict(store: Store) -> None:
    found = rows(store, "conflicts", type="contradicts")
    sides = [{p["report"] for p in row["passages"]} for row in found if row["kind"] == "figure"]
    assert {4, 5} in sides


def test_twelve_and_then_nine_are_no_contradiction(store: Store) -> None:
    found = rows(store, "conflicts", type="updates")
    assert {1, 5} in [{p["report"] for p in row["passages"]} for row in found]


@pytest.mark.parametrize(
    ("day", "state"),
    [(dt.date(2031, 6, 5), "conditional"), (DAY, "granted")],
)
def test_the_convoy_has_one_state_on_a_day(store: Store, day: dt.date, state: str) -> None:
    told = rows(store, "permissions", as_of=day, about="Northern Relief convoy Korvin")
    assert [row["state"] for row in told if row["day"] > dt.date(2031, 6, 3)] == [state]


def test_the_bridge_came_and_the_talks_did_not(store: Store) -> None:
    verdicts = {row["content"]: row["verdict"] for row in rows(store, "forecasts")}
    for words, verdict in [("bridge will be reopened", "came_about"), ("talks", "did_not")]:
        told = [v for content, v in verdicts.items() if words in content]
        assert told
        assert set(told) == {verdict}


def test_a_pronoun_is_shown_with_whom_it_stands_for(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    shown = io.StringIO()
    print_table(show(store, "forecasts", Question(about="talks")), "forecasts", shown)
    for row in rows(store, "forecasts", about="talks"):
        assert (f"[{row['holder']}]" in shown.getvalue()) is (
            row["holder"] is not None and row["holder"] not in row["told_by"]
        )
    assert "she [Ines Corvalo]" in shown.getvalue()


def test_what_the_paper_changed_is_shown(store: Store) -> None:
    (version,) = rows(store, "versions")
    assert (version["before"], version["report"]) == (3, 6)
    assert "Belmark's artillery shelled" in " ".join(version["left_out"])
    assert "after shells hit" in " ".join(version["put_in"])


def test_a_correction_lasts_through_a_reading(path: Path) -> None:
    query = "SELECT id FROM events WHERE report = 6 AND anchor = 'killed'"
    with Store(path) as store:
        (event,) = store.sql(query).to_pylist()
        number = store.correct(6, event["id"], action="reject", author="test")
    try:
        done = reread(path, options=Options(why=True))
        assert (done.reread, done.failed) == (8, 0)
        with Store(path, read_only=True) as store:
            assert store.sql(query).num_rows == 0
            assert [row["holds"] for row in rows(store, "corrections")] == [True]
    finally:
        with Store(path) as store:
            store.undo(number, author="test")
            assert store.sql(query).to_pylist() == [event]


def test_the_reports_say_where_and_when_they_appeared() -> None:
    for file in sorted(STORY.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            report = json.loads(line)
            assert report["url"].split("/")[2].endswith(".example")
            assert dt.date.fromisoformat(report["published"]).year == 2031
            assert report["text"].strip()


@pytest.fixture(scope="module")
def docs() -> ModuleType:
    """The tool that writes the page."""
    spec = importlib.util.spec_from_file_location("docs", ROOT / "tools" / "docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_each_step_of_the_page_is_a_command_and_shows_itself(docs: ModuleType) -> None:
    steps = list(docs._STEP.finditer(PAGE.read_text(encoding="utf-8")))
    assert len(steps) > 10
    for step in steps:
        words = shlex.split(step["command"])
        assert words[0] == "onrecord"
        assert words[1] in cli.list_commands(None)  # type: ignore[arg-type]
        assert f"$ {step['command']}\n" in step[0]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("made 2026-11-30 21:43:38 by", "made YYYY-MM-DD HH:MM:SS by"),
        ("2026-11-30T21:43:38.649636", "YYYY-MM-DD HH:MM:SS.ssssss"),
        ("at 2026-11-30 21:43", "at YYYY-MM-DD HH:MM"),
        ("Daily Courier 2031-06-03", "Daily Courier 2031-06-03"),
    ],
)
def test_times_of_the_clock_are_blanked(docs: ModuleType, said: str, shown: str) -> None:
    assert docs.blanked(said) == shown


def test_steps_share_a_folder_of_their_own(docs: ModuleType) -> None:
    write = "python -c \"open('left', 'w').write('here')\""
    read = "python -c \"print(open('left').read())\""
    page = f"<!-- try: {write} -->\n```text\n```\n\n<!-- try: {read} -->\n```text\nold\n```\n"
    shown = docs.stepped(page)
    assert f"$ {read}\nhere\n```" in shown
    assert "old" not in shown
    assert not (ROOT / "left").exists()
    assert docs.stepped(shown) == shown
