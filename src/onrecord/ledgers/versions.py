"""Reports that changed after they were first read: what was left out and put in."""

from __future__ import annotations

from typing import Protocol

import pyarrow as pa

from onrecord.ledgers.asking import TOLD, Conditions, Queries
from onrecord.ledgers.question import Question
from onrecord.store.versions import Difference

TAKES = ("since", "until", "about")
TYPES = None


class Versioned(Queries, Protocol):
    """A store that can tell how a version differs from the one before."""

    def difference(self, report: int) -> Difference:
        """What changed."""
        ...


def versions(store: Versioned, question: Question = Question()) -> pa.Table:  # noqa: B008 - frozen
    """A row for each version of a report after its first, the newest first.

    ``told`` names what is told of the report and has changed (title, date …), ``left_out`` and
    ``put_in`` are the sentences that are gone and new. ``since`` and ``until`` ask for the day on
    which the version was read, ``about`` for words of either text.
    """
    question.check("versions", TAKES, TYPES)
    asked = Conditions(question)
    query = f"""
WITH {TOLD.replace("WHERE r.current", "")}
SELECT r.report, b.report AS before, r.version, r.current, t.outlet AS source, r.title,
    b.published AS published_before, r.published, r.added, t.url
FROM reports r JOIN told t USING (report)
JOIN reports b ON b.appearance = r.appearance AND b.version = r.version - 1
LEFT JOIN texts w ON w.text_sha256 = r.text_sha256
LEFT JOIN texts o ON o.text_sha256 = b.text_sha256
WHERE {asked.days("r.added::DATE")} AND {asked.about("w.text", "o.text", "r.title")}
ORDER BY r.added DESC, r.report DESC {asked.limit()}
"""
    found = asked.run(store, query)
    changes = [store.difference(report) for report in found["report"].to_pylist()]
    names = pa.list_(pa.string())
    for name, values in {
        "told": [list(change.told) for change in changes],
        "left_out": [list(change.left_out) for change in changes],
        "put_in": [list(change.put_in) for change in changes],
    }.items():
        found = found.append_column(name, pa.array(values, names))
    return found
