"""How many, over time: one row for each thing counted, with the history of its figure."""

from __future__ import annotations

import pyarrow as pa

from onrecord.ledgers.asking import TOLD, Conditions, Queries, anchors, passage
from onrecord.ledgers.question import Question

TAKES = ("since", "until", "actor", "place", "type", "about")
TYPES = None


def figures(store: Queries, question: Question = Question()) -> pa.Table:  # noqa: B008 - frozen
    """What was counted, that which is told most often first.

    ``history``: each value with its day and words, in order, a value of copies once. ``verdict``:
    same, updated or contradicted. ``type`` asks for what is told of those counted (killed, wounded,
    displaced …).
    """
    question.check("figures", TAKES, TYPES)
    asked = Conditions(question)
    with_actor = "TRUE" if question.actor is None else "f.happening IN (FROM in_actors)"
    query = f"""
WITH {TOLD},
members_ AS MATERIALIZED (
    SELECT m.figure, m.report, m.quantity AS id, coalesce(m.day, t.day) AS day, m.value, m.low,
        m.high, m.voice, q.text, q.sentence, t.origin
    FROM figure_members m JOIN told t USING (report)
    LEFT JOIN quantities q ON q.report = m.report AND q.id = m.quantity
),
in_actors AS (
    SELECT DISTINCT e.happening FROM happening_members e
    WHERE {asked.party("events", "e.report", "e.event")}
),
chosen AS MATERIALIZED (
    SELECT f.*, h.label AS happened, h.place, h.country
    FROM figures f LEFT JOIN happenings h ON h.happening = f.happening
    WHERE {asked.one_of("f.property")} AND {asked.days("f.first", "f.last")}
        AND {asked.place("h.place", "f.label", codes=("h.country",))}
        AND {with_actor}
        AND f.figure IN (
            SELECT m.figure FROM members_ m JOIN figures g USING (figure)
            WHERE {asked.about("g.label", 'g."of"', "m.sentence")})
    ORDER BY f.n DESC, f.first NULLS LAST, f.figure {asked.limit()}
),
members AS MATERIALIZED (SELECT m.* FROM members_ m SEMI JOIN chosen USING (figure)),
{anchors("quantities", "self")},
steps AS (
    SELECT DISTINCT ON (figure, origin, value, low, high) * FROM members
    ORDER BY figure, origin, value, low, high, day NULLS LAST, report
),
histories AS (
    SELECT s.figure,
        list({{'day': s.day, 'value': s.value, 'low': s.low, 'high': s.high, 'words': s.text,
               'voice': s.voice, 'report': s.report}} ORDER BY s.day NULLS LAST, s.report)
            AS history
    FROM steps s GROUP BY s.figure
),
passages AS (
    SELECT m.figure,
        arg_max(m.value, (coalesce(m.day, DATE '0001-01-01'), m.report)) AS latest,
        count(DISTINCT m.report) AS reports, count(DISTINCT m.origin) AS independent,
        list({passage()} ORDER BY m.day NULLS LAST, m.report) AS passages
    FROM members m JOIN told t USING (report)
    LEFT JOIN anchors a ON a.report = m.report AND a.id = m.id
    GROUP BY m.figure
)
SELECT c.figure, c.label, c."of", c.property, c.unit, c.happening, c.happened, c.place, c.country,
    c.n, s.latest, c.low, c.high, c.first, c.last, c.verdict, h.history, s.reports, s.independent,
    s.passages
FROM chosen c JOIN histories h USING (figure) JOIN passages s USING (figure)
ORDER BY c.n DESC, c.first NULLS LAST, c.figure
"""
    return asked.run(store, query)
