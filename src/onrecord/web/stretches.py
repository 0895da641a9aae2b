"""The stretches of words that an entry rests on, each with the part that it plays in the entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from onrecord.record.model import PARTS, Record, Spans, Words


class Stretch(NamedTuple):
    """Words of an entry: ``field`` is the part that they play (anchor, actor, content, self …)."""

    field: str
    spans: Spans


_SINGULAR = {
    "actors": "actor",
    "recipients": "recipient",
    "places": "place",
    "times": "time",
    "mentions": "mention",
    "limits": "limit",
}

HEADS = {
    "events": ("anchor",),
    "permissions": ("anchor",),
    "reasons": ("anchor",),
    "forecasts": ("cue",),
    "attributions": ("cue", "content"),
    "quantities": ("self",),
    "times": ("self",),
    "places": ("self",),
    "entities": ("mention",),
}
"""By which words an entry is pointed at: the first of these fields that it has."""


def stretches(entry: Any) -> Iterator[Stretch]:
    """All words of ``entry``, in the order of its fields; what is inferred has none."""
    if isinstance(entry, Words):
        yield Stretch("self", entry.spans)
    for name in entry.__struct_fields__:
        value = getattr(entry, name)
        items = value if isinstance(value, tuple) else (value,)
        for item in items:
            if isinstance(item, Words) and item.spans:
                yield Stretch(_SINGULAR.get(name, name), item.spans)


def head(part: str, entry: Any) -> Spans:
    """The words by which ``entry`` is pointed at; empty where it has none."""
    found = list(stretches(entry))
    for field in HEADS[part]:
        for stretch in found:
            if stretch.field == field:
                return stretch.spans
    return ()


def entries(record: Record) -> Iterator[tuple[str, Any]]:
    """Every entry of ``record`` with the part that it is of."""
    for part in PARTS:
        for entry in getattr(record, part) or ():
            yield part, entry
