"""An Arrow table to a terminal or a file: aligned text, CSV, JSON, JSON Lines or Parquet."""

from __future__ import annotations

import csv
import datetime as dt
import io
import sys
from collections import Counter
from pathlib import Path
from typing import Any, BinaryIO

import click
import msgspec
import pyarrow as pa

from onrecord.cli.view import clean

_SUFFIXES = {".csv": "csv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
             ".parquet": "parquet", ".txt": "table"}  # fmt: skip
_BY_NAME = ("json", "jsonl", "parquet")
_SHOWN = 1000
"""Rows of a table that is for reading; all other formats print all."""
_WIDEST = 60


def format_for(format_: str | None, output: Path | None) -> str:
    """The format asked for, else that of the file's name, else a table. Raises ``UsageError``."""
    if format_ is None and output is not None:
        format_ = _SUFFIXES.get(output.suffix.casefold())
        if format_ is None:
            raise click.UsageError(f"cannot tell the format of {output}: give --format")
    if format_ == "parquet" and output is None:
        raise click.UsageError("--format parquet needs -o FILE")
    return format_ or "table"


def put_out(table: pa.Table, format_: str, output: Path | None) -> None:
    """Writes ``table`` to the file ``output``, which appears when it is whole, or prints it.

    Raises ``click.ClickException`` where the file cannot be written, or where two columns have one
    name and ``format_`` would keep only one of them.
    """
    twice = [name for name, times in Counter(table.column_names).items() if times > 1]
    if twice and format_ in _BY_NAME:
        raise click.ClickException(
            f"several columns are called {', '.join(twice)}, and {format_} has room for one of "
            "each: name them apart (SELECT … AS …)"
        )
    if output is None:
        _text(table, format_, sys.stdout)
        return
    scratch = output.with_name(output.name + ".writing")
    try:
        with scratch.open("wb") as out:
            _binary(table, format_, out)
        scratch.replace(output)
    except OSError as error:
        raise click.ClickException(f"cannot write {output}: {error.strerror or error}") from error
    finally:
        scratch.unlink(missing_ok=True)


def _binary(table: pa.Table, format_: str, out: BinaryIO) -> None:
    if format_ == "parquet":
        import pyarrow.parquet as pq

        pq.write_table(table, out, compression="zstd")
        return
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    _text(table, format_, text)
    text.flush()
    text.detach()


def _text(table: pa.Table, format_: str, out: Any) -> None:
    if format_ == "csv":
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(table.column_names)
        for batch in table.to_batches(1000):
            columns = [column.to_pylist() for column in batch.columns]
            writer.writerows([_cell(value) for value in row] for row in zip(*columns, strict=True))
    elif format_ == "table":
        _aligned(table, out)
    else:
        _json(table, out, lines=format_ == "jsonl")


def _json(table: pa.Table, out: Any, *, lines: bool) -> None:
    count = 0
    for batch in table.to_batches(1000):
        for row in batch.to_pylist():
            told = msgspec.json.encode(row).decode()
            out.write(f"{told}\n" if lines else ("[\n" if not count else ",\n") + told)
            count += 1
    if not lines:
        out.write("\n]\n" if count else "[]\n")


def _aligned(table: pa.Table, out: Any) -> None:
    shown = table.slice(0, _SHOWN)
    columns = [
        [name, *(_short(value) for value in column.to_pylist())]
        for name, column in zip(table.column_names, shown.columns, strict=True)
    ]
    if not columns:
        return
    right = [pa.types.is_integer(f.type) or pa.types.is_floating(f.type) for f in table.schema]
    widths = [max(map(len, column)) for column in columns]
    for number, row in enumerate(zip(*columns, strict=True)):
        cells = [
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(row, widths, right, strict=True)
        ]
        out.write("  ".join(cells).rstrip() + "\n")
        if not number:
            out.write("  ".join("-" * width for width in widths) + "\n")
    if table.num_rows > _SHOWN:
        left = table.num_rows - _SHOWN
        click.echo(f"and {left:,} more rows (--format csv prints all)", err=True)


def _short(value: Any) -> str:
    text = " ".join(clean(str(_cell(value))).split())
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _cell(value: Any) -> Any:
    """A value as one cell: lists joined by ``"; "``, times by ISO, null empty."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(str(_cell(one)) for one in value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return msgspec.json.encode(value).decode()
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, bool):
        return str(value).lower()
    return value
