"""Entries as cards: what is said of each beside the text, in pieces that a page can link.

A card never repeats a judgement in other words without the label that the record holds, so that
what is seen here can be found in the exports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from onrecord.record.model import Attribution, Event, Record, Words
from onrecord.record.rows import Context
from onrecord.web import phrases
from onrecord.web.card import Bit, Card, Section, Teller
from onrecord.web.stretches import entries


def sections(record: Record) -> list[Section]:
    """The sections of a record that have anything to say, in the order of the terminal view."""
    context = Context(record)
    made: dict[str, list[Card]] = {name: [] for name, _ in _SECTIONS}
    for part, entry in entries(record):
        made[_section_of(part, entry)].append(card(context, part, entry))
    return [Section(name, title, tuple(made[name])) for name, title in _SECTIONS if made[name]]


_SECTIONS = (
    ("said", "Who said what"),
    ("happened", "What happened"),
    ("unreal", "What did not happen, or may come"),
    ("history", "Told as history, or in general"),
    ("permissions", "Who lets whom do what"),
    ("reasons", "Why"),
    ("forecasts", "What is said to come"),
    ("figures", "How many"),
    ("times", "When"),
    ("places", "Where"),
    ("entities", "Who and what"),
)


def _section_of(part: str, entry: Any) -> str:
    if part != "events":
        return {"attributions": "said", "quantities": "figures"}.get(part, part)
    if entry.realis not in {"actual", "generic"}:
        return "unreal"
    return "happened" if entry.realis == "actual" and not entry.background else "history"


def card(context: Context, part: str, entry: Any) -> Card:
    """The card of one entry."""
    label, gloss, tone = _label(part, entry)
    bits, facts = _MAKERS[part](context, entry)
    attribution = entry.nested_in if part == "attributions" else getattr(entry, "attribution", None)
    chain = tuple(tellers(context, attribution))
    why = getattr(entry, "why", None)
    return Card(
        id=entry.id,
        key=entry.key,
        part=part,
        label=label,
        gloss=gloss,
        tone=tone,
        bits=tuple(bits),
        facts=tuple((name, tuple(value)) for name, value in facts if value),
        chain=chain,
        told=part not in {"entities", "times", "places"},
        depth=min(len(chain), 3) if part == "attributions" else 0,
        score=float(entry.score),
        sentence=_sentence(context, entry),
        realis=getattr(entry, "realis", None),
        why=why if isinstance(why, dict) else None,
    )


def tellers(context: Context, attribution: str | None) -> Iterator[Teller]:
    """The chain of attributions that ``attribution`` stands in, innermost first."""
    seen: set[str] = set()
    found: Attribution | None = context.get(attribution)
    while found is not None and found.id not in seen:
        seen.add(found.id)
        source = found.source
        who = "a source not told" if source is None else _named(context, source)
        named = source is not None and source.kind != "unnamed"
        yield Teller(found.id, who, named, source is None, found.stance)
        found = context.get(found.nested_in)


def _sentence(context: Context, entry: Any) -> int | None:
    from onrecord.record.invariants import first_offset

    return context.sentence_number(first_offset(entry))


def _label(part: str, entry: Any) -> tuple[str, str, str]:
    if part == "events":
        return entry.type.lower(), phrases.REALIS.get(entry.realis, entry.realis), "event"
    if part == "attributions":
        return entry.stance, "what the source does with it", "said"
    if part == "permissions":
        words = phrases.STATES.get((entry.state, entry.deontic), entry.state)
        return words, f"{entry.state} / {entry.deontic}", "permission"
    if part == "reasons":
        return entry.kind, phrases.REASONS.get(entry.kind, entry.kind), "reason"
    if part == "forecasts":
        return entry.likelihood.replace("_", " "), "how likely the holder calls it", "forecast"
    if part == "entities":
        return entry.kind, "kind of entity", "entity"
    if part == "times":
        return entry.type.lower(), "TIMEX3 type", "time"
    if part == "places":
        return phrases.feature(entry), "what kind of place", "place"
    return entry.property or "figure", "what is counted", "figure"


def _named(context: Context, words: Any) -> str:
    """Words of a source or participant, with the name behind a pronoun or a description."""
    ids = words.entities if hasattr(words, "entities") else (words.entity,)
    found = [context.get(id_) for id_ in ids if id_]
    name = next((e.name for e in found if e is not None and e.name), None)
    text = " ".join(words.text.split())
    if name is None or name in text or text in name:
        return text
    return f"{text} [{name}]"


def _party(context: Context, arguments: Sequence[Any]) -> Iterator[Bit]:
    for number, argument in enumerate(arguments):
        if number:
            yield Bit(" and ")
        yield Bit(_named(context, argument), argument.entity, "who")


def _words(words: Words | None, kind: str = "words") -> list[Bit]:
    return [] if words is None else [Bit(" ".join(words.text.split()), None, kind)]


def _said(context: Context, entry: Any) -> tuple[list[Bit], list[tuple[str, list[Bit]]]]:
    source = entry.source
    bits = [Bit("a source not told", None, "who unnamed")]
    if source is not None:
        ref = source.entities[0] if source.entities else None
        kind = "who unnamed" if source.kind == "unnamed" else "who"
        bits = [Bit(_named(context, source), ref, kind)]
        if source.kind == "unnamed":
            bits += [Bit(" "), Bit("(not named)", None, "note")]
    if entry.cue is not None:
        bits += [Bit(" "), Bit(entry.cue.text, None, "cue")]
    bits += [Bit(": "), *_words(entry.content, "quote" if entry.quotation == "direct" else "words")]
    facts = [
        (
            "source",
            [Bit(f"{source.kind}" + (f", told of as {source.group}" if source.group else ""))]
            if source
            else [],
        ),
        ("quotation", [Bit(phrases.QUOTATION.get(entry.quotation, entry.quotation))]),
    ]
    return bits, facts


def _event(context: Context, entry: Event) -> tuple[list[Bit], list[tuple[str, list[Bit]]]]:
    bits = list(_party(context, entry.actors)) or [Bit("(nobody named)", None, "note")]
    bits += [Bit(" — "), Bit(" ".join(entry.anchor.text.split()), None, "anchor")]
    if entry.recipients:
        bits += [Bit(" → "), *_party(context, entry.recipients)]
    kind = ", ".join((*entry.modes, *entry.contexts))
    facts: list[tuple[str, list[Bit]]] = [
        ("kind", [Bit(f"{entry.type}" + (f" ({kind})" if kind else ""))]),
        ("when", _joined([_dated(context, time) for time in entry.times or ()])),
        ("where", _joined([_placed(context, place) for place in entry.places or ()])),
        (
            "figures",
            _joined(
                [
                    [Bit(phrases.figure(context.get(q)), q)]
                    for q in entry.quantities
                    if context.get(q) is not None
                ]
            ),
        ),
        ("told as", _joined([_claim(context, claim) for claim in entry.claims])),
        ("factuality", [Bit(f"{entry.factuality:+.1f} of −3 … +3")]),
        ("same as", [Bit(entry.same_as, entry.same_as)] if entry.same_as else []),
        (
            "sure of",
            [
                Bit(
                    f"type {entry.scores.type:.2f}, who {entry.scores.roles:.2f}, "
                    f"realis {entry.scores.realis:.2f}"
                )
            ],
        ),
    ]
    return bits, facts


def _claim(context: Context, claim: Any) -> list[Bit]:
    first = next(tellers(context, claim.attribution), None)
    who = "the report" if first is None else first.who
    return [Bit(f"{claim.realis} by "), Bit(who, claim.attribution)]


def _permission(context: Context, entry: Any) -> tuple[list[Bit], list[tuple[str, list[Bit]]]]:
    bits: list[Bit] = []
    if entry.grantor:
        bits += [Bit("by "), *_party(context, entry.grantor)]
    if entry.grantee:
        bits += [Bit(" for " if bits else "for "), *_party(context, entry.grantee)]
    bits = bits or [Bit("(nobody named)", None, "note")]
    if entry.act is not None:
        bits += [Bit(": "), *_words(entry.act)]
    elif entry.item:
        bits += [Bit(": "), *_party(context, entry.item)]
    facts: list[tuple[str, list[Bit]]] = [
        ("says so", _words(entry.anchor)),
        ("asked by", list(_party(context, entry.requester))),
        ("of what", list(_party(context, entry.item)) if entry.act is not None else []),
        ("against", list(_party(context, entry.against))),
        ("where", _joined([_placed(context, place) for place in entry.where])),
        (
            "limit",
            _joined([[Bit(limit.text, limit.quantity or limit.time)] for limit in entry.limits]),
        ),
        ("condition", _words(entry.condition)),
        ("when", _joined([_dated(context, time) for time in entry.times])),
        ("changes", [Bit(entry.changes, entry.changes)] if entry.changes else []),
    ]
    return bits, facts


def _reason(context: Context, entry: Any) -> tuple[list[Bit], list[tuple[str, list[Bit]]]]:
    bits = [*_words(entry.of), *([Bit(" — ")] if entry.of else [])]
    bits += [
        Bit(" ".join(entry.anchor.text.split()), None, "cue"),
        Bit(": "),
        *_words(entry.content),
    ]
    return bits, [("explains", [Bit(entry.of_ref, entry.of_ref)] if entry.of_ref else [])]


def _forecast(context: Context, entry: Any) -> tuple[list[Bit], list[tuple[str, list[Bit]]]]:
    holder = context.get(entry.holder)
    bits = [
        Bit(
            "the report" if entry.holder is None else phrases.entity_name(holder),
            entry.holder,
            "who",
        ),
        Bit(": "),
        *_words(entry.content),
    ]
    facts: list[tuple[str, list[Bit]]] = [
        ("says so", _words(entry.cue)),
        ("by when", _dated(context, entry.horizon) if entry.horizon else []),
        ("if", _words(entry.condition)),
        ("events", _joined([[Bit(event, event)] for event in entry.events])),
    ]
    return bits, facts


def _quantity(context: Context, entry: Any) -> tuple[list[Bit], list[tuple[str, list[Bit]]]]:
    facts: list[tuple[str, list[Bit]]] = [
        ("words", _words(entry)),
        ("of", _words(entry.of)),
        ("in SI", [Bit(phrases.si(entry.si))] if entry.si else []),
        ("event", [Bit(entry.event, entry.event)] if entry.event else []),
    ]
    return [Bit(phrases.figure(entry))], facts


def _time(context: Context, entry: Any) -> tuple[list[Bit], list[tuple[str, list[Bit]]]]:
    value = entry.value or "not resolved"
    if entry.start and entry.start == entry.end:
        value = entry.start
    elif entry.start:
        value = f"{entry.start} … {entry.end}"
    facts: list[tuple[str, list[Bit]]] = [
        ("value", [Bit(entry.value)] if entry.value else []),
        ("leans on", [Bit(entry.basis)] if entry.basis else []),
        ("of", [Bit(entry.anchor, entry.anchor)] if entry.anchor else []),
        ("how", [Bit(x) for x in (entry.mod, entry.quant, entry.freq) if x]),
    ]
    return [*_words(entry), Bit(" = "), Bit(value, None, "value")], facts


def _place(context: Context, entry: Any) -> tuple[list[Bit], list[tuple[str, list[Bit]]]]:
    name = phrases.place_name(entry)
    bits = _words(entry)
    if name and name != entry.text:
        bits += [Bit(" = "), Bit(name, None, "value")]
    elif not name:
        bits += [Bit(" "), Bit("(not resolved)", None, "note")]
    stands = [
        word
        for word, on in (
            ("stands for a government or team", entry.metonym),
            ("names a people", entry.demonym),
        )
        if on
    ]
    facts: list[tuple[str, list[Bit]]] = [
        ("at", [Bit(f"{entry.lat:.3f}, {entry.lon:.3f}")] if entry.lat is not None else []),
        ("GeoNames", [Bit(str(entry.geonames_id))] if entry.geonames_id else []),
        ("note", [Bit("; ".join(stands))] if stands else []),
    ]
    return bits, facts


def _entity(context: Context, entry: Any) -> tuple[list[Bit], list[tuple[str, list[Bit]]]]:
    words = list(dict.fromkeys(" ".join(m.text.split()) for m in entry.mentions))
    facts: list[tuple[str, list[Bit]]] = [
        ("as", [Bit(", ".join(words[:12]) + (" …" if len(words) > 12 else ""))]),
        ("role", [Bit(entry.role)] if entry.role else []),
        ("codes", [Bit(" ".join((*entry.codes, *entry.sectors)))] if entry.codes else []),
        (
            "member of",
            [Bit(phrases.entity_name(context.get(entry.member_of)), entry.member_of)]
            if entry.member_of
            else [],
        ),
    ]
    count = len(entry.mentions)
    bits = [Bit(phrases.entity_name(entry), None, "who")]
    if count > 1:
        bits += [Bit(" "), Bit(f"×{count}", None, "note")]
    return bits, facts


def _joined(items: Sequence[Sequence[Bit]]) -> list[Bit]:
    made: list[Bit] = []
    for item in items:
        made += [*([Bit("; ")] if made else []), *item]
    return made


def _dated(context: Context, time: Any) -> list[Bit]:
    found = context.get(time.time)
    value = "" if found is None or not found.value or found.value in time.text else found.value
    text = " ".join(time.text.split())
    return [Bit(f"{text} ({value})" if value else text, time.time)]


def _placed(context: Context, place: Any) -> list[Bit]:
    found = context.get(place.place)
    name = None if found is None else phrases.place_name(found)
    text = " ".join(place.text.split())
    return [Bit(text if not name or name in text else f"{text} ({name})", place.place)]


_MAKERS = {
    "attributions": _said,
    "events": _event,
    "permissions": _permission,
    "reasons": _reason,
    "forecasts": _forecast,
    "quantities": _quantity,
    "times": _time,
    "places": _place,
    "entities": _entity,
}
