"""``onrecord realis``."""

from __future__ import annotations

from typing import BinaryIO

import click
import msgspec

from onrecord.cli.lines import read_lines


@click.command()
@click.argument("events", type=click.File("rb"), metavar="EVENTS.jsonl")
@click.option("--pipeline", metavar="NAME", help="Another installed English spaCy pipeline.")
def command(events: BinaryIO, pipeline: str | None) -> None:
    """Judge whether your own events happened, as the text tells them.

    Lines in: {"id", "text", "published"?, "events": [{"anchor": {"spans"}}]}. The same lines out,
    each event with its "realis" and "factuality".

    \b
    Example:
      onrecord realis events.jsonl > judged.jsonl
    """
    from onrecord.reading.errors import ReadingError
    from onrecord.reading.parse import DEFAULT_PIPELINE
    from onrecord.reading.reader import Reader
    from onrecord.reconcile.lines import EventLine

    reader = Reader(pipeline=pipeline or DEFAULT_PIPELINE)
    for raw, line in read_lines(events, EventLine):
        try:
            judged = reader.realis(
                line.text, [e.anchor.spans for e in line.events], published=line.published
            )
        except ReadingError as error:
            raise click.ClickException(f"{events.name}, {line.id}: {error}") from error
        for event, judgement in zip(raw["events"], judged, strict=True):
            event["realis"] = judgement.realis
            event["factuality"] = judgement.factuality
            event["scores"] = {"realis": judgement.score}
        click.echo(msgspec.json.encode(raw))
