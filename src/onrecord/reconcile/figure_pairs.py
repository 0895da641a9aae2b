"""Which figure of one report counts the same thing as which figure of another.

Figures of like things are laid beside each other. Those that agree go first: what is left on both
sides, in sentences that tell the same, is one thing with two figures. So where one report gives the
ages 61 and 48 and another 68 and 48, the 48s go together, and 61 stands against 68.
"""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec import Struct

from onrecord.reconcile.amounts import GROWTH, MOVING, Amount, by_sort, compatible
from onrecord.reconcile.words import overlap, weight

_FROM_TO = re.compile(r"(?:\s[\w-]+){0,3} to (?:at least |about |some |over )?")
_FROM = re.compile(r"\bfrom (?:\w+ ){0,2}$")
_TO_FROM = re.compile(r"(?:\s[\w-]+){0,3} from (?:a previous |an earlier |the previous )?")


class Pair(Struct, frozen=True):
    """Two figures of one thing."""

    left: Amount
    right: Amount
    agree: bool
    score: float
    why: dict[str, float | str | bool]


KNOWN = MOVING | {"magnitude", "age"}
"""What a figure can count by its property alone, without a noun."""
LEAST = 0.5
"""Two figures from here on count the same thing."""
RARE = 4.0
"""A noun that tells so much, standing in one of 55 news texts or fewer, names a thing by itself."""
ALIKE = 0.22
"""Reports less alike than this are not said to contradict or update each other."""
LEADING = 400
"""Characters from the start within which the sentence with a report's main figure begins."""
AGREE = 0.35
"""Two that agree need less: that both reports give one number speaks for itself."""
FIRST = 0.15
"""Two that agree go before two that do not, unless these are surer by more than this."""
COMPANION = 0.1
"""What it adds that another figure of the same sentences agrees."""


def within(amounts: list[Amount]) -> list[Pair]:
    """The pairs of figures of one report that it lays beside each other itself.

    It tells that one replaces the other ("rose from five to six"), or whose word each is.
    """
    out = []
    for one, other in pairwise(amounts):
        if one.unit != other.unit or compatible(one, other):
            continue
        rule = _replaced(one, other)
        if rule is None and _two_tellers(one, other):
            rule = "two tellers"
        if rule == "to from":
            one, other = other, one  # noqa: PLW2901 - the earlier figure goes left
        if rule is not None:
            out.append(Pair(one, other, False, 0.85, {"sort": one.sort, "rule": rule}))
    return out


def _replaced(one: Amount, other: Amount) -> str | None:
    if one.sentence != other.sentence or not GROWTH.search(one.prose):
        return None
    start = one.prose.find(one.text)
    end = one.prose.find(other.text, start + len(one.text))
    between = one.prose[start + len(one.text) : end] if 0 <= start < end else ""
    if _FROM_TO.fullmatch(between) and _FROM.search(one.prose[:start]):
        return "from to"
    return "to from" if _TO_FROM.fullmatch(between) else None


_SAYS = re.compile(r"\b(?:report|sa(?:id|ys)|put|accord|measur|estimat)")


def _two_tellers(one: Amount, other: Amount) -> bool:
    if one.sort != other.sort or one.country != other.country:
        return False
    if one.sort == "magnitude" and one.sentence == other.sentence:
        between = one.prose[one.prose.find(one.text) : one.prose.rfind(other.text)]
        return bool(_SAYS.search(between))
    near = abs(one.start - other.start) < 300 and one.sort in {"magnitude", *MOVING}
    told = one.told_by is not None and other.told_by is not None
    return near and told and one.told_by != other.told_by


def match(
    left: list[Amount], right: list[Amount], cosine: float, happening: dict[tuple[int, str], int]
) -> list[Pair]:
    """The pairs of figures of two reports that count the same thing.

    ``cosine``: how alike the reports are; ``happening``: that of each event.
    """
    out: list[Pair] = []
    ours, theirs = by_sort(left), by_sort(right)
    for sort in sorted(ours.keys() & theirs.keys(), key=str):
        those = [
            _pair(
                one,
                other,
                cosine,
                happening,
                lead=(one is ours[sort][0] and other is theirs[sort][0]),
                listed=max(len(ours[sort]), len(theirs[sort])) > 2,
            )
            for one in ours[sort]
            for other in theirs[sort]
        ]
        agreeing = {
            (pair.left.sentence, pair.right.sentence)
            for pair in those
            if pair.agree and pair.score > 0
        }
        told = _told(those)
        taken: set[tuple[int, str]] = set()
        for pair in sorted(those, key=_order):
            one, other = pair.left, pair.right
            sure = pair.score
            if not pair.agree and (one.sentence, other.sentence) in agreeing:
                sure += COMPANION
            grown = sure >= 0.7 and _grown(one, other)
            if not grown and (one.entry in taken or other.entry in taken):
                continue
            if sure < (AGREE if pair.agree else LEAST):
                continue
            beside = _beside(left, one, other) or _beside(right, other, one)
            if pair.agree or grown or not (beside or {one.entry, other.entry} & told):
                taken |= {one.entry, other.entry}
                out.append(pair)
    return out


def _order(pair: Pair) -> tuple[float, int, int]:
    return -(pair.score + (FIRST if pair.agree else 0.0)), pair.left.start, pair.right.start


def _grown(one: Amount, other: Amount) -> bool:
    """Whether one is a later count of what only grows; that report may tell the old one too."""
    if one.sort not in MOVING or one.day is None or other.day is None or one.day == other.day:
        return False
    earlier, later = (one, other) if one.day < other.day else (other, one)
    return later.value > earlier.value


def _fallen(one: Amount, other: Amount) -> bool:
    """Whether a later count of what only grows is much smaller: it mostly counts another thing."""
    if one.sort not in MOVING or one.day is None or other.day is None or one.day == other.day:
        return False
    earlier, later = (one, other) if one.day < other.day else (other, one)
    return later.value < 0.7 * earlier.value


def _beside(report: list[Amount], mine: Amount, other: Amount) -> bool:
    """Whether the sentence of one figure gives the other's number too, whatever it counts there."""
    return any(a.value == other.value for a in report if a.sentence == mine.sentence)


def _told(those: list[Pair]) -> set[tuple[int, str]]:
    """The figures that the other report tells too: they stand against nothing else there."""
    return {
        end
        for pair in those
        if pair.left.value == pair.right.value and pair.score >= AGREE
        for end in (pair.left.entry, pair.right.entry)
    }


def _pair(
    one: Amount,
    other: Amount,
    cosine: float,
    happening: dict[tuple[int, str], int],
    *,
    lead: bool,
    listed: bool,
) -> Pair:
    sentence = overlap(set(one.words), set(other.words))
    near = overlap(set(one.near), set(other.near))
    of = overlap(set(one.of), set(other.of)) if one.of and other.of else None
    same = (
        one.event is not None
        and other.event is not None
        and happening.get(one.event) is not None
        and happening.get(one.event) == happening.get(other.event)
    )
    shared = sum(map(weight, sorted(one.words & other.words)))
    named = 0.0
    if one.around and other.around:
        named = 1.0 if one.around & other.around else -1.0
    abroad = one.country is not None and other.country is not None and one.country != other.country
    plain = one.sort not in KNOWN and one.unit is None
    rare = weight(one.sort) >= RARE
    total = (
        0.8 * cosine
        + 0.8 * sentence
        + 0.4 * near
        + 0.015 * min(shared, 20.0)
        + (0.15 if lead else 0.0)
        + (0.25 if same else 0.0)
        + ((0.2 if lead else 0.12) if one.sort in MOVING else 0.0)
        - (0.4 if abroad else 0.0)
        - (0.3 if _fallen(one, other) else 0.0)
        - (0.3 if plain and near < 0.45 and not (lead and rare) else 0.0)
        + (-0.35 if one.sort != "age" and bool(one.of) != bool(other.of) else 0.0)
        + (0.0 if of is None else 0.4 * of - 0.25)
        + 0.15 * named
        + (0.15 * (min(5.0, weight(one.sort)) - 4.0) if plain else 0.0)
        - 0.3
    )
    agree = compatible(one, other)
    if one.sort == "age" and not of and not (lead and sentence > 0.6):
        total -= 0.3
    if one.sort == "age" and one.whose and other.whose and one.whose.isdisjoint(other.whose):
        total -= 0.4
    if one.person is not None and other.person is not None and one.person != other.person:
        total -= 0.4
    if not agree and cosine < ALIKE:
        total = 0.0
    if not agree and one.sort not in KNOWN:
        first = lead and one.sentence < LEADING and other.sentence < LEADING
        same_words = sentence >= 0.75 and near >= 0.6 and named > 0
        if listed or not (first or same_words):
            total = 0.0  # yards, votes, delegates: many things are counted in one noun
    why: dict[str, float | str | bool] = {
        "sort": one.sort,
        "cosine": round(cosine, 2),
        "sentence": round(sentence, 2),
        "near": round(near, 2),
        "lead": lead,
        "happening": same,
        "named": named,
    }
    if of is not None:
        why["of"] = round(of, 2)
    return Pair(one, other, agree, max(0.0, min(1.0, total)), why)
