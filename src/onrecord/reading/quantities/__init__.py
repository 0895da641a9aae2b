"""Quantities: how many, how much, of what, and what became of them.

Found by a grammar of numerals, modifiers, ranges and units, then placed in the parse for what they
count. The written span is modifier, number and unit; the counted noun stands in ``of``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import structs
from spacy.tokens import Span, Token

from onrecord.reading.contract import Parts
from onrecord.reading.indexes import SpanIndex, content_index, time_index
from onrecord.reading.page import Page
from onrecord.reading.quantities.ages import bare_age
from onrecord.reading.quantities.counted import counted, head_of
from onrecord.reading.quantities.denied import find_denied
from onrecord.reading.quantities.excluded import is_excluded
from onrecord.reading.quantities.fate import is_change, property_of
from onrecord.reading.quantities.numerals import tidy
from onrecord.reading.quantities.phrases import Phrase, find_phrases
from onrecord.record.model import SI, Attribution, Quantity, Time, Words

requires: tuple[str, ...] = ("entities", "attributions", "times", "places")
assigns: tuple[str, ...] = ("quantities",)

_SCORES = {"digits": 0.97, "words": 0.95, "vague": 0.94, "share": 0.9, "none": 0.7}
"""How often span, figures and unit were right in the labelled passages of tests/gold, by kind:
235 of 238, 77 of 79, 15 of 15, 8 of 8 and 1 of 1, with one of each outcome added. Digits and words
are put 0.01 lower: part of these passages had been read before the rules were finished."""

_NEAR = 300
_STANDS_ALONE = {"dobj", "nsubj", "nsubjpass", "attr"}


def read(page: Page, parts: Parts) -> Sequence[Quantity]:
    """The quantities of ``page``, in the order of the text."""
    times = time_index(parts.times)
    told = content_index(parts.attributions)
    out: list[Quantity] = []
    for sentence in page.sentences:
        first = len(out)
        for phrase in _phrases(page, sentence):
            made = _quantity(page, phrase, times, told, len(out) + 1)
            if made is not None:
                out.append(_completed(page, made, out, first))
    return out


def _phrases(page: Page, sentence: Span) -> Iterator[Phrase]:
    found = find_phrases(page.text, sentence.start_char, sentence.end_char)
    denied = list(find_denied(page, sentence.start_char, sentence.end_char))
    if not denied:
        return found
    return iter(sorted([*found, *denied], key=lambda phrase: phrase.start))


def _completed(page: Page, made: Quantity, before: list[Quantity], first: int) -> Quantity:
    """What the words leave out because the figure before has said it.

    A figure in brackets right after another, "100 mph (160 km/h)", measures the same; "12 soldiers
    in Iraq and nine in Syria" counts the same; and so does a bare object of the next sentence, "he
    received 192".
    """
    if made.of is not None or not before:
        return made
    last = _whole(made, before, first)
    between = page.text[last.spans[-1][1] : made.spans[0][0]]
    if made.unit is not None and between.strip() == "(":
        return structs.replace(made, of=last.of)
    if last.property is None and made.property is not None and not _points_back(page, made):
        return made
    same = last.unit == made.unit or (last.unit is None and made.unit == "percent")
    if not same or made.unit not in {None, "percent"} or last.of is None or _is_part(last):
        return made
    if len(between) > _NEAR:
        return made
    token = page.token_at(made.spans[-1][1] - 1)
    of_a_count = _is_part(made) or last.unit != made.unit
    if of_a_count and (token is None or not token.dep_.startswith("nsubj")):
        return made
    if len(before) == first:
        if made.unit is not None or token is None:
            return made
        if token.dep_ not in _STANDS_ALONE and not _points_back(page, made):
            return made
    return structs.replace(made, of=last.of)


def _whole(made: Quantity, before: list[Quantity], first: int) -> Quantity:
    """The figure before ``made`` that it may lean on: a count looks past a share of something."""
    if made.unit is None and not _is_part(made):
        for one in reversed(before[first:]):
            if one.of is not None and one.unit is None and not _is_part(one):
                return one
    return before[-1]


def _points_back(page: Page, made: Quantity) -> bool:
    """Whether the words say so: "of those 15", "30 of them"."""
    start, end = made.spans[0][0], made.spans[-1][1]
    after = page.text[end : end + 9].lower()
    before = page.text[max(0, start - 7) : start].lower()
    return after.startswith((" of them", " of thes", " of thos")) or (
        before.endswith(("those ", "these ")) and made.low is None and made.high is None
    )


def _is_part(quantity: Quantity) -> bool:
    """Whether it is a fraction: half of one thing says nothing of the next."""
    return quantity.unit is None and isinstance(quantity.value, float)


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
    phrase = bare_age(page, phrase)
    if phrase.kind != "none" and is_excluded(phrase, span, page.text, overlapping):
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
        property=_property(phrase, noun, head),
        change=is_change(phrase, head),
        attribution=None if attribution is None else attribution.id,
        si=_si(phrase),
        score=_SCORES[phrase.kind],
    )


def _property(phrase: Phrase, noun: Token | None, head: Token) -> str | None:
    measured = phrase.unit is not None and phrase.unit.kind not in {"share", "count"}
    return None if phrase.age or measured else property_of(noun, head)


def _noun_words(page: Page, noun: Token) -> Words:
    """The counted noun; a name is given whole, and so is a word with a hyphen."""
    first = last = noun.i
    doc = noun.doc
    if noun.pos_ == "PROPN":
        while (
            first > 0
            and doc[first - 1].dep_ == "compound"
            and (doc[first - 1].pos_ == "PROPN" and doc[first - 1].head.i <= noun.i)
        ):
            first -= 1
    while last + 2 < len(doc) and doc[last + 1].text == "-" and not doc[last].whitespace_:
        if doc[last + 1].whitespace_:
            break
        last += 2
    return page.tokens(doc[first : last + 1])


_RATE = re.compile(
    r"\s+(?:(?:[a-z-]+\s+){0,3}?per\s+([a-z]+(?:\s+(?:metre|meter|kilometre|kilometer|mile|foot))?)"
    r"|(?:[a-z-]+\s+)?(?:an?|each|every)\s+(hour|day|week|month|year|barrel|tonne|ton|person|"
    r"head|night|minute|second|gallon|litre|liter|kilometre|kilometer|mile|share|household|"
    r"family|child|vote|acre|hectare|piece)\b)"
)


def _per(text: str, end: int) -> str | None:
    """The unit after "a" or "per" in a rate: "$15 an hour", "40 ships a month"."""
    match = _RATE.match(text, end)
    return None if match is None else match.group(1) or match.group(2)


def _rounded(value: int | float | None) -> int | float | None:
    """Five decimals; small values keep four significant figures."""
    if value is None:
        return None
    return tidy(round(value, 5)) if abs(value) >= 0.01 or value == 0 else float(f"{value:.4g}")


def _si(phrase: Phrase) -> SI | None:
    unit = phrase.unit
    if unit is None or unit.factor is None or unit.si is None or phrase.age:
        return None
    factor = unit.factor

    def scaled(value: int | float | None) -> float | None:
        return None if value is None else float(f"{value * factor:.6g}")

    return SI(value=scaled(phrase.value), unit=unit.si, low=scaled(phrase.low),
              high=scaled(phrase.high))  # fmt: skip
