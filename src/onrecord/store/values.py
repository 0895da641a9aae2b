"""Values of corrections: from what a person gives to what is kept, and from that to a record's.

What is kept lasts over re-reading: words with their text, to be found again where it has moved;
entries by their key and words, since ids move.
"""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from onrecord.record import model
from onrecord.record.invariants import REFERENCES
from onrecord.record.model import Argument, PlaceWords, Record, Sourced, TimeWords, Words
from onrecord.store.anchors import as_spans, by_id, find, moved, own_words
from onrecord.store.defaults import NEEDED, completed
from onrecord.store.errors import CorrectionError

KINDS: dict[str, type[Struct]] = {
    "entities": model.Entity, "attributions": model.Attribution, "times": model.Time,
    "places": model.Place, "quantities": model.Quantity, "events": model.Event,
    "permissions": model.Permission, "reasons": model.Reason, "forecasts": model.Forecast,
}  # fmt: skip
"""The struct of an entry of each part."""

_FIXED = ("id", "key", "why")


class Gone(Exception):  # noqa: N818 - it is no error: a correction that holds no more is kept
    """What a correction is about is not in the record any more."""


def keep(record: Record, kind: type[Struct], field: str, value: Any, near: int | None) -> Any:
    """``value``, given by a person for ``field`` of an entry, as a correction keeps it.

    Words may be given as a string of the text, as ``{"text": …}`` or ``{"spans": …}``; of words
    that stand more than once, those in the sentence at the offset ``near`` are meant. Entries
    are given by id. Raises ``CorrectionError`` where that cannot be what is meant.
    """
    if field not in kind.__struct_fields__ or field in _FIXED:
        names = ", ".join(n for n in kind.__struct_fields__ if n not in _FIXED)
        raise CorrectionError(f"no field {field!r}: fields of this entry are {names}")
    kept = _kept(_Where(record, near), kind, field, value)
    try:
        restored = restore(record, kind, field, kept)
    except Gone as gone:
        raise CorrectionError(f"{field}: {value!r} is not in the text of the report") from gone
    except msgspec.ValidationError as error:
        raise CorrectionError(f"{field}: {value!r} does not fit: {error}") from error
    labels = _labels(kind, field)
    if labels and restored is not None and restored not in labels:
        raise CorrectionError(f"{field}: {restored!r} is none of {', '.join(labels)}")
    return kept


def restore(record: Record, kind: type[Struct], field: str, kept: Any) -> Any:
    """The value of ``field`` in ``record`` that a correction keeps as ``kept``.

    Raises ``Gone`` where its words or entries are not there any more.
    """
    return msgspec.convert(
        _restored(record, kept), get_type_hints(kind, include_extras=True)[field]
    )


def keep_entry(record: Record, part: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """An entry that a person adds to ``part``, as a correction keeps it.

    ``value``: its fields, words and entries given as for ``keep``. Raises ``CorrectionError``.
    """
    kind = KINDS[part]
    given = dict(value)
    if part == "entities" and "text" in given:
        words = given.pop("text")
        given = {"name": words, "mentions": [{"text": words}], **given}
    missing = [name for name in NEEDED[part] if name not in given and not (
        name == "text" and "spans" in given)]  # fmt: skip
    if missing:
        raise CorrectionError(f"to add to {part}, say {', '.join(missing)} as well")
    if issubclass(kind, Words):
        given |= words_of(record, given, None)
    own = {name: inner for name, inner in given.items() if name in ("spans", "text")}
    for name, inner in completed(part, given).items():
        if name not in own:
            own[name] = keep(record, kind, name, inner, None)
    return own


def restore_entry(record: Record, kept: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an added entry in ``record``. Raises ``Gone`` where words are not there."""
    whole: dict[str, Any] = msgspec.to_builtins(_restored(record, kept))
    return whole


class _Where(Struct):
    record: Record
    near: int | None


def _kept(where: _Where, kind: type[Struct], field: str, value: Any) -> Any:
    if (kind, field) in REFERENCES:
        parts = REFERENCES[kind, field]
        if isinstance(value, list | tuple):
            return [_reference(where.record, parts, one) for one in value]
        return None if value is None else _reference(where.record, parts, value)
    inner, many = _struct_in(get_type_hints(kind)[field])
    if inner is None or value is None:
        return value
    if many:
        given = value if isinstance(value, list | tuple) else [value]
        return [_struct(where, inner, one) for one in given]
    return _struct(where, inner, value)


def _reference(record: Record, parts: Sequence[str], id_: Any) -> Any:
    if isinstance(id_, Mapping):
        return id_
    for part in parts:
        entry = by_id(record, part, id_)
        if entry is not None:
            words = own_words(entry)
            told = {"part": part, "key": entry.key, "words": words.text, "spans": words.spans}
            return {"entry": msgspec.to_builtins(told)}
    raise CorrectionError(f"no entry {id_!r} among {', '.join(parts)} of this report")


def _struct(where: _Where, kind: type[Struct], value: Any) -> Any:
    if isinstance(value, str):
        value = {"text": value}
    if not isinstance(value, Mapping):
        raise CorrectionError(f"{value!r} are no words: give a string, or an object with spans")
    given = dict(value)
    if issubclass(kind, Words):
        given |= words_of(where.record, given, where.near)
        given = {**_known_of(where.record, kind, given), **given}
    unknown = [name for name in given if name not in kind.__struct_fields__]
    if unknown:
        raise CorrectionError(
            f"no field {', '.join(unknown)}: there are {', '.join(kind.__struct_fields__)}"
        )
    return {name: _kept(where, kind, name, inner) if name not in ("spans", "text") else inner
            for name, inner in given.items()}  # fmt: skip


def words_of(record: Record, given: Mapping[str, Any], near: int | None) -> dict[str, Any]:
    """The ``spans`` and ``text`` of words given by either. Raises ``CorrectionError``."""
    text = record.text
    if text is None:
        raise CorrectionError("the text of this report was not kept: its words cannot be named")
    spans = given.get("spans")
    if spans:
        spans = as_spans(spans)
        if any(not 0 <= start < end <= len(text) for start, end in spans):
            raise CorrectionError(f"{spans} are not in the text, which has {len(text)} characters")
        return {"spans": [list(s) for s in spans],
                "text": " ".join(text[start:end] for start, end in spans)}  # fmt: skip
    words = given.get("text")
    if not isinstance(words, str) or not words:
        raise CorrectionError(f"{dict(given)!r} names no words: give text or spans")
    places = _places(text, words)
    if len(places) > 1 and near is not None:
        sentence = next((s for s in record.sentences if s[0] <= near < s[1]), (near, near))
        close = [at for at in places if sentence[0] <= at < sentence[1]]
        places = close if len(close) == 1 else places
    if len(places) != 1:
        told = "is not in" if not places else f"stands {len(places)} times in"
        raise CorrectionError(f"{words!r} {told} the text: give its spans, [[start, end]]")
    return {"spans": [[places[0], places[0] + len(words)]], "text": words}


def _places(text: str, words: str) -> list[int]:
    found, at = [], text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def _known_of(record: Record, kind: type[Struct], words: Mapping[str, Any]) -> dict[str, Any]:
    """What the record knows of the same words: who they are, the place or time that they name."""
    spans = as_spans(words["spans"])
    # The mention of "the town of Amber" may be "the town": the longest that begins with them.
    inside = [
        (m.spans[-1][1], e) for e in record.entities or () for m in e.mentions
        if m.spans[0][0] == spans[0][0] and m.spans[-1][1] <= spans[-1][1]
    ]  # fmt: skip
    entity = max(inside, key=lambda found: found[0])[1] if inside else None
    if issubclass(kind, Argument) and entity is not None:
        return {"entity": entity.id, "codes": entity.codes, "sectors": entity.sectors}
    if issubclass(kind, Sourced):
        named = entity is not None and entity.name is not None
        whole = entity is not None and entity.kind in ("organization", "country")
        told = "unnamed" if not named else "institution" if whole else "named"
        return {"kind": told, "entities": [] if entity is None else [entity.id]}
    for field, part in (("place", "places"), ("time", "times")):
        if issubclass(kind, PlaceWords if field == "place" else TimeWords):
            within = [
                e.id
                for e in getattr(record, part) or ()
                if spans[0][0] <= e.spans[0][0] and e.spans[-1][1] <= spans[-1][1]
            ]
            return {field: within[0]} if len(within) == 1 else {}
    return {"kind": "name"} if issubclass(kind, model.Mention) else {}


def _restored(record: Record, kept: Any) -> Any:
    if isinstance(kept, Mapping):
        if set(kept) == {"entry"}:
            told = kept["entry"]
            found = find(record, told["part"], told["key"], told["words"], told["spans"])
            if found is None:
                raise Gone
            return found.id
        whole = {name: _restored(record, inner) for name, inner in kept.items()}
        if kept.get("spans") and "text" in kept and record.text is not None:
            spans = moved(record.text, kept["text"], as_spans(kept["spans"]))
            if spans is None:
                raise Gone
            text = " ".join(record.text[start:end] for start, end in spans)
            whole |= {"spans": spans, "text": text}
        return whole
    if isinstance(kept, list | tuple):
        return [_restored(record, inner) for inner in kept]
    return kept


def _struct_in(annotation: Any) -> tuple[type[Struct] | None, bool]:
    """The struct that a field holds, and whether it holds many."""
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        found = [_struct_in(one) for one in get_args(annotation)]
        return next((pair for pair in found if pair[0] is not None), (None, False))
    if origin is tuple:
        return _struct_in(get_args(annotation)[0])[0], True
    if isinstance(annotation, type) and issubclass(annotation, Struct):
        return annotation, False
    return None, False


def _labels(kind: type[Struct], field: str) -> tuple[str, ...]:
    """The labels that ``field`` may have, or none where it is no label."""
    hint = get_type_hints(kind, include_extras=True)[field]
    for meta in getattr(hint, "__metadata__", ()):
        enum = (getattr(meta, "extra_json_schema", None) or {}).get("enum")
        if enum:
            return tuple(enum)
    return ()
