"""A line of a report, as zones are found by."""

from __future__ import annotations

from typing import NamedTuple


class Line(NamedTuple):
    """A line that is not blank: where it stands, its words, whether a blank line is before it."""

    start: int
    end: int
    text: str
    gap: bool
