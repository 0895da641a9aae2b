"""Sources and contents of the encoder's heads, held to what the parse says they can be.

The heads mark words, and know no clause: a source may come out as a whole clause or run over the
end of a sentence, and a content may hold words of its own source.
"""

from __future__ import annotations

from spacy.tokens import Span, Token

from onrecord.reading.page import Page
from onrecord.record.model import Spans

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_LOOSE = " ,;:–—-\n\t\r\u00a0"
_RAISING = frozenset({"seem", "appear", "look", "sound"})
_ABSENT = _SUBJECTS | {"auxpass", "expl", "csubj"}
_OWN = frozenset({"relcl", "acl", "advcl"})


def repaired(page: Page, source: Spans, cue: Spans) -> Spans:
    """``source`` within the sentence of its cue, and a noun phrase where it was a clause.

    Where no source was found, it is the agent of a passive cue ("was praised by voters"), or the
    subject that a second verb shares with a first one ("Smith resigned, but has asked to stay").
    """
    agent = _agent(page, cue)
    if not source:
        found = agent or _shared_subject(page, cue)
        return () if found is None else ((found.start_char, found.end_char),)
    source = _one_sentence(page, source, cue)
    span = page.span(source[0][0], source[-1][1])
    if span is None or not _is_clause(span):
        return source
    if agent is not None:
        return ((agent.start_char, agent.end_char),)
    subject = _subject(page, cue)
    if subject is None or not any(a <= subject.start_char < b for a, b in source):
        subject = _phrase(next(t for t in span.root.children if t.dep_ in _SUBJECTS))
    return ((subject.start_char, subject.end_char),)


def less(page: Page, content: Spans, source: Spans) -> Spans:
    """``content`` without the words of ``source`` at its ends; as it is where nothing else is left.

    A source in the midst stays: "the minister", in what the minister says of the minister.
    """
    kept = [_outside(page.text, span, source) for span in content]
    return tuple(span for span in kept if span is not None) or content


def _outside(text: str, span: tuple[int, int], source: Spans) -> tuple[int, int] | None:
    start, end = span
    for first, last in source:
        if first <= start < last:
            start = last
        elif first < end <= last:
            end = first
    if (start, end) == span:
        return span
    while start < end and text[start] in _LOOSE:
        start += 1
    while end > start and text[end - 1] in _LOOSE:
        end -= 1
    return (start, end) if any(c.isalnum() for c in text[start:end]) else None


def _agent(page: Page, cue: Spans) -> Span | None:
    """The noun phrase after "by" of a passive cue, where it can be one who speaks."""
    verb = _root(page, cue)
    if verb is None or verb.tag_ != "VBN":
        return None
    for child in verb.children:
        if child.dep_ == "agent":
            noun = next((t for t in child.children if t.dep_ == "pobj"), None)
            if noun is not None and noun.pos_ in {"NOUN", "PROPN", "PRON"}:
                return _phrase(noun)
    return None


def _shared_subject(page: Page, cue: Spans) -> Span | None:
    verb = _root(page, cue)
    if verb is None or verb.dep_ != "conj" or verb.pos_ != "VERB" or verb.lemma_ in _RAISING:
        return None
    finite = verb.tag_ in _FINITE or any(t.dep_ == "aux" and t.tag_ in _FINITE for t in verb.lefts)
    if not finite or any(t.dep_ in _ABSENT for t in verb.lefts):
        return None
    first = verb.head
    while first.dep_ == "conj" and not any(t.dep_ in _SUBJECTS for t in first.lefts):
        first = first.head
    subject = next((t for t in first.lefts if t.dep_ in _SUBJECTS), None)
    if subject is None or first.pos_ not in {"VERB", "AUX"}:
        return None
    return None if subject.lower_ in {"it", "there"} else _phrase(subject)


def _subject(page: Page, cue: Spans) -> Span | None:
    verb = _root(page, cue)
    if verb is None:
        return None
    found = next((t for t in verb.children if t.dep_ in _SUBJECTS), None)
    return None if found is None else _phrase(found)


def _phrase(noun: Token) -> Span:
    """A noun and all that belongs to it, cut before clauses set off by a comma."""
    last = noun.i
    for token in noun.subtree:
        if token.i > last and not (token.is_punct and token.i == noun.right_edge.i):
            last = token.i
    for child in noun.rights:
        if child.dep_ in _OWN and child.left_edge.i > noun.i:
            last = min(last, child.left_edge.i - 1)
    while last > noun.i and (noun.doc[last].is_punct or noun.doc[last].is_space):
        last -= 1
    return noun.doc[noun.left_edge.i : last + 1]


def _is_clause(span: Span) -> bool:
    """Whether a main clause, its subject and its finite verb, was taken for a source."""
    root = span.root
    return (
        root.pos_ in {"VERB", "AUX"}
        and root.dep_ not in _OWN
        and (root.tag_ in _FINITE or any(t.tag_ in _FINITE for t in root.lefts))
        and any(t.dep_ in _SUBJECTS and span.start <= t.i < span.end for t in root.lefts)
    )


def _one_sentence(page: Page, source: Spans, cue: Spans) -> Spans:
    """The part of a source that stands in the sentence of its cue, where it begins elsewhere."""
    start, end = source[0][0], source[-1][1]
    first, last = page.sentence_index(start), page.sentence_index(end - 1)
    here = page.sentence_index(cue[0][0]) if cue else last
    if first is None or first == last or here is None or here not in {first, last}:
        return source
    sentence = page.sentences[here]
    cut = tuple(
        (max(a, sentence.start_char), min(b, sentence.end_char))
        for a, b in source
        if a < sentence.end_char and sentence.start_char < b
    )
    return cut or source


def _root(page: Page, spans: Spans) -> Token | None:
    span = page.span(*spans[0]) if spans else None
    return None if span is None else span.root
