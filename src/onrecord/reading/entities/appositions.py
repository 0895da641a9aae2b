"""Descriptions that syntax ties to a name: apposition, "be", "named", the noun before a name."""

from __future__ import annotations

from onrecord.reading.entities.context import SUBJECTS, Context
from onrecord.reading.entities.mention import Mention
from onrecord.reading.entities.names import Cluster

_COPULAS = {"be", "become"}
_NAMING = {"named", "called", "known"}
_ALIKE = (
    frozenset(("organization", "group")),
    frozenset(("place", "country")),
    frozenset(("other", "system")),
)
_MAYBE_PERSON = {"organization", "place", "other", "system", ""}


def linked(context: Context, mention: Mention) -> Cluster | None:
    """The cluster that a description is tied to: "X, the head of Y", "the lawyer X", "X is …"."""
    other = _beside(context, mention) or _named(context, mention) or _by_grammar(context, mention)
    if other is None or other is mention:
        return None
    cluster = context.of.get(other)
    if cluster is None or cluster.plural != mention.plural:
        return None
    if other.form == "nominal" and not mention.definite and not other.definite:
        return None
    if mention.kind == "person" and cluster.kind in _MAYBE_PERSON and _only_named(cluster, other):
        cluster.kind = "person"
    if not _kinds_agree(cluster.kind, mention.kind):
        return None
    if mention.gender and cluster.gender and mention.gender != cluster.gender:
        return None
    if cluster.kind == "country" and mention.kind != "country":
        return None
    return cluster


def _by_grammar(context: Context, mention: Mention) -> Mention | None:
    """What the parse says: an apposition, either way round, or a name as the subject of "be"."""
    tokens, head = context.tokens, mention.head
    over = tokens.head[head]
    if tokens.dep[head] == "appos":
        other = context.by_head.get(over)
        return other if other is not None and _comma_between(context, other, mention) else None
    if tokens.dep[head] == "attr" and tokens.lemma[over] in _COPULAS:
        if any(tokens.dep[c] == "neg" for c in (*tokens.children[over], *tokens.children[head])):
            return None
        other = context.by_head.get(tokens.subject(over))
        if other is None or other.form != "name":
            return None
        return other if mention.kind in {"person", "organization", "country"} else None
    if mention.kind == "place" and mention.definite:
        # "the town of Mayadin"
        for child in tokens.children[head]:
            if tokens.lower[child] == "of" and child == head + 1:
                other = context.starts.get(child + 1)
                if other is not None and other.kind in {"place", ""} and other.form == "name":
                    return other
    named = next((c for c in tokens.children[head] if tokens.dep[c] == "appos"), -1)
    other = context.by_head.get(named)
    return other if other is not None and _comma_between(context, mention, other) else None


def _named(context: Context, mention: Mention) -> Mention | None:
    """The name after "named", "known as"; the name before a comma: "Esther Williams, the star"."""
    tokens = context.tokens
    for child in tokens.children[mention.head]:
        if tokens.dep[child] == "acl" and tokens.lower[child] in _NAMING:
            for i in range(child + 1, min(child + 4, len(tokens))):
                other = context.starts.get(i)
                if other is not None and other.form == "name":
                    return other
    before = mention.first - 2
    if mention.kind != "person" or mention.plural or before < 0:
        return None
    if tokens.words[before + 1] != "," or tokens.sentence[before] != tokens.sentence[mention.head]:
        return None
    if tokens.dep[mention.head] in SUBJECTS or tokens.dep[mention.head] == "conj":
        return None
    other = context.ends.get(before + 1)
    return other if other is not None and other.kind == "person" else None


def _beside(context: Context, mention: Mention) -> Mention | None:
    """The name right after a description with no comma: "the British teenager Shamima Begum"."""
    other = context.starts.get(mention.last)
    if other is None or other.form != "name":
        return None
    if context.tokens.sentence[other.head] != context.tokens.sentence[mention.head]:
        return None
    return other if mention.kind in {"person", other.kind} and other.kind != "country" else None


def _comma_between(context: Context, first: Mention, second: Mention) -> bool:
    """Whether a comma, dash or bracket parts the two, or nothing; no name between."""
    if second.first < first.first:
        first, second = second, first
    beside = _beside(context, first)
    if beside is not None and beside is not second:
        return False
    between = context.tokens.words[first.last : second.first]
    if not between:
        return True
    return len(between) <= 12 and any(w in {",", "-", "–", "—", "(", ":"} for w in between)


def _only_named(cluster: Cluster, other: Mention) -> bool:
    """Whether the kind of a cluster is the pipeline's guess at a name of several words."""
    return (
        len(cluster.name) > 1
        and other.country is None
        and all(m.form == "name" for m in cluster.mentions)
    )


def _kinds_agree(one: str, other: str) -> bool:
    if one == other:
        return True
    if not one:
        return other in {"person", "organization", "group", "system"}
    return frozenset((one, other)) in _ALIKE
