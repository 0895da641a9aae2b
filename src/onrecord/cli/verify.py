"""``onrecord verify``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import BinaryIO

import click
import msgspec


@click.command()
@click.argument("records", type=click.File("rb"), nargs=-1, required=True, metavar="RECORDS.jsonl…")
@click.option("--limit", default=20, show_default=True, help="Breaches to print for each record.")
def command(records: tuple[BinaryIO, ...], limit: int) -> None:
    """Check records against the contract.

    Every span is read again from the text, every reference looked up, every label compared. Each
    breach is printed as  file:line  rule: where: what.  Exit code 1 where there is any.

    \b
    Examples:
      onrecord verify records.jsonl
      onrecord read report.txt --format jsonl | onrecord verify -
    """
    checked = broken = 0
    for stream in records:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            checked += 1
            found = list(_breaches(line))
            broken += bool(found)
            for breach in found[:limit]:
                click.echo(f"{stream.name}:{number}  {breach}")
            if len(found) > limit:
                click.echo(f"{stream.name}:{number}  … and {len(found) - limit} more")
    click.echo(f"{checked} records checked, {broken} with breaches", err=True)
    if broken or not checked:
        sys.exit(1)


def _breaches(line: bytes) -> Iterator[str]:
    from onrecord.record.codec import decode
    from onrecord.record.invariants import breaches

    try:
        record = decode(line)
    except msgspec.DecodeError as error:
        yield f"shape: {error}"
        return
    for breach in breaches(record):
        yield str(breach)
