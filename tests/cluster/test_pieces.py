"""Inputs cut into pieces, and a file of JSON Lines cut without losing or doubling a line."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("fsspec", reason="needs the extra 'cluster'")

from onrecord.cluster.errors import ClusterError
from onrecord.cluster.opening import Lines, reports
from onrecord.cluster.pieces import cut
from onrecord.record.report import Report
from onrecord.sources import SourceOptions


@given(
    st.lists(st.text(st.characters(exclude_characters="\n"), max_size=12), max_size=12),
    st.integers(1, 30),
    st.booleans(),
)
def test_stretches_share_no_line_and_miss_none(lines: list[str], size: int, last: bool) -> None:
    data = "\n".join(lines).encode("utf-8", "surrogatepass") + (b"\n" if last else b"")
    pieces = [
        Lines(io.BytesIO(data), start, min(start + size, len(data))).read()
        for start in range(0, len(data), size)
    ]
    assert b"".join(pieces) == data


def _folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.txt", ".hidden.txt", "sub/c.txt", "sub/d.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"The {name} report. It says little.")
    (tmp_path / "lines.jsonl").write_text(
        "".join(json.dumps({"id": f"d{n}", "text": f"Report {n} é😀."}) + "\n" for n in range(40))
    )
    return tmp_path


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("", ["a.txt", "b.txt", "lines.jsonl", "sub/c.txt"]),
        ("*.txt", ["a.txt", "b.txt"]),
        ("**/c.txt", ["sub/c.txt"]),
        ("lines.jsonl", ["lines.jsonl"]),
    ],
)
@pytest.mark.parametrize("scheme", ["", "file://"])
def test_inputs(tmp_path: Path, given_: str, expected: list[str], scheme: str) -> None:
    folder = _folder(tmp_path)
    pieces = cut([f"{scheme}{folder}/{given_}"])
    paths = [stretch.path for piece in pieces for stretch in piece.stretches]
    assert [path for path in paths if not Path(path).name.startswith(".")] == [
        str(folder / name) for name in expected
    ]


def test_names_are_as_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _folder(tmp_path)
    monkeypatch.chdir(tmp_path)
    shown = [s.shown for piece in cut(["sub/", "*.jsonl", "a.txt"]) for s in piece.stretches]
    assert shown == ["sub/c.txt", "lines.jsonl", "a.txt"]


def test_a_large_file_of_lines_is_cut_and_read_whole(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    pieces = cut([str(folder / "lines.jsonl")], size=300)
    assert len(pieces) > 3
    assert len({piece.name for piece in pieces}) == len(pieces)
    options = SourceOptions(language="en")
    found = [report for piece in pieces for report in reports(piece, options)]
    assert [r.id for r in found if isinstance(r, Report)] == [f"d{n}" for n in range(40)]


def test_the_same_inputs_give_the_same_pieces(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    assert cut([str(folder)], size=200) == cut([str(folder), str(folder / "a.txt")], size=200)


@pytest.mark.parametrize("given_", ["nothing/here.txt", "*.nothing", "ftq://x/y"])
def test_an_input_without_a_file_is_refused(tmp_path: Path, given_: str) -> None:
    with pytest.raises(ClusterError, match=r"nothing|ftq"):
        cut([given_ if "://" in given_ else f"{tmp_path}/{given_}"])
