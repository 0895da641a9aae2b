"""What a relative expression can lean on: the day of publication, or the time told of last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from onrecord.reading.times.calendar import FINE, Cal, of_day
from onrecord.reading.times.meaning import Meaning, Shift
from onrecord.reading.times.tense import LIKELY_PAST

Direction = Callable[[], int]
"""Asks the parse which way an expression points; only asked where it matters."""

ASIDE = 5
"""A date more years than this from where a narrative stands is an aside, unless it opens a
sentence (chosen on every second text of WikiWars; 3 to 10 differ by less than a point)."""
MEMORY = 6
"""How many expressions back "that month" can reach."""


@dataclass(frozen=True)
class Base:
    """A time to lean on; ``basis`` is "published", or "anchor" with the id of the expression."""

    cal: Cal
    basis: str
    anchor: str | None = None
    paragraph: int = -1
    explicit: bool = False


class Context:
    """The times told so far. ``narrative``: the report tells history, or has no date.

    ``frame`` is where a narrative stands: the last date that was not told as an aside.
    """

    def __init__(self, published: dt.date | None, narrative: bool) -> None:
        self.published = published
        self.narrative = narrative or published is None
        self.now = None if published is None else Base(of_day(published), "published")
        self.paragraph = -1
        self._told: list[Base] = []
        self._frame: Base | None = None

    @property
    def told(self) -> list[Base]:
        """The times told last, in the order of the text."""
        return self._told[-MEMORY:]

    def add(self, meaning: Meaning, cal: Cal, id_: str, *, leading: bool, explicit: bool) -> None:
        """Remembers a time that the text has told of; ``leading``: it opens its sentence.

        In news "a year earlier" looks back for a figure to compare; the telling stays where it was.
        """
        if isinstance(meaning, Shift) and meaning.unit == "Y" and not self.narrative:
            return
        if cal.year is None and cal.decade is None:
            return
        base = Base(cal, "anchor", id_, self.paragraph, explicit)
        self._told.append(base)
        if cal.year is not None and not self._is_aside(cal, leading):
            self._frame = base

    def _is_aside(self, cal: Cal, leading: bool) -> bool:
        if self._frame is None or self._frame.cal.year is None or cal.year is None:
            return False
        jump = cal.year - self._frame.cal.year
        if cal.grain == "Y" and (jump == 0 or (jump != 1 and not leading)):
            return True
        return abs(jump) > ASIDE and not leading

    def last(self, unit: str) -> Base | None:
        """The time told of last that is known as finely as ``unit``."""
        for base in reversed(self.told):
            if FINE[base.cal.grain] <= FINE[unit]:
                return base
        return None

    def base(self, which: str, unit: str) -> Base | None:
        """What an expression leans on, known as finely as ``unit``.

        ``which``: "now" (last week, two years ago), "ref" (that day, a week later), or "told":
        now in news, the frame in a narrative (a bare "in May").
        """
        if which == "ref":
            return self.last(unit) or (None if self.narrative else self.now)
        if not self.narrative or (which == "now" and self.now is not None) or self._is_late():
            return self.now
        if self._frame is not None and FINE[self._frame.cal.grain] <= FINE[unit]:
            return self._frame
        return self.last(unit) or self.now

    def _is_late(self) -> bool:
        """Whether even a narrative has come to within a month of its publication."""
        told = self._frame.cal.days() if self._frame else None
        return bool(self.published and told and abs((self.published - told[0]).days) < 31)

    def local(self, direction: Direction) -> Base | None:
        """In news: the month or day, with its year, that this paragraph tells of in the past tense.

        A bare year leads nowhere: "since 1987 … in September" is this year's September (7 of 7
        such cases in the train set).
        """
        base = self._told[-1] if self._told else None
        if self.narrative or base is None or base.paragraph != self.paragraph:
            return None
        if not base.explicit or base.cal.year is None or FINE[base.cal.grain] > FINE["M"]:
            return None
        return base if direction() <= LIKELY_PAST else None
