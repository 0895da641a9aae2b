"""Who lets whom do what, within which limits: permissions, bans, requests, and what is weighed.

``read`` takes the page and gives one ``Permission`` for each clause that says with a word of its
own that somebody lets, does not let, is asked to let or may let. Rules over the parse with classes
of verbs and nouns (``knowledge/data/permission_words.tsv``): ``permissions_frames`` finds the
clauses, ``permissions_state`` their state, ``permissions_roles`` who and what.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace
from spacy.tokens import Token

from onrecord.reading import clauses, clauses_times, grammar
from onrecord.reading.contract import Parts
from onrecord.reading.indexes import (
    argument,
    content_index,
    entity_index,
    place_index,
    quantity_index,
    time_index,
)
from onrecord.reading.page import Page
from onrecord.reading.permissions.act import Roles
from onrecord.reading.permissions.changes import Chain
from onrecord.reading.permissions.frames import frames
from onrecord.reading.permissions.roles import read_roles
from onrecord.reading.permissions.state import read_state
from onrecord.reading.permissions.steps import Reading
from onrecord.reading.permissions.words import Frame
from onrecord.record.model import Argument, Limit, Permission, PlaceWords, TimeWords

requires: tuple[str, ...] = (
    "entities", "attributions", "times", "places", "quantities", "events",
)  # fmt: skip
assigns: tuple[str, ...] = ("permissions",)

# Precision of each frame (found and in the right state) on work.jsonl of tests/gold/decisions, the
# half that rules were written on, shrunk towards two thirds, (right + 2) / (found + 3), since all
# but "allow" were met once or twice; a frame that was not met has the two thirds.
_SCORES = {
    "allow": 0.88, "forbid": 0.8, "deny": 0.67, "deny ban": 0.67, "lift": 0.75, "impose": 0.67,
    "revoke": 0.75, "give": 0.8, "receive": 0.8, "need": 0.67, "request": 0.75, "without": 0.67,
    "noun": 0.75, "adjective": 0.75, "modal": 0.75, "subject": 0.67,
    "gate": 0.67,
}  # fmt: skip
_LIMIT_PREPOSITIONS = frozenset({"until", "till", "for", "through", "within", "during", "by", "up"})


def read(page: Page, parts: Parts) -> Sequence[Permission]:
    """The permissions of ``page``, in the order of the text. Raises nothing of its own."""
    writer = _Writer(page, parts)
    found: list[tuple[Permission, Frame, Roles]] = []
    taken: set[int] = set()
    for sentence in page.sentences:
        for frame in frames(sentence):
            state = read_state(frame)
            if state.state == "none":
                continue
            anchor = state.anchor or frame.anchor
            if {t.i for t in anchor} & taken and {t.i for t in frame.anchor} & taken:
                continue
            if {t.i for t in anchor} & taken:
                continue
            taken.update(t.i for t in (*anchor, *frame.anchor))
            roles = read_roles(frame, state)
            found.append((writer.entry(frame, state, roles, anchor), frame, roles))
    found = [row for row in found if not _inside_another(row, found)]
    found.sort(key=lambda row: row[0].anchor.spans)
    chain = Chain(page)
    out: list[Permission] = []
    for number, (entry, frame, roles) in enumerate(found, 1):
        numbered = replace(entry, id=f"r{number}")
        out.append(replace(numbered, changes=chain.link(numbered, frame, roles)))
    return out


def _inside_another(
    row: tuple[Permission, Frame, Roles], rows: Sequence[tuple[Permission, Frame, Roles]]
) -> bool:
    """Whether a giving or an asking is only part of what another lets be done.

    "allowed to give permission", "kept from seeking asylum"; also "people applying for asylum",
    which describes people.
    """
    _, frame, _ = row
    if frame.frame not in ("give", "receive", "request", "need"):
        return False
    word = frame.word
    if frame.frame == "request" and word.dep_ == "acl" and word.tag_ == "VBG":
        return word.head.tag_ == "NNS" and not grammar.children(word.head, "det")
    return any(
        other is not frame and word.i != other.word.i and word.i in {t.i for t in roles.act}
        for _, other, roles in rows
    )


class _Writer:
    """Turns head words into the words, entities, places, times and quantities of an entry."""

    def __init__(self, page: Page, parts: Parts) -> None:
        self.page = page
        self.entities = entity_index(parts.entities)
        self.contents = content_index(parts.attributions)
        self.times = time_index(parts.times)
        self.places = place_index(parts.places)
        self.quantities = quantity_index(parts.quantities)

    def entry(
        self, frame: Frame, state: Reading, roles: Roles, anchor: tuple[Token, ...]
    ) -> Permission:
        """The entry, not numbered yet."""
        page = self.page
        words = page.tokens(anchor)
        act = clauses.trim(roles.act) if roles.act else []
        told = self.contents.at(frame.word.idx)
        inner = list(grammar.clause_tokens(grammar.clause_head(frame.word)))
        scope = sorted({t.i: t for t in (*inner, *act)}.values(), key=lambda t: t.i)
        limits, times = self._limits(scope, act)
        without = ("against", "from") if frame.forbids else ("against",)
        grantee, item = self._things_apart(roles, without)
        return Permission(
            id="r0",
            key=page.key("permissions", *words.spans, *(page.cover(act) if act else ())),
            state=state.state,
            deontic="forbid" if frame.forbids and frame.frame != "modal" else "allow",
            anchor=words,
            grantor=self._arguments(roles.grantor),
            grantee=grantee,
            requester=self._arguments(roles.requester),
            item=item,
            act=page.tokens(act) if act else None,
            where=self._where(roles.where, act),
            against=self._arguments(roles.against),
            limits=limits,
            condition=page.tokens(state.condition.tokens) if state.condition else None,
            times=times,
            attribution=None if told is None else told.id,
            score=_SCORES[frame.frame],
            why={"rule": frame.frame, "word": frame.word.text, "steps": list(state.steps)},
        )

    def _things_apart(
        self, roles: Roles, without: tuple[str, ...]
    ) -> tuple[tuple[Argument, ...], tuple[Argument, ...]]:
        """Who is let, and the items; a grantee known to be a thing is an item."""
        grantee, item = list(roles.grantee), list(roles.item)
        for head in roles.grantee:
            entity = self.entities.at(head.idx)
            if entity is not None and entity.kind in ("system", "work"):
                grantee.remove(head)
                item.append(head)
        item.sort(key=lambda token: token.i)
        return self._arguments(grantee, without), self._arguments(item)

    def _arguments(
        self, heads: Iterable[Token], without: tuple[str, ...] = ("against",)
    ) -> tuple[Argument, ...]:
        out: list[Argument] = []
        for head in heads:
            other = {  # whom a thing is used against, what somebody is kept from
                t.i
                for c in head.children
                if c.dep_ == "prep" and c.lower_ in without
                for t in c.subtree
            }
            words = [t for t in grammar.phrase(head) if t.i not in other]
            tokens = clauses.trim(words, marks=False)
            if tokens:
                out.append(argument(self.page, self.entities, head, tokens))
        return tuple(out)

    def _where(self, heads: Sequence[Token], act: Sequence[Token]) -> tuple[PlaceWords, ...]:
        out: dict[int, PlaceWords] = {}
        for head in heads:
            words = self.page.tokens(clauses.trim(grammar.phrase(head), marks=False))
            place = self.places.at(head.idx)
            out[words.spans[0][0]] = PlaceWords(
                spans=words.spans, text=words.text, place=None if place is None else place.id
            )
        if not out and act:
            for place in self.places.within(act[0].idx, act[-1].idx + len(act[-1])):
                if not place.demonym and not place.metonym:
                    out[place.spans[0][0]] = PlaceWords(
                        spans=place.spans, text=place.text, place=place.id
                    )
        return tuple(out[key] for key in sorted(out))

    def _limits(
        self, scope: Sequence[Token], act: Sequence[Token]
    ) -> tuple[tuple[Limit, ...], tuple[TimeWords, ...]]:
        """Amounts and durations in the act, terms in the clause; the other times are times."""
        limits: list[Limit] = []
        times: list[TimeWords] = []
        inside = {t.i for t in scope}
        if not scope:
            return (), ()
        start, end = scope[0].idx, scope[-1].idx + len(scope[-1])
        for time in self.times.within(start, end):
            token = self.page.token_at(time.spans[0][0])
            if token is None or token.i not in inside:
                continue
            spans = clauses_times.with_preposition(self.page, time.spans)
            text = self.page.surface(spans)
            if time.type == "DURATION" or text.split()[0].lower() in _LIMIT_PREPOSITIONS:
                limits.append(Limit(spans=spans, text=text, time=time.id))
            else:
                times.append(TimeWords(spans=spans, text=text, time=time.id))
        if act:
            for quantity in self.quantities.within(act[0].idx, act[-1].idx + len(act[-1])):
                limits.append(Limit(spans=quantity.spans, text=quantity.text, quantity=quantity.id))
        limits.sort(key=lambda limit: limit.spans)
        return tuple(limits), tuple(times)
