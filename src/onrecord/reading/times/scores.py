"""How sure an entry is: the share of its class that was right on labelled news.

``time_scores.tsv`` has for each rule, and for each rule with what its value leans on, how many of
its entries overlapped a gold expression with the same value on the train part of TimeBank and
AQUAINT (as corrected by the authors of ARTime). Rare classes lean on the mean.
"""

from __future__ import annotations

from functools import lru_cache

from onrecord.reading.times.lexicon import rows
from onrecord.reading.times.resolve import Resolved

PRIOR, WEIGHT = 0.86, 4
"""The mean of all classes, and the number of cases it stands for in a class."""


@lru_cache(maxsize=1)
def _table() -> dict[str, float]:
    return {
        name: (int(right) + PRIOR * WEIGHT) / (int(cases) + WEIGHT)
        for name, right, cases in rows("time_scores.tsv")
    }


def score(rule: str, result: Resolved) -> float:
    """The calibrated score of an entry; that of an unresolved one is halved."""
    table = _table()
    value = table.get(f"{rule}/{result.basis}", table.get(rule, PRIOR))
    return round(value if result.value is not None else value / 2, 2)
