"""PLOVER JSON Lines: the fields of the manual, draft 2.0 (2021), chapter "Data Fields".

Where the manual contradicts itself, ``docs/exports.md`` says how it is read. Fields of our own are
kept under ``onrecord``, as the manual allows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from onrecord.exports.contract import Lost
from onrecord.exports.event_facts import (
    NO_ACTOR,
    Party,
    Told,
    dated_events,
    levels,
)
from onrecord.knowledge.plover import ontology, quad, scale
from onrecord.record.model import Place, Record, Words
from onrecord.record.rows import Context

NO_RECIPIENT = "events without the recipient that PLOVER requires of their type"
_SIZES = {"killed": "dead", "wounded": "injured", "detained": "arrested"}
_AUXILIARY = {
    "negated": "negation", "future": "future", "possible": "hypothetical",
    "conditional": "hypothetical",
}  # fmt: skip


def events(record: Record, lost: Lost) -> Iterator[dict[str, Any]]:
    """The events of ``record`` as PLOVER objects, in the order of the text."""
    for told in dated_events(record, lost):
        if not told.actors:
            lost[NO_ACTOR] += 1
        elif not told.recipients and ontology().types[told.event.type].recipient_required:
            lost[NO_RECIPIENT] += 1
        else:
            yield _event(told)


def write(records: Iterable[Record], out: BinaryIO, lost: Lost) -> None:
    """Writes an event a line."""
    for record in records:
        for event in events(record, lost):
            out.write(json.dumps(event, ensure_ascii=False).encode() + b"\n")


def _event(told: Told) -> dict[str, Any]:
    event, record, context = told.event, told.record, told.context
    made = {
        "id": f"{record.id}:{event.key}",
        "date": told.day,
        "time": told.clock,
        "enddate": told.end,
        "actor": [_entity(party) for party in told.actors],
        "recipient": [_entity(party) for party in told.recipients],
        "event": [event.type],
        "event_text": [event.anchor.text],
        "mode": list(event.modes),
        "context": _contexts(told),
        "quad_code": quad(event.type),
        "event_scale": scale(event.type, event.modes),
        "event_loc": _location(told.place),
        **_sizes(told),
        "text": context.sentence_text(event),
        "text_info": _text_info(told),
        "cite_info": _citation(record),
        "coder": f"onrecord {record.reader.version}",
        "onrecord": {
            "report": record.id,
            "key": event.key,
            "date_basis": told.day_basis,
            "realis": event.realis,
            "factuality": event.factuality,
            "told_by": _teller(context, event.attribution),
            "score": event.score,
            "scores": {"type": event.scores.type, "roles": event.scores.roles,
                       "realis": event.scores.realis},
        },
    }  # fmt: skip
    return {key: value for key, value in made.items() if value not in (None, [], {})}


def _entity(party: Party) -> dict[str, Any]:
    made = {
        "code": party.codes[0] if party.codes else None,
        "sector": party.sectors[0] if party.sectors else None,
        "entity_text": party.words,
        "identifier_text": party.name if party.name != party.words else None,
        "office": party.role,
        "other_codes": list(party.codes[1:]),
        "other_sectors": list(party.sectors[1:]),
    }
    return {key: value for key, value in made.items() if value not in (None, [])}


def _contexts(told: Told) -> list[str]:
    event = told.event
    auxiliary = _AUXILIARY.get(event.realis)
    return [
        *event.contexts,
        *([auxiliary] if auxiliary else []),
        *(["historical"] if event.background else []),
    ]


def _location(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    where = levels(place)
    feature = place.feature or ""
    resolution = (
        1 if feature.startswith("PCL") or (not feature and not place.admin1)
        else 2 if feature.startswith("ADM1")
        else 3 if feature.startswith("ADM2")
        else 4 if feature.startswith("PPL")
        else 5
    )  # fmt: skip
    made = {
        "extracted_place": place.text,
        "resolved_place": place.name,
        "geonameid": place.geonames_id,
        "lat": place.lat,
        "lon": place.lon,
        "city": where.city,
        "district": where.district,
        "province": where.province,
        "country_code": where.country,
        "feature_code": place.feature,
        "resolution": resolution if place.name else None,
    }
    return {key: value for key, value in made.items() if value is not None}


def _sizes(told: Told) -> dict[str, Any]:
    """The dead, injured and arrested, where a figure of the event says how many."""
    found: dict[str, Any] = {}
    for id_ in told.event.quantities:
        quantity = told.context.get(id_)
        if quantity is None or quantity.change:
            continue
        field = _SIZES.get(quantity.property or "")
        value = quantity.value if quantity.value is not None else quantity.low
        if field and value is not None:
            found.setdefault(field, value)
    return found


def _text_info(told: Told) -> dict[str, Any]:
    spans = told.event.anchor.spans
    return {
        "sequence": told.context.sentence_number(spans[0][0]),
        "start": spans[0][0],
        "end": spans[-1][1],
    }


def _citation(record: Record) -> dict[str, Any]:
    made = {
        "publication": record.source,
        "title": record.title,
        "url": record.url,
        "language": record.language,
        "citation": ", ".join(filter(None, [*record.authors, record.published])) or None,
        "codebook": "PLOVER 2.0 draft (2021)",
        "version": record.reader.version,
    }
    return {key: value for key, value in made.items() if value is not None}


def _teller(context: Context, attribution: str | None) -> str | None:
    found = context.get(attribution)
    source: Words | None = None if found is None else found.source
    return None if source is None else source.text
