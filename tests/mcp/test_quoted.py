"""What others wrote stands under ``quoted``, and nowhere else; no path is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp", reason="the extra mcp is not installed: pip install 'onrecord[mcp]'")

from onrecord.mcp.answer import MOST_CHARACTERS, Passage, Quoted, Row, answer
from onrecord.mcp.citing import LONGEST, Citing, Place, chosen, in_text_order
from onrecord.mcp.columns import COLUMNS
from onrecord.store import Store
from tests.ledgers.story import fill
from tests.mcp.conftest import ORDER, asking, called

ASKED: list[tuple[str, dict[str, Any]]] = [
    ("search", {"words": "shelled"}),
    ("search", {"words": "SYSTEM", "where": "entries"}),
    ("timeline", {}),
    ("events", {}),
    ("permissions_as_of", {"day": "2031"}),
    ("who_said", {}),
    ("passage", {"report": 1, "start": 0, "end": 4}),
]


def outside(value: Any) -> Iterator[str]:
    """All strings that do not stand under a key ``quoted``."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from outside(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield name
            if name != "quoted":
                yield from outside(one)


@pytest.mark.parametrize(("tool", "arguments"), ASKED)
def test_a_hostile_report_speaks_only_where_it_is_quoted(
    hostile_path: Path, tool: str, arguments: dict[str, Any]
) -> None:
    found = asking(hostile_path)(tool, **arguments)
    assert found["rows"]
    assert ORDER in str(found["rows"])
    words = {word for word in ORDER.replace(":", "").split() if len(word) > 3}
    assert not [said for said in outside(found["rows"]) if words & set(said.split())]


@pytest.mark.parametrize(("tool", "arguments"), ASKED)
def test_no_path_is_told(hostile_path: Path, tool: str, arguments: dict[str, Any]) -> None:
    told = str(called(hostile_path, tool, **arguments))
    assert "/home/desk" not in told
    assert "private.txt" not in told
    assert str(hostile_path.parent) not in told


def test_a_column_is_either_read_or_quoted() -> None:
    for columns in COLUMNS.values():
        assert not set(columns.read) & set(columns.quoted)


def test_columns_are_those_of_the_ledgers(story_path: Path) -> None:
    from onrecord.ledgers import show

    with Store(story_path, read_only=True) as store:
        for name, columns in COLUMNS.items():
            if name not in {"said", "entries"}:
                there = set(show(store, name).column_names)
                assert {*columns.read, *columns.quoted} <= there, name


def _row(words: str, number: int = 1) -> Row:
    passage = Passage(
        report=1, current=True, spans=[(0, 1)], words_start=0, words_end=len(words), cut=False,
        quoted=Quoted(words=words),
    )  # fmt: skip
    return Row(read={"number": number}, quoted={}, passages=[passage])


def test_an_answer_has_a_largest_size() -> None:
    rows = [_row("x" * 1_000, number) for number in range(200)]
    made = answer(rows, limit=200)
    assert len(made.model_dump_json()) < MOST_CHARACTERS + 1_000
    assert [row.read["number"] for row in made.rows] == list(range(made.found))
    assert made.more
    assert "largest size" in made.says


def test_a_long_sentence_is_cut_around_the_entry(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    fill(path)
    long = "word " * 1_000
    with Store(path) as store:
        store.connection.execute("UPDATE texts SET text = ?", [long])
    with Store(path, read_only=True) as store:
        citing = Citing(store, [1])
        for start in (0, 5, 2_500, 4_990):
            one = citing.passage(Place(1, [(start, start + 4)], long))
            assert one is not None
            assert one.cut
            assert one.words_end - one.words_start <= LONGEST
            assert one.words_start <= start
            assert start + 4 <= one.words_end
            assert one.quoted.words == long[one.words_start : one.words_end]
        # Offsets that lie beyond the text, and words that are not in it, prove nothing.
        assert citing.passage(Place(1, [(4_999, 5_001)], long)) is None
        assert citing.passage(Place(1, [], "elsewhere")) is None


@pytest.mark.parametrize(
    ("words", "most", "wanted"),
    [
        ("aab", 2, [0, 2]),
        ("aab", 3, [0, 1, 2]),
        ("abc", 2, [0, 1]),
        ("aaa", 2, [0, 1]),
        ("", 2, []),
    ],
)
def test_which_passages_are_shown(words: str, most: int, wanted: list[int]) -> None:
    places = [Place(number, [], word) for number, word in enumerate(words)]
    assert [place.report for place in chosen(places, most)] == wanted


def test_passages_of_one_report_stand_as_in_its_text() -> None:
    given = [Place(7, [(9, 12)], "c"), Place(2, [(5, 6)], "x"), Place(7, [(1, 2)], "a")]
    assert [(place.report, place.words) for place in in_text_order(given)] == [
        (7, "a"), (7, "c"), (2, "x"),
    ]  # fmt: skip
