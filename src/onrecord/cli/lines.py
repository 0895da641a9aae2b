"""Reading a user's own JSON Lines, with errors that name the line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, TypeVar

import click
import msgspec

T = TypeVar("T")


def read_lines(stream: BinaryIO, type_: type[T]) -> Iterator[tuple[dict[str, Any], T]]:
    """Each line as it came, and decoded as ``type_``.

    Raises ``click.ClickException`` that names the line where one is not what is asked for.
    """
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            yield msgspec.json.decode(line), msgspec.json.decode(line, type=type_)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise click.ClickException(f"{stream.name}, line {number}: {error}") from error
