"""Places: invented sentences, what each name means, and that every span is exact."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading import places
from onrecord.reading.contract import Parts
from onrecord.reading.parse import load_pipeline, parse
from onrecord.record.model import Place
from onrecord.record.report import Report


def read(text: str, source: str | None = None) -> list[Place]:
    page = parse(Report(text=text, source=source), load_pipeline())
    return list(places.read(page, Parts()))


def named(text: str, words: str, source: str | None = None) -> Place:
    found = [p for p in read(text, source) if p.text == words]
    assert found, f"{words!r} is not found in {text!r}"
    return found[-1]


@pytest.mark.parametrize(
    ("text", "words", "feature", "country", "admin1"),
    [
        ("He was born in Paris, Texas, in 1950.", "Paris", "PPL", "US", "Texas"),
        ("The summit was held in Paris, France.", "Paris", "PPLC", "FR", "Ile-de-France"),
        ("Shells fell on the port of Odessa, Ukraine.", "Odessa", "PPL", "UA", "Odesa Oblast"),
        ("Oil workers in Odessa, Texas, went home.", "Odessa", "PPL", "US", "Texas"),
        ("Fighting went on in the Kursk region of Russia.", "Kursk region", "ADM1", "RU",
        "Kursk Oblast"),
        ("Troops took a village in Hama province in Syria.", "Hama province", "ADM1", "SY",
        "Hamah"),
        ("Villages burned in Rakhine State in Myanmar.", "Rakhine State", "ADM1", "MM",
        "Rakhine State"),
        ("The ministers met in The Hague, Netherlands.", "The Hague", "PPL", "NL", "Zuid-Holland"),
        ("Deputies in Laurel County, Kentucky, searched a house.", "Laurel County", "ADM2", "US",
        "Kentucky"),
        ("Fighting has gone on in the Donbas since spring.", "Donbas", "RGN", "UA", None),
        ("Aid reached Darfur in western Sudan.", "Darfur", "RGN", "SD", None),
        ("A tanker was seized in the Strait of Hormuz.", "Strait of Hormuz", "STRT", None, None),
        ("The fleet left for the Black Sea on Monday.", "Black Sea", "SEA", None, None),
        ("Leaders of the Balkans met in Sarajevo.", "Balkans", "RGN", None, None),
        ("She moved to San Jose, Calif., last year.", "Calif.", "ADM1", "US", "California"),
    ],
)  # fmt: skip
def test_what_a_name_means(
    text: str, words: str, feature: str, country: str | None, admin1: str | None
) -> None:
    place = named(text, words)
    assert (place.feature, place.country) == (feature, country)
    if admin1 is not None:
        assert place.admin1 is not None
        assert fold_marks(place.admin1) == fold_marks(admin1)


def fold_marks(name: str) -> str:
    from onrecord.knowledge.gazetteer_names import fold

    return fold(name)


def test_one_sense_a_report() -> None:
    text = "Police in Lebanon, Tennessee, made two arrests. Lebanon is quiet again, the mayor said."
    found = [p for p in read(text) if p.text == "Lebanon"]
    assert {p.admin1 for p in found} == {"Tennessee"}


def test_places_of_one_name_are_told_apart_by_what_follows() -> None:
    text = "The teams of Springfield, Illinois, and Springfield, Missouri, met in Chicago."
    assert [p.admin1 for p in read(text) if p.text == "Springfield"] == ["Illinois", "Missouri"]


def test_the_other_places_of_the_report_count() -> None:
    text = "Protests in Tripoli spread to Sidon and Tyre. Beirut was calm, Lebanon's army said."
    assert named(text, "Tripoli").country == "LB"
    text = "Militias fought in Tripoli. Benghazi and Misrata were calm, Libya's army said."
    assert named(text, "Tripoli").country == "LY"


def test_a_place_that_the_gazetteer_lacks_gets_no_point() -> None:
    place = named("A crash in Randolph, New Hampshire, killed four people.", "Randolph")
    assert (place.lat, place.lon, place.geonames_id, place.country) == (None, None, None, None)


def test_a_vague_area_is_no_city() -> None:
    place = named("Heavy shelling was reported in eastern Ukraine.", "Ukraine")
    assert place.feature == "PCLI"


@pytest.mark.parametrize(
    ("text", "words", "metonym", "demonym"),
    [
        ("Russia said on Monday that it would answer.", "Russia", True, False),
        ("The envoy praised Moscow's decision to leave.", "Moscow", True, False),
        ("The convoy crossed into Russia on Monday.", "Russia", False, False),
        ("Russian troops crossed the border.", "Russian", False, True),
        ("Thousands of Ukrainians fled to Poland.", "Ukrainians", False, True),
        ("The plan was rejected by Iran on Friday.", "Iran", True, False),
    ],
)
def test_metonyms_and_demonyms_are_flagged(
    text: str, words: str, metonym: bool, demonym: bool
) -> None:
    place = named(text, words)
    assert (place.metonym, place.demonym) == (metonym, demonym)


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Jordan said he would appeal.",
        "It is up to us and to them.",
        "They march in may, and hope to win.",
        "Sen. Lincoln voted against it.",
        "",
        "   \n",
        "?!",
        "1. 2. 3.",
    ],
)
def test_no_place(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "🚀 Rockets hit Kyiv 🇺🇦 and Odesa.\r\nIn Kyiv, sirens sounded in Kyiv.",
        "Cafe\u0301s closed in Sa\u0303o Paulo and in Zürich.",
        "PARIS (AP) — France said Paris was calm.",
        "Troops left Nagorno-Karabakh, al-Hasakah and Guinea-Bissau’s capital.",
    ],
)
def test_spans_are_exact(text: str) -> None:
    found = read(text)
    assert found
    check(text, found)


@given(
    st.lists(
        st.sampled_from(
            ["Paris", "the", "U.S.", "Kursk", "region", ",", "Texas", "(", ")", "-", "\n", "🚀",
            "'s",
             "e\u0301", "al-", "St.", "The", "Hague", "in", "County", "\u200b", "\r\n", "New",
             "York"]
        ),
        max_size=25,
    ),
    st.sampled_from([" ", "", "  "]),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_any_words_give_exact_spans(words: list[str], glue: str) -> None:
    text = glue.join(words)
    check(text, read(text, "example.co.uk"))


def check(text: str, found: list[Place]) -> None:
    last = 0
    for number, place in enumerate(found, 1):
        ((start, end),) = place.spans
        assert place.id == f"p{number}"
        assert text[start:end] == place.text == place.text.strip()
        assert start >= last
        assert 0 <= place.score <= 1
        assert (place.lat is None) == (place.lon is None)
        last = end


def test_why_tells_the_candidates_that_lost() -> None:
    place = named("He was born in Paris, Texas, in 1950.", "Paris")
    assert isinstance(place.why, dict)
    first, second, *_ = place.why["candidates"]
    assert first["probability"] >= second["probability"]
    assert first["features"]["qualified"] == 1


def test_the_same_report_gives_the_same_places() -> None:
    text = "Fighting in Aleppo, Idlib and Hama spread to Homs, Syria said."
    assert read(text) == read(text)
