"""The made rows of reports: taken away, and laid down again with the corrections over them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb

from onrecord.record.model import Record
from onrecord.store.anchors import find
from onrecord.store.correction import Correction
from onrecord.store.corrections_of import Said, said_of
from onrecord.store.getting import as_read
from onrecord.store.overlay import overlay
from onrecord.store.rows import Row, Rows
from onrecord.store.schema import ENTRIES
from onrecord.store.writing import delete, insert


def withdraw(connection: duckdb.DuckDBPyConnection, reports: Sequence[int]) -> None:
    """Takes all made rows of ``reports`` away, and has them reconciled again."""
    for name in (*ENTRIES, "reconciled"):
        delete(connection, name, reports)


def lay(connection: duckdb.DuckDBPyConnection, readings: Iterable[tuple[int, Record]]) -> None:
    """Makes the rows of ``readings`` (a report's number, and its record as it was read).

    Corrections are laid over them, and each one is told whether it holds.
    """
    given = list(readings)
    said = said_of(connection, [report for report, _ in given])
    rows = Rows()
    corrected: list[Row] = []
    for report, record in given:
        about = said.get(report, Said())
        laid = overlay(record, about.this)
        rows.add(report, laid.record)
        corrected += _holding(report, laid.record, about, laid.entries)
    for name, table in rows.tables():
        insert(connection, name, table)
    insert(connection, "corrected", corrected)
    numbers = {c.correction for about in said.values() for c in (*about.this, *about.other)}
    tell_holding(connection, sorted(numbers))


def lay_again(connection: duckdb.DuckDBPyConnection, reports: Sequence[int]) -> None:
    """Makes the rows of ``reports`` anew from what is kept."""
    withdraw(connection, reports)
    lay(connection, as_read(connection, reports))


def tell_holding(connection: duckdb.DuckDBPyConnection, corrections: Sequence[int]) -> None:
    """Writes into ``corrections`` which of these find all their entries."""
    if corrections:
        connection.execute(
            """
            UPDATE corrections SET holds = (
                SELECT count(*) FROM corrected k WHERE k.correction = corrections.correction
            ) >= CASE WHEN action IN ('same', 'different') THEN 2 ELSE 1 END
            WHERE undone IS NULL AND correction IN (SELECT unnest(?::BIGINT[]))
            """,
            [list(corrections)],
        )


def _holding(
    report: int, record: Record, about: Said, entries: dict[int, str | None]
) -> Iterable[Row]:
    for correction in about.this:
        id_ = entries.get(correction.correction)
        if id_ is not None:
            yield (report, correction.correction, "this", correction.part, id_)
    for correction in about.other:
        part = correction.other_part or correction.part
        found = _other(record, part, correction)
        if found is not None:
            yield (report, correction.correction, "other", part, found)


def _other(record: Record, part: str, correction: Correction) -> str | None:
    entry = find(record, part, correction.other_key, correction.other_words, correction.other_spans)
    return None if entry is None else str(entry.id)
