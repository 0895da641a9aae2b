"""What speaks for a stretch being a place: its features, for the learned recogniser.

The features are of four kinds: what the gazetteer knows under the name, what the parse makes of
the words, the words around, and what the same words are elsewhere in the report.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc, Token

from onrecord.knowledge.gazetteer import (
    BARE,
    DEMONYM,
    DOTTED,
    POSTAL,
    PRIMARY,
    Gazetteer,
    load_gazetteer,
)
from onrecord.reading.page import Page
from onrecord.reading.places.lexicon import Lexicon, load_lexicon
from onrecord.reading.places.spans import Candidate
from onrecord.reading.places.tokens import Tokens

LABELS = ("GPE", "LOC", "FAC", "NORP", "PERSON", "ORG")
DEPENDENCIES = (
    "pobj",
    "compound",
    "nsubj",
    "poss",
    "appos",
    "amod",
    "conj",
    "ROOT",
    "npadvmod",
    "dobj",
)
FEATURES: tuple[str, ...] = (
    "known", "kind_origin", "division_origin", "entity_origin", "words", "length", "capitals",
    "line_capitals", "population", "places", "own_name", "other_name", "bare_name", "point_name",
    "postal", "demonym", "is_country", "is_first_order", "is_capital", "is_region", "is_town",
    *(f"label_{x}" for x in LABELS), "label_other", "label_none", "label_same", "label_inside",
    "label_holds",
    "label_words", *(f"elsewhere_{x}" for x in LABELS), "elsewhere",
    "proper", "adjective", "noun", *(f"dep_{x}" for x in DEPENDENCIES),
    "before_preposition", "before_comma", "before_title", "before_capital", "before_the",
    "before_start", "before_number", "before_hit", "before_hyphen", "after_comma",
    "after_capital", "after_possessive",
    "after_person_verb", "after_organisation", "after_small_noun", "after_point", "after_and",
    "after_hit", "after_hyphen", "after_parenthesis", "run_before", "run_after", "first_name",
    "surname", "usage_known",
    "usage_lower", "usage_first", "usage_last", "usage_place", "usage_org", "lower_here",
    "times_here",
    "odds_before", "odds_after", "odds_head", "odds_last", "odds_kind",
)  # fmt: skip
_SMALL = re.compile(r"\b[a-z]+\b")
ODDS = ("before", "after", "head", "last", "kind")


def describe(
    page: Page,
    tokens: Tokens,
    candidates: Sequence[Candidate],
    odds: Mapping[str, Mapping[str, float]],
) -> npt.NDArray[np.float32]:
    """One row of ``FEATURES`` for each candidate."""
    if not candidates:
        return np.zeros((0, len(FEATURES)), np.float32)
    report = _Report(page, tokens, candidates)
    rows = [_row(c, report, odds) for c in candidates]
    return np.array(rows, np.float32)


class _Report:
    """What is counted over the whole report."""

    def __init__(self, page: Page, tokens: Tokens, candidates: Sequence[Candidate]) -> None:
        self.tokens, self.doc = tokens, page.doc
        self.gazetteer, self.lexicon = load_gazetteer(), load_lexicon()
        self.labels: dict[str, Counter[str]] = {}
        self.surnames: set[str] = set()
        self.first_names: set[str] = set()
        for first, last, label in tokens.entities:
            words = [w for w in tokens.words[first:last] if w[0].isupper()]
            self.labels.setdefault(" ".join(words), Counter())[label] += 1
            if label == "PERSON" and len(words) > 1:
                self.surnames.add(words[-1])
                self.first_names.add(words[0])
        self.lower = set(_SMALL.findall(page.text))
        self.count = Counter(c.surface for c in candidates)
        self.hit_starts = {c.first for c in candidates if c.postings[1]}
        self.hit_ends = {c.last for c in candidates if c.postings[1]}


def words_around(candidate: Candidate, doc: Doc) -> dict[str, str]:
    """The words whose odds of standing by a place are learned."""
    before = doc[candidate.first - 1].lower_ if candidate.first else "<s>"
    after = doc[candidate.last].lower_ if candidate.last < len(doc) else "</s>"
    span = doc[candidate.first : candidate.last]
    return {
        "before": before,
        "after": after,
        "head": span.root.head.lemma_.lower(),
        "last": doc[candidate.last - 1].lower_ if candidate.last - candidate.first > 1 else "",
        "kind": candidate.kind_word or candidate.origin,
    }


def _row(
    c: Candidate,
    report: _Report,
    odds: Mapping[str, Mapping[str, float]],
) -> list[float]:
    doc, lexicon = report.doc, report.lexicon
    first = doc[c.first]
    span = doc[c.first : c.last]
    before = doc[c.first - 1] if c.first and not first.is_sent_start else None
    after = doc[c.last] if c.last < len(doc) and not doc[c.last].is_sent_start else None
    root = span.root
    usage = lexicon.usage.get(first.lower_) if len(span) == 1 else None
    around = words_around(c, doc)
    elsewhere = report.labels.get(c.surface, Counter())
    total = sum(elsewhere.values())
    return [
        float(c.postings[1] > 0), float(c.origin == "kind"), float(c.origin == "division"),
        float(c.origin == "entity"), len(span), len(c.surface), float(c.surface.isupper()),
        _line_capitals(report.tokens.words, c.first),
        *_known(c, report.gazetteer),
        *_label(c, report.tokens),
        *((elsewhere[x] / total if total else 0.0) for x in LABELS), float(total),
        float(root.pos_ == "PROPN"), float(root.pos_ == "ADJ"), float(root.pos_ == "NOUN"),
        *(float(root.dep_ == x) for x in DEPENDENCIES),
        *_before(c, before, report, lexicon),
        *_after(c, after, report, lexicon),
        _run(report.tokens.words, c.first - 1, -1), _run(report.tokens.words, c.last, 1),
        float(c.surface in report.first_names), float(c.surface in report.surnames),
        float(usage is not None), *(usage or (0.0,) * 5),
        float(c.surface.lower() in report.lower), float(report.count[c.surface]),
        *(odds[name].get(around[name], 0.0) for name in ODDS),
    ]  # fmt: skip


def _line_capitals(words: Sequence[str], first: int) -> float:
    """The share of words with a capital among the neighbours: near 1 in headlines and lists."""
    near = [w for w in words[max(0, first - 6) : first + 8] if w.isalpha()]
    return sum(w[0].isupper() for w in near) / len(near) if near else 0.0


def _known(c: Candidate, gazetteer: Gazetteer) -> list[float]:
    start, end = c.postings
    if start == end:
        return [0.0] * 13
    places = gazetteer.posting_place[start:end]
    kinds = gazetteer.posting_kind[start:end].tolist()
    codes = {gazetteer.features[f] for f in gazetteer.feature[places].tolist()}
    return [
        math.log10(1 + int(gazetteer.population[places].max())),
        math.log(end - start),
        float(PRIMARY in kinds), float(1 in kinds), float(BARE in kinds),
        float(DOTTED in kinds), float(POSTAL in kinds), float(DEMONYM in kinds),
        float(any(x.startswith("PCL") for x in codes)), float("ADM1" in codes),
        float("PPLC" in codes),
        float(any(x[:2] not in {"AD", "PP", "PC"} for x in codes)), float("PPL" in codes),
    ]  # fmt: skip


def _label(c: Candidate, tokens: Tokens) -> list[float]:
    """The named entity at the stretch: its label, and how the two lie to each other."""
    labels, inside, words = tokens.labels, tokens.inside, tokens.words
    start = next((i for i in range(c.first, c.last) if labels[i]), -1)
    if start < 0:
        return [0.0] * len(LABELS) + [0.0, 1.0, 0.0, 0.0, 0.0, 0.0]
    label, end = labels[start], start + 1
    while start > 0 and inside[start]:
        start -= 1
    while end < len(labels) and inside[end]:
        end += 1
    first, last = start, end
    while first < last - 1 and words[first].lower() == "the":
        first += 1
    while last > first + 1 and words[last - 1] in {"'s", "’s"}:
        last -= 1
    same = (first, last) == (c.first, c.last)
    within = not same and first <= c.first and c.last <= last
    holds = not same and c.first <= first and last <= c.last
    return [
        *(float(label == x) for x in LABELS), float(label not in LABELS), 0.0,
        float(same), float(within), float(holds), float(end - start),
    ]  # fmt: skip


def _before(c: Candidate, token: Token | None, report: _Report, lexicon: Lexicon) -> list[float]:
    if token is None:
        return [0.0] * 5 + [1.0, 0.0, 0.0, 0.0]
    word = token.lower_
    return [
        float(word in lexicon.prepositions), float(word in {",", "("}),
        float(word in lexicon.titles and token.text[0].isupper()),
        float(token.text[0].isupper() and token.pos_ == "PROPN"), float(word == "the"), 0.0,
        float(token.text[0].isdigit()),
        float(c.first in report.hit_ends or (word == "," and c.first - 1 in report.hit_ends)),
        float(word in {"-", "–", "—", "/"}),
    ]  # fmt: skip


def _after(c: Candidate, token: Token | None, report: _Report, lexicon: Lexicon) -> list[float]:
    if token is None:
        return [0.0] * 11
    word = token.lower_
    return [
        float(word == ","), float(token.text[0].isupper() and token.pos_ == "PROPN"),
        float(word in {"'s", "’s", "'", "’"}), float(word in lexicon.person_verbs),
        float(word in lexicon.organisations), float(token.is_lower and token.pos_ == "NOUN"),
        float(token.is_punct and word not in {",", "-"}), float(word == "and"),
        float(c.last in report.hit_starts or (word == "," and c.last + 1 in report.hit_starts)),
        float(word in {"-", "–", "—", "/"}), float(word in {")", "("}),
    ]  # fmt: skip


def _run(words: Sequence[str], position: int, step: int) -> float:
    """How many capitalised words go on before or after without a break."""
    count = 0
    while 0 <= position < len(words) and count < 4 and words[position][0].isupper():
        count += 1
        position += step
    return float(count)
