"""The record: what one report becomes. One frozen struct a thing; JSON is its only other form.

Offsets are Unicode code points into ``Record.text``, end exclusive. Every entry with words carries
``spans`` (``((start, end), …)``, in order, not overlapping) and ``text``, the pieces joined by
one space. Fields that the report does not fill are null; a list is null where the part was not
read or failed, and empty where it was read and found nothing.
"""

from __future__ import annotations

from typing import Any

from msgspec import UNSET, Struct, UnsetType

from onrecord.record.labels import (
    SCHEMA,
    Deontic,
    EntityKind,
    EventType,
    Factuality,
    Form,
    Likelihood,
    MentionKind,
    PermissionState,
    PublishedBasis,
    Quotation,
    Realis,
    ReasonKind,
    Score,
    SourceKind,
    Stance,
    TimeBasis,
    TimeType,
    ZoneKind,
)

Spans = tuple[tuple[int, int], ...]
Why = dict[str, Any]


class Words(Struct, frozen=True, kw_only=True):
    """Words of the report: where they stand, and what they are."""

    spans: Spans
    text: str


class Sourced(Words, frozen=True, kw_only=True):
    """The source of an attribution; ``group`` is what the report tells of an unnamed one."""

    entities: tuple[str, ...] = ()
    kind: SourceKind
    group: str | None = None


class Argument(Words, frozen=True, kw_only=True):
    """One who takes part: an actor, a grantor. ``spans`` is empty only where ``inferred``."""

    entity: str | None = None
    codes: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    inferred: Why | UnsetType = UNSET


class PlaceWords(Words, frozen=True, kw_only=True):
    """Words that say where, and the id of the place that they name, where it is known."""

    place: str | None = None


class TimeWords(Words, frozen=True, kw_only=True):
    """Words that say when, and the id of the time that they name, where it is known."""

    time: str | None = None


class Limit(Words, frozen=True, kw_only=True):
    """A limit of a permission: an amount, a term, a kind."""

    quantity: str | None = None
    time: str | None = None


class Zone(Struct, frozen=True, kw_only=True):
    """A stretch of the text that is not prose: a byline, a dateline, a caption, a turn label."""

    kind: ZoneKind
    spans: Spans


class Problem(Struct, frozen=True, kw_only=True):
    """Why a part is missing, or what a source had to mend."""

    part: str
    reason: str


class Mention(Words, frozen=True, kw_only=True):
    """One mention of an entity."""

    kind: MentionKind


class Entity(Struct, frozen=True, kw_only=True):
    """Who or what, with all its mentions in this report."""

    id: str
    key: str
    name: str | None
    kind: EntityKind
    mentions: tuple[Mention, ...]
    codes: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    role: str | None = None
    member_of: str | None = None
    score: Score


class Attribution(Struct, frozen=True, kw_only=True):
    """Who said, thought or wanted what, in the scheme of PolNeAR (Newell et al., LREC 2018)."""

    id: str
    key: str
    source: Sourced | None
    cue: Words | None
    content: Words
    quotation: Quotation
    stance: Stance
    nested_in: str | None = None
    score: Score


class Claim(Struct, frozen=True, kw_only=True):
    """How one teller tells an event."""

    attribution: str | None
    realis: Realis


class EventScores(Struct, frozen=True, kw_only=True):
    """How sure each judgement of an event is."""

    type: Score
    roles: Score
    realis: Score


class Event(Struct, frozen=True, kw_only=True):
    """Who did what to whom: the PLOVER ontology, with realis of its own."""

    id: str
    key: str
    type: EventType
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    main: bool
    anchor: Words
    actors: tuple[Argument, ...] = ()
    recipients: tuple[Argument, ...] = ()
    places: tuple[PlaceWords, ...] | None = None
    times: tuple[TimeWords, ...] | None = None
    realis: Realis
    background: bool
    factuality: Factuality
    attribution: str | None = None
    claims: tuple[Claim, ...] = ()
    same_as: str | None = None
    quantities: tuple[str, ...] = ()
    score: Score
    scores: EventScores
    why: Why | UnsetType = UNSET


class Permission(Struct, frozen=True, kw_only=True):
    """Who lets whom do what, within which limits."""

    id: str
    key: str
    state: PermissionState
    deontic: Deontic
    anchor: Words
    grantor: tuple[Argument, ...] = ()
    grantee: tuple[Argument, ...] = ()
    requester: tuple[Argument, ...] = ()
    item: tuple[Argument, ...] = ()
    act: Words | None = None
    where: tuple[PlaceWords, ...] = ()
    against: tuple[Argument, ...] = ()
    limits: tuple[Limit, ...] = ()
    condition: Words | None = None
    times: tuple[TimeWords, ...] = ()
    changes: str | None = None
    attribution: str | None = None
    score: Score
    why: Why | UnsetType = UNSET


class Reason(Struct, frozen=True, kw_only=True):
    """Why: a cause, an aim, an objection, a feared effect."""

    id: str
    key: str
    kind: ReasonKind
    anchor: Words
    content: Words
    of: Words | None = None
    of_ref: str | None = None
    attribution: str | None = None
    score: Score
    why: Why | UnsetType = UNSET


class Forecast(Struct, frozen=True, kw_only=True):
    """What is said to come, kept so that it can be checked later."""

    id: str
    key: str
    content: Words
    cue: Words
    holder: str | None = None
    likelihood: Likelihood
    horizon: TimeWords | None = None
    condition: Words | None = None
    attribution: str | None = None
    events: tuple[str, ...] = ()
    score: Score
    why: Why | UnsetType = UNSET


class SI(Struct, frozen=True, kw_only=True):
    """A quantity in base units of the SI; bounds where the quantity has them."""

    value: float | None
    unit: str
    low: float | None = None
    high: float | None = None


class Quantity(Words, frozen=True, kw_only=True):
    """How many, how much: the written figure with its bounds and unit, and what it counts."""

    id: str
    key: str
    value: int | float | None = None
    low: int | float | None = None
    high: int | float | None = None
    approximate: bool = False
    unit: str | None = None
    per: str | None = None
    of: Words | None = None
    property: str | None = None
    change: bool = False
    event: str | None = None
    time: str | None = None
    place: str | None = None
    attribution: str | None = None
    si: SI | None = None
    score: Score


class Time(Words, frozen=True, kw_only=True):
    """A time expression (TIMEX3), with the calendar span of its value."""

    id: str
    key: str
    type: TimeType
    value: str | None = None
    mod: str | None = None
    quant: str | None = None
    freq: str | None = None
    start: str | None = None
    end: str | None = None
    basis: TimeBasis | None = None
    anchor: str | None = None
    score: Score


class Place(Words, frozen=True, kw_only=True):
    """A toponym, resolved as far as it could be; ``feature`` is a GeoNames feature code."""

    id: str
    key: str
    name: str | None = None
    country: str | None = None
    country3: str | None = None
    admin1: str | None = None
    feature: str | None = None
    geonames_id: int | None = None
    lat: float | None = None
    lon: float | None = None
    entity: str | None = None
    metonym: bool = False
    demonym: bool = False
    score: Score
    why: Why | UnsetType = UNSET


class ReaderInfo(Struct, frozen=True, kw_only=True):
    """What read the report: enough to read it again to the same entries."""

    version: str
    model: str | None
    pipeline: str
    knowledge: str | None
    options: dict[str, Any]
    parts: tuple[str, ...]


class Record(Struct, frozen=True, kw_only=True):
    """One report, read."""

    schema: str = SCHEMA
    id: str
    published: str | None
    published_basis: PublishedBasis | None
    title: str | None
    source: str | None
    authors: tuple[str, ...]
    credit: str | None
    url: str | None
    file: str | None
    language: str | None
    form: Form | None
    text: str | None
    text_sha256: str
    reader: ReaderInfo
    problems: tuple[Problem, ...]
    sentences: Spans
    zones: tuple[Zone, ...]
    entities: tuple[Entity, ...] | None = None
    attributions: tuple[Attribution, ...] | None = None
    events: tuple[Event, ...] | None = None
    permissions: tuple[Permission, ...] | None = None
    reasons: tuple[Reason, ...] | None = None
    forecasts: tuple[Forecast, ...] | None = None
    quantities: tuple[Quantity, ...] | None = None
    times: tuple[Time, ...] | None = None
    places: tuple[Place, ...] | None = None

    def _repr_html_(self) -> str:
        """How a notebook shows it: the text, with what was read marked in it."""
        from onrecord.record.show_html import show

        return show(self)


PARTS: tuple[str, ...] = (
    "entities", "attributions", "times", "places", "quantities",
    "events", "permissions", "reasons", "forecasts",
)  # fmt: skip
"""The parts of a record, in the order in which they are read."""

Entry = Entity | Attribution | Event | Permission | Reason | Forecast | Quantity | Time | Place
