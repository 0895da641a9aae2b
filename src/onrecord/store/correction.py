"""A correction: what a person says against the reading."""

from __future__ import annotations

import datetime as dt
from typing import Any

from msgspec import Struct

ACTIONS = ("reject", "set", "add", "same", "different")


class Correction(Struct, frozen=True, kw_only=True):
    """One correction, as the table ``corrections`` holds it (``docs/store.md``).

    ``spans`` and ``other_spans`` are where ``words`` and ``other_words`` stood. ``holds``: whether
    it finds its entry in the newest reading.
    """

    correction: int
    made: dt.datetime
    author: str
    action: str
    report: int
    part: str
    key: str | None = None
    words: str | None = None
    spans: list[list[int]] | None = None
    field: str | None = None
    value: Any = None
    other_report: int | None = None
    other_part: str | None = None
    other_key: str | None = None
    other_words: str | None = None
    other_spans: list[list[int]] | None = None
    note: str | None = None
    undone: dt.datetime | None = None
    undone_by: str | None = None
    holds: bool = True
