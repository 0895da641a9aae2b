"""``onrecord export`` and ``onrecord corrections-in``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli.main import cli
from onrecord.exports import FORMATS
from onrecord.record.codec import encode
from onrecord.record.model import Record
from tests.exports.made import first, records


def _run(*words: str, input_: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, ["export", *words], input=input_)


@pytest.fixture
def lines(tmp_path: Path) -> str:
    path = tmp_path / "records.jsonl"
    path.write_bytes(b"\n".join(encode(record) for record in records()) + b"\n\n")
    return str(path)


@pytest.mark.parametrize(("options", "keys"), [
    ((), ["e1", "e3"]), (("--realis", "all"), ["e1", "e2", "e3"]), (("--realis", "negated"), ["e2"]),
    (("--realis", "all", "--background"), ["e1", "e2", "e3"]), (("--type", "coerce"), ["e3"]), (("--min-score", "0.81"), []),
])  # fmt: skip
def test_only_what_is_asked_for_is_written(
    lines: str, options: tuple[str, ...], keys: list[str]
) -> None:
    result = _run(lines, "--to", "plover", *options)
    assert result.exit_code == 0, result.output
    made = [json.loads(line)["onrecord"]["key"] for line in result.stdout.splitlines()]
    known = {event.key: event.id for event in first().events}
    assert [known[key] for key in made if key in known] == keys


def test_what_is_left_out_is_listed(lines: str) -> None:
    result = _run(lines, "--to", "icews")
    assert "2 records written as icews" in result.stderr
    assert (
        "3 events that did not happen, may come, or are told as history (--realis all --background keeps them)"
        in result.stderr
    )
    assert "1 permissions: icews has no place for them" in result.stderr
    assert "an event with several actors" in result.stderr
    assert "(--realis" not in _run(lines, "--to", "icews", "--realis", "all", "--background").stderr


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_is_written_where_asked(name: str, lines: str, tmp_path: Path) -> None:
    if name == "ftm":
        pytest.importorskip("followthemoney")
    target = tmp_path / "out" if FORMATS[name].kind != "file" else tmp_path / "out.x"
    result = _run(lines, "--to", name, "-o", str(target))
    assert result.exit_code == 0, result.output
    assert target.exists()
    assert not list(tmp_path.glob("*.writing"))
    again = _run(lines, "--to", name, "-o", str(target))
    assert again.exit_code == 1
    assert "is there already" in again.stderr
    assert _run(lines, "--to", name, "-o", str(target), "--overwrite").exit_code == 0


def test_one_table_alone(lines: str, tmp_path: Path) -> None:
    result = _run(lines, "--to", "csv", "--rows", "attributions")
    assert result.stdout.splitlines()[0].startswith("report,published,")
    target = tmp_path / "times.parquet"
    assert _run(lines, "--to", "parquet", "--rows", "times", "-o", str(target)).exit_code == 0
    assert target.read_bytes()[:4] == b"PAR1"


def test_records_come_from_standard_input(lines: str) -> None:
    result = _run("-", "--to", "claims", input_=Path(lines).read_bytes())
    assert len(json.loads(result.stdout)["@graph"]) == 3


@pytest.mark.parametrize(("words", "code", "message"), [
    (("--to", "gdelt"), 2, "--to gdelt needs -o"),
    (("--to", "parquet", "--rows", "events"), 2, "--to parquet needs -o"),
    (("--to", "plover", "--rows", "events"), 2, "--rows is for csv and parquet"),
    (("--to", "docx"), 2, "'docx' is not one of"),
    (("--to", "plover", "--realis", "maybe"), 2, "maybe is none of"),
])  # fmt: skip
def test_wrong_usage_is_named(lines: str, words: tuple[str, ...], code: int, message: str) -> None:
    result = _run(lines, *words)
    assert (result.exit_code, message in result.stderr) == (code, True), result.stderr


def test_what_is_no_record_is_named_and_nothing_is_written(tmp_path: Path, lines: str) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(Path(lines).read_bytes() + b'{"id": 5}\n')
    target = tmp_path / "out.jsonl"
    result = _run(str(bad), "--to", "plover", "-o", str(target))
    assert result.exit_code == 1
    assert "bad.jsonl, line 4: no record" in result.stderr
    assert not target.exists()
    missing = _run(str(tmp_path / "none.jsonl"), "--to", "plover")
    assert "cannot read" in missing.stderr
    assert "No such file" in missing.stderr


def test_a_record_without_text_is_refused_where_words_are_needed(tmp_path: Path) -> None:
    from msgspec import structs

    path = tmp_path / "shared.jsonl"
    record: Record = structs.replace(first(), text=None)
    path.write_bytes(encode(record) + b"\n")
    result = _run(str(path), "--to", "brat", "-o", str(tmp_path / "brat"))
    assert result.exit_code == 1
    assert "leave out --no-text" in result.stderr
    assert _run(str(path), "--to", "plover").exit_code == 0


def test_a_folder_comes_back_as_corrections(lines: str, tmp_path: Path) -> None:
    folder = tmp_path / "brat"
    _run(lines, "--to", "brat", "--realis", "all", "--background", "-o", str(folder))
    ann = next(folder.glob("talks-*.ann"))
    ann.write_bytes(ann.read_bytes().replace(b"realis E29 negated", b"realis E29 actual"))
    result = CliRunner().invoke(cli, ["corrections-in", str(folder)])
    assert result.exit_code == 0, result.output
    (line,) = result.stdout.splitlines()
    made = json.loads(line)
    assert (made["report_id"], made["field"], made["value"]) == ("post/oslo 1", "realis", "actual")
    assert "0 to reject, 1 to change, 0 to add" in result.stderr
    wrong = CliRunner().invoke(cli, ["corrections-in", str(tmp_path)])
    assert wrong.exit_code == 1
    assert "onrecord export --to brat" in wrong.stderr


@pytest.fixture
def store(tmp_path: Path) -> Path:
    from onrecord.store import Store

    path = tmp_path / "news.duckdb"
    with Store(path) as made:
        made.put(records())
    return path


def test_records_come_from_a_store(store: Path, lines: str) -> None:
    from_store = _run(str(store), "--to", "plover")
    assert from_store.exit_code == 0, from_store.output
    assert from_store.stdout == _run(lines, "--to", "plover").stdout
    unnamed = store.rename(store.with_name("news"))
    assert _run(str(unnamed), "--to", "plover").stdout == from_store.stdout


def test_what_only_has_the_name_of_a_store_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.duckdb"
    path.write_text("not a store", encoding="utf-8")
    result = _run(str(path), "--to", "plover")
    assert result.exit_code == 1
    assert "x.duckdb" in result.stderr


EDITS = [
    (b"realis E29 negated", b"realis E29 actual"),
    (b"E35\tCOOPERATE:T35 actor:T9", b"E35\tCOOPERATE:T35 actor:T9 actor2:T1"),
    (b"stance T25 denies", b"stance T25 doubts"),
    (b"source_kind T25 named", b"source_kind T25 unnamed"),
    (b"tells Arg1:T25 Arg2:E29", b"tells Arg1:T19 Arg2:E29"),
    (b"\nE28\t", b"\nT90\tPROTEST 338 344\tclosed\nE90\tPROTEST:T90 actor:T5\nE28\t"),
    (b"T31\tCOERCE", b"T31\tASSAULT"),
    (b"E31\tCOERCE", b"E31\tASSAULT"),
]


def test_corrections_are_laid_over_a_store(store: Path, tmp_path: Path) -> None:
    from onrecord.store import Store

    folder = tmp_path / "brat"
    done = _run(str(store), "--to", "brat", "--realis", "all", "--background", "-o", str(folder))
    assert done.exit_code == 0, done.output
    ann = next(folder.glob("talks-*.ann"))
    text = ann.read_bytes()
    for old, new in EDITS:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    ann.write_bytes(text)
    words = ["corrections-in", str(folder), "--store", str(store)]
    assert CliRunner().invoke(cli, words).exit_code == 2
    result = CliRunner().invoke(cli, [*words, "--author", "A. Berg"])
    assert result.exit_code == 0, result.output
    assert "7 kept in" in result.stderr
    with Store(store, read_only=True) as made:
        record = next(iter(made.records()))
        assert {one.author for one in made.corrections()} == {"A. Berg"}
    events = {event.anchor.text: event for event in record.events}
    said = {one.cue.text: one for one in record.attributions if one.cue}
    assert (events["shelled"].realis, events["shelled"].attribution) == (
        "actual",
        record.attributions[0].id,
    )
    assert [actor.text for actor in events["use"].actors] == ["Norway", "Denmark"]
    assert (said["denied"].stance, said["denied"].source.kind) == ("doubts", "unnamed")
    assert events["arrested"].type == "ASSAULT"
    assert [
        actor.text for event in record.events if event.type == "PROTEST" for actor in event.actors
    ] == ["Kari Strand"]


def test_a_correction_that_cannot_be_kept_is_named(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "brat"
    _run(str(store), "--to", "brat", "-o", str(folder))
    sidecar = folder / "onrecord.jsonl"
    sidecar.write_text(
        sidecar.read_text(encoding="utf-8").replace("post/oslo 1", "elsewhere"), encoding="utf-8"
    )
    ann = next(folder.glob("talks-*.ann"))
    ann.write_bytes(ann.read_bytes().replace(b"stance T25 denies", b"stance T25 doubts"))
    result = CliRunner().invoke(
        cli, ["corrections-in", str(folder), "--store", str(store), "--author", "A"]
    )
    assert result.exit_code == 1
    assert "not kept: elsewhere: attributions 'that rebels had shelled Bergen'" in result.stderr


@pytest.mark.parametrize("name", ["plover", "csv", "geojson", "web-annotation", "prov", "sqlite"])
def test_no_text_leaves_out_what_the_report_says_beside_the_words(
    name: str, lines: str, tmp_path: Path
) -> None:
    for option, there in ((), True), (("--no-text",), False):
        target = tmp_path / f"out{there}"
        assert _run(lines, "--to", name, "-o", str(target), *option).exit_code == 0
        files = [target] if target.is_file() else list(target.iterdir())
        told = b"".join(path.read_bytes() for path in files)
        assert (b"the ministry said." in told) is (there and name != "prov")
