"""brat standoff: ``.txt`` and ``.ann`` for each report, with the configuration that brat needs.

Offsets are Unicode code points, as brat counts them. A span that runs over a line end is cut there,
since an annotation is one line of the file. ``onrecord.jsonl`` keeps what was written and of which
entry, so that ``corrections`` can tell what an annotator has changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from onrecord.exports.contract import Lost
from onrecord.exports.marks import CARRIER, Mark, marks_of
from onrecord.exports.names import file_name
from onrecord.knowledge.plover import ontology
from onrecord.record.labels import LABELS
from onrecord.record.model import Record, Spans

SIDECAR = "onrecord.jsonl"
# What str.splitlines and the columns of an .ann file would cut a line at.
BREAK = re.compile("[\t\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]+")
TRIGGERED = frozenset({"events", "permissions"})
TYPES = {"attributions": "Content", "forecasts": "Forecast", "reasons": "Reason",
         "quantities": "Quantity", "times": "Time", "places": "Location",
         "permissions": "Permission"}  # fmt: skip
WORDS = {"cue": "Cue", "source": "Source"}
ATTRIBUTES = {"realis": "realis", "stance": "stance", "quotation": "quotation",
              "source_kind": "source_kind", "state": "permission_state", "deontic": "deontic",
              "reason_kind": "reason_kind", "likelihood": "likelihood",
              "mention": "mention_kind"}  # fmt: skip
ARGUMENTS = {
    "events": ("actor", "recipient", "place", "time", "quantity"),
    "permissions": ("grantor", "grantee", "requester", "item", "act", "where", "against", "limit",
                    "condition", "time"),
}  # fmt: skip
RELATIONS = ("cue", "source", "of", "same", "tells", "changes", "explains", "foretells", "time",
             "condition")  # fmt: skip
_TOLD = ("modes", "contexts", "name", "codes", "sectors", "office", "value", "low", "high", "unit",
         "property", "country", "geonames_id")  # fmt: skip


def standoff(record: Record) -> tuple[str, dict[str, list[str]]]:
    """The ``.ann`` of ``record``, and for each annotation of an entry its part, key and role."""
    made = marks_of(record)
    lines: list[str] = []
    entries: dict[str, list[str]] = {}
    named: dict[str, str] = {}  # mark to the annotation that stands for it
    attributes = notes = 0
    numbers = {mark.id: number for number, mark in enumerate(made.marks, 1)}
    for mark in made.marks:
        text_id = f"T{numbers[mark.id]}"
        lines.append(_textbound(text_id, brat_type(mark), mark))
        named[mark.id] = text_id
        entries[text_id] = [mark.part, mark.key, mark.role]
    for mark in made.marks:
        if mark.part in TRIGGERED and mark.role == CARRIER:
            event_id, trigger = f"E{numbers[mark.id]}", named[mark.id]
            named[mark.id] = event_id
            entries[event_id] = [mark.part, mark.key, "event"]
            arguments = "".join(
                f" {role}:{target}" for role, target in _arguments(mark, made.links, numbers)
            )
            lines.append(f"{event_id}\t{brat_type(mark)}:{trigger}{arguments}")
    relation = 0
    parts = {mark.id: mark.part for mark in made.marks}
    for link in made.links:
        if link.role in ARGUMENTS.get(parts[link.source], ()):
            continue
        relation += 1
        lines.append(
            f"R{relation}\t{link.role} Arg1:{named[link.source]} Arg2:{named[link.target]}"
        )
    for mark in made.marks:
        for name, value in attributes_of(mark):
            attributes += 1
            lines.append(f"A{attributes}\t{name} {named[mark.id]}" + (f" {value}" if value else ""))
    for mark in made.marks:
        if note := _note(mark):
            notes += 1
            lines.append(f"#{notes}\tAnnotatorNotes {named[mark.id]}\t{note}")
    return "".join(line + "\n" for line in lines), entries


def write_path(records: Iterable[Record], path: Path, lost: Lost) -> None:
    """Writes ``.txt`` and ``.ann`` for each record, and brat's configuration, into ``path``."""
    path.mkdir(parents=True, exist_ok=True)
    (path / "annotation.conf").write_text(configuration(), encoding="utf-8")
    with (path / SIDECAR).open("wb") as sidecar:
        for record in records:
            assert record.text is not None
            name = file_name(record)
            ann, entries = standoff(record)
            (path / f"{name}.txt").write_bytes(record.text.encode())
            (path / f"{name}.ann").write_bytes(ann.encode())
            known = {"name": name, "report": record.id, "text_sha256": record.text_sha256,
                     "ann": ann, "entries": entries}  # fmt: skip
            sidecar.write(json.dumps(known, ensure_ascii=False).encode() + b"\n")


def brat_type(mark: Mark) -> str:
    """The type of an annotation: letters, digits, ``_`` and ``-`` only, as brat asks."""
    if mark.role != CARRIER:
        return WORDS.get(mark.role, "Words")
    if mark.part == "events":
        return mark.label
    return TYPES.get(mark.part) or mark.label.capitalize()


def cut(spans: Spans, text: str) -> Spans:
    """``spans`` of ``text`` cut at line ends and tabs."""
    pieces: list[tuple[int, int]] = []
    for start, end in spans:
        at = start
        for gap in BREAK.finditer(text, start, end):
            if gap.start() > at:
                pieces.append((at, gap.start()))
            at = gap.end()
        if at < end:
            pieces.append((at, end))
    return tuple(pieces)


def attributes_of(mark: Mark) -> list[tuple[str, str]]:
    """The labels of an entry that are attributes in brat; a flag has no value."""
    found = [(name, str(mark.facts[name])) for name in ATTRIBUTES if mark.facts.get(name)]
    return found + ([("background", "")] if mark.facts.get("background") else [])


def configuration() -> str:
    """``annotation.conf``: every type, role and label that can stand in an ``.ann``."""
    entities = [kind.capitalize() for kind in LABELS["entity_kind"]]
    entities += [name for part, name in TYPES.items() if part not in TRIGGERED]
    lines = ["[entities]", *entities, *WORDS.values(), "Words", "", "[events]"]
    for part, names in (("events", list(ontology().types)), ("permissions", ["Permission"])):
        roles = ", ".join(f"{role}*:<ANY>" for role in ARGUMENTS[part])
        lines += [f"{name}\t{roles}" for name in names]
    lines += ["", "[relations]"]
    lines += [f"{name}\tArg1:<ANY>, Arg2:<ANY>" for name in RELATIONS]
    lines += ["", "[attributes]"]
    lines += [
        f"{name}\tArg:<ANY>, Value:{'|'.join(LABELS[labels])}"
        for name, labels in ATTRIBUTES.items()
    ]
    return "\n".join([*lines, "background\tArg:<ANY>"]) + "\n"


def _textbound(id_: str, type_: str, mark: Mark) -> str:
    pieces: list[tuple[int, int, str]] = []
    for start, _, words in mark.pieces():
        for low, high in cut(((0, len(words)),), words):
            pieces.append((start + low, start + high, words[low:high]))
    offsets = ";".join(f"{start} {end}" for start, end, _ in pieces)
    return f"{id_}\t{type_} {offsets}\t{' '.join(words for _, _, words in pieces)}"


def _arguments(mark: Mark, links: Any, numbers: dict[str, int]) -> list[tuple[str, str]]:
    """Roles and annotations of the arguments; brat numbers a role that comes more than once."""
    seen: dict[str, int] = {}
    found: list[tuple[str, str]] = []
    for link in links:
        if link.source == mark.id and link.role in ARGUMENTS[mark.part]:
            seen[link.role] = seen.get(link.role, 0) + 1
            role = link.role + (str(seen[link.role]) if seen[link.role] > 1 else "")
            found.append((role, f"T{numbers[link.target]}"))
    return found


def _note(mark: Mark) -> str:
    told = []
    for name in _TOLD:
        value = mark.facts.get(name)
        if value not in (None, [], ""):
            shown = ", ".join(value) if isinstance(value, list) else value
            told.append(f"{name}: {shown}")
    return BREAK.sub(" ", "; ".join(told))
