"""Runs: each call that reads into a store, with what it was told and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import duckdb
import msgspec
from msgspec import Struct

from onrecord.record.model import ReaderInfo
from onrecord.store.put import Outcome
from onrecord.store.writing import insert, utc_now
from onrecord.version import __version__


class RunInfo(Struct, frozen=True, kw_only=True):
    """What a run is told: the command, the reader, its options and inputs, its processes."""

    command: str
    reader: ReaderInfo | None = None
    options: dict[str, Any] = {}
    inputs: tuple[str, ...] = ()
    processes: int = 1


def begin(connection: duckdb.DuckDBPyConnection, info: RunInfo) -> int:
    """Adds a run, and gives its number."""
    (last,) = connection.execute("SELECT coalesce(max(run), 0) FROM runs").fetchall()[0]
    run: int = last + 1
    reader = info.reader
    insert(connection, "runs", [(
        run, info.command, utc_now(), None,
        __version__ if reader is None else reader.version,
        None if reader is None else reader.model,
        None if reader is None else reader.pipeline,
        None if reader is None else reader.knowledge,
        msgspec.json.encode(info.options).decode(), list(info.inputs), info.processes,
        0, 0, 0, 0, 0, 0,
    )])  # fmt: skip
    return run


def count(
    connection: duckdb.DuckDBPyConnection,
    run: int,
    outcomes: Iterable[Outcome] = (),
    *,
    unchanged: int = 0,
    failed: int = 0,
    skipped: int = 0,
) -> None:
    """Adds to the counts of a run."""
    found = Counter(outcome.status for outcome in outcomes)
    found["unchanged"] += unchanged
    connection.execute(
        """
        UPDATE runs SET seen = seen + ?, added = added + ?, changed = changed + ?,
        unchanged = unchanged + ?, failed = failed + ?, skipped = skipped + ? WHERE run = ?
        """,
        [
            found.total() + failed + skipped, found["added"],
            found["changed"] + found["reread"], found["unchanged"], failed, skipped, run,
        ],
    )  # fmt: skip


def end(connection: duckdb.DuckDBPyConnection, run: int) -> None:
    """Says that a run has come to its end."""
    connection.execute("UPDATE runs SET ended = ? WHERE run = ?", [utc_now(), run])
