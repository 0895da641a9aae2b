"""The option ``--published``: a date that is none is refused before anything is read by it."""

from __future__ import annotations

import click


def published(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """The ISO date, or date-time, that ``value`` is. Raises ``click.BadParameter``."""
    if value is None:
        return None
    from onrecord.sources.dates import iso

    found = iso(value)
    if found is None:
        raise click.BadParameter(f"{value!r} is not one day for sure: give it as 2031-05-06")
    return found
