"""schema.org Claim as JSON-LD: what the report says that somebody asserted.

A ClaimReview needs a verdict, which a record does not hold: a fact-checker adds it, with
``itemReviewed`` the ``@id`` of the Claim. What is denied, feared or asked is no claim of its
source, and is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from onrecord.exports.contract import Lost
from onrecord.record.model import Attribution, Record
from onrecord.record.rows import Context

_ORGANIZATIONS = frozenset({"organization", "country", "group"})


def claims(record: Record, lost: Lost) -> Iterator[dict[str, Any]]:
    """The claims of ``record``, each with its author and where it appeared."""
    context = Context(record)
    appearance = _appearance(record)
    asserted = {said.id for said in record.attributions or () if said.stance == "asserts"}
    for said in record.attributions or ():
        if said.stance != "asserts":
            lost[f"attributions that do not assert ({said.stance}): no claim of their source"] += 1
            continue
        made: dict[str, Any] = {
            "@type": "Claim",
            "@id": _id(record, said),
            "text": said.content.text,
            "inLanguage": record.language,
            "author": _author(context, said),
            "appearance": appearance,
            "isPartOf": None,
        }
        if said.nested_in in asserted:
            made["isPartOf"] = {"@id": _id(record, context.get(said.nested_in))}
        yield {key: value for key, value in made.items() if value is not None}


def write(records: Iterable[Record], out: BinaryIO, lost: Lost) -> None:
    """Writes one JSON-LD document whose ``@graph`` holds the claims, one a line."""
    out.write(b'{"@context": "https://schema.org", "@graph": [')
    lead = b"\n"
    for record in records:
        for claim in claims(record, lost):
            out.write(lead + json.dumps(claim, ensure_ascii=False).encode())
            lead = b",\n"
    out.write(b"\n]}\n")


def _id(record: Record, said: Attribution) -> str:
    return f"urn:onrecord:{record.text_sha256[:16]}:{said.key}"


def _author(context: Context, said: Attribution) -> dict[str, Any] | None:
    source = said.source
    if source is None:
        return None
    entity = next((e for id_ in source.entities if (e := context.get(id_)) is not None), None)
    body = source.kind in {"institution", "document"} or (
        entity is not None and entity.kind in _ORGANIZATIONS
    )
    made: dict[str, Any] = {"@type": "Organization" if body else "Person"}
    if source.kind == "unnamed" or entity is None or entity.name is None:
        made["description"] = source.group or source.text
    if source.kind != "unnamed":
        made["name"] = entity.name if entity is not None and entity.name else source.text
    if entity is not None and entity.role and not body:
        made["jobTitle"] = entity.role
    return made


def _appearance(record: Record) -> dict[str, Any]:
    made = {
        "@type": "NewsArticle",
        "identifier": record.id,
        "headline": record.title,
        "url": record.url,
        "datePublished": record.published,
        "publisher": {"@type": "Organization", "name": record.source} if record.source else None,
        "author": [{"@type": "Person", "name": name} for name in record.authors] or None,
        "inLanguage": record.language,
    }
    return {key: value for key, value in made.items() if value is not None}
