"""``onrecord corrections-in``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

if TYPE_CHECKING:
    from onrecord.exports.brat_back import Correction
    from onrecord.record.model import Record
    from onrecord.store import Store

_ACTIONS = {"reject": "reject", "change": "set", "add": "add"}
_OWN = ("spans", "text")


@click.command()
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="FOLDER"
)
@click.option(
    "--store",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="STORE",
    help="Lay the corrections over the records of this store.",
)
@click.option("--author", metavar="NAME", help="Who made them; --store needs it.")
def command(folder: Path, store: Path | None, author: str | None) -> None:
    """Take in what annotators changed in a folder exported to brat.

    A correction a line is printed: {"report_id", "part", "key", "spans", "words", "action",
    "field", "value"}; action is reject, change or add, offsets are code points. With --store they
    are kept there too; one that cannot be kept is named, and the exit code is then 1.

    \b
    Examples:
      onrecord export records.jsonl --to brat -o brat/
      onrecord corrections-in brat/ > corrections.jsonl
      onrecord corrections-in brat/ --store news.duckdb --author "A. Berg"
    """
    from onrecord.exports.brat_back import corrections
    from onrecord.exports.contract import ExportError

    if store is not None and not (author or "").strip():
        raise click.UsageError("--store needs --author: who made the corrections")
    counts: Counter[str] = Counter()
    made: list[Correction] = []
    try:
        for correction in corrections(folder):
            counts[correction.action] += 1
            made.append(correction)
            click.echo(msgspec.json.encode(correction).decode())
    except (ExportError, OSError) as error:
        raise click.ClickException(str(error)) from error
    told = ", ".join(f"{counts[action]} to {action}" for action in _ACTIONS)
    click.echo(f"corrections: {told}", err=True)
    if store is not None and made:
        refused = list(_keep(store, author or "", made))
        for why in refused:
            click.echo(f"not kept: {why}", err=True)
        click.echo(f"{len(made) - len(refused)} kept in {store}", err=True)
        if refused:
            sys.exit(1)


def _keep(path: Path, author: str, made: list[Correction]) -> Iterator[str]:
    """Lays the corrections over the store; why each that was refused was."""
    from onrecord.store import Store, StoreError

    try:
        with Store(path, create=False) as store:
            for correction in made:
                try:
                    _keep_one(store, author, correction)
                except StoreError as error:
                    where = f"{correction.report_id}: {correction.part} {correction.words!r}"
                    yield f"{where}: {error}"
    except StoreError as error:
        raise click.ClickException(str(error)) from error


def _keep_one(store: Store, author: str, correction: Correction) -> None:
    number = store.number(correction.report_id)
    value = correction.value
    if correction.action != "reject":
        value = _as_given(store.record(number), correction.part, correction.field, value)
    store.correct(
        number,
        correction.key,
        action=_ACTIONS[correction.action],
        author=author,
        part=correction.part,
        field=correction.field,
        value=value,
        note="brat",
    )


def _as_given(record: Record, part: str, field: str | None, value: Any) -> Any:
    """A value with entries by their ids, as the store takes them; brat knows them by key."""
    from onrecord.record.model import PARTS

    ids = {entry.key: entry.id for p in PARTS for entry in getattr(record, p) or ()}
    if field is None:
        return {name: _as_given(record, part, name, inner) for name, inner in value.items()
                if name not in _OWN} | {n: value[n] for n in _OWN if n in value}  # fmt: skip
    if isinstance(value, str):
        return ids.get(value, value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return [ids.get(one, one) for one in value]
    return value
