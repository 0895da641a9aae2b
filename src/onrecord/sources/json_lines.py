"""JSON Lines, and JSON values one after another or in an array; read as a stream."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from onrecord.record.report import Failure, Report
from onrecord.sources.decode import encoding_of
from onrecord.sources.errors import SourceError
from onrecord.sources.fields import Columns, find_columns, to_report
from onrecord.sources.options import SourceOptions
from onrecord.sources.origin import Origin, printable
from onrecord.sources.stream import Stream, lines

_SPACE = " \t\r\n"
_GLUE = re.compile(r"[\s,\ufeff]*")
_CHUNK = 256 * 1024


def is_lines(head: bytes) -> bool:
    """Whether ``head`` begins a file of one object a line, and not of one spread over lines."""
    for line in head.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n")[:20]:
        if line.strip() and line.lstrip().startswith(b"{"):
            try:
                if isinstance(json.loads(line), dict):
                    return True
            except (ValueError, RecursionError):
                continue
    return False


def read_lines(
    stream: Stream, origin: Origin, options: SourceOptions
) -> Iterator[Report | Failure]:
    """A report or a failure for each line that is not blank."""
    find = _Finder(options)
    for number, line in enumerate(lines(_utf8(stream), options.max_bytes), 1):
        name = f"{origin.name}, line {number}"
        if line is None:
            reason = f"longer than the limit of {options.max_bytes:,} bytes (raise --max-bytes)"
            yield Failure(name=name, reason=reason)
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")  # noqa: PLW2901 - the same line, unmarked
        if not line.strip():
            continue
        try:
            yield find.report(_value(line), origin)
        except SourceError as error:
            yield Failure(name=name, reason=str(error))


def read_values(
    stream: Stream, origin: Origin, options: SourceOptions
) -> Iterator[Report | Failure]:
    """A report or a failure for each object of an array, or of objects one after another.

    JSON that breaks off cannot be taken up again: the objects before are read, and the rest is
    one failure.
    """
    find = _Finder(options)
    number = 0
    for value in _values(_utf8(stream), options.max_bytes):
        number += 1
        name = f"{origin.name}, item {number}"
        if isinstance(value, SourceError):
            yield Failure(name=name, reason=str(value))
            return
        for place, item in enumerate(_inner(value, options), 1):
            inner = name if item is value else f"{origin.name}, item {place}"
            try:
                yield find.report(item, origin)
            except SourceError as error:
                yield Failure(name=inner, reason=str(error))
    if not number:
        yield Failure(name=origin.name, reason="no text: the JSON is empty")


class _Finder:
    """Turns objects into reports; remembers which keys hold what for each set of keys."""

    def __init__(self, options: SourceOptions) -> None:
        self.options = options
        self._keys: tuple[str, ...] = ()
        self._columns = Columns(text=None)

    def report(self, value: Any, origin: Origin) -> Report:
        if not isinstance(value, dict):
            raise SourceError(f"a JSON object is needed, this is {_name(value)}")
        keys = tuple(value)
        if keys != self._keys:
            self._keys, self._columns = keys, find_columns(keys, self.options)
        return to_report(value, self._columns, origin, self.options)


def _utf8(stream: Stream) -> io.BufferedReader:
    encoding = encoding_of(stream.head, complete=stream.complete)
    return stream.body if encoding in ("utf-8", "utf-8-sig") else stream.recoded(encoding)


def _value(line: bytes) -> Any:
    try:
        return json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise SourceError(f"not UTF-8 at byte {error.start + 1} of the line") from error
    except RecursionError as error:
        raise SourceError("JSON that is nested too deeply") from error
    except ValueError as error:
        raise SourceError(f"broken JSON: {error}") from error


def _inner(value: Any, options: SourceOptions) -> Sequence[Any]:
    """The objects of a wrapper such as ``{"articles": […]}``, else the value itself."""
    if isinstance(value, dict) and find_columns(tuple(value), options).text is None:
        lists = [v for v in value.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
        if len(lists) == 1:
            return lists[0]
    return (value,)


def _values(stream: io.BufferedReader, limit: int) -> Iterator[Any]:
    """The values one by one; a ``SourceError`` as the last one where the JSON breaks off."""
    text = io.TextIOWrapper(stream, "utf-8-sig", errors="surrogateescape", newline="")
    decoder = json.JSONDecoder()
    held, position, in_array, ended = "", 0, False, False
    want = _CHUNK
    while True:
        if not ended and len(held) - position < want:
            piece = text.read(_CHUNK)
            ended = not piece
            held, position = held[position:] + piece, 0
            if not ended:
                continue
        position = _after(_GLUE, held, position)
        if position < len(held) and held[position] == "[" and not in_array:
            in_array, position = True, position + 1
            continue
        if position < len(held) and held[position] == "]" and in_array:
            in_array, position = False, position + 1
            continue
        if position >= len(held):
            if not ended:
                continue
            if in_array:
                yield SourceError("broken JSON: the array ends too early; the rest is missing")
            return
        try:
            value, end = decoder.raw_decode(held, position)
        except RecursionError:
            yield SourceError("JSON that is nested too deeply; the rest is not read")
            return
        except ValueError as error:
            if not ended and len(held) - position <= limit:
                want = 2 * (len(held) - position)
                continue
            long = f"longer than the limit of {limit:,} bytes (raise --max-bytes)"
            reason = f"broken JSON: {_message(error)}" if ended else f"broken JSON, or {long}"
            yield SourceError(f"{reason}; the rest is not read")
            return
        if not ended and end == len(held):
            want = 2 * (len(held) - position)
            continue
        yield value
        position, want = end, _CHUNK


def _after(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position


def _message(error: ValueError) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else printable(str(error))[:100]


def _name(value: object) -> str:
    if value is None:
        return "null"
    names = {list: "a list", str: "a string", bool: "true or false", int: "a number"}
    return names.get(type(value), "a number")
