"""From what a user names (paths, folders, addresses, standard input) to a stream of reports."""

from __future__ import annotations

import gzip
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from onrecord.record.report import Failure, Report
from onrecord.sources.detect import is_media, kind_of
from onrecord.sources.errors import SourceError
from onrecord.sources.finish import finish
from onrecord.sources.options import SourceOptions
from onrecord.sources.origin import Origin, printable
from onrecord.sources.stream import Readable, Stream

_Many = Callable[[Stream, Origin, SourceOptions], Iterator[Report | Failure]]
_One = Callable[[bytes, Origin], Report]
_ZIPS = 2


def open_sources(
    inputs: Iterable[str], options: SourceOptions | None = None
) -> Iterator[Report | Failure]:
    """A report for each one in ``inputs``, and a failure for each input that gives none.

    ``inputs``: paths of files, of folders (read whole, in the order of their names, hidden files
    left out), http(s) addresses, and ``-`` for standard input. What each holds is told by its
    content. Reports come as they are read, in bounded memory; no input stops the others, and
    nothing is raised for what an input holds.
    """
    options = options or SourceOptions()
    for name in inputs:
        for origin in _origins(name):
            if isinstance(origin, Failure):
                yield origin
            else:
                yield from _guarded(origin, options)


def open_stream(
    raw: Readable, origin: Origin, options: SourceOptions | None = None
) -> Iterator[Report | Failure]:
    """As ``open_sources``, for bytes that are already open."""
    options = options or SourceOptions()
    yield from _caught(_stream(raw, origin, options, 0), origin, options)


def _origins(name: str) -> Iterator[Origin | Failure]:
    shown = printable(name)
    if name == "-":
        yield Origin(name="standard input", file="-")
    elif name.lower().startswith(("http://", "https://")):
        yield Origin(name=shown, url=shown)
    elif Path(name).is_dir():
        count = 0
        for path in _walk(name):
            count += 1
            yield Origin(name=printable(path), file=path, found=True)
        if not count:
            yield Failure(name=shown, reason="no file in this folder")
    else:
        yield Origin(name=shown, file=name)


def _walk(folder: str) -> Iterator[str]:
    """The files under ``folder``, sorted by name; links to folders are not followed."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path)
        elif not entry.is_dir():
            yield entry.path


def _guarded(origin: Origin, options: SourceOptions) -> Iterator[Report | Failure]:
    if origin.found and is_media(origin.name):
        yield Failure(name=origin.name, reason="not a kind of file that holds text", kind="skipped")
        return
    yield from _caught(_opened(origin, options), origin, options)


def _caught(
    found: Iterator[Report | Failure], origin: Origin, options: SourceOptions
) -> Iterator[Report | Failure]:
    """``found``, finished one by one; what it raises becomes a failure."""
    try:
        for item in found:
            yield item if isinstance(item, Failure) else _finished(item, origin, options)
    except SourceError as error:
        yield Failure(name=origin.name, reason=str(error), kind=error.kind)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield Failure(name=origin.name, reason=f"broken gzip: {error}")
    except OSError as error:
        yield Failure(name=origin.name, reason=_os_reason(error))
    except MemoryError:
        yield Failure(name=origin.name, reason="not enough memory to read it")
    except Exception as error:  # noqa: BLE001 - parsers of other houses raise anything on odd bytes
        yield Failure(
            name=origin.name,
            reason=f"unreadable: {type(error).__name__}: {printable(str(error))[:200]}",
        )


def _finished(report: Report, origin: Origin, options: SourceOptions) -> Report | Failure:
    try:
        return finish(report, options)
    except SourceError as error:
        names = (origin.name, report.id or report.url)
        name = " · ".join(dict.fromkeys(part for part in names if part))
        return Failure(name=name, reason=str(error), kind=error.kind)


def _os_reason(error: OSError) -> str:
    text = error.strerror or str(error) or type(error).__name__
    return text[:1].lower() + text[1:]


def _opened(origin: Origin, options: SourceOptions) -> Iterator[Report | Failure]:
    if origin.url is not None:
        from onrecord.sources.fetch import fetch

        body, at = fetch(origin, options)
        yield from _stream(body, at, options, 0)
    elif origin.file == "-":
        yield from _stream(sys.stdin.buffer, origin, options, 0)
    else:
        path = Path(origin.file or "")
        with path.open("rb") as raw:
            shown = printable(origin.file or "")
            yield from _stream(
                raw, Origin(name=origin.name, file=shown, found=origin.found), options, 0
            )


def _stream(
    raw: Readable, origin: Origin, options: SourceOptions, depth: int
) -> Iterator[Report | Failure]:
    stream = Stream(raw)
    kind = kind_of(stream.head, origin, options)
    if kind == "empty" and not stream.complete:
        kind = "!nothing but blanks in its first 64 KiB"
    if kind == "empty":
        raise SourceError("empty: there is nothing in it")
    if kind.startswith("!"):
        raise SourceError(kind[1:])
    if kind == "gzip":
        if depth >= _ZIPS:
            raise SourceError("gzip within gzip within gzip; unpack it first")
        with gzip.GzipFile(fileobj=stream.body) as unpacked:
            yield from _stream(unpacked, origin, options, depth + 1)
        return
    if kind in _MANY:
        many: _Many = _reader(_MANY[kind])
        yield from many(stream, origin, options)
    else:
        one: _One = _reader(_ONE[kind])
        yield one(stream.read_all(options.max_bytes), origin)


# Modules are named and not imported, so that each loads with the first input of its kind.
_MANY = {
    "jsonl": ("json_lines", "read_lines"),
    "json": ("json_lines", "read_values"),
    "table": ("tables", "read_table"),
    "feed": ("feeds", "read_feed"),
    "warc": ("archives", "read_archive"),
    "parquet": ("parquet", "read_parquet"),
    "mbox": ("mail", "read_mailbox"),
}
_ONE = {
    "plain": ("plain", "read_plain"),
    "html": ("pages", "read_page"),
    "mail": ("mail", "read_mail"),
    "pdf": ("pdf", "read_pdf"),
}


def _reader(where: tuple[str, str]) -> Any:
    return getattr(import_module(f"onrecord.sources.{where[0]}"), where[1])
