"""GeoJSON (RFC 7946): a feature for each place that an event happened at, and each place named.

Points are longitude, latitude, in WGS 84. A place that could not be resolved has no geometry to
show and is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from onrecord.exports.contract import Lost
from onrecord.exports.event_facts import told_events
from onrecord.record.model import Place, Record
from onrecord.record.rows import Context

NO_POINT = "places without coordinates"
NO_PLACE = "events without a resolved place"


def features(record: Record, lost: Lost) -> Iterator[dict[str, Any]]:
    """Features of ``record``: one for each event and place of it, then one for each place."""
    context = Context(record)
    for told in told_events(record, lost):
        event = told.event
        places = {p.place: context.get(p.place) for p in event.places or () if p.place}
        found = [place for place in places.values() if place is not None and place.lat is not None]
        if not found:
            lost[NO_PLACE] += 1
        for place in found:
            yield _feature(f"{record.id}:{event.key}:{place.key}", place, {
                "what": "event", "report": record.id, "key": event.key, "type": event.type,
                "modes": list(event.modes), "realis": event.realis,
                "background": event.background, "factuality": event.factuality,
                "date": told.day, "date_end": told.end, "date_basis": told.day_basis,
                "actors": [party.name for party in told.actors],
                "recipients": [party.name for party in told.recipients],
                "words": event.anchor.text, "sentence": context.sentence_text(event),
                "score": event.score,
            }, record)  # fmt: skip
    for place in record.places or ():
        if place.lat is None:
            lost[NO_POINT] += 1
            continue
        yield _feature(f"{record.id}:{place.key}", place, {
            "what": "place", "report": record.id, "key": place.key, "words": place.text,
            "metonym": place.metonym, "demonym": place.demonym, "score": place.score,
        }, record)  # fmt: skip


def write(records: Iterable[Record], out: BinaryIO, lost: Lost) -> None:
    """Writes one FeatureCollection, a feature a line."""
    out.write(b'{"type": "FeatureCollection", "features": [')
    lead = b"\n"
    for record in records:
        for feature in features(record, lost):
            out.write(lead + json.dumps(feature, ensure_ascii=False).encode())
            lead = b",\n"
    out.write(b"\n]}\n")


def _feature(id_: str, place: Place, properties: dict[str, Any], record: Record) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": id_,
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "properties": {
            **properties,
            "place": place.name,
            "country": place.country3,
            "admin1": place.admin1,
            "feature": place.feature,
            "geonames_id": place.geonames_id,
            "published": record.published,
            "source": record.source,
            "url": record.url,
        },
    }
