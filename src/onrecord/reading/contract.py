"""What a part of the record is: one module with ``requires``, ``assigns`` and ``read``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from onrecord.reading.page import Page
from onrecord.record.model import (
    Attribution,
    Entity,
    Event,
    Forecast,
    Permission,
    Place,
    Quantity,
    Reason,
    Time,
)


@dataclass
class Parts:
    """The parts of one report read so far; a part that has not been read is empty."""

    entities: Sequence[Entity] = ()
    attributions: Sequence[Attribution] = ()
    times: Sequence[Time] = ()
    places: Sequence[Place] = ()
    quantities: Sequence[Quantity] = ()
    events: Sequence[Event] = ()
    permissions: Sequence[Permission] = ()
    reasons: Sequence[Reason] = ()
    forecasts: Sequence[Forecast] = ()


class Part(Protocol):
    """A module of ``onrecord.reading`` that reads one part.

    ``requires`` names the parts that must have been read before; ``assigns`` the part that it
    gives and, dotted, fields of earlier parts that ``links`` fills in from it
    (``quantities.event``). ``read`` is a pure function; its entries are numbered in the order of
    the text, and refer only to entries of the parts that it requires, or to each other.
    """

    requires: tuple[str, ...]
    assigns: tuple[str, ...]

    def read(self, page: Page, parts: Parts, /) -> Sequence[Any]:
        """The entries of this part, in the order of the text."""
        ...
