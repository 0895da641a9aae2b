"""What an earlier part learns from a later one: the references that point backwards."""

from __future__ import annotations

from msgspec import structs

from onrecord.reading.contract import Parts


def link_back(parts: Parts) -> None:
    """Fills in ``quantities.event`` from the first event that names the quantity."""
    event_of: dict[str, str] = {}
    for event in parts.events:
        for quantity in event.quantities:
            event_of.setdefault(quantity, event.id)
    parts.quantities = [
        structs.replace(quantity, event=event_of[quantity.id])
        if quantity.id in event_of
        else quantity
        for quantity in parts.quantities
    ]
