"""``onrecord correct``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from onrecord.cli.adding import plain_errors
from onrecord.record.model import PARTS

if TYPE_CHECKING:
    from onrecord.store import Store


def _field(ctx: click.Context, param: click.Parameter, value: str | None) -> Any:
    if value is None:
        return None
    name, found, given = value.partition("=")
    if not found:
        raise click.BadParameter("give FIELD=VALUE, e.g. realis=negated")
    return name.strip(), _value(given)


def _added(ctx: click.Context, param: click.Parameter, value: str | None) -> Any:
    if value is None:
        return None
    part, found, given = value.partition("=")
    if not found or part not in PARTS:
        raise click.BadParameter(f"give PART=JSON; parts are {', '.join(PARTS)}")
    entry = _value(given)
    if not isinstance(entry, dict):
        raise click.BadParameter(f"{given!r} is no JSON object of the entry's fields")
    return part, entry


def _other(ctx: click.Context, param: click.Parameter, value: str | None) -> Any:
    if value is None:
        return None
    report, found, entry = value.rpartition(":")
    if not found or not report or not entry:
        raise click.BadParameter("give REPORT:ENTRY, e.g. 12:n3")
    return report, entry


def _value(given: str) -> Any:
    """JSON where it is JSON, else a string: what a person types needs no quotes."""
    try:
        return msgspec.json.decode(given)
    except msgspec.DecodeError:
        return given


@click.command()
@click.argument("store", type=click.Path(path_type=Path))
@click.argument("report", required=False)
@click.argument("entry", required=False)
@click.option("--reject", is_flag=True, help="This entry is not there.")
@click.option(
    "--set",
    "set_",
    callback=_field,
    metavar="FIELD=VALUE",
    help="This field of the entry is VALUE: a label, words of the text, an id, or JSON.",
)
@click.option(
    "--add",
    callback=_added,
    metavar="PART=JSON",
    help="The reading missed this entry; words are strings of the text.",
)
@click.option(
    "--same-as",
    callback=_other,
    metavar="REPORT:ENTRY",
    help="This entity or event is one with that of another report.",
)
@click.option(
    "--different-from",
    callback=_other,
    metavar="REPORT:ENTRY",
    help="This entity or event is not one with that of another report.",
)
@click.option("--undo", type=int, metavar="N", help="Take correction N back.")
@click.option(
    "--author",
    envvar="ONRECORD_AUTHOR",
    metavar="NAME",
    help="Who corrects; also by the environment (ONRECORD_AUTHOR).",
)
@click.option("--note", metavar="TEXT", help="Why.")
@click.option(
    "--export", "export_", is_flag=True, help="Print corrections as training data (JSON Lines)."
)
def command(
    store: Path,
    report: str | None,
    entry: str | None,
    reject: bool,
    set_: tuple[str, Any] | None,
    add: tuple[str, dict[str, Any]] | None,
    same_as: tuple[str, str] | None,
    different_from: tuple[str, str] | None,
    undo: int | None,
    author: str | None,
    note: str | None,
    export_: bool,
) -> None:
    """Say what the reading got wrong; it is laid over the record and kept when it is read again.

    REPORT is its number in the store, its id or its URL; ENTRY an id such as e1 or n3. Without an
    action, all corrections are listed. Nothing is ever overwritten: --undo takes a correction back.

    \b
    Examples:
      onrecord correct story.duckdb 12 e3 --reject --author "A. Reader"
      onrecord correct story.duckdb 12 e3 --set realis=negated --author "A. Reader"
      onrecord correct story.duckdb 12 e3 --set actors='["rebel forces"]' --note "see line 4"
      onrecord correct story.duckdb 12 --add events='{"type": "ASSAULT", "anchor": "shelled"}'
      onrecord correct story.duckdb 12 n3 --same-as 15:n1
      onrecord correct story.duckdb --export > corrections.jsonl
    """
    asked: dict[str, Any] = {
        "reject": reject or None, "set": set_, "add": add, "same": same_as,
        "different": different_from, "undo": undo, "export": export_ or None,
    }  # fmt: skip
    chosen = [name for name, value in asked.items() if value is not None]
    if len(chosen) > 1:
        raise click.UsageError(f"one at a time: {', '.join(chosen)}")
    action = chosen[0] if chosen else "list"
    with plain_errors():
        from onrecord.store import Store

        if action in ("list", "export"):
            with Store(store, read_only=True) as opened:
                _export(opened) if action == "export" else _list(opened)
            return
        if author is None:
            raise click.UsageError("a correction needs its --author NAME (or ONRECORD_AUTHOR)")
        with Store(store, create=False) as opened:
            if undo is not None:
                opened.undo(undo, author=author)
                click.echo(f"correction {undo} undone", err=True)
                return
            if report is None or (entry is None) != (action == "add"):
                needs = "REPORT and no ENTRY" if action == "add" else "REPORT and ENTRY"
                raise click.UsageError(f"this needs {needs}")
            number = _correct(opened, action, report, entry, asked[action], author, note)
    click.echo(f"correction {number} made (--undo {number} takes it back)", err=True)


def _correct(
    store: Store, action: str, report: str, entry: str | None, told: Any, author: str,
    note: str | None,
) -> int:  # fmt: skip
    more: dict[str, Any] = {}
    if action == "set":
        more = {"field": told[0], "value": told[1]}
    elif action == "add":
        more = {"part": told[0], "value": told[1]}
    elif action in ("same", "different"):
        more = {"other": (store.number(told[0]), told[1])}
    return store.correct(
        store.number(report), entry, action=action, author=author, note=note, **more
    )


def _list(store: Store) -> None:
    from onrecord.cli.tables import put_out

    put_out(
        store.sql(
            """
            SELECT correction AS n, made, author, action, report, part, words, field,
            coalesce(value::VARCHAR, other_report || ' ' || other_words) AS "value", note,
            CASE WHEN undone IS NOT NULL THEN 'undone' WHEN holds THEN 'holds'
            ELSE 'finds no entry' END AS state
            FROM corrections ORDER BY correction
            """
        ),
        "table",
        None,
    )


def _export(store: Store) -> None:
    for example in store.examples():
        click.echo(msgspec.json.encode(example).decode())
