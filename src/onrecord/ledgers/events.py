"""What happened: one row for each event, however many reports tell it."""

from __future__ import annotations

import pyarrow as pa

from onrecord.ledgers.asking import TOLD, Conditions, Queries, anchors, in_order, passage
from onrecord.ledgers.question import Question
from onrecord.record.labels import LABELS

TAKES = ("since", "until", "actor", "place", "type", "realis", "background", "about")
TYPES = LABELS["event_type"]


def events(store: Queries, question: Question = Question()) -> pa.Table:  # noqa: B008 - frozen
    """Events by day; only actual ones, and no history, unless asked for.

    A row is a happening, or a mention that was not reconciled (its ``happening`` is null), be it
    that its report is new or that a correction or another reading has changed it since. The day
    is that of the event where the report tells it, else that of the report (``date_basis``).
    """
    question.check("events", TAKES, TYPES)
    asked = Conditions(question)
    return asked.run(store, _query(asked))


def _query(asked: Conditions) -> str:
    return f"""
WITH {TOLD},
mentions_ AS MATERIALIZED (
    SELECT coalesce('h' || m.happening, 'e' || e.report || ':' || coalesce(e.same_as, e.id))
            AS row_key,
        e.report, e.id, m.happening, h.happening IS NOT NULL AS known,
        coalesce(h.type, e.type) AS type, e.modes, e.contexts,
        coalesce(h.realis, e.realis) AS realis, coalesce(h.background, e.background) AS background,
        coalesce(h.label, concat_ws(' ', e.actors, e.anchor, e.recipients)) AS label,
        coalesce(h.start, try_cast(left(e.date_start, 10) AS DATE)) AS told_start,
        coalesce(h."end", try_cast(left(e.date_end, 10) AS DATE)) AS told_end,
        h.date_basis, t.day, coalesce(h.place, e.place) AS place, e.admin1,
        coalesce(h.country, e.country) AS country,
        coalesce(h.lat, e.lat) AS lat, coalesce(h.lon, e.lon) AS lon,
        e.sentence, e.score, t.origin, h.independent, h.named, h.unnamed
    FROM events e JOIN told t USING (report)
    LEFT JOIN (FROM happening_members SEMI JOIN reconciled USING (report)) m
        ON m.report = e.report AND m.event = e.id
    LEFT JOIN happenings h ON h.happening = m.happening
),
wanted AS MATERIALIZED (
    SELECT DISTINCT e.row_key FROM mentions_ e
    WHERE {asked.realis("e.realis", "e.background")} AND {asked.one_of("e.type")}
        AND {asked.place("e.place", "e.admin1", codes=("e.country",))}
        AND {asked.about("e.label", "e.sentence")} AND {asked.party("events", "e.report", "e.id")}
),
chosen AS MATERIALIZED (
    SELECT row_key, any_value(happening) AS happening,
        coalesce(min(told_start), min(day)) AS date,
        coalesce(max(told_end), max(told_start), min(day)) AS date_end,
        CASE WHEN min(told_start) IS NULL AND min(day) IS NOT NULL THEN 'published'
             WHEN min(told_start) IS NOT NULL THEN coalesce(any_value(date_basis), 'told') END
            AS date_basis,
        arg_max(type, score) AS type, arg_max(modes, score) AS modes,
        arg_max(contexts, score) AS contexts, arg_max(realis, score) AS realis,
        bool_and(background) AS background, arg_max(label, score) AS label,
        arg_max(place, score) AS place, arg_max(admin1, score) AS admin1,
        arg_max(country, score) AS country, arg_max(lat, score) AS lat, arg_max(lon, score) AS lon,
        count(DISTINCT report) AS reports,
        coalesce(any_value(independent), count(DISTINCT origin)) AS independent,
        any_value(named) AS named, any_value(unnamed) AS unnamed,
        min(day) AS first, max(day) AS last, max(score) AS score
    FROM mentions_ SEMI JOIN wanted USING (row_key)
    GROUP BY row_key
    HAVING {asked.days("date", "date_end")}
    ORDER BY date NULLS LAST, row_key {asked.limit()}
),
members AS MATERIALIZED (SELECT e.* FROM mentions_ e SEMI JOIN chosen USING (row_key)),
parties AS (
    SELECT row_key,
        list(DISTINCT name ORDER BY name) FILTER (role = 'actor') AS actors,
        list(DISTINCT name ORDER BY name) FILTER (role = 'recipient') AS recipients
    FROM (
        SELECT m.row_key, p.role, coalesce(x.name, p.words) AS name
        FROM members m
        JOIN participants p ON p.part = 'events' AND p.report = m.report AND p.id = m.id
        LEFT JOIN actor_members am ON am.report = p.report AND am.entity = p.entity
        LEFT JOIN actors x ON x.actor = am.actor
    )
    GROUP BY row_key
),
{anchors("events", "anchor")},
passages AS (
    SELECT m.row_key, {in_order(passage())} AS passages
    FROM members m JOIN told t USING (report)
    LEFT JOIN anchors a ON a.report = m.report AND a.id = m.id
    GROUP BY m.row_key
)
SELECT c.happening, c.date, c.date_end, c.date_basis, c.type, c.modes, c.contexts, c.realis,
    c.background, c.label, coalesce(p.actors, []) AS actors,
    coalesce(p.recipients, []) AS recipients, c.place, c.admin1, c.country, c.lat, c.lon,
    c.reports, c.independent, c.named, c.unnamed, c.first, c.last, c.score, s.passages
FROM chosen c LEFT JOIN parties p USING (row_key) JOIN passages s USING (row_key)
ORDER BY c.date NULLS LAST, c.row_key
"""
