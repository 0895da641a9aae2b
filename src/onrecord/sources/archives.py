"""Web archives (WARC), by FastWARC: a report for each archived page, text or PDF."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import structs

from onrecord.record.report import Failure, Report
from onrecord.sources.coding import dechunked, over, unpacked
from onrecord.sources.errors import SourceError, extra
from onrecord.sources.options import SourceOptions
from onrecord.sources.origin import Origin, printable
from onrecord.sources.stream import Stream

_OK = 200
_PAGES = ("text/html", "application/xhtml+xml")
_TEXTS = ("text/plain", "text/markdown")
_START = b"\nWARC/1."
_KEEP = 1 << 20
_STEP = 1 << 16


def read_archive(
    stream: Stream, origin: Origin, options: SourceOptions
) -> Iterator[Report | Failure]:
    """A report or a failure for each answer that holds a page, a text or a PDF.

    What is no report is passed over: requests, answers other than 200, images, scripts, styles.
    Behind a record that cannot be read, reading goes on with the next one that begins.
    """
    warc = extra("fastwarc.warc", "warc", "a web archive")
    kinds = warc.WarcRecordType
    wanted = kinds.response | kinds.resource | kinds.conversion
    count = 0
    forward = _Forward(stream.body)
    while True:
        last = 0
        try:
            for record in warc.ArchiveIterator(forward, record_types=wanted, parse_http=False):
                count += 1
                last = record.stream_pos
                found = _outcome(record, count, origin, options)
                if found is not None:
                    yield found
            break
        except BaseException as error:
            # FastWARC is written in Rust: where it panics, that is no Exception.
            panic = type(error).__name__ == "PanicException"
            if isinstance(error, gzip.BadGzipFile) or not (panic or isinstance(error, OSError)):
                raise
            count += 1
            reason = f"broken record: {printable(str(error))[:200]}"
            yield Failure(name=f"{origin.name}, record {count}", reason=reason)
            if not forward.begin_behind(last):
                break
    if not count:
        raise SourceError("no archived answer in this web archive")


class _Forward:
    """A stream that only goes forward, and keeps the last of what it gave to begin anew in it."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream, self._begun = stream, b""
        self._kept, self._at = b"", 0

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes."""
        if self._begun:
            data, self._begun = self._begun[:size], self._begun[size:]
        else:
            data = self._stream.read1(size)
        self._at += len(data)
        self._kept = (self._kept + data)[-_KEEP:]
        return data

    def tell(self) -> int:
        """Where it stands; FastWARC asks, and seeks there."""
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        """Goes forward to ``offset``. Raises ``OSError`` for one that lies behind."""
        target = offset + (self._at if whence == 1 else 0)
        if whence == 2 or target < self._at:
            raise OSError("this stream only goes forward")
        while self._at < target and self.read(min(target - self._at, _STEP)):
            pass
        return self._at

    def begin_behind(self, position: int) -> bool:
        """Begins anew with the first record behind ``position``; whether there is one."""
        held = self._kept + self._begun
        start = max(0, position - (self._at - len(self._kept)))
        while (found := held.find(_START, start)) < 0:
            data = self._stream.read1(_STEP)
            if not data:
                return False
            held, start = held[-len(_START) :] + data, 0
        self._begun, self._kept, self._at = held[found + 1 :], b"", 0
        return True


def _outcome(
    record: Any, number: int, origin: Origin, options: SourceOptions
) -> Report | Failure | None:
    address = printable(record.headers.get("WARC-Target-URI") or "").strip("<>") or None
    name = f"{origin.name}, {address or f'record {number}'}"
    try:
        return _report(record, address, origin, options)
    except SourceError as error:
        return Failure(name=name, reason=str(error), kind=error.kind)
    except Exception as error:  # noqa: BLE001 - one record must not stop the others
        reason = f"unreadable: {type(error).__name__}: {printable(str(error))[:200]}"
        return Failure(name=name, reason=reason)


def _report(
    record: Any, address: str | None, origin: Origin, options: SourceOptions
) -> Report | None:
    if record.is_http:
        record.parse_http(auto_decode="none")
        if record.http_headers.status_code != _OK:
            return None
    declared = record.http_content_type or record.headers.get("Content-Type") or ""
    mime = declared.split(";")[0].strip().lower()
    if mime not in (*_PAGES, *_TEXTS, "application/pdf"):
        return None
    data = _content(record, options.max_bytes)
    if not data.strip():
        raise SourceError("empty: the archived answer has no content")
    at = structs.replace(origin, url=address, charset=record.http_charset, mime=mime)
    read: Callable[[bytes, Origin], Report] = _reader(mime)
    return structs.replace(read(data, at), url=address)


def _content(record: Any, limit: int) -> bytes:
    data: bytes = record.reader.read(limit + 1)
    if len(data) > limit:
        raise over(limit)
    if not record.is_http:
        return data
    if "chunked" in (record.http_headers.get("Transfer-Encoding") or "").lower():
        data = dechunked(data)
    coding = record.http_headers.get("Content-Encoding") or ""
    # Some crawlers store the body unpacked and keep the header.
    if data[:2] != b"\x1f\x8b" and "gzip" in coding.lower():
        coding = ""
    return unpacked((data[i : i + _STEP] for i in range(0, len(data), _STEP)), coding, limit)


def _reader(mime: str) -> Any:
    if mime in _PAGES:
        from onrecord.sources.pages import read_page

        return read_page
    if mime in _TEXTS:
        from onrecord.sources.plain import read_plain

        return read_plain
    from onrecord.sources.pdf import read_pdf

    return read_pdf
