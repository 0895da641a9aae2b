"""``onrecord mcp``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("store", type=click.Path(path_type=Path, dir_okay=False), metavar="STORE")
def command(store: Path) -> None:
    """Let an agent ask a store, over the Model Context Protocol.

    It speaks the protocol on standard input and output, and is started by the agent's own program.
    The tools only read: search, timeline, events, permissions_as_of, who_said, figures, conflicts
    and passage. Every answer carries the words that prove it, with their citation. The store is
    opened for each question and let go, so that onrecord add can go on meanwhile.

    \b
    Examples:
      onrecord mcp story.duckdb
    The configuration of an agent:
      {"mcpServers": {"news": {"command": "onrecord", "args": ["mcp", "/full/path/story.duckdb"]}}}
    """
    try:
        from onrecord.mcp.server import create_server
    except ImportError as error:
        if (error.name or "").startswith("onrecord"):
            raise
        raise click.ClickException(
            f"serving agents needs {error.name}: pip install 'onrecord[mcp]'"
        ) from error
    from onrecord.store import StoreError

    try:
        server = create_server(store)
    except StoreError as error:
        raise click.ClickException(str(error)) from error
    server.run("stdio")
