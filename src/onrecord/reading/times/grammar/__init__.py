"""The grammar of time expressions, a module for each kind; ``RULES`` is all of it.

Written from the TIDES 2005 and TimeML 1.2.1 guidelines. A rule is a pattern over word classes
(``engine.py``) and a function that makes a meaning (``meaning.py``) of its match, or refuses it.
"""

from __future__ import annotations

from onrecord.reading.times.engine import Rule
from onrecord.reading.times.grammar import (
    clocks,
    dates,
    days,
    durations,
    periods,
    relative,
    sets,
    years,
)

RULES: tuple[Rule, ...] = tuple(
    rule
    for module in (dates, years, periods, days, relative, durations, sets, clocks)
    for rule in module.GRAMMAR.rules
)
"""All rules; among matches of one length an earlier rule is preferred."""
