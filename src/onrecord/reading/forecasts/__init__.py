"""What is said to come: predictions, plans, threats and doubts, whoever makes them.

``read`` takes the page and gives one ``Forecast`` for each proposition about the time after the
report: its words with its modal, the word that carries the likelihood, condition, horizon, holder.
The likelihood follows the published scales of Kent (1964) and ICD 203 (2015), folded to five
labels (``knowledge/data/likelihood.tsv``). Rules over the parse; ``forecasts_cues`` finds the cues.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from onrecord.reading import clauses, clauses_times, grammar
from onrecord.reading.contract import Parts
from onrecord.reading.forecasts import horizons, past
from onrecord.reading.forecasts.cue import SCORES, Cue, reported
from onrecord.reading.forecasts.cues import cues, futurate
from onrecord.reading.indexes import SpanIndex, content_index, entity_index, time_index
from onrecord.reading.page import Page
from onrecord.record.model import Attribution, Entity, Event, Forecast, Permission, Time, Words

requires: tuple[str, ...] = ("entities", "attributions", "times", "events", "permissions")
assigns: tuple[str, ...] = ("forecasts",)


def read(page: Page, parts: Parts) -> Sequence[Forecast]:
    """The forecasts of ``page``, in the order of the text. Raises nothing of its own."""
    lookup = _Lookup(page, parts)
    found: dict[int, Forecast] = {}
    for sentence in page.sentences:
        for cue in (*cues(sentence), *lookup.planned(sentence)):
            if lookup.is_permission(cue):
                continue
            entry = lookup.forecast(cue)
            if entry is not None and cue.verb.i not in found:
                found[cue.verb.i] = entry
    ordered = sorted(found.values(), key=lambda f: (f.content.spans[0][0], f.cue.spans[0][0]))
    return [_numbered(entry, n) for n, entry in enumerate(ordered, 1)]


class _Lookup:
    """What earlier parts found, by where it stands."""

    def __init__(self, page: Page, parts: Parts) -> None:
        self.page = page
        self.times: SpanIndex[Time] = time_index(parts.times)
        self.contents: SpanIndex[Attribution] = content_index(parts.attributions)
        self.entities: SpanIndex[Entity] = entity_index(parts.entities)
        self.events: SpanIndex[Event] = SpanIndex((e.anchor.spans, e) for e in parts.events)
        self.permits: SpanIndex[Permission] = SpanIndex(
            (p.anchor.spans, p) for p in parts.permissions
        )

    def planned(self, sentence: Span) -> Iterator[Cue]:
        """ "Voters go to the polls on Sunday": the present tense with a time still to come."""
        page = self.page
        if page.published is None or clauses.is_question(sentence):
            return
        day = page.published.isoformat()
        for time in self.times.within(sentence.start_char, sentence.end_char):
            span = page.span(*time.spans[0])
            if span is None:
                continue
            verb = clauses_times.hangs_on(span.root)
            if time.type == "DURATION":
                # "is closing shops over the next two years": only the progressive tells a plan
                if verb is None or verb.tag_ != "VBG" or not _coming(span):
                    continue
            elif time.start is None or time.type not in ("DATE", "TIME") or time.start[:10] <= day:
                continue
            if verb is not None and futurate(verb) and not clauses.in_condition(verb):
                content = tuple(clauses.proposition(verb))
                yield Cue(verb, (verb,), content, "expected", "future tense", (verb,))

    def _long_ago(self, word: Token) -> bool:
        """Whether the clause of ``word`` is dated by a year before that of publication.

        What is news is dated by a weekday or a month; a year of its own tells history.
        """
        published, head = self.page.published, grammar.clause_head(word)
        if published is None or grammar.form(head).tense != "past" or reported(head):
            return False
        for child in head.children:
            if child.dep_ not in ("prep", "npadvmod"):
                continue
            for token in (child, *(c for c in child.children if c.dep_ == "pobj")):
                time = self.times.at(token.idx)
                if time is None or time.end is None or time.basis != "explicit":
                    continue
                if time.end[:4] < str(published.year):
                    return True
        return False

    def is_permission(self, cue: Cue) -> bool:
        """Whether the modal is one of leave ("lorries may not use it"), as the permissions say."""
        return cue.rule == "modal" and self.permits.at(cue.words[0].idx) is not None

    def forecast(self, cue: Cue) -> Forecast | None:
        """The entry of one cue, not numbered yet; None where no words are left."""
        page = self.page
        content = page.tokens(cue.content)
        if not content.spans:
            return None
        words = page.tokens(cue.words)
        found = clauses.condition_of(*cue.governors) or _condition_above(cue.verb)
        condition = None if found is None else found.tokens
        told_content = horizons.without_saying(_without_reason(cue), cue.verb)
        if told_content != cue.content:
            content = page.tokens(told_content)
        if condition is None:
            start = clauses.fronted(told_content, cue.verb)
            if start is not None:
                condition = tuple(clauses.trim(told_content[:start], marks=False))
                told_content = tuple(clauses.trim(told_content[start:]))
                content = page.tokens(told_content)
        if (
            cue.words[0].lower_ == "would"
            and not past.of_a_plan(cue.verb)
            and (
                clauses_times.in_the_past(page, self.times, cue.verb)
                or clauses_times.in_a_past_story(page, self.times, cue.verb)
            )
        ):
            return None  # "would not be topped until 2012", told years later
        if cue.rule in ("plan", "noun") and self._long_ago(cue.words[0]):
            return None  # "In 1999 the party pledged to close the mines"
        if condition is None:
            told_content, condition = _split_if(told_content, cue.verb)
            content = page.tokens(told_content)
        horizon = horizons.find(page, self.times, told_content, cue.verb, cue.governors)
        told = self.contents.at(cue.verb.idx)
        start, end = content.spans[0][0], content.spans[-1][1]
        return Forecast(
            id="f0",
            key=page.key("forecasts", *content.spans, *words.spans),
            content=content,
            cue=words,
            holder=self._holder(cue, told),
            likelihood=cue.likelihood,
            horizon=horizon,
            condition=None if condition is None else self._words(condition),
            attribution=None if told is None else told.id,
            events=tuple(e.id for e in self.events.within(start, end)),
            score=SCORES[cue.rule],
            why={"rule": cue.rule, "cue": words.text, "modal": cue.verb.text},
        )

    def _words(self, tokens: Sequence[Token]) -> Words:
        return self.page.tokens(tokens)

    def _holder(self, cue: Cue, told: Attribution | None) -> str | None:
        if cue.holder is not None:
            entity = self.entities.at(cue.holder.idx)
            if entity is not None:
                return entity.id
        if told is not None and told.source is not None and told.source.entities:
            return told.source.entities[0]
        return None


def _coming(span: Span) -> bool:
    """Whether a stretch of time lies ahead: "the next few months", "the coming days"."""
    return any(t.lower_ in ("next", "coming") for t in span)


# Verbs whose condition is that of what they say or bring about.
_PASSES_ON = frozenset(
    {"say", "warn", "add", "tell", "think", "believe", "argue", "predict", "expect", "ensure",
     "mean", "suggest", "know", "fear", "claim", "insist", "promise", "hope", "guarantee", "make"}
)  # fmt: skip


def _condition_above(verb: Token) -> clauses.Condition | None:
    """The condition of "if we act now, we can ensure that prices will fall"."""
    for _ in range(3):
        above = verb.head
        if verb.dep_ != "ccomp" or above.i == verb.i or above.lemma_ not in _PASSES_ON:
            return None
        found = clauses.condition_of(above)
        if found is not None and found.opener in ("if", "unless", "once", "should", "when"):
            return found
        verb = above
    return None


def _split_if(
    content: tuple[Token, ...], verb: Token
) -> tuple[tuple[Token, ...], tuple[Token, ...] | None]:
    """``content`` and the "if" clause at its end, which the parse hung deeper; None without one."""
    for token in content:
        clause = token.head
        if (
            token.lower_ not in ("if", "unless")
            or token.dep_ != "mark"
            or clause.dep_ != "advcl"
            or clause.left_edge.i <= verb.i
            or clause.right_edge.i < content[-1].i
        ):
            continue
        if token.i > 0 and token.nbor(-1).lower_ in ("as", "even"):
            continue
        above = clause.head
        while above.i != verb.i and above.dep_ in ("xcomp", "advcl", "conj", "dobj", "prep",
                                                   "pobj", "pcomp", "acl"):  # fmt: skip
            above = above.head
        if above.i != verb.i or token.i <= verb.i:
            continue
        kept = clauses.trim(t for t in content if t.i < clause.left_edge.i)
        if kept:
            return tuple(kept), tuple(clauses.trim(clause.subtree, marks=False))
    return content, None


def _without_reason(cue: Cue) -> tuple[Token, ...]:
    """The content without a clause in front that tells why or while what: "As costs rise, …"."""
    for child in cue.verb.children:
        if (
            child.dep_ == "advcl"
            and child.i < cue.verb.i
            and any(
                c.dep_ == "mark" and c.lower_ in ("as", "because", "since") for c in child.children
            )
        ):
            drop = {t.i for t in child.subtree}
            kept = clauses.trim(t for t in cue.content if t.i not in drop)
            return tuple(kept) or cue.content
    return cue.content


def _numbered(entry: Forecast, number: int) -> Forecast:
    from msgspec.structs import replace

    return replace(entry, id=f"f{number}")
