"""A run that is killed at random points, and the same run undisturbed: one store in the end."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from onrecord.store import Store
from onrecord.store.errors import BusyStoreError
from tests.adding.test_add import prose
from tests.store.test_store import without_times

REPORTS = 120
KILLS = 20

# A reader that is quick and gives whole records: what is killed here is the storing, not the parse.
_ADD = """
import sys, time
from msgspec import structs
import onrecord.adding.writer as writer
from onrecord.reading.reader import Options, Reader
from onrecord.adding import add
from tests.store.helpers import record

def quick(reader, report):
    time.sleep(0.002)
    made = record(report.identity, text=report.text, text_sha256=report.text_sha256, file=report.file)
    return structs.replace(made, source=report.source, entities=None, attributions=None, events=None,
                           permissions=None, reasons=None, forecasts=None, quantities=None,
                           places=None, times=made.times, sentences=((0, len(report.text)),))

Reader.read_report = quick
Reader.warm_up = lambda reader: None
writer._MOST = 7
print("begun", flush=True)
add(sys.argv[1], sys.argv[2:], options=Options(parts=("times",)), reconcile=False, wait=20)
print("done", flush=True)
"""


def _inputs(folder: Path) -> Path:
    path = folder / "reports.jsonl"
    rows = [{"id": f"x{n % 100}", "source": "The Courier", "text": prose(2000 + n)}
            for n in range(REPORTS)]  # fmt: skip
    lines = [json.dumps(row) for row in rows]
    lines.insert(30, "{broken")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _start(store: Path, inputs: Path) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", _ADD, str(store), str(inputs)],
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == "begun\n"
    return child


def _whole(store: Path, inputs: Path) -> float:
    start = time.monotonic()
    out, _ = _start(store, inputs).communicate()
    assert out == "done\n"
    return time.monotonic() - start


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
def test_killed_at_random_points_a_run_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    inputs = _inputs(tmp_path)
    took = _whole(tmp_path / "undisturbed.duckdb", inputs)
    chance = random.Random(8)
    path = tmp_path / "killed.duckdb"
    grown = 0
    for _ in range(KILLS):
        child = _start(path, inputs)
        time.sleep(chance.uniform(0, took / 4))
        child.kill()
        child.communicate()
        if path.exists() and path.stat().st_size:
            with Store(path) as store:
                there = store.table("reports").num_rows
            assert there >= grown, "what was stored before is lost"
            grown = there
    assert grown, "no run came far enough to store anything"
    _whole(path, inputs)
    with (
        Store(tmp_path / "undisturbed.duckdb", read_only=True) as one,
        Store(path, read_only=True) as other,
    ):
        assert without_times(other) == without_times(one)
        assert one.table("reports").num_rows == REPORTS
        assert one.table("failures").num_rows == 1


def test_a_reader_beside_a_run_sees_whole_batches(tmp_path: Path) -> None:
    inputs = _inputs(tmp_path)
    path = tmp_path / "s.duckdb"
    child = _start(path, inputs)
    seen: set[int] = set()
    refused = 0
    while child.poll() is None:
        if not path.exists():
            continue
        try:
            with Store(path, read_only=True, wait=0.2) as store:
                there = store.table("reports").num_rows
                texts = store.sql(
                    "SELECT count(*) AS n FROM reports SEMI JOIN texts USING (text_sha256) "
                    "SEMI JOIN records USING (report)"
                ).to_pylist()
        except BusyStoreError as error:
            assert str(child.pid) in str(error)
            refused += 1
            continue
        except OSError:
            continue
        assert texts == [{"n": there}]
        seen.add(there)
        time.sleep(0.01)
    assert child.wait() == 0
    assert len(seen) > 1, f"seen {seen}, refused {refused}"
