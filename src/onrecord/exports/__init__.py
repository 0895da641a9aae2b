"""The formats that other tools read: small pure functions from records to rows or bytes.

``FORMATS`` lists them. ``export`` writes any of them; each module has its own functions for one
record. All take records of ``onrecord.record.model`` from wherever they come, and count what the
format cannot say in a ``Lost``.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from pathlib import Path

from onrecord.exports.contract import ExportError, Format, Lost, told
from onrecord.record.model import Record

__all__ = ["FORMATS", "ExportError", "Format", "Lost", "export", "told"]

_EVENT_DATA = ("entities", "times", "places", "events")
_PAIRED = "an event with several actors or recipients becomes a line for each pair"
_TELLER = "who tells an event, how sure it is, whether it is told as having happened"

FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format("plover", "PLOVER JSON Lines, the fields of the 2021 manual", suffix=".jsonl",
               holds=(*_EVENT_DATA, "quantities", "attributions"),
               lacks=("identifiers of Wikidata: none is known",)),
        Format("polecat", "POLECAT, 40 columns, tab-separated", suffix=".tsv", holds=_EVENT_DATA,
               lacks=(_PAIRED, _TELLER, "Wikipedia ids: none is known")),
        Format("icews", "ICEWS, 20 columns, tab-separated, in CAMEO codes", suffix=".tsv",
               holds=_EVENT_DATA,
               lacks=(_PAIRED, _TELLER, "modes and contexts without a CAMEO code of their own")),
        Format("gdelt", "GDELT 2.0 events and mentions, tab-separated", kind="path",
               holds=_EVENT_DATA,
               lacks=(_PAIRED, _TELLER, "modes and contexts without a CAMEO code of their own",
                      "tone, GDELT's own place ids, places of actors: not measured, left empty")),
        Format("csv", "CSV, a table for each part", kind="path", made_by="flat_csv",
               lacks=("spans other than an entry's first offset",)),
        Format("parquet", "Parquet, a file for each part", kind="path", made_by="flat_parquet",
               lacks=("spans other than an entry's first offset",)),
        Format("sqlite", "SQLite, made for Datasette", kind="path", suffix=".db"),
        Format("geojson", "GeoJSON, events and places as points", suffix=".geojson",
               holds=("entities", "times", "places", "events")),
        Format("claims", "schema.org Claim, JSON-LD", suffix=".jsonld",
               holds=("entities", "attributions"),
               lacks=("cues, quotation and scores of claims",)),
        Format("web-annotation", "W3C Web Annotation, JSON-LD", suffix=".jsonld"),
        Format("prov", "PROV-JSON: who says what, read by what", suffix=".json",
               holds=("entities", "attributions", "events"),
               lacks=("when the reading was done: records do not say",)),
        Format("ftm", "FollowTheMoney entities (extra ftm)", suffix=".ftm.json",
               holds=_EVENT_DATA, lacks=(_TELLER, "offsets")),
        Format("label-studio", "Label Studio tasks with predictions, and their interface",
               kind="path", needs_text=True),
        Format("uima-cas", "UIMA CAS JSON, for INCEpTION", kind="files", needs_text=True),
        Format("brat", "brat standoff; corrected, it comes back as corrections", kind="path",
               needs_text=True, lacks=("scores",)),
    )
}  # fmt: skip
"""All formats by name."""


def export(records: Iterable[Record], format_: str, path: Path) -> Lost:
    """Writes ``records`` in a format of ``FORMATS`` to ``path``: a file, or a folder that it makes.

    Gives what was left out, in words, and how often. Holds one record in memory. Raises
    ``ExportError`` for records that the format cannot take.
    """
    chosen = FORMATS[format_]
    module = importlib.import_module(chosen.module)
    lost = Lost()
    given = told(records, chosen, lost)
    if chosen.kind == "path":
        module.write_path(given, path, lost)
    elif chosen.kind == "files":
        path.mkdir(parents=True, exist_ok=True)
        for name, content in module.files(given, lost):
            (path / name).write_bytes(content)
    else:
        with path.open("wb") as out:
            module.write(given, out, lost)
    return lost
