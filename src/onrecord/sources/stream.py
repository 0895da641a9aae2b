"""Bytes from anywhere, as a stream whose head can be looked at, in bounded memory."""

from __future__ import annotations

import codecs
import io
import zlib
from collections.abc import Iterator
from typing import Protocol, cast

from onrecord.sources.coding import over

HEAD = 64 * 1024


class Readable(Protocol):
    """All that is asked of a stream of bytes."""

    def read(self, size: int = -1, /) -> bytes | None:
        """At most ``size`` bytes; none at the end."""
        ...


class _Joined(io.RawIOBase):
    """The head that was looked at, then the rest."""

    def __init__(self, head: bytes, rest: Readable, broken: Exception | None) -> None:
        # ``read1`` gives what there is before a broken end, where ``read`` would lose it.
        self._head, self._read = head, getattr(rest, "read1", rest.read)
        self._broken = broken

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        if not data and self._broken is not None:
            raise self._broken
        data = data or self._read(len(buffer)) or b""
        buffer[: len(data)] = data
        return len(data)


class _Recoded(io.RawIOBase):
    """A stream in another encoding, as UTF-8; what cannot be decoded becomes U+FFFD."""

    def __init__(self, stream: io.BufferedReader, encoding: str) -> None:
        self._stream, self._left, self._done = stream, b"", False
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._left and not self._done:
            data = self._stream.read1(HEAD)
            self._done = not data
            text = self._decoder.decode(data, final=self._done)
            self._left = text.encode("utf-8", "replace")
        data, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


class Stream:
    """A stream with its ``head``: the first bytes, enough to tell what it is.

    ``complete`` says that the head is all there is. The head is read piece by piece and no further
    than the end of a first line that begins like JSON, so that a pipe that is still being written
    to is read as it comes. What breaks the stream within its head is raised behind what came.
    """

    def __init__(self, raw: Readable) -> None:
        read = getattr(raw, "read1", raw.read)
        head = bytearray()
        self.complete = False
        broken: Exception | None = None
        while len(head) < HEAD:
            try:
                piece = read(HEAD - len(head))
            except (OSError, EOFError, zlib.error) as error:
                if not head:
                    raise
                broken = error
                break
            if not piece:
                self.complete = True
                break
            head += piece
            if head[:1] == b"{" and b"\n" in piece:
                break
        self.head = bytes(head)
        self.body = _buffered(_Joined(self.head, raw, broken))

    def recoded(self, encoding: str) -> io.BufferedReader:
        """The stream as UTF-8."""
        return _buffered(_Recoded(self.body, encoding))

    def read_all(self, limit: int) -> bytes:
        """All of it. Raises ``SourceError`` where it is longer than ``limit``."""
        pieces, size = [], 0
        while piece := self.body.read(HEAD):
            size += len(piece)
            if size > limit:
                raise over(limit)
            pieces.append(piece)
        return b"".join(pieces)


def _buffered(raw: io.RawIOBase) -> io.BufferedReader:
    return cast("io.BufferedReader", io.BufferedReader(raw, HEAD))


def lines(stream: io.BufferedReader, limit: int) -> Iterator[bytes | None]:
    """The lines without their ends; None for one longer than ``limit``, which is passed over."""
    while line := stream.readline(limit + 2):
        if line.endswith(b"\n"):
            line = line[:-1]
            yield line if len(line) <= limit else None
        elif len(line) <= limit:
            yield line
        else:
            while (line := stream.readline(HEAD)) and not line.endswith(b"\n"):
                pass
            yield None
