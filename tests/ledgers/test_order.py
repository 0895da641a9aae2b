"""What comes first and last where rows have no day, and where a limit cuts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from onrecord.ledgers import Question, show
from onrecord.store import Store
from tests.ledgers.story import Draft, fill, records


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Store]:
    """The story's store, to be written to."""
    fill(tmp_path / "own.duckdb")
    with Store(tmp_path / "own.duckdb") as store:
        yield store


def put(store: Store, draft: Draft, published: str | None) -> int:
    return store.put(replace(draft.record(), published=published))[0].report


def test_a_limit_on_the_timeline_cuts_by_day_and_not_by_line(own: Store) -> None:
    draft = Draft("Kelmar let Dorn use the canal.", "2031-05-03", "Post", "https://post.example/l")
    draft.permission("granted", "let")
    put(own, draft, "2031-05-03")
    question = Question(type="granted,withheld", limit=2)
    rows = show(own, "timeline", question).to_pylist()
    assert [(row["date"].day, row["type"]) for row in rows] == [(2, "withheld"), (3, "granted")]


def test_a_position_of_no_day_is_not_the_latest(own: Store) -> None:
    content = "a wider canal"
    for number, (stance, published) in enumerate(
        [("wants", None), ("fears", None), ("hopes", "2031-05-20")]
    ):
        draft = Draft(
            f"Ada Lorn told us of {content}.", "", "Post", f"https://post.example/p{number}"
        )
        draft.said("Ada Lorn", stance, content, entity="Ada Lorn")
        report = put(own, draft, published)
        own.connection.execute(
            "INSERT INTO actor_members VALUES (3, ?, 'en1', 0.9, NULL)", [report]
        )
    (row,) = show(own, "positions", Question(about="wider")).to_pylist()
    told = (row["position"], row["since"], row["before"], row["changes"])
    assert told == ("for", dt.date(2031, 5, 20), "against", 2)


def test_a_figure_of_no_day_is_not_the_latest(own: Store) -> None:
    own.connection.execute("UPDATE figure_members SET day = NULL WHERE report = 3")
    own.connection.execute("UPDATE reports SET day = NULL WHERE report = 3")
    (row,) = show(own, "figures").to_pylist()
    assert [step["value"] for step in row["history"]] == [12, 15]
    assert row["latest"] == 12


@pytest.mark.parametrize(
    ("score", "verdict", "evidence"), [(0.9, "open", None), (0.5, "came_about", 4)]
)
def test_a_verdict_has_the_evidence_of_its_own_match(
    own: Store, score: float, verdict: str, evidence: Any
) -> None:
    copy = replace(records()[2], source="Gazette", url="https://gazette.example/c", id="copy")
    report = own.put(copy)[0].report
    own.connection.execute(
        "INSERT INTO copies (report, cluster, \"of\", kind) VALUES (?, 3, 3, 'same')", [report]
    )
    own.connection.execute(
        "INSERT INTO forecast_matches (report, forecast, verdict, score) VALUES (?, 'fo1', 'open', ?)",
        [report, score],
    )
    (row,) = show(own, "forecasts").to_pylist()
    assert row["verdict"] == verdict
    assert (row["evidence"] or {}).get("report") == evidence


def test_a_correction_holds_before_the_report_is_reconciled_again(own: Store) -> None:
    def told(**asked: Any) -> list[tuple[Any, ...]]:
        rows = show(own, "events", Question(**asked)).to_pylist()
        return [(row["happening"], row["reports"], row["type"]) for row in rows]

    before = told()
    own.correct(4, "ev1", action="set", field="realis", value="negated", author="ada")
    assert told() == before[:-1]
    assert (None, 1, "ASSAULT") in told(realis=("negated",))
    own.correct(3, "ev1", action="set", field="type", value="COERCE", author="ada")
    assert told(type="COERCE") == [(None, 1, "COERCE")]
    assert told(type="ASSAULT") == [(1, 2, "ASSAULT")]


def test_the_size_of_a_group_of_copies_is_that_of_all(own: Store) -> None:
    own.connection.execute("UPDATE reports SET title = 'Port shelled' WHERE report = 2")
    rows = show(own, "copies", Question(about="port shelled", type="same")).to_pylist()
    assert [(row["report"], row["size"]) for row in rows] == [(2, 2)]
    rows = show(own, "copies", Question(about="port shelled title")).to_pylist()
    assert rows == []
