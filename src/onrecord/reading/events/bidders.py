"""Who in a sentence could be an actor or a recipient of an event, and what is known of each.

The grammar answers first (``roles``); these are the words it can be wrong about, with the features
of the learned choice between them: the path through the parse, the words on it, what kind of thing
is named, and what the grammar answered.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.reading import grammar
from onrecord.reading.events.doers import is_amount, is_time
from onrecord.reading.events.roles import Roles
from onrecord.reading.events.triggers import Candidate, is_actor, is_person

_NAMED_BEFORE = frozenset({"GPE", "NORP", "ORG", "LOC"})
_NEVER = frozenset({"there", "what", "that", "which", "who", "whom", "whose", "it", "this"})
_STEPS = 5
_MOST = 24


def bidders(candidate: Candidate) -> list[Token]:
    """The heads of the noun phrases of the sentence of ``candidate``, in order, ``_MOST`` at most.

    Those nearest to the event where there are more. A nationality, state or body before a noun
    stands for itself as well ("Syrian air strikes").
    """
    anchored = {t.i for t in candidate.anchor}
    out: list[Token] = []
    for token in candidate.head.sent:
        if token.pos_ not in ("NOUN", "PROPN", "PRON", "NUM", "ADJ") or token.i in anchored:
            continue
        label = token.dep_
        if label in ("compound", "amod", "nmod", "nummod", "quantmod", "npadvmod", "advmod"):
            if token.ent_type_ not in _NAMED_BEFORE or _in_longer_name(token):
                continue
        elif token.pos_ == "ADJ" and not token.ent_type_:
            continue
        if token.lower_ in _NEVER or label == "expl" or is_time(token):
            continue
        out.append(token)
    if len(out) > _MOST:
        at = candidate.head.i
        out = sorted(sorted(out, key=lambda t: abs(t.i - at))[:_MOST], key=lambda t: t.i)
    return out


def _in_longer_name(token: Token) -> bool:
    return token.head.ent_type_ == token.ent_type_ and token.head.ent_iob_ == "I"


def features(candidate: Candidate, kind: str, cast: Roles, bidder: Token) -> dict[str, float]:
    """The features of ``bidder`` as a side of ``candidate``, whose type is ``kind``, by name.

    ``cast`` is what the grammar answered.
    """
    head = candidate.head
    lemma = candidate.use.lemma
    said = "a" if bidder in cast.actors else "r" if bidder in cast.recipients else "-"
    others = "" if said != "-" else f"{bool(cast.actors):d}{bool(cast.recipients):d}"
    path = _path(head, bidder)
    from_noun = "" if candidate.noun is None else _path(candidate.noun, bidder)
    what = _kind(bidder)
    where = "after" if bidder.i > head.i else "before"
    last = path.rsplit(" ", 1)[-1]
    governor = bidder.head.lower_ if bidder.dep_ == "pobj" else bidder.head.lemma_.lower()
    names = [
        f"said={said}{others}",
        f"said+type={said}{others}+{kind}",
        f"said+how={said}+{'/'.join(cast.how)}",
        f"said+what={said}+{what}",
        f"said+lemma={said}+{lemma}",
        f"path={path}",
        f"path+type={path}+{kind}",
        f"path+lemma={path}+{lemma}",
        f"path+what={path}+{what}",
        f"noun-path={from_noun}",
        f"noun-path+type={from_noun}+{kind}",
        f"last={last}+{where}",
        f"last+type={last}+{where}+{kind}",
        f"what={what}",
        f"what+type={what}+{kind}",
        f"what+where={what}+{where}",
        f"where+type={where}+{kind}",
        f"dep={bidder.dep_}+{governor}",
        f"dep+type={bidder.dep_}+{kind}",
        f"word={bidder.lemma_.lower()}",
        f"pos={candidate.use.pos}+{bidder.dep_}+{where}",
        f"far={min(abs(bidder.i - head.i) // 4, 5)}+{where}",
        f"steps={min(path.count(' ') + 1, 7)}",
    ]
    out = dict.fromkeys(names, 1.0)
    if any(c.ent_type_ in _NAMED_BEFORE for c in bidder.children):
        out["has-name"] = 1.0
        out[f"has-name+what={what}"] = 1.0
    return out


def nearness(candidate: Candidate, bidder: Token, all_of_them: Sequence[Token]) -> dict[str, float]:
    """Features of ``bidder`` among the other bidders: how many who can act stand between."""
    low, high = sorted((candidate.head.i, bidder.i))
    between = sum(low < t.i < high and is_actor(t) for t in all_of_them)
    where = "after" if bidder.i > candidate.head.i else "before"
    acts = is_actor(bidder)
    return {
        f"between={min(between, 3)}+{where}+{acts}": 1.0,
        f"first={bidder.i == all_of_them[0].i}+{acts}": 1.0,
        f"only={sum(map(is_actor, all_of_them)) <= 2}+{acts}+{where}": 1.0,
    }


def _kind(token: Token) -> str:
    """What a word names: a kind of name, people, who can act, an amount, or a thing."""
    if token.ent_type_ in ("GPE", "NORP", "ORG", "PERSON", "LOC", "FAC"):
        return token.ent_type_
    if is_amount(token):
        return "amount"
    if token.pos_ == "PRON":
        return "pronoun"
    if is_person(token):
        return "people"
    return "actor" if is_actor(token) else "thing"


def _path(start: Token, end: Token) -> str:
    """The way from ``start`` to ``end`` through the parse: up, then down, by label."""
    above = {start.i: 0}
    ups: list[str] = []
    current = start
    while current.head.i != current.i and len(ups) < _STEPS:
        ups.append(f"^{current.dep_}")
        current = current.head
        above[current.i] = len(ups)
    downs: list[str] = []
    current = end
    while current.i not in above:
        if current.head.i == current.i or len(downs) >= _STEPS:
            return "far"
        word = f":{current.lower_}" if current.pos_ == "ADP" else ""
        downs.append(f"{current.dep_}{word}")
        current = current.head
    return " ".join([*ups[: above[current.i]], *reversed(downs)]) or "self"


def same_list(bidder: Token, chosen: Token) -> bool:
    """Whether the two are coordinated ("talks with A and B")."""
    return grammar.first_conjunct(bidder).i == grammar.first_conjunct(chosen).i
