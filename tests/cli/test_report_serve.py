"""``onrecord report`` and ``onrecord serve`` as they are typed."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli.report import command as report
from onrecord.cli.serve import command as serve
from onrecord.record.codec import encode
from tests.web.made import fill, harbour


def run(*arguments: str) -> Result:
    return CliRunner().invoke(report, list(arguments))


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_bytes(
        encode(harbour()) + b"\n" + encode(harbour(id="second", title="Second")) + b"\n"
    )
    return path


def test_a_page_of_records(records: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    done = run(str(records), "-o", str(out))
    assert done.exit_code == 0, done.output
    html = out.read_text(encoding="utf-8")
    assert "2 reports" in html
    assert html.count('<article class="report"') == 2
    assert list(tmp_path.glob("*.writing")) == []


def test_a_page_of_a_store(tmp_path: Path) -> None:
    fill(tmp_path / "s.duckdb")
    out = tmp_path / "out.html"
    assert run(str(tmp_path / "s.duckdb"), "--report", "2", "-o", str(out)).exit_code == 0
    html = out.read_text(encoding="utf-8")
    assert "Harbour (cut)" in html
    assert html.count('<article class="report"') == 1


def test_a_report_is_read(tmp_path: Path) -> None:
    text = tmp_path / "r.txt"
    text.write_text("The minister said that talks had begun on Monday.", encoding="utf-8")
    out = tmp_path / "out.html"
    done = run(str(text), "--published", "2031-05-06", "-o", str(out))
    assert done.exit_code == 0, done.output
    assert re.search(r'class="m [^"]*tm[^"]*"[^>]*>Monday</a>', out.read_text(encoding="utf-8"))


def test_only_so_many(records: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    done = run(str(records), "--limit", "1", "-o", str(out))
    assert done.exit_code == 0
    assert "only the first 1 reports" in done.output
    assert out.read_text(encoding="utf-8").count('<article class="report"') == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["{store}", "--report", "9"], "has no report 9"),
        (["{records}", "--report", "1"], "--report is for a store"),
        (["{broken}"], "broken.jsonl, line 1"),
        (["{empty}"], "no report to write a page of"),
        (["{notstore}"], "notstore"),
        (["{records}", "-o", "{records}"], "is there already"),
        (["{records}", "-o", "{missing}/out.html"], "cannot write"),
    ],
)
def test_what_cannot_be_done_is_told(
    arguments: list[str], said: str, records: Path, tmp_path: Path
) -> None:
    fill(tmp_path / "s.duckdb")
    files = {
        "store": tmp_path / "s.duckdb", "records": records, "missing": tmp_path / "no",
        "broken": tmp_path / "broken.jsonl", "empty": tmp_path / "empty.txt",
        "notstore": tmp_path / "notstore",
    }  # fmt: skip
    files["broken"].write_text('{"schema":"onrecord/1","id":', encoding="utf-8")
    files["empty"].write_text("", encoding="utf-8")
    files["notstore"].write_bytes(b"\0" * 8 + b"DUCK" + b"\0" * 100)
    given = [argument.format(**files) for argument in arguments]
    if "-o" not in given:
        given += ["-o", str(tmp_path / "out.html")]
    done = run(*given)
    assert done.exit_code != 0
    assert said in done.output


def test_serve_says_where_it_is_and_lets_the_store_go(tmp_path: Path) -> None:
    """A process of its own: it answers on a free port, and ends well by Ctrl-C."""
    fill(tmp_path / "s.duckdb")
    server = subprocess.Popen(
        [sys.executable, "-m", "onrecord", "serve", str(tmp_path / "s.duckdb"), "--port", "0"],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert server.stderr is not None
        line = server.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert found is not None, line
        with urllib.request.urlopen(found[0], timeout=60) as answer:
            assert b"Told by most" in answer.read()
    finally:
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=60) in {0, 130}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["{there}", "--token", " "], "--token is empty"),
        (["{missing}"], "there is no store"),
        (["{other}"], "is not a store"),
        (["{there}", "--host", "203.0.113.7"], "cannot listen on 203.0.113.7"),
        (["{there}", "--port", "{taken}"], "--port 0 takes a free one"),
    ],
)
def test_serve_says_why_it_does_not_start(arguments: list[str], said: str, tmp_path: Path) -> None:
    fill(tmp_path / "s.duckdb")
    (tmp_path / "other.txt").write_text("words", encoding="utf-8")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        files = {"there": tmp_path / "s.duckdb", "missing": tmp_path / "no.duckdb",
                 "other": tmp_path / "other.txt", "taken": taken.getsockname()[1]}  # fmt: skip
        done = CliRunner().invoke(serve, [argument.format(**files) for argument in arguments])
    assert done.exit_code != 0
    assert said in done.output


def test_the_browser_is_opened_where_the_explorer_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path / "s.duckdb")
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr("uvicorn.Server.run", lambda self, sockets: None)
    arguments = [str(tmp_path / "s.duckdb"), "--port", "0", "--open", "--token", "a b"]
    done = CliRunner().invoke(serve, arguments)
    assert done.exit_code == 0, done.output
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=a%20b", opened[0])
    assert opened[0] in done.output
