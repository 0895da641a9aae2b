from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.sources.dates import in_url, iso


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2031-05-06", "2031-05-06"),
        ("2031-05-06T10:00:00Z", "2031-05-06T10:00:00Z"),
        ("2031-05-06 10:00", "2031-05-06T10:00:00"),
        ("2031-05-06T10:00:00.000+0200", "2031-05-06T10:00:00.000+0200"),
        ("20310506", "2031-05-06"),
        ("2031/5/6", "2031-05-06"),
        ("06.05.2031", "2031-05-06"),
        ("6. 5. 2031 10:00", "2031-05-06"),
        ("May 6, 2031", "2031-05-06"),
        ("Tuesday, May 6, 2031", "2031-05-06"),
        ("6 May 2031", "2031-05-06"),
        ("6th of May 2031", "2031-05-06"),
        ("Sept. 3, 2031", "2031-09-03"),
        ("Tue, 06 May 2031 10:00:00 +0200", "2031-05-06T10:00:00+02:00"),
        ("25/12/2031", "2031-12-25"),
        ("12/25/2031", "2031-12-25"),
        ("05/05/2031", "2031-05-05"),
        (1935914400, "2031-05-07T10:00:00+00:00"),
        ("1935914400000", "2031-05-07T10:00:00+00:00"),
        ("05/06/2031", None),  # the fifth of June or the sixth of May
        ("2031-05", None),
        ("2031", None),
        ("May 2031", None),
        ("2031-02-30", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        (True, None),
        (12, None),
        (float("nan"), None),
    ],
)
def test_iso(value: object, expected: str | None) -> None:
    assert iso(value) == expected


def test_the_order_of_day_and_month_can_be_given() -> None:
    assert iso("05/06/2031", day_first=True) == "2031-06-05"
    assert iso("05/06/2031", day_first=False) == "2031-05-06"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/2031/05/06/harbour-opens/", "2031-05-06"),
        ("https://a.example/world/2031/may/06/harbour", "2031-05-06"),
        ("https://a.example/news/harbour-2031-05-06.html", "2031-05-06"),
        ("https://a.example/20310506/harbour", "2031-05-06"),
        ("https://a.example/2031/05/harbour", None),
        ("https://a.example/201911181077343476-harbour", None),
        ("https://a.example/harbour?d=/2031/05/06/", None),
        ("https://a.example/2031/13/06/", None),
        ("https://2031-05-06.example/harbour", None),
    ],
)
def test_in_url(url: str, expected: str | None) -> None:
    assert in_url(url) == expected


@given(st.one_of(st.text(max_size=60), st.integers(), st.floats(), st.none()))
def test_iso_gives_a_date_or_none(value: object) -> None:
    import datetime as dt

    found = iso(value)
    assert found is None or dt.date.fromisoformat(found[:10])
