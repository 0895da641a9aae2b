"""Who is quoted, how often, named or not, and by which outlets."""

from __future__ import annotations

import pyarrow as pa

from onrecord.ledgers.asking import PRONOUN, TOLD, Conditions, Queries, passage
from onrecord.ledgers.question import Question
from onrecord.record.labels import LABELS

TAKES = ("since", "until", "actor", "type", "about")
TYPES = LABELS["source_kind"]
PASSAGES = 20
"""At most so many passages a row, the newest; ``statements`` counts all."""


def sources(store: Queries, question: Question = Question()) -> pa.Table:  # noqa: B008 - frozen
    """Sources by how many independent reports quote them.

    ``statements`` and ``direct`` (in quotation marks) count a text once, however often it is
    copied; ``outlets`` are all that print it, with the number of their reports. Unnamed sources of
    one description ("US officials") are one row; who is named neither by a name nor by a
    description is another in each text. ``type`` asks for a kind of source.
    """
    question.check("sources", TAKES, TYPES)
    asked = Conditions(question)
    query = f"""
WITH {TOLD},
said AS (
    SELECT a.report, a.id, a.source_kind AS kind, a.quotation, t.day, t.origin, t.outlet, x.actor,
        hash(t.origin, a.content) AS statement,
        CASE WHEN x.actor IS NOT NULL THEN x.name
             WHEN a.source_kind = 'unnamed' THEN coalesce(a.source_group, a.source_words)
             ELSE coalesce(e.name, a.source_words) END AS name,
        if((a.source_kind <> 'unnamed' AND e.name IS NULL)
               OR regexp_matches(lower(coalesce(a.source_group, a.source_words)), {PRONOUN}),
           t.origin || ':', '') AS alone
    FROM attributions a JOIN told t USING (report)
    LEFT JOIN sources s ON s.report = a.report AND s.id = a.id
        AND a.source_kind IS DISTINCT FROM 'unnamed'
    LEFT JOIN entities e ON e.report = s.report AND e.id = s.entity
    LEFT JOIN actor_members m ON m.report = s.report AND m.entity = s.entity
    LEFT JOIN actors x ON x.actor = m.actor
    WHERE a.source_words IS NOT NULL AND {asked.one_of("a.source_kind")}
        AND {asked.about("a.content", "a.sentence")} AND {asked.days("t.day")}
        AND {
        asked.named("a.source_words", "x.name", "array_to_string(x.names, '; ')", codes="x.codes")
    }
),
keyed AS MATERIALIZED (
    SELECT *, coalesce('a' || actor, (kind = 'unnamed')::INT || alone || lower(name)) AS row_key
    FROM said
),
chosen AS MATERIALIZED (
    SELECT row_key, any_value(actor) AS actor, mode(name) AS name, mode(kind) AS kind,
        mode(kind) <> 'unnamed' AS named, count(DISTINCT statement) AS statements,
        count(DISTINCT statement) FILTER (quotation <> 'indirect') AS direct,
        count(DISTINCT report) AS reports, count(DISTINCT origin) AS independent,
        min(day) AS first, max(day) AS last
    FROM keyed GROUP BY row_key
    ORDER BY independent DESC, statements DESC, lower(mode(name)), row_key {asked.limit()}
),
outlets AS (
    SELECT row_key, list({{'outlet': outlet, 'reports': reports}} ORDER BY reports DESC, outlet)
        AS outlets
    FROM (
        SELECT row_key, outlet, count(DISTINCT report) AS reports
        FROM keyed SEMI JOIN chosen USING (row_key) WHERE outlet IS NOT NULL
        GROUP BY row_key, outlet
    )
    GROUP BY row_key
),
newest AS MATERIALIZED (
    SELECT DISTINCT row_key, report, id, day FROM keyed SEMI JOIN chosen USING (row_key)
    QUALIFY dense_rank() OVER (
        PARTITION BY row_key ORDER BY day DESC NULLS LAST, report DESC, id) <= {PASSAGES}
),
anchors AS (
    SELECT s.report, s.id, list([s.start, s."end"] ORDER BY s.start) AS spans
    FROM spans s SEMI JOIN newest m ON s.report = m.report AND s.id = m.id
    WHERE s.part = 'attributions' AND s.field = 'content'
    GROUP BY s.report, s.id
),
passages AS (
    SELECT m.row_key,
        list({
        passage(words="w.sentence")
    } ORDER BY m.day DESC NULLS LAST, m.report DESC, m.id) AS passages
    FROM newest m JOIN told t USING (report)
    JOIN attributions w ON w.report = m.report AND w.id = m.id
    LEFT JOIN anchors a ON a.report = m.report AND a.id = m.id
    GROUP BY m.row_key
)
SELECT c.actor, c.name, c.kind, c.named, c.statements, c.direct, c.reports, c.independent,
    c.first, c.last, coalesce(o.outlets, []) AS outlets, s.passages
FROM chosen c LEFT JOIN outlets o USING (row_key) JOIN passages s USING (row_key)
ORDER BY c.independent DESC, c.statements DESC, lower(c.name), c.row_key
"""
    return asked.run(store, query)
