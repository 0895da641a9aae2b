"""Shards into a store: the records that adding the same inputs gives, once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("fsspec", reason="needs the extra 'cluster'")

from onrecord.adding import add
from onrecord.adding.shards import add_shards
from onrecord.cluster.pieces import cut
from onrecord.cluster.shards import Shards
from onrecord.cluster.work import Worker
from onrecord.reading.reader import Options
from onrecord.record.codec import encode
from onrecord.sources import SourceOptions
from onrecord.store import Store

PARTS = ("times",)


def _inputs(folder: Path) -> list[str]:
    rows = [{"id": f"d{n}", "text": f"It ended on {n + 1} May 2031.", "published": "2031-06-01"}
            for n in range(5)]  # fmt: skip
    lines = folder / "lines.jsonl"
    lines.write_text("".join(json.dumps(row) + "\n" for row in [*rows, {"id": "x", "text": ""}]))
    alone = folder / "alone.txt"
    alone.write_text("It began on 3 April 2031.")
    return [str(lines), str(alone)]


def test_shards_are_stored_as_their_inputs_are(tmp_path: Path) -> None:
    inputs = _inputs(tmp_path)
    out = tmp_path / "out"
    worker = Worker(str(out), {"parts": PARTS}, {"language": "en"})
    Shards(str(out)).begin({})
    for piece in cut(inputs, 200):
        worker.read(piece)
    first, second = tmp_path / "a.duckdb", tmp_path / "b.duckdb"
    add(first, inputs, options=Options(parts=PARTS), sources=SourceOptions(language="en"),
        reconcile=False)  # fmt: skip
    summary = add_shards(second, str(out), reconcile=False)
    assert (summary.added, summary.failed) == (6, 1)
    with Store(first, read_only=True) as one, Store(second, read_only=True) as two:
        assert sorted(map(encode, one.records())) == sorted(map(encode, two.records()))
        asked = "SELECT appearance, content FROM reports ORDER BY ALL"
        assert one.sql(asked) == two.sql(asked)
    assert add_shards(second, str(out), reconcile=False).unchanged == 6
    again = add(second, inputs, options=Options(parts=PARTS), sources=SourceOptions(language="en"),
                reconcile=False)  # fmt: skip
    assert (again.added, again.unchanged) == (0, 6)
