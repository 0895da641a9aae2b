"""Who a description or a pronoun means: one pass over the mentions, in the order of the text.

Pronouns outside quotations are resolved as they come; those inside wait for the end, since who
speaks stands beside the quotation. Descriptions: see ``descriptions``; pronouns: ``pronouns``.
"""

from __future__ import annotations

import datetime as dt

from onrecord.knowledge.actors import actors_in_use
from onrecord.knowledge.actors_lexicon import country_names, nouns, titles
from onrecord.reading.entities.context import Context
from onrecord.reading.entities.descriptions import antecedent
from onrecord.reading.entities.mention import Mention
from onrecord.reading.entities.names import Cluster
from onrecord.reading.entities.nominals import PRONOUNS, find_relatives
from onrecord.reading.entities.pronouns import choose

# Scores are precisions measured on ECB+ train and on 130 sources of PolNeAR train labelled by hand.
_SPEAKER = 0.85
_RELATIVE = 0.93
_ALONE = 0.8


def resolve(
    context: Context, clusters: list[Cluster], found: list[Mention], date: dt.date | None
) -> list[Cluster]:
    """The clusters of names with ``found`` (descriptions and pronouns, in order) joined to them."""
    for cluster in clusters:
        if cluster.kind == "person":
            _office(cluster, date)
            _described(context, cluster)
    late: list[Mention] = []
    names = [m for c in clusters for m in c.mentions]
    for mention in sorted([*names, *found], key=lambda m: (m.first, -m.last)):
        if mention.form == "name":
            context.enter(mention, context.of[mention])
        elif mention.form == "nominal":
            _join_nominal(context, clusters, mention)
        elif context.quotes.at[mention.head] >= 0:
            late.append(mention)
        else:
            _join_pronoun(context, mention)
    for mention in late:
        _join_pronoun(context, mention)
    for mention, owner in find_relatives(context.tokens, context.by_head):
        if owner in context.of:
            mention.score = _RELATIVE
            context.of[owner].add(mention)
            context.of[mention] = context.of[owner]
    return clusters


def _office(cluster: Cluster, date: dt.date | None) -> None:
    """The office that the table gives to a person on the day of the report."""
    if not cluster.name:
        return
    name = " ".join(cluster.name)
    table = actors_in_use()
    facts = table.get(name, date) if len(cluster.name) > 1 else table.holder(name, date)
    if facts is not None and facts.role and facts.basis == "period":
        cluster.attributes |= {facts.role, facts.role.split()[-1]}
        cluster.attributes |= {words for words, t in titles().items() if t.role == facts.role}
        cluster.role_codes |= set(facts.codes)


def _described(context: Context, cluster: Cluster) -> None:
    """What stands before a name tells of it: "Ukrainian lawyer X"."""
    tokens = context.tokens
    for mention in cluster.mentions:
        i = mention.first - 1
        while i >= max(0, mention.first - 6) and tokens.pos[i] in {"PROPN", "NOUN", "ADJ", "PART"}:
            country = country_names().get(tokens.words[i])
            if country is not None:
                cluster.role_codes.add(country.code)
            i -= 1
        for child in tokens.children[mention.head]:
            if child < mention.first and tokens.dep[child] in {"compound", "amod", "nmod"}:
                noun = nouns().get(tokens.lower[child])
                if noun is not None and noun.kind == "person":
                    cluster.attributes.add(tokens.lemma[child])
                    cluster.sectors += noun.sectors
                    cluster.gender = cluster.gender or noun.gender


def _join_nominal(context: Context, clusters: list[Cluster], mention: Mention) -> None:
    target, score = antecedent(context, mention)
    if target is None:
        target, score = Cluster(mention), _ALONE
        clusters.append(target)
    else:
        target.add(mention)
    mention.score = score
    context.enter(mention, target)
    known = context.nominal.setdefault(mention.lemma, [])
    if target in known:
        known.remove(target)
    known.append(target)


def _join_pronoun(context: Context, mention: Mention) -> None:
    known = PRONOUNS[mention.lemma]
    if known.person == 1:
        speaker = context.speaker(mention)
        if speaker is None or (speaker.plural and not known.plural):
            return
        mention.score = _SPEAKER
        speaker.add(mention)
        context.of[mention] = speaker
        return
    choice = choose(context, mention, known)
    if choice is not None:
        target, mention.score = choice
        target.add(mention)
        context.enter(mention, target)
