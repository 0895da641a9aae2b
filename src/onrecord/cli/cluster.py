"""``onrecord cluster``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

import click
import msgspec

from onrecord.cli.lines import read_lines


@click.group()
def command() -> None:
    """Group your own lines, without a store.

    \b
    Examples:
      onrecord cluster copies docs.jsonl > copies.jsonl
      onrecord cluster stories docs.jsonl > stories.jsonl
      onrecord cluster events events.jsonl > clustered.jsonl
    """


@command.command()
@click.argument("docs", type=click.File("rb"), metavar="DOCS.jsonl")
def copies(docs: BinaryIO) -> None:
    """Find texts that are copies of one another.

    Lines in: {"id", "text", "published"?, "source"?, "credit"?}. Lines out: {"id", "cluster",
    "of", "why"}.

    \b
    Example:
      onrecord cluster copies docs.jsonl > copies.jsonl
    """
    from onrecord.reconcile.copies import cluster_copies
    from onrecord.reconcile.lines import Document

    _print(cluster_copies([document for _, document in read_lines(docs, Document)]))


@command.command()
@click.argument("docs", type=click.File("rb"), metavar="DOCS.jsonl")
def stories(docs: BinaryIO) -> None:
    """Find texts that report the same event.

    Lines in: {"id", "text", "published"?}. Lines out: {"id", "cluster"}.

    \b
    Example:
      onrecord cluster stories docs.jsonl > stories.jsonl
    """
    from onrecord.reconcile.lines import Document
    from onrecord.reconcile.stories import cluster_stories

    _print(cluster_stories([document for _, document in read_lines(docs, Document)]))


@command.command()
@click.argument("events", type=click.File("rb"), metavar="EVENTS.jsonl")
def events(events: BinaryIO) -> None:
    """Find mentions of one event, across all lines.

    Lines in: {"id", "text", "events": [{"anchor": {"spans"}}]}. The same lines out, each event
    with its "cluster".

    \b
    Example:
      onrecord cluster events events.jsonl > clustered.jsonl
    """
    from onrecord.reading.given import head_lemmas
    from onrecord.reconcile.coreference import cluster_events
    from onrecord.reconcile.lines import EventLine

    rows = list(read_lines(events, EventLine))
    lines = [line for _, line in rows]
    lemmas = [head_lemmas(line.text, [e.anchor.spans for e in line.events]) for line in lines]
    clusters = cluster_events(lines, lemmas)
    for (raw, _), names in zip(rows, clusters, strict=True):
        for event, name in zip(raw["events"], names, strict=True):
            event["cluster"] = name
        click.echo(msgspec.json.encode(raw))


def _print(made: Iterable[Any]) -> None:
    for item in made:
        click.echo(msgspec.json.encode(item))
