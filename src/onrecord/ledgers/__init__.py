"""What many reports say together, as tables: one module, and one function, for each ledger.

    >>> from onrecord.ledgers import Question, show
    >>> with Store("story.duckdb", read_only=True) as store:      # doctest: +SKIP
    ...     table = show(store, "events", Question(actor="RUS", type="ASSAULT"))

Each function takes a store and a ``Question`` and gives an Arrow table. A row leads to its
``passages``: for each the number of its ``report``, the ``id`` of the entry in it, ``source``,
``published``, ``url`` (else the file, else the report's id), ``spans`` (code points into the text)
and ``words`` (the sentence). ``reports`` counts all that tell it, ``independent`` counts copies and
reports that lean on one source once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from onrecord.ledgers.question import Question, QuestionError

if TYPE_CHECKING:
    import pyarrow as pa

    from onrecord.store import Store

LEDGERS: dict[str, str] = {
    "timeline": "What happened, day by day: events, and permissions as they changed.",
    "events": "Each event once, however many reports tell it.",
    "permissions": "Who lets whom do what, and how that changed; --as-of: on that day.",
    "forecasts": "What was said to come, and whether it has.",
    "figures": "How many, over time, with the history of each figure.",
    "positions": "Who is for, against and undecided on what, and how that changed.",
    "sources": "Who is quoted, how often, named or not, by which outlets.",
    "conflicts": "What cannot both be so, and what was updated, with both passages.",
    "copies": "Which reports carry the same text, and where it came from.",
    "entities": "Who and what the reports tell of, under all names.",
    "versions": "Reports that changed after they were first read, and what changed.",
    "corrections": "What persons have said against the reading.",
    "failures": "What could not be read, and why.",
}
"""The ledgers, and what each shows."""


def show(store: Store, ledger: str, question: Question | None = None) -> pa.Table:
    """The rows of ``ledger`` that answer ``question`` (all, where None).

    Raises ``QuestionError`` where there is no such ledger, or it cannot be asked so.
    """
    if ledger not in LEDGERS:
        raise QuestionError(f"no ledger is called {ledger}; there are {', '.join(LEDGERS)}")
    function = getattr(import_module(f"onrecord.ledgers.{ledger}"), ledger)
    table: pa.Table = function(store, question or Question())
    return table


__all__ = ["LEDGERS", "Question", "QuestionError", "show"]
