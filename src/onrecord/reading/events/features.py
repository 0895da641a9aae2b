"""What is known of a candidate event: the features of the learned choice of the main event."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.reading import grammar
from onrecord.reading.events.roles import Roles
from onrecord.reading.events.triggers import Candidate


def features(
    candidate: Candidate, kind: str, realis: str, cast: Roles, others: Sequence[Candidate]
) -> dict[str, float]:
    """The features of ``candidate`` among all candidates of its sentence, by name.

    ``kind`` is its type after the shifts of ``events_main``, ``others`` all candidates in order.
    """
    head = candidate.head
    out: dict[str, float] = {"prior": candidate.prior, f"type={kind}": 1.0}
    lemma = candidate.use.lemma
    for name in (
        f"rule={candidate.rule}",
        f"lemma={lemma}",
        f"pos={candidate.use.pos}",
        f"realis={realis}",
        f"type+realis={kind}+{realis}",
        f"dep={head.dep_}",
        f"type+dep={kind}+{head.dep_}",
        f"pos+dep={candidate.use.pos}+{head.dep_}",
        f"order={min(_order(candidate, others), 3)}",
        f"from-end={min(len(others) - 1 - _order(candidate, others), 3)}",
        f"many={min(len(others), 4)}",
        f"actor={bool(cast.actors)}",
        f"recipient={bool(cast.recipients)}",
        f"roles={bool(cast.actors)}{bool(cast.recipients)}",
        f"carried={candidate.noun is not None}",
        f"tag={head.tag_}",
    ):
        out[name] = 1.0
    depth = 0
    token = head
    while token.head.i != token.i and depth < 12:
        above = token.head
        if depth < 4:
            out[f"up{min(depth, 2)}={token.dep_}"] = 1.0
            out[f"above={above.lemma_.lower()}"] = 1.0
        if depth == 0:
            out[f"above0={above.lemma_.lower()}+{token.dep_}"] = 1.0
        if grammar.is_verb(above) or token.dep_ in ("relcl", "acl", "advcl"):
            out[f"through={token.dep_}"] = 1.0
        token = above
        depth += 1
    out[f"depth={min(depth, 6)}"] = 1.0
    for other in others:
        if other is candidate:
            continue
        out[f"beside={other.type}"] = 1.0
        if _governs(other.head, head):
            out[f"under={other.type}"] = 1.0
            out[f"under={other.use.lemma}"] = 1.0
        elif _governs(head, other.head):
            out[f"over={other.type}"] = 1.0
            out[f"over={other.use.lemma}"] = 1.0
    for child in head.children:
        if child.dep_ in ("dobj", "nsubjpass", "xcomp", "ccomp", "nsubj"):
            out[f"{child.dep_}={child.lemma_.lower()}"] = 1.0
        elif child.dep_ in ("prep", "prt", "aux", "neg", "auxpass"):
            out[f"{child.dep_}={child.lower_}"] = 1.0
    if candidate.noun is not None:
        out[f"noun={candidate.noun.lemma_.lower()}"] = 1.0
    return out


def _order(candidate: Candidate, others: Sequence[Candidate]) -> int:
    return next((n for n, other in enumerate(others) if other is candidate), 0)


def _governs(head: Token, below: Token) -> bool:
    """Whether ``below`` hangs somewhere under ``head``."""
    token = below
    for _ in range(12):
        if token.head.i == token.i:
            return False
        token = token.head
        if token.i == head.i:
            return True
    return False
