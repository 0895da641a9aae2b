"""The page of the ledgers names the columns that there are, and who takes which question."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from onrecord.ledgers import LEDGERS, show
from onrecord.store import Store

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "ledgers.md").read_text(encoding="utf-8")


def test_all_ledgers_have_a_section() -> None:
    assert re.findall(r"^### (\w+)$", PAGE, re.M) == list(LEDGERS)


@pytest.mark.parametrize("ledger", LEDGERS)
def test_columns(story: Store, ledger: str) -> None:
    section = PAGE.split(f"### {ledger}\n")[1].split("\n### ")[0]
    named = re.findall(r"`(\w+)`", section.split("Columns: ")[1])
    assert named == show(story, ledger).schema.names


@pytest.mark.parametrize(
    "name", ["actor", "place", "type", "realis", "background", "about", "as_of", "since"]
)
def test_who_takes_what(name: str) -> None:
    option = f"`--{name.replace('_', '-')}`"
    line = next(row for row in PAGE.splitlines() if row.startswith("|") and option in row)
    told = line.rstrip("| ").rsplit("|", 1)[1].strip()
    taking = [one for one in LEDGERS if name in import_module(f"onrecord.ledgers.{one}").TAKES]
    left = [one for one in LEDGERS if one not in taking]
    assert told in {", ".join(taking), "all but " + ", ".join(left), "all" if not left else ""}
