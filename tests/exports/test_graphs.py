"""Formats with an importer or a schema of their own: GeoJSON, Claim, PROV, FollowTheMoney, SQLite."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path

import jsonschema
import pyarrow.parquet as pq
import pytest
from msgspec import structs

from onrecord.exports import FORMATS, claims, export, flat_csv, flat_parquet, ftm, geojson, prov
from onrecord.exports.contract import CAME_BEFORE, ExportError, Lost
from onrecord.record.rows import ROWS, columns, rows_of
from tests.exports.made import first, records, second

_GEOJSON = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {"type": "array", "items": {
            "type": "object",
            "required": ["type", "geometry", "properties"],
            "properties": {"type": {"const": "Feature"}, "geometry": {"type": "object", "required": ["type", "coordinates"], "properties": {"type": {"const": "Point"}, "coordinates": {"type": "array", "prefixItems": [{"minimum": -180, "maximum": 180}, {"minimum": -90, "maximum": 90}], "minItems": 2, "maxItems": 2}}}},
        }},
    },
}  # fmt: skip


def test_geojson_has_longitude_first_and_leaves_out_what_has_no_point() -> None:
    out, lost = io.BytesIO(), Lost()
    geojson.write(records(), out, lost)
    made = json.loads(out.getvalue())
    jsonschema.validate(made, _GEOJSON)
    texas = next(f for f in made["features"] if f["properties"]["place"] == "Texas")
    assert texas["geometry"]["coordinates"] == [-99.2506, 31.2504]
    meeting = [f for f in made["features"] if f["properties"]["what"] == "event"]
    assert [(f["properties"]["type"], f["properties"]["date"]) for f in meeting] == [
        ("CONSULT", "2031-05-05")
    ]
    assert lost[geojson.NO_POINT] == 1


@pytest.mark.parametrize("write", [geojson.write, claims.write, prov.write])
def test_no_records_make_an_empty_document(write) -> None:
    out = io.BytesIO()
    write([], out, Lost())
    made = json.loads(out.getvalue())
    assert not made.get("features")
    assert not made.get("@graph")
    assert not made.get("bundle")


def test_claims_are_what_is_asserted() -> None:
    lost = Lost()
    made = list(claims.claims(first(), lost))
    assert [claim["author"] for claim in made] == [
        {"@type": "Organization", "name": "the ministry", "description": "the ministry"},
        {"@type": "Person", "name": "Kari Strand", "jobTitle": "prime minister"},
    ]
    assert sum(lost.values()) == 1
    assert {claim["appearance"]["@type"] for claim in made} == {"NewsArticle"}
    assert "author" not in next(iter(claims.claims(second(), Lost())))


@pytest.mark.parametrize(("kind", "author"), [
    ("unnamed", {"@type": "Person", "description": "two officials", "jobTitle": "prime minister"}),
    ("document", {"@type": "Organization", "name": "Kari Strand"}),
])  # fmt: skip
def test_an_author_is_as_named_as_the_report_has_it(kind: str, author: dict[str, str]) -> None:
    said = first().attributions[1]
    source = structs.replace(
        said.source, kind=kind, group="two officials" if kind == "unnamed" else None
    )
    record = structs.replace(first(), attributions=(structs.replace(said, source=source),))
    assert next(iter(claims.claims(record, Lost())))["author"] == author


def test_prov_is_read_by_the_prov_library(tmp_path: Path) -> None:
    model = pytest.importorskip("prov.model")
    path = tmp_path / "made.json"
    export(records(), "prov", path)
    document = model.ProvDocument.deserialize(str(path), format="json")
    bundles = list(document.bundles)
    assert len(bundles) == 2
    claims_found = [
        r
        for r in bundles[0].get_records(model.ProvEntity)
        if "Claim" in str(r.get_asserted_types())
    ]
    assert len(claims_found) == 3
    assert len(list(bundles[0].get_records(model.ProvAttribution))) == 3
    again = model.ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    assert again == document


def test_prov_names_every_end_of_a_relation() -> None:
    for record in records():
        _, made = prov.bundle(record, Lost())
        things = {name for kind in ("entity", "activity", "agent") for name in made[kind]}
        ends = {
            end
            for kind, relations in made.items()
            if kind not in ("entity", "activity", "agent")
            for relation in relations.values()
            for end in relation.values()
        }
        assert ends <= things


def test_ftm_entities_pass_their_own_schema() -> None:
    model = pytest.importorskip("followthemoney").model
    lost = Lost()
    made = [entity.to_dict() for record in records() for entity in ftm.entities(record, lost)]
    by_id = {one["id"]: one for one in made}
    assert len(by_id) == len(made)
    for one in made:
        again = model.get_proxy(one)
        again.schema.validate(one)
        assert again.to_dict() == one
        for name in ("entity", "document", "proof", "organizer", "involved"):
            assert all(id_ in by_id for id_ in one["properties"].get(name, []))
    assert {one["schema"] for one in made} == {
        "Article",
        "Person",
        "Organization",
        "Documentation",
        "Event",
    }
    meeting = [one for one in made if one["schema"] == "Event"]
    assert meeting
    assert lost[ftm.NO_NAME] == 4
    (person, *_) = [one for one in made if one["schema"] == "Person"]
    assert (person["properties"]["country"], person["properties"]["position"]) == (
        ["no"],
        ["prime minister"],
    )


def test_ftm_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "followthemoney", None)
    with pytest.raises(ExportError, match=r"onrecord\[ftm\]"):
        list(ftm.entities(first(), Lost()))


def test_sqlite_keeps_its_keys_and_finds_words(tmp_path: Path) -> None:
    path = tmp_path / "made.db"
    again = structs.replace(second(), text="Another text.", text_sha256="0" * 64)
    lost = export([*records(), second(), again], "sqlite", path)
    assert lost == {CAME_BEFORE: 1, "reports whose id came before": 1}
    database = sqlite3.connect(path)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    cut = 'SELECT count(*), sum(substr(text, start + 1, "end" - start) = words) FROM spans JOIN reports ON reports.id = spans.report'
    count, right = database.execute(cut).fetchone()
    assert count == right > 50
    found = "SELECT id FROM reports WHERE rowid IN (SELECT rowid FROM reports_fts WHERE reports_fts MATCH 'refugees')"
    assert database.execute(found).fetchall() == [("second",)]
    said = "SELECT content FROM events JOIN attributions ON attributions.entry = events.attribution WHERE events.id = 'e2'"
    assert database.execute(said).fetchone() == ("that rebels had shelled Bergen",)
    database.close()


@pytest.mark.parametrize("part", ROWS)
def test_tables_have_the_rows_of_the_record(part: str, tmp_path: Path) -> None:
    wanted = [row for record in records() for row in rows_of(record, part)]
    names = [column.name for column in columns(part)]
    out = io.BytesIO()
    flat_csv.table(records(), out, part)
    lines = list(csv.reader(io.StringIO(out.getvalue().decode(), newline="")))
    assert lines[0] == names
    assert lines[1:] == [["" if cell is None else str(cell) for cell in row] for row in wanted]
    flat_parquet.table(records(), out := io.BytesIO(), part)
    table = pq.read_table(io.BytesIO(out.getvalue()))
    assert table.column_names == names
    assert [list(row.values()) for row in table.to_pylist()] == wanted


def test_a_format_that_needs_the_text_says_so(tmp_path: Path) -> None:
    for name in ("brat", "label-studio", "uima-cas"):
        with pytest.raises(ExportError, match=f"{name} needs the text, and record second has none"):
            export([structs.replace(second(), text=None)], name, tmp_path / name)


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "ftm"])
def test_a_report_that_comes_twice_is_exported_once(name: str, tmp_path: Path) -> None:
    twice, once = tmp_path / "twice", tmp_path / "once"
    assert export([second(), second()], name, twice)[CAME_BEFORE] == 1
    export([second()], name, once)
    if name != "sqlite":
        assert _files(twice) == _files(once)


def _files(path: Path) -> dict[str, bytes]:
    return (
        {one.name: one.read_bytes() for one in path.iterdir()}
        if path.is_dir()
        else {"": path.read_bytes()}
    )
