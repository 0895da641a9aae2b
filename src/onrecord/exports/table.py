"""Tab-separated lines, as the makers of event data have them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def line(values: Iterable[Any]) -> bytes:
    """One line: None is empty; tabs and line ends within a cell become spaces."""
    return ("\t".join(_cell(value) for value in values) + "\n").encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 and value == round(value, 4) else repr(value)
    return " ".join(str(value).split())
