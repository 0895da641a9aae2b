from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.sources.clean import clean, mended, one_line
from onrecord.sources.decode import decode

TEXT = "The minister’s café, she said, is closed — “for now” — until the talks resume. " * 3


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        (TEXT.encode(), None),
        (TEXT.encode(), "iso-8859-1"),
        (codecs.BOM_UTF8 + TEXT.encode(), None),
        (TEXT.encode("utf-16"), None),
        (TEXT.encode("utf-16-le"), None),
        (TEXT.encode("utf-16-be"), None),
        (TEXT.encode("utf-32"), None),
        (TEXT.encode("cp1252"), None),
        (TEXT.encode("cp1252"), "utf-8"),
        (TEXT.encode("cp1252"), "no-such-encoding"),
        (TEXT.encode("mac_roman"), "macintosh"),
        (TEXT.encode("mac_roman"), None),
    ],
)
def test_decode(data: bytes, declared: str | None) -> None:
    found = decode(data, declared)
    assert found.text == TEXT
    assert found.problem is None


def test_the_declared_encoding_is_taken_where_it_is_not_utf8() -> None:
    assert decode("Łódź, Gdańsk".encode("iso-8859-2"), "iso-8859-2").text == "Łódź, Gdańsk"


def test_a_few_broken_bytes_do_not_change_the_encoding_and_are_told() -> None:
    found = decode(TEXT.encode() * 4 + b"\xe2\x80")
    assert found.text.endswith("\ufffd")
    assert found.problem is not None
    assert "utf-8" in found.problem


@given(st.binary(max_size=300), st.one_of(st.none(), st.text(max_size=12)))
def test_decode_never_raises(data: bytes, declared: str | None) -> None:
    assert isinstance(decode(data, declared).text, str)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\n", "a\nb\nc"),
        ("  one\u00a0 two\t\tthree  ", "one two three"),
        ("inter\u00adnational\u200b\ufeff", "international"),
        ("nul\x00l and \x07bell", "null and bell"),
        ("a\n\n\n\n b \n", "a\n\nb"),
        ("page\x0cpage", "page\npage"),
        ("line\u2028line\u2029para", "line\nline\n\npara"),
        ("👩\u200d🚒 e\u0301", "👩\u200d🚒 e\u0301"),
        ("lone \ud800", "lone \ufffd"),
    ],
)
def test_clean(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_one_line() -> None:
    assert one_line(" a\n b ") == "a b"
    assert one_line(" \n ") is None
    assert one_line(None) is None


def test_mojibake_is_mended_where_it_is_certain_and_told() -> None:
    broken = "It is â€” she said â€” closed, donâ€™t ask. No.\u00a0Yes.\nL’été."
    text, problems = mended(broken)
    assert text == "It is — she said — closed, don’t ask. No. Yes.\nL’été."
    assert [problem.part for problem in problems] == ["source"]


@pytest.mark.parametrize("text", ["L’été à Orléans", "AÑO São Paulo", "100 Â a café", "Łódź"])
def test_what_is_no_mojibake_for_sure_is_left(text: str) -> None:
    assert mended(text) == (text, ())


@given(st.text(max_size=200))
def test_cleaning_again_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    once.encode("utf-8")
