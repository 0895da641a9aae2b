"""A store of an older schema brought up to this one: on a copy, which then takes its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from onrecord.store.errors import BusyStoreError, StoreError
from onrecord.store.opening import telling
from onrecord.store.schema import KEPT, SCHEMA

STEPS: dict[int, tuple[str, ...]] = {}
"""For each older schema the SQL that brings its kept tables to the next one."""


def upgrade(
    path: Path,
    found: int,
    *,
    to: int = SCHEMA,
    steps: Mapping[int, Sequence[str]] = STEPS,
) -> None:
    """Brings the closed store at ``path`` from schema ``found`` to schema ``to``.

    What is kept is copied and changed by ``steps``; what is made from it is left out, and made
    anew when the store is opened to write. The file at ``path`` is replaced when the copy is
    whole, and stays as it is where anything fails. Raises ``StoreError``.
    """
    missing = [number for number in range(found, to) if number not in steps]
    if missing:
        raise StoreError(
            f"{path} is of schema {found}, and no step from {missing[0]} is known: install the "
            "version of onrecord that made it"
        )
    copy = path.with_name(path.name + ".upgrading")
    log = path.with_name(path.name + ".wal")
    _clear(copy)
    try:
        with telling(path), duckdb.connect() as connection:
            connection.execute(f"ATTACH {_quoted(path)} AS old (READ_ONLY)")
            if log.exists():
                raise BusyStoreError(f"{path} is being written to: try again later")
            connection.execute(f"ATTACH {_quoted(copy)} AS new (STORAGE_VERSION 'v1.4.0')")
            connection.execute("COPY FROM DATABASE old TO new")
            connection.execute("USE new")
            _drop_made(connection)
            before = _counts(connection)
            for number in range(found, to):
                for statement in steps[number]:
                    connection.execute(statement)
            lost = {name for name, count in _counts(connection).items() if count < before[name]}
            if lost:
                raise StoreError(f"{path}: the upgrade would lose rows of {', '.join(lost)}")
            connection.execute("DELETE FROM meta WHERE name IN ('entries', 'reconciled')")
            connection.execute("UPDATE meta SET value = ? WHERE name = 'schema'", [str(to)])
            connection.execute("USE memory")
            connection.execute("DETACH new")
        copy.replace(path)
    finally:
        _clear(copy)


def _drop_made(connection: duckdb.DuckDBPyConnection) -> None:
    for name in _tables(connection):
        if name not in KEPT:
            connection.execute(f'DROP TABLE "{name}"')


def _counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchall()[0][0]
        for name in _tables(connection)
        if name in KEPT
    }


def _tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    found = connection.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'new'")
    return [name for (name,) in found.fetchall()]


def _clear(copy: Path) -> None:
    for path in (copy, copy.with_name(copy.name + ".wal")):
        path.unlink(missing_ok=True)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
