"""FollowTheMoney entities (extra ``ftm``), for Aleph, OpenSanctions and yente: JSON Lines.

A report is an Article; a named person, organisation or group is a Person, an Organization or a
LegalEntity, documented by it; an event with somebody in it is an Event. Nobody without a name is
made an entity.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from onrecord.exports.codes import country_of, iso2
from onrecord.exports.contract import ExportError, Lost
from onrecord.exports.event_facts import Told, told_events
from onrecord.record.model import Entity, Record

if TYPE_CHECKING:
    from followthemoney import EntityProxy

NO_NAME = "entities without a name: FollowTheMoney requires one"
NO_SCHEMA = "entities of a kind that FollowTheMoney has no schema for"
NOBODY = "events in which nobody with a name takes part"
_SCHEMA = {"person": "Person", "organization": "Organization", "group": "LegalEntity"}


def entities(record: Record, lost: Lost) -> Iterator[EntityProxy]:
    """The article, then who is named in it, then what happened.

    Raises ``ExportError`` where followthemoney is not installed.
    """
    model = _model()
    article = model.make_entity("Article")
    article.id = _id("report", record.id)
    for name, value in (
        ("title", record.title), ("sourceUrl", record.url), ("publishedAt", record.published),
        ("publisher", record.source), ("author", record.authors), ("fileName", record.file),
        ("language", record.language), ("bodyText", record.text), ("keywords", record.form),
    ):  # fmt: skip
        article.add(name, value)
    yield article
    made: set[str] = set()
    for entity in record.entities or ():
        schema = _SCHEMA.get(entity.kind)
        if schema is None or not entity.name:
            lost[NO_SCHEMA if schema is None else NO_NAME] += 1
            continue
        made.add(entity.id)
        yield _party(model, record, entity, schema)
        link = model.make_entity("Documentation")
        link.id = _id("documentation", record.id, entity.key)
        link.add("document", article.id)
        link.add("entity", _id("entity", record.id, entity.key))
        link.add("summary", "; ".join(dict.fromkeys(m.text for m in entity.mentions)))
        yield link
    for told in told_events(record, lost):
        event = _event(model, told, article.id, made)
        if event is None:
            lost[NOBODY] += 1
        else:
            yield event


def write(records: Iterable[Record], out: BinaryIO, lost: Lost) -> None:
    """Writes an entity a line."""
    for record in records:
        for entity in entities(record, lost):
            out.write(json.dumps(entity.to_dict(), ensure_ascii=False, sort_keys=True).encode())
            out.write(b"\n")


def _model() -> Any:
    try:
        from followthemoney import model
    except ImportError as error:
        raise ExportError(
            "FollowTheMoney needs its library: pip install 'onrecord[ftm]'"
        ) from error
    return model


def _id(*parts: str) -> str:
    return "onrecord-" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]


def _party(model: Any, record: Record, entity: Entity, schema: str) -> EntityProxy:
    made: EntityProxy = model.make_entity(schema)
    made.id = _id("entity", record.id, entity.key)
    made.add("name", entity.name)
    names = {m.text for m in entity.mentions if m.kind == "name"} - {entity.name}
    made.add("alias", sorted(names))
    made.add("country", iso2(country_of(entity.codes)))
    if schema == "Person":
        made.add("position", entity.role)
    made.add("sourceUrl", record.url)
    return made


def _event(model: Any, told: Told, article: str | None, known: set[str]) -> EntityProxy | None:
    event, record, context = told.event, told.record, told.context

    def ids(arguments: Any) -> list[str]:
        found = [context.get(a.entity) for a in arguments if a.entity in known]
        return [_id("entity", record.id, entity.key) for entity in found]

    actors, recipients = ids(event.actors), ids(event.recipients)
    if not actors and not recipients:
        return None
    made: EntityProxy = model.make_entity("Event")
    made.id = _id("event", record.id, event.key)
    made.add("name", f"{event.type}: {event.anchor.text}")
    made.add("summary", context.sentence_text(event))
    if told.day_basis == "text" and told.end:
        made.add("startDate", told.day)
        made.add("endDate", told.end)
    else:
        made.add("date", told.day)
    made.add("organizer", actors)
    made.add("involved", recipients)
    if told.place is not None:
        made.add("location", told.place.name or told.place.text)
        made.add("country", iso2(told.place.country3))
    made.add("keywords", [event.realis, *event.modes, *event.contexts])
    made.add("recordId", event.key)
    made.add("proof", article)
    made.add("sourceUrl", record.url)
    return made
