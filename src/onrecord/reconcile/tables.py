"""The tables that reconciling keeps for itself: what it looks up, and the links behind its groups.

They hold nothing that the tables of ``docs/store.md`` do not, and can be made again from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from onrecord.store.schema import RECONCILED

VERSION = 1
"""The number of the rules; reports that were reconciled by others are done again."""

WORKING: dict[str, str] = {
    "likeness_words": "report BIGINT NOT NULL, word VARCHAR NOT NULL, weight FLOAT NOT NULL",
    "likeness_days": "report BIGINT NOT NULL, day INTEGER",
    "likeness_pairs": '"left" BIGINT NOT NULL, "right" BIGINT NOT NULL, cosine FLOAT NOT NULL',
    "actor_index": """
        report BIGINT NOT NULL, entity VARCHAR NOT NULL, block VARCHAR NOT NULL,
        "group" VARCHAR NOT NULL, form VARCHAR NOT NULL, name VARCHAR NOT NULL, code VARCHAR,
        role VARCHAR, day INTEGER, score FLOAT NOT NULL""",
    "actor_aliases": "block VARCHAR NOT NULL, alias VARCHAR NOT NULL, report BIGINT NOT NULL",
    "actor_groups": '"group" VARCHAR NOT NULL, actor BIGINT NOT NULL',
    "links": """
        part VARCHAR NOT NULL, left_report BIGINT NOT NULL, left_id VARCHAR NOT NULL,
        right_report BIGINT NOT NULL, right_id VARCHAR NOT NULL, score FLOAT NOT NULL,
        why VARCHAR NOT NULL""",
    "grouped": """
        part VARCHAR NOT NULL, number BIGINT NOT NULL, report BIGINT NOT NULL,
        id VARCHAR NOT NULL""",
    "copy_texts": """
        number BIGINT NOT NULL, text_sha256 VARCHAR NOT NULL, size BIGINT NOT NULL,
        held BLOB NOT NULL""",
    "copy_matches": """
        "left" VARCHAR NOT NULL, "right" VARCHAR NOT NULL, likeness VARCHAR NOT NULL""",
    "corrections_laid": "correction BIGINT NOT NULL, report BIGINT, other_report BIGINT",
    "reconcile_numbers": "name VARCHAR PRIMARY KEY, last BIGINT NOT NULL",
}
"""Columns of the working tables, as SQL."""

Connection = duckdb.DuckDBPyConnection


def make(connection: Connection) -> None:
    """Makes the working tables where they are not yet there."""
    for name, columns in WORKING.items():
        connection.execute(f'CREATE TABLE IF NOT EXISTS "{name}" ({columns})')


def clear(connection: Connection) -> None:
    """Empties all that reconciling has made."""
    for name in (*RECONCILED, *WORKING):
        connection.execute(f'DELETE FROM "{name}"')


def put(
    connection: Connection, table: str, columns: Sequence[str], lines: Iterable[Sequence[Any]]
) -> None:
    """Adds lines to a table, whose columns are named in the order of the cells."""
    filled = list(lines)
    if not filled:
        return
    with given(connection, columns, filled) as name:
        names = ", ".join(f'"{column}"' for column in columns)
        connection.execute(f'INSERT INTO "{table}" ({names}) SELECT {names} FROM {name}')


class given:  # noqa: N801 - reads as a word of the statement that it stands in
    """Lines as a view that SQL can name while the block runs."""

    def __init__(
        self, connection: Connection, columns: Sequence[str], lines: Sequence[Sequence[Any]]
    ) -> None:
        self._connection = connection
        cells = list(zip(*lines, strict=True)) if lines else [() for _ in columns]
        arrays = {c: list(column) for c, column in zip(columns, cells, strict=True)}
        self._table = pa.table(arrays)
        self._name = f"given_{'_'.join(columns)}".lower()

    def __enter__(self) -> str:
        self._connection.register(self._name, self._table)
        return self._name

    def __exit__(self, *_: object) -> None:
        self._connection.unregister(self._name)


def first(connection: Connection, query: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
    """The first row of an answer, all of which is fetched: an open answer blocks the connection."""
    rows = connection.execute(query, list(values)).fetchall()
    return rows[0] if rows else None


def numbers(connection: Connection, name: str, many: int) -> range:
    """The next ``many`` numbers of the series ``name``; none is given twice."""
    row = first(connection, "SELECT last FROM reconcile_numbers WHERE name = ?", [name])
    last = row[0] if row else 0
    if row is None:
        connection.execute("INSERT INTO reconcile_numbers VALUES (?, ?)", [name, last + many])
    elif many:
        connection.execute(
            "UPDATE reconcile_numbers SET last = ? WHERE name = ?", [last + many, name]
        )
    return range(last + 1, last + many + 1)
