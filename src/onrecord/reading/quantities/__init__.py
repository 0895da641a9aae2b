"""Quantities: how many, how much, of what, and what became of them.

Found by a grammar of numerals, modifiers, ranges and units, then placed in the parse for what they
count. The written span is modifier, number and unit; the counted noun stands in ``of``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from msgspec import structs
from spacy.tokens import Token

from onrecord.reading.contract import Parts
from onrecord.reading.indexes import SpanIndex, content_index, time_index
from onrecord.reading.page import Page
from onrecord.reading.quantities.counted import counted, head_of, is_change, property_of
from onrecord.reading.quantities.excluded import is_excluded
from onrecord.reading.quantities.numerals import tidy
from onrecord.reading.quantities.phrases import Phrase, find_phrases
from onrecord.record.model import SI, Attribution, Quantity, Time, Words

requires: tuple[str, ...] = ("entities", "attributions", "times", "places")
assigns: tuple[str, ...] = ("quantities",)

_SCORES = {"digits": 0.95, "words": 0.92, "vague": 0.95, "share": 0.9}
"""Share of each kind that was right in the project's own labelled reports; see tests/gold."""


def read(page: Page, parts: Parts) -> Sequence[Quantity]:
    """The quantities of ``page``, in the order of the text."""
    times = time_index(parts.times)
    told = content_index(parts.attributions)
    out: list[Quantity] = []
    for sentence in page.sentences:
        for phrase in find_phrases(page.text, sentence.start_char, sentence.end_char):
            made = _quantity(page, phrase, times, told, len(out) + 1)
            if made is not None:
                out.append(_converted(page, made, out))
    return out


def _converted(page: Page, made: Quantity, before: list[Quantity]) -> Quantity:
    """A figure in brackets right after another, "100 mph (160 km/h)", measures the same."""
    if made.of is not None or made.unit is None or not before:
        return made
    between = page.text[before[-1].spans[-1][1] : made.spans[0][0]]
    return structs.replace(made, of=before[-1].of) if between.strip() == "(" else made


def _quantity(
    page: Page,
    phrase: Phrase,
    times: SpanIndex[Time],
    told: SpanIndex[Attribution],
    number: int,
) -> Quantity | None:
    span = page.span(phrase.start, phrase.end)
    if span is None:
        return None
    overlapping = [
        time for at in {phrase.core[0], phrase.core[1] - 1} for time in times.covering(at)
    ]
    phrase = _bare_age(page, phrase)
    if is_excluded(phrase, span, page.text, overlapping):
        return None
    noun = counted(phrase, span)
    head = head_of(phrase, span)
    words = page.words((phrase.start, phrase.end))
    attribution = told.at(phrase.core[0])
    unit = "year" if phrase.age else None
    return Quantity(
        id=f"q{number}",
        key=page.key("quantities", *words.spans),
        spans=words.spans,
        text=words.text,
        value=_rounded(phrase.value),
        low=_rounded(phrase.low),
        high=_rounded(phrase.high),
        approximate=phrase.approximate,
        unit=unit if phrase.unit is None else phrase.unit.name,
        per=_per(page.text, phrase.end),
        of=None if noun is None else _noun_words(page, noun),
        property=None if phrase.unit is not None else property_of(noun, head),
        change=is_change(head),
        attribution=None if attribution is None else attribution.id,
        si=_si(phrase),
        score=_SCORES[phrase.kind],
    )


def _bare_age(page: Page, phrase: Phrase) -> Phrase:
    """ "Ana Ruiz, 24, scored", "she was 66": a bare figure after a person is an age."""
    if phrase.kind != "digits" or phrase.unit or phrase.start != phrase.core[0]:
        return phrase
    value = phrase.value
    if not isinstance(value, int) or not 0 < value < 110:
        return phrase
    before = page.text[max(0, phrase.start - 2) : phrase.start]
    after = page.text[phrase.end : phrase.end + 1]
    token = page.token_at(phrase.core[0])
    if token is None:
        return phrase
    if before.rstrip() == "," and after in {",", ".", ";", ")"}:
        name = page.token_at(phrase.start - 3)
        if name is None or name.pos_ != "PROPN" or name.ent_type_ in {"GPE", "LOC", "DATE"}:
            return phrase
        return replace(phrase, age=True)
    said_of = [t for t in token.head.children if t.dep_ == "nsubj"]
    is_ = token.dep_ in {"attr", "acomp"} and token.head.lemma_ == "be"
    if is_ and said_of and (said_of[0].ent_type_ == "PERSON" or said_of[0].lower_ in _PERSONS):
        return replace(phrase, age=True)
    return phrase


_PERSONS = frozenset({"he", "she", "i", "who"})


def _noun_words(page: Page, noun: Token) -> Words:
    """The counted noun; a name is given whole."""
    first = noun.i
    if noun.pos_ == "PROPN":
        while (
            first > 0
            and noun.doc[first - 1].dep_ == "compound"
            and (noun.doc[first - 1].pos_ == "PROPN" and noun.doc[first - 1].head.i <= noun.i)
        ):
            first -= 1
    return page.tokens(noun.doc[first : noun.i + 1])


_RATE = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:an?|per|each|every)\s+(hour|day|week|month|year|barrel|tonne|ton|person|"
    r"head|night|minute|second|gallon|litre|liter|kilometre|kilometer|mile|share|capita|household|"
    r"family|child|vote|acre|hectare)\b"
)


def _per(text: str, end: int) -> str | None:
    """The unit after "a" or "per" in a rate: "$15 an hour", "40 ships a month"."""
    match = _RATE.match(text, end)
    return None if match is None else match.group(1)


def _rounded(value: int | float | None) -> int | float | None:
    return None if value is None else tidy(round(value, 5))


def _si(phrase: Phrase) -> SI | None:
    unit = phrase.unit
    if unit is None or unit.factor is None or unit.si is None or phrase.age:
        return None
    factor = unit.factor

    def scaled(value: int | float | None) -> float | None:
        return None if value is None else float(f"{value * factor:.6g}")

    return SI(value=scaled(phrase.value), unit=unit.si, low=scaled(phrase.low),
              high=scaled(phrase.high))  # fmt: skip
