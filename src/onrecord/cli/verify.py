"""``onrecord verify``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

import click
import msgspec


@click.command()
@click.argument("records", type=click.File("rb"), nargs=-1, required=True, metavar="RECORDS.jsonl…")
@click.option("--limit", default=20, show_default=True, help="Breaches to print for each record.")
@click.option(
    "--texts",
    type=click.Path(exists=True, path_type=Path),
    metavar="FOLDER",
    help="Find the text of a record that is without it here: reports of any kind that read takes.",
)
def command(records: tuple[BinaryIO, ...], limit: int, texts: Path | None) -> None:
    """Check records against the contract.

    Every span is read again from the text, every reference looked up, every label compared. Each
    breach is printed as  file:line  rule: where: what.  Exit code 1 where there is any.

    A record that was shared without its text (--no-text) is checked against the report in --texts
    whose text has the hash that the record names.

    \b
    Examples:
      onrecord verify records.jsonl
      onrecord verify shared.jsonl --texts reports/
      onrecord read report.txt --format jsonl | onrecord verify -
    """
    known = {} if texts is None else _texts(texts)
    checked = broken = textless = 0
    for stream in records:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            checked += 1
            found, has_text = _breaches(line, known, asked=texts is not None)
            textless += not has_text
            broken += bool(found)
            for breach in found[:limit]:
                click.echo(f"{stream.name}:{number}  {breach}")
            if len(found) > limit:
                click.echo(f"{stream.name}:{number}  … and {len(found) - limit} more")
    click.echo(f"{checked} records checked, {broken} with breaches", err=True)
    if textless and texts is None:
        click.echo(f"{textless} without text: words not checked (--texts FOLDER)", err=True)
    if broken or not checked:
        sys.exit(1)


def _texts(folder: Path) -> dict[str, str]:
    """The texts of all reports in ``folder`` by their hash, cleaned as reading cleans them."""
    from onrecord.record.report import Report
    from onrecord.sources import SourceOptions, open_sources

    found = open_sources([str(folder)], SourceOptions())
    return {one.text_sha256: one.text for one in found if isinstance(one, Report)}


def _breaches(line: bytes, texts: dict[str, str], *, asked: bool) -> tuple[list[str], bool]:
    """The breaches of one record, and whether its words could be checked."""
    from onrecord.record.codec import decode
    from onrecord.record.invariants import breaches

    try:
        record = decode(line)
    except msgspec.DecodeError as error:
        return [f"shape: {error}"], True
    text = record.text if record.text is not None else texts.get(record.text_sha256)
    found = [str(breach) for breach in breaches(record, text)]
    if text is None and asked:
        found.insert(0, f"text: no report in --texts has the hash {record.text_sha256[:12]}…")
    return found, text is not None
