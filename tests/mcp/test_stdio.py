"""The server as an agent's program starts it."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

pytest.importorskip("mcp", reason="the extra mcp is not installed: pip install 'onrecord[mcp]'")

from mcp import Client, StdioServerParameters

from onrecord.cli.mcp import command
from tests.ledgers.story import FOURTH


def test_a_round_trip_over_standard_input_and_output(story_path: Path) -> None:
    started = StdioServerParameters(
        command=sys.executable, args=["-m", "onrecord", "mcp", str(story_path)]
    )

    async def talk() -> tuple[str, list[str], Any]:
        async with Client(started) as client:
            tools = [tool.name for tool in (await client.list_tools()).tools]
            result = await client.call_tool("events", {"since": "2031-05-06"})
            return client.server_info.name, tools, result.structured_content

    name, tools, answer = asyncio.run(talk())
    assert name == "onrecord"
    assert "who_said" in tools
    (row,) = answer["rows"]
    assert row["passages"][0]["quoted"]["words"] == FOURTH


@pytest.mark.parametrize(
    ("content", "says"), [(None, "there is no store"), (b"not a store", "is not a store")]
)
def test_what_cannot_be_served_is_said_at_once(
    tmp_path: Path, content: bytes | None, says: str
) -> None:
    path = tmp_path / "s.duckdb"
    if content is not None:
        path.write_bytes(content)
    done = CliRunner().invoke(command, [str(path)])
    assert done.exit_code == 1
    assert says in done.output


def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [one for one in sys.modules if one.startswith(("mcp.", "onrecord.mcp."))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)
    done = CliRunner().invoke(command, [str(tmp_path / "s.duckdb")])
    assert done.exit_code == 1
    assert "pip install 'onrecord[mcp]'" in done.output
