"""A user's own lines, as ``onrecord cluster`` takes them."""

from __future__ import annotations

from msgspec import Struct

from onrecord.record.model import Spans


class Document(Struct, frozen=True):
    """A text to group."""

    id: str
    text: str
    published: str | None = None
    source: str | None = None
    credit: str | None = None


class Anchor(Struct, frozen=True):
    """The words of an event."""

    spans: Spans


class GivenEvent(Struct, frozen=True):
    """An event of the user's own."""

    anchor: Anchor


class EventLine(Struct, frozen=True):
    """A text with the user's own events in it."""

    id: str
    text: str
    events: tuple[GivenEvent, ...]
    published: str | None = None
