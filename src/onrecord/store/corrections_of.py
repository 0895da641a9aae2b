"""The corrections in a store: all of them, and those that are about given reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import msgspec
from msgspec import Struct, field

from onrecord.store.correction import Correction

_JSON = ("spans", "value", "other_spans")
_COLUMNS = Correction.__struct_fields__


class Said(Struct):
    """What is said of one report: about its entries, and (``other``) of those of another report
    that are or are not one with its own."""

    this: list[Correction] = field(default_factory=list)
    other: list[Correction] = field(default_factory=list)


def all_corrections(
    connection: duckdb.DuckDBPyConnection, where: str = "true", parameters: Sequence[Any] = ()
) -> list[Correction]:
    """The corrections for which ``where`` (SQL) is true, oldest first."""
    names = ", ".join(f'"{name}"' for name in _COLUMNS)
    rows = connection.execute(
        f"SELECT {names} FROM corrections WHERE {where} ORDER BY correction", list(parameters)
    ).fetchall()
    return [_correction(row) for row in rows]


def said_of(connection: duckdb.DuckDBPyConnection, reports: Sequence[int]) -> dict[int, Said]:
    """What is said of each of ``reports``, or of an earlier version of it, and not undone."""
    if not connection.execute("SELECT 1 FROM corrections LIMIT 1").fetchall():
        return {}
    names = ", ".join(f'c."{name}"' for name in _COLUMNS)
    said: dict[int, Said] = {}
    for side, column in (("this", "report"), ("other", "other_report")):
        rows = connection.execute(
            f"""
            SELECT n.report, {names} FROM corrections c
            JOIN reports o ON o.report = c.{column}
            JOIN reports n ON n.appearance = o.appearance AND n.report >= o.report
            WHERE c.undone IS NULL AND n.report IN (SELECT unnest(?::BIGINT[]))
            ORDER BY c.correction
            """,
            [list(reports)],
        ).fetchall()
        for report, *row in rows:
            getattr(said.setdefault(report, Said()), side).append(_correction(row))
    return said


def _correction(row: Sequence[Any]) -> Correction:
    told = dict(zip(_COLUMNS, row, strict=True))
    for name in _JSON:
        if told[name] is not None:
            told[name] = msgspec.json.decode(told[name])
    return msgspec.convert(told, Correction)
