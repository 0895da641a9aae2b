"""An event with what the formats of event data ask of it: day, place, parties, pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations, product
from typing import NamedTuple

from onrecord.exports.codes import country_of
from onrecord.exports.contract import Lost
from onrecord.record.model import Argument, Event, Place, Record, Spans, Time
from onrecord.record.rows import Context

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CLOCK = re.compile(r"T(\d\d:\d\d(?::\d\d)?)")

REPEATED = "events told again in the same report (same_as): one row for each event"
NO_DAY = "events without a day, in reports without a date of publication: the format needs one"
NO_ACTOR = "events whose report names no actor: the format needs one"
FURTHER_PLACES = "further places of an event: the format holds one"


class Party(NamedTuple):
    """One who takes part. ``codes`` and ``sectors`` are PLOVER's; ``country`` is alpha-3."""

    words: str
    name: str
    codes: tuple[str, ...]
    country: str | None
    sectors: tuple[str, ...]
    role: str | None
    spans: Spans


@dataclass(frozen=True)
class Told:
    """One event. ``day_basis``: ``text``, or ``published`` where the report tells no day."""

    context: Context
    event: Event
    day: str | None
    end: str | None
    clock: str | None
    day_basis: str | None
    place: Place | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]

    @property
    def record(self) -> Record:
        """The record that it stands in."""
        return self.context.record

    def pairs(self) -> list[tuple[Party | None, Party | None]]:
        """Actor and recipient, two by two, as formats with one of each have them.

        All sides of a meeting are actors in PLOVER: there, each with each, both ways, as CAMEO
        has it.
        """
        if not self.recipients and self.event.type == "CONSULT" and len(self.actors) > 1:
            return list(permutations(self.actors, 2))
        return list(product(self.actors or (None,), self.recipients or (None,)))


def told_events(record: Record, lost: Lost, *, repeated: bool = False) -> Iterator[Told]:
    """The events of ``record``; mentions of one told before are left out, unless ``repeated``."""
    context = Context(record)
    for event in record.events or ():
        if event.same_as is not None and not repeated:
            lost[REPEATED] += 1
            continue
        places = [found for p in event.places or () if (found := context.get(p.place)) is not None]
        if len(places) > 1:
            lost[FURTHER_PLACES] += len(places) - 1
        day, end, clock = _when(context, event)
        published = day_of(record.published)
        yield Told(
            context=context,
            event=event,
            day=day or published,
            end=end,
            clock=clock,
            day_basis="text" if day else "published" if published else None,
            place=places[0] if places else None,
            actors=tuple(party(context, argument) for argument in event.actors),
            recipients=tuple(party(context, argument) for argument in event.recipients),
        )


def dated_events(record: Record, lost: Lost) -> Iterator[Told]:
    """The events of ``record`` that have a day, or get that of publication."""
    for event in told_events(record, lost):
        if event.day is None:
            lost[NO_DAY] += 1
        else:
            yield event


def party(context: Context, argument: Argument) -> Party:
    """One who takes part, with what the report tells of the entity behind the words."""
    entity = context.get(argument.entity)
    return Party(
        words=argument.text,
        name=entity.name if entity is not None and entity.name else argument.text,
        codes=argument.codes,
        country=country_of(argument.codes),
        sectors=argument.sectors,
        role=None if entity is None else entity.role,
        spans=argument.spans,
    )


def day_of(stamp: str | None) -> str | None:
    """The day of an ISO date or date-time; None where it is not known to the day."""
    found = _DAY.match(stamp or "")
    return found.group() if found else None


def _when(context: Context, event: Event) -> tuple[str | None, str | None, str | None]:
    for words in event.times or ():
        time: Time | None = context.get(words.time)
        if time is not None and (day := day_of(time.start)):
            end = day_of(time.end)
            clock = _CLOCK.search(time.start or "")
            return day, end if end != day else None, clock.group(1) if clock else None
    return None, None, None


class Where(NamedTuple):
    """A place in the levels that event data have: each None where the place is wider."""

    city: str | None
    district: str | None
    province: str | None
    country: str | None


def levels(place: Place | None) -> Where:
    """City, second-order district, first-order province and country (alpha-3) of a place."""
    if place is None:
        return Where(None, None, None, None)
    feature = place.feature or ""
    return Where(
        city=place.name if feature.startswith("PPL") else None,
        district=place.name if feature.startswith("ADM2") else None,
        province=place.admin1,
        country=place.country3,
    )
