"""What changed between two versions of a report: what a newsroom calls a stealth edit."""

from __future__ import annotations

import difflib
import re
from typing import Any

import duckdb
from msgspec import Struct

_TOLD = ("title", "published", "source", "authors", "credit")
_SENTENCE = re.compile(r"(?<=[.!?])[\"'”’)]*\s+|\n+")


class Difference(Struct, frozen=True, kw_only=True):
    """How a version of a report differs from the one before.

    ``before``: the number of the older version, None for a first one. ``told``: what is told of
    the report and has changed, old and new. ``left_out`` and ``put_in``: sentences of the older
    text that are gone, and of the newer that are new. ``lines``: the unified diff of both by
    sentence, without its header; empty where a text was not kept.
    """

    report: int
    before: int | None
    told: dict[str, tuple[Any, Any]]
    left_out: tuple[str, ...]
    put_in: tuple[str, ...]
    lines: tuple[str, ...]


def difference(connection: duckdb.DuckDBPyConnection, report: int) -> Difference | None:
    """How ``report`` differs from the version before it; None where there is no such report."""
    names = ", ".join(f"r.{name}" for name in _TOLD)
    rows = connection.execute(
        f"""
        SELECT r.report, t.text, {names} FROM reports n JOIN reports r USING (appearance)
        JOIN texts t ON t.text_sha256 = r.text_sha256
        WHERE n.report = ? AND r.report <= n.report ORDER BY r.report DESC LIMIT 2
        """,
        [report],
    ).fetchall()
    if not rows:
        return None
    (_, new, *now), (before, old, *then) = rows[0], rows[1] if len(rows) > 1 else (None,) * 7
    if before is None:
        return Difference(report=report, before=None, told={}, left_out=(), put_in=(), lines=())
    told = {name: (was, is_) for name, was, is_ in zip(_TOLD, then, now, strict=True) if was != is_}
    kept = old is not None and new is not None
    lines = list(difflib.unified_diff(_sentences(old), _sentences(new), lineterm="", n=1))[2:] if kept else []  # noqa: E501  # fmt: skip
    return Difference(
        report=report,
        before=before,
        told=told,
        left_out=tuple(line[1:] for line in lines if line.startswith("-")),
        put_in=tuple(line[1:] for line in lines if line.startswith("+")),
        lines=tuple(lines),
    )


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]
