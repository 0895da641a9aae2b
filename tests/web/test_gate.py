"""The store is open while somebody reads, and no longer than a moment after."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.store.errors import MissingStoreError
from onrecord.web import gate
from onrecord.web.gate import Gate
from tests.web.made import fill


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(gate, "LINGER", 0.05)
    fill(tmp_path / "s.duckdb")
    return tmp_path / "s.duckdb"


def test_another_process_can_write_after_a_page(path: Path) -> None:
    made = Gate(path)
    with made.read() as store:
        assert store.sql("SELECT count(*) AS n FROM reports").to_pylist() == [{"n": 3}]
    code = (
        "import sys; from onrecord.store import Store\n"
        "with Store(sys.argv[1]) as store:\n"
        "    store.connection.execute(\"INSERT INTO meta VALUES ('seen', 'yes')\")"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True, timeout=60)
    with made.read() as store:
        found = store.sql("SELECT value FROM meta WHERE name = 'seen'").to_pylist()
    assert found == [{"value": "yes"}]


def test_readers_and_writers_take_turns(path: Path) -> None:
    made = Gate(path)
    errors: list[BaseException] = []

    def kept(work: Callable[[], None]) -> threading.Thread:
        def run() -> None:
            try:
                work()
            except BaseException as error:  # noqa: BLE001 -- told by the test below
                errors.append(error)

        return threading.Thread(target=run)

    def read() -> None:
        for _ in range(8):
            with made.read() as store:
                store.record(1)

    def write() -> None:
        for number in range(4):
            with made.write() as store:
                store.connection.execute("INSERT INTO meta VALUES (?, 'x')", [f"written {number}"])

    threads = [kept(read), kept(read), kept(read), kept(write)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert errors == []
    with made.read() as store:
        found = store.sql("SELECT count(*) AS n FROM meta WHERE value = 'x'").to_pylist()
    assert found == [{"n": 4}]


def test_a_store_that_has_gone_is_told_and_none_is_made(path: Path) -> None:
    made = Gate(path)
    made._let_go()
    path.unlink()
    with pytest.raises(MissingStoreError), made.read():
        pass
    with pytest.raises(MissingStoreError), made.write():
        pass
    assert not path.exists()
