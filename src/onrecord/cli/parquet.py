"""Flat rows as Parquet (extra ``parquet``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import click

from onrecord.record.model import Record
from onrecord.record.rows import columns, rows_of
from onrecord.record.select import Selection, select

_GROUP = 20_000


def write_parquet(
    records: Iterator[Record], out: BinaryIO, rows: str, selection: Selection
) -> None:
    """Writes the ``rows`` of ``records``; at most ``_GROUP`` rows and one record are in memory.

    Raises ``click.ClickException`` where pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise click.ClickException(
            "Parquet needs pyarrow: pip install 'onrecord[parquet]', or choose --format csv"
        ) from error
    types = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    schema = pa.schema([(column.name, types[column.type]) for column in columns(rows)])
    held: list[list[object]] = []

    def flush(writer: pq.ParquetWriter) -> None:
        arrays = [
            pa.array([row[i] for row in held], type=field.type) for i, field in enumerate(schema)
        ]
        writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
        held.clear()

    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for record in records:
            held.extend(rows_of(select(record, selection), rows))
            if len(held) >= _GROUP:
                flush(writer)
        if held:
            flush(writer)
