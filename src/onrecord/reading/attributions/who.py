"""Who a source is: the entities that its words lead to.

PolNeAR takes a relative pronoun as the source of its clause ("an agency, which first said …"); who
that is stands before it. A title or a description may be the head of a name ("co-author Seth
Jones"), and then the name leads to the entity.
"""

from __future__ import annotations

from onrecord.reading.attributions.tree import Tree
from onrecord.reading.indexes import SpanIndex
from onrecord.record.model import Entity, Spans

_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_OWN_CLAUSE = frozenset({"relcl", "acl", "ccomp", "appos"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_BESIDE = frozenset({"appos", "compound", "nmod"})


def referent(tree: Tree, head: int) -> int:
    """The word that ``head`` stands for: the antecedent of a relative pronoun, or itself."""
    if tree.lower[head] not in _RELATIVE or not (
        tree.tag[head].startswith("W") or tree.dep[head] in {"nsubj", "nsubjpass"}
    ):
        return head
    node = head
    while tree.head[node] != node:
        upper = tree.head[node]
        if tree.dep[node] in _OWN_CLAUSE and tree.pos[upper] in _NOUNS and upper < head:
            return upper
        node = upper
    return _noun_before(tree, head)


def description(tree: Tree, head: int, text: str) -> str:
    """The words that tell of a source: its own, or those before a relative pronoun."""
    noun = referent(tree, head)
    if noun == head:
        return text
    first = next(i for i in tree.subtree(noun) if i <= noun)
    return tree.text[tree.start[first] : tree.start[head]].rstrip(" ,")


def _noun_before(tree: Tree, head: int) -> int:
    """The noun right before a relative pronoun, or before its comma; else the pronoun itself."""
    before = head - 1
    while before >= 0 and (tree.space[before] or tree.lower[before] == ","):
        before -= 1
    near = before >= 0 and tree.sentence[before] == tree.sentence[head]
    return before if near and tree.pos[before] in _NOUNS else head


def entities_of(tree: Tree, head: int, source: Spans, index: SpanIndex[Entity]) -> list[Entity]:
    """The entities of a source with the head word ``head``, in the order of the text."""
    told: list[Entity] = []
    for name in _joined(tree, referent(tree, head)):
        entity = index.at(tree.start[name])
        if entity is None:
            entity = _beside(tree, name, source, index)
        if entity is not None and entity not in told:
            told.append(entity)
    return told


def _beside(tree: Tree, noun: int, source: Spans, index: SpanIndex[Entity]) -> Entity | None:
    """The person named beside a description, within the source."""
    near = [kid for kid in tree.kids[noun] if tree.dep[kid] in _BESIDE]
    if tree.dep[noun] in _BESIDE:
        near.append(tree.head[noun])
    for word in near:
        start = tree.start[word]
        if not any(a <= start < b for a, b in source) or tree.pos[word] != "PROPN":
            continue
        entity = index.at(start)
        if entity is not None and entity.kind == "person":
            return entity
    return None


def _joined(tree: Tree, head: int) -> list[int]:
    """A head and all that is joined to it: "Smith, Jones and others"."""
    out = [head]
    node = tree.kid(head, "conj")
    while node is not None:
        out.append(node)
        node = tree.kid(node, "conj")
    return out
