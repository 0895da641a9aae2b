"""Entries in the words of a newsreader."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.cli.rows import Context
from onrecord.record.model import (
    Argument,
    Attribution,
    Event,
    Forecast,
    Permission,
    Quantity,
    Reason,
    Words,
)

_STATE = {
    "granted": ("lets", "forbids"),
    "withheld": ("does not let", "does not forbid"),
    "conditional": ("would let", "would forbid"),
    "requested": ("is asked to let", "is asked to forbid"),
    "considered": ("may let", "may forbid"),
    "revoked": ("no longer lets", "no longer forbids"),
}

_REASON = {"cause": "because", "aim": "in order", "objection": "objecting", "risk": "at the risk"}


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
    return f" (so {source_of(context, found)})"


def source_of(context: Context, attribution: Attribution) -> str:
    """The source, with the name behind a pronoun; says so where none is told."""
    source = attribution.source
    if source is None:
        return "a source not told"
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
        found = context.get(time.time)
        line += f" · {time.text}"
        if found is not None and found.value and found.value not in time.text:
            line += f" ({found.value})"
    for place in event.places or ():
        line += f" · {place.text}"
    for quantity in event.quantities:
        found = context.get(quantity)
        if found is not None:
            line += f" · {figure_line(context, found)}"
    return line + teller(context, event.attribution)


def permission_line(context: Context, entry: Permission) -> str:
    """Who lets whom do what, within which limits."""
    verb = _STATE.get(entry.state, (entry.state, entry.state))[entry.deontic == "forbid"]
    line = f"{party(context, entry.grantor) or '(not told who)'} {verb}"
    grantee = party(context, entry.grantee)
    item = party(context, entry.item)
    if grantee:
        line += f" {grantee}"
    if entry.act is not None:
        line += f": {entry.act.text}"
    elif item:
        line += f": {item}"
    if entry.requester:
        line += f" · asked by {party(context, entry.requester)}"
    if entry.against:
        line += f" · against {party(context, entry.against)}"
    for where in entry.where:
        line += f" · {where.text}"
    for limit in entry.limits:
        line += f" · limit: {limit.text}"
    if entry.condition is not None:
        line += f" · on condition: {entry.condition.text}"
    for time in entry.times:
        line += f" · {time.text}"
    return line + teller(context, entry.attribution)


def reason_line(context: Context, entry: Reason) -> str:
    """What is explained, and by what."""
    of = "" if entry.of is None else f"{entry.of.text} "
    link = _REASON.get(entry.kind, entry.kind)
    return f"{of}— {link}: {entry.content.text}" + teller(context, entry.attribution)


def forecast_line(context: Context, entry: Forecast) -> str:
    """Who expects what, when, if what."""
    holder = context.get(entry.holder)
    line = f"{holder.name or holder.mentions[0].text}: " if holder is not None else ""
    line += entry.content.text
    if entry.horizon is not None:
        found = context.get(entry.horizon.time)
        line += f" · by {entry.horizon.text}" + (f" ({found.value})" if found else "")
    if entry.condition is not None:
        line += f" · if: {entry.condition.text}"
    return line + teller(context, entry.attribution)


def figure_line(context: Context, entry: Quantity) -> str:
    """A figure with its bounds and unit, and what it counts."""
    about = "about " if entry.approximate else ""
    if entry.value is not None and entry.low is None and entry.high is None:
        number = _number(entry.value)
    elif entry.low is not None and entry.high is not None:
        number = f"{_number(entry.low)} to {_number(entry.high)}"
    elif entry.low is not None:
        number = f"at least {_number(entry.low)}"
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
