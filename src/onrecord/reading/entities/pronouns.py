"""The antecedent of a pronoun: agreement and syntax rule out, salience chooses.

The weights are those of a linear ranker; how they were found stands beside them.
"""

from __future__ import annotations

from onrecord.knowledge.actors_lexicon import name_words
from onrecord.reading.entities.context import SUBJECTS, Context
from onrecord.reading.entities.mention import Mention
from onrecord.reading.entities.names import Cluster
from onrecord.reading.entities.nominals import Pronoun
from onrecord.reading.entities.tokens import Tokens

_THINGS = {"organization", "country", "system", "work", "place"}
_MANY = {"group", "organization", "country"}


def choose(context: Context, mention: Mention, known: Pronoun) -> tuple[Cluster, float] | None:
    """The cluster that a third-person pronoun means, and how sure that is; None where none fits."""
    tokens, by_head, of = context.tokens, context.by_head, context.of
    head = mention.head
    object_it = tokens.lower[head] == "it" and tokens.dep[head] == "dobj"
    if known.gender == "n" and (object_it or _empty(tokens, head)):
        return None
    if known.case == "reflexive":
        verb = tokens.verb_over(head)
        subject = by_head.get(tokens.subject(verb)) if verb >= 0 else None
        if subject is None or subject not in of:
            return None
        return (of[subject], 0.9) if _agrees(subject, of[subject], known) else None
    barred = _barred(context, mention)
    distance = 3 if known.gender in {"m", "f"} else 1 if known.gender == "n" else 2
    best: tuple[float, Cluster | None] = (0.0, None)
    second = 0.0
    seen: dict[int, float] = {}
    for other, cluster in context.before(mention, distance):
        if id(cluster) in barred or not _agrees(other, cluster, known):
            continue
        if other.first <= head < other.last:
            continue
        value = _salience(context, mention, other, cluster, known) - 0.001 * len(seen)
        if id(cluster) in seen and seen[id(cluster)] >= value:
            continue
        seen[id(cluster)] = value
        if value > best[0]:
            if best[1] is not cluster:
                second = best[0]
            best = (value, cluster)
        elif cluster is not best[1]:
            second = max(second, value)
    if best[1] is None:
        return None
    if known.gender not in {"m", "f"} and _rival(tokens, by_head, mention, known) > best[0]:
        return None
    sure, unsure = _PRECISION["he" if known.gender in {"m", "f"} else known.gender or "they"]
    return best[1], sure if best[0] - second > 25 else unsure


def _salience(
    context: Context, mention: Mention, other: Mention, cluster: Cluster, known: Pronoun
) -> float:
    """How well ``other`` is placed to be meant."""
    tokens = context.tokens
    head = other.head
    gap = tokens.sentence[mention.head] - tokens.sentence[head]
    value = 100.0 - 25.0 * gap
    value += _role(tokens, head)
    if tokens.dep[head] in SUBJECTS and tokens.dep[mention.head] in SUBJECTS:
        value += 10
    if other.form == "name":
        value += 8
    elif other.form == "pronoun":
        value += 12 if other.lemma in _FORMS.get(mention.lemma, ()) else 4
    value += 3.0 * min(len(cluster.mentions), 6)
    if _speaks(tokens, mention.head) and _speaks(tokens, head):
        value += 15
    if known.gender in {"m", "f"}:
        if cluster.gender == known.gender:
            value += 10
        if not cluster.name:
            value -= 8
    if context.quotes.at[head] >= 0 and context.quotes.at[mention.head] < 0:
        value -= 30
    if known.plural and cluster.kind != "group":
        value -= 60 if other.country is not None else 40
    if known.gender == "n" and _says_what_it_is(tokens, mention.head):
        value -= 60
    if known.gender == "n" and cluster.kind in {"place", "work"}:
        value -= 15
    if other.country is not None and other.country.relation == "adjective":
        value -= 40
    if _inside(tokens, other):
        value -= 15
    return value


def _speaks(tokens: Tokens, head: int) -> bool:
    """Whether the token is the subject of a verb of saying."""
    return tokens.dep[head] == "nsubj" and tokens.lemma[tokens.head[head]] in name_words("speech")


# Precision where the best is far ahead of the second, and where it is not: 18 and 16 links of each
# read in 40 Guardian reports; for "he" also 60 sources of PolNeAR train.
_PRECISION = {"he": (0.9, 0.75), "n": (0.78, 0.6), "they": (0.78, 0.62)}

_FORMS = {
    "he": ("he", "him", "his"), "him": ("he", "him", "his"), "his": ("he", "him", "his"),
    "she": ("she", "her"), "her": ("she", "her"), "it": ("it", "its"), "its": ("it", "its"),
    "they": ("they", "them", "their"), "them": ("they", "them", "their"),
    "their": ("they", "them", "their"),
}  # fmt: skip


def _role(tokens: Tokens, head: int) -> float:
    top = tokens.chain(head)
    over = tokens.head[top]
    if (
        tokens.dep[top] == "pobj"
        and tokens.lower[over] == "of"
        and tokens.lower[tokens.head[over]] in name_words("number")
    ):
        top = tokens.chain(tokens.head[over])
    dep = tokens.dep[top]
    if dep in SUBJECTS:
        verb = tokens.head[top]
        main = tokens.dep[verb] == "ROOT"
        return 55.0 if main else 45.0
    if dep in {"dobj", "dative"}:
        return 25.0
    if dep == "poss":
        return 20.0
    if dep == "agent" or (dep == "pobj" and tokens.lower[tokens.head[top]] == "by"):
        return 25.0
    return 10.0


def _inside(tokens: Tokens, mention: Mention) -> bool:
    """Whether the mention is a modifier within a larger noun phrase."""
    return tokens.dep[mention.head] in {"compound", "amod", "nmod"}


def _agrees(other: Mention, cluster: Cluster, known: Pronoun) -> bool:
    kind = cluster.kind
    if known.gender in {"m", "f"}:
        return kind == "person" and not cluster.plural and cluster.gender in {"", known.gender}
    if known.plural:
        return (kind == "group" or kind in _MANY) and not (
            kind == "country" and other.form != "name"
        )
    if kind == "group":
        return not cluster.plural
    return kind in _THINGS and not cluster.plural


def _barred(context: Context, mention: Mention) -> set[int]:
    """Clusters that syntax rules out: co-arguments, what holds the pronoun, who speaks it."""
    tokens, by_head, of = context.tokens, context.by_head, context.of
    barred: set[int] = set()
    head = mention.head
    if tokens.dep[head] != "poss":
        verb = tokens.verb_over(head)
        if verb >= 0:
            subject = tokens.subject(verb)
            args = [subject] if subject != head else []
            for child in tokens.children[verb]:
                args.append(child)
                if tokens.dep[child] in {"prep", "agent", "dative"}:
                    args += tokens.children[child]
            for arg in args:
                other = by_head.get(arg)
                if other is not None and other is not mention and other in of:
                    barred.add(id(of[other]))
    quote = context.quotes.at[head]
    if quote >= 0:
        speaker = by_head.get(context.quotes.speakers[quote])
        if speaker is not None and speaker in of and of[speaker].kind == "person":
            barred.add(id(of[speaker]))
    up = head
    while tokens.head[up] != up:
        up = tokens.head[up]
        other = by_head.get(up)
        if (
            other is not None
            and other.form == "nominal"
            and other.first <= head < other.last
            and other in of
        ):
            barred.add(id(of[other]))
        if tokens.pos[up] == "VERB":
            break
    return barred


def _rival(tokens: Tokens, by_head: dict[int, Mention], mention: Mention, known: Pronoun) -> float:
    """How well the best noun that is no entity is placed ("the plan … it"): it may be meant."""
    here = tokens.sentence[mention.head]
    best = 0.0
    for number in range(here, max(-1, here - 2), -1):
        low, high = tokens.bounds[number]
        for i in range(low, min(high, mention.head)):
            if tokens.pos[i] != "NOUN" or i in by_head:
                continue
            dep = tokens.dep[i]
            if dep not in {"nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj"}:
                continue
            if (tokens.tag[i] == "NNS") != known.plural or tokens.ent[i] in {
                "DATE",
                "TIME",
                "MONEY",
                "PERCENT",
            }:
                continue
            value = 100.0 - 25.0 * (here - number) + _role(tokens, i)
            best = max(best, value)
    return best


def _empty(tokens: Tokens, head: int) -> bool:
    """Whether "it" stands for nothing: "it is likely that", "it seems", "make it clear"."""
    if tokens.dep[head] == "expl":
        return True
    if tokens.dep[head] not in SUBJECTS:
        return tokens.dep[head] == "dobj" and tokens.lemma[tokens.head[head]] in {"make", "find"}
    verb = tokens.head[head]
    if tokens.lemma[verb] in name_words("impersonal"):
        return True
    kinds = {tokens.dep[c] for c in tokens.children[verb]}
    if tokens.lower[verb] in _BE and kinds & {"ccomp", "csubj", "xcomp"}:
        return True
    if tokens.lower[verb] in _BE and kinds & {"acomp", "attr"}:
        for child in tokens.children[verb]:
            if tokens.dep[child] in {"acomp", "attr"} and {
                tokens.dep[c] for c in tokens.children[child]
            } & {"ccomp", "xcomp", "relcl", "csubj", "advcl"}:
                return True
    passive = any(tokens.dep[c] == "auxpass" for c in tokens.children[verb])
    return passive and "ccomp" in kinds


_BE = {"be", "is", "was", "'s", "’s", "been", "being", "s"}


def _says_what_it_is(tokens: Tokens, head: int) -> bool:
    """ "It is a blow", "it was clear": most often an event or a state of things is meant."""
    verb = tokens.head[head]
    return (
        tokens.dep[head] == "nsubj"
        and tokens.lower[verb] in _BE
        and any(tokens.dep[c] in {"attr", "acomp"} for c in tokens.children[verb])
    )
