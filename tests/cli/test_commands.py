"""The other commands, and what all have in common."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from onrecord.cli.main import _COMMANDS, cli

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def _commands() -> list[tuple[str, click.Command]]:
    made: list[tuple[str, click.Command]] = []
    context = click.Context(cli)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        made.append((name, command))
        if isinstance(command, click.Group):
            made += [(f"{name} {sub}", inner) for sub, inner in command.commands.items()]
    return made


@pytest.mark.parametrize(("name", "command"), _commands())
def test_every_command_has_help_with_an_example(name: str, command: click.Command) -> None:
    result = CliRunner().invoke(cli, [*name.split(), "--help"])
    assert result.exit_code == 0
    assert "Example" in result.output
    assert f"onrecord {name.split(maxsplit=1)[0]}" in result.output


@pytest.mark.parametrize(("name", "command"), _commands())
def test_every_option_is_explained_or_names_itself(name: str, command: click.Command) -> None:
    for option in command.params:
        if isinstance(option, click.Option) and option.help is None:
            assert option.name in {"processes", "help"}, f"{name} {option.name}"


def test_help_loads_no_model() -> None:
    code = (
        "import sys; from onrecord.cli.main import cli\n"
        "from click.testing import CliRunner\n"
        "CliRunner().invoke(cli, ['--help']); CliRunner().invoke(cli, ['read', '--help'])\n"
        "heavy = {'spacy', 'numpy', 'onnxruntime', 'trafilatura', 'pyarrow'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_summaries_are_the_first_line_of_each_command() -> None:
    context = click.Context(cli)
    for name, (_, summary) in _COMMANDS.items():
        command = cli.get_command(context, name)
        assert command is not None
        assert summary


def test_schema_is_json_schema() -> None:
    result = CliRunner().invoke(cli, ["schema"])
    assert json.loads(result.output)["$schema"].endswith("2020-12/schema")


def test_verify_names_the_breach(tmp_path: Path) -> None:
    made = CliRunner().invoke(
        cli, ["read", str(EXAMPLES / "river-talks.txt"), "--format", "jsonl", "--parts", "times"]
    )
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    good.write_text(made.stdout, encoding="utf-8")
    record = json.loads(made.stdout)
    record["times"][0]["text"] = "tomorrow"
    bad.write_text(json.dumps(record) + "\n{\n", encoding="utf-8")
    fine = CliRunner().invoke(cli, ["verify", str(good)])
    assert fine.exit_code == 0
    assert "1 records checked, 0 with breaches" in fine.stderr
    broken = CliRunner().invoke(cli, ["verify", str(bad)])
    assert broken.exit_code == 1
    assert "anchors: times[0]" in broken.stdout
    assert f"{bad}:2  shape:" in broken.stdout


def _lines(path: Path, rows: list[dict[str, object]]) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def test_realis_gives_back_the_lines(tmp_path: Path) -> None:
    text = "Dorn shelled the town on Friday. Kelmar denied that it had attacked the bridge."
    rows: list[dict[str, object]] = [
        {"id": "x", "text": text, "mine": 1,
         "events": [{"anchor": {"spans": [[5, 12]]}, "tag": "a"},
                    {"anchor": {"spans": [[text.index("attacked"), text.index("attacked") + 8]]}}]},
        {"id": "y", "text": "Nothing.", "events": []},
    ]  # fmt: skip
    result = CliRunner().invoke(cli, ["realis", _lines(tmp_path / "in.jsonl", rows)])
    assert result.exit_code == 0, result.output
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert (first["mine"], first["events"][0]["tag"]) == (1, "a")
    assert first["events"][0]["realis"] == "actual"
    assert first["events"][1]["realis"] == "negated"
    assert first["events"][0]["factuality"] > 0 > first["events"][1]["factuality"]
    assert second == rows[1]


@pytest.mark.parametrize("command", ["realis", "cluster copies", "cluster events"])
def test_a_wrong_line_is_named(tmp_path: Path, command: str) -> None:
    path = _lines(tmp_path / "in.jsonl", [{"id": "x", "text": 5}])
    result = CliRunner().invoke(cli, [*command.split(), path])
    assert result.exit_code == 1
    assert "in.jsonl, line 1" in result.stderr
