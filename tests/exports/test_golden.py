"""Each format as a file that a person has looked at. ``ONRECORD_GOLDEN=write`` writes them anew."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from onrecord.exports import FORMATS, export
from onrecord.record.invariants import breaches
from onrecord.record.select import Selection, select
from tests.exports.made import records

GOLDEN = Path(__file__).parent / "golden"
_ALL = {"brat", "label-studio", "uima-cas", "web-annotation"}


@pytest.mark.parametrize("record", records(), ids=lambda r: r.id)
def test_the_records_made_by_hand_keep_the_contract(record) -> None:
    assert list(breaches(record)) == []


def _made(name: str, folder: Path) -> dict[str, bytes]:
    if name == "ftm":
        pytest.importorskip("followthemoney")
    wanted = Selection() if name in _ALL else Selection(realis=("actual",), background=False)
    target = folder / (name + FORMATS[name].suffix)
    lost = export((select(record, wanted) for record in records()), name, target)
    told = "".join(f"{number} {what}\n" for what, number in lost.items())
    files = (
        {p.name: p.read_bytes() for p in target.iterdir()}
        if target.is_dir()
        else {target.name: target.read_bytes()}
    )
    if name == "parquet":
        files = {f"{n}.txt": _parquet(target / n) for n in files}
    if name == "sqlite":
        files = {"sqlite.sql": _dump(target)}
    return {**files, "lost.txt": told.encode()}


def _parquet(path: Path) -> bytes:
    table = pq.read_table(path)
    lines = [str(table.schema), *(json.dumps(row, ensure_ascii=False) for row in table.to_pylist())]
    return ("\n".join(lines) + "\n").encode()


def _dump(path: Path) -> bytes:
    database = sqlite3.connect(path)
    lines = [
        line
        for line in database.iterdump()
        if "reports_fts" not in line and "sqlite_stat" not in line
    ]
    database.close()
    return ("\n".join(lines) + "\n").encode()


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_format_is_as_in_its_golden_files(name: str, tmp_path: Path) -> None:
    made = _made(name, tmp_path)
    folder = GOLDEN / name
    if os.environ.get("ONRECORD_GOLDEN") == "write":
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for file, content in made.items():
            (folder / file).write_bytes(content)
    assert sorted(made) == sorted(path.name for path in folder.iterdir())
    for file, content in made.items():
        assert content.decode() == (folder / file).read_bytes().decode(), file


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    for name in FORMATS:
        if name in ("sqlite", "ftm"):
            continue
        first, second = tmp_path / "a", tmp_path / "b"
        first.mkdir(exist_ok=True)
        second.mkdir(exist_ok=True)
        assert _made(name, first) == _made(name, second), name
