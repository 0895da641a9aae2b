"""A DuckDB file opened: one writer or many readers, and every refusal in plain words.

DuckDB locks the file for the process that writes it, and shares it among processes that read. An
opened store reaches no other file: external access is off and the settings are locked, so SQL of
any origin can be run on it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from onrecord.store.errors import (
    BusyStoreError,
    DamagedStoreError,
    FullDiskError,
    MissingStoreError,
    NewerStoreError,
    NotAStoreError,
    StoreError,
)

WAIT = 10.0
"""Seconds to wait for a file that another process holds."""

_CONFIG: dict[str, str] = {
    "enable_external_access": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "lock_configuration": "true",
    # A name in a query is a table of the store, never a variable of the program around it.
    "python_enable_replacements": "false",
}
# The oldest DuckDB that onrecord works with can open what a newer one has made.
_MAKING = {**_CONFIG, "storage_compatibility_version": "v1.4.0"}

_HOLDER = re.compile(r"held in (.+?) \(PID (\d+)\)")
_HELD = ("could not set lock", "being used by another process", "file is already open in")
_HERE = ("different configuration", "already attached", "unique file handle conflict")
_FULL = ("no space left", "file too large", "could not write", "disk quota", "not enough space")
_DAMAGED = ("corrupt", "checksum", "could not read enough bytes", "failed to deserialize",
            "serialization error", "failure while replaying")  # fmt: skip
_OTHER = frozenset((
    ".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson", ".parquet", ".txt", ".md", ".html",
    ".htm", ".xml", ".pdf", ".warc", ".gz", ".eml", ".mbox",
))  # fmt: skip
_FIRST_PAUSE, _LONGEST_PAUSE = 0.02, 0.5


def connect(
    path: Path, *, read_only: bool, create: bool, wait: float = WAIT
) -> duckdb.DuckDBPyConnection:
    """A connection to the file at ``path``; with ``create``, a file that is not there is made.

    Waits up to ``wait`` seconds for a file that is held. Raises a ``StoreError``:
    ``MissingStoreError``, ``NotAStoreError``, ``DamagedStoreError``, ``NewerStoreError`` (of
    DuckDB), ``BusyStoreError`` or ``FullDiskError``.
    """
    if path.is_dir():
        raise NotAStoreError(f"{path} is a folder: name the file of the store first")
    if not path.exists():
        if read_only or not create:
            raise MissingStoreError(f"there is no store {path}: onrecord add makes one")
        if not path.absolute().parent.is_dir():
            raise MissingStoreError(f"cannot make {path}: its folder is not there")
        if path.suffix.casefold() in _OTHER:
            raise NotAStoreError(
                f"{path} has the name of another kind of file: name the store first, then what to "
                "add (onrecord add story.duckdb …)"
            )
    until = time.monotonic() + wait
    pause = _FIRST_PAUSE
    config = _CONFIG if read_only or not create else _MAKING
    while True:
        try:
            return _opened(path, read_only, config)
        except duckdb.Error as error:
            refused = told(error, path)
            if not isinstance(refused, BusyStoreError) or time.monotonic() >= until:
                raise refused from error
        time.sleep(min(pause, max(0.0, until - time.monotonic())))
        pause = min(pause * 2, _LONGEST_PAUSE)


def _opened(path: Path, read_only: bool, config: dict[str, str]) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(path.absolute()), read_only=read_only, config=dict(config))
    # DuckDB opens tables of other formats too, as a database that is only in memory.
    found = connection.execute("SELECT path FROM duckdb_databases() WHERE NOT internal").fetchall()
    if not any(file for (file,) in found):
        connection.close()
        raise NotAStoreError(f"{path} is not a store: name the store first, then what to add")
    return connection


def told(error: Exception, path: Path) -> StoreError:
    """What DuckDB raised, as a ``StoreError`` that says what to do."""
    text = str(error)
    low = text.lower()
    if any(sign in low for sign in _HELD):
        found = _HOLDER.search(text)
        who = f"process {found[2]} ({found[1]})" if found else "another process"
        return BusyStoreError(f"{path} is held by {who}: close it there, or try again later")
    if any(sign in low for sign in _HERE):
        return BusyStoreError(
            f"{path} is open in this process, to read or to write, and is wanted the other way: "
            "close it first"
        )
    if any(sign in low for sign in _FULL):
        return FullDiskError(
            f"no room to write {path} ({_first_line(text)}): free some and give the same command "
            "again; what was stored before is kept"
        )
    if "not a valid duckdb" in low:
        return NotAStoreError(f"{path} is not a store: it is no DuckDB file, or its head is lost")
    if "version number" in low and "read" in low:
        return NewerStoreError(
            f"{path} was written by a newer DuckDB: pip install --upgrade duckdb"
        )
    if any(sign in low for sign in _DAMAGED):
        return DamagedStoreError(
            f"{path} is damaged ({_first_line(text)}): take a copy of it that is whole, or add the "
            "reports to a new store; this file was left as it is"
        )
    return StoreError(f"{path}: {_first_line(text)}")


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """What DuckDB raises within becomes a ``StoreError``."""
    try:
        yield
    except duckdb.Error as error:
        raise told(error, path) from error


def _first_line(text: str) -> str:
    return text.strip().split("\n", 1)[0]
