"""Rules over word classes: how a pattern is written, compiled, and run over tokens.

A pattern names classes of ``time_words.tsv`` and shapes of the lexer in capitals; everything else
is regular-expression syntax, and ``name=(…)`` a group. White space means "then".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.reading.times.lexer import Tok
from onrecord.reading.times.lexicon import lexicon
from onrecord.reading.times.meaning import Meaning

MACROS = {
    "YEAR": "(?:Y4|YY)",
    "NUMBER": (
        "(?:(?:D1|D3|Y4|A? NUMW (?:DASH? AND? DASH? NUMW)*)"
        "(?: DASH? AND? DASH? A? DASH? (?:FRACTION|HALF)(?! THE| OF))?|FRACTION)"
    ),
    "VAGUE_COUNT": (
        "(?:A? (?:FEW|COUPLE OF?|VAGUE)|MANY|(?:A|NUMBER)? DOZEN OF?|DOZENS OF (?:NUMW OF)?)"
    ),
    "DAYNUM": "(?:D1|ORDD|ORD DASH? ORD?|NUMW DASH ORD|SECOND)",
    "RANGE": "(?:DASH|WIDE|SLASH)",
    "MONTHNAME": "(?:MONTH|MONTH_ABBR DOT?|MONTH_WORD)",
    "DAYNAME": "(?:WEEKDAY|WEEKDAY_ABBR DOT?)",
    "UNITQ": "(?:UNIT|QUARTER)",
    "UNITX": "(?:UNITQ|SECOND|UNITS|FORTNIGHT)",
    "APX": (
        "(?:APPROX|ALMOST|OVER|UNDER|AT (?:THE VERY? )?(?:LEAST|MOST)|UP TO|"
        "(?:A LITTLE )?(?:NO )?(?:MORE|LESS) THAN|AS (?:MANY|MUCH|LONG|LITTLE|FEW) AS)"
    ),
    "EDGE": (
        "(?:(?:THE? (?:(?:EARLY|LATE|MID) DASH?(?: PART_OF OF| IN(?= THE| Y4)| OF)?|EARLIER|LATER)"
        "|THE? (?:ORD|SECOND|LAST|FINAL|LATTER|OPENING|EARLY|LATE)"
        " (?:HALF(?= OF THE? (?:DEC|MONTH))|UNIT|UNITS|WEEKEND) OF"
        "|THE? VERY? (?:BEGIN|OPENING|END|MIDDLE|(?:EARLY|LATE|LATTER) PART_OF|PART_OF) OF))"
    ),
}
_NAME = re.compile(r"\b[A-Z][A-Z0-9_]+\b|\b[A-Z]\b")


@dataclass
class Found:
    """A match of a rule: its tokens, whole and by group."""

    tokens: Sequence[Tok]
    match: re.Match[str]
    text: str

    def __contains__(self, name: str) -> bool:
        return name in self.match.re.groupindex and self.match.start(name) >= 0

    def __getitem__(self, name: str) -> Sequence[Tok]:
        """The tokens of a group; empty where it took no part."""
        if name not in self:
            return ()
        return self.tokens[self.match.start(name) : self.match.end(name)]

    def span(self, name: str) -> tuple[int, int]:
        """Where a group lies, in tokens."""
        return self.match.span(name)

    @property
    def start(self) -> int:
        """The first token."""
        return self.match.start()

    @property
    def end(self) -> int:
        """The token after the last."""
        return self.match.end()

    @cached_property
    def before(self) -> str:
        """The word before, in small letters; empty at the start."""
        return self.tokens[self.start - 1].text if self.start else ""

    @cached_property
    def after(self) -> str:
        """The word after, in small letters; empty at the end."""
        return self.tokens[self.end].text if self.end < len(self.tokens) else ""

    def value(self, name: str, index: int = 0) -> str:
        """The value of a token of a group."""
        return self[name][index].value

    @staticmethod
    def cues(name: str) -> frozenset[str]:
        """A list of words of ``time_cues.tsv``."""
        return lexicon().cues[name]

    @staticmethod
    def codes(name: str) -> frozenset[str]:
        """The codes of the classes that a pattern's name stands for."""
        names = _NAME.findall(MACROS.get(name, name))
        return frozenset(lexicon().codes[item.lower()] for item in names if item != "DOT")


Part = tuple[int, int, Meaning]
Builder = Callable[[Found], Meaning | list[Part] | None]


@dataclass
class Rule:
    """A named pattern and what makes a meaning of its match."""

    name: str
    pattern: re.Pattern[str]
    build: Builder


class Grammar:
    """Rules in the order of their preference among matches of one length."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []

    def rule(self, pattern: str) -> Callable[[Builder], Builder]:
        """Adds the decorated builder under a pattern."""

        def add(build: Builder) -> Builder:
            self.rules.append(Rule(build.__name__, compile_pattern(pattern), build))
            return build

        return add


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """A pattern over class names as a regular expression over class codes."""
    for _ in range(4):
        pattern = _NAME.sub(lambda m: MACROS.get(m.group(), m.group()), pattern)
    pattern = re.sub(r"\b([a-z_0-9]+)=\(", r"(?P<\1>", pattern)
    codes = lexicon().codes

    def code(match: re.Match[str]) -> str:
        return codes[match.group().lower()]

    out: list[str] = []
    position = 0
    for match in re.finditer(r"\(\?P<\w+>", pattern):
        out += [_NAME.sub(code, pattern[position : match.start()]), match.group()]
        position = match.end()
    out.append(_NAME.sub(code, pattern[position:]))
    return re.compile("".join(out).replace(" ", ""))


def matches(
    rule: Rule, tokens: Sequence[Tok], codes: str, run: tuple[int, int], text: str
) -> Iterator[Found]:
    """All matches of a rule in a run of tokens that are not empty."""
    for match in rule.pattern.finditer(codes, *run):
        if match.end() > match.start():
            yield Found(tokens, match, text)
