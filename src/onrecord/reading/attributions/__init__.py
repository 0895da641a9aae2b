"""Attributions: who said, thought, feared, hoped, wanted, promised or asked what.

The scheme is that of PolNeAR (Newell, Margolin and Ruths, LREC 2018): a source, a cue and a
content, each in pieces where the words are interrupted; the source is null where none is told.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence

from msgspec import structs

from onrecord.reading.attributions.found import Found
from onrecord.reading.attributions.heads import spans as headed
from onrecord.reading.attributions.labels import group, quotation, source_kind
from onrecord.reading.attributions.merge import FAINT, FAINT_CUE, cue_head, merged
from onrecord.reading.attributions.model import (
    Proposal,
    Weights,
    calibrated,
    load_weights,
    propose,
)
from onrecord.reading.attributions.sources import SpanFinder
from onrecord.reading.attributions.spans import Candidate, shared, size
from onrecord.reading.attributions.stance import stance
from onrecord.reading.attributions.tree import Tree
from onrecord.reading.attributions.who import description, entities_of, referent
from onrecord.reading.contract import Parts
from onrecord.reading.indexes import SpanIndex, entity_index
from onrecord.reading.page import Page
from onrecord.reading.quotes import find_quotes
from onrecord.record.model import Attribution, Entity, Sourced, Spans, Words

requires: tuple[str, ...] = ("entities",)
assigns: tuple[str, ...] = ("attributions",)
__all__ = ["assigns", "cue_head", "parents_of", "proposed", "quotation", "read", "read_with",
           "requires", "tools"]  # fmt: skip

_TURN_SCORE = 0.95
_SAME = 0.6
_ASKERS = frozenset({"q", "question", "reporter", "male", "female", "unidentified"})
_SPEAKER = frozenset({"i", "me", "my"})
_GROUP = frozenset({"aux", "auxpass", "neg", "prt"})


def read(page: Page, parts: Parts) -> Sequence[Attribution]:
    """The attributions of ``page``, in the order of the text."""
    tree, finder = tools(page)
    ruled = proposed(tree, finder, load_weights(), FAINT_CUE)
    told = merged(page, headed(page, faint=FAINT), ruled)
    return _entries(page, tree, finder, told, parts.entities)


def read_with(weights: Weights, page: Page, parts: Parts) -> Sequence[Attribution]:
    """What the rules alone find, judged by ``weights``: for training and trials."""
    tree, finder = tools(page)
    return _entries(page, tree, finder, proposed(tree, finder, weights), parts.entities)


def tools(page: Page) -> tuple[Tree, SpanFinder]:
    """The parse of ``page`` as lists, and the finder of candidate spans on it."""
    tree = Tree(page)
    return tree, SpanFinder(tree, find_quotes(page.text, page.paragraphs))


def _place(item: Found) -> tuple[int, int, int]:
    first = item.cue[0][0] if item.cue else item.content[0][0]
    return item.content[0][0], -item.content[-1][1], first


# ---------------------------------------------------------------------- finding
def proposed(
    tree: Tree, finder: SpanFinder, weights: Weights, unsourced: float | None = None
) -> list[Found]:
    """What the cue words of a page give, the likeliest first, each content once.

    ``unsourced``: the threshold of what has no source, where it is another.
    """
    least = weights.threshold if unsourced is None else unsourced
    proposals = [
        proposal
        for proposal in propose(finder, weights, min(least, weights.threshold))
        if proposal.cue_probability >= (least if proposal.source is None else weights.threshold)
    ]
    proposals.sort(key=lambda p: (-p.cue_probability, p.cue))
    kept = _Kept()
    for proposal in proposals:
        kept.add(proposal)
    return [_found(tree, finder, weights, p) for p in kept.proposals]


def _found(tree: Tree, finder: SpanFinder, weights: Weights, proposal: Proposal) -> Found:
    content, source = proposal.content, proposal.source
    if source is not None:
        content, source = _apart(tree, finder, proposal.cue, content, source)
    return Found(
        source=source.spans if source is not None else (),
        source_head=source.head if source is not None else None,
        cue=cue_spans(tree, proposal.cue, content),
        cue_head=proposal.cue,
        content=content.spans,
        content_head=content.head,
        kind=content.kind,
        rank=proposal.cue_probability,
        score=calibrated(weights, proposal.probability),
    )


def _apart(
    tree: Tree, finder: SpanFinder, cue: int, content: Candidate, source: Candidate
) -> tuple[Candidate, Candidate]:
    """Content and source where the parse took the end of one for the other.

    In "…, the foreign minister, Ana Keller, said" the subject may end up inside the content: it
    is cut off there, with the noun that it stands in apposition to.
    """
    end = content.spans[-1][1]
    if source.spans[-1][1] != end or end > tree.start[cue]:
        return content, source
    top = source.head
    while tree.dep[top] == "appos":
        top = tree.head[top]
    first = min(tree.start[tree.subtree(top)[0]], source.spans[0][0])
    last_start = content.spans[-1][0]
    kept = finder.trim(last_start, first) if last_start < first else None
    whole = finder.trim(first, end)
    if kept is None or whole is None or kept[1] > whole[0]:
        return content, source
    return (
        Candidate(content.kind, (*content.spans[:-1], kept), content.head),
        Candidate(source.kind, (whole,), source.head),
    )


class _Kept:
    """Proposals of different contents; of two with much the same content the first one stays."""

    def __init__(self) -> None:
        self.proposals: list[Proposal] = []
        self._by_start: list[tuple[int, int]] = []
        self._longest = 0

    def add(self, proposal: Proposal) -> None:
        """Keeps ``proposal`` unless one with much the same content is kept."""
        spans = proposal.content.spans
        start, end = spans[0][0], spans[-1][1]
        first = bisect_left(self._by_start, (start - self._longest, 0))
        last = bisect_left(self._by_start, (end, 0))
        for _, number in self._by_start[first:last]:
            if shared(spans, self.proposals[number].content.spans) > _SAME:
                return
        insort(self._by_start, (start, len(self.proposals)))
        self._longest = max(self._longest, end - start)
        self.proposals.append(proposal)


def _turns(page: Page, tree: Tree) -> list[Found]:
    """Turns of a transcript: the label is the source, the prose up to the next one the content."""
    labels = sorted(span for zone in page.zones if zone.kind == "turn" for span in zone.spans)
    out: list[Found] = []
    for number, (start, end) in enumerate(labels):
        stop = labels[number + 1][0] if number + 1 < len(labels) else len(page.text)
        sentences = [s for s in page.sentences if end <= s.start_char and s.end_char <= stop]
        label = page.text[start:end].rstrip(" \t:.\u00a0")
        if not sentences or not label:
            continue
        pieces: list[tuple[int, int]] = []
        for sentence in sentences:
            gap = page.text[pieces[-1][1] : sentence.start_char] if pieces else "x"
            if gap.isspace() or not gap:
                pieces[-1] = (pieces[-1][0], sentence.end_char)
            else:
                pieces.append((sentence.start_char, sentence.end_char))
        head = page.token_at(start + len(label) - 1)
        out.append(
            Found(
                source=((start, start + len(label)),),
                source_head=None if head is None else head.i,
                cue=(),
                cue_head=None,
                content=tuple(pieces),
                content_head=sentences[0].root.i,
                kind="turn",
                rank=1.0,
                score=_TURN_SCORE,
            )
        )
    return out


def cue_spans(tree: Tree, cue: int, content: Candidate) -> Spans:
    """The words of a cue: the verb with its auxiliaries, negation and particle, and the
    preposition that leads to its content."""
    tokens = {cue}
    for child in tree.kids[cue]:
        if tree.dep[child] in _GROUP and not tree.kids[child]:
            tokens.add(child)
    if content.kind.startswith("prep") or content.kind.startswith("head-prep"):
        for child in tree.kids[cue]:
            if tree.dep[child] == "prep" and content.head in tree.subtree(child):
                tokens.add(child)
    if content.kind.endswith("whole-as"):
        tokens.update(c for c in tree.kids[cue] if c > cue and tree.lower[c] == "as")
    if tree.lower[cue] == "according":
        tokens.update(c for c in tree.kids[cue] if tree.lower[c] == "to")
    held = [
        i
        for i in sorted(tokens)
        if not any(start <= tree.start[i] < end for start, end in content.spans)
    ]
    return tuple((tree.start[a], tree.end[b]) for a, b in tree.runs(held))


# ---------------------------------------------------------------------- entries
def _entries(
    page: Page, tree: Tree, finder: SpanFinder, told: Sequence[Found], entities: Sequence[Entity]
) -> list[Attribution]:
    turns = _turns(page, tree)
    labels = [span for turn in turns for span in turn.source]
    told = [item for item in told if not any(_meets(item.source, label) for label in labels)]
    found = sorted([*turns, *told], key=_place)
    index = entity_index(entities)
    parents = parents_of(found)
    ids = [f"a{number}" for number in range(1, len(found) + 1)]
    out: list[Attribution] = []
    for number, item in enumerate(found):
        parent = parents[number]
        content = page.words(*item.content)
        if item.kind == "turn":
            source: Sourced | None = _speaker(page.words(*item.source), entities)
        else:
            source = _sourced(page, tree, finder, item, index)
            if source is not None and parent is not None and parent < number:
                source = _speaking(source, out[parent].source)
        form = "direct" if item.kind == "turn" else quotation(finder, content.spans)
        out.append(
            Attribution(
                id=ids[number],
                key=page.key("attributions", *item.content, *item.cue),
                source=source,
                cue=page.words(*item.cue) if item.cue else None,
                content=content,
                quotation=form,
                stance=stance(
                    tree, item.cue_head, item.cue, content.spans, direct=form == "direct"
                ),
                nested_in=None if parent is None else ids[parent],
                score=item.score,
            )
        )
    return out


def parents_of(found: Sequence[Found]) -> list[int | None]:
    """For each, the innermost other one whose content holds it: its cue and its content."""
    index = SpanIndex((item.content, number) for number, item in enumerate(found))
    return [_parent(found, number, index) for number in range(len(found))]


def _parent(found: Sequence[Found], number: int, index: SpanIndex[int]) -> int | None:
    mine = found[number]
    own = size(mine.content)
    around = [n for n in index.covering(mine.content[0][0]) if size(found[n].content) > own]
    for other in sorted(around, key=lambda n: (size(found[n].content), n)):
        content = found[other].content
        if _holds(content, mine.content) and (not mine.cue or _covers(content, mine.cue[0][0])):
            return other
    return None


def _sourced(
    page: Page, tree: Tree, finder: SpanFinder, item: Found, index: SpanIndex[Entity]
) -> Sourced | None:
    if not item.source:
        return None
    words: Words = page.words(*item.source)
    head = item.source_head
    if head is None:
        return None
    told = entities_of(tree, head, item.source, index)
    stands_for = referent(tree, head)
    kind = source_kind(tree, stands_for, told, finder.quote_over(tree.start[head]) is not None)
    return Sourced(
        spans=words.spans,
        text=words.text,
        entities=tuple(entity.id for entity in told),
        kind=kind,
        group=group(description(tree, head, words.text), tree.lower[stands_for])
        if kind == "unnamed"
        else None,
    )


def _speaking(source: Sourced, speaker: Sourced | None) -> Sourced:
    """The source of words within another's: "I" is that speaker, and no pronoun is the author."""
    if speaker is not None and source.text.casefold() in _SPEAKER:
        return structs.replace(
            source, entities=speaker.entities, kind=speaker.kind, group=speaker.group
        )
    return structs.replace(source, kind="unnamed") if source.kind == "author" else source


def _speaker(words: Words, entities: Sequence[Entity]) -> Sourced:
    """Who a label of a transcript names: the one person with that last name, or else no one known.

    "Q" and its like stand for whoever asked.
    """
    name = words.text.split()[-1].casefold()
    known = [
        entity.id
        for entity in entities
        if entity.kind == "person" and entity.name and entity.name.split()[-1].casefold() == name
    ]
    return Sourced(
        spans=words.spans,
        text=words.text,
        entities=tuple(known) if len(known) == 1 else (),
        kind="unnamed" if name in _ASKERS else "named",
        group=None,
    )


# ---------------------------------------------------------------------- spans
def _covers(spans: Spans, offset: int) -> bool:
    return any(start <= offset < end for start, end in spans)


def _holds(outer: Spans, inner: Spans) -> bool:
    return all(any(a <= s and e <= b for a, b in outer) for s, e in inner)


def _meets(spans: Spans, other: tuple[int, int]) -> bool:
    return any(start < other[1] and other[0] < end for start, end in spans)
