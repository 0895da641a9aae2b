"""``onrecord show``."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from onrecord.cli.show import command
from onrecord.cli.show_table import COLUMNS, print_table, where
from onrecord.ledgers import LEDGERS, show
from onrecord.store import Store
from tests.ledgers.story import fill


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the story."""
    path = tmp_path_factory.mktemp("show") / "story.duckdb"
    fill(path)
    return path


def run(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(command, [str(path), *arguments], env={"COLUMNS": "160"})


def test_every_ledger_has_columns_of_its_own_on_a_terminal(path: Path) -> None:
    assert list(COLUMNS) == list(LEDGERS)
    for ledger, columns in COLUMNS.items():
        result = run(path, ledger)
        assert result.exit_code == 0, result.output
        with Store(path, read_only=True) as store:
            table = show(store, ledger)
        assert set(columns) <= set(table.column_names)
        assert (result.stdout == "no rows\n") is (table.num_rows == 0)
        for column in columns if table.num_rows else ():
            assert column.replace("_", " ") in result.stdout.splitlines()[0]


def test_a_table_leads_to_the_reports(path: Path) -> None:
    shown = run(path, "figures").stdout
    assert "12 → 15" in shown
    assert "report 1 2031-05-02 [54–56]" in shown
    assert "and 1 more" in shown
    assert len(shown.splitlines()) == 4


def test_a_terminal_is_not_steered() -> None:
    hostile = "Her\x1b[2Jald"
    passage = {"report": 1, "spans": [[0, 1]], "source": hostile, "published": None}
    assert "\x1b" not in where([passage])
    table = pa.table({name: [hostile] for name in COLUMNS["failures"]})
    out = io.StringIO()
    print_table(table, "failures", out)
    assert "Her" in out.getvalue()
    assert "\x1b" not in out.getvalue()


def test_what_is_not_reconciled_is_told(path: Path, tmp_path: Path) -> None:
    assert "not reconciled" not in run(path, "events").stderr
    own = tmp_path / "own.duckdb"
    shutil.copy(path, own)
    with Store(own) as store:
        store.correct(3, "ev1", action="reject", author="ada")
    assert "1 of 4 reports are not reconciled yet" in run(own, "events").stderr


def test_csv(path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(path, "entities", "--format", "csv").stdout)))
    assert [row["name"] for row in rows] == ["Dorn", "Ada Lorn", "Kelmar"]
    assert rows[0]["names"] == "Dorn; the Dorns"
    assert json.loads(rows[0]["passages"])[0]["report"] == 4


def test_json(path: Path) -> None:
    rows = json.loads(run(path, "permissions", "--format", "json", "--as-of", "2031-05-03").stdout)
    assert [(row["state"], row["day"]) for row in rows] == [("withheld", "2031-05-02")]
    assert json.loads(run(path, "events", "--format", "json", "--type", "AID").stdout) == []


def test_parquet(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "events.parquet"
    result = run(path, "events", "--format", "parquet", "-o", str(target))
    assert result.exit_code == 0, result.output
    table = pq.read_table(target)
    assert table["label"].to_pylist() == ["Dorn shelled Velmora", "Dorn attacked Brill"]
    assert table["passages"].to_pylist()[0][0]["spans"] == [[5, 12]]


def test_a_file(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    assert run(path, "failures", "-o", str(target)).stdout == ""
    assert target.read_text(encoding="utf-8").startswith("failure,name,reason,kind,input")


@pytest.mark.parametrize(
    ("arguments", "labels"),
    [
        (["--since", "2031-05-06"], ["Dorn attacked Brill"]),
        (["--until", "2031-04"], []),
        (["--since", "2031", "--until", "2031"], ["Dorn shelled Velmora", "Dorn attacked Brill"]),
        (["--realis", "future"], ["Dorn attack Brill"]),
        (["--background", "--until", "2031-05-05"],
         ["Dorn shelled Velmora", "Dorn attacked Velmora"]),
        (["--actor", "DRN", "--place", "VLM", "--about", "port", "--type", "assault"],
         ["Dorn shelled Velmora"]),
        (["--limit", "1"], ["Dorn shelled Velmora"]),
    ],
)  # fmt: skip
def test_options(path: Path, arguments: list[str], labels: list[str]) -> None:
    rows = json.loads(run(path, "events", "--format", "json", *arguments).stdout)
    assert [row["label"] for row in rows] == labels


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["weather"], 2, "weather"),
        (["events", "--since", "2031-13"], 2, "2031-13 is no day: 2031-05-06, 2031-05 or 2031"),
        (["events", "--since", "soon"], 2, "soon is no day"),
        (["events", "--since", "2031-02-30"], 2, "2031-02-30 is no day"),
        (["events", "--type", "WAR"], 2, "type war is none of those of the ledger events: AGREE"),
        (["copies", "--actor", "Dorn"], 2, "the ledger copies cannot be asked by actor"),
        (["events", "--as-of", "2031"], 2, "the ledger events cannot be asked by as_of"),
        (["events", "--format", "parquet"], 2, "--format parquet needs -o"),
        (["events", "-o", "events.doc"], 2, "cannot tell the format of events.doc"),
    ],
)
def test_errors(path: Path, arguments: list[str], code: int, said: str) -> None:
    result = run(path, *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr


def test_no_store(tmp_path: Path) -> None:
    result = run(tmp_path / "none.duckdb", "events")
    assert result.exit_code == 1
    assert "onrecord add makes one" in result.stderr
