"""Whether an event is told as history, or is this report's news: ``background``.

Asked of the event's own time, of the words that put it before the news ("since", "previously",
the past perfect), of an old time elsewhere in its sentence, and of the sentences before: what is
told in the simple past right after an old time goes on in that past, until the report says
something of now or of the last weeks (narrative progression, after Kamp and Reyle's reference
times).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Span, Token

from onrecord.reading import grammar
from onrecord.reading.events.triggers import Candidate
from onrecord.reading.indexes import SpanIndex
from onrecord.reading.page import Page
from onrecord.record.model import Time

OLD_DAYS = 45
"""What ended more than six weeks before publication is no news of that day."""
_YEAR = re.compile(r"^(1[5-9]\d\d|20\d\d)s?$")
_BEFORE_NOW = frozenset({"previously", "formerly", "historically", "originally", "decades"})
_EARLIER = frozenset({"previous", "earlier", "past", "former", "historic", "historical"})
_ASIDE = frozenset({"relcl", "acl", "appos"})
_SAYS = frozenset({"say", "tell", "add", "announce", "claim", "report", "write", "warn", "state",
                   "insist", "argue", "explain", "confirm", "deny"})  # fmt: skip
_REACH = 2
"""So many sentences after one with an old time the report is still in that past."""


class History:
    """What of a page is told as history; each sentence is looked at once."""

    def __init__(self, page: Page, times: SpanIndex[Time]) -> None:
        self._page = page
        self._times = times
        published = page.published
        self._limit = None if published is None else published - dt.timedelta(days=OLD_DAYS)
        self._frames: list[bool] | None = None

    def is_background(
        self, candidate: Candidate, words: Sequence[Token], told: Sequence[Time]
    ) -> bool:
        """Whether ``candidate`` is told as history; ``told``: its own times among its ``words``."""
        if self._is_old(told) or _names_old_year(words, self._page.published):
            return True
        head = candidate.head
        if head.dep_ == "pobj" and head.head.lower_ == "since":
            return True
        if self._is_put_before(head):
            return True
        if self._limit is None or self._is_recent(told) or not _is_past(head):
            return False
        return self._by_its_sentence(head) or self._by_what_went_before(head)

    def _is_old(self, times: Sequence[Time]) -> bool:
        if self._limit is None:
            return False
        ends = [_day(time.end) for time in times if time.type != "DURATION" or time.end]
        return any(end is not None and end < self._limit for end in ends)

    def _is_recent(self, times: Sequence[Time]) -> bool:
        if self._limit is None:
            return False
        ends = [_day(time.end) for time in times if time.type not in ("SET", "DURATION")]
        return any(end is not None and end >= self._limit for end in ends)

    def _is_put_before(self, head: Token) -> bool:
        """Whether words at the event itself put it before the news, where no day is told."""
        if not grammar.is_verb(head):
            return any(c.dep_ == "amod" and c.lower_ in _EARLIER for c in head.children)
        form = grammar.form(head)
        if any(c.dep_ == "mark" and c.lower_ == "since" for c in head.children):
            return form.tense == "past"
        if any(c.dep_ == "advmod" and c.lower_ in _BEFORE_NOW for c in head.children):
            return form.tense == "past" or form.perfect
        had = any(c.dep_ == "aux" and c.lower_ in ("had", "'d", "’d") for c in head.children)
        return had and form.perfect and head.dep_ in ("relcl", "acl", "advcl")

    def _by_its_sentence(self, head: Token) -> bool:
        """Whether an old time in its sentence, and no recent one, is the event's as well.

        The time of an aside ("who was jailed in 2015") is only that of what the aside tells; an
        infinitive ("left with friends to join the army in 2015") is none.
        """
        sentence = head.sent
        times = self._times.within(sentence.start_char, sentence.end_char)
        if self._is_recent(times):
            return False
        above = {head.i, *(t.i for t in grammar.ancestors(head))}
        for time in times:
            token = self._page.token_at(time.spans[0][0])
            if token is None or not self._is_old([time]):
                continue
            asides = [
                t.i
                for t in (token, *grammar.ancestors(token))
                if t.dep_ in _ASIDE and not grammar.form(t).infinitive
            ]
            if all(i in above for i in asides):
                return True
        return False

    def _by_what_went_before(self, head: Token) -> bool:
        number = self._page.sentence_index(head.idx)
        if number is None or number == 0:
            return False
        if self._frames is None:
            self._frames = self._all_frames()
        sentence = self._page.sentences[number]
        if self._is_recent(self._times.within(sentence.start_char, sentence.end_char)):
            return False
        verb = grammar.first_conjunct(sentence.root)
        return self._frames[number] and verb.lemma_ not in _SAYS

    def _all_frames(self) -> list[bool]:
        """For each sentence, whether it begins in a past that an earlier one has opened."""
        out: list[bool] = []
        left = 0
        for sentence in self._page.sentences:
            out.append(left > 0)
            times = self._times.within(sentence.start_char, sentence.end_char)
            recent = self._is_recent(times)
            if recent or _is_of_now(sentence):
                left = 0
            elif any(self._is_old([time]) for time in times) or _names_old_year(
                sentence, self._page.published
            ):
                left = _REACH
            else:
                left = max(0, left - 1)
        return out


def _is_past(head: Token) -> bool:
    """Whether the clause of an event is told in the past tense, or has no tense of its own."""
    verb = head if grammar.is_verb(head) else grammar.clause_head(head)
    for _ in range(6):
        if not grammar.is_verb(verb):
            return False
        form = grammar.form(verb)
        if any(
            c.dep_ == "aux" and c.lower_ in ("has", "have", "'ve", "’ve") for c in verb.children
        ):
            return False
        if form.finite or form.modal is not None:
            return form.tense == "past" and form.modal is None
        if verb.head.i == verb.i:
            return form.tense == "past"
        if verb.dep_ in ("acl", "amod") and verb.tag_ == "VBN":
            return True
        verb = grammar.clause_head(verb.head)
    return False


def _is_of_now(sentence: Span) -> bool:
    """Whether a sentence's main verb is in the present, or tells what somebody says now."""
    root = grammar.clause_head(sentence.root)
    if not grammar.is_verb(root):
        return False
    form = grammar.form(root)
    return form.tense == "present" or form.modal == "will" or root.lemma_ in _SAYS


def _names_old_year(words: Iterable[Token], published: dt.date | None) -> bool:
    if published is None:
        return False
    last = published.year - (published.month <= 2)
    return any((m := _YEAR.match(t.text)) and int(m.group(1)) < last for t in words)


def _day(value: str | None) -> dt.date | None:
    if value is None or len(value) < 10:
        return None
    try:
        return dt.date.fromisoformat(value[:10])
    except ValueError:
        return None
