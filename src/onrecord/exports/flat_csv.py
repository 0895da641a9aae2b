"""CSV: a folder with a table for each part, as ``onrecord read --format csv`` has them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from onrecord.exports.contract import Lost
from onrecord.record.model import Record
from onrecord.record.rows import ROWS, columns, rows_of


def table(records: Iterable[Record], out: BinaryIO, part: str) -> None:
    """Writes the table of one ``part`` on ``out``, UTF-8, with a header."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in columns(part)])
    for record in records:
        writer.writerows(rows_of(record, part))
    text.detach()


def write_path(records: Iterable[Record], path: Path, lost: Lost) -> None:
    """Writes ``<part>.csv`` for every part into the folder ``path``, which it makes."""
    path.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        writers = {}
        for part in ROWS:
            file = stack.enter_context(
                (path / f"{part}.csv").open("w", encoding="utf-8", newline="")
            )
            writers[part] = csv.writer(file, lineterminator="\n")
            writers[part].writerow([column.name for column in columns(part)])
        for record in records:
            for part, writer in writers.items():
                writer.writerows(rows_of(record, part))
