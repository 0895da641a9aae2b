"""Small records for tests of reconciling, written out and not read."""

from __future__ import annotations

import hashlib
from typing import Any

from msgspec import convert

from onrecord.record.model import Record


def record(
    id_: str,
    text: str,
    published: str | None = None,
    *,
    entities: list[dict[str, Any]] | None = None,
    events: list[dict[str, Any]] | None = None,
    quantities: list[dict[str, Any]] | None = None,
    attributions: list[dict[str, Any]] | None = None,
    permissions: list[dict[str, Any]] | None = None,
    forecasts: list[dict[str, Any]] | None = None,
    times: list[dict[str, Any]] | None = None,
    credit: str | None = None,
    source: str | None = None,
) -> Record:
    """A record of ``text``; words in the parts are found where they first stand, or ``at`` says.

    Sentences end at a line end. Every entry may leave out what the tests do not look at.
    """
    sentences, start = [], 0
    for line in text.split("\n"):
        sentences.append([start, start + len(line)])
        start += len(line) + 1
    parts: dict[str, list[dict[str, Any]]] = {
        "entities": [_entity(text, e) for e in entities or ()],
        "events": [_event(text, e) for e in events or ()],
        "quantities": [_quantity(text, q) for q in quantities or ()],
        "attributions": [_attribution(text, a) for a in attributions or ()],
        "permissions": [_permission(text, p) for p in permissions or ()],
        "forecasts": [_forecast(text, f) for f in forecasts or ()],
        "times": [{"score": 0.9, "type": "DATE", **words(text, t.pop("words")), **t}
                  for t in times or ()],
        "places": [], "reasons": [],
    }  # fmt: skip
    for part, entries in parts.items():
        for number, entry in enumerate(entries, start=1):
            entry.setdefault("id", f"{part[0]}{number}")
            entry["key"] = f"{id_}-{entry['id']}"
    reader = {"version": "0", "model": None, "pipeline": "p", "knowledge": None, "options": {},
              "parts": list(parts)}  # fmt: skip
    return convert(
        {
            "id": id_, "text": text, "published": published, "published_basis": None,
            "title": None, "source": source, "authors": [], "credit": credit, "url": None,
            "file": None, "language": "en", "form": None,
            "text_sha256": hashlib.sha256(text.encode()).hexdigest(), "reader": reader,
            "problems": [], "sentences": sentences, "zones": [], **parts,
        },
        Record,
    )  # fmt: skip


def words(text: str, some: str, after: int = 0) -> dict[str, Any]:
    """Spans and text of ``some`` where it first stands in ``text``."""
    at = text.index(some, after)
    return {"spans": [[at, at + len(some)]], "text": some}


def _entity(text: str, entry: dict[str, Any]) -> dict[str, Any]:
    name = entry["name"]
    told = entry.pop("words", [name])
    mentions = [{"kind": "name" if name else "nominal", **words(text, some)} for some in told]
    return {"mentions": mentions, "score": 0.9, "kind": "person", **entry}


def _argument(
    text: str, told: str | tuple[str, str] | tuple[str, str, list[str]]
) -> dict[str, Any]:
    some, entity, codes = (told, None, []) if isinstance(told, str) else (*told, [])[:3]
    return {**words(text, some), "entity": entity, "codes": codes}


def _event(text: str, entry: dict[str, Any]) -> dict[str, Any]:
    anchor = words(text, entry.pop("anchor"), entry.pop("at", 0))
    for role in ("actors", "recipients"):
        entry[role] = [_argument(text, told) for told in entry.get(role, ())]
    entry["times"] = [{**words(text, some), "time": id_} for some, id_ in entry.get("times", ())]
    scores = {"type": 0.9, "roles": 0.9, "realis": 0.9}
    return {"main": True, "anchor": anchor, "realis": "actual", "background": False,
            "factuality": 3.0, "score": 0.9, "scores": scores, **entry}  # fmt: skip


def _quantity(text: str, entry: dict[str, Any]) -> dict[str, Any]:
    of = entry.pop("of", None)
    told = words(text, entry.pop("words"), entry.pop("at", 0))
    return {"score": 0.9, "of": words(text, of) if of else None, **told, **entry}


def _attribution(text: str, entry: dict[str, Any]) -> dict[str, Any]:
    source = entry.pop("source")
    kind = entry.pop("kind", "named")
    about = {"source": {**words(text, source), "kind": kind, "entities": entry.pop("of", [])},
             "content": words(text, entry.pop("content"))}  # fmt: skip
    return {"cue": None, "quotation": "indirect", "stance": "asserts", "score": 0.9,
            **about, **entry}  # fmt: skip


def _permission(text: str, entry: dict[str, Any]) -> dict[str, Any]:
    anchor = words(text, entry.pop("anchor"))
    for role in ("grantor", "grantee", "item"):
        entry[role] = [_argument(text, told) for told in entry.get(role, ())]
    return {"deontic": "allow", "anchor": anchor, "score": 0.9, **entry}


def _forecast(text: str, entry: dict[str, Any]) -> dict[str, Any]:
    horizon = entry.pop("horizon", None)
    return {
        "content": words(text, entry.pop("content")), "cue": words(text, entry.pop("cue")),
        "likelihood": "expected", "score": 0.9,
        "horizon": {**words(text, horizon[0]), "time": horizon[1]} if horizon else None, **entry,
    }  # fmt: skip
