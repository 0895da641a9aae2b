"""Numerals that are no quantities: dates, ranks, names, addresses, scores."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from onrecord.reading.quantities.counted import head_of, word_classes
from onrecord.reading.quantities.phrases import Phrase
from onrecord.record.model import Time

_NAMES = {"PRODUCT", "FAC", "LAW", "WORK_OF_ART", "EVENT"}
_LABELS = re.compile(
    r"(?:\b(?:no|nos|number|numbers|article|articles|section|sections|chapter|clause|page|pages|"
    r"paragraph|phase|stage|level|tier|category|type|class|grade|part|volume|vol|act|scene|verse|"
    r"room|gate|flight|route|highway|interstate|bill|resolution|amendment|title|proposition|"
    r"district|ward|precinct|zone|area|sector|station|channel|formula|version|item|step|line|"
    r"platform|pier|unit|post|rank|ranked|top|mark|box|lot|block|case|docket|form|rule|schedule|"
    r"appendix|annex|exhibit|figure|table|group|round|episode|season|game|lesson|apollo|"
    r"boeing|airbus|f|b|su|mig|cop|g|h|world war)\.?|[§#№])\s*$",
    re.I,
)
_STREET = re.compile(r"\s+(?:[A-Z][\w'’.-]*\s+){1,3}(?:St|Street|Ave|Avenue|Road|Rd|Lane|Drive|"
                     r"Boulevard|Blvd|Place|Square|Court|Way|Terrace)\b")  # fmt: skip
_PHONE = re.compile(r"[\d(][\d() .-]{6,}\d")
_YEARS = re.compile(r"(?:1[5-9]|20)\d\d(?:\s*[-–—]\s*(?:1[5-9]|20)?\d\d)?")
_ONE_OF = re.compile(r"\s+of\b", re.I)
_NOT_ONE = {"the", "this", "that", "every", "each", "any", "which", "no", "some", "another",
            "only", "first", "last", "next"}  # fmt: skip
_ONE_NOUNS = {"day", "time", "thing", "way", "another", "hand", "point", "reason", "person"}


def is_excluded(phrase: Phrase, span: Span, text: str, times: list[Time]) -> bool:
    """Whether a numeral phrase is no quantity. ``times`` are those that overlap it."""
    if times and not phrase.age and _is_date(phrase, times):
        return True
    if phrase.lone_one and _is_plain_one(phrase, span, text):
        return True
    if phrase.unit is not None and not phrase.lone_one:
        return False
    before, after = text[max(0, phrase.start - 24) : phrase.start], text[phrase.end :][:48]
    if phrase.kind == "digits":
        if _is_year(phrase, span, text):
            return True
        if _LABELS.search(before) or _STREET.match(after) or _is_phone(phrase, text):
            return True
        if re.match(r"\s*[-–]\s*(?:[A-Z]\w*\d|\d)", after) and phrase.value is not None:
            return True
    return _in_name(phrase, span)


def _is_date(phrase: Phrase, times: list[Time]) -> bool:
    """Whether the figure is part of a time: all of it, or one end of "14-15 September"."""
    start, end = phrase.core
    for time in times:
        for t_start, t_end in time.spans:
            if t_start <= start and end <= t_end:
                return True
            if time.type in {"DATE", "TIME"} and phrase.unit is None:
                return True
    return False


def _is_year(phrase: Phrase, span: Span, text: str) -> bool:
    """A bare four-figure number, or a range of two, that no noun follows to be counted."""
    if phrase.start != phrase.core[0] or not _YEARS.fullmatch(text[slice(*phrase.core)]):
        return False
    head = head_of(phrase, span)
    return not (head.head.i > span[-1].i and head.dep_ == "nummod")


def _is_phone(phrase: Phrase, text: str) -> bool:
    around = text[max(0, phrase.start - 16) : phrase.end + 16]
    return any(
        sum(c.isdigit() for c in match.group()) >= 7
        and not re.fullmatch(r"[\d, ]+", match.group())
        and re.search(r"\d{3}[-. )]", match.group())
        and "-" in match.group()
        for match in _PHONE.finditer(around)
    )


def _is_plain_one(phrase: Phrase, span: Span, text: str) -> bool:
    """ "one" that is no numeral: one of the, the one, no one, one another, one day."""
    if phrase.unit is not None and phrase.unit.kind != "time":
        return False
    token = span[-1]
    for word in span:
        if word.lower_ == "one":
            token = word
    if _ONE_OF.match(text, token.idx + len(token)):
        return True
    previous = token.nbor(-1).lower_ if token.i > 0 else ""
    if previous in _NOT_ONE or previous in {"-", "’s", "'s", "her", "his", "their", "its"}:
        return True
    if phrase.unit is not None:
        return True
    noun = token.head
    if token.dep_ == "nummod" and noun.i > token.i:
        return (
            noun.lemma_.lower() in _ONE_NOUNS
            or noun.lemma_.lower() in word_classes()["not_counted"]
        )
    return True


def _in_name(phrase: Phrase, span: Span) -> bool:
    """A figure inside a name: "Boeing 737", "Bill 200", "Final Four"; not "Aleppo, 12 men"."""
    head = head_of(phrase, span)
    entity = next((t for t in span if t.ent_type_ in _NAMES), None)
    if entity is not None and _inside_entity(span):
        return True
    token: Token = span[0]
    if token.i == 0 or phrase.start != phrase.core[0]:
        return False
    previous = token.nbor(-1)
    follows = head.head.i > span[-1].i and head.dep_ in {"nummod", "compound", "quantmod"}
    titled = previous.is_title or previous.is_upper
    if phrase.kind == "words":
        return titled and token.is_title and previous.pos_ == "PROPN"
    return bool(
        titled
        and previous.pos_ == "PROPN"
        and not previous.is_sent_start
        and not follows
        and previous.whitespace_ != ""
    )


def _inside_entity(span: Span) -> bool:
    first, last = span[0], span[-1]
    doc = span.doc
    wider = (first.i > 0 and first.ent_iob_ == "I") or (
        last.i + 1 < len(doc) and doc[last.i + 1].ent_iob_ == "I"
    )
    return bool(wider and first.ent_type_ in _NAMES)
