"""What the commands that read into a store have in common: progress and summary."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from onrecord.cli.view import clean

if TYPE_CHECKING:
    from onrecord.adding import Summary

_VERSIONS = 20
"""New versions that are named one by one."""


@contextmanager
def progress(command: str) -> Iterator[Callable[[Summary], None]]:
    """A progress line on standard error, where that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as shown:
        task = shown.add_task(command, total=None)

        def tick(summary: Summary) -> None:
            stored = summary.added + summary.changed + summary.reread
            told = f"{stored} stored, {summary.held} read, {summary.failed} failed"
            shown.update(task, description=told)

        yield tick


@contextmanager
def plain_errors() -> Iterator[None]:
    """Errors of stores, readers and shards as the command tells them."""
    from onrecord.cluster.errors import ClusterError
    from onrecord.reading.errors import ReadingError
    from onrecord.store import StoreError

    try:
        yield
    except (StoreError, ReadingError, ClusterError) as error:
        raise click.ClickException(str(error)) from error


def tell(summary: Summary, store: str, counts: tuple[str, ...]) -> None:
    """Tells on standard error what came of a run: its ``counts``, then what failed and why."""
    parts = [f"{name} {getattr(summary, name)}" for name in counts]
    if summary.resolved:
        parts.append(f"earlier failures resolved {summary.resolved}")
    click.echo(", ".join(parts), err=True)
    if summary.versions:
        named = ", ".join(map(str, summary.versions[:_VERSIONS]))
        more = ", …" if len(summary.versions) > _VERSIONS else ""
        click.echo(f"  new versions: {named}{more} (onrecord show {store} versions)", err=True)
    for one in summary.missed:
        click.echo(clean(f"  {one.kind}: {one.name}: {one.reason}"), err=True)
    for reason, count in summary.further.most_common():
        click.echo(clean(f"  and {count} more {reason}"), err=True)
