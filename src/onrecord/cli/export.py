"""``onrecord export``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from msgspec import structs

from onrecord.cli.read import _names
from onrecord.exports import FORMATS, ExportError, Format, Lost, told
from onrecord.record.labels import LABELS
from onrecord.record.model import Record
from onrecord.record.rows import ROWS
from onrecord.record.select import Selection, select

_LEFT_OUT = (
    "events that did not happen, may come, or are told as history "
    "(--realis all --background keeps them)"
)
_TABLES = ("csv", "parquet")


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="RECORDS.jsonl|STORE.duckdb|-…")
@click.option(
    "--to", "to", type=click.Choice(tuple(FORMATS)), required=True, metavar="FORMAT",
    help="Which format: " + ", ".join(FORMATS) + ".",
)  # fmt: skip
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The file, or the folder, to write; formats of one file go to standard output without.",
)
@click.option("--overwrite", is_flag=True, help="Replace what is there under the same names.")
@click.option(
    "--realis",
    callback=_names(("all", *LABELS["realis"])),
    metavar="LABELS",
    help="Events with these labels; actual unless given; or all.",
)
@click.option("--background", is_flag=True, help="Keep events told as history.")
@click.option(
    "--type",
    "types",
    callback=_names(LABELS["event_type"]),
    metavar="TYPES",
    help="Only events of these PLOVER types, e.g. ASSAULT,COERCE.",
)
@click.option("--min-score", type=click.FloatRange(0, 1), help="Only entries at least this sure.")
@click.option("--no-text", is_flag=True, help="Leave out the sentences and texts of the reports.")
@click.option(
    "--rows", type=click.Choice(ROWS), help="csv, parquet: this table alone, as one file."
)
def command(
    inputs: tuple[str, ...],
    to: str,
    output: Path | None,
    overwrite: bool,
    realis: tuple[str, ...] | None,
    background: bool,
    types: tuple[str, ...] | None,
    min_score: float | None,
    no_text: bool,
    rows: str | None,
) -> None:
    """Write records in a format that other tools read.

    Inputs are records as onrecord read --format jsonl prints them, or a store. Only events told as
    having happened are written, unless --realis and --background ask for more. What the format
    cannot hold is listed on standard error.

    \b
    Examples:
      onrecord export records.jsonl --to plover > events.jsonl
      onrecord export records.jsonl --to gdelt -o gdelt/
      onrecord export news.duckdb --to sqlite -o news.db
      onrecord export records.jsonl --to brat --realis all --background -o brat/
    """
    chosen = FORMATS[to]
    if rows is not None and to not in _TABLES:
        raise click.UsageError("--rows is for csv and parquet")
    single = chosen.kind == "file" or rows is not None
    if output is None and (not single or to == "parquet"):
        raise click.UsageError(f"--to {to} needs -o")
    if output is not None and not overwrite:
        _refuse(output)
    selection = Selection(
        realis=None if realis and "all" in realis else realis or ("actual",),
        background=None if background else False,
        types=types,
        min_score=min_score,
    )
    lost = Lost()
    counter = Lost()
    records = _selected(_records(inputs), selection, lost, counter)
    if no_text:
        records = (structs.replace(record, text=None) for record in records)
    try:
        _write(records, chosen, rows, output, lost)
    except BrokenPipeError:
        raise  # main ends quietly where the reader of our output has gone
    except (ExportError, OSError) as error:
        raise click.ClickException(str(error)) from error
    _tell(chosen, counter["records"], output, lost)


def _refuse(output: Path) -> None:
    """Refuses to write over a file, or into a folder that holds something."""
    if output.is_file() or (output.is_dir() and any(output.iterdir())):
        raise click.ClickException(f"{output} is there already: give --overwrite, or another -o")


def _records(inputs: tuple[str, ...]) -> Iterator[Record]:
    for name in inputs:
        if _is_store(name):
            from onrecord.store import Store, StoreError

            try:
                with Store(Path(name), read_only=True) as store:
                    yield from store.records()
            except StoreError as error:
                raise click.ClickException(str(error)) from error
        else:
            yield from _lines(name)


def _is_store(name: str) -> bool:
    path = Path(name)
    if name == "-" or not path.is_file():
        return False
    with path.open("rb") as file:
        return path.suffix == ".duckdb" or file.read(12)[8:] == b"DUCK"


def _lines(name: str) -> Iterator[Record]:
    import msgspec

    from onrecord.record.codec import decode

    try:
        stream = sys.stdin.buffer if name == "-" else Path(name).open("rb")  # noqa: SIM115 - closed below; only its opening is guarded
    except OSError as error:
        raise click.ClickException(f"cannot read {name}: {error.strerror}") from error
    with stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                yield decode(line)
            except msgspec.DecodeError as error:
                raise click.ClickException(
                    f"{name}, line {number}: no record: {error}; "
                    "make records with onrecord read --format jsonl"
                ) from error


def _selected(
    records: Iterator[Record], selection: Selection, lost: Lost, counter: Lost
) -> Iterator[Record]:
    for record in records:
        counter["records"] += 1
        chosen = select(record, selection)
        gone = sum(
            not (selection.realis is None or event.realis in selection.realis)
            or (selection.background is False and event.background)
            for event in record.events or ()
        )
        if gone:
            lost[_LEFT_OUT] += gone
        yield chosen


def _write(
    records: Iterator[Record], chosen: Format, rows: str | None, output: Path | None, lost: Lost
) -> None:
    import importlib

    module = importlib.import_module(chosen.module)
    given = told(records, chosen, lost)
    if output is None:
        if rows is not None:
            module.table(given, sys.stdout.buffer, rows)
        else:
            module.write(given, sys.stdout.buffer, lost)
        sys.stdout.buffer.flush()
        return
    scratch = output.with_name(output.name + ".writing")
    _clear(scratch)
    try:
        if rows is not None:
            with scratch.open("wb") as out:
                module.table(given, out, rows)
        elif chosen.kind == "path":
            module.write_path(given, scratch, lost)
        elif chosen.kind == "files":
            scratch.mkdir()
            for name, content in module.files(given, lost):
                (scratch / name).write_bytes(content)
        else:
            with scratch.open("wb") as out:
                module.write(given, out, lost)
        _move(scratch, output)
    finally:
        _clear(scratch)


def _move(scratch: Path, output: Path) -> None:
    """Puts in place what was written whole; of a folder, file by file, and nothing is deleted."""
    if not scratch.is_dir():
        scratch.replace(output)
        return
    output.mkdir(parents=True, exist_ok=True)
    for made in sorted(scratch.iterdir()):
        made.replace(output / made.name)


def _clear(scratch: Path) -> None:
    if scratch.is_dir():
        for left in scratch.iterdir():
            left.unlink()
        scratch.rmdir()
    else:
        scratch.unlink(missing_ok=True)


def _tell(chosen: Format, count: int, output: Path | None, lost: Lost) -> None:
    where = f" to {output}" if output is not None else ""
    click.echo(f"{count} records written{where} as {chosen.name}", err=True)
    if lost or chosen.lacks:
        click.echo("not in it:", err=True)
    for what, number in lost.items():
        click.echo(f"  {number} {what}", err=True)
    for what in chosen.lacks:
        click.echo(f"  {what}", err=True)
