"""What persons have said against the reading."""

from __future__ import annotations

import pyarrow as pa

from onrecord.ledgers.asking import TOLD, Conditions, Queries
from onrecord.ledgers.question import Question

TAKES = ("since", "until", "type", "about")
TYPES = ("reject", "set", "add", "same", "different", "lost", "undone")


def corrections(store: Queries, question: Question = Question()) -> pa.Table:  # noqa: B008 - frozen
    """Corrections, those that have lost their entry first, then the newest.

    ``holds`` is false where no entry is found any more that the correction could hold on to.
    ``type`` asks for an action, for those that are ``lost``, or for those that were ``undone``.
    ``since`` and ``until`` ask for the day on which they were made.
    """
    question.check("corrections", TAKES, TYPES)
    asked = Conditions(question)
    lost = "if(NOT c.holds AND c.undone IS NULL, 'lost', NULL)"
    undone = "if(c.undone IS NOT NULL, 'undone', NULL)"
    query = f"""
WITH {TOLD.replace("WHERE r.current", "")},
chosen AS MATERIALIZED (
    SELECT c.* FROM corrections c
    WHERE ({asked.one_of("c.action")} OR {asked.one_of(lost)} OR {asked.one_of(undone)})
        AND {asked.days("c.made::DATE")}
        AND {asked.about("c.words", "c.other_words", "c.note", "c.value::VARCHAR")}
    ORDER BY c.holds OR c.undone IS NOT NULL, c.made DESC, c.correction DESC {asked.limit()}
)
SELECT c.correction, c.made, c.author, c.action, c.part, c.words, c.field, c.value, c.other_part,
    c.other_words, c.note, c.holds, c.undone, c.undone_by,
    list_filter([
        {{'report': t.report, 'id': d.id, 'source': t.outlet, 'published': t.published,
          'url': t.url, 'spans': c.spans::BIGINT[][], 'words': c.words}},
        {{'report': o.report, 'id': e.id, 'source': o.outlet, 'published': o.published,
          'url': o.url, 'spans': c.other_spans::BIGINT[][], 'words': c.other_words}}
    ], lambda one: one.report IS NOT NULL) AS passages
FROM chosen c
LEFT JOIN told t ON t.report = c.report
LEFT JOIN told o ON o.report = c.other_report
LEFT JOIN corrected d ON d.correction = c.correction AND d.side = 'this'
LEFT JOIN corrected e ON e.correction = c.correction AND e.side = 'other'
ORDER BY c.holds OR c.undone IS NOT NULL, c.made DESC, c.correction DESC
"""
    return asked.run(store, query)
