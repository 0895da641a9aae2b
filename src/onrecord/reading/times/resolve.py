"""From meanings to TIMEX3 values: on which time an expression leans, and what it then is.

In news a relative expression leans on the day of publication, a bare month or weekday points as
the tense of its verb says. In a narrative (history; or a report without a date) it leans on the
time told of last. What stays unknown stays X, and has no basis; nothing is set to the day of
publication that does not lean on it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from onrecord.reading.times import points
from onrecord.reading.times.calendar import FINE, Cal, shift_day
from onrecord.reading.times.context import Base, Context, Direction
from onrecord.reading.times.meaning import Fixed, Length, Meaning, Point, Repeat, Shift, Step
from onrecord.reading.times.points import Placed
from onrecord.reading.times.tense import LIKELY_FUTURE


@dataclass(frozen=True)
class Resolved:
    """What became of an expression: the fields of its entry, and ``cal`` where it is a point."""

    type: str
    value: str | None
    cal: Cal | None = None
    basis: str | None = None
    anchor: str | None = None
    mod: str | None = None
    quant: str | None = None
    freq: str | None = None
    start: str | None = None
    end: str | None = None


def resolve(context: Context, meaning: Meaning, direction: Direction) -> Resolved:
    """The value of an expression; its type alone where no value can be known."""
    if isinstance(meaning, Fixed):
        return Resolved("DATE", meaning.value, basis="explicit")
    if isinstance(meaning, Repeat):
        return Resolved(
            "SET", meaning.value, None, "explicit", None, meaning.mod, meaning.quant, meaning.freq
        )
    if isinstance(meaning, Length):
        return _length(context, meaning)
    cal, base = _place(context, meaning, direction)
    if cal is None:
        part = isinstance(meaning, Step) and meaning.part
        return Resolved("TIME" if part else "DATE", None, mod=meaning.mod)
    if cal.value().startswith("XXXX"):
        return Resolved(cal.type, cal.value(), cal, mod=meaning.mod)
    start, end = cal.span() or (None, None)
    basis, anchor = ("explicit", None) if base is None else (base.basis, base.anchor)
    return Resolved(
        cal.type, cal.value(), cal, basis, anchor, mod=meaning.mod, start=start, end=end
    )


def _length(context: Context, meaning: Length) -> Resolved:
    """A duration; from or up to the day that it leans on, where its side is told."""
    base = context.base(meaning.base, "D") if meaning.side else None
    day = base.cal.date if base else None
    timed = meaning.unit in ("s", "min", "H", "WE", "NI")
    if base and day and meaning.amount is not None and not timed:
        other = shift_day(day, meaning.side * meaning.amount, meaning.unit)
        if other is not None:
            start, end = sorted((day.isoformat(), other.isoformat()))
            return Resolved(
                "DURATION", meaning.value, None, base.basis, base.anchor, meaning.mod,
                start=start, end=end,
            )  # fmt: skip
    return Resolved("DURATION", meaning.value, None, "explicit", None, meaning.mod)


def _place(context: Context, meaning: Point | Step | Shift, direction: Direction) -> Placed:
    if isinstance(meaning, Step):
        return _step(context, meaning, direction)
    if isinstance(meaning, Shift):
        return _shift(context, meaning)
    if meaning.of is None:
        cal, told = points.place(context, meaning, direction)
        return (cal.at(meaning.seen) if cal and meaning.seen else cal), told
    outer, base = _place(context, meaning.of, direction)
    return points.inside(meaning, outer, base)


def _step(context: Context, meaning: Step, direction: Direction) -> Placed:
    unit = meaning.unit
    if meaning.base in ("latest", "period"):
        return _latest_quarter(context, always=meaning.base == "latest")
    which = "told" if meaning.base == "either" else meaning.base
    base = context.base(which, "D" if unit == "WE" else unit)
    if base is None:
        return None, None
    if unit == "WE":
        return _weekend(meaning, base, direction), base
    cal = base.cal.at(unit)
    moved = cal.plus(meaning.offset, unit) if cal and meaning.offset else cal
    if moved is not None and meaning.part:
        moved = replace(moved, part=meaning.part)
    return moved, base


def _weekend(meaning: Step, base: Base, direction: Direction) -> Cal | None:
    """ "The weekend" said on a working day is the last one, unless the verb is of the future."""
    week, day = base.cal.at("WE"), base.cal.date
    if week is None or day is None:
        return None
    offset = meaning.offset
    if not offset and meaning.base == "either" and day.isoweekday() < 6:
        offset = 0 if direction() >= LIKELY_FUTURE else -1
    return week.plus(offset, "WE")


def _latest_quarter(context: Context, *, always: bool) -> Placed:
    """ "The quarter": the one told of last, else (``always``) the last before publication."""
    for base in reversed(context.told):
        if base.cal.quarter:
            return base.cal, base
    if context.now is None or context.narrative or not always:
        return None, None
    quarter = context.now.cal.at("Q")
    return (quarter.plus(-1, "Q") if quarter else None), context.now


def _shift(context: Context, meaning: Shift) -> Placed:
    if meaning.unit == "Y" and meaning.amount == 1 and meaning.sign < 0 and not context.narrative:
        for recent in reversed(context.told[-2:]):
            if recent.cal.quarter:  # a figure is compared with that of the same quarter
                return recent.cal.plus(-1, "Y"), recent
    ref = meaning.base == "ref"
    base = context.base("ref" if ref else "now", "L" if ref else meaning.unit)
    if base is None or meaning.amount is None:
        return None, base
    return _moved(base.cal, meaning.sign * meaning.amount, meaning.unit), base


def _moved(cal: Cal, amount: int, unit: str) -> Cal | None:
    """``cal`` shifted, and then seen at the grain of the unit: two months ago is a month."""
    seen = cal.at("D" if cal.grain == "D" else unit)
    if seen is None and FINE[cal.grain] > FINE[unit]:
        if cal.grain in ("Y", "M") and unit in ("D", "W"):
            return replace(cal, no_day=True)
        return None
    moved = (seen or cal).plus(amount, unit)
    return None if moved is None else moved.at(unit) or moved
