"""Why: causes, aims, objections and feared effects, where the report says so with a word.

``read`` takes the page and gives one ``Reason`` for each: the connective, the clause that holds
the reason, the words explained, and the entry that those words are. Connectives and their senses
follow the Penn Discourse Treebank 3; ``finds`` finds them on the parse.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from spacy.tokens import Token

from onrecord.reading import clauses
from onrecord.reading.contract import Parts
from onrecord.reading.indexes import SpanIndex, content_index
from onrecord.reading.page import Page
from onrecord.reading.reasons import refers
from onrecord.reading.reasons.finds import finds
from onrecord.reading.reasons.kinds import SCORES, Find
from onrecord.record.model import Attribution, Event, Permission, Reason

requires: tuple[str, ...] = (
    "entities",
    "attributions",
    "times",
    "places",
    "quantities",
    "events",
    "permissions",
)
assigns: tuple[str, ...] = ("reasons",)


def read(page: Page, parts: Parts) -> Sequence[Reason]:
    """The reasons of ``page``, in the order of the text. Raises nothing of its own."""
    lookup = _Lookup(page, parts)
    found: list[Reason] = []
    previous = None
    for sentence in page.sentences:
        for find in finds(sentence, previous):
            entry = lookup.reason(find)
            if entry is not None:
                found.append(entry)
        previous = sentence
    found.sort(key=lambda r: (r.anchor.spans, r.content.spans))
    return [replace(entry, id=f"w{number}") for number, entry in enumerate(found, 1)]


class _Lookup:
    """What earlier parts found, by where it stands."""

    def __init__(self, page: Page, parts: Parts) -> None:
        self.page = page
        self.contents: SpanIndex[Attribution] = content_index(parts.attributions)
        self.cues: SpanIndex[Attribution] = SpanIndex(
            (a.cue.spans, a) for a in parts.attributions if a.cue is not None
        )
        self.events: SpanIndex[Event] = SpanIndex((e.anchor.spans, e) for e in parts.events)
        self.decisions = parts.permissions
        self.permissions: SpanIndex[Permission] = SpanIndex(
            (p.anchor.spans, p) for p in parts.permissions
        )

    def reason(self, find: Find) -> Reason | None:
        """The entry of one find, not numbered yet; None where no words are left."""
        page = self.page
        content = page.tokens(clauses.trim(find.content))
        if not content.spans:
            return None
        anchor = page.tokens(find.anchor)
        of = clauses.trim(find.of)
        told = self.contents.at(find.anchor[0].idx)
        return Reason(
            id="w0",
            key=page.key("reasons", *anchor.spans, *content.spans),
            kind=find.kind,
            anchor=anchor,
            content=content,
            of=page.tokens(of) if of else None,
            of_ref=self._reference(of, find.of_head),
            attribution=None if told is None else told.id,
            score=SCORES[find.rule],
            why={"rule": find.rule, "connective": anchor.text},
        )

    def _reference(self, of: Sequence[Token], head: Token | None) -> str | None:
        """The entry that the words explained are: the one at their head, else the first inside."""
        if head is not None:
            for index in (self.permissions, self.events, self.cues):
                entry = index.at(head.idx)
                if entry is not None:
                    return entry.id
        if not of:
            return None
        noun = refers.stands_for_decision(of)
        if noun is not None:
            told = refers.decision(noun, self.decisions)
            if told is not None:
                return told
        start, end = of[0].idx, of[-1].idx + len(of[-1])
        for index in (self.permissions, self.events):
            inside = index.within(start, end)
            if inside:
                return inside[0].id
        return None
