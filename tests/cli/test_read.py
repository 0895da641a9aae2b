"""``onrecord read`` as a user runs it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli.main import cli
from onrecord.record.codec import decode
from onrecord.record.invariants import breaches
from onrecord.record.rows import ROWS, columns

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
HARBOUR = str(EXAMPLES / "harbour-accord.txt")
RIVER = str(EXAMPLES / "river-talks.txt")
STRIKE = str(EXAMPLES / "general-strike.txt")


def run(*arguments: str, code: int = 0, **more: object) -> Result:
    result = CliRunner().invoke(cli, list(arguments), **more)  # type: ignore[arg-type]
    assert result.exit_code == code, result.output + str(result.exception)
    return result


def test_the_view_tells_the_story() -> None:
    text = run("read", HARBOUR, "--published", "2031-05-06").stdout
    for heading in ("WHO SAID WHAT", "WHAT HAPPENED", "WHO LETS WHOM DO WHAT", "WHY",
                    "WHAT IS SAID TO COME", "HOW MANY"):  # fmt: skip
        assert heading in text
    assert "published 2031-05-06 (given)" in text
    assert "\x1b" not in text


def test_jsonl_holds_the_contract() -> None:
    lines = run("read", HARBOUR, RIVER, STRIKE, "--format", "jsonl").stdout.splitlines()
    records = [decode(line) for line in lines]
    assert [record.file for record in records] == [HARBOUR, RIVER, STRIKE]
    for record in records:
        assert list(breaches(record)) == []
        assert record.problems == ()


def test_json_is_one_array() -> None:
    made = json.loads(run("read", HARBOUR, RIVER, "--format", "json", "--parts", "times").stdout)
    assert [record["file"] for record in made] == [HARBOUR, RIVER]
    assert made[0]["events"] is None
    assert made[0]["times"]


def test_no_text_leaves_the_text_out() -> None:
    line = run("read", HARBOUR, "--format", "jsonl", "--no-text", "--parts", "times").stdout
    record = decode(line)
    assert record.text is None
    assert record.text_sha256
    assert list(breaches(record)) == []


@pytest.mark.parametrize("rows", ROWS)
def test_every_table_has_its_columns(rows: str) -> None:
    out = run("read", HARBOUR, "--format", "csv", "--rows", rows).stdout
    table = list(csv.DictReader(io.StringIO(out)))
    assert table, f"no {rows} in the example"
    names = [column.name for column in columns(rows)]
    assert list(table[0]) == names
    assert len(set(names)) == len(names)
    assert all(row["id"] for row in table)


def test_tables_of_events_keep_to_what_happened_and_say_so() -> None:
    default = run("read", HARBOUR, "--format", "csv")
    everything = run("read", HARBOUR, "--format", "csv", "--realis", "all", "--background")
    some, all_ = (list(csv.DictReader(io.StringIO(r.stdout))) for r in (default, everything))
    assert {row["realis"] for row in some} == {"actual"}
    assert {row["background"] for row in some} == {"False"}
    assert len(all_) > len(some)
    assert "left out" in default.stderr
    assert "left out" not in everything.stderr


def test_filters() -> None:
    line = run("read", HARBOUR, "--format", "jsonl", "--type", "coerce", "--actual").stdout
    record = decode(line)
    assert record.events is not None
    assert {event.type for event in record.events} <= {"COERCE"}
    assert {event.realis for event in record.events} <= {"actual"}
    assert list(breaches(record)) == []


def test_parquet_is_the_csv(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    out = tmp_path / "times.parquet"
    run("read", HARBOUR, "--rows", "times", "-o", str(out))
    table = pq.read_table(out).to_pylist()
    text = run("read", HARBOUR, "--rows", "times", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["text"] for row in table] == [row["text"] for row in rows]
    assert list(table[0]) == list(rows[0])


def test_a_bad_input_does_not_stop_the_others(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    missing = tmp_path / "missing.txt"
    result = run("read", str(empty), HARBOUR, str(missing), "--format", "jsonl", "--parts",
                 "times", "--failures", str(tmp_path / "f"), code=1)  # fmt: skip
    told = [json.loads(line) for line in (tmp_path / "f").read_text().splitlines()]
    assert [line["file"] for line in told] == [str(empty), str(missing)]
    assert len(result.stdout.splitlines()) == 1
    assert "read 1, skipped 0, failed 2" in result.stderr
    assert str(empty) in result.stderr
    assert str(missing) in result.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--parts", "weather"], "weather"),
        (["--type", "FALLBACK"], "FALLBACK"),
        (["--min-score", "2"], "2"),
        (["--format", "parquet"], "-o FILE"),
        (["--actual", "--realis", "future"], "--actual"),
        (["-o", "records.docx"], "--format"),
        (["--pipeline", "no_such_pipeline"], "no_such_pipeline"),
    ],
)
def test_wrong_usage_is_told(arguments: list[str], told: str) -> None:
    result = CliRunner().invoke(cli, ["read", HARBOUR, *arguments])
    assert result.exit_code in {1, 2}
    assert told in result.stderr
    assert "Traceback" not in result.output


class TestOutput:
    """``-o FILE``: written whole or not at all, and resumed."""

    ARGUMENTS = ("--format", "jsonl", "--parts", "times")

    def whole(self) -> str:
        return run("read", HARBOUR, RIVER, STRIKE, *self.ARGUMENTS).stdout

    def test_the_file_is_what_is_printed(self, tmp_path: Path) -> None:
        out = tmp_path / "records.jsonl"
        run("read", HARBOUR, RIVER, STRIKE, *self.ARGUMENTS, "-o", str(out))
        assert out.read_text(encoding="utf-8") == self.whole()
        assert [path.name for path in tmp_path.iterdir()] == ["records.jsonl"]

    @pytest.mark.parametrize("cut", [0, 1, 40])
    def test_an_interrupted_run_goes_on(self, tmp_path: Path, cut: int) -> None:
        out = tmp_path / "records.jsonl"
        arguments = ["read", HARBOUR, RIVER, STRIKE, *self.ARGUMENTS, "-o", str(out)]
        from onrecord.cli import output

        kept: list[bytes] = []
        original = output.Partial.finish

        def stop(self: output.Partial, write: object) -> None:
            kept.append(self.path.read_bytes())
            raise KeyboardInterrupt

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(output.Partial, "finish", stop)
            CliRunner().invoke(cli, arguments)
        assert not out.exists()
        # As if killed while the third record was being written.
        partial = tmp_path / "records.jsonl.partial"
        lines = kept[0].splitlines(keepends=True)
        partial.write_bytes(b"".join(lines[:3]) + lines[3][:cut])
        assert output.Partial.finish is original
        result = run(*arguments)
        assert "kept from an interrupted run 2" in result.stderr
        assert out.read_text(encoding="utf-8") == self.whole()

    def test_other_options_do_not_go_on(self, tmp_path: Path) -> None:
        out = tmp_path / "records.jsonl"
        (tmp_path / "records.jsonl.partial").write_bytes(b'{"onrecord": {}}\n')
        result = run("read", HARBOUR, *self.ARGUMENTS, "-o", str(out), code=1)
        assert "other options" in result.output
        assert not out.exists()

    def test_a_file_is_not_overwritten_unasked(self, tmp_path: Path) -> None:
        out = tmp_path / "records.jsonl"
        out.write_text("mine")
        result = run("read", HARBOUR, *self.ARGUMENTS, "-o", str(out), code=1)
        assert "--overwrite" in result.output
        assert out.read_text() == "mine"
        run("read", HARBOUR, *self.ARGUMENTS, "-o", str(out), "--overwrite")
        assert out.read_text(encoding="utf-8").startswith("{")


def test_two_processes_print_the_same_bytes() -> None:
    one = run("read", HARBOUR, RIVER, STRIKE, "--format", "jsonl").stdout_bytes
    two = run("read", HARBOUR, RIVER, STRIKE, "--format", "jsonl", "--processes", "2").stdout_bytes
    assert one == two
