"""Label Studio: tasks with predictions, and the labelling interface that they need.

Label Studio counts offsets of text in Unicode code points (its front end measures
``[...textContent].length``; read in label-studio 1.23.2), as the record does. It has no region of
several spans: the pieces are regions of their own, linked by a relation ``continues``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from onrecord.exports.contract import Lost
from onrecord.exports.marks import CARRIER, Mark, marks_of
from onrecord.knowledge.plover import ontology
from onrecord.record.labels import LABELS
from onrecord.record.model import Record

_ROLES = ("actor", "recipient", "place", "time", "cue", "source", "act", "condition", "where",
          "grantor", "grantee", "requester", "item", "against", "limit", "of")  # fmt: skip
_LINKS = (*_ROLES, "same", "tells", "quantity", "changes", "explains", "foretells", "continues")
_CHOICES = {"realis": "realis", "stance": "stance", "quotation": "quotation",
            "source_kind": "source_kind", "state": "permission_state", "deontic": "deontic",
            "reason_kind": "reason_kind", "likelihood": "likelihood", "mention": "mention_kind",
            "time_type": "time_type"}  # fmt: skip
_PLAIN = ("attribution", "permission", "forecast", "reason", "quantity", "time", "place")


def task(record: Record) -> dict[str, Any]:
    """One task: the text, and one prediction with all marks and links."""
    made = marks_of(record)
    result: list[dict[str, Any]] = []
    for mark in made.marks:
        result += _regions(mark)
    for link in made.links:
        result.append(_relation(link.source, link.target, link.role))
    data = {"text": record.text, "report": record.id, "published": record.published,
            "title": record.title, "source": record.source, "url": record.url,
            "text_sha256": record.text_sha256}  # fmt: skip
    return {
        "data": data,
        "predictions": [{"model_version": f"onrecord {record.reader.version}", "result": result}],
    }


def config() -> str:
    """The labelling interface, with every label that a prediction can have."""
    labels = dict.fromkeys((*LABELS["entity_kind"], *ontology().types, *_PLAIN, *_ROLES))
    lines = ["<View>", "  <Relations>"]
    lines += [f"    <Relation value={quoteattr(name)}/>" for name in dict.fromkeys(_LINKS)]
    lines += ["  </Relations>", '  <Labels name="label" toName="text">']
    lines += [f"    <Label value={quoteattr(name)}/>" for name in labels]
    lines += ["  </Labels>", '  <Text name="text" value="$text"/>']
    for fact, labels_name in _CHOICES.items():
        lines.append(f'  <Choices name="{fact}" toName="text" perRegion="true">')
        lines += [f"    <Choice value={quoteattr(v)}/>" for v in LABELS[labels_name]]
        lines.append("  </Choices>")
    lines.append('  <Choices name="background" toName="text" perRegion="true">')
    lines += ['    <Choice value="background"/>', "  </Choices>"]
    return "\n".join([*lines, "</View>"]) + "\n"


def write_path(records: Iterable[Record], path: Path, lost: Lost) -> None:
    """Writes ``tasks.json`` and ``config.xml`` into the folder ``path``, which it makes."""
    path.mkdir(parents=True, exist_ok=True)
    (path / "config.xml").write_text(config(), encoding="utf-8")
    with (path / "tasks.json").open("wb") as out:
        lead = b"[\n"
        for record in records:
            out.write(lead + json.dumps(task(record), ensure_ascii=False).encode())
            lead = b",\n"
        out.write(b"[]\n" if lead == b"[\n" else b"\n]\n")


def _regions(mark: Mark) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    for number, (start, end, words) in enumerate(mark.pieces()):
        id_ = f"{mark.id}~{number + 1}" if number else mark.id
        value = {"start": start, "end": end, "text": words}
        region: dict[str, Any] = {
            "id": id_,
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {**value, "labels": [mark.label]},
        }
        if mark.score is not None:
            region["score"] = mark.score
        if number == 0 and mark.role == CARRIER:
            region["meta"] = {"text": [f"{mark.part} {mark.key}"]}
        out.append(region)
        if number:
            out.append(_relation(mark.id, id_, "continues"))
            continue
        chosen = {name: [mark.facts[name]] for name in _CHOICES if mark.facts.get(name)}
        if mark.facts.get("background"):
            chosen["background"] = ["background"]
        for name, choices in chosen.items():
            out.append({"id": id_, "from_name": name, "to_name": "text", "type": "choices",
                        "value": {**value, "choices": choices}})  # fmt: skip
    return out


def _relation(source: str, target: str, role: str) -> dict[str, Any]:
    return {"type": "relation", "from_id": source, "to_id": target, "direction": "right",
            "labels": [role]}  # fmt: skip
