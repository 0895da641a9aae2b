"""``onrecord add``, ``sql``, ``correct`` and ``reread`` as a user runs them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli.main import cli
from onrecord.store import Store
from tests.store.helpers import record

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def run(*arguments: str | Path, code: int = 0, **more: str) -> Result:
    result = CliRunner().invoke(cli, [str(one) for one in arguments], env=more)
    assert result.exit_code == code, (result.output, result.exception)
    return result


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store of two reports."""
    path = tmp_path / "s.duckdb"
    with Store(path) as opened:
        opened.put([record("a", url="https://a.org/1"), record("b", " More.")])
    return path


def test_add_tells_what_came_of_it_and_ends_with_one_where_something_failed(tmp_path: Path) -> None:
    path, text = tmp_path / "s.duckdb", EXAMPLES / "river-talks.txt"
    common = ("--parts", "times", "--no-reconcile")
    made = run("add", path, text, tmp_path / "none.txt", *common, code=1)
    assert "added 1, changed 0, unchanged 0, skipped 0, failed 1" in made.stderr
    assert "none.txt: no such file or directory" in made.stderr
    again = run("add", path, text, *common)
    assert "added 0, changed 0, unchanged 1" in again.stderr
    (tmp_path / "none.txt").write_text(text.read_text(encoding="utf-8"), encoding="utf-8")
    retried = run("add", path, "--retry", "--no-reconcile")
    assert "added 1" in retried.stderr
    assert "earlier failures resolved 1" in retried.stderr
    (tmp_path / "none.txt").write_text(
        text.read_text(encoding="utf-8") + "\nIt rained on Sunday.\n", encoding="utf-8"
    )
    changed = run("add", path, tmp_path / "none.txt", *common)
    assert "new versions: 3" in changed.stderr
    assert "reread 0" in run("reread", path, "--no-reconcile").stderr


@pytest.mark.parametrize(("arguments", "reason"), [
    (("add", "s.duckdb"), "nothing to add"),
    (("add", "docs.jsonl", "more.jsonl"), "name the store first"),
    (("sql", "none.duckdb", "SELECT 1"), "there is no store none.duckdb"),
    (("reread", "none.duckdb"), "there is no store none.duckdb"),
    (("correct", "none.duckdb", "1", "e1", "--reject", "--author", "A"), "there is no store"),
    (("reread", "s.duckdb", "--parts", "times", "--all-parts"), "different things"),
])  # fmt: skip
def test_wrong_use_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], reason: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli, list(arguments))
    assert result.exit_code in (1, 2)
    assert reason in result.stderr
    assert list(tmp_path.iterdir()) == []


QUERY = "SELECT report, id, authors, day, published FROM reports ORDER BY report"


def test_sql_in_every_format(store: Path, tmp_path: Path) -> None:
    rows = json.loads(run("sql", store, QUERY, "--format", "json").stdout)
    assert [row["id"] for row in rows] == ["a", "b"]
    lines = run("sql", store, QUERY, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == rows
    told = list(csv.reader(io.StringIO(run("sql", store, QUERY, "--format", "csv").stdout)))
    assert told[0] == ["report", "id", "authors", "day", "published"]
    shown = run("sql", store, QUERY).stdout.splitlines()
    assert shown[0].split() == told[0]
    assert len(shown) == 4
    import pyarrow.parquet as pq

    run("sql", store, QUERY, "-o", tmp_path / "out.parquet")
    assert pq.read_table(tmp_path / "out.parquet").num_rows == 2
    run("sql", store, QUERY, "-o", tmp_path / "out.csv")
    written = (tmp_path / "out.csv").read_text(encoding="utf-8")
    assert list(csv.reader(io.StringIO(written))) == told
    twice = "SELECT 1 AS n, 2 AS n"
    assert run("sql", store, twice, "--format", "csv").stdout.splitlines() == ["n,n", "1,2"]
    for format_ in (["--format", "json"], ["-o", tmp_path / "twice.parquet"]):
        assert "name them apart" in run("sql", store, twice, *format_, code=1).stderr
    none = run("sql", store, "SELECT 1 WHERE false", "--format", "json").stdout
    assert json.loads(none) == []


def test_sql_from_standard_input_and_what_it_refuses(store: Path) -> None:
    result = CliRunner().invoke(cli, ["sql", str(store), "-", "--format", "csv"], input="SELECT 5")
    assert result.stdout.splitlines()[1] == "5"
    assert "read-only" in run("sql", store, "DROP TABLE events", code=1).stderr
    assert "no file but itself" in run("sql", store, "FROM read_text('/etc/hosts')", code=1).stderr
    assert "-o FILE" in run("sql", store, "SELECT 1", "--format", "parquet", code=2).stderr


def test_correcting_and_taking_back(store: Path) -> None:
    run("correct", store, "a", "e1", "--set", "realis=negated", "--note", "line 2",
        ONRECORD_AUTHOR="A. Reader")  # fmt: skip
    run("correct", store, "https://a.org/1", "e1", "--set", 'actors=["Dorn"]', "--author", "B")
    run(
        "correct",
        store,
        "1",
        "--add",
        'events={"type": "AGREE", "anchor": "quiet"}',
        "--author",
        "B",
    )
    run("correct", store, "1", "n1", "--same-as", "b:n1", "--author", "B")
    run("correct", store, "1", "q1", "--reject", "--author", "B")
    run("correct", store, "--undo", "2", "--author", "C")
    with Store(store, read_only=True) as opened:
        made = opened.record(1)
        assert made.events is not None
        assert [(e.realis, e.actors[0].text if e.actors else None) for e in made.events] == [
            ("negated", "Kelmar"), ("actual", None),
        ]  # fmt: skip
        assert made.quantities == ()
    listed = run("correct", store).stdout
    assert [line.split()[-1] for line in listed.splitlines()[2:]] == [
        "holds", "undone", "holds", "holds", "holds",
    ]  # fmt: skip
    examples = [json.loads(line) for line in run("correct", store, "--export").stdout.splitlines()]
    assert [e["action"] for e in examples] == ["set", "add", "same", "reject"]
    assert (examples[0]["before"], examples[0]["after"]) == ("actual", "negated")


@pytest.mark.parametrize(("arguments", "reason", "code"), [
    (("1", "e1", "--reject"), "needs its --author", 2),
    (("1", "--reject", "--author", "A"), "REPORT and ENTRY", 2),
    (("1", "e1", "--add", 'events={"type": "AGREE"}', "--author", "A"), "REPORT and no ENTRY", 2),
    (("1", "e1", "--reject", "--undo", "1", "--author", "A"), "one at a time", 2),
    (("1", "e1", "--set", "realis", "--author", "A"), "FIELD=VALUE", 2),
    (("1", "--add", "news={}", "--author", "A"), "parts are", 2),
    (("1", "--add", "events=shelled", "--author", "A"), "no JSON object", 2),
    (("1", "n1", "--same-as", "n2", "--author", "A"), "REPORT:ENTRY", 2),
    (("7", "e1", "--reject", "--author", "A"), "no report '7'", 1),
    (("1", "e7", "--reject", "--author", "A"), "no entry 'e7'", 1),
    (("1", "e1", "--set", "type=WAR", "--author", "A"), "none of AGREE", 1),
])  # fmt: skip
def test_a_correction_that_cannot_be_is_explained(
    store: Path, arguments: tuple[str, ...], reason: str, code: int
) -> None:
    assert reason in run("correct", store, *arguments, code=code).stderr
