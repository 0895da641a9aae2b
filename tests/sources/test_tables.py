from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record.report import Failure, Report
from onrecord.sources.options import SourceOptions
from onrecord.sources.tables import delimiter_of
from tests.sources.helpers import failure, one, read


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["input", "a.csv"])
def test_delimiters(delimiter: str, name: str) -> None:
    rows = [
        ["id", "Date", "Headline", "Body text"],
        ["1", "06.05.2031", "Open", "The port, it; is | open."],
    ]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    found = one(out.getvalue().encode(), name)
    assert (found.id, found.title, found.text) == ("1", "Open", "The port, it; is | open.")
    assert (found.published, found.published_basis) == ("2031-05-06", "metadata")


def test_cells_are_kept_code_point_for_code_point() -> None:
    text = '  first\r\nsecond\n\n\x00 "third"\r \u00a0 '
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["id", "text"], ["1", text]])
    assert one(out.getvalue().encode(), "a.csv").text == text


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (("25/12/2031", "03/04/2031"), ["2031-12-25", "2031-04-03"]),
        (("12/25/2031", "03/04/2031"), ["2031-12-25", "2031-03-04"]),
        (("05/06/2031", "03/04/2031"), [None, None]),
    ],
)
def test_the_order_of_day_and_month_is_that_of_the_column(
    dates: tuple[str, str], expected: list[str | None]
) -> None:
    data = "text,date\n" + "".join(f"The port.,{date}\n" for date in dates)
    assert [
        item.published for item in read(data.encode(), "a.csv") if isinstance(item, Report)
    ] == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings(encoding: str) -> None:
    data = 'id;text\n1;"“Zürich” — it’s open"\n'.encode(encoding)
    assert one(data, "a.csv").text == "“Zürich” — it’s open"


def test_broken_rows_are_failures_and_the_others_go_on() -> None:
    data = (
        "id,text\n1,“öne” “öne” “öne”".encode()
        + b'\n2\n3,thr,ee\n4,"fo"ur\n5,five\n6,\n7,seven\xff\n8,"eight\n9,nine\n10,ten\n'
    )
    found = read(data, "a.csv")
    assert [item.id for item in found if isinstance(item, Report)] == ["1", "5", "9", "10"]
    lines = [item.name.rsplit(" ", 1)[1] for item in found if isinstance(item, Failure)]
    assert lines == ["3", "4", "5", "7", "8", "9"]


def test_a_quote_that_is_never_closed_costs_one_row() -> None:
    rows = "".join(f"{n},text {n}\n" for n in range(500))
    found = read(f'id,text\nx,"open\n{rows}'.encode(), "a.csv")
    assert sum(isinstance(item, Report) for item in found) == 500
    assert isinstance(found[0], Failure)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a,b\n1,2\n", "no column looks like the text"),
        (b"id,text\n", "no rows"),
        (b"a,b\n1,2\n", "--text-field"),
    ],
)
def test_tables_without_text(data: bytes, words: str) -> None:
    assert words in failure(data, "a.csv").reason


def test_the_text_column_can_be_named() -> None:
    found = one(b"nr,inhalt\n1,The port.\n", "a.csv", text_field="inhalt")
    assert found.text == "The port."
    assert "no column 'x'" in failure(b"nr,inhalt\n1,The port.\n", "a.csv", text_field="x").reason


@pytest.mark.parametrize(
    "text",
    ["The port, officials said, is open.\n", "Title\n\nText\n", "text\n", "a,b,c\n1,2,3\n", ""],
)
def test_prose_is_no_table(text: str) -> None:
    assert delimiter_of(text, SourceOptions()) is None


_cell = st.text(st.characters(codec="utf-8", exclude_characters="\ufeff"), min_size=1, max_size=40)


@given(st.lists(_cell.filter(lambda t: not t.isspace()), min_size=1, max_size=6))
def test_any_cell_comes_back(texts: list[str]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(
        [["id", "text"], *([str(n), t] for n, t in enumerate(texts))]
    )
    found = read(out.getvalue().encode(), "a.csv", language="en")
    assert [item.text for item in found if isinstance(item, Report)] == texts
