"""Stretches of a report that could be place names, each with what speaks for and against it.

Three things propose a stretch: the gazetteer (runs of capitalised words that are a name there),
the named entities of the parse, and names that end in a word for a kind of place ("Moss Side
Avenue", "Kursk region"). Nothing is decided here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from onrecord.knowledge.gazetteer import DOTTED, POSTAL, Gazetteer
from onrecord.knowledge.gazetteer_names import fold
from onrecord.reading.page import Page
from onrecord.reading.places.lexicon import Lexicon
from onrecord.reading.places.tokens import Tokens

MAX_WORDS = 6
_INSIDE = frozenset(
    {
        *("of", "de", "la", "las", "los", "le", "del", "du", "da", "do", "dos", "and", "the", "al"),
        *("el", "es", "an", "ar", "upon", "on", "in", "den", "der", "am", "au", "aux", "sur"),
        *("under", "-", "'s", "’s", "'", "’"),
    }
)
_ARTICLES = frozenset({"al", "el", "ad", "as", "ash", "an", "ar", "at", "az"})
_LOOSE = frozenset(
    {"state", "department", "division", "district", "territory", "republic", "parish"}
)
"""Kinds that also stand before other nouns ("Georgia state troopers")."""
_OFFICES = frozenset({"department", "division"})
"""With a capital they are no divisions but offices ("Texas Department of Health")."""
_HYPHENS = frozenset("-‑–")
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


@dataclass(slots=True, eq=False)
class Candidate:
    """One stretch: tokens ``[first, last)`` of the document, characters ``[start, end)``.

    ``postings`` is its range in the gazetteer (empty where it is unknown there), ``divisions``
    says that only divisions can be meant ("Aleppo province").
    """

    first: int
    last: int
    start: int
    end: int
    surface: str
    key: str
    origin: str
    postings: tuple[int, int] = (0, 0)
    kind_word: str = ""
    divisions: bool = False
    score: float = 0.0
    features: list[float] = field(default_factory=list)


def propose(page: Page, tokens: Tokens, gazetteer: Gazetteer, lexicon: Lexicon) -> list[Candidate]:
    """All candidates of ``page``, in the order of the text; they may overlap."""
    runs: list[Span] = list(page.sentences)
    for zone in page.zones:
        if zone.kind == "dateline":
            runs.extend(s for s in (page.span(a, b) for a, b in zone.spans) if s is not None)
    runs.sort(key=lambda span: span.start)
    words, starts = tokens.words, tokens.starts
    spans: dict[tuple[int, int], str] = {}
    for run in runs:
        for first, last in _stretches(run, words):
            spans[first, last] = ""
    surfaces = {(a, b): page.text[starts[a] : starts[b - 1] + len(words[b - 1])] for a, b in spans}
    keys = {surface: fold(surface) for surface in dict.fromkeys(surfaces.values())}
    known = [key for key in dict.fromkeys(keys.values()) if key]
    ranges = dict(zip(known, gazetteer.find(known), strict=True))
    hits: list[Candidate] = []
    for (first, last), surface in surfaces.items():
        postings = ranges.get(keys[surface], (0, 0))
        if postings[0] == postings[1] or not _readable(surface, postings, gazetteer, words, first):
            continue
        article = first > 0 and words[first - 1] == "The" and _has_article(gazetteer, postings)
        hits.append(
            _candidate(
                page, first - article, last, "gazetteer", key=keys[surface], postings=postings
            )
        )
    hits = list(_longest(hits))
    hits = [_with_division(page, words, hit, gazetteer, lexicon) for hit in hits]
    out = {(c.first, c.last): c for c in hits}
    for candidate in _typed(page, words, lexicon):
        out.setdefault((candidate.first, candidate.last), candidate)
    covered = {i for hit in hits if hit.divisions for i in range(hit.first, hit.last)}
    for candidate in _entities(page, tokens, runs):
        if candidate.first in covered:
            continue
        out.setdefault((candidate.first, candidate.last), candidate)
    return sorted(out.values(), key=lambda c: (c.first, c.last))


def _stretches(run: Span, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Runs of words that begin and end with a capital: the tokens of a possible name."""
    end = run.end
    for first in range(run.start, end):
        if not _opens(words, first, end):
            continue
        count = 0
        for last in range(first, min(end, first + 2 * MAX_WORDS)):
            word = words[last]
            if word[0].isupper() or (word[0].isalnum() and not word.isalpha()):
                count += 1
                if count > MAX_WORDS:
                    break
                if word[0].isupper() or last > first:
                    yield first, last + 1
            elif last > first and word not in _INSIDE:
                break


def _opens(words: Sequence[str], first: int, end: int) -> bool:
    word = words[first]
    if word[0].isupper():
        return word not in {"The", "THE"}
    if word in _ARTICLES and first + 2 < end:
        return words[first + 1] in _HYPHENS and words[first + 2][0].isupper()
    return word[:3] in {"al-", "el-"} and word[3:4].isupper()


def _readable(
    surface: str, postings: tuple[int, int], gazetteer: Gazetteer, words: Sequence[str], first: int
) -> bool:
    """Whether it is written as it must be: abbreviations with their points or after a comma."""
    kinds = set(gazetteer.posting_kind[postings[0] : postings[1]].tolist())
    after_comma = first > 0 and words[first - 1] in {",", "("}
    if kinds <= {POSTAL, DOTTED}:
        if kinds == {POSTAL}:
            return after_comma and surface.isupper()
        return surface.endswith(".") or after_comma
    if (
        len(surface) <= 3
        and surface.isalpha()
        and surface.lower()
        in {
            "us",
            "uk",
            "it",
            "in",
            "or",
            "me",
            "hi",
            "ok",
            "la",
            "uae",
            "car",
            "drc",
            "prc",
            "rsa",
            "ksa",
            "png",
        }
    ):
        return surface.isupper()
    return len(surface) > 1


def _longest(hits: Sequence[Candidate]) -> Iterator[Candidate]:
    """Those that no longer name of the gazetteer holds ("York" falls to "New York")."""
    reach = -1
    for hit in sorted(hits, key=lambda c: (c.first, -c.last)):
        if hit.last > reach:
            reach = hit.last
            yield hit


def _candidate(
    page: Page,
    first: int,
    last: int,
    origin: str,
    *,
    key: str = "",
    postings: tuple[int, int] = (0, 0),
) -> Candidate:
    doc = page.doc
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    surface = page.text[start:end]
    return Candidate(first, last, start, end, surface, key or fold(surface), origin, postings)


def _typed(page: Page, words: Sequence[str], lexicon: Lexicon) -> Iterator[Candidate]:
    """Runs of capitalised words that end in a word for a kind of place: "Moss Side Avenue"."""
    doc = page.doc
    for sentence in page.sentences:
        for position in range(sentence.start + 1, sentence.end):
            kind = lexicon.feature_words.get(words[position].lower())
            if kind is None or not words[position][0].isupper():
                continue
            first = position
            while first > sentence.start and _name_word(doc[first - 1]):
                first -= 1
            if first < position:
                candidate = _candidate(page, first, position + 1, "kind")
                candidate.kind_word = kind
                yield candidate


def _has_article(gazetteer: Gazetteer, postings: tuple[int, int]) -> bool:
    """Whether the article is part of the name: The Hague."""
    return gazetteer.name(int(gazetteer.posting_place[postings[0]])).startswith("The ")


def _with_division(
    page: Page, words: Sequence[str], hit: Candidate, gazetteer: Gazetteer, lexicon: Lexicon
) -> Candidate:
    """The name with the word for its kind, where a division has that name: "Kursk region"."""
    word = words[hit.last].lower() if hit.last < len(words) else ""
    if word not in lexicon.division_words or words[hit.last].isupper():
        return hit
    if word in _OFFICES and words[hit.last][0].isupper():
        return hit
    places = gazetteer.posting_place[hit.postings[0] : hit.postings[1]]
    if not any(gazetteer.features[f].startswith("ADM") for f in gazetteer.feature[places].tolist()):
        return hit
    following = page.doc[hit.last + 1] if hit.last + 1 < len(words) else None
    if word in _LOOSE and following is not None and following.pos_ in {"NOUN", "PROPN"}:
        return hit
    longer = _candidate(
        page, hit.first, hit.last + 1, "division", key=hit.key, postings=hit.postings
    )
    longer.kind_word, longer.divisions = word, True
    return longer


def _name_word(token: Token) -> bool:
    return (
        token.text[0].isupper() and token.is_alpha and token.pos_ in {"PROPN", "ADJ", "NOUN", "NUM"}
    ) or (token.text[0].isdigit() and token.text[-2:] in {"st", "nd", "rd", "th"})


def _entities(page: Page, tokens: Tokens, runs: Sequence[Span]) -> Iterator[Candidate]:
    """The places among the named entities of the parse, without articles and possessives."""
    words = tokens.words
    starts = [run.start for run in runs]
    for start, end, label in tokens.entities:
        first, last = start, end
        if label not in _PLACE_LABELS:
            continue
        number = bisect_right(starts, first) - 1
        if number < 0 or last > runs[number].end:
            continue
        while first < last and words[first].lower() in {"the", "a", "an"}:
            first += 1
        while last > first and words[last - 1] in {"'s", "’s", "'", "’", ".", ","}:
            last -= 1
        if first < last and any(word[0].isupper() for word in words[first:last]):
            yield _candidate(page, first, last, "entity")
