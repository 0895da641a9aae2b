"""``onrecord show``."""

from __future__ import annotations

import calendar
import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from onrecord.cli.read import _names
from onrecord.ledgers import LEDGERS, Question, QuestionError, show
from onrecord.record.labels import LABELS

if TYPE_CHECKING:
    import pyarrow as pa

    from onrecord.store import Store

FORMATS = ("table", "csv", "json", "jsonl", "parquet")
SHOWN = 40
"""Rows of a table on a terminal, where no limit was given."""


def _day(last: bool) -> Callable[[click.Context, click.Parameter, str | None], dt.date | None]:
    """Reads a day, a month or a year, as its first or its last day."""

    def parse(_: click.Context, __: click.Parameter, value: str | None) -> dt.date | None:
        if value is None:
            return None
        parts = value.split("-")
        try:
            if len(parts) > 2:
                return dt.date.fromisoformat(value)
            year, month = int(parts[0]), int(parts[1]) if parts[1:] else (12 if last else 1)
            return dt.date(year, month, calendar.monthrange(year, month)[1] if last else 1)
        except (ValueError, calendar.IllegalMonthError) as error:
            raise click.BadParameter(f"{value} is no day: 2031-05-06, 2031-05 or 2031") from error

    return parse


@click.command()
@click.argument("store", type=click.Path(path_type=Path, dir_okay=False), metavar="STORE")
@click.argument("ledger", type=click.Choice(tuple(LEDGERS)), metavar="LEDGER")
@click.option("--since", metavar="DAY", callback=_day(last=False),
              help="Only from this day on (2031-05-06, or a month, or a year).")  # fmt: skip
@click.option("--until", metavar="DAY", callback=_day(last=True),
              help="Only to this day, which is included.")  # fmt: skip
@click.option("--actor", metavar="NAME", help="Only of this actor: a name, or a code (RUS).")
@click.option("--place", metavar="NAME", help="Only in this place: a name, or a country's code.")
@click.option("--type", "type_", metavar="TYPES",
              help="Only of these types, with commas; each ledger has its own.")  # fmt: skip
@click.option("--realis", callback=_names(("all", *LABELS["realis"])), metavar="LABELS",
              help="Events with these labels; actual unless given; or all.")  # fmt: skip
@click.option("--background", is_flag=True, help="Also events that are told as history.")
@click.option("--about", metavar="WORDS", help="Only where all these words stand in the passage.")
@click.option("--as-of", metavar="DAY", callback=_day(last=True),
              help="permissions: the state of each on this day.")  # fmt: skip
@click.option("--limit", type=click.IntRange(min=1), metavar="N",
              help=f"At most N rows; a table shows {SHOWN} unless given.")  # fmt: skip
@click.option("--format", "format_", type=click.Choice(FORMATS),
              help="table (default, for reading), csv, json (one array), jsonl or parquet.",
              )  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False),
              help="Write to FILE, in the format of its name where --format is not given.",
              )  # fmt: skip
def command(
    store: Path,
    ledger: str,
    since: dt.date | None,
    until: dt.date | None,
    actor: str | None,
    place: str | None,
    type_: str | None,
    realis: tuple[str, ...] | None,
    background: bool,
    about: str | None,
    as_of: dt.date | None,
    limit: int | None,
    format_: str | None,
    output: Path | None,
) -> None:
    """Show what the reports of a store say together.

    LEDGER is timeline, events, permissions, forecasts, figures, positions, sources, conflicts,
    copies, entities, versions, corrections or failures. Events that did not happen or may come,
    and those told as history, are left out of timeline and events unless --realis and --background
    ask for them. Every row leads to its passages: report, place in the text, words, address.

    \b
    Examples:
      onrecord show news.duckdb timeline --since 2031-05 --place Velmora
      onrecord show news.duckdb permissions --as-of 2031-05-06
      onrecord show news.duckdb positions --about canal
      onrecord show news.duckdb events --type ASSAULT,COERCE --format csv > events.csv
    """
    from onrecord.cli.show_table import print_table
    from onrecord.cli.tables import format_for, put_out
    from onrecord.store import Store, StoreError

    format_ = format_for(format_, output)
    reading = format_ == "table" and output is None
    table_limit = SHOWN + 1 if reading and limit is None else limit
    try:
        question = Question(
            since=since, until=until, actor=actor, place=place, type=type_, realis=realis,
            background=background, about=about, as_of=as_of, limit=table_limit,
        )  # fmt: skip
        with Store(store, read_only=True) as opened:
            found = show(opened, ledger, question)
            _tell_unreconciled(opened)
    except QuestionError as error:
        raise click.UsageError(str(error)) from error
    except StoreError as error:
        raise click.ClickException(str(error)) from error
    if not reading:
        put_out(_flat(found) if format_ == "csv" else found, format_, output)
        return
    more = limit is None and found.num_rows > SHOWN
    print_table(found.slice(0, SHOWN) if more else found, ledger, sys.stdout)
    if more:
        click.echo(f"the first {SHOWN} rows; --limit shows more, --format csv all", err=True)


def _tell_unreconciled(store: Store) -> None:
    """Says on standard error where the ledgers do not know of all reports yet."""
    row = store.sql(
        "SELECT count(*) AS reports, count(*) FILTER (WHERE d.report IS NULL) AS waiting "
        "FROM reports r LEFT JOIN reconciled d USING (report) WHERE r.current"
    ).to_pylist()[0]
    if row["waiting"]:
        click.echo(
            f"{row['waiting']} of {row['reports']} reports are not reconciled yet: what they share "
            "with others is not known; the next onrecord add or reread reconciles them",
            err=True,
        )


def _flat(table: pa.Table) -> pa.Table:
    """``table`` with passages and other things of several fields as JSON."""
    import pyarrow as pa

    for number, field in enumerate(table.schema):
        inner = field.type.value_type if pa.types.is_list(field.type) else field.type
        if pa.types.is_struct(inner):
            told = [
                None if value is None else msgspec.json.encode(value).decode()
                for value in table.column(number).to_pylist()
            ]
            table = table.set_column(number, field.name, pa.array(told, pa.string()))
    return table
