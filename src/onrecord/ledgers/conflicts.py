"""What cannot both be so, and what was updated: two entries, each with its passage."""

from __future__ import annotations

import pyarrow as pa

from onrecord.ledgers.asking import TOLD, Conditions, Queries
from onrecord.ledgers.question import Question

TAKES = ("since", "until", "actor", "place", "type", "about")
TYPES = ("figure", "realis", "actor", "place", "date", "permission", "contradicts", "updates")


def conflicts(store: Queries, question: Question = Question()) -> pa.Table:  # noqa: B008 - frozen
    """Conflicts, the surest first; ``type`` asks for a kind or for a verdict.

    ``verdict``: contradicts, or updates where the later report brings the earlier up to date. Both
    are proposals with a ``score`` and a ``why``. ``since`` and ``until`` ask for the later report.
    """
    question.check("conflicts", TAKES, TYPES)
    asked = Conditions(question)
    query = f"""
WITH {TOLD},
chosen AS MATERIALIZED (
    SELECT c.* REPLACE (coalesce(f.label, c.about) AS about),
        l.day AS left_day, r.day AS right_day, h.label AS happened, h.place, h.country,
        l.outlet AS left_outlet, l.published AS left_published, l.url AS left_url,
        r.outlet AS right_outlet, r.published AS right_published, r.url AS right_url
    FROM conflicts c
    JOIN told l ON l.report = c.left_report
    JOIN told r ON r.report = c.right_report
    LEFT JOIN happenings h ON h.happening = c.happening
    LEFT JOIN figures f ON c.about = 'figure:' || f.figure
    WHERE ({asked.one_of("c.kind")} OR {asked.one_of("c.verdict")})
        AND {asked.days("greatest(l.day, r.day)")}
        AND {asked.place("h.place", "f.label", "c.about", codes=("h.country",))}
        AND {asked.about("f.label", "c.about", "h.label", "c.left_words", "c.right_words")}
        AND ({asked.party("events", "c.left_report", "c.left_id")}
             OR {asked.party("events", "c.right_report", "c.right_id")}
             OR {asked.named("c.left_words", "c.right_words", "h.label")})
    ORDER BY c.score DESC NULLS LAST, c.conflict {asked.limit()}
),
members AS MATERIALIZED (
    SELECT left_report AS report, left_part AS part, left_id AS id FROM chosen
    UNION SELECT right_report, right_part, right_id FROM chosen
),
anchors AS (
    SELECT s.report, s.part, s.id, list([s.start, s."end"] ORDER BY s.start) AS spans
    FROM spans s SEMI JOIN members m ON s.report = m.report AND s.part = m.part AND s.id = m.id
    WHERE s.field = CASE s.part WHEN 'quantities' THEN 'self' WHEN 'places' THEN 'self'
        WHEN 'times' THEN 'self' WHEN 'forecasts' THEN 'content'
        WHEN 'attributions' THEN 'content' ELSE 'anchor' END
    GROUP BY s.report, s.part, s.id
),
sentences AS (
    SELECT m.report, m.part, m.id, w.sentence FROM members m JOIN (
        SELECT report, 'events' AS part, id, sentence FROM events
        UNION ALL SELECT report, 'quantities', id, sentence FROM quantities
        UNION ALL SELECT report, 'permissions', id, sentence FROM permissions
        UNION ALL SELECT report, 'attributions', id, sentence FROM attributions
    ) w USING (report, part, id)
)
SELECT c.conflict, c.kind, c.verdict, c.about, c.happening, c.happened, c.place, c.country,
    c.left_day, c.left_words, c.right_day, c.right_words, c.score, c.why,
    [{_side("left", "la", "ls")}, {_side("right", "ra", "rs")}] AS passages
FROM chosen c
LEFT JOIN anchors la
    ON la.report = c.left_report AND la.part = c.left_part AND la.id = c.left_id
LEFT JOIN anchors ra
    ON ra.report = c.right_report AND ra.part = c.right_part AND ra.id = c.right_id
LEFT JOIN sentences ls
    ON ls.report = c.left_report AND ls.part = c.left_part AND ls.id = c.left_id
LEFT JOIN sentences rs
    ON rs.report = c.right_report AND rs.part = c.right_part AND rs.id = c.right_id
ORDER BY c.score DESC NULLS LAST, c.conflict
"""
    return asked.run(store, query)


def _side(side: str, spans: str, sentence: str) -> str:
    return (
        f"{{'report': c.{side}_report, 'id': c.{side}_id, 'source': c.{side}_outlet, "
        f"'published': c.{side}_published, 'url': c.{side}_url, 'spans': {spans}.spans, "
        f"'words': coalesce({sentence}.sentence, c.{side}_words)}}"
    )
