"""A run that is killed at random points, and the same run undisturbed: one store in the end."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.store import Store
from onrecord.store.errors import BusyStoreError, StoreError
from tests.adding.test_add import prose
from tests.store.test_store import without_times

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="runs are forked and killed")

REPORTS = 60
KILLS = 20

# Each run is a fork of a process that has imported all it needs: starting is not what is tested.
# The reader is quick and gives whole records: what is killed here is the storing, not the parse.
_RUNS = """
import importlib, os, sys, time
from msgspec import structs
import onrecord.adding.writer as writer
from onrecord.reading.reader import Options, Reader
from onrecord.adding import add
from tests.store.helpers import record
for slow in ("pyarrow.dataset", "pandas"):  # what DuckDB imports when it is first given a table
    if importlib.util.find_spec(slow.split(".")[0]):
        importlib.import_module(slow)

def quick(reader, report):
    time.sleep(0.002)
    made = record(report.identity, text=report.text, text_sha256=report.text_sha256, file=report.file)
    return structs.replace(made, source=report.source, entities=None, attributions=None, events=None,
                           permissions=None, reasons=None, forecasts=None, quantities=None,
                           places=None, times=made.times, sentences=((0, len(report.text)),))

Reader.read_report = quick
info = record().reader
Reader.info = info
writer._MOST = 5
for line in sys.stdin:
    pid = os.fork()
    if not pid:
        add(line.strip(), sys.argv[1:], options=Options(parts=("times",)), reconcile=False, wait=20)
        os._exit(0)
    print(pid, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
"""


class Runs:
    """Starts runs over one input, each in a process of its own."""

    def __init__(self, inputs: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _RUNS, str(inputs)], cwd=Path(__file__).resolve().parents[2],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def start(self, store: Path) -> int:
        """Starts a run, and gives its process id."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{store}\n")
        self.process.stdin.flush()
        return self._number()

    def end(self) -> int:
        """Waits for the end of the run, and gives its exit code."""
        return self._number()

    def _number(self) -> int:
        assert self.process.stdout is not None
        return int(self.process.stdout.readline())


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[Runs]:
    """Runs over a file in which some reports change and one line is broken."""
    rows = [{"id": f"x{n % 50}", "source": "The Courier", "text": prose(2000 + n)}
            for n in range(REPORTS)]  # fmt: skip
    lines = [json.dumps(row) for row in rows]
    lines.insert(30, "{broken")
    (tmp_path / "reports.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    made = Runs(tmp_path / "reports.jsonl")
    yield made
    made.process.communicate()


def test_killed_at_random_points_a_run_loses_nothing_and_doubles_nothing(
    tmp_path: Path, runs: Runs
) -> None:
    runs.start(tmp_path / "undisturbed.duckdb")
    start = time.monotonic()
    assert runs.end() == 0
    took = time.monotonic() - start
    chance = random.Random(8)
    path = tmp_path / "killed.duckdb"
    grown = killed = 0
    for _ in range(KILLS):
        pid = runs.start(path)
        time.sleep(chance.uniform(0, took / 3))
        os.kill(pid, signal.SIGKILL)
        killed += runs.end() == -signal.SIGKILL
        if path.exists() and path.stat().st_size:
            with Store(path) as store:
                there = store.table("reports").num_rows
            assert there >= grown, "what was stored before is lost"
            grown = there
    assert grown, "no run came far enough to store anything"
    assert killed, "every run was over before it was killed"
    runs.start(path)
    assert runs.end() == 0
    with (
        Store(tmp_path / "undisturbed.duckdb", read_only=True) as one,
        Store(path, read_only=True) as other,
    ):
        assert without_times(other) == without_times(one)
        assert one.table("reports").num_rows == REPORTS
        assert one.table("texts").num_rows == REPORTS
        assert one.table("failures").num_rows == 1


def test_a_reader_beside_a_run_sees_whole_batches(tmp_path: Path, runs: Runs) -> None:
    path = tmp_path / "s.duckdb"
    pid = runs.start(path)
    seen: set[int] = set()
    refused: set[str] = set()
    busy: list[str] = []
    while max(seen, default=0) < REPORTS:
        try:
            with Store(path, read_only=True, wait=0.2) as store:
                there = store.table("reports").num_rows
                whole = store.sql(
                    "SELECT count(*) AS n FROM reports SEMI JOIN texts USING (text_sha256) "
                    "SEMI JOIN records USING (report)"
                ).to_pylist()
        except BusyStoreError as error:
            busy.append(str(error))
            continue
        except StoreError as error:
            # The first moments: there is no file yet, or no table in it.
            refused.add(f"{type(error).__name__} after {len(seen)}")
            continue
        assert whole == [{"n": there}]
        assert there >= max(seen, default=0)
        seen.add(there)
        time.sleep(0.005)
    assert runs.end() == 0
    assert len(seen) > 1
    assert refused <= {"MissingStoreError after 0", "NotAStoreError after 0"}
    assert all(f"process {pid} " in told for told in busy)
