"""Who of a sentence's words are the sides of an event: the grammar's answer, weighed again.

Two logistic models (``events_actors``, ``events_recipients``) give each bidder a chance to be an
actor and to be a recipient. The likeliest of each is taken where it is likely enough, with what is
coordinated with it. For what both sides do, all are actors, as PLOVER has it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.reading.events.bidders import bidders, features, nearness, same_list
from onrecord.reading.events.phrases import phrase
from onrecord.reading.events.roles import Roles
from onrecord.reading.events.triggers import Candidate, is_actor
from onrecord.reading.linear import load

_IN_A_LIST = 0.15
"""What is coordinated with a chosen bidder is chosen from this chance on."""
_INSTEAD = 0.5
"""A pronoun that the grammar takes for the actor gives way to a bidder with this chance."""
_KEPT_MAIN = 0.5
_KEPT = 0.3
"""The grammar's recipients who can act are kept where one has this chance, of a main event and of
one beside it. In five folds over train 0.3, 0.5 and never differ by less than 0.005 of F1."""


@dataclass(frozen=True, slots=True)
class Bid:
    """A bidder, the features of its bid, and its chances as an actor and as a recipient."""

    token: Token
    features: Mapping[str, float]
    actor: float = 0.0
    recipient: float = 0.0


def bids(candidate: Candidate, kind: str, cast: Roles) -> list[Bid]:
    """The bids of a sentence for the sides of ``candidate``, not yet judged, in order."""
    found = {t.i: t for t in bidders(candidate)}
    anchored = {t.i for t in candidate.anchor}
    found.update({t.i: t for t in (*cast.actors, *cast.recipients) if t.i not in anchored})
    tokens = [found[i] for i in sorted(found)]
    return [
        Bid(t, features(candidate, kind, cast, t) | nearness(candidate, t, tokens)) for t in tokens
    ]


def sides(candidate: Candidate, kind: str, cast: Roles, main: bool) -> Roles:
    """The sides of ``candidate``, of type ``kind``, given ``cast``, the grammar's answer.

    ``main``: it is the main event of its sentence. The models were trained on those; beside them
    the grammar is believed, and a recipient is only looked for below the event itself.
    """
    actor, recipient = load("events_actors"), load("events_recipients")
    judged = [
        Bid(bid.token, bid.features, actor.chance(bid.features), recipient.chance(bid.features))
        for bid in bids(candidate, kind, cast)
    ]
    least = (actor.settings["least"], recipient.settings["least"])
    if main:
        return chosen(judged, cast, least)
    below = {t.i for t in candidate.head.subtree}
    return beside(judged, cast, least[1], below)


def chosen(judged: Sequence[Bid], cast: Roles, least: tuple[float, float]) -> Roles:
    """The sides of a main event among ``judged`` bids, with the ``least`` chances of both.

    The training sets name their sides, so that a pronoun only gives way to a likely name.
    """
    if "borne-by" in cast.how:
        return cast
    named = any(t.pos_ != "PRON" for t in cast.actors) or not cast.actors
    least_actor = least[0] if named else _INSTEAD
    acting = _best([(b.token, b.actor) for b in judged if b.actor >= b.recipient], least_actor)
    acting = acting or list(cast.actors)
    suffering = [t for t in cast.recipients if t not in acting and is_actor(t)]
    likeliest = max((b.recipient for b in judged if b.token in suffering), default=0.0)
    if likeliest < _KEPT_MAIN and not any(t.pos_ == "PRON" for t in suffering):
        rest = [(b.token, b.recipient) for b in judged if b.token not in acting]
        suffering = _best(rest, least[1]) or [t for t in cast.recipients if t not in acting]
    return _made(cast, acting, suffering)


def beside(judged: Sequence[Bid], cast: Roles, least: float, below: Collection[int]) -> Roles:
    """The sides of an event beside the main one; ``below``: the words under the event's own."""
    suffering = list(cast.recipients)
    if max((b.recipient for b in judged if b.token in suffering), default=0.0) < _KEPT:
        rest = [
            (b.token, b.recipient)
            for b in judged
            if b.token not in cast.actors and b.token.i in below
        ]
        suffering = _best(rest, least) or suffering
    return _made(cast, list(cast.actors), suffering)


def _made(cast: Roles, acting: Sequence[Token], suffering: Sequence[Token]) -> Roles:
    how = list(cast.how)
    if set(acting) != set(cast.actors):
        how.append("learned-actors")
    if set(suffering) != set(cast.recipients):
        how.append("learned-recipients")
    if cast.mutual:
        both = sorted({*acting, *(t for t in suffering if is_actor(t))}, key=lambda t: t.i)
        return Roles(tuple(both), (), tuple(how), mutual=True)
    return Roles(tuple(acting), tuple(suffering), tuple(how))


def _best(ranked: Sequence[tuple[Token, float]], least: float) -> list[Token]:
    """The likeliest and what is coordinated with it; none that lies within another."""
    best = max(ranked, key=lambda pair: (pair[1], -pair[0].i), default=None)
    if best is None or best[1] < least:
        return []
    out: list[Token] = []
    for token, chance in sorted(ranked, key=lambda pair: (-pair[1], pair[0].i)):
        listed = chance >= _IN_A_LIST and same_list(token, best[0])
        if (token is best[0] or listed) and not _overlaps(token, out):
            out.append(token)
    return sorted(out, key=lambda t: t.i)


def _overlaps(token: Token, taken: Sequence[Token]) -> bool:
    words = {t.i for t in phrase(token)}
    return any(words & {t.i for t in phrase(other)} for other in taken)
