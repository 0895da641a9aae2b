"""Records shared without their texts, and how a notebook shows one."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec import structs

from onrecord.cli.main import cli
from onrecord.record.codec import encode
from onrecord.record.model import Record
from onrecord.record.show_html import LONGEST
from tests.exports.made import TEXT, first, records


@pytest.fixture
def shared_records(tmp_path: Path) -> str:
    path = tmp_path / "shared.jsonl"
    lines = [encode(structs.replace(record, text=None)) for record in records()]
    path.write_bytes(b"\n".join(lines) + b"\n")
    return str(path)


def _texts(folder: Path, texts: list[str]) -> str:
    folder.mkdir()
    rows = [structs.asdict(record) for record in records()]
    import json

    lines = [
        json.dumps({"id": row["id"], "text": text}) for row, text in zip(rows, texts, strict=False)
    ]
    (folder / "docs.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return str(folder)


def test_a_record_without_text_is_verified_against_the_texts(
    shared_records: str, tmp_path: Path
) -> None:
    texts = _texts(tmp_path / "texts", [record.text or "" for record in records()])
    result = CliRunner().invoke(cli, ["verify", shared_records, "--texts", texts])
    assert result.exit_code == 0, result.output
    assert "2 records checked, 0 with breaches" in result.stderr


def test_a_text_that_is_not_the_one_read_is_named(shared_records: str, tmp_path: Path) -> None:
    texts = _texts(tmp_path / "texts", [TEXT, "Something else."])
    result = CliRunner().invoke(cli, ["verify", shared_records, "--texts", texts])
    assert result.exit_code == 1
    assert re.search(
        r"shared.jsonl:2  text: no report in --texts has the hash [0-9a-f]{12}…", result.stdout
    )
    assert ":1 " not in result.stdout


def test_a_span_is_checked_in_the_text_that_was_found(tmp_path: Path) -> None:
    record = first()
    moved = structs.replace(record.times[0], spans=((0, 6),))
    path = tmp_path / "shared.jsonl"
    path.write_bytes(
        encode(structs.replace(record, text=None, times=(moved, *record.times[1:]))) + b"\n"
    )
    texts = _texts(tmp_path / "texts", [TEXT])
    assert CliRunner().invoke(cli, ["verify", str(path)]).exit_code == 0
    result = CliRunner().invoke(cli, ["verify", str(path), "--texts", texts])
    assert result.exit_code == 1
    assert "anchors: times[0]" in result.stdout


def test_verify_tells_what_it_could_not_check(shared_records: str) -> None:
    result = CliRunner().invoke(cli, ["verify", shared_records])
    assert "2 without text: words not checked (--texts FOLDER)" in result.stderr


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.words = ""
        self.in_text = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.open.append(tag)
        assert {name for name, _ in attrs} <= {"class"}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"small", "style"} & set(self.open):
            self.words += data


def _parsed(record: Record) -> _Tags:
    tags = _Tags()
    tags.feed(record._repr_html_())
    tags.close()
    assert tags.open == []
    return tags


HOSTILE = (
    '<script>alert(1)</script> <img src=x onerror="alert(2)"> \u202eevil\u202c \x1b[31m & "quotes"'
)


@pytest.mark.parametrize("record", records(), ids=lambda r: r.id)
def test_a_notebook_shows_the_text_with_its_marks(record: Record) -> None:
    tags = _parsed(record)
    assert tags.seen == {"style", "div", "b", "mark", "small"}
    shown = tags.words.replace("[U+000D]", "\r")
    assert record.text in shown
    for event in record.events or ():
        assert f"<small>{event.type}" in record._repr_html_()


@pytest.mark.parametrize("field", ["text", "title", "source", "file"])
def test_what_a_report_says_is_never_markup(field: str) -> None:
    changed = HOSTILE + TEXT if field == "text" else HOSTILE
    record = structs.replace(first(), **{field: changed})
    tags = _parsed(record)
    assert tags.seen <= {"style", "div", "b", "mark", "small", "i"}
    assert "\u202e" not in record._repr_html_()
    if field != "file":
        assert "[U+202E]evil" in tags.words


def test_a_label_in_the_words_of_a_report_is_escaped() -> None:
    place = structs.replace(first().places[0], name="<b>x</b>")
    assert "&lt;b&gt;x" in structs.replace(first(), places=(place,))._repr_html_()


def test_a_long_text_is_cut_and_that_is_told() -> None:
    record = structs.replace(first(), text=TEXT + "x" * LONGEST)
    assert f"{len(TEXT):,} more characters are not shown" in record._repr_html_()


def test_a_record_without_text_or_parts_says_so() -> None:
    shown = structs.replace(first(), text=None, forecasts=None)._repr_html_()
    assert "the text was left out" in shown
    assert "forecasts not read" in shown
