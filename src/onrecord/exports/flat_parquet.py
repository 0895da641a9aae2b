"""Parquet: a folder with a file for each part, the same columns as CSV with their types."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.exports.contract import Lost
from onrecord.record.model import Record
from onrecord.record.rows import ROWS, columns, rows_of

_GROUP = 20_000
_TYPES = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


class _Table:
    def __init__(self, part: str, out: BinaryIO | str) -> None:
        self.part = part
        self._schema = pa.schema([(c.name, _TYPES[c.type]) for c in columns(part)])
        self._writer = pq.ParquetWriter(out, self._schema, compression="zstd")
        self._held: list[list[Any]] = []

    def add(self, record: Record) -> None:
        self._held.extend(rows_of(record, self.part))
        if len(self._held) >= _GROUP:
            self._flush()

    def _flush(self) -> None:
        arrays = [
            pa.array([row[i] for row in self._held], type=field.type)
            for i, field in enumerate(self._schema)
        ]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._held.clear()

    def __enter__(self) -> _Table:
        return self

    def __exit__(self, *error: object) -> None:
        if self._held and error[0] is None:
            self._flush()
        self._writer.close()


def table(records: Iterable[Record], out: BinaryIO, part: str) -> None:
    """Writes the table of one ``part`` on ``out``."""
    with _Table(part, out) as writer:
        for record in records:
            writer.add(record)


def write_path(records: Iterable[Record], path: Path, lost: Lost) -> None:
    """Writes ``<part>.parquet`` for every part into the folder ``path``, which it makes."""
    path.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        writers = [
            stack.enter_context(_Table(part, str(path / f"{part}.parquet"))) for part in ROWS
        ]
        for record in records:
            for writer in writers:
                writer.add(record)
