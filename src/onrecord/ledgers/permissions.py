"""Who lets whom do what: each permission and how it changed, or its state on a day."""

from __future__ import annotations

import pyarrow as pa

from onrecord.ledgers.asking import TOLD, Conditions, Queries, anchors, in_order, passage
from onrecord.ledgers.question import Question
from onrecord.record.labels import LABELS

TAKES = ("since", "until", "actor", "place", "type", "about", "as_of")
TYPES = LABELS["permission_state"]
_PRONOUNS = ("he", "him", "his", "she", "her", "it", "its", "they", "them", "their", "who", "whom",
             "which", "that", "this")  # fmt: skip


def permissions(store: Queries, question: Question = Question()) -> pa.Table:  # noqa: B008 - frozen
    """Permissions, each by its turns: a row is a state that lasted from ``day`` to ``last_day``.

    A ``line`` is one permission across reports (null where it was not reconciled); its turns stand
    together, in order, and all reports that tell a turn are its passages. ``before`` is the state
    that it followed. With ``as_of``, only the turn that each line was in on that day; ``disputed``
    where reports of the same day tell of different states. A permission for which neither a report
    nor its words tell a day has no state on any day.
    """
    question.check("permissions", TAKES, TYPES)
    asked = Conditions(question)
    return asked.run(store, _query(asked))


def _query(asked: Conditions) -> str:
    as_of, latest = "TRUE", ""
    if asked.question.as_of is not None:
        as_of = f"day <= {asked.value('as_of')}::DATE"
        latest = "QUALIFY row_number() OVER (PARTITION BY row_line ORDER BY turn DESC) = 1"
    return f"""
WITH {TOLD},
told_ AS MATERIALIZED (
    SELECT coalesce('l' || l.line, 'p' || p.report || ':' || p.id) AS row_line, l.line,
        p.* REPLACE ({_named("grantor")}, {_named("grantee")}, {_named("requester")}),
        coalesce(l.day, t.day) AS day, t.origin,
        if(l.day IS DISTINCT FROM t.day AND l.day IS NOT NULL, 'told', 'published') AS day_basis
    FROM permissions p JOIN told t USING (report)
    LEFT JOIN permission_lines l ON l.report = p.report AND l.permission = p.id
),
lines AS MATERIALIZED (
    SELECT DISTINCT p.row_line FROM told_ p
    WHERE {asked.place('p."where"', "p.item", "p.sentence")}
        AND {asked.about("p.sentence", "p.item", "p.act")}
        AND {asked.party("permissions", "p.report", "p.id")}
),
dated AS (
    SELECT * FROM told_ SEMI JOIN lines USING (row_line) WHERE {as_of}
),
changes AS (
    SELECT *, lag(state || coalesce(deontic, '')) OVER turns
            IS DISTINCT FROM state || coalesce(deontic, '') AS is_new,
        lag(state) OVER turns AS previous,
        count(*) OVER (PARTITION BY row_line, day)
            > count(*) OVER (PARTITION BY row_line, day, state, deontic) AS disputed
    FROM dated WINDOW turns AS (PARTITION BY row_line ORDER BY day NULLS FIRST, report, id)
),
turned AS MATERIALIZED (
    SELECT *, sum(is_new::INT) OVER (PARTITION BY row_line ORDER BY day NULLS FIRST, report, id)
        AS turn
    FROM changes
),
turns AS (
    SELECT row_line, turn, any_value(line) AS line, min(day) AS day, max(day) AS last_day,
        any_value(day_basis) AS day_basis, any_value(state) AS state, any_value(deontic) AS deontic,
        any_value(previous) FILTER (is_new) AS before, bool_or(disputed) AS disputed,
        count(DISTINCT report) AS reports, count(DISTINCT origin) AS independent,
        arg_max(grantor, score) AS grantor, arg_max(grantee, score) AS grantee,
        arg_max(requester, score) AS requester, arg_max(item, score) AS item,
        arg_max(act, score) AS act, arg_max("where", score) AS "where",
        arg_max(against, score) AS against, arg_max(limits, score) AS limits,
        arg_max(condition, score) AS condition, arg_max(told_by, score) AS told_by,
        max(score) AS score
    FROM turned GROUP BY row_line, turn
),
standing AS (SELECT *, min(day) OVER (PARTITION BY row_line) AS begins FROM turns {latest}),
chosen AS MATERIALIZED (
    SELECT * FROM standing
    WHERE {asked.one_of("state")} AND {asked.days("day", "last_day")}
    ORDER BY begins NULLS LAST, row_line, turn {asked.limit()}
),
members AS MATERIALIZED (SELECT p.* FROM turned p SEMI JOIN chosen USING (row_line, turn)),
{anchors("permissions", "anchor")},
passages AS (
    SELECT m.row_line, m.turn, {in_order(passage())} AS passages
    FROM members m JOIN told t USING (report)
    LEFT JOIN anchors a ON a.report = m.report AND a.id = m.id
    GROUP BY m.row_line, m.turn
)
SELECT c.line, c.day, c.last_day, c.day_basis, c.state, c.deontic, c.before, c.disputed, c.grantor,
    c.grantee, c.requester, c.item, c.act, c."where", c.against, c.limits, c.condition, c.told_by,
    c.reports, c.independent, c.score, s.passages
FROM chosen c JOIN passages s USING (row_line, turn)
ORDER BY c.begins NULLS LAST, c.row_line, c.turn
"""


def _named(role: str) -> str:
    """The words of ``role``; for a pronoun the name of whom it stands for, where that is known."""
    words = ", ".join(f"'{word}'" for word in _PRONOUNS)
    return f"if(lower({role}) IN ({words}), coalesce({role}_entities, {role}), {role}) AS {role}"
