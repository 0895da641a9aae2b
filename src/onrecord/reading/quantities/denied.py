"""Counts that are denied: "no casualties", "no survivors" say 0."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.reading.page import Page
from onrecord.reading.quantities.lexicon import word_classes
from onrecord.reading.quantities.phrases import Phrase

_NO = re.compile(r"\b[Nn][Oo]\b")


def find_denied(page: Page, start: int, end: int) -> Iterator[Phrase]:
    """The "no" before a noun of people, losses or arms in ``page.text[start:end]``, as a 0 each.

    Other nouns are left out: "no plans", "no doubt" and "no way" count nothing.
    """
    for match in _NO.finditer(page.text, start, end):
        token = page.token_at(match.start())
        if token is None or token.dep_ != "det":
            continue
        noun = token.head
        plain = noun.i > token.i and noun.pos_ == "NOUN"
        if plain and noun.lemma_.lower() in word_classes()["denied"]:
            yield Phrase(
                start=match.start(), end=match.end(), core=match.span(), kind="none", value=0
            )
