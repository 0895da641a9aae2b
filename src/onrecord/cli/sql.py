"""``onrecord sql``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

_FORMATS = ("table", "csv", "json", "jsonl", "parquet")


@click.command()
@click.argument("store", type=click.Path(path_type=Path))
@click.argument("query", metavar="SQL|-")
@click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    help="table (default, for reading), csv, json (one array), jsonl or parquet.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to FILE, in the format of its name where --format is not given.",
)
def command(store: Path, query: str, format_: str | None, output: Path | None) -> None:
    """Ask a store by SQL; nothing can be changed by it.

    The tables are told in docs/store.md; the SQL is DuckDB's. A query reaches no file but the
    store. With - it is read from standard input.

    \b
    Examples:
      onrecord sql story.duckdb "SELECT type, count(*) FROM events GROUP BY type"
      onrecord sql story.duckdb "SELECT * FROM attributions" -o attributions.csv
    """
    from onrecord.cli.tables import format_for, put_out
    from onrecord.store import Store, StoreError

    format_ = format_for(format_, output)
    if query == "-":
        query = sys.stdin.read()
    try:
        with Store(store, read_only=True) as opened:
            put_out(opened.sql(query), format_, output)
    except StoreError as error:
        raise click.ClickException(str(error)) from error
