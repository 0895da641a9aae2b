"""What could not be read, and why."""

from __future__ import annotations

import pyarrow as pa

from onrecord.ledgers.asking import Conditions, Queries
from onrecord.ledgers.question import Question

TAKES = ("since", "until", "type", "about")
TYPES = None


def failures(store: Queries, question: Question = Question()) -> pa.Table:  # noqa: B008 - frozen
    """Inputs that gave no record, those still open first.

    ``input`` is what to give to ``onrecord add`` again; ``resolved`` is the run that took it after
    all. ``since`` and ``until`` ask for the day of the failure, ``type`` for its kind.
    """
    question.check("failures", TAKES, TYPES)
    asked = Conditions(question)
    query = f"""
SELECT failure, name, reason, kind, input, failed_at, run, resolved
FROM failures
WHERE {asked.one_of("kind")} AND {asked.about("name", "reason", "input")}
    AND {asked.days("failed_at::DATE")}
ORDER BY resolved IS NOT NULL, failed_at DESC, failure DESC {asked.limit()}
"""
    return asked.run(store, query)
