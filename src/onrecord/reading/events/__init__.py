"""The events of a report: who did what to whom, where and when, and whether it happened.

Types are those of PLOVER 2021. A word tells an event where the lexicon of triggers says so and its
conditions hold (``triggers``); who takes part is read off the grammar (``roles``) and weighed by
two small learned models (``sides``); whether it happened is asked of the words above it
(``realis``). What fits no type is no event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace
from spacy.tokens import Token

from onrecord.reading.contract import Parts
from onrecord.reading.events import links
from onrecord.reading.events.codes import Coder
from onrecord.reading.events.features import features
from onrecord.reading.events.history import History
from onrecord.reading.events.phrases import outermost, phrase
from onrecord.reading.events.roles import Roles, roles
from onrecord.reading.events.same import same_as
from onrecord.reading.events.shift import shifted
from onrecord.reading.events.sides import sides
from onrecord.reading.events.triggers import MIN_PRIOR, Candidate, candidates
from onrecord.reading.indexes import (
    SpanIndex,
    argument,
    content_index,
    entity_index,
    place_index,
    quantity_index,
    time_index,
)
from onrecord.reading.linear import load
from onrecord.reading.page import Page
from onrecord.reading.realis import Judgement, judge_token, postponed
from onrecord.reading.realis.context import Telling
from onrecord.record.model import (
    Argument,
    Attribution,
    Claim,
    Entity,
    Event,
    EventScores,
    Place,
    PlaceWords,
    Quantity,
    Time,
)

WEAK_PRIOR = 0.7
"""Up to this prior a word is left out where nothing else in its sentence speaks for an event."""

requires = ("entities", "attributions", "times", "places", "quantities")
assigns = ("events", "quantities.event")


def read(page: Page, parts: Parts) -> Sequence[Event]:
    """The events of ``page``, in the order of the text; one a sentence at most is ``main``."""
    return _Reading(page, parts).events()


@dataclass(frozen=True, slots=True)
class _Told:
    """What is judged of a candidate before its sentence's main event is chosen."""

    judgement: Judgement
    kind: str
    modes: tuple[str, ...]
    rule: str | None
    cast: Roles
    chance: float


def _main_of(told: Sequence[_Told]) -> int | None:
    """The main event of a sentence: the likeliest to be what it is about."""
    return max(range(len(told)), key=lambda n: (told[n].chance, -n), default=None)


def _kept(found: Sequence[Candidate], told: Sequence[_Told]) -> list[int]:
    """Which candidates are events: the weak ones are not, where the whole sentence tells none.

    "Strike a balance", "support my notes": words that often mean something else, in a sentence
    where no candidate is likely to be its main event.
    """
    best = max((how.chance for how in told), default=0.0)
    if best >= load("events_main").settings["noise"]:
        return list(range(len(found)))
    return [n for n, candidate in enumerate(found) if candidate.prior > WEAK_PRIOR]


class _Reading:
    """One reading of one page: the indexes of earlier parts, and what is kept between sentences."""

    def __init__(self, page: Page, parts: Parts) -> None:
        self.page = page
        self.telling = Telling(page)
        self.entities: SpanIndex[Entity] = entity_index(parts.entities)
        self.contents: SpanIndex[Attribution] = content_index(parts.attributions)
        self.times: SpanIndex[Time] = time_index(parts.times)
        self.places: SpanIndex[Place] = place_index(parts.places)
        self.quantities: SpanIndex[Quantity] = quantity_index(parts.quantities)
        self.history = History(page, self.times)
        self.coder = Coder(parts.entities, parts.places, page.published)

    def events(self) -> list[Event]:
        out: list[Event] = []
        counted: set[str] = set()
        for sentence in self.page.sentences:
            found = [c for c in candidates(sentence) if c.prior >= MIN_PRIOR]
            told = [self._told(candidate, found) for candidate in found]
            kept = _kept(found, told)
            found, told = [found[n] for n in kept], [told[n] for n in kept]
            main = _main_of(told)
            for number, candidate in enumerate(found):
                event = self._event(candidate, told[number], number == main, len(out) + 1, counted)
                counted.update(event.quantities)
                out.append(event)
        return same_as(out)

    def _told(self, candidate: Candidate, others: Sequence[Candidate]) -> _Told:
        judgement = judge_token(self.telling, candidate.head)
        if links.is_to_come(self.page, candidate, self.times):
            judgement = postponed(candidate.head, judgement)
        kind, modes, rule = shifted(candidate, judgement.realis)
        cast = roles(candidate)
        known = features(candidate, kind, judgement.realis, cast, others)
        return _Told(judgement, kind, modes, rule, cast, load("events_main").chance(known))

    def _event(
        self, candidate: Candidate, how: _Told, main: bool, number: int, counted: set[str]
    ) -> Event:
        page = self.page
        anchor = page.tokens(candidate.anchor)
        told = candidate.noun if candidate.noun is not None and _carries(candidate) else None
        judgement, cast = how.judgement, sides(candidate, how.kind, how.cast, main)
        words = links.territory(candidate)
        actor_words = [phrase(head) for head in outermost(cast.actors)]
        recipient_words = [phrase(head) for head in outermost(cast.recipients)]
        taken = {t.i for group in (*actor_words, *recipient_words) for t in group}
        where = links.places(page, candidate, words, self.places, taken - _heads(cast.recipients))
        # those who protest are at home where they do; those who strike or mediate need not be
        actors, actor_rules = self._arguments(
            outermost(cast.actors), actor_words, where if how.kind == "PROTEST" else None
        )
        recipients, recipient_rules = self._arguments(
            outermost(cast.recipients), recipient_words, where
        )
        times = links.times(page, words, self.times)
        attribution = self.contents.at(candidate.head.idx)
        teller = None if attribution is None else attribution.id
        sure = candidate.prior
        role_score = 0.75 if actors else 0.5
        return Event(
            id=f"e{number}",
            key=page.key("events", *anchor.spans),
            type=how.kind,
            modes=how.modes,
            contexts=candidate.use.contexts,
            main=main,
            anchor=anchor,
            actors=actors,
            recipients=recipients,
            places=where,
            times=tuple(said for said, _ in times) or None,
            realis=judgement.realis,
            background=self.history.is_background(candidate, words, [time for _, time in times]),
            factuality=judgement.factuality,
            attribution=teller,
            claims=() if teller is None else (Claim(attribution=teller, realis=judgement.realis),),
            quantities=tuple(
                key
                for key in links.quantities(
                    self.quantities, candidate, [*actor_words, *recipient_words]
                )
                if key not in counted
            ),
            score=round(sure * judgement.score, 2),
            scores=EventScores(type=sure, roles=role_score, realis=judgement.score),
            why={
                "rule": candidate.rule,
                "head": candidate.head.idx,
                "shift": how.rule,
                "carried": None if told is None else told.text,
                "roles": list(cast.how),
                "realis": list(judgement.trail),
                "codes": [*actor_rules, *recipient_rules],
            },
        )

    def _arguments(
        self,
        heads: Sequence[Token],
        words: Sequence[Sequence[Token]],
        where: Sequence[PlaceWords] | None,
    ) -> tuple[tuple[Argument, ...], list[list[str]]]:
        """Who takes part, and by which rule those are coded whose entities have no codes."""
        out: list[Argument] = []
        told: list[list[str]] = []
        for head, tokens in zip(heads, words, strict=True):
            said = argument(self.page, self.entities, head, tokens)
            codes, rule = self.coder.codes(said, head, tokens)
            if not codes:
                codes = self.coder.by_place(said, head, where)
                rule = "event place" if codes else None
            if rule is not None:
                told.append([said.text, rule])
            out.append(said if rule is None else replace(said, codes=codes))
        return tuple(out), told


def _heads(tokens: Sequence[Token]) -> set[int]:
    return {t.i for t in tokens}


def _carries(candidate: Candidate) -> bool:
    return candidate.noun is not None and len(candidate.anchor) > 1
