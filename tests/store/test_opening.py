"""Files that are damaged, of another version, of another house, held, or without room."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from onrecord.store import Store
from onrecord.store.errors import (
    BusyStoreError,
    DamagedStoreError,
    MissingStoreError,
    NewerStoreError,
    NotAStoreError,
    OlderStoreError,
    StoreError,
)
from tests.store.helpers import record


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of two reports."""
    path = tmp_path / "s.duckdb"
    with Store(path) as store:
        store.put([record("a"), record("b", " More.")])
    return path


def _flip(data: bytes, start: int) -> bytes:
    return data[:start] + bytes(b ^ 0xFF for b in data[start : start + 300]) + data[start + 300 :]


DAMAGES: list[tuple[str, Callable[[bytes], bytes], type[StoreError]]] = [
    ("the head is gone", lambda d: b"\0" * 4096 + d[4096:], NotAStoreError),
    ("both headers are overwritten", lambda d: _flip(_flip(d, 4096), 8192), DamagedStoreError),
    ("cut off in the head", lambda d: d[:3000], DamagedStoreError),
    ("cut off in the middle", lambda d: d[: len(d) // 2], DamagedStoreError),
    ("a text file", lambda d: b"DORN, May 6 - It was quiet.\n" * 900, NotAStoreError),
]  # fmt: skip


@pytest.mark.parametrize(("what", "damage", "kind"), DAMAGES)
def test_a_damaged_file_is_refused_and_left_alone(
    path: Path, what: str, damage: Callable[[bytes], bytes], kind: type[StoreError]
) -> None:
    broken = damage(path.read_bytes())
    path.write_bytes(broken)
    for read_only in (True, False):
        with (
            pytest.raises(kind, match=path.name) as raised,
            Store(path, read_only=read_only) as store,
        ):
            list(store.records())
        assert ":" in str(raised.value) or "not a store" in str(raised.value), what
    assert path.read_bytes() == broken


def test_damage_far_in_is_told_when_it_is_met(path: Path) -> None:
    data = path.read_bytes()
    for start in range(12288, len(data) - 300, 40_000):
        data = _flip(data, start)
    path.write_bytes(data)
    with pytest.raises(DamagedStoreError, match="take a copy"), Store(path) as store:
        list(store.records())
    assert path.read_bytes() == data


def test_other_files(tmp_path: Path) -> None:
    with pytest.raises(MissingStoreError, match="onrecord add makes one"):
        Store(tmp_path / "none.duckdb", read_only=True)
    with pytest.raises(MissingStoreError, match="onrecord add makes one"):
        Store(tmp_path / "none.duckdb", create=False)
    with pytest.raises(MissingStoreError, match="its folder is not there"):
        Store(tmp_path / "none" / "s.duckdb")
    with pytest.raises(NotAStoreError, match="is a folder"):
        Store(tmp_path)
    for name in ("docs.jsonl", "table.csv", "report.txt"):
        with pytest.raises(NotAStoreError, match="name the store first"):
            Store(tmp_path / name)
        text = '{"id": "a", "text": "b"}\n' * 9
        (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(NotAStoreError, match="not a store"):
            Store(tmp_path / name)
        assert (tmp_path / name).read_text(encoding="utf-8") == text
    with duckdb.connect(str(tmp_path / "theirs.duckdb")) as connection:
        connection.execute("CREATE TABLE mine (x INTEGER)")
    with pytest.raises(NotAStoreError, match="but not a store of onrecord"):
        Store(tmp_path / "theirs.duckdb")


def test_a_file_that_was_made_and_not_filled(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    duckdb.connect(str(path)).close()
    with pytest.raises(NotAStoreError, match="is empty: onrecord add fills it"):
        Store(path, read_only=True)
    with Store(path) as store:
        assert store.put(record())[0].status == "added"


def _say_schema(path: Path, number: int) -> None:
    with Store(path) as store:
        store.connection.execute("UPDATE meta SET value = ? WHERE name = 'schema'", [str(number)])


def test_a_newer_schema_is_refused(path: Path) -> None:
    _say_schema(path, 99)
    for read_only in (True, False):
        with pytest.raises(NewerStoreError, match=r"schema 99.*upgrade onrecord"):
            Store(path, read_only=read_only)


def test_an_older_schema_is_read_only_after_an_upgrade(path: Path) -> None:
    _say_schema(path, 0)
    with pytest.raises(OlderStoreError, match=r"schema 0.*onrecord reread"):
        Store(path, read_only=True)


_HOLD = """
import sys
from onrecord.store import Store
with Store(sys.argv[1], read_only=sys.argv[2] == "reader") as store:
    print("held", flush=True)
    sys.stdin.read()
"""


def _holder(path: Path, kind: str) -> subprocess.Popen[str]:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(path), kind],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_who_holds_a_store_is_named(path: Path) -> None:
    for kind, refused, let_in in (("writer", (True, False), ()), ("reader", (False,), (True,))):
        with _holder(path, kind) as holder:
            for read_only in refused:
                with pytest.raises(BusyStoreError, match=rf"process {holder.pid} .*close it there"):
                    Store(path, read_only=read_only, wait=0.05)
            for read_only in let_in:
                with Store(path, read_only=read_only, wait=0.05) as store:
                    assert len(list(store.records())) == 2
            holder.communicate("")
        with Store(path, wait=5):
            pass


def test_a_store_that_is_let_go_is_opened_after_waiting(path: Path) -> None:
    with _holder(path, "writer") as holder:
        assert holder.stdin is not None
        holder.stdin.close()
        with Store(path, wait=30) as store:
            assert len(list(store.records())) == 2


def test_one_process_cannot_read_and_write_at_once(path: Path) -> None:
    with (
        Store(path, read_only=True),
        pytest.raises(BusyStoreError, match="open in this process"),
    ):
        Store(path, wait=0.05)


def test_a_writer_that_dies_leaves_what_it_has_committed(path: Path) -> None:
    code = """
import os, sys
from onrecord.store import Store
from tests.store.helpers import record
store = Store(sys.argv[1])
store.put(record("c", " Third."))
store.connection.begin()
store.connection.execute("DELETE FROM reports")
os._exit(9)
"""
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert done.returncode == 9
    assert path.with_name(path.name + ".wal").exists()
    for read_only in (True, False):
        with Store(path, read_only=read_only) as store:
            assert [r.id for r in store.records()] == ["a", "b", "c"]


_FULL = """
import os, resource, sys
from onrecord.store import Store
from onrecord.store.errors import FullDiskError
from tests.store.helpers import record
path, room = sys.argv[1], int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
stored = 0
try:
    for n in range(60):
        tail = " " + os.urandom(1_000_000).hex()
        with Store(path) as store:
            stored += store.put(record(f"n{n}", tail))[0].status == "added"
except FullDiskError as error:
    assert "free some and give the same command again" in str(error), error
    print(stored)
    sys.exit(0)
sys.exit("the disk did not fill up")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the room for a file cannot be limited here")
@pytest.mark.parametrize("more", [20_000, 4_000_000])
def test_a_full_disk_stops_and_loses_nothing(path: Path, more: int) -> None:
    room = path.stat().st_size + more
    done = subprocess.run(
        [sys.executable, "-c", _FULL, str(path), str(room)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    with Store(path) as store:
        names = [r.id for r in store.records()]
        stored = int(done.stdout)
        assert names == ["a", "b", *(f"n{n}" for n in range(stored))]
        assert store.put(record("later"))[0].status == "added"
