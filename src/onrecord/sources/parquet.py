"""Parquet files: a report a row, as for CSV and JSON Lines."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from shutil import copyfileobj
from typing import Any

from onrecord.record.report import Failure, Report
from onrecord.sources.errors import SourceError
from onrecord.sources.fields import find_columns, to_report
from onrecord.sources.options import SourceOptions
from onrecord.sources.origin import Origin
from onrecord.sources.stream import Stream

_ROWS = 256
_IN_MEMORY = 8 * 1024 * 1024


def read_parquet(
    stream: Stream, origin: Origin, options: SourceOptions
) -> Iterator[Report | Failure]:
    """A report or a failure for each row; a few hundred rows are in memory at once.

    The file is first copied to a temporary one, since its index stands at its end.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        copyfileobj(stream.body, file)
        file.seek(0)
        try:
            table = pq.ParquetFile(file)
        except pa.ArrowInvalid as error:
            raise SourceError(f"broken Parquet: {error}") from error
        columns = find_columns(tuple(table.schema_arrow.names), options)
        number = 0
        for batch in table.iter_batches(_ROWS):
            for row in batch.to_pylist():
                number += 1
                try:
                    plain = {name: _plain(value) for name, value in row.items()}
                    yield to_report(plain, columns, origin, options)
                except SourceError as error:
                    yield Failure(name=f"{origin.name}, row {number}", reason=str(error))


def _plain(value: Any) -> Any:
    """Days and moments as ISO strings, as the other formats have them."""
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else value
