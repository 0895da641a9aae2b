"""``onrecord report``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from onrecord.cli import dated
from onrecord.record.model import Record

MOST = 50
_DUCKDB = (8, b"DUCK")


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="FILE|STORE…")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The page to write (HTML).",
)
@click.option("--overwrite", is_flag=True, help="Replace the page where it exists.")
@click.option(
    "--published",
    callback=dated.published,
    metavar="DATE",
    help="Day of publication (ISO) of reports to be read.",
)
@click.option(
    "--report",
    "numbers",
    multiple=True,
    type=click.IntRange(1),
    metavar="NUMBER",
    help="Only this report of a store (may be given more than once).",
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=MOST,
    show_default=True,
    help="At most so many reports on the page.",
)
def command(
    inputs: tuple[str, ...],
    output: Path,
    overwrite: bool,
    published: str | None,
    numbers: tuple[int, ...],
    limit: int,
) -> None:
    """Write reports with their marks as one page to send to a colleague.

    Inputs are reports, which are read; records (JSON Lines that onrecord read wrote); or a store.
    The page holds all that it needs and asks nothing of any host.

    \b
    Examples:
      onrecord report report.txt --published 2024-11-17 -o report.html
      onrecord report records.jsonl -o records.html
      onrecord report story.duckdb --report 12 -o twelve.html
    """
    try:
        from onrecord.web.render import single_page
    except ImportError as error:
        if (error.name or "").startswith("onrecord"):
            raise
        raise click.ClickException(
            f"a page needs {error.name}: pip install 'onrecord[web]'"
        ) from error
    if output.exists() and not overwrite:
        raise click.ClickException(f"{output} is there already: give --overwrite, or another -o")
    records: list[Record] = []
    failed = False
    more = False
    for one in inputs:
        found = _Found(one, published, numbers)
        for record in found.records():
            if len(records) == limit:
                more = True
                break
            records.append(record)
        failed = failed or found.failed
    if not records:
        raise click.ClickException("no report to write a page of")
    scratch = output.with_name(output.name + ".writing")
    try:
        # A surrogate cannot be written; it is shown as U+FFFD, as on any page.
        scratch.write_text(single_page(records), encoding="utf-8", errors="replace")
        scratch.replace(output)
    except OSError as error:
        raise click.ClickException(f"cannot write {output}: {error}") from error
    if more:
        click.echo(f"only the first {limit} reports are on the page (--limit)", err=True)
    sys.exit(1 if failed else 0)


class _Found:
    """The records of one input, whatever it is."""

    def __init__(self, name: str, published: str | None, numbers: tuple[int, ...]) -> None:
        self.name = name
        self.published = published
        self.numbers = numbers
        self.failed = False

    def records(self) -> Iterator[Record]:
        """The records, in order."""
        head = _head(self.name)
        if head[_DUCKDB[0] : _DUCKDB[0] + 4] == _DUCKDB[1]:
            yield from self._stored()
        elif self.numbers:
            raise click.UsageError(f"--report is for a store, which {self.name} is not")
        elif b'"schema":"onrecord/' in head.replace(b" ", b"")[:64]:
            yield from self._recorded()
        else:
            yield from self._read()

    def _stored(self) -> Iterator[Record]:
        from onrecord.store import Store, StoreError

        try:
            with Store(self.name, read_only=True) as store:
                yield from store.records(list(self.numbers) or None)
                known = {
                    row["report"] for row in store.sql("SELECT report FROM reports").to_pylist()
                }
        except StoreError as error:
            raise click.ClickException(str(error)) from error
        missing = [str(number) for number in self.numbers if number not in known]
        if missing:
            raise click.ClickException(f"{self.name} has no report {', '.join(missing)}")

    def _recorded(self) -> Iterator[Record]:
        from onrecord.cli.lines import read_lines

        with Path(self.name).open("rb") as file:
            for _, record in read_lines(file, Record):
                yield record

    def _read(self) -> Iterator[Record]:
        from onrecord.cli.progress import Run

        run = Run((self.name,), {"published": self.published}, {}, 1)
        yield from run.records()
        run.summary()
        self.failed = bool(run.failed)


def _head(name: str) -> bytes:
    """The first bytes of a file; nothing of what is no file (an address, a folder, -)."""
    path = Path(name)
    if not path.is_file():
        return b""
    try:
        with path.open("rb") as file:
            return file.read(256)
    except OSError as error:
        raise click.ClickException(f"cannot read {name}: {error}") from error
