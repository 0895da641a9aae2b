"""Parquet as a source."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.record.report import Failure, Report
from onrecord.sources import SourceOptions, open_sources

ENGLISH = SourceOptions(language="en")


def test_a_report_a_row(tmp_path: Path) -> None:
    path = tmp_path / "reports.parquet"
    table = pa.table({
        "id": [7, 8, 9],
        "body": ["First é😀.\r\n", "Second.", None],
        "date": [dt.date(2031, 5, 6), None, dt.date(2031, 5, 7)],
    })  # fmt: skip
    pq.write_table(table, path)
    first, second, third = open_sources([str(tmp_path)], ENGLISH)
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.id, first.text, first.published) == ("7", "First é😀.\r\n", "2031-05-06")
    assert (second.text, second.published) == ("Second.", None)
    assert isinstance(third, Failure)
    assert "row 3" in third.name


def test_broken_parquet_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "broken.parquet"
    path.write_bytes(b"PAR1" + b"\x00" * 40)
    (failure,) = open_sources([str(path)], ENGLISH)
    assert isinstance(failure, Failure)
    assert "Parquet" in failure.reason
