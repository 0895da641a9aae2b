"""``onrecord serve``."""

from __future__ import annotations

import socket
import webbrowser
from pathlib import Path
from urllib.parse import quote

import click


@click.command()
@click.argument("store", type=click.Path(path_type=Path, dir_okay=False), metavar="STORE")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8321,
    show_default=True,
    help="The port; 0 takes a free one.",
)
@click.option(
    "--token",
    metavar="TEXT",
    envvar="ONRECORD_TOKEN",
    show_envvar=True,
    help="Ask visitors for this token. On an address that others can reach one is always "
    "asked for, and made where none is given.",
)
@click.option(
    "--allow-host",
    "allowed",
    multiple=True,
    metavar="NAME",
    help="Another name by which the explorer may be called (may be given more than once).",
)
@click.option("--open", "open_", is_flag=True, help="Open the first page in your browser.")
@click.option(
    "--author", metavar="NAME", help="Who makes corrections, unless a visitor says otherwise."
)
def command(
    store: Path,
    host: str,
    port: int,
    token: str | None,
    allowed: tuple[str, ...],
    open_: bool,
    author: str | None,
) -> None:
    """Show a store in the browser: the explorer.

    It listens on this machine only, unless --host says otherwise, and asks nothing of any other
    host. The store is opened for each page and let go, so that onrecord add can go on meanwhile.
    Beside the store it keeps an index for its search, STORE.fts, which may be deleted.

    \b
    Examples:
      onrecord serve story.duckdb --open
      onrecord serve story.duckdb --port 0
      onrecord serve story.duckdb --host 0.0.0.0 --allow-host desk.example
    """
    try:
        import uvicorn

        from onrecord.web.app import create_app
    except ImportError as error:
        if (error.name or "").startswith("onrecord"):
            raise
        raise click.ClickException(
            f"the explorer needs {error.name}: pip install 'onrecord[web]'"
        ) from error
    from onrecord.store import StoreError
    from onrecord.web.security import Access

    if token is not None and not token.strip():
        raise click.UsageError("--token is empty: give some text, or leave it out")
    access = Access.bound_to(host, token, allowed)
    listening = _listen(host, port)
    try:
        app = create_app(store, access, author)
    except StoreError as error:
        listening.close()
        raise click.ClickException(str(error)) from error
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{listening.getsockname()[1]}/"
    shown = address if access.token is None else f"{address}?token={quote(access.token, safe='')}"
    click.echo(f"{store}: {shown}", err=True)
    click.echo("Ctrl-C ends it.", err=True)
    if open_:
        webbrowser.open(shown)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        lifespan="off",
        timeout_graceful_shutdown=3,
    )
    uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    """A socket on ``host`` and ``port``, before anything is made, so that a taken one is told."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        made = socket.socket(family, kind)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        # From here on a visitor waits instead of being turned away: the address is told next.
        made.listen(128)
    except OSError as error:
        raise click.ClickException(
            f"cannot listen on {host}, port {port}: {error}; --port 0 takes a free one"
        ) from error
    return made
