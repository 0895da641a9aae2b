"""Who said what: attributions of a source, or about a topic."""

from __future__ import annotations

from onrecord.ledgers import Question
from onrecord.ledgers.asking import TOLD, Conditions, anchors, passage
from onrecord.mcp.answer import Answer
from onrecord.mcp.columns import COLUMNS
from onrecord.mcp.looking import proven
from onrecord.record.labels import LABELS
from onrecord.store import Store

TAKES = ("since", "until", "actor", "type", "about")


def said(store: Store, question: Question, *, limit: int, passages: int) -> Answer:
    """Statements, the newest first; one text that was copied says a thing once.

    ``question.type`` asks for a stance. ``actor`` finds a source by any name under which the
    store knows it, so that what "he" said is found too. Raises ``QuestionError``.
    """
    question.check("who said", TAKES, LABELS["stance"])
    asked = Conditions(question)
    query = f"""
WITH {TOLD},
said AS (
    SELECT a.*, t.day, t.origin, hash(t.origin, a.content, a.stance) AS statement,
        coalesce(x.name, e.name, a.source_group, a.source_words) AS source
    FROM attributions a JOIN told t USING (report)
    LEFT JOIN sources s ON s.report = a.report AND s.id = a.id
    LEFT JOIN entities e ON e.report = s.report AND e.id = s.entity
    LEFT JOIN actor_members m ON m.report = s.report AND m.entity = s.entity
    LEFT JOIN actors x ON x.actor = m.actor
    WHERE {asked.one_of("a.stance")} AND {asked.days("t.day")}
        AND {asked.about("a.content", "a.sentence")}
        AND {asked.named("a.source_words", "a.source_group", "e.name", "x.name",
                         "array_to_string(x.names, '; ')", codes="x.codes")}
),
chosen AS MATERIALIZED (
    SELECT statement, mode(source) AS source, mode(source_words) AS source_words,
        mode(source_kind) AS source_kind, mode(cue) AS cue, any_value(content) AS content,
        any_value(stance) AS stance, mode(quotation) AS quotation, min(day) AS first,
        max(day) AS last, count(DISTINCT report) AS reports,
        count(DISTINCT origin) AS independent, max(score) AS score,
        min(said.report) AS report, min(start) AS at, arg_min(nested_in, report) AS nested_in
    FROM said GROUP BY statement
    ORDER BY min(day) DESC NULLS LAST, min(said.report) DESC, min(start), statement
    LIMIT {int(limit) + 1}
),
members AS MATERIALIZED (
    SELECT DISTINCT report, id, sentence, statement
    FROM said SEMI JOIN chosen USING (statement)
),
{anchors("attributions", "content")},
passages AS (
    SELECT m.statement, list({passage()} ORDER BY t.day NULLS LAST, m.report, m.id) AS passages
    FROM members m JOIN told t USING (report)
    LEFT JOIN anchors a ON a.report = m.report AND a.id = m.id
    GROUP BY m.statement
)
SELECT c.*, o.source_words AS within, s.passages
FROM chosen c JOIN passages s USING (statement)
LEFT JOIN attributions o ON o.report = c.report AND o.id = c.nested_in
ORDER BY c.first DESC NULLS LAST, c.report DESC, c.at, c.statement
"""  # fmt: skip
    found = asked.run(store, query).to_pylist()
    return proven(store, COLUMNS["said"], found, limit=limit, passages=passages)
