"""PROV-JSON (W3C member submission of 24 April 2013): who says what, and who read it from what.

One bundle a report: the text, the reading by a version of onrecord with its weights, every claim
quoted from the text and attributed to its source, and every event derived from the claim that
tells it, or from the text where the report tells it in its own word.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from onrecord.exports.contract import Lost
from onrecord.record.model import Record
from onrecord.record.rows import Context

PREFIXES = {"onrecord": "urn:onrecord:", "xsd": "http://www.w3.org/2001/XMLSchema#"}
Bundle = dict[str, dict[str, dict[str, Any]]]


def bundle(record: Record, lost: Lost) -> tuple[str, Bundle]:
    """The name of the bundle of ``record``, and the bundle."""
    base = "onrecord:" + hashlib.sha256(record.id.encode()).hexdigest()[:16]
    made: Bundle = {}
    number = 0

    def relate(kind: str, **ends: str) -> None:
        nonlocal number
        number += 1
        relations = made.setdefault(kind, {})
        relations[f"_:r{number}"] = {f"prov:{name}": end for name, end in ends.items()}

    def add(kind: str, name: str, **facts: Any) -> str:
        told = {key.replace("__", ":"): value for key, value in facts.items() if value is not None}
        made.setdefault(kind, {})[name] = told
        return name

    text = add(
        "entity", f"onrecord:text-{record.text_sha256[:16]}",
        prov__type="onrecord:Text", prov__label=record.title, onrecord__report=record.id,
        onrecord__published=record.published, onrecord__source=record.source,
        onrecord__url=record.url, onrecord__sha256=record.text_sha256,
    )  # fmt: skip
    reader = add(
        "agent", f"onrecord:version-{record.reader.version}",
        prov__type="prov:SoftwareAgent", prov__label=f"onrecord {record.reader.version}",
    )  # fmt: skip
    reading = add(
        "activity", f"{base}-reading", onrecord__model=record.reader.model,
        onrecord__pipeline=record.reader.pipeline, onrecord__knowledge=record.reader.knowledge,
    )  # fmt: skip
    whole = add("entity", f"{base}-record", prov__type="onrecord:Record")
    relate("used", activity=reading, entity=text)
    relate("wasAssociatedWith", activity=reading, agent=reader)
    relate("wasGeneratedBy", entity=whole, activity=reading)
    relate("wasDerivedFrom", generatedEntity=whole, usedEntity=text)

    context = Context(record)
    for said in record.attributions or ():
        claim = add(
            "entity", f"{base}-{said.id}", prov__type="onrecord:Claim",
            prov__value=said.content.text, onrecord__stance=said.stance,
            onrecord__quotation=said.quotation, onrecord__key=said.key,
            onrecord__spans=json.dumps(said.content.spans), onrecord__score=said.score,
        )  # fmt: skip
        outer = context.get(said.nested_in)
        relate("wasDerivedFrom", generatedEntity=claim,
               usedEntity=text if outer is None else f"{base}-{outer.id}")  # fmt: skip
        for agent in _sources(context, said, base, add):
            relate("wasAttributedTo", entity=claim, agent=agent)
    for event in record.events or ():
        entity = add(
            "entity", f"{base}-{event.id}", prov__type="onrecord:Event",
            prov__value=event.anchor.text, onrecord__plover=event.type,
            onrecord__realis=event.realis, onrecord__key=event.key,
            onrecord__spans=json.dumps(event.anchor.spans), onrecord__score=event.score,
        )  # fmt: skip
        told_by = context.get(event.attribution)
        relate("wasDerivedFrom", generatedEntity=entity,
               usedEntity=text if told_by is None else f"{base}-{told_by.id}")  # fmt: skip
    return f"{base}-bundle", made


def write(records: Iterable[Record], out: BinaryIO, lost: Lost) -> None:
    """Writes one PROV-JSON document, a bundle a line; a report that comes twice, once."""
    out.write(b'{"prefix": ' + json.dumps(PREFIXES).encode() + b', "bundle": {')
    lead = b"\n"
    seen: set[str] = set()
    for record in records:
        name, made = bundle(record, lost)
        if name in seen:
            lost["reports whose id came before"] += 1
            continue
        seen.add(name)
        line = f"{json.dumps(name)}: {json.dumps(made, ensure_ascii=False)}"
        out.write(lead + line.encode())
        lead = b",\n"
    out.write(b"\n}}\n")


def _sources(context: Context, said: Any, base: str, add: Any) -> list[str]:
    source = said.source
    if source is None:
        return []
    found = [entity for id_ in source.entities if (entity := context.get(id_)) is not None]
    if not found:
        return [add("agent", f"{base}-{said.id}-source", prov__type="prov:Agent",
                    prov__label=source.text, onrecord__kind=source.kind)]  # fmt: skip
    return [
        add(
            "agent", f"{base}-{entity.id}",
            prov__type="prov:Person" if entity.kind == "person" else "prov:Organization"
            if entity.kind in {"organization", "country"} else "prov:Agent",
            prov__label=entity.name or source.text, onrecord__kind=source.kind,
        )
        for entity in found
    ]  # fmt: skip
