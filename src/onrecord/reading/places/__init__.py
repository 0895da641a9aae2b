"""Places: the toponyms of a report, each with the place that it means, or null where unknown.

Three steps: stretches that could be names (``places_spans``), a learned judgement of each
(``places_recognise``), and the weighing of the places of that name against the report's others
(``places_resolve``). Demonyms are places with ``demonym``; names that stand for a government, an
army or a team have ``metonym`` (``places_flags``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from onrecord.knowledge.gazetteer import DEMONYM, NOWHERE, Gazetteer, load_gazetteer
from onrecord.reading.contract import Parts
from onrecord.reading.indexes import SpanIndex, entity_index
from onrecord.reading.page import Page
from onrecord.reading.places.flags import is_metonym
from onrecord.reading.places.lexicon import Lexicon, load_lexicon
from onrecord.reading.places.model import PlaceModel, load_model
from onrecord.reading.places.recognise import describe
from onrecord.reading.places.resolve import OWN, Group, group, trust_row, weigh
from onrecord.reading.places.spans import Candidate, propose
from onrecord.reading.places.tokens import Tokens
from onrecord.reading.places.trees import sigmoid
from onrecord.record.model import Entity, Place

requires: tuple[str, ...] = ("entities",)
assigns: tuple[str, ...] = ("places",)

UNRESOLVED = 0.2
"""A name whose likeliest place is right less often than this stays unresolved: it is then mostly a
place that the gazetteer lacks, and a wrong point is worse than none."""
CONTRADICTED = 0.5
"""The same, where a division or a country that holds none of the candidates follows after a comma:
"Randolph, New Hampshire", if only Randolphs elsewhere are known."""


def read(page: Page, parts: Parts) -> Sequence[Place]:
    """The places of ``page`` in the order of the text, each mention one entry.

    Raises ``GazetteerError`` or ``PlaceModelError`` where the package's data are damaged.
    """
    return read_with(load_model(), page, parts.entities)


def read_with(model: PlaceModel, page: Page, entities: Sequence[Entity] = ()) -> list[Place]:
    """As ``read``, with the weights ``model``."""
    gazetteer, lexicon = load_gazetteer(), load_lexicon()
    mentions = recognise(model, page, gazetteer, lexicon)
    groups = group(page, mentions, gazetteer)
    weigh(groups, gazetteer, model.alone, model.together)
    resolved = {
        id(mention): (one, rivals)
        for one in groups
        for rivals in [_candidates(one, gazetteer)]
        for mention in one.mentions
    }
    index = entity_index(entities)
    return [
        _place(page, number, mention, resolved.get(id(mention)), model=model, index=index)
        for number, mention in enumerate(mentions, 1)
    ]


def recognise(
    model: PlaceModel, page: Page, gazetteer: Gazetteer, lexicon: Lexicon
) -> list[Candidate]:
    """The candidates that are places; where they overlap the likelier one."""
    tokens = Tokens.of(page.doc, page.text)
    candidates = propose(page, tokens, gazetteer, lexicon)
    if not candidates:
        return []
    rows = describe(page, tokens, candidates, model.odds)
    for candidate, p in zip(
        candidates, sigmoid(model.recognise.margin(rows)).tolist(), strict=True
    ):
        candidate.score = p
    kept: list[Candidate] = []
    taken = np.zeros(len(tokens.words), bool)
    for c in sorted(candidates, key=lambda c: (-c.score, c.first, c.last)):
        if c.score >= model.threshold and not taken[c.first : c.last].any():
            taken[c.first : c.last] = True
            kept.append(c)
    return sorted(kept, key=lambda c: c.first)


def _place(
    page: Page,
    number: int,
    mention: Candidate,
    resolved: tuple[Group, list[dict[str, Any]]] | None,
    *,
    model: PlaceModel,
    index: SpanIndex[Entity],
) -> Place:
    gazetteer, lexicon = load_gazetteer(), load_lexicon()
    spans = ((mention.start, mention.end),)
    entity = index.at(page.doc[mention.first : mention.last].root.idx)
    known: dict[str, Any] = {
        "feature": lexicon.feature_words.get(mention.surface.split()[-1].lower())
    }
    demonym = False
    score = mention.score
    why: dict[str, Any] = {"from": mention.origin, "place": round(mention.score, 3)}
    if resolved is not None:
        one, rivals = resolved
        best = int(np.argmax(one.probability))
        demonym = int(one.kinds[best]) == DEMONYM
        why["candidates"] = rivals
        chance = _trust(model, mention, one)
        if chance < (CONTRADICTED if one.contradicted else UNRESOLVED) * mention.score:
            why["unresolved"] = round(chance, 3)
        else:
            known, score = facts(int(one.places[best]), gazetteer), chance
    span = page.doc[mention.first : mention.last]
    return Place(
        id=f"p{number}",
        key=page.key("places", *spans),
        spans=spans,
        text=mention.surface,
        entity=entity.id if entity is not None else None,
        metonym=not demonym and is_metonym(span, known.get("feature"), lexicon),
        demonym=demonym,
        score=round(score, 2),
        why=why,
        **known,
    )


def _trust(model: PlaceModel, mention: Candidate, one: Group) -> float:
    """The chance that ``mention`` is a place and the likeliest candidate the one that is meant."""
    if model.trust is None:
        return mention.score * float(one.probability.max())
    return float(model.trust.chance(trust_row(mention, one)[None])[0])


def facts(place: int, gazetteer: Gazetteer) -> dict[str, Any]:
    """What the gazetteer knows of a place, as the record has it."""
    country = int(gazetteer.country[place])
    admin1 = int(gazetteer.admin1[place])
    code = gazetteer.features[gazetteer.feature[place]]
    first = (
        gazetteer.name(admin1)
        if admin1 != NOWHERE
        else gazetteer.name(place)
        if code == "ADM1"
        else None
    )
    return {
        "name": gazetteer.name(place),
        "country": gazetteer.countries[country] or None,
        "country3": gazetteer.countries3[country] or None,
        "admin1": first,
        "feature": code,
        "geonames_id": int(gazetteer.geonames_id[place]) or None,
        "lat": round(float(gazetteer.lat[place]), 4),
        "lon": round(float(gazetteer.lon[place]), 4),
    }


def _candidates(one: Group, gazetteer: Gazetteer) -> list[dict[str, Any]]:
    """The likeliest places of the name, with their features where they are not zero."""
    order = np.argsort(-one.probability, kind="stable")[:3]
    return [
        {
            "name": gazetteer.name(int(one.places[i])),
            "country": gazetteer.countries[gazetteer.country[one.places[i]]],
            "feature": gazetteer.features[gazetteer.feature[one.places[i]]],
            "geonames_id": int(gazetteer.geonames_id[one.places[i]]) or None,
            "probability": round(float(one.probability[i]), 3),
            "features": {n: round(float(v), 3) for n, v in zip(OWN, one.own[i], strict=True) if v},
        }
        for i in order
    ]
