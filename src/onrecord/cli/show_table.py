"""A ledger on a terminal: its main columns, and where each row is told."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import TYPE_CHECKING, Any, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.cli.view import clean

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS: dict[str, tuple[str, ...]] = {
    "timeline": ("date", "type", "label", "who", "whom", "place"),
    "events": ("date", "type", "realis", "label", "place", "independent"),
    "permissions": ("day", "state", "grantor", "grantee", "item", "act"),
    "forecasts": ("day", "content", "told_by", "due", "verdict", "match_score"),
    "figures": ("of", "property", "history", "label", "place", "verdict"),
    "positions": ("name", "topic", "position", "since", "before"),
    "sources": ("name", "kind", "statements", "direct", "independent", "outlets"),
    "conflicts": ("kind", "verdict", "about", "left_words", "right_words", "score"),
    "copies": ("cluster", "kind", "source", "published", "title", "containment"),
    "entities": ("name", "kind", "codes", "role", "names", "reports"),
    "versions": ("report", "source", "title", "told", "left_out", "put_in"),
    "corrections": ("correction", "made", "author", "action", "words", "value", "holds"),
    "failures": ("failed_at", "name", "reason", "resolved"),
}  # fmt: skip
"""What a terminal has room for; the other formats have all columns."""

_FILE_WIDTH = 140
"""Characters a line at least where no terminal sets another width."""

PASSAGES, OUTLETS = 2, 4
"""Passages, and outlets of a source, that are shown for a row."""


def print_table(table: pa.Table, ledger: str, stream: TextIO) -> None:
    """Prints the main columns of ``table``, and where each row is told."""
    console = Console(file=stream, highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, _FILE_WIDTH)
    if not table.num_rows:
        console.print("no rows")
        return
    columns = COLUMNS[ledger]
    drawn = Table(box=None, pad_edge=False, header_style="bold")
    for name in columns:
        drawn.add_column(name.replace("_", " "), overflow="fold")
    with_passages = "passages" in table.column_names
    if with_passages:
        drawn.add_column("told in", no_wrap=True, style="dim")
    for row in table.to_pylist():
        cells = [clean(told(name, row[name])) for name in columns]
        if row.get("holder") and "told_by" in columns:
            at = columns.index("told_by")
            if row["holder"] not in cells[at]:
                cells[at] += f" [{clean(row['holder'])}]"
        cells += [where(row["passages"] or [])] if with_passages else []
        drawn.add_row(*map(Text, cells))
    console.print(drawn)


def where(passages: list[dict[str, Any]]) -> str:
    """The first passages, each as its report, its day and where in the text it stands."""
    lines = []
    for passage in passages[:PASSAGES]:
        spans = passage["spans"] or []
        place = f"[{spans[0][0]}–{spans[-1][1]}]" if spans else ""
        day = (passage["published"] or "")[:10]
        lines.append(clean(" ".join(filter(None, (f"report {passage['report']}", day, place)))))
    if len(passages) > PASSAGES:
        lines.append(f"and {len(passages) - PASSAGES} more")
    return "\n".join(lines)


def told(name: str, value: Any) -> str:
    """A value in words."""
    if value is None:
        return ""
    if name == "history":
        steps = [one["words"] or f"{one['value']:g}" for one in value]
        return " → ".join(step for step, _ in groupby(steps))
    if name == "outlets":
        named = [f"{one['outlet']} {one['reports']}" for one in value[:OUTLETS]]
        more = [f"{len(value) - OUTLETS} more"] if len(value) > OUTLETS else []
        return ", ".join(named + more)
    if isinstance(value, list):
        return ", ".join(str(one) for one in value if one is not None)
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "minutes")
    return str(value)
