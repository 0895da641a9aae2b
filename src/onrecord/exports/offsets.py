"""Offsets in other units than the record's, which counts Unicode code points.

Java, JavaScript and UIMA count UTF-16 code units: a character beyond the basic plane, such as an
emoji, counts twice.
"""

from __future__ import annotations

from bisect import bisect_left


class Utf16:
    """Code points of one text to UTF-16 code units and back."""

    def __init__(self, text: str) -> None:
        self._wide = [i for i, char in enumerate(text) if ord(char) > 0xFFFF]
        self._units = [offset + rank for rank, offset in enumerate(self._wide)]

    def units(self, offset: int) -> int:
        """The offset in code units of the code point ``offset``."""
        return offset + bisect_left(self._wide, offset)

    def points(self, units: int) -> int:
        """The offset in code points of ``units``; one inside a pair is that of its character."""
        return units - bisect_left(self._units, units)
