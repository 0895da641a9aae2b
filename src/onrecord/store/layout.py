"""Whether the tables of an opened file are those of this version, and making those that are not.

What is kept has a schema number. What is made from it is known by its columns: where those have
changed, it is made again.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb

from onrecord.store.errors import NewerStoreError, NotAStoreError, OlderStoreError
from onrecord.store.getting import as_read, current_reports
from onrecord.store.relay import lay
from onrecord.store.schema import ENTRIES, KEPT, RECONCILED, SCHEMA, fingerprint, statements
from onrecord.version import __version__

_MADE = {"entries": ENTRIES, "reconciled": RECONCILED}
_TOGETHER = 200


def schema_of(connection: duckdb.DuckDBPyConnection, path: Path) -> int | None:
    """The schema number of the file, or None where it holds nothing yet.

    Raises ``NotAStoreError`` where it is a DuckDB file of another house.
    """
    names = _tables(connection)
    if not names:
        return None
    found = facts(connection) if "meta" in names else {}
    if not found.get("schema", "").isdigit():
        raise NotAStoreError(f"{path} is a DuckDB file, but not a store of onrecord")
    return int(found["schema"])


def facts(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """What ``meta`` says of the file."""
    return dict(connection.execute("SELECT name, value FROM meta").fetchall())


def check(found: int | None, path: Path) -> None:
    """Raises where a file of schema ``found`` cannot be read by this version."""
    if found is None:
        raise NotAStoreError(f"{path} is empty: onrecord add fills it")
    if found > SCHEMA:
        raise NewerStoreError(
            f"{path} is of schema {found}, this version of onrecord knows {SCHEMA}: "
            "pip install --upgrade onrecord"
        )
    if found < SCHEMA:
        raise OlderStoreError(
            f"{path} is of schema {found}, this version of onrecord wants {SCHEMA}: a command "
            f"that writes to it upgrades it (onrecord reread {path})"
        )


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes all tables of a new store, all or none."""
    now = dt.datetime.now(dt.UTC).replace(microsecond=0).isoformat()
    told = {"schema": str(SCHEMA), "onrecord": __version__, "created": now}
    told |= {name: fingerprint(tables) for name, tables in _MADE.items()}
    connection.begin()
    for statement in statements():
        connection.execute(statement)
    for name, value in told.items():
        connection.execute("INSERT INTO meta VALUES (?, ?)", [name, value])
    connection.commit()


def stale(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Which of the made groups of tables (entries, reconciled) have other columns now."""
    found = facts(connection)
    return [name for name, tables in _MADE.items() if found.get(name) != fingerprint(tables)]


def check_made(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Raises ``OlderStoreError`` where the made tables are not those of this version."""
    if stale(connection):
        raise OlderStoreError(
            f"{path} has tables as another version of onrecord makes them: a command that writes "
            f"to it makes them anew (onrecord reread {path})"
        )


def make_anew(connection: duckdb.DuckDBPyConnection, groups: list[str]) -> None:
    """Makes the tables of ``groups`` anew, within the caller's transaction.

    Entries are made from the records. What was reconciled is emptied, for ``onrecord.reconcile``
    to fill again; with entries made anew, that is done too.
    """
    wanted = list(_MADE) if "entries" in groups else groups
    theirs = {"entries": set(ENTRIES), "reconciled": _tables(connection) - set(KEPT) - set(ENTRIES)}
    for group in wanted:
        for name in sorted(theirs[group] & _tables(connection)):
            connection.execute(f'DROP TABLE "{name}"')
        for statement in statements(_MADE[group]):
            connection.execute(statement)
        connection.execute("DELETE FROM meta WHERE name = ?", [group])
        connection.execute("INSERT INTO meta VALUES (?, ?)", [group, fingerprint(_MADE[group])])
    if "entries" in wanted:
        reports = current_reports(connection)
        for at in range(0, len(reports), _TOGETHER):
            lay(connection, as_read(connection, reports[at : at + _TOGETHER]))


def _tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    rows = connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary")
    return {name for (name,) in rows.fetchall()}
