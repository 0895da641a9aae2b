"""The words that name who takes part in an event, as short as names them."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.reading import grammar

_BEFORE = frozenset({"advmod", "mark", "predet", "cc", "preconj"})
_NOT_OF_THE_NAME = frozenset({"both", "even", "also", "including", "only", "meanwhile", "either"})


def phrase(head: Token) -> list[Token]:
    """The words that name an actor: its noun phrase without clauses and without what locates it."""
    out = grammar.phrase(head)
    skip: set[int] = set()
    for child in head.children:
        label, after = child.dep_, child.i > head.i
        if label == "prep":
            clause = any(c.dep_ == "pcomp" for c in child.children)
            outside = after and (clause or child.lower_ not in ("of", "for"))
        elif label == "case":
            outside = True
        elif after:
            outside = label in ("advmod", "npadvmod")
        else:
            outside = label in _BEFORE and child.lower_ in _NOT_OF_THE_NAME
        if outside:
            skip.update(t.i for t in child.subtree)
    keep = [t for t in out if t.i not in skip]
    while keep and (keep[0].is_punct or keep[0].is_space) and keep[0].i != head.i:
        keep.pop(0)
    while keep and (keep[-1].is_punct or keep[-1].is_space) and keep[-1].i != head.i:
        keep.pop()
    return _closed(keep, head)


def _closed(tokens: list[Token], head: Token) -> list[Token]:
    """The run of neighbours around ``head``: of a phrase in pieces, the piece with its head."""
    at = next((n for n, t in enumerate(tokens) if t.i == head.i), None)
    if at is None:
        return [head]
    first = last = at
    while first > 0 and tokens[first - 1].i >= tokens[first].i - 2:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].i <= tokens[last].i + 2:
        last += 1
    start, end = tokens[first].i, tokens[last].i
    return list(head.doc[start : end + 1])


def outermost(heads: Sequence[Token]) -> tuple[Token, ...]:
    """``heads`` in the order of the text, each once."""
    seen: dict[int, Token] = {t.i: t for t in heads}
    return tuple(seen[i] for i in sorted(seen))
