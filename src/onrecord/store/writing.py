"""Rows into tables, in bulk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import duckdb
import pyarrow as pa

from onrecord.store.rows import Row, arrow

_INCOMING = "onrecord_incoming"


def insert(
    connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[Row] | pa.Table
) -> None:
    """Adds ``rows`` to the table ``name``; a row has a value for each column, in order."""
    table = rows if isinstance(rows, pa.Table) else arrow(name, rows) if rows else None
    if table is None or not table.num_rows:
        return
    with_rows(connection, table, f'INSERT INTO "{name}" SELECT * FROM {_INCOMING}')


def with_rows(connection: duckdb.DuckDBPyConnection, table: pa.Table, query: str) -> list[Row]:
    """What ``query`` gives, in which ``onrecord_incoming`` is ``table``."""
    connection.register(_INCOMING, table)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.unregister(_INCOMING)


def utc_now() -> dt.datetime:
    """Now, by UTC, as the tables hold it."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def delete(connection: duckdb.DuckDBPyConnection, name: str, reports: Sequence[int]) -> None:
    """Takes the rows of ``reports`` out of the table ``name``."""
    connection.execute(f'DELETE FROM "{name}" WHERE report IN (SELECT unnest(?::BIGINT[]))', [list(reports)])  # noqa: E501  # fmt: skip
