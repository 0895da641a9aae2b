"""``onrecord read --engine ray``."""

from __future__ import annotations

from typing import Any

import click


def read_large(
    inputs: tuple[str, ...],
    output: str | None,
    options: dict[str, Any],
    sources: dict[str, Any],
    *,
    workers: int,
    cluster: str | None,
) -> int:
    """Reads ``inputs`` into shards at ``output``; the exit code is 1 where something failed."""
    from onrecord.cluster.errors import ClusterError
    from onrecord.cluster.pieces import cut
    from onrecord.cluster.run import read_shards

    if output is None:
        raise click.UsageError("--engine ray needs -o: a folder, or an address such as s3://…")
    options = {key: value for key, value in options.items() if value is not None}
    sources = {key: value for key, value in sources.items() if value is not None}
    try:
        total = len(cut(inputs))
        click.echo(f"{total} pieces", err=True)
        manifest = read_shards(
            inputs, output, options=options, source_options=sources, workers=workers,
            cluster=cluster,
            tell=lambda done, left: click.echo(
                f"  {done.piece}: {done.records} records, {done.failures} failed; {left} left",
                err=True,
            ),
        )  # fmt: skip
    except ClusterError as error:
        raise click.ClickException(str(error)) from error
    click.echo(
        f"read {manifest['records']}, failed {manifest['failures']}: {output}/manifest.json",
        err=True,
    )
    return 1 if manifest["failures"] else 0
