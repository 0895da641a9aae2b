"""Where records go: to the terminal as they are read, or to a file that appears when it is whole.

A file is written by way of ``FILE.partial``: a header with the options of the run, then a record
a line. A run that was interrupted finds it there, leaves out what it holds, and goes on; the last
line is dropped where it was cut off. When all inputs are read, the records are written to FILE in
the format asked for, in one step that cannot be seen half done.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

import click
import msgspec

from onrecord.record.codec import decode, encode
from onrecord.record.model import Record
from onrecord.record.rows import columns, rows_of
from onrecord.record.select import Selection, select

FORMATS = ("text", "json", "jsonl", "csv", "parquet")


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """How records are printed: the format, which entries, and which rows of a table."""

    format: str
    selection: Selection = Selection()
    rows: str = "events"


class Partial:
    """The records of an unfinished run, on disk.

    Raises ``click.ClickException`` where the file there was begun with other options, or by
    something else.
    """

    def __init__(self, target: Path, options: dict[str, object]) -> None:
        self.target = target
        self.path = target.with_name(target.name + ".partial")
        header = json.dumps({"onrecord": options}, sort_keys=True, default=str).encode() + b"\n"
        self.done: Counter[bytes] = Counter()
        if self.path.exists():
            self._resume(header)
        else:
            self.path.write_bytes(header)
        self._file = self.path.open("ab")

    def _resume(self, header: bytes) -> None:
        good = len(header)
        with self.path.open("rb") as file:
            if file.readline() != header:
                raise click.ClickException(
                    f"{self.path} is of a run with other options or another version; "
                    "finish it with those, remove it, or give another -o"
                )
            for line in file:
                if not line.endswith(b"\n"):
                    break
                self.done[_digest(msgspec.json.decode(line, type=_Id).id)] += 1
                good += len(line)
        with self.path.open("r+b") as file:
            file.truncate(good)

    def has(self, identity: str) -> bool:
        """Whether a record with this id stands there that has not been asked for yet."""
        digest = _digest(identity)
        if not self.done[digest]:
            return False
        self.done[digest] -= 1
        return True

    def add(self, record: Record) -> None:
        """Keeps a record; what was added before survives a kill."""
        self._file.write(encode(record) + b"\n")
        self._file.flush()

    def records(self) -> Iterator[Record]:
        """The records kept, in the order in which they were added."""
        with self.path.open("rb") as file:
            file.readline()
            for line in file:
                yield decode(line)

    def finish(self, write: Callable[[Iterator[Record], BinaryIO], None]) -> None:
        """Writes the target by ``write(records, file)`` and takes the partial file away."""
        self._file.close()
        scratch = self.target.with_name(self.target.name + ".writing")
        with scratch.open("wb") as out:
            write(self.records(), out)
        scratch.replace(self.target)
        self.path.unlink()

    def close(self) -> None:
        """Leaves the partial file for a later run."""
        self._file.close()


class _Id(msgspec.Struct):
    id: str


def _digest(identity: str) -> bytes:
    return hashlib.blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def write_records(records: Iterator[Record], out: BinaryIO, shape: Shape) -> None:
    """Writes ``records`` in the format of ``shape``, holding one at a time in memory."""
    if shape.format == "parquet":
        from onrecord.cli.parquet import write_parquet

        write_parquet(records, out, shape.rows, shape.selection)
        return
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    printer = make_printer(shape, text)
    for record in records:
        printer.add(record)
    printer.end()
    text.flush()
    text.detach()


class Printer:
    """Prints records one by one; ``end`` prints what closes the format."""

    def __init__(self, shape: Shape, out: TextIO) -> None:
        self.shape = shape
        self.out = out
        self.count = 0

    def add(self, record: Record) -> None:
        """Prints one record."""
        self.show(select(record, self.shape.selection))
        self.count += 1

    def show(self, record: Record) -> None:
        """Prints one record, already cut down to what is wanted."""
        self.out.write(encode(record).decode() + "\n")

    def end(self) -> None:
        """Closes the format."""


class JsonPrinter(Printer):
    """A JSON array, indented."""

    def show(self, record: Record) -> None:
        """Prints one element of the array."""
        pretty = msgspec.json.format(encode(record), indent=2).decode()
        self.out.write(("[\n" if not self.count else ",\n") + pretty)

    def end(self) -> None:
        """Closes the array."""
        self.out.write("[]\n" if not self.count else "\n]\n")


class CsvPrinter(Printer):
    """One flat row an entry, with a header."""

    def __init__(self, shape: Shape, out: TextIO) -> None:
        import csv

        super().__init__(shape, out)
        self.writer = csv.writer(out, lineterminator="\n")
        self.writer.writerow([column.name for column in columns(shape.rows)])

    def show(self, record: Record) -> None:
        """Prints the rows of one record."""
        self.writer.writerows(rows_of(record, self.shape.rows))


class TextPrinter(Printer):
    """What a person wants to read on a terminal."""

    def show(self, record: Record) -> None:
        """Prints the view of one record."""
        from onrecord.cli.view import print_view

        if self.count:
            self.out.write("\n")
        print_view(record, self.out)


_PRINTERS: dict[str, type[Printer]] = {
    "json": JsonPrinter,
    "jsonl": Printer,
    "csv": CsvPrinter,
    "text": TextPrinter,
}


def make_printer(shape: Shape, out: TextIO | None = None) -> Printer:
    """The printer for a format other than parquet, on ``out`` or standard output."""
    return _PRINTERS[shape.format](shape, out or sys.stdout)
