"""Finding expressions: the rules run over the tokens of a stretch, and neighbours made one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from onrecord.reading.times.engine import compile_pattern, matches
from onrecord.reading.times.grammar import RULES
from onrecord.reading.times.lexer import Lexer, Tok
from onrecord.reading.times.lexicon import OTHER, lexicon
from onrecord.reading.times.meaning import Meaning, Point, Shift, Step


@dataclass(frozen=True)
class Hit:
    """An expression: its tokens (first, after the last), its meaning, the rule that read it."""

    first: int
    last: int
    meaning: Meaning
    rule: str


@dataclass(frozen=True)
class _Match:
    """A match of a rule with its hits; ``order`` is the rule's place in the grammar."""

    first: int
    last: int
    order: int
    hits: tuple[Hit, ...]


@lru_cache(maxsize=1)
def _lexer() -> Lexer:
    return Lexer()


@lru_cache(maxsize=1)
def _idle() -> frozenset[str]:
    """Classes that no expression is made of alone: a run of nothing else is passed over."""
    names = lexicon().cues["idle_classes"]
    return frozenset(lexicon().codes[name] for name in names)


@lru_cache(maxsize=1)
def _between() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may stand between a clock time and its day, and between a day and its clock time."""
    return (
        compile_pattern("(?: COMMA| ON THE?| OF THE?)?"),
        compile_pattern("(?: COMMA? AT| COMMA| IN THE| APPROX)?"),
    )


def find(text: str, start: int, end: int) -> tuple[Sequence[Tok], list[Hit]]:
    """The tokens of a stretch, and the expressions among them, in order and not overlapping."""
    tokens = _lexer().tokens(text, start, end)
    codes = "".join([tok.code for tok in tokens])
    found: list[Hit] = []
    for run in _runs(codes):
        found += _in_run(tokens, codes, run, text)
    joined = _join(found, codes) if found else found
    return tokens, [hit for hit in joined if _stands_alone(tokens, hit)]


def _runs(codes: str) -> Iterator[tuple[int, int]]:
    idle = _idle()
    for match in re.finditer(f"[^{OTHER}]+", codes):
        if not idle.issuperset(match.group()):
            yield match.start(), match.end()


def _in_run(tokens: Sequence[Tok], codes: str, run: tuple[int, int], text: str) -> list[Hit]:
    found: list[_Match] = []
    for order, rule in enumerate(RULES):
        for match in matches(rule, tokens, codes, run, text):
            built = rule.build(match)
            if built is None:
                continue
            parts = built if isinstance(built, list) else [(match.start, match.end, built)]
            made = tuple(Hit(first, last, meaning, rule.name) for first, last, meaning in parts)
            found.append(_Match(match.start, match.end, order, made))
    return _longest(found)


def _longest(found: list[_Match]) -> list[Hit]:
    """The longest matches, the leftmost among equals, none overlapping."""
    taken: list[tuple[int, int]] = []
    out: list[Hit] = []
    for match in sorted(found, key=lambda m: (m.first - m.last, m.first, m.order)):
        if all(match.last <= first or match.first >= last for first, last in taken):
            taken.append((match.first, match.last))
            out += match.hits
    return sorted(out, key=lambda hit: hit.first)


def _stands_alone(tokens: Sequence[Tok], hit: Hit) -> bool:
    """Whether a part of the day is a time by itself: "in the morning", "at dawn"."""
    if hit.rule != "part_of_day":
        return True
    before = tokens[hit.first - 1].text if hit.first else ""
    cues = lexicon().cues
    return before in cues["part_alone" if tokens[hit.first].text == "the" else "part_bare"]


# -- a clock time or part of a day, and the day beside it -----------------------------------


def _join(found: list[Hit], codes: str) -> list[Hit]:
    out: list[Hit] = [found[0]]
    for hit in found[1:]:
        joined = _joined(out[-1], hit, codes)
        if joined is None:
            out.append(hit)
        else:
            out[-1] = joined
    return out


def _joined(left: Hit, right: Hit, codes: str) -> Hit | None:
    """Both as one expression, or None where they are two."""
    gap = codes[left.last : right.first]
    if len(gap) > 2:
        return None
    a, b = left.meaning, right.meaning
    clock_first, day_first = _between()
    meaning: Meaning | None = None
    if clock_first.fullmatch(gap):
        meaning = _at(a, b)
        if meaning is None and not gap and isinstance(a, Point):
            meaning = _continued(a, b)
    if meaning is None and day_first.fullmatch(gap):
        meaning = _at(b, a)
    return None if meaning is None else Hit(left.first, right.last, meaning, "clock")


def _at(clock: Meaning, day: Meaning) -> Meaning | None:
    """The clock time on the day: "9 a.m. Tuesday", "Friday morning", "6 p.m. this evening"."""
    if not isinstance(clock, Point) or not (clock.cal.clock or clock.cal.part) or clock.cal.day:
        return None
    if clock.of is not None:
        return None
    if isinstance(day, Step) and day.part and clock.cal.clock:
        return replace(clock, of=replace(day, part=None))
    if not _is_day(day):
        return None
    assert isinstance(day, Point | Step | Shift)
    return replace(clock, of=replace(day, mod=None), mod=clock.mod or day.mod)


def _is_day(meaning: Meaning) -> bool:
    if isinstance(meaning, Step):
        return meaning.unit == "D" and not meaning.part
    if isinstance(meaning, Shift):
        return meaning.unit == "D"
    if not isinstance(meaning, Point) or meaning.cal.clock or meaning.cal.part or meaning.of:
        return False
    cal = meaning.cal
    return bool((cal.day and cal.month) or cal.weekday or meaning.holiday)


def _continued(first: Point, second: Meaning) -> Meaning | None:
    """ "4:30 in the afternoon", "Tuesday last week"."""
    if isinstance(second, Point) and first.cal.clock and second.cal.part:
        return first
    if isinstance(second, Step) and second.unit == "W" and first.cal.weekday and not first.of:
        return replace(first, of=second)
    return None
