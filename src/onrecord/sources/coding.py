"""HTTP bodies unpacked within a limit: chunks put together, gzip and deflate undone."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from onrecord.sources.errors import SourceError

_STEP = 64 * 1024
_PLAIN = ("", "identity", "none")
_PACKED = ("gzip", "x-gzip", "deflate")


def over(limit: int) -> SourceError:
    """The error for what is larger than ``limit`` bytes."""
    return SourceError(f"larger than the limit of {limit:,} bytes (raise --max-bytes)")


def unpacked(pieces: Iterable[bytes], coding: str, limit: int) -> bytes:
    """``pieces`` joined, and unpacked where ``coding`` (a ``Content-Encoding``) says so.

    No more than ``limit`` bytes are held, packed or unpacked: a small answer can unpack to
    gigabytes. Raises ``SourceError`` over the limit, for an unknown coding, and where the packed
    data breaks off.
    """
    coding = coding.strip().lower()
    if coding not in (*_PLAIN, *_PACKED):
        raise SourceError(f"packed with {coding[:40]!r}, which is not read")
    unpack = None if coding in _PLAIN else zlib.decompressobj(zlib.MAX_WBITS | 32)
    body, taken = bytearray(), 0
    for piece in pieces:
        taken += len(piece)
        rest = piece
        if unpack is None:
            body += rest
        while unpack is not None and rest and len(body) <= limit:
            try:
                body += unpack.decompress(rest, _STEP)
            except zlib.error as error:
                raise SourceError(f"broken {coding}: {error}") from error
            rest = unpack.unconsumed_tail
        if len(body) > limit or taken > limit:
            raise over(limit)
    if unpack is not None and not unpack.eof:
        raise SourceError("truncated: the packed answer ends too early")
    return bytes(body)


def dechunked(data: bytes) -> bytes:
    """The body in ``data``, which was sent in chunks; data that is not is given as it is.

    Many archives keep the header ``Transfer-Encoding: chunked`` and store the body joined.
    """
    body, at = bytearray(), 0
    while True:
        end = data.find(b"\r\n", at, at + 64)
        size = data[at:end].split(b";")[0].strip() if end >= 0 else b""
        try:
            length = int(size, 16)
        except ValueError:
            return bytes(body) if body else data
        if length <= 0:
            return bytes(body)
        body += data[end + 2 : end + 2 + length]
        at = end + 2 + length + 2
