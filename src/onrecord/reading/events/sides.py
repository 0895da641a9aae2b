"""Who of a sentence's words are the sides of an event: the grammar's answer, weighed again.

Two logistic models (``events_actors``, ``events_recipients``) give each bidder a chance to be an
actor and to be a recipient. The grammar's answer stands where it is likely at all; else the
likeliest is taken, where it is likely enough, with what is coordinated with it. For what both
sides do, all are actors, as PLOVER has it.
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
_KEPT = 0.1
"""The grammar's recipients who can act are kept in a main event where one has this chance. In five
folds over train a higher bar gives up to 0.03 more of F1; in running text, which tells more than
one event a sentence, it costs: there the grammar errs less than what single sentences taught."""
_BELIEVED = 0.2
"""The grammar's actors are kept in a main event where one has this chance."""
_SUBJECTS = ("nsubj", "nsubjpass", "poss")
_BESIDE = 0.5
"""The least chance of a recipient, beside the main event, where the grammar finds none."""
_CLAUSES = frozenset({"relcl", "advcl", "ccomp", "parataxis", "conj"})


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
    the grammar is believed, and only a recipient that it lacks is looked for, below the event.
    """
    actor, recipient = load("events_actors"), load("events_recipients")
    judged = [
        Bid(bid.token, bid.features, actor.chance(bid.features), recipient.chance(bid.features))
        for bid in bids(candidate, kind, cast)
    ]
    least = (actor.settings["least"], recipient.settings["least"])
    if main:
        return chosen(judged, cast, least, noun=candidate.use.pos == "n")
    return beside(judged, cast, _under(candidate.head))


def _under(head: Token) -> set[int]:
    """The words under ``head``, without the clauses below it."""
    out: set[int] = set()
    stack = [head]
    while stack:
        token = stack.pop()
        out.add(token.i)
        stack.extend(c for c in token.children if c.dep_ not in _CLAUSES)
    return out


def chosen(
    judged: Sequence[Bid], cast: Roles, least: tuple[float, float], *, noun: bool = False
) -> Roles:
    """The sides of a main event among ``judged`` bids, with the ``least`` chances of both.

    Who acts is only looked for where the grammar finds nobody likely; of a ``noun``, only among
    subjects, since its actor is as often not told.
    """
    if "borne-by" in cast.how or (cast.mutual and len(cast.actors) > 1):
        return cast
    acting = list(cast.actors)
    believed = max((b.actor for b in judged if b.token in acting), default=0.0) >= _BELIEVED
    if not believed and not (noun and acting):
        rest = [
            (b.token, b.actor)
            for b in judged
            if b.actor >= b.recipient and (not noun or b.token.dep_ in _SUBJECTS)
        ]
        acting = _outer(_best(rest, least[0]), cast.actors) or acting
    suffering = [t for t in cast.recipients if t not in acting and is_actor(t)]
    likeliest = max((b.recipient for b in judged if b.token in suffering), default=0.0)
    if likeliest < _KEPT and not any(t.pos_ == "PRON" for t in suffering):
        rest = [
            (b.token, b.recipient)
            for b in judged
            if b.token not in acting and _stands_alone(b.token, cast.recipients)
        ]
        suffering = _outer(_best(rest, least[1]), cast.recipients) or [
            t for t in cast.recipients if t not in acting
        ]
    return _made(cast, acting, suffering)


def beside(judged: Sequence[Bid], cast: Roles, below: Collection[int]) -> Roles:
    """The sides of an event beside the main one; ``below``: the words under the event's own."""
    suffering = list(cast.recipients)
    if not suffering and not cast.mutual:
        rest = [
            (b.token, b.recipient)
            for b in judged
            if b.token not in cast.actors and b.token.i in below
        ]
        suffering = _best(rest, _BESIDE)
    return _made(cast, list(cast.actors), suffering)


def _stands_alone(token: Token, grammars: Sequence[Token]) -> bool:
    """Whether a word can be a recipient: not "Syrian" of "the Syrian talks that X boycotted".

    One before a noun can, where that noun is what the grammar found ("curbs Kurdish ambitions").
    """
    if token.dep_ not in ("amod", "compound", "nmod"):
        return True
    return any(token in phrase(t) for t in grammars)


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


def _outer(found: Sequence[Token], grammars: Sequence[Token]) -> list[Token]:
    """``found``, where one is only part of what the grammar found that can act, as the whole.

    "Northland" of "the Northland government": the government.
    """
    out: dict[int, Token] = {}
    for token in found:
        whole = next((t for t in grammars if is_actor(t) and token in phrase(t)), token)
        out[whole.i] = whole
    return [out[i] for i in sorted(out)]


def _overlaps(token: Token, taken: Sequence[Token]) -> bool:
    words = {t.i for t in phrase(token)}
    return any(words & {t.i for t in phrase(other)} for other in taken)
