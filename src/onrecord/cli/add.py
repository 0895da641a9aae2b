"""``onrecord add``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from onrecord.cli import dated
from onrecord.cli.adding import plain_errors, progress, tell
from onrecord.cli.read import _names
from onrecord.record.model import PARTS

_COUNTS = ("added", "changed", "unchanged", "skipped", "failed")


@click.command()
@click.argument("store", type=click.Path(path_type=Path))
@click.argument("inputs", nargs=-1, metavar="[FILE|FOLDER|URL|-]…")
@click.option("--retry", is_flag=True, help="Take what has failed before once more.")
@click.option(
    "--published",
    callback=dated.published,
    metavar="DATE",
    help="Day of publication (ISO), for all inputs.",
)
@click.option(
    "--parts",
    callback=_names(PARTS),
    metavar="PARTS",
    help="Read only these parts, and what they require.",
)
@click.option("--language", metavar="CODE", help="Take all texts to be in this language (en).")
@click.option("--no-text", is_flag=True, help="Do not keep the texts (they cannot be read again).")
@click.option("--why", is_flag=True, help="Keep why each judgement was made.")
@click.option("--processes", type=click.IntRange(1), default=1, show_default=True)
@click.option("--pipeline", metavar="NAME", help="Another installed English spaCy pipeline.")
@click.option(
    "--actors",
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    help="Your own actors (CSV: name, codes, sectors, role, start, end …); they go before ours.",
)
@click.option("--max-chars", type=click.IntRange(1), help="Refuse longer reports.")
@click.option("--text-field", metavar="NAME", help="The column with the text (JSON Lines, CSV).")
@click.option("--allow-private", is_flag=True, help="Allow URLs of private addresses.")
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
    inputs: tuple[str, ...],
    retry: bool,
    published: str | None,
    parts: tuple[str, ...] | None,
    language: str | None,
    no_text: bool,
    why: bool,
    processes: int,
    pipeline: str | None,
    actors: str | None,
    max_chars: int | None,
    text_field: str | None,
    allow_private: bool,
    no_reconcile: bool,
    wait: float,
) -> None:
    """Read reports into a store, one file that is made where it is not there.

    Inputs are as for onrecord read. A report that the store has is not read again; one that has
    changed where it appeared becomes a new version of it. A run that was cut off, at any moment,
    goes on where it was when it is started again. A folder that onrecord read --engine ray wrote is
    stored without reading it again. What cannot be read is kept in the store with
    its reason, and the exit code is then 1; the rest is stored all the same.

    \b
    Examples:
      onrecord add story.duckdb reports/ --processes 2
      onrecord add story.duckdb https://example.org/feed.xml
      onrecord add story.duckdb shards/
      onrecord add story.duckdb --retry
    """
    if not inputs and not retry:
        raise click.UsageError("nothing to add: name files, folders or URLs, or give --retry")
    reader: dict[str, Any] = {
        "parts": parts, "why": why or None, "keep_text": False if no_text else None,
        "actors": actors, "pipeline": pipeline, "max_chars": max_chars,
    }  # fmt: skip
    source: dict[str, Any] = {
        "published": published, "language": language, "allow_private": allow_private or None,
        "text_field": text_field, "max_chars": max_chars,
    }  # fmt: skip
    reader = {name: value for name, value in reader.items() if value is not None}
    source = {name: value for name, value in source.items() if value is not None}
    with plain_errors(), progress("adding") as tick:
        from onrecord.adding import Summary, add
        from onrecord.adding import retry as take_again
        from onrecord.reading.reader import Options
        from onrecord.sources import SourceOptions

        common: dict[str, Any] = {
            "processes": processes, "reconcile": not no_reconcile, "wait": wait, "progress": tick,
        }  # fmt: skip
        summary = Summary()
        folders, inputs = _shards(inputs)
        for folder in folders:
            from onrecord.adding.shards import add_shards

            summary.join(add_shards(store, folder, reconcile=not no_reconcile, wait=wait,
                                    progress=tick))  # fmt: skip
        if inputs:
            summary.join(
                add(store, inputs, options=Options(**reader), sources=SourceOptions(**source),
                    **common)
            )  # fmt: skip
        if retry:
            summary.join(take_again(store, options=reader, sources=source, **common))
    tell(summary, str(store), _COUNTS)
    sys.exit(1 if summary.failed else 0)


def _shards(inputs: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The folders of shards among ``inputs``, and the others."""
    from onrecord.cluster.shards import is_shards

    folders = tuple(name for name in inputs if is_shards(name))
    return folders, tuple(name for name in inputs if name not in folders)
