"""What a reconciled store says of conflicts and support, as lines for ``score_conflicts.py``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb

_CONFLICTS = """
    WITH placed AS (
        SELECT report, 'quantities' part, id, start, start + length(text) "end" FROM quantities
        UNION ALL SELECT report, 'events', id, sentence_start, sentence_start + length(sentence)
        FROM events
        UNION ALL SELECT report, 'permissions', id, sentence_start,
        sentence_start + length(sentence) FROM permissions)
    SELECT c.kind, c.verdict, r.id, a.start, a."end", s.id, b.start, b."end", c.score
    FROM conflicts c
    JOIN placed a ON a.report = left_report AND a.part = left_part AND a.id = left_id
    JOIN placed b ON b.report = right_report AND b.part = right_part AND b.id = right_id
    JOIN reports r ON r.report = left_report JOIN reports s ON s.report = right_report
    ORDER BY ALL"""

_SUPPORT = """
    WITH told AS (
        SELECT m.happening, m.report, e.start, e.start + length(e.anchor) "end", s.voice
        FROM happening_members m JOIN events e ON e.report = m.report AND e.id = m.event
        JOIN support s ON s.happening = m.happening AND list_contains(s.reports, m.report))
    SELECT DISTINCT r.id, a.start, a."end", s.id, b.start, b."end"
    FROM told a JOIN told b ON a.happening = b.happening AND a.report < b.report
        AND a.voice <> b.voice
    JOIN reports r ON r.report = a.report JOIN reports s ON s.report = b.report
    UNION
    SELECT r.id, p.start, p.start + length(p.text), s.id, q.start, q.start + length(q.text)
    FROM links l
    JOIN figure_members a ON a.report = left_report AND a.quantity = left_id
    JOIN figure_members b ON b.report = right_report AND b.quantity = right_id
    JOIN quantities p ON p.report = left_report AND p.id = left_id
    JOIN quantities q ON q.report = right_report AND q.id = right_id
    JOIN reports r ON r.report = left_report JOIN reports s ON s.report = right_report
    WHERE l.part = 'quantities' AND l.why LIKE '%"agree":true%' AND left_report <> right_report
      AND a.voice <> b.voice AND p.told_by IS DISTINCT FROM q.told_by
    ORDER BY ALL"""


def lines_of(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    """The lines, conflicts first."""
    for kind, verdict, left, a, b, right, c, d, sure in connection.execute(_CONFLICTS).fetchall():
        yield {"type": "conflict", "kind": kind, "verdict": verdict, "left": [left, a, b],
               "right": [right, c, d], "score": sure}  # fmt: skip
    for left, a, b, right, c, d in connection.execute(_SUPPORT).fetchall():
        yield {"type": "support", "left": [left, a, b], "right": [right, c, d]}
