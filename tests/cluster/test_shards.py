"""Shards: what is written comes back, a run is taken up again, another one is refused."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("fsspec", reason="needs the extra 'cluster'")

import onrecord
from onrecord.cluster.errors import ClusterError
from onrecord.cluster.pieces import cut
from onrecord.cluster.shards import Shards, is_shards
from onrecord.cluster.work import Worker
from onrecord.record.codec import encode
from onrecord.record.report import Failure

PARTS = {"parts": ("times",)}
ENGLISH = {"language": "en"}


def _records() -> list[onrecord.Record]:
    reader = onrecord.Reader(**PARTS)
    return [
        reader.read(f"It happened on 3 May 20{n} 😀.", published=f"2030-{n}-04")
        for n in (11, 12, 11)
    ]


def test_round_trip(tmp_path: Path) -> None:
    shards = Shards(str(tmp_path / "out"))
    shards.begin({"a": 1})
    records = _records()
    failure = Failure(name="x.txt", reason="empty")
    done = shards.write("p1", [*records, failure])
    assert done.files == ("month=2030-11/p1.parquet", "month=2030-12/p1.parquet")
    assert sorted(map(encode, shards.records())) == sorted(map(encode, records))
    assert list(shards.failures()) == [failure]
    assert is_shards(str(tmp_path / "out"))
    assert not is_shards(str(tmp_path))


def test_a_piece_without_its_mark_is_not_there(tmp_path: Path) -> None:
    shards = Shards(str(tmp_path / "out"))
    shards.begin({"a": 1})

    def broken() -> Iterator[onrecord.Record]:
        yield _records()[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        shards.write("p1", broken())
    assert shards.done() == {}
    assert list(shards.records()) == []
    with pytest.raises(ClusterError, match="not whole yet"):
        shards.finish(["p1"])


def test_another_run_is_refused(tmp_path: Path) -> None:
    Shards(str(tmp_path)).begin({"a": 1})
    Shards(str(tmp_path)).begin({"a": 1})
    with pytest.raises(ClusterError, match="another folder"):
        Shards(str(tmp_path)).begin({"a": 2})


def test_a_folder_without_shards_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match=r"run\.json"):
        list(Shards(str(tmp_path)).records())


def test_a_worker_reads_what_the_command_reads(tmp_path: Path) -> None:
    source = _lines(tmp_path, 8)
    worker = Worker(str(tmp_path / "out"), dict(PARTS), dict(ENGLISH))
    for piece in cut([str(source)], size=400):
        worker.read(piece)
    assert sorted(map(encode, worker.shards.records())) == sorted(_by_command(source))


def _lines(folder: Path, count: int) -> Path:
    source = folder / "lines.jsonl"
    rows = [{"id": f"d{n}", "text": f"It ended on {n + 1} May 2031. " * 3, "published": "2031-06-01"}
            for n in range(count)]  # fmt: skip
    source.write_text(
        "".join(json.dumps(row) + "\n" for row in [*rows, {"id": "none", "text": ""}])
    )
    return source


def _by_command(source: Path) -> list[bytes]:
    command = [sys.executable, "-m", "onrecord", "read", str(source), "--format", "jsonl",
               "--parts", "times", "--language", "en"]  # fmt: skip
    done = subprocess.run(command, capture_output=True, check=False)
    return done.stdout.splitlines()


def _kill_an_actor(out: Path, killed: list[int]) -> None:
    """Kills one of the actors as soon as a first piece is whole."""
    for _ in range(2400):
        if list(out.glob("done/*.json")):
            for entry in Path("/proc").iterdir():
                if entry.name.isdigit() and "ray::MapWorker" in _command(entry):
                    os.kill(int(entry.name), signal.SIGKILL)
                    killed.append(int(entry.name))
                    return
        time.sleep(0.05)


def _command(entry: Path) -> str:
    try:
        return (entry / "cmdline").read_text()
    except OSError:
        return ""


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="finds processes in /proc")
def test_ray_with_a_worker_killed_in_the_middle(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="needs the extra 'cluster'")
    source = _lines(tmp_path, 60)
    out = tmp_path / "out"
    told = tmp_path / "told"
    killed: list[int] = []
    killer = threading.Thread(target=_kill_an_actor, args=(out, killed))
    killer.start()
    code = (
        "from onrecord.cluster.run import read_shards\n"
        f"m = read_shards([{str(source)!r}], {str(out)!r}, options={PARTS!r},"
        f" source_options={ENGLISH!r}, workers=2, piece_bytes=400)\n"
        f"print(m['records'], m['failures'], file=open({str(told)!r}, 'w'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=600
    )
    killer.join()
    assert done.returncode == 0, done.stderr[-3000:]
    assert told.read_text().split() == ["60", "1"]  # Ray writes on standard output too
    assert killed, "no actor was there to be killed"
    shards = Shards(str(out))
    assert sorted(map(encode, shards.records())) == sorted(_by_command(source))
    assert [failure.reason for failure in shards.failures()] == ["no text: 'text' is empty"]
