"""Draws the countries of the explorer's map, once: TopoJSON in, SVG paths out.

    npm pack world-atlas@2.0.2 && tar xf world-atlas-2.0.2.tgz
    python tools/world_map.py package/countries-110m.json

The borders are Natural Earth's (1:110 million, public domain), as packed by world-atlas (ISC).
Writes ``src/onrecord/web/data/world.tsv``: a country's code (ISO 3166 alpha-3, KOS for Kosovo;
empty where our table of countries has none), Natural Earth's name for it, and its path in
equirectangular projection: x = (longitude + 180) · 1000 / 360, y = (84 − latitude) · 1000 / 360.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
COUNTRIES = ROOT / "src" / "onrecord" / "knowledge" / "data" / "countries.tsv"
TARGET = ROOT / "src" / "onrecord" / "web" / "data" / "world.tsv"

# Natural Earth shortens some names; ours are whole. What is drawn apart from the
# state that controls it (Greenland) is not shaded with it.
SHORTENED = {
    "Bosnia and Herz.": "BIH",
    "Central African Rep.": "CAF",
    "Congo": "COG",
    "Czechia": "CZE",
    "Côte d'Ivoire": "CIV",
    "Dem. Rep. Congo": "COD",
    "Dominican Rep.": "DOM",
    "Eq. Guinea": "GNQ",
    "Kosovo": "KOS",
    "Macedonia": "MKD",
    "North Korea": "PRK",
    "Palestine": "PSE",
    "S. Sudan": "SSD",
    "Solomon Is.": "SLB",
    "South Korea": "KOR",
    "Timor-Leste": "TLS",
    "United States of America": "USA",
    "eSwatini": "SWZ",
}
SCALE = 1000 / 360
TOP = 84.0


def main(arguments: list[str]) -> int:
    topology = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    arcs = [decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    codes = known_codes()
    lines = [
        "# code\tname\tpath; borders are Natural Earth's (public domain), via world-atlas 2.0.2"
    ]
    without: list[str] = []
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        if name == "Antarctica":
            continue
        code = SHORTENED.get(name) or codes.get(name.casefold(), "")
        if not code:
            without.append(name)
        lines.append(f"{code}\t{name}\t{path(shape, arcs)}")
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines) - 1} countries; of no code: {', '.join(without) or 'none'}")
    return 0


def known_codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in COUNTRIES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, name, others = line.split("\t")[:3]
            for one in (name, *others.split("|")):
                found.setdefault(one.casefold(), code)
    return found


def decoded(arc: list[list[int]], transform: dict[str, Any]) -> list[tuple[float, float]]:
    """An arc's points in degrees; TopoJSON keeps each as a step from the one before."""
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append(
            (
                x * transform["scale"][0] + transform["translate"][0],
                y * transform["scale"][1] + transform["translate"][1],
            )
        )
    return points


def path(shape: dict[str, Any], arcs: list[list[tuple[float, float]]]) -> str:
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    return "".join(ring_path(ring, arcs) for polygon in polygons for ring in polygon)


def ring_path(ring: list[int], arcs: list[list[tuple[float, float]]]) -> str:
    points: list[tuple[float, float]] = []
    for index in ring:
        # A negative index is the arc ~index, walked backwards.
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc if not points else arc[1:]
    # A ring that crosses the 180th meridian runs on beyond it, and is drawn again a turn away: the
    # edge of the picture cuts each of the two.
    turn, unrolled = 0, [points[0]]
    for before, (lon, lat) in pairwise(points):
        lon_before = before[0]
        turn += -360 if lon - lon_before > 180 else 360 if lon_before - lon > 180 else 0
        unrolled.append((lon + turn, lat))
    first, last = min(lon for lon, _ in unrolled), max(lon for lon, _ in unrolled)
    shifts = [0, *([-360] if last > 180 else []), *([360] if first < -180 else [])]
    return "".join(outline([(lon + shift, lat) for lon, lat in unrolled]) for shift in shifts)


def outline(points: list[tuple[float, float]]) -> str:
    steps = dict.fromkeys(
        f"{(lon + 180) * SCALE:.1f},{(TOP - lat) * SCALE:.1f}" for lon, lat in points
    )
    return "M" + "L".join(steps) + "Z"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
