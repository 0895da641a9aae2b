"""The gazetteer: what it finds, that damage is noticed, and that the tables and the file agree."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.knowledge.gazetteer import (
    DEMONYM,
    NOWHERE,
    PATH,
    Gazetteer,
    GazetteerError,
    load_gazetteer,
)
from onrecord.knowledge.gazetteer_names import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. John's", "Saint Johns"),
        ("São Paulo", "sao paulo"),
        ("The Hague", "Hague"),
        ("Al-Hasakah", "al hasakah"),
        ("Côte d’Ivoire", "Cote d'Ivoire"),
        ("W.Va.", "WVA"),
        ("Łódź", "Lodz"),
        ("Mt. Vernon", "Mount Vernon"),
    ],
)
def test_forms_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text())
@settings(max_examples=200, deadline=None)
def test_folding_never_raises_and_is_stable(text: str) -> None:
    assert fold(fold(text)) in {fold(text), fold(fold(fold(text)))}
    load_gazetteer().find([fold(text)])


@pytest.mark.parametrize(
    ("name", "feature", "country"),
    [
        ("France", "PCLI", "FR"),
        ("Georgia", "PCLI", "GE"),
        ("Georgia", "ADM1", "US"),
        ("Kursk", "ADM1", "RU"),
        ("Kursk", "PPL", "RU"),
        ("Rakhine State", "ADM1", "MM"),
        ("Laurel County", "ADM2", "US"),
        ("Donbas", "RGN", "UA"),
        ("Darfur", "RGN", "SD"),
        ("Black Sea", "SEA", ""),
        ("Strait of Hormuz", "STRT", ""),
        ("Kiev", "PPLC", "UA"),
        ("West Bank", "ADM1", "PS"),
        ("Calif.", "ADM1", "US"),
    ],
)
def test_it_knows(name: str, feature: str, country: str) -> None:
    gazetteer = load_gazetteer()
    found = {
        (gazetteer.features[gazetteer.feature[p]], gazetteer.countries[gazetteer.country[p]])
        for p in gazetteer.lookup(name)
    }
    assert (feature, country) in found


def test_the_largest_comes_first_and_unknown_names_are_empty() -> None:
    gazetteer = load_gazetteer()
    places = gazetteer.lookup("Springfield")
    people = [int(gazetteer.population[p]) for p in places]
    assert people == sorted(people, reverse=True)
    assert gazetteer.lookup("Qwxzthorpe-on-Nowhere") == []
    assert gazetteer.find([]) == []


def test_points_lie_in_their_country() -> None:
    """A country's point is within 1,500 km of the mean of its divisions, save the vast and scattered."""
    gazetteer = load_gazetteer()
    for code, lat, lon in [("FR", 46, 2), ("UA", 49, 32), ("NO", 64, 12), ("AU", -25, 134)]:
        row = gazetteer.country_rows[gazetteer.countries.index(code)]
        assert row != NOWHERE
        assert abs(float(gazetteer.lat[row]) - lat) < 6
        assert abs(float(gazetteer.lon[row]) - lon) < 6


def test_every_row_of_the_tables_is_in_the_file() -> None:
    """Drift: whoever edits a table has to build the file again."""
    gazetteer = load_gazetteer()
    for table, columns in [
        ("place_regions.tsv", ("name", "aliases")),
        ("place_names.tsv", ("names",)),
        ("demonyms.tsv", ("demonyms",)),
    ]:
        with (PATH.parent / table).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        names = [
            name
            for row in rows
            for column in columns
            for name in row[column].replace(";", "|").split("|")
            if name
        ]
        ranges = gazetteer.find([fold(name) for name in names])
        missing = [name for name, (a, b) in zip(names, ranges, strict=True) if a == b]
        assert not missing, f"{table}: build the gazetteer again, it lacks {missing[:5]}"


def test_regions_have_the_tables_points() -> None:
    gazetteer = load_gazetteer()
    with (PATH.parent / "place_regions.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["feature"].startswith("PCL") or row["geonames_id"]:  # the sources have these
                continue
            points = [
                (float(gazetteer.lat[p]), float(gazetteer.lon[p]))
                for p in gazetteer.lookup(row["name"])
            ]
            assert any(
                abs(a - float(row["lat"])) < 0.01 and abs(b - float(row["lon"])) < 0.01
                for a, b in points
            ), row["name"]


def test_peoples_are_marked() -> None:
    gazetteer = load_gazetteer()
    ((start, end),) = gazetteer.find([fold("Ukrainians")])
    assert gazetteer.posting_kind[start:end].tolist() == [DEMONYM]


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    copy = tmp_path / "gazetteer.bin"
    data = bytearray(PATH.read_bytes())
    data[-1] ^= 1
    copy.write_bytes(data)
    copy.with_suffix(".sha256").write_bytes(PATH.with_suffix(".sha256").read_bytes())
    with pytest.raises(GazetteerError, match="damaged"):
        Gazetteer(copy)
    copy.write_bytes(PATH.read_bytes()[:-5])
    with pytest.raises(GazetteerError, match="damaged"):
        Gazetteer(copy)
    copy.with_suffix(".sha256").unlink()
    with pytest.raises(GazetteerError, match="checksum"):
        Gazetteer(copy)
    with pytest.raises(GazetteerError, match="cannot open"):
        Gazetteer(tmp_path / "missing.bin")
