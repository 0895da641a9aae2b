"""Tables: CSV, TSV and their kin, with a line of column names; read as a stream."""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter, deque
from collections.abc import Iterator, Sequence

from onrecord.record.report import Failure, Report
from onrecord.sources.dates import day_comes_first
from onrecord.sources.decode import decode, encoding_of
from onrecord.sources.errors import SourceError
from onrecord.sources.fields import find_columns, to_report
from onrecord.sources.options import SourceOptions
from onrecord.sources.origin import Origin, printable
from onrecord.sources.stream import Stream

DELIMITERS = ",;\t|"
_SAMPLE = 200
_RETRIES = 50


def delimiter_of(head: str, options: SourceOptions | None = None) -> str | None:
    """The delimiter of the table that begins with ``head``, or None where it is no table.

    It is a table where the first line, cut at the delimiter, has a column that holds the text and
    at least one other, or where the text column is named by the user.
    """
    options = options or SourceOptions()
    first = next((line for line in head.splitlines() if line.strip()), "")[:4000]
    best: tuple[int, str] | None = None
    for delimiter in DELIMITERS:
        names = _names(first, delimiter)
        columns = find_columns(names, options)
        known = sum(getattr(columns, field) is not None for field in columns.__struct_fields__)
        short = all(len(name) <= 60 for name in names)
        if columns.text and short and (known > 1 or (options.text_field and len(names) == 1)):
            best = max(best or (0, ""), (known, delimiter))
    return best[1] if best else None


def read_table(
    stream: Stream, origin: Origin, options: SourceOptions
) -> Iterator[Report | Failure]:
    """A report or a failure for each row below the column names."""
    csv.field_size_limit(min(options.max_bytes, sys.maxsize // 2, 2**31 - 1))
    encoding = encoding_of(stream.head, origin.charset, complete=stream.complete)
    body = stream.body if encoding.startswith("utf-8") else stream.recoded(encoding)
    head = decode(stream.head, origin.charset).text.removeprefix("\ufeff")
    names, delimiter = _header(head, origin, options)
    text = io.TextIOWrapper(body, "utf-8-sig", errors="surrogateescape", newline="")
    rows = _Rows(text, delimiter, options.max_bytes)
    header = rows.first()
    columns = find_columns(names, options)
    day_first = _day_first(head, delimiter, names, columns.published)
    count = 0
    for line, row in rows:
        name = f"{origin.name}, line {line}"
        count += 1
        if isinstance(row, SourceError):
            yield Failure(name=name, reason=str(row))
            continue
        try:
            cells = _fit(row, header)
            yield to_report(
                dict(zip(names, cells, strict=True)), columns, origin, options, day_first=day_first
            )
        except SourceError as error:
            yield Failure(name=name, reason=str(error))
    if not count:
        yield Failure(name=origin.name, reason="no text: the table has column names and no rows")


def _header(head: str, origin: Origin, options: SourceOptions) -> tuple[list[str], str]:
    first = next((line for line in head.splitlines() if line.strip()), "")
    delimiter = delimiter_of(head, options)
    if delimiter is None:
        tab = (origin.file or "").lower().endswith((".tsv", ".tab", ".tsv.gz"))
        delimiter = "\t" if tab else max(DELIMITERS, key=first.count)
    names = _names(first, delimiter)
    if find_columns(names, options).text is None:
        shown = ", ".join(printable(name) for name in names[:12])
        wanted = options.text_field
        hint = f"no column {wanted!r}" if wanted else "no column looks like the text"
        raise SourceError(f"{hint}; name it with --text-field (columns: {shown})")
    return names, delimiter


def _names(first: str, delimiter: str) -> list[str]:
    try:
        names = next(csv.reader([first], delimiter=delimiter, strict=True), [])
    except csv.Error:
        names = first.split(delimiter)
    return _unique([name.strip().removeprefix("\ufeff") for name in names])


def _unique(names: Sequence[str]) -> list[str]:
    seen: Counter[str] = Counter()
    out = []
    for name in names:
        seen[name] += 1
        out.append(name if seen[name] == 1 else f"{name}.{seen[name]}")
    return out


def _fit(row: list[str], header: list[str]) -> list[str]:
    """``row`` with as many cells as ``header``. Raises ``SourceError`` where it does not fit."""
    while len(row) > len(header) and not row[-1].strip():
        row = row[:-1]
    if len(row) != len(header):
        raise SourceError(f"{len(row)} cells where there are {len(header)} columns")
    if any("\udc80" <= char <= "\udcff" for cell in row for char in _high(cell)):
        raise SourceError("bytes that are not UTF-8")
    return row


def _high(cell: str) -> str:
    return "" if cell.isascii() else cell


class _Rows:
    """Rows with the number of their first line; a ``SourceError`` in place of a broken one.

    A quote that is never closed would swallow all that follows. The lines since the row began are
    kept, within the limit, and read again from the next line on.
    """

    def __init__(self, text: io.TextIOWrapper, delimiter: str, limit: int) -> None:
        self._text, self._delimiter, self._limit = text, delimiter, limit
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._size = self._number = 0
        self._retries = _RETRIES
        self._reader = csv.reader(self._lines(), delimiter=delimiter, strict=True)

    def first(self) -> list[str]:
        """The row of column names."""
        return next(([*row] for _, row in self if isinstance(row, list)), [])

    def __iter__(self) -> Iterator[tuple[int, list[str] | SourceError]]:
        while True:
            self._taken, self._size = [], 0
            start = self._number + 1
            try:
                row = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield start, SourceError(f"broken row: {error}")
                self._resume()
                continue
            if any(cell for cell in row):
                yield start, row

    def _lines(self) -> Iterator[str]:
        while True:
            line = self._again.popleft() if self._again else self._text.readline(self._limit)
            if not line:
                return
            self._number += 1
            self._size += len(line)
            self._taken.append(line)
            if self._size > self._limit:
                raise csv.Error(f"longer than the limit of {self._limit:,} characters")
            yield line

    def _resume(self) -> None:
        if len(self._taken) > 1 and self._retries:
            self._retries -= 1
            self._again.extendleft(reversed(self._taken[1:]))
            self._number -= len(self._taken) - 1
        self._reader = csv.reader(self._lines(), delimiter=self._delimiter, strict=True)


def _day_first(head: str, delimiter: str, names: list[str], column: str | None) -> bool | None:
    """Whether the day comes first in ``03/04/2019``: as the first rows that can be told have it."""
    if column is None:
        return None
    place = names.index(column)
    votes: Counter[bool] = Counter()
    try:
        for row in list(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter))[:_SAMPLE]:
            told = day_comes_first(row[place]) if len(row) > place else None
            if told is not None:
                votes[told] += 1
    except csv.Error:
        return None
    return next(iter(votes)) if len(votes) == 1 else None
