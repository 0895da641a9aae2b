"""Entries in the words of a newsreader."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.record.model import (
    Argument,
    Attribution,
    Event,
    Forecast,
    Permission,
    Quantity,
    Reason,
    TimeWords,
    Words,
)
from onrecord.record.rows import Context


def who(context: Context, words: Words, entity: str | None) -> str:
    """Words for a participant, with the name behind a pronoun or a description."""
    found = context.get(entity)
    name = None if found is None else found.name
    if name is None or name in words.text or words.text in name:
        return words.text
    return f"{words.text} [{name}]"


def party(context: Context, arguments: Sequence[Argument]) -> str:
    """Several participants, joined."""
    names = [who(context, argument, argument.entity) for argument in arguments]
    return " and ".join(dict.fromkeys(names))


def teller(context: Context, attribution: str | None) -> str:
    """Who tells it, in brackets; nothing where it is the report itself."""
    found: Attribution | None = context.get(attribution)
    if found is None:
        return ""
    return f" (so {short(source_of(context, found))})" if found.source else " (source not told)"


def short(text: str, most: int = 48) -> str:
    """``text`` up to its first clause, and not longer than fits in a bracket."""
    first = text.split(", who ", maxsplit=1)[0].split(", which ", maxsplit=1)[0]
    return first if len(first) <= most else first[:most].rsplit(" ", 1)[0] + " …"


def source_of(context: Context, attribution: Attribution) -> str:
    """The source, with the name behind a pronoun; says so where none is told."""
    source = attribution.source
    if source is None:
        return "no source told"
    text = who(context, source, source.entities[0] if source.entities else None)
    return f"{text}, not named" if source.kind == "unnamed" else text


def said_line(context: Context, entry: Attribution) -> str:
    """Who, and by which word."""
    cue = "" if entry.cue is None else f" — {entry.cue.text}"
    quoted = {"direct": " (verbatim)", "mixed": " (partly verbatim)"}.get(entry.quotation, "")
    return f"{source_of(context, entry)}{cue}{quoted}"


def event_line(context: Context, event: Event) -> str:
    """When, who, what, whom, where; and by whose word."""
    actors = party(context, event.actors) or "(nobody named)"
    to = party(context, event.recipients)
    kind = event.type.lower() + (f"/{','.join(event.modes)}" if event.modes else "")
    line = f"{actors} — {event.anchor.text}"
    if to:
        line += f" → {to}"
    if event.realis != "actual":
        line += f" · {kind}"
    elif event.modes:
        line += f" · {','.join(event.modes)}"
    for time in event.times or ():
        line += f" · {dated(context, time)}"
    for place in event.places or ():
        line += f" · {place.text}"
    for quantity in event.quantities:
        found = context.get(quantity)
        if found is not None:
            line += f" · {figure_line(context, found)}"
    return line + teller(context, event.attribution)


def permission_line(context: Context, entry: Permission) -> str:
    """By whom, to whom, what, within which limits."""
    parts: list[str] = []
    if entry.grantor:
        parts.append(f"by {party(context, entry.grantor)}")
    if entry.grantee:
        parts.append(f"for {party(context, entry.grantee)}")
    line = " ".join(parts) or "(nobody named)"
    if entry.act is not None:
        line += f": {entry.act.text}"
    elif entry.item:
        line += f": {party(context, entry.item)}"
    if entry.requester:
        line += f" · asked by {party(context, entry.requester)}"
    if entry.against:
        line += f" · against {party(context, entry.against)}"
    for where in entry.where:
        line += f" · where: {where.text}"
    for limit in entry.limits:
        line += f" · limit: {limit.text}"
    if entry.condition is not None:
        line += f" · condition: {entry.condition.text}"
    for time in entry.times:
        line += f" · {dated(context, time)}"
    return line + teller(context, entry.attribution)


def dated(context: Context, time: TimeWords) -> str:
    """Words for a time, with its value where the words do not show it."""
    found = context.get(time.time)
    if found is None or not found.value or found.value in time.text:
        return time.text
    return f"{time.text} ({found.value})"


def reason_line(context: Context, entry: Reason) -> str:
    """What is explained, and by what."""
    of = "" if entry.of is None else f"{entry.of.text} — "
    return of + entry.content.text + teller(context, entry.attribution)


def forecast_line(context: Context, entry: Forecast) -> str:
    """Who expects what, when, if what."""
    holder = context.get(entry.holder)
    line = f"{holder.name or holder.mentions[0].text}: " if holder is not None else ""
    line += entry.content.text
    if entry.horizon is not None:
        line += f" · when: {dated(context, entry.horizon)}"
    if entry.condition is not None:
        line += f" · if: {entry.condition.text}"
    return line + teller(context, entry.attribution)


def figure_line(context: Context, entry: Quantity) -> str:
    """A figure with its bounds and unit, and what it counts."""
    # A vague plural has only a least value: its own words say more than "about at least 24".
    vague = entry.approximate and entry.value is None and entry.high is None
    about = "about " if entry.approximate and not vague else ""
    if entry.value is not None and entry.low is None and entry.high is None:
        number = _number(entry.value)
    elif entry.low is not None and entry.high is not None:
        number = f"{_number(entry.low)} to {_number(entry.high)}"
    elif entry.low is not None:
        least = f"at least {_number(entry.low)}"
        number = f"{entry.text.lower()} ({least})" if vague else least
    elif entry.high is not None:
        number = f"at most {_number(entry.high)}"
    else:
        number = entry.text
    unit = f" {entry.unit}" if entry.unit else ""
    of = f" {entry.of.text}" if entry.of is not None else ""
    what = f" {entry.property}" if entry.property else ""
    change = " (change)" if entry.change else ""
    return f"{about}{number}{unit}{of}{what}{change}"


def _number(value: int | float) -> str:
    return (
        f"{value:,}"
        if isinstance(value, int)
        else f"{value:,.4g}"
        if value < 1000
        else f"{value:,.0f}"
    )
