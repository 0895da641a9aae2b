"""Several mentions of one event in one report: linked only where little else can be meant."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from onrecord.record.model import Argument, Claim, Event

_REACH = 25


def same_as(events: Sequence[Event]) -> list[Event]:
    """``events``, with ``same_as`` of a later mention set to the first one of the same event.

    Same type, anchor words of one stem, the same realis, sides that do not differ, and at least
    one side that is known to be shared: conservative, since a wrong merge hides an event. The first
    mention lists the claims of all: who else tells it.
    """
    return _with_all_tellers(_linked(events))


def _linked(events: Sequence[Event]) -> list[Event]:
    out: list[Event] = []
    first: dict[tuple[str, str], list[Event]] = {}
    for event in events:
        key = (event.type, _stem(event))
        found: str | None = None
        for earlier in reversed(first.get(key, [])[-_REACH:]):
            if earlier.realis == event.realis and _agree(earlier, event):
                found = earlier.same_as or earlier.id
                break
        merged = structs.replace(event, same_as=found) if found else event
        first.setdefault(key, []).append(merged)
        out.append(merged)
    return out


def _with_all_tellers(events: Sequence[Event]) -> list[Event]:
    """``events``; the first mention of one also has the claims of the later ones, each once."""
    later: dict[str, list[Claim]] = {}
    for event in events:
        if event.same_as is not None:
            later.setdefault(event.same_as, []).extend(event.claims)
    return [
        structs.replace(event, claims=tuple(dict.fromkeys((*event.claims, *later[event.id]))))
        if event.id in later
        else event
        for event in events
    ]


def _stem(event: Event) -> str:
    word = max(event.anchor.text.lower().split(), key=len, default="")
    return word[:6]


def _agree(one: Event, other: Event) -> bool:
    acting = _compare(one.actors, other.actors)
    suffering = _compare(one.recipients, other.recipients)
    if acting is False or suffering is False:
        return False
    if _differ(one, other):
        return False
    return acting is True and (suffering is True or not other.recipients)


def _differ(one: Event, other: Event) -> bool:
    """Whether times or places of the two are told and not the same."""
    for left, right in (
        ({t.text for t in one.times or ()}, {t.text for t in other.times or ()}),
        ({p.place for p in one.places or ()}, {p.place for p in other.places or ()}),
    ):
        if left and right and not left & right:
            return True
    return False


def _compare(one: Sequence[Argument], other: Sequence[Argument]) -> bool | None:
    """True where a side is shared, False where both are told and none is, None where one is not."""
    if not one or not other:
        return None
    left = {a.entity or a.text.lower() for a in one}
    right = {a.entity or a.text.lower() for a in other}
    return bool(left & right)
