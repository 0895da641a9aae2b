"""The page that tells of the tables, and the tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onrecord.record.model import PARTS
from onrecord.record.rows import own_columns
from onrecord.store.schema import TABLES, columns_of

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "store.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(?P<name>\w+)` \| .* \| (?P<columns>`\w+`(?:, `\w+`)*) \|$", re.M)
TOLD = {row["name"]: re.findall(r"`(\w+)`", row["columns"]) for row in ROW.finditer(PAGE)}


@pytest.mark.parametrize("name", [name for name in TABLES if name not in PARTS])
def test_the_page_tells_the_columns_of_each_table(name: str) -> None:
    assert TOLD[name] == [column for column, _ in columns_of(name)]


def test_the_page_tells_of_no_table_that_is_not_there() -> None:
    assert set(TOLD) == set(TABLES) - set(PARTS)


@pytest.mark.parametrize("part", PARTS)
def test_the_table_of_a_part_has_the_columns_of_its_rows(part: str) -> None:
    assert f"`{part}`" in PAGE
    own = [column.name for column in own_columns(part)]
    assert [column for column, _ in columns_of(part)] == ["report", "id", "key", *own]
