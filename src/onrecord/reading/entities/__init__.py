"""Entities: who and what the report speaks of, one entry each with all its mentions."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.knowledge.actors_lexicon import country_titles
from onrecord.reading.contract import Parts
from onrecord.reading.entities.context import Context
from onrecord.reading.entities.facts import FactFinder, Facts
from onrecord.reading.entities.mention import Mention
from onrecord.reading.entities.mentions import find_names
from onrecord.reading.entities.names import Cluster, merge_names
from onrecord.reading.entities.nominals import find_nominals, find_pronouns
from onrecord.reading.entities.quotes import Quotes
from onrecord.reading.entities.resolve import resolve
from onrecord.reading.entities.tokens import Tokens
from onrecord.reading.page import Page
from onrecord.record.model import Entity
from onrecord.record.model import Mention as Words

requires: tuple[str, ...] = ()
assigns: tuple[str, ...] = ("entities",)


def read(page: Page, parts: Parts) -> Sequence[Entity]:
    """The entities of ``page`` in the order of their first mentions."""
    if not page.sentences:
        return ()
    tokens = Tokens(page)
    named = find_names(tokens)
    names = [m for m in named if m.form == "name"]
    taken = {i: m for m in named for i in range(m.first, m.last)}
    clusters = merge_names(tokens, names)
    found = [m for m in named if m.form != "name"]  # "a Republican"
    found += find_nominals(tokens, taken) + find_pronouns(tokens, taken)
    context = Context(tokens, Quotes(tokens, page.paragraphs), clusters, found)
    clusters = resolve(context, clusters, found, page.published)
    for cluster in clusters:
        cluster.mentions.sort(key=lambda m: (m.first, -m.last))
    clusters.sort(key=lambda c: (c.mentions[0].first, -c.mentions[0].last))
    ids = {id(c): f"n{number}" for number, c in enumerate(clusters, 1)}
    finder = FactFinder(tokens, clusters, context.of, page.published)
    return tuple(_entity(page, tokens, c, ids, finder.facts(c)) for c in clusters)


def _entity(
    page: Page, tokens: Tokens, cluster: Cluster, ids: dict[int, str], facts: Facts
) -> Entity:
    mentions = tuple(_words(tokens, m) for m in cluster.mentions)
    return Entity(
        id=ids[id(cluster)],
        key=page.key("entities", *(s for m in mentions for s in m.spans)),
        name=_name(tokens, cluster),
        kind=cluster.kind or "other",
        mentions=mentions,
        codes=facts.codes,
        sectors=facts.sectors,
        role=facts.role,
        member_of=ids.get(id(facts.member_of)) if facts.member_of is not None else None,
        score=_score(cluster, facts.known),
    )


def _name(tokens: Tokens, cluster: Cluster) -> str | None:
    """The usual name of a country, the longest name that the report gives of others."""
    country = next((m.country for m in cluster.mentions if m.country), None)
    if cluster.kind == "country" and country:
        return country_titles()[country.code]
    if not cluster.name:
        return None
    longest = max((m for m in cluster.mentions if m.form == "name"), key=lambda m: len(m.words))
    return tokens.surface(longest.first, longest.last)


# Share of right kinds and merges among 60 named entities of 40 Guardian reports, by reading: known
# to the tables 33 of 33, other names of several words 13 of 15, of one word 7 of 12.
_KNOWN, _SEVERAL, _SINGLE = 0.97, 0.87, 0.65


def _score(cluster: Cluster, known: bool) -> float:
    """How sure the entity is: the mean over its mentions of how sure each is."""
    name = _KNOWN if known else _SEVERAL if len(cluster.name) > 1 else _SINGLE
    scores = [name if m.form == "name" else m.score for m in cluster.mentions]
    return round(sum(scores) / len(scores), 2)


def _words(tokens: Tokens, mention: Mention) -> Words:
    start, end = tokens.start[mention.first], tokens.end(mention.last - 1)
    return Words(spans=((start, end),), text=tokens.text[start:end], kind=mention.form)
