"""What "this decision" and "the change" stand for: the decision that the report tells of.

A reason often explains a decision that was told before by a bare noun. The noun is taken for the
permission that was granted, withheld or revoked and that the report comes back to most; of several
told equally often the latest before the noun.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.record.model import Permission

_DECISIONS = frozenset(
    {"decision", "move", "change", "shift", "step", "choice", "ruling", "reversal", "announcement",
     "measure", "order", "restriction", "permission", "authorization", "authorisation", "approval",
     "ban", "refusal"}
)  # fmt: skip
_POINTING = frozenset({"this", "that", "the", "such", "his", "her", "its", "their"})
_DECIDED = frozenset({"granted", "withheld", "revoked"})


def stands_for_decision(words: Sequence[Token]) -> Token | None:
    """The noun among ``words`` that only points at a decision told before, or None."""
    for token in words:
        if token.pos_ != "NOUN" or token.lemma_.lower() not in _DECISIONS:
            continue
        points = any(c.lower_ in _POINTING and c.dep_ in ("det", "poss") for c in token.children)
        told = any(
            c.dep_ in ("acl", "relcl") or (c.dep_ == "prep" and c.lower_ in ("to", "for", "on"))
            for c in token.children
        )
        if points and not told:
            return token
    return None


def decision(noun: Token, permissions: Sequence[Permission]) -> str | None:
    """The id of the permission that ``noun`` points at, or None where none was decided before."""
    before = [p for p in permissions if p.state in _DECIDED and p.anchor.spans[0][0] < noun.idx]
    if not before:
        return None
    by_id = {p.id: p for p in permissions}
    told = Counter(_root(p, by_id) for p in before)
    most = max(told.values())
    last = next(p for p in reversed(before) if told[_root(p, by_id)] == most)
    return last.id


def _root(entry: Permission, by_id: dict[str, Permission]) -> str:
    seen: set[str] = set()
    while entry.changes is not None and entry.changes not in seen and entry.changes in by_id:
        seen.add(entry.id)
        entry = by_id[entry.changes]
    return entry.id
