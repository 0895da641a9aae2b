"""Numerals that are no quantities: dates, ranks, names, addresses, scores, laws."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from onrecord.reading.quantities.counted import head_of
from onrecord.reading.quantities.lexicon import word_classes
from onrecord.reading.quantities.phrases import Phrase
from onrecord.record.model import Time

_NAMES = {"PRODUCT", "FAC", "LAW", "WORK_OF_ART", "EVENT"}
_RANKS = re.compile(r"(?:\b(?:no|nos|number|numbers|top|rank|ranked|seed)\.?|[§#№])\s*$", re.I)
_LABELS = re.compile(
    r"(?:\b(?:article|articles|section|sections|chapter|clause|page|pages|"
    r"paragraph|phase|stage|level|tier|category|type|class|grade|part|volume|vol|act|scene|verse|"
    r"room|gate|flight|route|highway|interstate|bill|resolution|amendment|title|proposition|prop|"
    r"district|ward|precinct|zone|area|sector|station|channel|formula|version|item|step|line|"
    r"platform|pier|unit|post|mark|box|lot|block|case|docket|form|rule|schedule|protocol|"
    r"appendix|annex|exhibit|figure|table|group|round|episode|season|game|lesson|apollo|law|"
    r"boeing|airbus|f|b|su|mig|cop|g|h|world war|suite|apartment|apt|floor|exit|terminal|"
    r"call|calling|dial|phone|tel|fax|ext|order|directive|regulation|convention|covid|p\.l|u\.s\.c|c\.f\.r|art|sec)\.?)\s*$",
    re.I,
)
_BILLS = re.compile(r"(?:\bH\.\s?R\.|(?<![\w.])S\.|\b(?:Con|Res|Amdt|J|Stat|Supp)\.)\s*$")
_CITED = re.compile(
    r"\s+(?:U\.?\s?S\.?\s?C(?:ode)?\b|C\.?\s?F\.?\s?R\b|F\.\s?(?:2d|3d|4th|Supp)|U\.S\.\s+\d|Stat\.|Fed\.)"
)
_CLOCK = re.compile(
    r"\s*(?:[Bb]\.?[Cc]\.?(?:[Ee]\b)?|AD\b|[Cc]\.?[Ee]\b|UTC|GMT|BST|EST|EDT|CET|CEST|[CMP][DS]T|o['’]clock|hrs\b|[ap]\.?m\b)"
)
_STREET = re.compile(r"\s+(?:[A-Z][\w'’.-]*\s+){1,3}(?:St|Street|Ave|Avenue|Road|Rd|Lane|Drive|"
                     r"Boulevard|Blvd|Place|Square|Court|Way|Terrace|Highway|Parkway|Suite)\b"
                     r"|\s+(?:[NSEW]\.?|North|South|East|West)\s+[A-Z][\w.]*\s+"
                     r"(?:St|Ave|Rd|Dr)\b")  # fmt: skip
_GROUPED = re.compile(r"(?:\+\d{1,3}[ ]?)?\(?0\d{2,4}\)?(?:[ ]\d{3,4}){1,3}\b")
_PHONE = re.compile(r"[\d(][\d() .-]{6,}\d")
_YEARS = re.compile(r"(?:1[5-9]|20)\d\d(?:\s*[-–—]\s*(?:1[5-9]|20)?\d\d)?")
_ONE_OF = re.compile(r"\s+of\b", re.I)
_KIND_OF = re.compile(r"[-\u2010\u2011]([A-Za-z]+)")
_NOT_HALF = re.compile(
    r"\b(?:first|second|latter|former|top|bottom|other|opening|better)\s+$", re.I
)
_HALF_WORD = re.compile(
    r"[-\u2010\u2011](?!an?\b)[a-z]|[-\s]+(?:time|way|brother|sister|past|staff|mast)\b", re.I
)
_NOT_ONE = {"the", "this", "that", "every", "each", "any", "which", "no", "some", "another",
            "first", "last", "next"}  # fmt: skip
_ONE_NOUNS = {"day", "time", "thing", "way", "another", "hand", "point", "reason", "person"}
_PAIRED = {"the", "these", "those"}
_SOLE = {"two", "three", "four"}
_ACRONYM = 3
_PLURAL = {"NNS", "NNPS"}


def is_excluded(phrase: Phrase, span: Span, text: str, times: list[Time]) -> bool:
    """Whether a numeral phrase is no quantity. ``times`` are those that overlap it."""
    if times and not phrase.age and _is_date(phrase, text, times):
        return True
    if phrase.lone_one and _is_plain_one(phrase, span, text):
        return True
    if phrase.kind == "share" and _is_no_share(phrase, span, text):
        return True
    if phrase.unit is not None and not phrase.lone_one:
        return False
    if phrase.age or phrase.ballot:
        return False
    after = text[phrase.end :][:48]
    if phrase.kind == "digits" and _is_label(phrase, span, text, after):
        return True
    if phrase.kind in {"digits", "words"}:
        compound = _KIND_OF.match(after)
        if compound is not None and compound.group(1).lower() in word_classes()["kind_of"]:
            return True
    if phrase.kind == "words" and _is_sole(phrase, span):
        return True
    return _in_name(phrase, span)


def _is_label(phrase: Phrase, span: Span, text: str, after: str) -> bool:
    """Digits that number or name a thing: laws, rooms, years, telephones, footnotes."""
    before = text[max(0, phrase.start - 24) : phrase.start]
    core = text[slice(*phrase.core)]
    if _is_year(phrase, span, text) or _is_phone(phrase, text):
        return True
    if _RANKS.search(before) or _BILLS.search(before) or _STREET.match(after):
        return True
    if _CITED.match(after) or _CLOCK.match(after) or (core[0] == "0" and core.isdigit()
                                                      and len(core) > 1):  # fmt: skip
        return True
    label = _LABELS.search(before)
    if label is not None and (label.group()[:1].isupper() or not _counts(span)):
        return True
    if core.isdigit() and span.sent.text.strip().rstrip(".)") == core:
        return True
    if _PLACE_IN_LIST.search(before) and re.match(r"[.)]\s+[A-Z]", after):
        return True
    if before[-1:] == "[" and after[:1] == "]":
        return True
    if _opens_line(before) and re.match(r"[.)]\s", after):
        return True
    if before[-1:] in {"-", "–", "—"} and before[-2:-1] not in {"", " ", "-"}:
        return True
    return bool(
        re.match(r"\s*[-–]\s*(?:[A-Z]\w*\d|\d)|-[A-Z]{3,}|[-–]something", after)
        and phrase.value is not None
    )


_PLACE_IN_LIST = re.compile(r"[.!?:;]['\"”’)]*\s+\(?$")


def _opens_line(before: str) -> bool:
    return not before.rsplit("\n", 1)[-1].strip()


def _counts(span: Span) -> bool:
    """Whether a plural follows to be counted: "in this case 12 people"."""
    doc = span.doc
    after = span[-1].i + 1
    return any(t.tag_ in _PLURAL for t in doc[after : after + 2])


def _is_date(phrase: Phrase, text: str, times: list[Time]) -> bool:
    """Whether the figure is part of a time: all of it, or one end of "14-15 September".

    A share of a thing is none, whatever the time part took "a quarter of its requests" for.
    """
    start, end = phrase.core
    if phrase.kind == "share" and phrase.unit is None and re.match(r"\s+of\b", text[end:]):
        return not all(max(e for _, e in time.spans) <= end + 3 for time in times)
    for time in times:
        for t_start, t_end in time.spans:
            if t_start <= start and end <= t_end:
                return True
            if time.type in {"DATE", "TIME"} and phrase.unit is None:
                return True
    return False


def _is_no_share(phrase: Phrase, span: Span, text: str) -> bool:
    """Words that only look like fractions: "a third man", "the second half", "half-brother"."""
    if phrase.unit is not None:
        return False
    words = text[slice(*phrase.core)].lower().split()
    after = text[phrase.end : phrase.end + 12]
    if words[-1] == "half":
        return bool(
            _NOT_HALF.search(text[max(0, phrase.start - 12) : phrase.start])
            or _HALF_WORD.match(after)
        )
    follows = span[-1].i + 1
    if len(words) > 1 and words[0] in {"a", "an"} and follows < len(span.doc):
        token = span.doc[follows]
        counted = token.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"} and token.lower_ not in {
            "more", "less", "part", "share", "higher", "lower", "fewer", "larger", "smaller",
        }  # fmt: skip
        return counted and after[:1] == " "
    return False


def _is_year(phrase: Phrase, span: Span, text: str) -> bool:
    """A bare four-figure number, or a range of two, that no noun follows to be counted."""
    if phrase.start != phrase.core[0] or not _YEARS.fullmatch(text[slice(*phrase.core)]):
        return False
    head = head_of(phrase, span)
    if head.dep_ == "attr" and head.head.lemma_ == "be":
        return not any(
            t.dep_ == "nsubj" and t.lemma_.lower() in word_classes()["figure"]
            for t in head.head.children
        )
    return not (head.head.i > span[-1].i and head.dep_ == "nummod")


def _is_phone(phrase: Phrase, text: str) -> bool:
    around = text[max(0, phrase.start - 16) : phrase.end + 16]
    core = text[slice(*phrase.core)]
    if any(core in match.group().split() for match in _GROUPED.finditer(around)):
        return True
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
    sole = previous == "only" and token.i > 1 and token.nbor(-2).lower_ in {"the", "their", "its"}
    if sole or previous in _NOT_ONE or previous in {"-", "’s", "'s", "her", "his", "their", "its"}:
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


def _is_sole(phrase: Phrase, span: Span) -> bool:
    """ "between the two", "these three": words that point back and count nothing new."""
    token = span[-1]
    if len(span) != 1 or token.lower_ not in _SOLE or phrase.value is None or token.i == 0:
        return False
    alone = token.dep_ not in {"nummod", "compound", "quantmod", "amod"}
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    partitive = following is not None and following.lower_ == "of"
    hyphen = following is not None and following.text == "-"
    return alone and token.nbor(-1).lower_ in _PAIRED and not partitive and not hyphen


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
    titled = previous.text[:1].isupper()
    if phrase.kind == "words":
        return titled and token.is_title and previous.pos_ == "PROPN"
    written = span.text
    if "," in written or not written.replace(".", "").isdigit():
        return False
    if follows and previous.lower_ == "the" and _is_singular(head.head, phrase, span):
        return True
    if not titled or previous.pos_ != "PROPN" or previous.whitespace_ == "":
        return False
    if previous.is_upper and len(previous) >= _ACRONYM and previous.ent_type_ not in {"GPE"}:
        return not (follows and (head.head.tag_ in _PLURAL or _counts(span)))
    return not previous.is_sent_start and not follows


def _is_singular(noun: Token, phrase: Phrase, span: Span) -> bool:
    """A number that its noun does not agree with names it: "the 834 program"."""
    hyphen = span[-1].i + 1 < len(span.doc) and span.doc[span[-1].i + 1].text == "-"
    if hyphen or phrase.value is None or phrase.value <= 1 or noun.tag_ not in {"NN", "NNP"}:
        return False
    collective = noun.lemma_.lower() in word_classes()["collective"]
    return not collective and not any(
        t.tag_ in _PLURAL for t in noun.doc[span[-1].i + 1 : noun.i + 4]
    )


def _inside_entity(span: Span) -> bool:
    first, last = span[0], span[-1]
    doc = span.doc
    wider = (first.i > 0 and first.ent_iob_ == "I") or (
        last.i + 1 < len(doc) and doc[last.i + 1].ent_iob_ == "I"
    )
    return bool(wider and first.ent_type_ in _NAMES)
