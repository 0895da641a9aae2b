"""``--published``: taken as a date, or refused before anything is read or made."""

from __future__ import annotations

from pathlib import Path

import pytest
from click import Context
from click.testing import CliRunner

from onrecord.cli import dated
from onrecord.cli.main import cli
from onrecord.cli.read import command


@pytest.mark.parametrize("given", ["yesterday", "2031-13-45", "2031-05", "05/06/2031", ""])
@pytest.mark.parametrize("words", [("read",), ("add", "s.duckdb"), ("report", "-o", "page.html")])
def test_what_is_no_day_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], given: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("It rained on Monday.")
    result = CliRunner().invoke(cli, [*words, "a.txt", "--published", given])
    assert result.exit_code == 2
    assert "is not one day for sure" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize(("given", "kept"), [
    ("2031-05-06", "2031-05-06"), ("6 May 2031", "2031-05-06"),
    ("2031-05-06T08:30:00+02:00", "2031-05-06T08:30:00+02:00"), (None, None),
])  # fmt: skip
def test_what_is_a_day_is_kept_as_iso(given: str | None, kept: str | None) -> None:
    option = next(one for one in command.params if one.name == "published")
    assert dated.published(Context(command), option, given) == kept
