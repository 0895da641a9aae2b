"""What an earlier part learns from a later one: the references that point backwards."""

from __future__ import annotations

from msgspec import structs

from onrecord.reading.contract import Parts
from onrecord.record.model import Event, Quantity


def link_back(parts: Parts) -> None:
    """Fills in ``quantities.event`` from the first event that names the quantity.

    With it come that event's time and place, where it has one of each and no more: of several, none
    can be told to be the figure's own. What a quantity already has is kept.
    """
    event_of: dict[str, Event] = {}
    for event in parts.events:
        for quantity in event.quantities:
            event_of.setdefault(quantity, event)
    parts.quantities = [
        _linked(quantity, event_of[quantity.id]) if quantity.id in event_of else quantity
        for quantity in parts.quantities
    ]


def _linked(quantity: Quantity, event: Event) -> Quantity:
    times = {words.time for words in event.times or () if words.time is not None}
    places = {words.place for words in event.places or () if words.place is not None}
    return structs.replace(
        quantity,
        event=event.id,
        time=quantity.time or (times.pop() if len(times) == 1 else None),
        place=quantity.place or (places.pop() if len(places) == 1 else None),
    )
