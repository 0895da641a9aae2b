"""Records out of a store: their text joined back; as they were read, or corrected."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

import duckdb
from msgspec import structs

from onrecord.record.codec import decode, encode
from onrecord.record.model import Record
from onrecord.store.corrections_of import said_of
from onrecord.store.overlay import overlay

_TOGETHER = 100
"""Records fetched at once: some megabytes."""


def pack(record: Record) -> bytes:
    """A record as ``records.body`` holds it: JSON without its text, compressed by zlib."""
    return zlib.compress(encode(structs.replace(record, text=None)))


def unpack(body: bytes, text: str | None) -> Record:
    """The record of ``body``, with its text."""
    return structs.replace(decode(zlib.decompress(body)), text=text)


def current_reports(connection: duckdb.DuckDBPyConnection) -> list[int]:
    """The numbers of the newest version of each report, in order."""
    found = connection.execute("SELECT report FROM reports WHERE current ORDER BY report")
    return [report for (report,) in found.fetchall()]


def newest_of(connection: duckdb.DuckDBPyConnection, reports: Sequence[int]) -> list[int]:
    """The numbers of the newest versions of ``reports``, in order, each once."""
    found = connection.execute(
        """
        SELECT DISTINCT n.report FROM reports o JOIN reports n USING (appearance)
        WHERE n.current AND o.report IN (SELECT unnest(?::BIGINT[])) ORDER BY n.report
        """,
        [list(reports)],
    )
    return [report for (report,) in found.fetchall()]


def as_read(
    connection: duckdb.DuckDBPyConnection, reports: Sequence[int]
) -> Iterator[tuple[int, Record]]:
    """The number and the newest reading of each of ``reports``, in order of their numbers."""
    wanted = sorted(reports)
    for at in range(0, len(wanted), _TOGETHER):
        rows = connection.execute(
            """
            SELECT r.report, k.body, t.text FROM reports r
            JOIN records k ON k.report = r.report AND k.current
            JOIN texts t ON t.text_sha256 = r.text_sha256
            WHERE r.report IN (SELECT unnest(?::BIGINT[])) ORDER BY r.report
            """,
            [wanted[at : at + _TOGETHER]],
        ).fetchall()
        for report, body, text in rows:
            yield report, unpack(body, text)


def corrected(
    connection: duckdb.DuckDBPyConnection, reports: Sequence[int]
) -> Iterator[tuple[int, Record]]:
    """As ``as_read``, with corrections laid over."""
    wanted = sorted(reports)
    for at in range(0, len(wanted), _TOGETHER):
        together = wanted[at : at + _TOGETHER]
        said = said_of(connection, together)
        for report, record in as_read(connection, together):
            yield report, overlay(record, said[report].this).record if report in said else record
