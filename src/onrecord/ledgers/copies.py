"""Which reports carry the same text, and where it came from."""

from __future__ import annotations

import pyarrow as pa

from onrecord.ledgers.asking import TOLD, Conditions, Queries
from onrecord.ledgers.question import Question

TAKES = ("since", "until", "type", "about")
TYPES = ("origin", "same", "cut", "rewritten", "quotes")


def copies(store: Queries, question: Question = Question()) -> pa.Table:  # noqa: B008 - frozen
    """A row for each report in a group of copies, the largest groups first, each origin first.

    ``kind`` is how a report relates to its ``origin``; the passage is the beginning of its text.
    One that only shares a passage at length with others is ``quotes``, in a group of its own, and
    ``why`` names them. Reports that have neither have no row. ``size`` counts the whole group,
    whatever is asked for. ``about`` asks for words of the title or the text.
    """
    question.check("copies", TAKES, TYPES)
    asked = Conditions(question)
    kind = """if(c."of" IS NULL AND c.kind IS DISTINCT FROM 'quotes', 'origin', c.kind)"""
    query = f"""
WITH {TOLD},
all_ AS MATERIALIZED (
    SELECT c.cluster, c.report, c."of" AS origin, {kind} AS kind, c.containment, c.similarity,
        t.outlet AS source, t.published, t.day, r.title, t.url, c.why, r.text_sha256,
        count(*) OVER (PARTITION BY c.cluster) AS size, {asked.about("r.title", "w.text")} AS about
    FROM copies c JOIN told t USING (report) JOIN reports r USING (report)
    LEFT JOIN texts w ON w.text_sha256 = r.text_sha256
),
chosen AS MATERIALIZED (
    SELECT * FROM all_ WHERE about AND {asked.one_of("kind")} AND {asked.days("day")}
    ORDER BY size DESC, cluster, origin IS NOT NULL, day NULLS LAST, report {asked.limit()}
)
SELECT c.cluster, c.size, c.report, c.origin, c.kind, c.containment, c.similarity, c.source,
    c.published, c.title, c.url, c.why,
    [{{'report': c.report, 'id': NULL::VARCHAR, 'source': c.source, 'published': c.published,
       'url': c.url, 'spans': [[0::BIGINT, least(length(w.text), 200)::BIGINT]],
       'words': w.text[1:200]}}] AS passages
FROM chosen c LEFT JOIN texts w USING (text_sha256)
ORDER BY c.size DESC, c.cluster, c.origin IS NOT NULL, c.day NULLS LAST, c.report
"""
    return asked.run(store, query)
