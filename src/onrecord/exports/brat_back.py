"""brat standoff, corrected, back in: the differences to what was exported, as corrections."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from msgspec import Struct

from onrecord.exports.brat import ATTRIBUTES, BREAK, SIDECAR, TRIGGERED, TYPES, WORDS
from onrecord.exports.brat_fields import AIMED_BACK, attribute_of, field_of
from onrecord.exports.contract import ExportError
from onrecord.knowledge.plover import ontology
from onrecord.record.labels import LABELS
from onrecord.record.model import Spans
from onrecord.record.report import sha256

_TEXT = re.compile(r"(T\S+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
_EVENT = re.compile(r"(E\S+)\t([^\s:]+):(T\S+)((?: [^\s:]+:[TE]\S+)*) ?")
_RELATION = re.compile(r"(R\S+)\t(\S+) Arg1:(\S+) Arg2:(\S+)\s*")
_ATTRIBUTE = re.compile(r"([AM]\S+)\t(\S+) (\S+)(?: (.*))?")
_PART = {type_: part for part, type_ in TYPES.items()}
_KINDS = {kind.capitalize(): kind for kind in LABELS["entity_kind"]}


class Correction(Struct, frozen=True, kw_only=True):
    """One correction, for a store to lay over its records or a person to look at.

    ``action``: ``reject`` (the entry is wrong), ``change`` (``field`` should be ``value``) or
    ``add`` (``value`` is the missing entry). ``key`` is the entry's, None where it is new;
    ``spans`` and ``words`` are where it stands, in code points. ``field`` and ``value`` are those
    of the record: words as ``{"spans", "text"}``, other entries by their keys.
    """

    report_id: str
    part: str
    key: str | None
    spans: Spans
    words: str
    action: str
    field: str | None = None
    value: Any = None


@dataclass
class _Doc:
    """An ``.ann`` in pieces."""

    spans: dict[str, Spans] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    triggers: dict[str, str] = field(default_factory=dict)
    roles: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)

    def where(self, id_: str) -> Spans:
        """The spans of an annotation: an event's are those of its trigger."""
        return self.spans.get(self.triggers.get(id_, id_), ())


def corrections(folder: Path) -> Iterator[Correction]:
    """What annotators changed in a folder that ``brat.write_path`` made.

    Raises ``ExportError`` that names file and line for what is no standoff of such a folder.
    """
    for known in _known(folder / SIDECAR):
        name = known["name"]
        text_path, ann_path = folder / f"{name}.txt", folder / f"{name}.ann"
        for path in (text_path, ann_path):
            if not path.exists():
                raise ExportError(f"{path} is missing: put it back, or export again")
        text = _read(text_path)
        if sha256(text) != known["text_sha256"]:
            raise ExportError(f"{text_path} is not the text that was exported: offsets do not hold")
        old = _parse(known["ann"], text, f"{folder / SIDECAR}, {name}")
        new = _parse(_read(ann_path), text, str(ann_path))
        yield from _Differences(known["report"], text, old, new, known["entries"]).find()


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ExportError(f"{path} is no UTF-8: {error}; save it as UTF-8") from error


def _known(path: Path) -> Iterator[dict[str, Any]]:
    """What was exported, a document at a time."""
    if not path.exists():
        raise ExportError(
            f"{path.parent} has no {SIDECAR}: give a folder that onrecord export --to brat made"
        )
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                yield json.loads(line)
            except ValueError as error:
                raise ExportError(f"{path}, line {number}: no JSON: {error}") from error


def _parse(ann: str, text: str, name: str) -> _Doc:
    doc = _Doc()
    relations: list[tuple[str, str, str]] = []
    lines = (line.rstrip("\r") for line in ann.split("\n"))
    for number, line in enumerate(lines, 1):
        if found := _TEXT.fullmatch(line):
            id_, type_, offsets, _ = found.groups()
            spans = tuple(
                (int(start), int(end))
                for start, end in (pair.split(" ") for pair in offsets.split(";"))
            )
            if any(not 0 <= start < end <= len(text) for start, end in spans):
                raise ExportError(f"{name}, line {number}: {offsets} is not within the text")
            doc.spans[id_], doc.types[id_] = spans, type_
        elif found := _EVENT.fullmatch(line):
            id_, type_, trigger, arguments = found.groups()
            doc.types[id_], doc.triggers[id_] = type_, trigger
            for argument in arguments.split():
                role, target = argument.split(":", 1)
                doc.roles.setdefault(id_, []).append((role.rstrip("0123456789"), target))
        elif found := _RELATION.fullmatch(line):
            _, role, first, second = found.groups()
            relations.append((first, role, second))
        elif found := _ATTRIBUTE.fullmatch(line):
            _, attribute, target, value = found.groups()
            doc.attributes.setdefault(target, {})[attribute] = value or ""
        elif line and not line.startswith(("#", "*", "N")):
            raise ExportError(f"{name}, line {number}: no brat standoff: {line[:60]!r}")
    named = [
        *doc.triggers.values(),
        *(target for roles in doc.roles.values() for _, target in roles),
        *(end for first, _, second in relations for end in (first, second)),
        *doc.attributes,
    ]
    gone = [id_ for id_ in named if id_ not in doc.types]
    if gone:
        raise ExportError(f"{name}: {', '.join(dict.fromkeys(gone))} is referred to, but not there")
    for first, role, second in relations:
        owner, target = (second, first) if role in AIMED_BACK else (first, second)
        doc.roles.setdefault(owner, []).append((role, target))
    return doc


class _Differences:
    def __init__(
        self, report: str, text: str, old: _Doc, new: _Doc, entries: dict[str, list[str]]
    ) -> None:
        self.report, self.text, self.old, self.new = report, text, old, new
        self.entries = entries

    def find(self) -> Iterator[Correction]:
        """Every difference, in the order of the export, then what is new."""
        done: set[tuple[str, str]] = set()
        for id_, (part, key, role) in self.entries.items():
            if part == "entities":
                if (part, key) not in done:
                    done.add((part, key))
                    yield from self._entity(key)
            elif role == "event" or (not role and part not in TRIGGERED):
                yield from self._entry(id_, part, key)
        triggers = set(self.new.triggers.values())
        for id_, type_ in self.new.types.items():
            if id_ not in self.entries and id_ not in triggers:
                yield from self._added(id_, type_)

    def _entry(self, id_: str, part: str, key: str) -> Iterator[Correction]:
        old, new = self.old, self.new
        if id_ not in new.types or not new.where(id_):
            yield self._make(part, key, old.where(id_), "reject")
            return
        where = new.where(id_)
        if where != old.where(id_):
            own = field_of(part, "").name
            value = self._spans(where) if own == "spans" else self._words(where)
            yield self._make(part, key, old.where(id_), "change", own, value)
        if new.types[id_] != old.types[id_]:
            yield self._make(part, key, where, "change", "type", new.types[id_])
        yield from self._attributes(id_, part, key)
        before, after = self._targets(old, id_), self._targets(new, id_)
        for role in dict.fromkeys([*before, *after]):
            if before.get(role) != after.get(role):
                yield self._make(
                    part, key, where, "change", field_of(part, role).name,
                    self._filled(part, role, id_),
                )  # fmt: skip

    def _attributes(self, id_: str, part: str, key: str) -> Iterator[Correction]:
        before, after = self.old.attributes.get(id_, {}), self.new.attributes.get(id_, {})
        for name in dict.fromkeys([*before, *after]):
            if before.get(name) != after.get(name) and name != "source_kind":
                yield self._make(
                    part, key, self.new.where(id_), "change", attribute_of(name),
                    _value(name, after.get(name)),
                )  # fmt: skip

    def _entity(self, key: str) -> Iterator[Correction]:
        ids = [i for i, (part, k, _) in self.entries.items() if (part, k) == ("entities", key)]
        before = [self.old.spans[id_] for id_ in ids]
        kept = [id_ for id_ in ids if id_ in self.new.spans]
        after = [self.new.spans[id_] for id_ in kept]
        if not after:
            yield self._make("entities", key, before[0], "reject")
            return
        if after != before:
            value = [self._mention(id_) for id_ in kept]
            yield self._make("entities", key, before[0], "change", "mentions", value)
        changed = [self.new.types[i] for i in kept if self.new.types[i] != self.old.types[i]]
        if changed:
            kind = _KINDS.get(changed[0], changed[0])
            yield self._make("entities", key, after[0], "change", "kind", kind)

    def _added(self, id_: str, type_: str) -> Iterator[Correction]:
        value: dict[str, Any]
        if type_ in ontology().types:
            part, value = "events", {"type": type_}
        elif type_ in _KINDS:
            part = "entities"
            value = {"kind": _KINDS[type_], "mentions": [self._mention(id_)]}
        elif type_ in _PART:
            part, value = _PART[type_], {}
        elif type_ in WORDS.values() or type_ == "Words":
            return  # words of an entry: told with the entry that they are linked to
        else:
            raise ExportError(f"{id_}: no entry of a record is a {type_!r}")
        where = self.new.where(id_)
        if part != "entities":
            own = field_of(part, "").name
            value |= self._words(where) if own == "spans" else {own: self._words(where)}
            for name, given in self.new.attributes.get(id_, {}).items():
                if name != "source_kind":
                    value[attribute_of(name)] = _value(name, given)
            for role in dict.fromkeys(role for role, _ in self.new.roles.get(id_, [])):
                value[field_of(part, role).name] = self._filled(part, role, id_)
        yield self._make(part, None, where, "add", None, value)

    def _filled(self, part: str, role: str, id_: str) -> Any:
        """What the annotations now say of a field."""
        field_ = field_of(part, role)
        targets = [target for name, target in self.new.roles.get(id_, []) if name == role]
        if field_.entries:
            values: list[Any] = [self.entries[target][1] for target in targets
                                 if target in self.entries]  # fmt: skip
        else:
            values = [self._words(spans) for spans in sorted(map(self.new.where, targets))]
        if role == "source":
            kind = self.new.attributes.get(id_, {}).get("source_kind")
            values = [{**words, "kind": kind} for words in values]
        return values if field_.several else values[0] if values else None

    def _mention(self, id_: str) -> dict[str, Any]:
        kind = self.new.attributes.get(id_, {}).get("mention", "name")
        return {**self._words(self.new.spans[id_]), "kind": kind}

    def _targets(self, doc: _Doc, id_: str) -> dict[str, set[str | Spans]]:
        """What stands in each role: another entry by its id, words of its own by their spans."""
        found: dict[str, set[str | Spans]] = {}
        for role, target in doc.roles.get(id_, []):
            is_entry = target in self.entries and self.entries[target][2] in ("", "event")
            found.setdefault(role, set()).add(target if is_entry else doc.where(target))
        kind = doc.attributes.get(id_, {}).get("source_kind")
        if kind is not None and "source" in found:
            found["source"].add(kind)
        return found

    def _spans(self, spans: Spans) -> Spans:
        """Spans with pieces made one again where only a line end stood between them."""
        whole: list[tuple[int, int]] = []
        for start, end in spans:
            if whole and BREAK.fullmatch(self.text, whole[-1][1], start):
                whole[-1] = (whole[-1][0], end)
            else:
                whole.append((start, end))
        return tuple(whole)

    def _words(self, spans: Spans) -> dict[str, Any]:
        whole = self._spans(spans)
        return {"spans": whole, "text": " ".join(self.text[start:end] for start, end in whole)}

    def _make(  # noqa: PLR0917 - the fields of a correction
        self,
        part: str,
        key: str | None,
        spans: Spans,
        action: str,
        field_: str | None = None,
        value: Any = None,
    ) -> Correction:
        words = self._words(spans)
        return Correction(
            report_id=self.report, part=part, key=key, spans=words["spans"], words=words["text"],
            action=action, field=field_, value=value,
        )  # fmt: skip


def _value(name: str, value: str | None) -> Any:
    """The value of an attribute; one that is a flag is true or false."""
    return value or None if name in ATTRIBUTES else value is not None
