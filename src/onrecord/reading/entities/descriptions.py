"""Who a description means: "the officials", "the president", "the company".

The sieves of Stanford's coreference system (Lee et al., Computational Linguistics 39(4), 2013), the
precise ones first: what syntax ties to a name (``appositions``); the same noun with no new
modifier; a role that a person holds; a noun that stands in a name; a class of noun.
"""

from __future__ import annotations

from onrecord.knowledge.actors_lexicon import name_words
from onrecord.reading.entities.appositions import linked
from onrecord.reading.entities.context import SUBJECTS, Context
from onrecord.reading.entities.mention import Mention
from onrecord.reading.entities.names import Cluster, fold
from onrecord.reading.entities.nominals import POSSESSIVE

_FORCES = ("force", "soldier", "troop")
_OFFICE = {(), ("CRM",), ("PTY",), ("LEG",), ("ELI",)}
_MUTE = {"own", "same", "such", "estimated"}

# Precision of each sieve, by reading its links in 40 Guardian reports (22 tied, 30 same, 12 role,
# 18 class).
_TIED = 0.92
_SAME = 0.83
_ROLE = 0.83
_CLASS = 0.7


def antecedent(context: Context, mention: Mention) -> tuple[Cluster | None, float]:
    """The cluster that a description joins, and how sure that is; None where it is someone new."""
    tied = linked(context, mention)
    if tied is not None:
        return tied, _TIED
    opening = context.tokens.lower[mention.first]
    if opening in name_words("indefinite"):
        return None, 0.0
    same = _same_noun(context, mention)
    if same is not None:
        return same, _SAME
    if not mention.definite or mention.owner is not None or opening in POSSESSIVE:
        return None, 0.0
    if mention.kind == "person" and not mention.plural:
        return _holder(context, mention), _ROLE
    if mention.plural:
        if mention.lemma in name_words("system nouns") and opening in {"these", "those"}:
            return context.last(mention, 2, lambda c: c.kind == "system" and bool(c.name)), _CLASS
        return None, 0.0
    return _by_class(context, mention), _CLASS


def _same_noun(context: Context, mention: Mention) -> Cluster | None:
    """The last one described by the same noun, where this mention tells nothing new or contrary."""
    tokens = context.tokens
    mine = _modifiers(mention)
    owner = _owner(context, mention)
    pool = list(context.nominal.get(mention.lemma, ()))
    if mention.lemma in _FORCES:
        for lemma in _FORCES:
            if lemma != mention.lemma:
                pool += context.nominal.get(lemma, ())
    pool.sort(key=lambda c: c.mentions[-1].first)
    for cluster in reversed(pool):
        before = [m for m in cluster.mentions if m.form == "nominal" and m.first < mention.first]
        if not before:
            continue
        last = before[-1]
        if last.plural != mention.plural or last.kind != mention.kind:
            continue
        if _owner(context, last) is not owner:
            continue
        theirs = set().union(*(_modifiers(m) for m in before))
        opening = tokens.lower[last.first]
        new = opening in name_words("indefinite")
        again = mention.definite or (mention.plural and not new and not _counted(last))
        if mine and mine == theirs and again:
            return cluster
        distance = tokens.sentence[mention.head] - tokens.sentence[cluster.mentions[-1].head]
        if mention.definite and mine <= theirs and distance <= 12:
            return cluster
        if not new and distance <= 8 and _bare_office(context, mention):
            return cluster
    return None


def _bare_office(context: Context, mention: Mention) -> bool:
    """A bare plural of an office: "officials said" are the officials named before."""
    return (
        mention.plural
        and not mention.definite
        and mention.first + 1 == mention.last
        and mention.lemma not in name_words("anyone")
        and context.tokens.dep[mention.head] in {"nsubj", "pobj"}
        and mention.noun is not None
        and bool(mention.noun.sectors)
    )


def _owner(context: Context, mention: Mention) -> Cluster | None:
    if mention.owner is not None:
        return context.of.get(mention.owner)
    pronoun = context.by_head.get(mention.first)
    return context.of.get(pronoun) if pronoun is not None and pronoun.form == "pronoun" else None


def _holder(context: Context, mention: Mention) -> Cluster | None:
    """The person last mentioned whom "the president", "the lawyer" describes."""
    role = mention.lemma
    codes = {m.country.code for m in mention.inner if m.country}
    for other, cluster in context.before(mention, 12):
        if not _person(cluster, mention) or other.first == mention.first:
            continue
        if not any(a.rsplit(" ", 1)[-1] == role for a in cluster.attributes):
            continue
        if codes and cluster.role_codes and not codes & cluster.role_codes:
            continue
        if mention.words and not _told(mention, cluster):
            continue
        return cluster
    if _may_be_anyone(mention) and _stands_alone(context, mention):
        return _epithet(context, mention, codes)
    return None


def _person(cluster: Cluster, mention: Mention) -> bool:
    """Whether the cluster is one named person, of the gender that the description tells."""
    if cluster.kind != "person" or cluster.plural or not cluster.name:
        return False
    return not (mention.gender and cluster.gender and mention.gender != cluster.gender)


def _told(mention: Mention, cluster: Cluster) -> bool:
    """Whether the report has told all modifiers of the description of that person before."""
    known = {w for a in cluster.attributes for w in a.split()}
    return set(mention.words) - {"former", "late", "current"} <= known


def _may_be_anyone(mention: Mention) -> bool:
    """Whether a description may be of a person of whom the report has not told it before."""
    if mention.noun is None or mention.lemma in name_words("other people"):
        return False
    return mention.noun.sectors in _OFFICE or mention.lemma in name_words("epithets")


def _stands_alone(context: Context, mention: Mention) -> bool:
    """Whether nothing after the noun tells who is meant, and no one was called so before."""
    tokens = context.tokens
    if context.nominal.get(mention.lemma):
        return False
    return not any(
        c > mention.head and tokens.dep[c] in {"prep", "relcl", "acl", "appos"}
        for c in tokens.children[mention.head]
    )


def _epithet(context: Context, mention: Mention, codes: set[str]) -> Cluster | None:
    """ "The billionaire": the one named person of the last two sentences, or their only subject."""
    tokens = context.tokens
    fits: list[Cluster] = []
    subjects: list[Cluster] = []
    for other, cluster in context.before(mention, 2):
        if not _person(cluster, mention):
            continue
        if codes and cluster.role_codes and not codes & cluster.role_codes:
            continue
        if tokens.sentence[other.head] == tokens.sentence[mention.head]:
            return None
        if cluster not in fits:
            fits.append(cluster)
        if tokens.dep[other.head] in SUBJECTS and cluster not in subjects:
            subjects.append(cluster)
    if len(fits) == 1:
        return fits[0]
    return subjects[0] if len(subjects) == 1 else None


def _by_class(context: Context, mention: Mention) -> Cluster | None:
    """ "the country", "the city", "the company": the last of that class."""
    lemma = mention.lemma
    if mention.words or mention.inner:
        return _in_name(context, mention)
    if lemma in name_words("country nouns"):
        return _country(context, mention)
    if lemma in name_words("place nouns"):
        after = mention.last
        if after < len(context.tokens) and context.tokens.lower[after] == "of":
            return None  # "the town of X", where X is no name that was found
        return context.last(mention, 2, lambda c: c.kind == "place" and bool(c.name))
    named = _in_name(context, mention)
    if named is not None:
        return named
    if lemma in name_words("body nouns"):
        return context.last(mention, 2, lambda c: c.kind == "organization" and bool(c.name))
    if lemma in name_words("system nouns"):
        return context.last(mention, 3, lambda c: c.kind == "system" and bool(c.name))
    return None


def _country(context: Context, mention: Mention) -> Cluster | None:
    """The last country named, other than the one that acts in the same clause."""
    tokens = context.tokens
    verb = tokens.verb_over(mention.head)
    subject = tokens.subject(verb) if verb >= 0 else -1
    acting = context.by_head.get(subject) if subject != mention.head else None
    barred: set[str] = set()
    if acting is not None:
        barred |= {m.country.code for m in (acting, *acting.inner) if m.country}
        cluster = context.of.get(acting)
        if cluster is not None:
            barred |= {m.country.code for m in cluster.mentions if m.country}
    kingdom = name_words("kingdoms") if mention.lemma == "kingdom" else None

    def fits(cluster: Cluster) -> bool:
        if cluster.kind != "country":
            return False
        codes = {m.country.code for m in cluster.mentions if m.country}
        return not codes & barred and (kingdom is None or bool(codes & kingdom))

    return context.last(mention, 3, fits, subject=tokens.dep[mention.head] in SUBJECTS)


def _in_name(context: Context, mention: Mention) -> Cluster | None:
    """ "the court" for the Supreme Court: the last body whose name ends or begins with the noun."""
    words = {fold(w) for w in mention.words}
    for _, cluster in context.before(mention, 10):
        if cluster.kind != mention.kind or not cluster.name:
            continue
        name = [fold(w) for w in cluster.name]
        ends = {name[0], name[-1], name[-1].removesuffix("s")}
        if mention.lemma in ends and words <= set(name):
            return cluster
    return None


def _modifiers(mention: Mention) -> set[str]:
    words = set(mention.words) - _MUTE
    for inner in mention.inner:
        words.add(inner.country.code if inner.country else " ".join(inner.words).lower())
    return words


def _counted(mention: Mention) -> bool:
    """Whether a number stands before the noun: two groups of ten are not one."""
    words = set(mention.words)
    return any(w[:1].isdigit() for w in words) or bool(words & name_words("number"))
