"""The scorers that we are measured by pass their own tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCORERS = ("attribution", "clusters", "decisions", "events", "factuality", "ingest", "places",
           "quantities", "realis", "time")  # fmt: skip


@pytest.mark.parametrize("name", SCORERS)
def test_a_scorer_tests_itself(shared: Path, name: str) -> None:
    command = [sys.executable, str(shared / "bench" / f"score_{name}.py"), "--self-test"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_scorer_is_in_the_list(shared: Path) -> None:
    there = {path.stem.removeprefix("score_") for path in (shared / "bench").glob("score_*.py")}
    assert there == set(SCORERS)
