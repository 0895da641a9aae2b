"""An older store brought up: whole on a copy, or left as it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from onrecord.store import Store
from onrecord.store import store as store_module
from onrecord.store.errors import StoreError
from onrecord.store.schema import KEPT, SCHEMA
from onrecord.store.upgrade import upgrade
from tests.store.helpers import record

# What this version would have to do for a store whose reports had no credit and no zones yet.
STEP = (
    "ALTER TABLE reports ADD COLUMN credit_later VARCHAR",
    "UPDATE reports SET credit_later = 'AP' WHERE report = 1",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of two reports and a correction."""
    path = tmp_path / "s.duckdb"
    with Store(path) as store:
        store.put([record("a"), record("b", " More.")])
        store.correct(2, "e1", action="reject", author="A. Reader")
    return path


def test_all_that_is_kept_goes_over_and_all_else_is_made_anew(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(path) as store:
        before = {name: store.table(name).to_pylist() for name in KEPT if name != "meta"}
        events = store.table("events").to_pylist()
        store.connection.execute("UPDATE meta SET value = '0' WHERE name = 'schema'")
    monkeypatch.setattr(
        store_module, "upgrade", lambda path, found: upgrade(path, found, steps={0: STEP})
    )
    with Store(path) as store:
        for name, rows in before.items():
            now = store.table(name).to_pylist()
            if name == "reports":
                assert [row.pop("credit_later") for row in now] == ["AP", None]
            assert now == rows
        assert store.table("events").to_pylist() == events
        assert store.sql("SELECT value FROM meta WHERE name = 'schema'").to_pylist() == [
            {"value": str(SCHEMA)}
        ]
    assert sorted(p.name for p in path.parent.iterdir()) == ["s.duckdb"]


FAILING: list[tuple[dict[int, tuple[str, ...]], str]] = [
    ({}, "no step from 0 is known"),
    ({0: ("ALTER TABLE nothing ADD COLUMN x INTEGER",)}, "nothing"),
    ({0: ("DELETE FROM reports WHERE report = 1",)}, "would lose rows of reports"),
]


@pytest.mark.parametrize(("steps", "reason"), FAILING)
def test_an_upgrade_that_fails_leaves_the_store_as_it_was(
    path: Path, steps: dict[int, tuple[str, ...]], reason: str
) -> None:
    before = path.read_bytes()
    with pytest.raises(StoreError, match=reason):
        upgrade(path, 0, steps=steps)
    assert path.read_bytes() == before
    assert sorted(p.name for p in path.parent.iterdir()) == ["s.duckdb"]


def test_an_upgrade_that_is_killed_leaves_the_store_as_it_was(path: Path) -> None:
    before = path.read_bytes()
    code = """
import os, sys
from pathlib import Path
from onrecord.store.upgrade import upgrade
Path.replace = lambda *_: os._exit(9)
upgrade(Path(sys.argv[1]), 0, steps={0: ("ALTER TABLE reports ADD COLUMN x INTEGER",)})
"""
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert done.returncode == 9
    assert path.read_bytes() == before
    assert path.with_name("s.duckdb.upgrading").exists()
    upgrade(path, 0, steps={0: STEP})
    with duckdb.connect(str(path), read_only=True) as connection:
        assert connection.execute("SELECT count(credit_later) FROM reports").fetchall() == [(1,)]
    assert not path.with_name("s.duckdb.upgrading").exists()
