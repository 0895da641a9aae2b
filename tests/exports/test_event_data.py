"""PLOVER, POLECAT, ICEWS, GDELT: columns, codes, dates, what is left out."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest
from msgspec import structs

from onrecord.exports import gdelt, icews, plover, polecat
from onrecord.exports.codes import (
    cameo_country,
    cameo_types,
    countries,
    country_name,
    country_of,
    cow,
    fips,
    iso2,
    known_group,
    to_cameo,
)
from onrecord.exports.contract import Lost
from onrecord.exports.event_facts import NO_ACTOR, NO_DAY, REPEATED, day_of
from onrecord.knowledge.actors_lexicon import rows as lexicon_rows
from onrecord.knowledge.plover import from_cameo, ontology
from onrecord.record.labels import LABELS
from tests.exports.made import first, records, second

_TEXT, _NUMBER = {"type": "string"}, {"type": "number"}


def _object(required: tuple[str, ...] = (), **properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _some(**items: object) -> dict[str, object]:
    return {"type": "array", "items": items, "minItems": 1}


_ENTITY = _object(
    ("entity_text",),
    **dict.fromkeys(
        (
            "code",
            "sector",
            "entity_text",
            "identifier_id",
            "identifier_text",
            "religion",
            "ethnicity",
            "office",
            "gender",
            "age",
        ),
        _TEXT,
    ),
    other_codes=_some(),
    other_sectors=_some(),
)
_LOCATION = _object(
    (),
    **dict.fromkeys(
        (
            "extracted_place",
            "resolved_place",
            "city",
            "district",
            "province",
            "country",
            "feature_class",
            "feature_code",
        ),
        _TEXT,
    ),
    country_code={"pattern": "^[A-Z]{3}$"},
    geonameid={"type": "integer"},
    lat=_NUMBER,
    lon=_NUMBER,
    resolution={"enum": [1, 2, 3, 4, 5]},
)
# The manual's chapter "Data Fields", and "onrecord" for our own.
PLOVER = _object(
    ("id", "date", "actor", "event"),
    id=_TEXT, date={"pattern": r"^\d{4}-\d\d-\d\d$"}, time={"pattern": r"^\d\d:\d\d"}, enddate={"pattern": r"^\d{4}-\d\d-\d\d$"}, endtime=_TEXT,
    actor=_some(**_ENTITY), recipient=_some(**_ENTITY), event=_some(enum=list(LABELS["event_type"])),
    event_text=_some(type="string"), event_loc=_LOCATION, quad_code={"enum": [1, 2, 3, 4]}, event_scale={"minimum": -10, "maximum": 10},
    mode=_some(enum=sorted({mode for kind in ontology().types.values() for mode in kind.modes})),
    context=_some(enum=[*sorted(ontology().contexts), "negation", "future", "hypothetical", "historical"]),
    dead=_NUMBER, injured=_NUMBER, arrested=_NUMBER, text=_TEXT,
    text_info=_object(("start", "end"), sequence=_NUMBER, start=_NUMBER, end=_NUMBER),
    cite_info=_object((), **dict.fromkeys(("citation", "url", "title", "language", "publication", "codebook", "version"), _TEXT)),
    coder=_TEXT, onrecord={"type": "object"},
)  # fmt: skip


@pytest.mark.parametrize("record", records(), ids=lambda r: r.id)
def test_plover_has_the_fields_of_the_manual(record) -> None:
    made = list(plover.events(record, Lost()))
    assert made
    for event in made:
        jsonschema.validate(event, PLOVER)
        where = event["text_info"]
        assert record.text[where["start"] : where["end"]] == event["event_text"][0]


def test_plover_leaves_out_what_the_manual_does_not_code() -> None:
    lost = Lost()
    made = {event["onrecord"]["key"]: event for event in plover.events(first(), lost)}
    keys = {event.id: event.key for event in first().events}
    assert set(made) == {keys["e1"], keys["e2"], keys["e3"]}
    assert dict(lost) == {REPEATED: 1, NO_ACTOR: 1, plover.NO_RECIPIENT: 2}
    assert made[keys["e2"]]["context"] == ["negation"]
    assert made[keys["e3"]]["arrested"] == 9


@pytest.mark.parametrize(("realis", "background", "contexts"), [
    ("actual", False, None), ("negated", False, ["negation"]), ("future", False, ["future"]),
    ("possible", False, ["hypothetical"]), ("conditional", True, ["hypothetical", "historical"]),
    ("generic", False, None), ("actual", True, ["historical"]),
])  # fmt: skip
def test_plover_auxiliary_modes_stand_among_the_contexts(
    realis: str, background: bool, contexts: list[str] | None
) -> None:
    record = second()
    event = structs.replace(record.events[0], realis=realis, background=background)
    (made,) = plover.events(structs.replace(record, events=(event,)), Lost())
    assert made.get("context") == contexts


@pytest.mark.parametrize(("published", "days", "basis"), [
    ("2031-05-07", ["2031-05-07"] * 2, "published"), ("2031-05-07T23:30:00+02:00", ["2031-05-07"] * 2, "published"),
    ("2031-05", [], None), (None, [], None),
])  # fmt: skip
def test_an_event_without_a_day_gets_that_of_publication(
    published: str | None, days: list[str], basis: str | None
) -> None:
    lost = Lost()
    made = list(plover.events(structs.replace(second(), published=published), lost))
    assert [event["date"] for event in made] == days
    assert all(event["onrecord"]["date_basis"] == basis for event in made)
    assert lost[NO_DAY] == (0 if days else 2)


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("2031-05-06", "2031-05-06"),
        ("2031-05-06T10:00", "2031-05-06"),
        ("2031-05", None),
        ("2031", None),
        ("", None),
        (None, None),
    ],
)
def test_a_day_is_not_guessed(stamp: str | None, day: str | None) -> None:
    assert day_of(stamp) == day


def test_columns_are_those_that_we_collected(shared: Path) -> None:
    sections = re.split(
        r"^# .*\n", (shared / "design" / "layouts.md").read_text(encoding="utf-8"), flags=re.M
    )[1:]
    ours = (polecat.COLUMNS, icews.COLUMNS, gdelt.EVENT_COLUMNS, gdelt.MENTION_COLUMNS)
    assert [
        tuple(section.split("\n")[: len(columns)])
        for section, columns in zip(sections, ours, strict=True)
    ] == list(ours)
    assert [len(columns) for columns in ours] == [40, 20, 61, 16]


def test_every_line_has_a_cell_for_every_column() -> None:
    for record in records():
        assert {len(row) for row in polecat.rows(record, Lost())} == {40}
        assert {len(row) for row in icews.rows(record, Lost())} == {20}
        events, mentions = gdelt.rows(record, Lost())
        assert {len(row) for row in events} == {61}
        assert {len(row) for row in mentions} == {16}


def test_a_meeting_becomes_a_line_each_way() -> None:
    names = [(row[2], row[8]) for row in icews.rows(first(), Lost()) if row[5] == "Make a visit"]
    assert names == [("Norway", "Sweden"), ("Sweden", "Norway")]


def test_polecat_has_country_numbers_and_titles() -> None:
    row = dict(zip(polecat.COLUMNS, next(iter(polecat.rows(first(), Lost()))), strict=True))
    assert (row["Actor Country"], row["Actor COW"], row["Recipient COW"]) == ("NOR", 385, 380)
    assert (row["City"], row["Country"], row["GeoNames ID"]) == ("Oslo", "NOR", 3143244)
    assert row["Publication Date"] == "2031-05-06"


def test_gdelt_dates_places_and_mentions() -> None:
    events, mentions = gdelt.rows(first(), Lost())
    row = dict(zip(gdelt.EVENT_COLUMNS, events[0], strict=True))
    assert (row["SQLDATE"], row["MonthYear"], row["Year"], row["FractionDate"]) == (
        "20310505",
        "203105",
        "2031",
        "2031.4247",
    )
    assert (row["EventCode"], row["EventRootCode"], row["QuadClass"], row["GoldsteinScale"]) == (
        "042",
        "04",
        1,
        1.9,
    )
    assert (row["ActionGeo_Type"], row["ActionGeo_CountryCode"], row["ActionGeo_FullName"]) == (
        4,
        "NO",
        "Oslo, Norway",
    )
    assert (row["DATEADDED"], row["IsRootEvent"]) == ("20310506083000", 1)
    arrests = [row for row in events if row[26] == "173"]
    assert [row[31] for row in arrests] == [2]
    told = [
        dict(zip(gdelt.MENTION_COLUMNS, row, strict=True))
        for row in mentions
        if row[0] == arrests[0][0]
    ]
    assert len(told) == 2
    assert first().text[told[1]["ActionCharOffset"] :].startswith("arrests")
    assert told[1]["Actor1CharOffset"] == -1  # inferred: it has no words
    assert all(0 < row[0] < 2**60 for row in events)


def test_a_lead_is_not_told_of_a_record_without_text() -> None:
    events, mentions = gdelt.rows(structs.replace(second(), text=None), Lost())
    assert {row[25] for row in events} == {None}
    assert {row[12] for row in mentions} == {None}


@pytest.mark.parametrize(("codes", "sectors", "country", "group", "types"), [
    (("NOR",), ("GOV",), "NOR", None, ("GOV",)),
    (("ROU",), ("JRN",), "ROM", None, ("MED",)),  # CAMEO's MED is media
    (("TLS",), ("MED",), "TMP", None, ("HLH",)),  # PLOVER's MED is health
    (("UNO",), (), None, "UNO", ("IGO",)),
    (("EUR", "FRA"), ("GOV",), "FRA", "EEC", ("IGO", "GOV")),
    ((), ("PTY", "OPP"), None, None, ("OPP",)),
    (("KOS",), ("UNK",), "KSV", None, ()),
])  # fmt: skip
def test_cameo_codes_of_actors(
    codes: tuple[str, ...],
    sectors: tuple[str, ...],
    country: str | None,
    group: str | None,
    types: tuple[str, ...],
) -> None:
    assert cameo_country(country_of(codes)) == country
    assert known_group(codes) == group
    assert cameo_types(codes, sectors) == types


# CAMEO has these under another root than PLOVER's table leads back from.
_ELSEWHERE = {("RETREAT", ""), ("RETREAT", "resign"), ("RETREAT", "ceasefire")}


@pytest.mark.parametrize(
    ("kind", "mode"),
    [(name, mode) for name, kind in ontology().types.items() for mode in ("", *kind.modes)],
)
def test_a_cameo_code_leads_back_to_its_type(kind: str, mode: str) -> None:
    code = to_cameo(kind, (mode,) if mode else ()).code
    back = from_cameo(code)
    assert back is not None
    assert (back[0] == kind) != ((kind, mode) in _ELSEWHERE)


@pytest.mark.parametrize(
    ("modes", "code"),
    [
        ((), "180"),
        (("drone",), "195"),
        (("unheard-of", "firearms"), "193"),
        (("unheard-of",), "180"),
    ],
)
def test_a_cameo_code_is_of_the_first_mode_that_has_one(modes: tuple[str, ...], code: str) -> None:
    assert to_cameo("ASSAULT", modes).code == code


def test_every_country_that_we_read_has_its_codes() -> None:
    codes = [row[0] for row in lexicon_rows("countries.tsv")]
    assert [
        code
        for code in codes
        if fips(code) is None or iso2(code) is None or country_name(code) is None
    ] == []
    assert [code for code in codes if cow(code) is None] == ["HKG", "PSE"]
    assert len({c.fips for c in countries().values() if c.fips and c.iso3 != "XKX"}) == len(
        [c for c in countries().values() if c.fips and c.iso3 != "XKX"]
    )


@pytest.mark.parametrize(
    ("iso3", "two", "fips_code", "number"),
    [
        ("DEU", "DE", "GM", 255),
        ("CHN", "CN", "CH", 710),
        ("CHE", "CH", "SZ", 225),
        ("AUT", "AT", "AU", 305),
        ("AUS", "AU", "AS", 900),
        ("UKR", "UA", "UP", 369),
        ("KOS", "XK", "KV", 347),
        ("USA", "US", "US", 2),
        (None, None, None, None),
        ("ZZZ", None, None, None),
    ],
)
def test_codes_of_countries(
    iso3: str | None, two: str | None, fips_code: str | None, number: int | None
) -> None:
    assert (iso2(iso3), fips(iso3), cow(iso3)) == (two, fips_code, number)
