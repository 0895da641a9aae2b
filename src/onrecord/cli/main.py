"""The command ``onrecord``. Sub-commands are imported when they are called, so help is instant."""

from __future__ import annotations

import importlib
import os
import sys

import click

import onrecord

_COMMANDS = {
    "read": ("onrecord.cli.read", "Read reports and print their records."),
    "add": ("onrecord.cli.add", "Read reports into a store."),
    "show": ("onrecord.cli.show", "Show what the reports of a store say together."),
    "serve": ("onrecord.cli.serve", "Show a store in the browser: the explorer."),
    "report": ("onrecord.cli.report", "Write reports with their marks as one page."),
    "export": ("onrecord.cli.export", "Write records in a format that other tools read."),
    "sql": ("onrecord.cli.sql", "Ask a store by SQL."),
    "correct": ("onrecord.cli.correct", "Say what the reading got wrong in a store."),
    "corrections-in": ("onrecord.cli.corrections_in", "Take in records corrected in brat."),
    "reread": ("onrecord.cli.reread", "Read again what an older version has read into a store."),
    "verify": ("onrecord.cli.verify", "Check records against the contract and their text."),
    "schema": ("onrecord.cli.schema", "Print the JSON Schema of a record."),
    "realis": ("onrecord.cli.realis", "Judge whether your own events happened."),
    "cluster": ("onrecord.cli.cluster", "Group your own lines: copies, events, stories."),
    "mcp": ("onrecord.cli.mcp", "Let an agent ask a store (Model Context Protocol)."),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only to run or explain it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order in which a newcomer meets them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command ``cmd_name``, or None."""
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(_COMMANDS[cmd_name][0])
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_) for name, (_, help_) in _COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(onrecord.__version__, prog_name="onrecord")
def cli() -> None:
    """onrecord reads news reports and keeps the record: who said what, who did what to whom,
    and whether it happened at all; every entry anchored in the words of the report.

    \b
    Examples:
      onrecord read report.txt --published 2024-11-17
      onrecord read reports/ --format jsonl -o records.jsonl
      onrecord add story.duckdb reports/
      onrecord show story.duckdb timeline
      onrecord serve story.duckdb
    """


def main() -> None:
    """Runs the command; a closed pipe or Ctrl-C ends it without a traceback."""
    try:
        cli(prog_name="onrecord", standalone_mode=False)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output has gone: nothing more can be said on this stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
