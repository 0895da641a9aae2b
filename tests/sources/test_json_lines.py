from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record.report import Failure, Report
from tests.sources.helpers import failure, one, read


def line(**values: object) -> bytes:
    return json.dumps(values, ensure_ascii=False).encode() + b"\n"


def test_the_text_is_kept_code_point_for_code_point() -> None:
    text = "  \ufeffA\r\nb\x00\x07 \u00ad “c”\u2028👩\u200d🚒 e\u0301\ud7ff \n\n"
    assert one(line(text=text), "a.jsonl").text == text


def test_what_the_line_says_is_taken_over() -> None:
    found = one(
        line(
            id="x1", text="The port opened.", title=" Harbour opens ", published="2031-05-06",
            source="Paper", url="https://a.example/1", authors=["Jane Doe", {"name": "John Roe"}],
            credit="AP", form="transcript",
        )
    )  # fmt: skip
    assert (found.id, found.title, found.source) == ("x1", "Harbour opens", "Paper")
    assert (found.published, found.published_basis) == ("2031-05-06", "metadata")
    assert (found.url, found.authors) == ("https://a.example/1", ("Jane Doe", "John Roe"))
    assert (found.file, found.credit, found.form) == ("input", "AP", "transcript")
    assert found.language == "en"


@pytest.mark.parametrize(
    ("values", "field", "expected"),
    [
        ({"body": "The port."}, "text", "The port."),
        ({"article_text": "The port."}, "text", "The port."),
        ({"text": "t", "doc_id": 7}, "id", "7"),
        ({"text": "t", "headline": "H"}, "title", "H"),
        ({"text": "t", "publishedAt": "2031-05-06T01:02:03Z"}, "published", "2031-05-06T01:02:03Z"),
        ({"text": "t", "source": {"id": None, "name": "Paper"}}, "source", "Paper"),
        ({"text": "t", "author": "Jane Doe"}, "authors", ("Jane Doe",)),
        ({"text": "t", "url": "https://a.example/2031/05/06/x"}, "published_basis", "url"),
        ({"text": "LONDON, May 6, 2031 (AP) — The port."}, "published_basis", "dateline"),
        ({"text": "t", "published": None}, "published", None),
    ],
)
def test_names_in_use(values: dict[str, object], field: str, expected: object) -> None:
    assert getattr(one(line(**values)), field) == expected


def test_fields_can_be_named() -> None:
    data = line(inhalt="The port.", nummer=3, tag="06.05.2031", text="no")
    found = one(data, text_field="inhalt", id_field="nummer", date_field="tag")
    assert (found.text, found.id, found.published) == ("The port.", "3", "2031-05-06")


def test_a_date_that_is_not_sure_is_left_out_and_told() -> None:
    found = one(line(text="t", published="05/06/2031"))
    assert found.published is None
    assert "05/06/2031" in found.problems[0].reason


def test_the_users_date_wins() -> None:
    found = one(line(text="t", published="2031-05-06"), published="2030-01-01")
    assert (found.published, found.published_basis) == ("2030-01-01", "given")


def test_one_bad_line_is_one_failure_and_the_others_go_on() -> None:
    data = b"".join(
        (
            line(id=1, text="“öne”" * 4),
            b'{"id": 2, "text": "tw\n',
            b"\n",
            b'{"id": 4, "text": "\xff"}\n',
            b"[1]\n",
            line(id=6, text=6),
            line(id=7, text=""),
            line(id=8, words="x"),
            b"[" * 100_000 + b"\n",
            line(id=10, text="ten"),
            b'{"id": 11, "text": "eleven"}',
        )
    )
    found = read(data, "a.jsonl")
    assert [item.id for item in found if isinstance(item, Report)] == ["1", "10", "11"]
    names = [item.name for item in found if isinstance(item, Failure)]
    assert names == [f"a.jsonl, line {number}" for number in (2, 4, 5, 6, 7, 8, 9)]


def test_a_line_over_the_limit_is_passed_over() -> None:
    data = line(text="x" * 300) + line(text="short")
    found = read(data, "a.jsonl", max_bytes=200)
    assert isinstance(found[0], Failure)
    assert isinstance(found[1], Report)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le"])
def test_other_encodings(encoding: str) -> None:
    text = json.dumps({"text": "“Zürich”"}, ensure_ascii=False) + "\n"
    assert one((text * 1).encode(encoding), "a.jsonl").text == "“Zürich”"


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b'[{"text": "one"}, {"text": "two"}]', ["one", "two"]),
        (b'{\n "text": "one",\n "id": 1\n}', ["one"]),
        (b'{\n "text": "one"}\n{\n "text": "two"}', ["one", "two"]),
        (
            b'{\n "status": "ok",\n "articles": [{"content": "one"}, {"content": "two"}]}',
            ["one", "two"],
        ),
        (b'\xef\xbb\xbf[\n{"text": "one"}\n]\n', ["one"]),
    ],
)
def test_json_that_is_not_one_object_a_line(data: bytes, texts: list[str]) -> None:
    assert [item.text for item in read(data, "a.json") if isinstance(item, Report)] == texts


def test_a_long_array_is_read_piece_by_piece() -> None:
    items = [{"id": n, "text": f"item {n} " + "x" * (n % 977)} for n in range(3000)]
    found = read(json.dumps(items, indent=1).encode(), "a.json")
    assert [item.id for item in found if isinstance(item, Report)] == [str(n) for n in range(3000)]


def test_a_broken_array_gives_what_was_before_and_one_failure() -> None:
    found = read(b'[{"text": "one"}, {"text": "two"}, {"text": "thr', "a.json")
    assert [type(item).__name__ for item in found] == ["Report", "Report", "Failure"]
    found = read(b'[{"text": "one"}', "a.json")
    assert [type(item).__name__ for item in found] == ["Report", "Failure"]


@pytest.mark.parametrize("data", [b"[]", b"[ ]", b"{}", b'[{"a": 1}]', b"[[[]]]", b"{" * 5000])
def test_json_without_text(data: bytes) -> None:
    assert failure(data, "a.json").reason


def test_names_are_written_without_unpaired_surrogates() -> None:
    found = one(b'{"text": "t", "id": "\\ud800x", "title": "\\udfff"}')
    assert found.id is not None
    found.id.encode("utf-8")


@given(st.lists(st.text(min_size=1, max_size=80).filter(lambda t: not t.isspace()), max_size=8))
def test_any_text_comes_back(texts: list[str]) -> None:
    data = b"".join(json.dumps({"text": text}).encode() + b"\n" for text in texts)
    found = read(data, "a.jsonl", language="en") if texts else []
    assert [item.text for item in found if isinstance(item, Report)] == texts
