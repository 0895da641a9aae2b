"""A record as marked words and links between them: what tools for annotation understand.

Each entry has one mark that carries it (an event's anchor, an attribution's content, a mention) and
marks for its other words, linked to it by their role. Words of a participant that are a mention of
an entity are that mention's mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from onrecord.record.model import (
    Argument,
    Entity,
    Place,
    Quantity,
    Record,
    Spans,
    Time,
    Words,
)

CARRIER = ""
"""The role of the mark that carries its entry."""


@dataclass(frozen=True)
class Mark:
    """Words with a label. ``facts`` are what the entry says of itself, labels and values only.

    ``id`` is unique in a record: the entry's, with the role and a number behind it where an entry
    has several marks.
    """

    id: str
    part: str
    key: str
    role: str
    label: str
    spans: Spans
    text: str
    facts: dict[str, Any] = field(default_factory=dict)
    score: float | None = None

    def pieces(self) -> Iterator[tuple[int, int, str]]:
        """Each span with its own words, cut from ``text``, where one space joins them."""
        at = 0
        for start, end in self.spans:
            yield start, end, self.text[at : at + end - start]
            at += end - start + 1


@dataclass(frozen=True)
class Link:
    """A mark in its role for another: (event, actor, mention)."""

    source: str
    role: str
    target: str


@dataclass
class Marks:
    """All marks of a record in the order of its parts, and the links between them."""

    marks: list[Mark] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


def marks_of(record: Record) -> Marks:
    """The marks and links of ``record``; what was inferred and has no words has no mark."""
    maker = _Maker(record)
    maker.make()
    return maker.made


class _Maker:
    def __init__(self, record: Record) -> None:
        self.record = record
        self.made = Marks()
        self._mention: dict[tuple[str, Spans], str] = {}
        self._of_entry: dict[str, str] = {}
        self._by_id: dict[str, Mark] = {}

    def make(self) -> None:
        record = self.record
        for entity in record.entities or ():
            self._entity(entity)
        for times in record.times or ():
            self._entry("times", times, "time", times, _time_facts(times))
        for place in record.places or ():
            self._entry("places", place, "place", place, _place_facts(place))
        for quantity in record.quantities or ():
            carrier = self._entry("quantities", quantity, "quantity", quantity,
                                  _quantity_facts(quantity))  # fmt: skip
            self._words(carrier, "of", quantity.of)
        for said in record.attributions or ():
            facts: dict[str, Any] = {"stance": said.stance, "quotation": said.quotation}
            if said.source is not None:
                facts["source_kind"] = said.source.kind
            carrier = self._entry("attributions", said, "attribution", said.content, facts)
            self._words(carrier, "cue", said.cue)
            self._words(carrier, "source", said.source)
        for event in record.events or ():
            facts = {"realis": event.realis, "background": event.background,
                     "modes": list(event.modes), "contexts": list(event.contexts)}  # fmt: skip
            carrier = self._entry("events", event, event.type, event.anchor, facts)
            self._arguments(carrier, "actor", event.actors)
            self._arguments(carrier, "recipient", event.recipients)
            self._referring(carrier, "place", event.places or (), "place")
            self._referring(carrier, "time", event.times or (), "time")
        for leave in record.permissions or ():
            facts = {"state": leave.state, "deontic": leave.deontic}
            carrier = self._entry("permissions", leave, "permission", leave.anchor, facts)
            for role in ("grantor", "grantee", "requester", "item", "against"):
                self._arguments(carrier, role, getattr(leave, role))
            self._words(carrier, "act", leave.act)
            self._words(carrier, "condition", leave.condition)
            self._referring(carrier, "where", leave.where, "place")
            self._referring(carrier, "time", leave.times, "time")
            for number, limit in enumerate(leave.limits, 1):
                self._words(carrier, "limit", limit, number)
        for forecast in record.forecasts or ():
            facts = {"likelihood": forecast.likelihood}
            carrier = self._entry("forecasts", forecast, "forecast", forecast.content, facts)
            self._words(carrier, "cue", forecast.cue)
            self._words(carrier, "condition", forecast.condition)
            if forecast.horizon is not None:
                self._referring(carrier, "time", (forecast.horizon,), "time")
        for reason in record.reasons or ():
            carrier = self._entry("reasons", reason, "reason", reason.content,
                                  {"reason_kind": reason.kind})  # fmt: skip
            self._words(carrier, "cue", reason.anchor)
            self._words(carrier, "of", reason.of)
        self._references()

    def _entity(self, entity: Entity) -> None:
        facts = {"name": entity.name, "codes": list(entity.codes),
                 "sectors": list(entity.sectors), "office": entity.role}  # fmt: skip
        first = None
        for number, mention in enumerate(entity.mentions, 1):
            id_ = f"{entity.id}.{number}"
            self._add(Mark(id_, "entities", entity.key, CARRIER, entity.kind, mention.spans,
                           mention.text, {"mention": mention.kind, **facts},
                           entity.score))  # fmt: skip
            self._mention[entity.id, mention.spans] = id_
            first = first or id_
            if first != id_:
                self._link(first, "same", id_)
        if first is not None:
            self._of_entry[entity.id] = first

    def _entry(
        self, part: str, entry: Any, label: str, words: Words, facts: dict[str, Any]
    ) -> str | None:
        if not words.spans:
            return None
        mark = Mark(entry.id, part, entry.key, CARRIER, label, words.spans, words.text, facts,
                    getattr(entry, "score", None))  # fmt: skip
        self._add(mark)
        self._of_entry[entry.id] = entry.id
        return mark.id

    def _words(self, carrier: str | None, role: str, words: Words | None, number: int = 1) -> None:
        if carrier is None or words is None or not words.spans:
            return
        owner = self._by_id[carrier]
        id_ = f"{carrier}.{role}" + (str(number) if number > 1 else "")
        self._add(Mark(id_, owner.part, owner.key, role, role, words.spans, words.text))
        self._link(carrier, role, id_)

    def _arguments(self, carrier: str | None, role: str, arguments: Sequence[Argument]) -> None:
        for number, argument in enumerate(arguments, 1):
            mention = self._mention.get((argument.entity or "", argument.spans))
            if carrier is not None and mention is not None:
                self._link(carrier, role, mention)
            else:
                self._words(carrier, role, argument, number)

    def _referring(
        self, carrier: str | None, role: str, words: Sequence[Words], field_: str
    ) -> None:
        for number, one in enumerate(words, 1):
            target = self._of_entry.get(getattr(one, field_) or "")
            if carrier is not None and target is not None:
                self._link(carrier, role, target)
            else:
                self._words(carrier, role, one, number)

    def _references(self) -> None:
        """Links by id between whole entries, once all have their marks."""
        record = self.record
        for part in ("events", "permissions", "forecasts", "reasons", "quantities"):
            for entry in getattr(record, part) or ():
                self._refer(entry.attribution, "tells", entry.id)
        for said in record.attributions or ():
            self._refer(said.nested_in, "tells", said.id)
        for event in record.events or ():
            self._refer(event.same_as, "same", event.id)
            for quantity in event.quantities:
                self._refer(event.id, "quantity", quantity)
        for leave in record.permissions or ():
            self._refer(leave.id, "changes", leave.changes)
        for reason in record.reasons or ():
            self._refer(reason.id, "explains", reason.of_ref)
        for forecast in record.forecasts or ():
            for id_ in forecast.events:
                self._refer(forecast.id, "foretells", id_)

    def _refer(self, source: str | None, role: str, target: str | None) -> None:
        first, second = self._of_entry.get(source or ""), self._of_entry.get(target or "")
        if first is not None and second is not None:
            self._link(first, role, second)

    def _add(self, mark: Mark) -> None:
        self.made.marks.append(mark)
        self._by_id[mark.id] = mark

    def _link(self, source: str, role: str, target: str) -> None:
        self.made.links.append(Link(source, role, target))


def _time_facts(time: Time) -> dict[str, Any]:
    return {"time_type": time.type, "value": time.value, "start": time.start, "end": time.end}


def _place_facts(place: Place) -> dict[str, Any]:
    return {"name": place.name, "country": place.country3, "geonames_id": place.geonames_id,
            "lat": place.lat, "lon": place.lon, "metonym": place.metonym,
            "demonym": place.demonym}  # fmt: skip


def _quantity_facts(quantity: Quantity) -> dict[str, Any]:
    return {"value": quantity.value, "low": quantity.low, "high": quantity.high,
            "unit": quantity.unit, "property": quantity.property}  # fmt: skip
