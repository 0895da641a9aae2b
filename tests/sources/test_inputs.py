from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record.report import Failure, Report
from onrecord.sources import Origin, SourceOptions, open_sources, open_stream
from tests.sources.helpers import PROSE, failure, one, read

SAMPLES: dict[str, bytes] = {
    "plain": PROSE.encode(),
    "json": b'{"text": "The port is open."}\n',
    "table": b"id,text\n1,The port is open.\n",
    "html": f"<html><body><article><p>{PROSE}</p></article></body></html>".encode(),
    "feed": b"<rss version='2.0'><channel><item><description>The port is open.</description>"
    b"</item></channel></rss>",
    "mail": b"From: a@a.example\nSubject: Port\nDate: Tue, 06 May 2031 10:00:00 +0200\n\nOpen.\n",
    "mbox": b"From a@a.example Tue May  6 10:00:00 2031\nFrom: a@a.example\nSubject: x\n\nOpen.\n",
}


@pytest.mark.parametrize("kind", SAMPLES)
@pytest.mark.parametrize("name", ["report", "report.dat", "report.gz"])
def test_formats_are_told_by_content(kind: str, name: str) -> None:
    assert "pen" in one(SAMPLES[kind], name).text
    assert one(gzip.compress(SAMPLES[kind]), name).text == one(SAMPLES[kind], name).text


def test_names_that_lie_do_not_matter() -> None:
    assert one(SAMPLES["html"], "a.txt").text == PROSE.strip()
    assert one(SAMPLES["html"], "a.pdf").text == PROSE.strip()
    assert one(SAMPLES["plain"], "a.warc").text == PROSE.strip()
    assert one(SAMPLES["mbox"], "a.txt").text == "Open."


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x00" * 5000, "binary"),
        (bytes(range(256)) * 20, "binary"),
        (b"/" * 4000, "no text"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "image"),
        (b"PK\x03\x04" + b"\x00" * 50, "ZIP"),
        (b"{\\rtf1 hello}", "RTF"),
        (b"<?xml version='1.0'?><nitf></nitf>", "XML"),
        (b"\x1f\x8b\x08\x00garbage", "gzip"),
        (gzip.compress(PROSE.encode() * 50, mtime=0)[:60], "gzip"),
        (
            gzip.compress(
                gzip.compress(gzip.compress(gzip.compress(b"x", mtime=0), mtime=0), mtime=0),
                mtime=0,
            ),
            "gzip",
        ),
        (gzip.compress(b"", mtime=0), "empty"),
        (b"%PDF-1.4 nothing", "PDF"),
        (b"WARC/1.0\r\nnothing", "archive"),
        (b" " * 100_000, "blanks"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, words: str) -> None:
    found = failure(data)
    assert found.kind == "failed"
    assert found.name == "input"
    assert words in found.reason


def test_limits() -> None:
    assert "larger than the limit" in failure(PROSE.encode() * 10, max_bytes=500).reason
    assert "too long" in failure(PROSE.encode() * 10, max_chars=500).reason


@pytest.mark.parametrize("unit", [b"a ", b"The port is open.\n", b'{"text": "', b"<p>x</p>"])
def test_a_gzip_bomb_stops_at_the_limit(unit: bytes) -> None:
    bomb = gzip.compress(unit * (20_000_000 // len(unit)), 9)
    assert len(bomb) < 200_000
    for found in read(bomb, max_bytes=100_000):
        assert isinstance(found, Failure)


class _Pipe(io.RawIOBase):
    """A pipe that is written to slowly: the next piece may never come."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._pieces:
            raise AssertionError("read further than what was written")
        piece = self._pieces.pop(0)
        buffer[: len(piece)] = piece
        return len(piece)


def test_a_pipe_is_read_as_it_comes() -> None:
    line = b'{"text": "The port is open."}\n'
    found = open_stream(_Pipe([line, line]), Origin(name="-"))  # type: ignore[arg-type]
    assert isinstance(next(found), Report)
    assert isinstance(next(found), Report)


def test_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(PROSE)
    (tmp_path / "a.jsonl").write_bytes(SAMPLES["json"] * 2)
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "d.txt").write_text(PROSE)
    (tmp_path / "c" / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "c" / "empty.txt").touch()
    (tmp_path / ".hidden").write_text(PROSE)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x").write_text(PROSE)
    found = list(open_sources([str(tmp_path)]))
    root = str(tmp_path)
    files = [item.file or "" for item in found if isinstance(item, Report)]
    assert [file[len(root) + 1 :].replace(os.sep, "/") for file in files] == [
        "a.jsonl", "a.jsonl", "b.txt", "c/d.txt",
    ]  # fmt: skip
    failures = [item for item in found if isinstance(item, Failure)]
    assert [(item.kind, item.name[len(root) + 1 :].replace(os.sep, "/")) for item in failures] == [
        ("failed", "c/empty.txt"),
        ("skipped", "c/picture.png"),
    ]


def test_one_bad_input_does_not_stop_the_others(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(PROSE)
    (tmp_path / "none").mkdir()
    found = list(
        open_sources(
            [str(tmp_path / "missing.txt"), str(good), str(tmp_path / "none"), "ftp://a.example/x"]
        )
    )
    assert [type(item).__name__ for item in found] == ["Failure", "Report", "Failure", "Failure"]
    assert "no such file" in found[0].reason  # type: ignore[union-attr]


def test_the_file_is_the_path_as_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(PROSE)
    (found,) = open_sources(["./a.txt"])
    assert isinstance(found, Report)
    assert found.file == "./a.txt"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such file names")
def test_a_file_name_that_is_no_unicode(tmp_path: Path) -> None:
    path = bytes(tmp_path) + b"/\xff.txt"
    with open(path, "wb") as out:  # noqa: PTH123 - a path of bytes
        out.write(PROSE.encode())
    (found,) = open_sources([str(tmp_path)])
    assert isinstance(found, Report)
    assert found.file is not None
    found.file.encode("utf-8")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(PROSE.encode())))
    (found,) = open_sources(["-"])
    assert isinstance(found, Report)
    assert (found.file, found.text) == ("-", PROSE.strip())


@pytest.mark.parametrize(
    ("kind", "module", "name"),
    [("html", "trafilatura", "html"), ("feed", "feedparser", "feeds")],
)
def test_a_missing_extra_says_how_to_get_it(
    kind: str, module: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    assert f"pip install 'onrecord[{name}]'" in failure(SAMPLES[kind]).reason
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    assert "onrecord[warc]" in failure(b"WARC/1.0\r\n").reason
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert "onrecord[pdf]" in failure(b"%PDF-1.4").reason


def test_importing_loads_no_reader() -> None:
    code = (
        "import sys, onrecord.sources\n"
        "heavy = {'trafilatura', 'feedparser', 'fastwarc', 'pypdfium2', 'py3langid', 'ftfy',\n"
        "         'charset_normalizer', 'spacy', 'numpy', 'lxml', 'http.client', 'email'}\n"
        "from onrecord.sources import open_sources\n"
        "list(open_sources(['/nowhere']))\n"
        "print(sorted(heavy & set(sys.modules) - {'email'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


MARKS = [
    b"", b"%PDF-1.7\n", b"WARC/1.0\r\n", b"\x1f\x8b\x08", b"<html>", b"<rss>", b"<?xml ", b"[",
    b'{"text":', b"From a@b.example Tue May  6 10:00:00 2031\n", b"{", b"---\n", b"# ", b"<!--",
    b"Subject: x\nFrom: y\nDate: z\n\n", b"id,text\n", b"text;date\n", b"\xff\xfe",
    b"\xef\xbb\xbf", b"<!DOCTYPE",
]  # fmt: skip


ENDINGS = st.sampled_from(["", ".csv", ".jsonl", ".html", ".md", ".eml"])


@given(
    st.sampled_from(MARKS),
    st.binary(max_size=400),
    ENDINGS,
)
def test_no_bytes_raise(mark: bytes, data: bytes, ending: str) -> None:
    for found in read(mark + data, f"input{ending}"):
        assert isinstance(found, Report | Failure)


@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_no_broken_sample_raises(kind: str, data: st.DataObject) -> None:
    sample = SAMPLES[kind]
    cut = data.draw(st.integers(0, len(sample)))
    junk = data.draw(st.binary(max_size=20))
    for found in read(sample[:cut] + junk + sample[cut + len(junk) :]):
        assert isinstance(found, Report | Failure)
    packed = gzip.compress(sample)
    for found in read(packed[: cut % len(packed)] + junk):
        assert isinstance(found, Report | Failure)


@given(st.text(max_size=300))
def test_any_text_file_gives_its_words(text: str) -> None:
    for found in read(text.encode("utf-8", "replace"), "a.txt", language="en"):
        if isinstance(found, Report):
            assert found.text == found.text.strip()
            assert "\r" not in found.text
            assert "\x00" not in found.text
            found.text.encode("utf-8")


def test_the_options_are_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PROSE)
    (found,) = open_sources([str(path)], SourceOptions(published="2031-05-06"))
    assert isinstance(found, Report)
    assert (found.published, found.published_basis) == ("2031-05-06", "given")
