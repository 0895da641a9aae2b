"""Codes of those who take part in an event, where the entity that they are tells none.

What an entity is known to be comes first (``reading.entities.facts``). Where that is nothing, or
the words that take part are no entity, the words themselves are asked: whose they are ("French
operations", "Kirkuk council"), which place they name or stand in, which name in the table of
actors. Last come two inferences that event coders make as well: the courts, police or parties of a
report about one country are that country's, and people who suffer or protest in a place are of its
country. Each event's ``why`` tells which rule coded whom.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from onrecord.knowledge.actors import KINDS_OF_BODY, actors_in_use, codes_for
from onrecord.knowledge.actors_lexicon import name_words
from onrecord.reading import grammar
from onrecord.reading.indexes import entity_index, place_index
from onrecord.record.model import Argument, Entity, Place, PlaceWords

_BEFORE = ("compound", "amod", "nmod", "poss")
_BEHIND = frozenset({"in", "from", "of", "at"})
_OWNERS = frozenset({"country", "place", "organization", "person", "group"})
_PEOPLE = frozenset({"person", "group"})
_OF_A_STATE = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "OPP", "PTY", "SPY"})
_NOT_OF_HERE = frozenset({"foreign", "other", "international", "foreigner", "neighboring",
                          "neighbouring", "allied", "multinational", "certain"})  # fmt: skip
_HOME = 0.8
"""Share of the mentions of countries and their places from which a report is about one country."""

_SENT = frozenset({"MIL", "GOV", "SPY", "PRM", "JRN"})
"""Sectors whose people are often abroad: where they are says nothing of whose they are."""


class Coder:
    """Finds codes for the arguments of one page's events."""

    def __init__(
        self, entities: Sequence[Entity], places: Sequence[Place], date: dt.date | None
    ) -> None:
        self.entities = entity_index(entities)
        self.places = place_index(places)
        self.date = date
        self.home = _home(entities, places)

    def codes(
        self, said: Argument, head: Token, words: Sequence[Token]
    ) -> tuple[tuple[str, ...], str | None]:
        """Codes of ``said`` and the rule that gave them; of the entity's own codes no rule.

        ``words`` are the tokens of ``said``, ``head`` their head. No codes where no rule holds.
        """
        if said.codes:
            return said.codes, None
        if head.pos_ == "PRON":
            return (), None
        entity = self.entities.at(head.idx)
        for rule, found in (
            ("whose", self._whose(entity, head)),
            ("surname", self._surname(entity, head)),
            ("place", self._place(entity, head)),
            ("table", self._table(head)),
            ("where they are", self._behind(entity, words)),
            ("home", self._at_home(said, words)),
        ):
            codes = tuple(dict.fromkeys(found))
            if codes:
                return codes, rule
        return (), None

    def by_place(
        self, said: Argument, head: Token, where: Sequence[PlaceWords] | None
    ) -> tuple[str, ...]:
        """The country of the event's places, for people who are described and not sent there."""
        entity = self.entities.at(head.idx)
        if entity is None or entity.name is not None or entity.kind not in _PEOPLE:
            return ()
        if said.codes or head.pos_ == "PRON" or _SENT & set(said.sectors):
            return ()
        found: dict[str, None] = {}
        for words in where or ():
            for start, end in words.spans:
                for place in self.places.within(start, end):
                    if place.id == words.place and place.country3:
                        found[place.country3] = None
        return tuple(found) if len(found) == 1 else ()

    def _whose(self, entity: Entity | None, head: Token) -> Iterator[str]:
        """The codes of who stands before the noun: of countries alone, where there are any."""
        if entity is not None and entity.kind == "person" and entity.name is not None:
            own = {i for m in entity.mentions for start, end in m.spans for i in range(start, end)}
        else:
            own = set()
        related = head.lemma_.lower() in name_words("relational")
        rest: list[str] = []
        countries: list[str] = []
        for token in _before(head):
            if token.idx in own or (related and token.dep_ == "poss"):
                continue
            owner = self.entities.at(token.idx)
            place = self.places.at(token.idx)
            if token.pos_ == "PRON" and (entity is None or entity.kind not in _PEOPLE):
                continue
            if owner is not None and owner is not entity and owner.codes:
                if owner.kind in _OWNERS:
                    (countries if owner.kind == "country" else rest).extend(owner.codes)
            elif place is not None and place.country3:
                rest.append(place.country3)
        yield from countries or rest

    def _place(self, entity: Entity | None, head: Token) -> Iterator[str]:
        """The country of the place that the argument is."""
        place = self.places.at(head.idx)
        if place is None or not place.country3 or head.pos_ != "PROPN":
            return
        if entity is None or entity.kind in {"place", "organization", "work", "other"}:
            yield place.country3

    def _surname(self, entity: Entity | None, head: Token) -> Iterator[str]:
        """The country of all who are known by a surname: "Duvalier", "the Assad regime"."""
        single = entity is not None and entity.kind in {"person", "organization", "other"}
        named = [head] if head.pos_ == "PROPN" and (single or entity is None) else []
        if len(named) == 1 and any(t.dep_ == "compound" and t.pos_ == "PROPN" for t in head.lefts):
            named = []
        if head.pos_ == "NOUN":
            named = [t for t in head.lefts if t.dep_ in ("compound", "poss") and t.pos_ == "PROPN"]
        for token in named:
            yield from actors_in_use().surname_codes(token.text)

    def _table(self, head: Token) -> Iterator[str]:
        """What the table of actors knows of a name of several words, or of an acronym."""
        if head.pos_ != "PROPN":
            return
        name = [t for t in head.lefts if t.dep_ == "compound" and t.text[:1].isupper()] + [head]
        text = head.doc[name[0].i : head.i + 1].text
        if len(name) > 1 or (len(text) > 2 and text.isupper()):
            facts = codes_for(text, self.date)
            if facts is not None:
                yield from facts.codes

    def _behind(self, entity: Entity | None, words: Sequence[Token]) -> Iterator[str]:
        """ "Protesters in Cairo", "diplomats from Poland and Sweden": the noun's own phrase."""
        if entity is None or entity.name is not None:
            return
        inside = {t.i for t in words}
        for token in words:
            for prep in token.rights:
                if prep.dep_ != "prep" or prep.lower_ not in _BEHIND:
                    continue
                if prep.i not in inside and prep.i != words[-1].i + 1:
                    continue
                for named in grammar.prep_objects(token, prep.lower_):
                    owner = self.entities.at(named.idx)
                    place = self.places.at(named.idx)
                    if owner is not None and owner.kind in {"country", "place"} and owner.codes:
                        yield from owner.codes
                    elif place is not None and place.country3:
                        yield place.country3

    def _at_home(self, said: Argument, words: Sequence[Token]) -> Iterator[str]:
        """ "The Supreme Court" of a report about one country is that country's."""
        of_a_state = bool(_OF_A_STATE & set(said.sectors[:1]))
        if of_a_state and not any(t.lower_ in _NOT_OF_HERE for t in words):
            yield from self.home


def _home(entities: Sequence[Entity], places: Sequence[Place]) -> tuple[str, ...]:
    """The country that most of the report's mentions of a country or its places are of, if any."""
    counts: Counter[str] = Counter()
    for entity in entities:
        countries = [code for code in entity.codes if code not in KINDS_OF_BODY]
        if len(countries) == 1:
            counts[countries[0]] += len(entity.mentions)
    counts.update(p.country3 for p in places if p.country3)
    total = sum(counts.values())
    return tuple(code for code, count in counts.most_common(1) if count >= _HOME * total)


def _before(head: Token) -> Iterator[Token]:
    """The words before a noun that tell whose it is, with theirs and those joined to them."""
    for child in head.lefts:
        if child.dep_ in _BEFORE:
            yield child
            yield from (t for t in child.conjuncts if t.i < head.i)
            yield from _before(child)
