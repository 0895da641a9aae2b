"""What a user without the extra ``cluster`` is told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli.main import cli


@pytest.mark.parametrize(
    "arguments",
    [("add", "s.duckdb", "shards"), ("read", "a.txt", "--engine", "ray", "-o", "out")],
)
def test_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shards" / "done").mkdir(parents=True)
    (tmp_path / "shards" / "run.json").write_text("{}")
    (tmp_path / "a.txt").write_text("It rained.")
    for name in ("fsspec", "fsspec.core"):
        monkeypatch.setitem(sys.modules, name, None)
    result = CliRunner().invoke(cli, list(arguments))
    assert (result.exit_code, result.exception.__class__) == (1, SystemExit)
    assert "pip install 'onrecord[cluster]'" in result.stderr
