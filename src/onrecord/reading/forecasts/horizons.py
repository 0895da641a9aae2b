"""The horizon of a forecast: by when, or at what time, what is said to come is to come.

The times of the record go first, as ``clauses_times`` finds them in the clause. What names no day
("in the long run", "as soon as possible") is read from a short list of fixed phrases, and a stretch
("for six months") counts where it hangs on the verb itself and nothing else is told.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from spacy.tokens import Token

from onrecord.reading import clauses, clauses_times, grammar
from onrecord.reading.indexes import SpanIndex
from onrecord.reading.page import Page
from onrecord.record.model import Time, TimeWords

# Phrases that say when without a date, longest first for each first word.
_VAGUE: tuple[tuple[str, ...], ...] = (
    ("as", "soon", "as", "possible"), ("as", "quickly", "as", "possible"),
    ("in", "the", "long", "term"), ("in", "the", "long", "run"), ("in", "the", "longer", "term"),
    ("in", "the", "short", "term"), ("in", "the", "medium", "term"), ("in", "the", "short", "run"),
    ("in", "due", "course"), ("at", "some", "point"), ("at", "a", "later", "date"),
    ("at", "a", "later", "stage"), ("one", "day"), ("some", "day"), ("before", "long"),
    ("going", "forward"), ("moving", "forward"), ("sooner", "or", "later"),
    ("for", "the", "foreseeable", "future"), ("in", "the", "foreseeable", "future"),
    ("in", "the", "years", "ahead"), ("in", "the", "months", "ahead"),
    ("in", "the", "weeks", "ahead"), ("in", "the", "days", "ahead"),
    ("for", "years", "to", "come"), ("in", "the", "years", "to", "come"),
    ("for", "generations", "to", "come"), ("by", "the", "end", "of", "the", "century"),
    ("by", "the", "end", "of", "the", "decade"), ("until", "further", "notice"),
    ("in", "perpetuity"), ("shortly",),
)  # fmt: skip
_VAGUE_BY_WORD = {
    word: tuple(phrase for phrase in _VAGUE if phrase[0] == word)
    for word in {phrase[0] for phrase in _VAGUE}
}
_BOUNDS = frozenset({"by", "through", "until", "till"})
_UNTIL = frozenset({"until", "till", "before", "after"})
_WITH_AFTER = frozenset({"look", "name", "ask", "run", "take", "go", "call", "seek"})
_DEEDS = ("ing", "tion", "sion", "rawal", "oval", "ival", "collapse", "war", "vote", "trial")
_STRETCH = frozenset({"for", "over", "throughout", "during"})


def find(
    page: Page,
    index: SpanIndex[Time],
    content: Sequence[Token],
    verb: Token,
    governors: Sequence[Token],
) -> TimeWords | None:
    """The horizon of the proposition ``content`` headed by ``verb``, or None where none is told."""
    found = clauses_times.horizon_in(page, index, content, verb)
    if found is None and governors:
        scope = [t for head in governors for t in grammar.clause_tokens(head)]
        found = clauses_times.horizon_in(page, index, scope, governors[-1])
    if found is not None and page.text[found.spans[-1][1] :][:2] in ("'s", "’s"):
        found = None  # "today's jobs": which jobs
    return (
        found
        or _bound(page, index, content, verb)
        or _vague(page, content)
        or _deed(page, content, verb)
        or _stretch(page, index, content, verb)
    )


def _bound(
    page: Page, index: SpanIndex[Time], content: Collection[Token], verb: Token
) -> TimeWords | None:
    """ "would fund it through September": a bound, also where its year was read as the one before.

    Only a time without a year of its own is asked: one with a year says itself that it is over.
    """
    inside = {t.i for t in content}
    for child in verb.children:
        if child.dep_ != "prep" or child.lower_ not in _BOUNDS or child.i not in inside:
            continue
        for below in child.children:
            time = index.at(below.idx) if below.dep_ == "pobj" else None
            if time is not None and time.type in ("DATE", "TIME") and time.basis != "explicit":
                spans = clauses_times.with_preposition(page, time.spans)
                return TimeWords(spans=spans, text=page.surface(spans), time=time.id)
    return None


def _deed(page: Page, content: Collection[Token], verb: Token) -> TimeWords | None:
    """ "until the review is done", "after the closing of the plant": bounded by what happens."""
    inside = {t.i for t in content}
    heads = [verb, *(c for c in verb.children if c.dep_ in ("xcomp", "prep"))]
    heads += [g for c in heads[1:] for g in c.children if c.dep_ == "prep" and g.dep_ == "pcomp"]
    heads += [g for c in heads[1:] for g in c.children if g.dep_ in ("pcomp", "conj")]
    for head in heads:
        for child in head.children:
            if child.i < verb.i or child.i not in inside:
                continue
            if child.dep_ == "advcl" and grammar.is_verb(child):
                opens = next((c for c in child.children if c.dep_ in ("mark", "advmod")), None)
                told = opens is not None and opens.i == child.left_edge.i and opens.lower_ in _UNTIL
            else:
                told = child.dep_ == "prep" and _bounds_by_deed(child)
            if told:
                words = page.tokens(clauses.trim(child.subtree, marks=False))
                return TimeWords(spans=words.spans, text=words.text, time=None)
    return None


def _bounds_by_deed(preposition: Token) -> bool:
    """Whether "after", "before" or "until" stands before a deed: a gerund or its noun."""
    if preposition.lower_ not in _UNTIL | {"following"}:
        return False
    if preposition.i == preposition.head.i + 1 and preposition.head.lemma_ in _WITH_AFTER:
        return False
    for below in preposition.children:
        if below.dep_ == "pcomp" and below.tag_ == "VBG":
            return True
        if below.dep_ == "pobj" and below.pos_ == "NOUN" and below.lemma_.endswith(_DEEDS):
            return True
    return False


def _vague(page: Page, content: Sequence[Token]) -> TimeWords | None:
    lowers = [t.lower_ for t in content]
    last_of = content[-1].i if content else -1
    for token, lower in zip(content, lowers, strict=True):
        for phrase in _VAGUE_BY_WORD.get(lower, ()):
            last = token.i + len(phrase) - 1
            if last <= last_of and clauses.matches(token, phrase):
                words = page.tokens(token.doc[token.i : last + 1])
                return TimeWords(spans=words.spans, text=words.text, time=None)
    return None


def _stretch(
    page: Page, index: SpanIndex[Time], content: Collection[Token], verb: Token
) -> TimeWords | None:
    """ "will stay for six months": the stretch, which hangs on the verb itself."""
    inside = {t.i for t in content}
    for child in verb.children:
        if child.dep_ != "prep" or child.lower_ not in _STRETCH or child.i not in inside:
            continue
        for below in child.children:
            if below.dep_ != "pobj":
                continue
            time = index.at(below.idx)
            if time is not None and time.type == "DURATION":
                words = page.tokens(clauses.trim(child.subtree, marks=False))
                return TimeWords(spans=words.spans, text=words.text, time=time.id)
    return None


def without_saying(content: Sequence[Token], verb: Token) -> tuple[Token, ...]:
    """``content`` without the time of the saying: "said on Monday he would go" is "he would go".

    The parse hangs a time that stands right after the verb of saying on what is said.
    """
    above = verb.head
    if verb.dep_ != "ccomp" or above.i > verb.i or not content:
        return tuple(content)
    subject = next(
        (c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "expl") and c.i < verb.i),
        None,
    )
    if subject is None:
        return tuple(content)
    start, end = above.i + 1, subject.left_edge.i
    between = verb.doc[start:end]
    if not between or any(t.is_punct or t.is_quote or t.dep_ == "mark" for t in between):
        return tuple(content)
    heads = [c for c in verb.children if start <= c.i < end]
    if not heads or any(c.dep_ not in ("prep", "npadvmod", "advmod") for c in heads):
        return tuple(content)
    if not any(t.ent_type_ in ("DATE", "TIME") for t in between):
        return tuple(content)
    return tuple(t for t in content if t.i >= end) or tuple(content)
