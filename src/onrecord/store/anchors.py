"""Finding an entry, or words, of an earlier reading in a later one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from onrecord.record.model import Entity, Record, Spans, Words


def own_words(entry: Any) -> Words:
    """The words that an entry is known by: those that it is ordered by in its list."""
    if isinstance(entry, Entity):
        return entry.mentions[0]
    if isinstance(entry, Words):
        return entry
    words: Words = entry.anchor if hasattr(entry, "anchor") else entry.content
    return words


def find(
    record: Record,
    part: str,
    key: str | None,
    words: str | None = None,
    spans: Sequence[Sequence[int]] | None = None,
) -> Any:
    """The entry of ``part`` that is meant, or None where it is not there any more.

    By its ``key``; else by its ``words`` at their place (``spans``); else by its words alone,
    where one entry and no other has them.
    """
    entries = getattr(record, part) or ()
    for entry in entries:
        if entry.key == key:
            return entry
    if words is None:
        return None
    there = [entry for entry in entries if _has(entry, words)]
    place = None if spans is None else as_spans(spans)
    at_place = [entry for entry in there if any(own.spans == place for own in _known_by(entry))]
    return at_place[0] if len(at_place) == 1 else there[0] if len(there) == 1 else None


def _has(entry: Any, words: str) -> bool:
    return any(own.text == words for own in _known_by(entry))


def _known_by(entry: Any) -> Sequence[Words]:
    return entry.mentions if isinstance(entry, Entity) else (own_words(entry),)


def by_id(record: Record, part: str, id_: str | None) -> Any:
    """The entry of ``part`` with this id, or None."""
    return next((e for e in getattr(record, part) or () if e.id == id_), None)


def as_spans(spans: Sequence[Sequence[int]]) -> Spans:
    """Spans as a record has them."""
    return tuple((int(start), int(end)) for start, end in spans)


def moved(text: str, words: str, spans: Spans) -> Spans | None:
    """Where ``words``, once at ``spans``, stand in ``text``: there, or where they stand once."""
    if " ".join(text[start:end] for start, end in spans) == words:
        return spans
    at = text.find(words)
    if not words or at < 0 or text.find(words, at + 1) >= 0:
        return None
    return ((at, at + len(words)),)
