"""The reports of a piece, opened by fsspec."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from onrecord.cluster.pieces import Piece, Stretch
from onrecord.record.report import Failure, Report
from onrecord.sources import Origin, SourceOptions, open_stream


def reports(piece: Piece, options: SourceOptions) -> Iterator[Report | Failure]:
    """The reports of ``piece``, and a failure for what gives none; no input raises."""
    import fsspec

    for stretch in piece.stretches:
        origin = Origin(name=named(stretch), file=stretch.shown)
        try:
            with fsspec.open(stretch.path, "rb") as file:
                raw = file if stretch.end is None else Lines(file, stretch.start, stretch.end)
                yield from open_stream(raw, origin, options)
        except (OSError, ImportError, ValueError) as error:
            yield Failure(name=origin.name, reason=str(error) or type(error).__name__)


def named(stretch: Stretch) -> str:
    """What messages call a stretch: a line's number counts from where it begins."""
    return f"{stretch.shown}, from byte {stretch.start}" if stretch.start else stretch.shown


class Lines(io.RawIOBase):
    """The lines of a file that begin in bytes ``[start, end)``, whole, as a stream of their own.

    A line belongs to the stretch in which its first byte stands, so neighbouring stretches share
    none and miss none.
    """

    def __init__(self, file: Any, start: int, end: int) -> None:
        self._file, self._end = file, end
        file.seek(max(0, start - 1))
        if start:
            file.readline()
        self._at = file.tell()
        self._held = b""

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As ``io.RawIOBase``."""
        if not self._held and self._at < self._end:
            self._held = self._file.readline()
            self._at += len(self._held)
        data, self._held = self._held[: len(buffer)], self._held[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)
