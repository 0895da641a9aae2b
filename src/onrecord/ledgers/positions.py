"""Who is for, against and undecided on what, and how that changed."""

from __future__ import annotations

import pyarrow as pa

from onrecord.ledgers.asking import PRONOUN, TOLD, Conditions, Queries
from onrecord.ledgers.question import Question

TAKES = ("since", "until", "actor", "type", "about")
TYPES = ("for", "against", "undecided")

_PERMISSIONS = """
    SELECT p.report, p.id, 'permissions' AS part, 'anchor' AS field, a.entity, a.words AS party,
        coalesce('l' || l.line, lower(coalesce(p.act, p.item, p.sentence))) AS topic_key,
        coalesce(p.act, p.item, p.sentence) AS topic,
        CASE WHEN a.role = 'requester' THEN if(p.deontic = 'forbid', 'against', 'for')
             WHEN p.state IN ('considered', 'conditional') THEN 'undecided'
             WHEN (p.state = 'granted') = (p.deontic IS DISTINCT FROM 'forbid') THEN 'for'
             ELSE 'against' END AS position,
        if(a.role = 'requester', 'requested', p.state)
            || if(p.deontic = 'forbid', ' a ban', '') AS basis,
        p.sentence, p.score
    FROM permissions p
    JOIN participants a ON a.part = 'permissions' AND a.report = p.report AND a.id = p.id
    LEFT JOIN permission_lines l ON l.report = p.report AND l.permission = p.id
    WHERE a.role = 'requester' OR (a.role = 'grantor' AND p.state <> 'requested')"""
# A grantor that was only asked has said nothing; a ban that is withheld or revoked is a leave.
_ATTRIBUTIONS = """
    SELECT a.report, a.id, 'attributions' AS part, 'content' AS field, s.entity,
        a.source_words AS party, lower(a.content) AS topic_key, a.content AS topic,
        CASE a.stance WHEN 'fears' THEN 'against' WHEN 'doubts' THEN 'undecided' ELSE 'for' END
            AS position,
        a.stance AS basis, a.sentence, a.score
    FROM attributions a LEFT JOIN sources s ON s.report = a.report AND s.id = a.id
    WHERE a.stance IN ('wants', 'hopes', 'promises', 'fears', 'doubts')
        AND a.source_words IS NOT NULL"""
_EVENTS = """
    SELECT e.report, e.id, 'events' AS part, 'anchor' AS field, p.entity, p.words AS party,
        coalesce('h' || m.happening, lower(coalesce(e.recipients, e.sentence))) AS topic_key,
        coalesce(e.recipients, e.sentence) AS topic,
        CASE WHEN e.type IN ('AGREE', 'SUPPORT') THEN if(e.realis = 'actual', 'for', 'against')
             ELSE if(e.realis = 'actual', 'against', 'undecided') END AS position,
        if(e.realis = 'actual', '', 'not ') || e.type AS basis, e.sentence, e.score
    FROM events e
    JOIN participants p
        ON p.part = 'events' AND p.report = e.report AND p.id = e.id AND p.role = 'actor'
    LEFT JOIN happening_members m ON m.report = e.report AND m.event = e.id
    WHERE e.type IN ('AGREE', 'SUPPORT', 'REJECT', 'PROTEST')
        AND e.realis IN ('actual', 'negated') AND NOT coalesce(e.background, FALSE)"""
_OBJECTIONS = """
    SELECT w.report, w.id, 'reasons' AS part, 'content' AS field, s.entity, w.told_by AS party,
        lower(w."of") AS topic_key, w."of" AS topic, 'against' AS position, 'objection' AS basis,
        w.sentence, w.score
    FROM reasons w LEFT JOIN sources s ON s.report = w.report AND s.id = w.attribution
    WHERE w.kind = 'objection' AND w.told_by IS NOT NULL AND w."of" IS NOT NULL"""

# DuckDB takes a row that begins with null for the greatest; what has no day comes first here.
_LATEST = "(coalesce(day, DATE '0001-01-01'), report, id, position)"


def positions(store: Queries, question: Question = Question()) -> pa.Table:  # noqa: B008 - frozen
    """One row for each actor and topic, with the latest position, since when, and the one before.

    Positions are told by permissions (who grants, withholds, considers or asks for them), by
    attributions (wants, hopes, promises: for; fears: against; doubts: undecided), by events (AGREE
    and SUPPORT: for; REJECT and PROTEST: against; negated ones the other way) and by objections;
    ``basis`` says by which. The topic is the permission or the event across reports, else the
    words. With ``about``, all that holds these words is one topic. Copies of one text count once.
    Who is named only by words ("a clerk") is another in each text; who is named only by a pronoun
    that was not resolved is left out.
    """
    question.check("positions", TAKES, TYPES)
    asked = Conditions(question)
    topic = "'about'" if question.about is not None else "s.topic_key"
    query = f"""
WITH {TOLD},
all_ AS (
    {_PERMISSIONS}
    UNION ALL BY NAME {_ATTRIBUTIONS}
    UNION ALL BY NAME {_EVENTS}
    UNION ALL BY NAME {_OBJECTIONS}
),
told_ AS MATERIALIZED (
    SELECT s.*, t.day, t.origin, x.actor,
        coalesce('a' || x.actor, 'w' || t.origin || lower(s.party)) AS who,
        coalesce(x.name, s.party) AS name,
        {topic} AS topic_row
    FROM all_ s JOIN told t USING (report)
    LEFT JOIN actor_members m ON m.report = s.report AND m.entity = s.entity
    LEFT JOIN actors x ON x.actor = m.actor
    WHERE (x.actor IS NOT NULL OR NOT regexp_matches(lower(s.party), {PRONOUN}))
        AND {asked.about("s.sentence", "s.topic")} AND {asked.days("t.day")}
        AND {asked.named("s.party", "x.name", "array_to_string(x.names, '; ')", codes="x.codes")}
),
changes AS (
    SELECT *, lag(position) OVER one AS previous
    FROM told_ WINDOW one AS (
        PARTITION BY who, topic_row ORDER BY day NULLS FIRST, report, id, position)
),
turns AS (
    SELECT who, topic_row,
        arg_max(day, {_LATEST}) AS since, arg_max(previous, {_LATEST}) AS before,
        count(previous) AS changes
    FROM changes WHERE previous IS DISTINCT FROM position
    GROUP BY who, topic_row
),
chosen AS MATERIALIZED (
    SELECT s.who, s.topic_row, any_value(s.actor) AS actor, arg_max(s.name, s.score) AS name,
        arg_max(s.topic, s.score) AS topic,
        arg_max(s.position, {_LATEST}) AS position,
        any_value(u.since) AS since, any_value(u.before) AS before,
        any_value(u.changes) AS changes,
        count(DISTINCT (s.origin, s.sentence)) AS statements, count(DISTINCT s.report) AS reports,
        count(DISTINCT s.origin) AS independent, min(s.day) AS first, max(s.day) AS last
    FROM told_ s JOIN turns u USING (who, topic_row)
    GROUP BY s.who, s.topic_row
    HAVING {asked.one_of("position")}
    ORDER BY changes DESC, independent DESC, lower(arg_max(s.name, s.score)), s.topic_row
    {asked.limit()}
),
members AS MATERIALIZED (
    SELECT DISTINCT ON (s.who, s.topic_row, s.report, s.part, s.id, s.position) s.*
    FROM told_ s SEMI JOIN chosen USING (who, topic_row)
),
anchors AS (
    SELECT s.report, s.part, s.id, list([s.start, s."end"] ORDER BY s.start) AS spans
    FROM spans s SEMI JOIN members m
        ON s.report = m.report AND s.part = m.part AND s.id = m.id AND s.field = m.field
    GROUP BY s.report, s.part, s.id
),
passages AS (
    SELECT m.who, m.topic_row,
        list({{'report': t.report, 'id': m.id, 'source': t.outlet, 'published': t.published,
               'url': t.url, 'spans': a.spans, 'words': m.sentence, 'position': m.position,
               'basis': m.basis}} ORDER BY t.day NULLS FIRST, t.report, m.id) AS passages
    FROM members m JOIN told t USING (report)
    LEFT JOIN anchors a ON a.report = m.report AND a.part = m.part AND a.id = m.id
    GROUP BY m.who, m.topic_row
)
SELECT c.actor, c.name, c.topic, c.position, c.since, c.before, c.changes, c.statements,
    c.reports, c.independent, c.first, c.last, s.passages
FROM chosen c JOIN passages s USING (who, topic_row)
ORDER BY c.changes DESC, c.independent DESC, lower(c.name), c.topic_row
"""
    if question.about is not None:
        query = query.replace(
            "arg_max(s.topic, s.score) AS topic", f"{asked.value('about')} AS topic"
        )
    return asked.run(store, query)
