"""``onrecord schema``."""

from __future__ import annotations

import json

import click


@click.command()
def command() -> None:
    """Print the JSON Schema of a record.

    \b
    Example:
      onrecord schema > record.schema.json
    """
    from onrecord.record.codec import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
