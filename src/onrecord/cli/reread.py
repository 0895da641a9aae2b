"""``onrecord reread``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from onrecord.cli.adding import plain_errors, progress, tell
from onrecord.cli.read import _names
from onrecord.record.model import PARTS

_COUNTS = ("reread", "failed")


@click.command()
@click.argument("store", type=click.Path(path_type=Path))
@click.option(
    "--parts",
    callback=_names(PARTS),
    metavar="PARTS",
    help="Read these parts, and what they require, whatever was read before.",
)
@click.option("--all-parts", is_flag=True, help="Read all parts, whatever was read before.")
@click.option("--why", is_flag=True, help="Keep why each judgement was made.")
@click.option(
    "--actors",
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    help="Your own actors, as for onrecord add.",
)
@click.option("--pipeline", metavar="NAME", help="Another installed English spaCy pipeline.")
@click.option("--processes", type=click.IntRange(1), default=1, show_default=True)
@click.option("--no-reconcile", is_flag=True, help="Leave copies, actors and events for later.")
@click.option(
    "--wait",
    type=click.FloatRange(0),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for a store that somebody else holds.",
)
def command(
    store: Path,
    parts: tuple[str, ...] | None,
    all_parts: bool,
    why: bool,
    actors: str | None,
    pipeline: str | None,
    processes: int,
    no_reconcile: bool,
    wait: float,
) -> None:
    """Read again what an older version of onrecord, or of its data, has read into a store.

    Each report is read as it was read before, unless an option says how. Older readings are
    kept, corrections are laid over the newer ones. A run that was cut off goes on where it was.

    \b
    Examples:
      onrecord reread story.duckdb --processes 2
      onrecord reread story.duckdb --all-parts
    """
    if parts is not None and all_parts:
        raise click.UsageError("--parts and --all-parts ask for different things")
    told: dict[str, Any] = {
        "parts": parts, "why": why or None, "actors": actors, "pipeline": pipeline,
    }  # fmt: skip
    told = {name: value for name, value in told.items() if value is not None}
    with plain_errors(), progress("reading again") as tick:
        from onrecord.adding import reread
        from onrecord.reading.reader import Options

        summary = reread(
            store,
            options=Options(**told) if told or all_parts else None,
            processes=processes,
            reconcile=not no_reconcile,
            wait=wait,
            progress=tick,
        )
    tell(summary, str(store), _COUNTS)
    sys.exit(1 if summary.failed else 0)
