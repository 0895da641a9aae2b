"""From sources into a store: reading, storing and reconciling as one run.

    >>> from onrecord.adding import add
    >>> summary = add("story.duckdb", ["reports/", "more.jsonl"])  # doctest: +SKIP

Importing this loads neither models nor DuckDB; the first run does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.adding.again import reread, retry
    from onrecord.adding.runs import add
    from onrecord.adding.summary import Summary

__all__ = ["Summary", "add", "reread", "retry"]

_WHERE = {
    "Summary": "onrecord.adding.summary",
    "add": "onrecord.adding.runs",
    "retry": "onrecord.adding.again",
    "reread": "onrecord.adding.again",
}


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        from importlib import import_module

        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module 'onrecord.adding' has no attribute {name!r}")
