"""What was said to come, and whether it has."""

from __future__ import annotations

import pyarrow as pa

from onrecord.ledgers.asking import TOLD, Conditions, Queries, anchors, in_order, passage
from onrecord.ledgers.question import Question

TAKES = ("since", "until", "actor", "type", "about")
TYPES = ("came_about", "did_not", "open", "unmatched")


def forecasts(store: Queries, question: Question = Question()) -> pa.Table:  # noqa: B008 - frozen
    """Forecasts by the day on which they were told; copies of one text count as one.

    ``verdict``: came_about, did_not or open, a proposal with its ``evidence`` (the passage of the
    later event); unmatched where the forecast has not yet been held against later reports.
    ``actor`` asks for whose forecast it is.
    """
    question.check("forecasts", TAKES, TYPES)
    asked = Conditions(question)
    verdict = "coalesce(x.verdict, 'unmatched')"
    query = f"""
WITH {TOLD},
all_ AS MATERIALIZED (
    SELECT 'f' || t.origin || ':' || lower(f.content) AS row_key, f.*, t.day, t.origin,
        {verdict} AS verdict, x.happening, x.event_report, x.event AS event_id, x.due,
        x.score AS match_score
    FROM forecasts f JOIN told t USING (report)
    LEFT JOIN forecast_matches x ON x.report = f.report AND x.forecast = f.id
    WHERE {asked.one_of(verdict)} AND {asked.about("f.content", "f.sentence")}
        AND {asked.named("f.holder", "f.told_by")} AND {asked.days("t.day")}
),
chosen AS MATERIALIZED (
    SELECT row_key, min(day) AS day, arg_min(content, report) AS content,
        arg_min(likelihood, report) AS likelihood, arg_min(holder, report) AS holder,
        arg_min(told_by, report) AS told_by, arg_min(horizon, report) AS horizon,
        coalesce(arg_min(due, report), try_cast(left(arg_min(horizon_end, report), 10) AS DATE))
            AS due,
        arg_min(condition, report) AS condition,
        arg_max(verdict, coalesce(match_score, 0)) AS verdict,
        arg_max_null(happening, coalesce(match_score, 0)) AS happening,
        arg_max_null(event_report, coalesce(match_score, 0)) AS event_report,
        arg_max_null(event_id, coalesce(match_score, 0)) AS event_id,
        max(match_score) AS match_score, count(DISTINCT report) AS reports, max(score) AS score
    FROM all_ GROUP BY row_key
    ORDER BY day NULLS LAST, row_key {asked.limit()}
),
members AS MATERIALIZED (SELECT f.* FROM all_ f SEMI JOIN chosen USING (row_key)),
{anchors("forecasts", "content")},
passages AS (
    SELECT m.row_key, {in_order(passage())} AS passages
    FROM members m JOIN told t USING (report)
    LEFT JOIN anchors a ON a.report = m.report AND a.id = m.id
    GROUP BY m.row_key
),
event_anchors AS (
    SELECT s.report, s.id, list([s.start, s."end"] ORDER BY s.start) AS spans
    FROM spans s SEMI JOIN chosen c ON s.report = c.event_report AND s.id = c.event_id
    WHERE s.part = 'events' AND s.field = 'anchor'
    GROUP BY s.report, s.id
)
SELECT c.day, c.content, c.likelihood, c.holder, c.told_by, c.horizon, c.due, c.condition,
    c.verdict, c.match_score, c.happening, h.label AS happened,
    CASE WHEN e.id IS NOT NULL THEN {passage("e.sentence", "e.id")} END AS evidence,
    c.reports, c.score, s.passages
FROM chosen c JOIN passages s USING (row_key)
LEFT JOIN happenings h ON h.happening = c.happening
LEFT JOIN events e ON e.report = c.event_report AND e.id = c.event_id
LEFT JOIN told t ON t.report = e.report
LEFT JOIN event_anchors a ON a.report = e.report AND a.id = e.id
ORDER BY c.day NULLS LAST, c.row_key
"""
    return asked.run(store, query)
