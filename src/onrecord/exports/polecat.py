"""POLECAT: 40 columns, tab-separated, one line for each pair of actor and recipient.

The columns are those of the POLECAT data (Halterman, Bagozzi, Beger, Schrodt, Scarborough, 2023).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from onrecord.exports.codes import country_name, cow
from onrecord.exports.contract import Lost
from onrecord.exports.event_facts import (
    NO_ACTOR,
    Party,
    Told,
    dated_events,
    day_of,
    levels,
)
from onrecord.exports.table import line
from onrecord.knowledge.plover import quad, scale
from onrecord.record.model import Record

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors",
    "Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country",
    "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title",
    "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City", "District", "Province",
    "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source",
    "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip
_LIST = ";"


def rows(record: Record, lost: Lost) -> Iterator[list[Any]]:
    """The lines of ``record``, each a value for each of ``COLUMNS``."""
    story = _story(record)
    for told in dated_events(record, lost):
        if not told.actors:
            lost[NO_ACTOR] += 1
            continue
        for actor, recipient in told.pairs():
            yield _row(told, actor, recipient, story)


def write(records: Iterable[Record], out: BinaryIO, lost: Lost) -> None:
    """Writes the header and the lines of all ``records``."""
    out.write(line(COLUMNS))
    for record in records:
        for row in rows(record, lost):
            out.write(line(row))


def _row(
    told: Told, actor: Party | None, recipient: Party | None, story: Sequence[str]
) -> list[Any]:
    event, record, place = told.event, told.record, told.place
    where = levels(place)
    return [
        f"{record.id}:{event.key}",
        told.day,
        event.type,
        _LIST.join(event.modes),
        scale(event.type, event.modes),
        quad(event.type),
        _LIST.join(event.contexts),
        *_party(actor),
        *_party(recipient),
        None if place is None else place.name,
        where.city,
        where.district,
        where.province,
        where.country,
        None if place is None else place.lat,
        None if place is None else place.lon,
        None if place is None else place.geonames_id,
        None if place is None else place.text,
        None if place is None else place.feature,
        record.source or record.url or record.file,
        day_of(record.published),
        *story,
        record.language,
        f"onrecord {record.reader.version}",
    ]


def _party(party: Party | None) -> list[Any]:
    if party is None:
        return [None] * 8
    return [
        party.name,
        party.country or (party.codes[0] if party.codes else None),
        cow(party.country),
        party.sectors[0] if party.sectors else None,
        _LIST.join(party.sectors),
        party.role,
        party.words,
        None,
    ]


def _story(record: Record) -> list[str]:
    """People, organizations and places of the whole report."""

    def named(*kinds: str) -> str:
        names = [e.name for e in record.entities or () if e.kind in kinds and e.name]
        return _LIST.join(dict.fromkeys(names))

    places = [
        p.name or country_name(p.country3) or p.text for p in record.places or () if not p.demonym
    ]
    return [named("person"), named("organization"), _LIST.join(dict.fromkeys(places))]
