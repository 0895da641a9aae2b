"""``onrecord read``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

import onrecord
from onrecord.cli import dated
from onrecord.cli.output import FORMATS, Partial, Shape, make_printer, write_records
from onrecord.cli.progress import Run
from onrecord.record.labels import LABELS
from onrecord.record.model import PARTS
from onrecord.record.rows import ROWS
from onrecord.record.select import Selection

_SUFFIXES = {".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv",
             ".parquet": "parquet", ".txt": "text"}  # fmt: skip
_TABLES = ("csv", "parquet")
_LEFT_OUT = (
    "left out: events that did not happen or may come, or are told as history "
    "(--realis all --background keeps them)"
)


def _names(allowed: tuple[str, ...]) -> Any:
    def parse(ctx: click.Context, param: click.Parameter, value: str | None) -> Any:
        if value is None:
            return None
        known = {name.casefold(): name for name in allowed}
        names = [name.strip() for name in value.split(",") if name.strip()]
        unknown = [name for name in names if name.casefold() not in known]
        if unknown or not names:
            raise click.BadParameter(
                f"{', '.join(unknown) or 'nothing'} is none of {', '.join(allowed)}"
            )
        return tuple(known[name.casefold()] for name in names)

    return parse


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="FILE|FOLDER|URL|-…")
@click.option(
    "--published",
    callback=dated.published,
    metavar="DATE",
    help="Day of publication (ISO), for all inputs.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="text (default), json (one array), jsonl (a record a line), csv or parquet.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Write to FILE; an interrupted run goes on where it was. With --engine ray, a folder.",
)
@click.option(
    "--failures",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write what could not be read, and why, to FILE (JSON Lines).",
)
@click.option("--overwrite", is_flag=True, help="Replace FILE where it exists.")
@click.option(
    "--rows",
    type=click.Choice(ROWS),
    default="events",
    show_default=True,
    help="What csv and parquet have a row for.",
)
@click.option(
    "--actual", is_flag=True, help="Only events told as having happened, and not as history."
)
@click.option(
    "--realis",
    callback=_names(("all", *LABELS["realis"])),
    metavar="LABELS",
    help="Only events with these labels; tables of events: actual unless given; or all.",
)
@click.option(
    "--background/--no-background",
    default=None,
    help="Keep events told as history (tables of events leave them out).",
)
@click.option(
    "--type",
    "types",
    callback=_names(LABELS["event_type"]),
    metavar="TYPES",
    help="Only events of these PLOVER types, e.g. ASSAULT,COERCE.",
)
@click.option("--min-score", type=click.FloatRange(0, 1), help="Only entries at least this sure.")
@click.option(
    "--parts",
    callback=_names(PARTS),
    metavar="PARTS",
    help="Read only these parts, and what they require.",
)
@click.option("--language", metavar="CODE", help="Take all texts to be in this language (en).")
@click.option("--no-text", is_flag=True, help="Leave the text out of the records.")
@click.option("--why", is_flag=True, help="Keep why each judgement was made.")
@click.option("--processes", type=click.IntRange(1), default=1, show_default=True)
@click.option(
    "--engine",
    type=click.Choice(("local", "ray")),
    default="local",
    show_default=True,
    help="ray: --processes workers on Ray, into shards of Parquet at -o (a path or address).",
)
@click.option("--ray", "ray_address", metavar="ADDRESS", help="A running Ray cluster to join.")
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
def command(
    inputs: tuple[str, ...],
    published: str | None,
    format_: str | None,
    output: str | None,
    failures: Path | None,
    overwrite: bool,
    rows: str,
    actual: bool,
    realis: tuple[str, ...] | None,
    background: bool | None,
    types: tuple[str, ...] | None,
    min_score: float | None,
    parts: tuple[str, ...] | None,
    language: str | None,
    no_text: bool,
    why: bool,
    processes: int,
    engine: str,
    ray_address: str | None,
    pipeline: str | None,
    actors: str | None,
    max_chars: int | None,
    text_field: str | None,
    allow_private: bool,
) -> None:
    """Read reports and print their records.

    Inputs are files, folders, URLs or - for standard input: plain text, HTML, PDF, mail, feeds,
    WARC, JSON Lines and CSV, told apart by their content. What cannot be read is listed at the
    end with its reason, and the exit code is then 1; the rest is read all the same.

    \b
    Examples:
      onrecord read report.txt --published 2024-11-17
      onrecord read reports/ --format jsonl --processes 2 -o records.jsonl
      onrecord read docs.jsonl --format csv --rows permissions > permissions.csv
      onrecord read report.txt --format csv --type ASSAULT,COERCE --min-score 0.7
    """
    if engine == "ray":
        given: dict[str, Any] = {
            "--format": format_,
            "--failures": failures,
            "--overwrite": overwrite,
        }
        given |= {"--actual": actual, "--realis": realis, "--type": types}
        given |= {"--min-score": min_score, "--background": background}
        _refuse([name for name, value in given.items() if value])
    target = None if output is None else Path(output)
    if target is not None and target.is_dir() and engine == "local":
        raise click.UsageError(f"{output} is a folder: give -o a file")
    format_ = format_ or ("jsonl" if engine == "ray" else _format_of(target))
    if format_ == "parquet" and output is None:
        raise click.UsageError("--format parquet needs -o FILE")
    if format_ in _TABLES and parts is not None:
        parts = (*parts, rows)
    table = format_ in _TABLES and rows == "events"
    shape = Shape(
        format=format_,
        rows=rows,
        selection=_selection(actual, realis, background, types, min_score, table),
    )
    options: dict[str, Any] = {
        "parts": parts,
        "why": why,
        "keep_text": not no_text,
        "actors": actors,
    }
    if pipeline is not None:
        options["pipeline"] = pipeline
    if max_chars is not None:
        options["max_chars"] = max_chars
    sources = {
        "published": published, "language": language, "allow_private": allow_private,
        "text_field": text_field, "max_chars": max_chars,
    }  # fmt: skip
    if engine == "ray":
        from onrecord.cli.engine import read_large

        code = read_large(inputs, output, options, sources, workers=processes, cluster=ray_address)
        sys.exit(code)
    try:
        run = Run(inputs, sources, options, processes, failures)
    except OSError as error:
        raise click.ClickException(f"cannot write {failures}: {error}") from error
    if target is None:
        _print(run, shape)
    else:
        _write(run, shape, target, overwrite)
    run.summary()
    if table and not actual and realis is None:
        click.echo(_LEFT_OUT, err=True)
    sys.exit(1 if run.failed else 0)


def _refuse(given: list[str]) -> None:
    """Shards hold whole records: what is wanted of them is asked when they are used."""
    if given:
        raise click.UsageError(f"--engine ray writes whole records: leave out {', '.join(given)}")


def _format_of(output: Path | None) -> str:
    if output is None:
        return "text"
    format_ = _SUFFIXES.get(output.suffix.casefold())
    if format_ is None:
        raise click.UsageError(f"cannot tell the format of {output}: give --format")
    return format_


def _selection(
    actual: bool,
    realis: tuple[str, ...] | None,
    background: bool | None,
    types: tuple[str, ...] | None,
    min_score: float | None,
    table: bool,
) -> Selection:
    if actual:
        if realis is not None and realis != ("actual",):
            raise click.UsageError("--actual and --realis ask for different things")
        realis, background = ("actual",), bool(background)
    elif table:
        realis = ("actual",) if realis is None else realis
        background = bool(background)
    if realis is not None and "all" in realis:
        realis = None
    return Selection(
        realis=realis,
        types=types,
        background=False if background is False else None,
        min_score=min_score,
    )


def _print(run: Run, shape: Shape) -> None:
    printer = make_printer(shape)
    for record in run.records():
        printer.add(record)
        sys.stdout.flush()
    printer.end()


def _write(run: Run, shape: Shape, output: Path, overwrite: bool) -> None:
    if output.exists() and not overwrite:
        raise click.ClickException(f"{output} is there already: give --overwrite, or another -o")
    options: dict[str, object] = {
        "version": onrecord.__version__,
        "reader": run.options,
        "sources": run.source_options,
    }
    try:
        partial = Partial(output, options)
    except OSError as error:
        raise click.ClickException(f"cannot write {output}: {error}") from error
    try:
        for record in run.records(leave_out=partial.has):
            partial.add(record)
    finally:
        partial.close()
    partial.finish(lambda records, out: write_records(records, out, shape))
