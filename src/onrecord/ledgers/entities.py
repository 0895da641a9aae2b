"""Who and what the reports tell of: one row for each, under all its names."""

from __future__ import annotations

import pyarrow as pa

from onrecord.ledgers.asking import TOLD, Conditions, Queries
from onrecord.ledgers.question import Question
from onrecord.record.labels import LABELS

TAKES = ("since", "until", "actor", "type", "about")
TYPES = LABELS["entity_kind"]
PASSAGES = 20
"""At most so many passages a row, the first of a report, the newest reports."""


def entities(store: Queries, question: Question = Question()) -> pa.Table:  # noqa: B008 - frozen
    """Entities by how many reports tell of them.

    A row is an actor across reports, or an entity that was not reconciled (its ``actor`` is null).
    ``merged``: how many entities of single reports were taken for this one; ``why`` of each is in
    the table ``actor_members``. ``about`` asks for words of its role or of the passage.
    """
    question.check("entities", TAKES, TYPES)
    asked = Conditions(question)
    query = f"""
WITH {TOLD},
wanted AS MATERIALIZED (
    SELECT coalesce('a' || m.actor, 'e' || e.report || ':' || e.id) AS row_key, m.actor,
        e.report, e.id, e.mentions, t.day, t.origin
    FROM entities e JOIN told t USING (report)
    LEFT JOIN actor_members m ON m.report = e.report AND m.entity = e.id
    LEFT JOIN actors x ON x.actor = m.actor
    WHERE coalesce(x.name, e.name) IS NOT NULL AND {asked.one_of("coalesce(x.kind, e.kind)")}
        AND {asked.days("t.day")} AND {asked.about("x.role", "e.role", "e.sentence")}
        AND {
        asked.named(
            "x.name",
            "e.name",
            "array_to_string(x.names, '; ')",
            codes="coalesce(x.codes, string_split(e.codes, '; '))",
        )
    }
),
chosen AS MATERIALIZED (
    SELECT row_key, any_value(actor) AS actor, min(row(report, id)) AS one, count(*) AS merged,
        sum(mentions)::BIGINT AS mentions, count(DISTINCT report) AS reports,
        count(DISTINCT origin) AS independent, min(day) AS first, max(day) AS last
    FROM wanted GROUP BY row_key
    ORDER BY reports DESC, mentions DESC, row_key {asked.limit()}
),
newest AS MATERIALIZED (
    SELECT w.row_key, w.report, w.id, w.day FROM wanted w SEMI JOIN chosen USING (row_key)
    QUALIFY row_number() OVER (
        PARTITION BY w.row_key ORDER BY w.day DESC NULLS LAST, w.report DESC, w.id) <= {PASSAGES}
),
anchors AS (
    SELECT s.report, s.entity AS id, min([s.start, s."end"]) AS span
    FROM mentions s SEMI JOIN newest m ON s.report = m.report AND s.entity = m.id
    GROUP BY s.report, s.entity
),
passages AS (
    SELECT m.row_key,
        list({{'report': t.report, 'id': m.id, 'source': t.outlet, 'published': t.published,
               'url': t.url, 'spans': [a.span], 'words': e.sentence}}
             ORDER BY m.day DESC NULLS LAST, m.report DESC, m.id) AS passages
    FROM newest m JOIN told t USING (report) JOIN entities e ON e.report = m.report AND e.id = m.id
    LEFT JOIN anchors a ON a.report = m.report AND a.id = m.id
    GROUP BY m.row_key
)
SELECT c.actor, coalesce(x.name, e.name) AS name, coalesce(x.kind, e.kind) AS kind,
    coalesce(x.codes, string_split(e.codes, '; '), []) AS codes,
    coalesce(x.sectors, string_split(e.sectors, '; '), []) AS sectors,
    coalesce(x.role, e.role) AS role, coalesce(x.names, [e.name]) AS names, c.merged, c.mentions,
    c.reports, c.independent, c.first, c.last, s.passages
FROM chosen c JOIN passages s USING (row_key)
JOIN entities e ON e.report = c.one[1] AND e.id = c.one[2]
LEFT JOIN actors x ON x.actor = c.actor
ORDER BY c.reports DESC, c.mentions DESC, lower(coalesce(x.name, e.name)), c.row_key
"""
    return asked.run(store, query)
