"""Which reports tell of like things, near in time: whatever is to be compared is compared there.

Each report keeps its weightiest word stems (``words.py``); a pair is kept where their cosine is
at least ``LIKE``. The weights are fixed, so a pair never changes when others come.
"""

from __future__ import annotations

from onrecord.reconcile.tables import Connection, given, put
from onrecord.reconcile.words import vector

KEPT = 48
"""Stems kept of a report. Of the pairs of one ECB+ subtopic (train, 575 texts), 0.937 reach
``LIKE`` with 48 stems, 0.918 with 24, 0.965 with all; of the pairs that reach it, 0.68, 0.69, 0.64
are of one subtopic."""
LIKE = 0.16
"""Least cosine of a pair of reports whose events and figures are compared; at 0.12 and 0.2 the two
shares are 0.974 and 0.61, 0.879 and 0.74."""
DAYS = 45
"""Reports published further apart than this are not compared."""
MOST = 80
"""The nearest earlier reports with which one is compared: a bound for stories told by hundreds."""


def add_reports(connection: Connection, batch: list[int]) -> int:
    """Keeps the words of the reports of ``batch`` and their pairs; how many pairs are new."""
    with given(connection, ["report"], [(r,) for r in batch]) as new:
        rows = connection.execute(
            f"""SELECT r.report, r.day, coalesce(r.title, ''), coalesce(t.text, '')
                FROM reports r SEMI JOIN {new} USING (report)
                JOIN texts t USING (text_sha256) ORDER BY r.report"""
        ).fetchall()
        words = [
            (report, word, value)
            for report, _, title, text in rows
            for word, value in vector(f"{title}\n{text}", KEPT).items()
        ]
        days = [(report, day.toordinal() if day else None) for report, day, _, _ in rows]
        put(connection, "likeness_words", ("report", "word", "weight"), words)
        put(connection, "likeness_days", ("report", "day"), days)
        made = connection.execute(
            f"""INSERT INTO likeness_pairs
                WITH mine AS (
                    SELECT w.report, w.word, w.weight, d.day FROM likeness_words w
                    JOIN likeness_days d USING (report) SEMI JOIN {new} USING (report)),
                theirs AS (
                    SELECT w.report, w.word, w.weight, d.day FROM likeness_words w
                    JOIN likeness_days d USING (report)
                    WHERE w.word IN (SELECT word FROM mine)),
                met AS (
                    SELECT b.report "left", a.report "right", sum(a.weight * b.weight) cosine
                    FROM mine a JOIN theirs b USING (word)
                    WHERE (b.report < a.report OR b.report NOT IN (SELECT report FROM {new}))
                      AND (a.day IS NULL OR b.day IS NULL OR abs(a.day - b.day) <= {DAYS})
                    GROUP BY ALL HAVING sum(a.weight * b.weight) >= {LIKE})
                SELECT least("left", "right"), greatest("left", "right"), cosine FROM met
                QUALIFY row_number() OVER (
                    PARTITION BY "right" ORDER BY cosine DESC, "left") <= {MOST}"""
        ).fetchall()
    return int(made[0][0]) if made else 0


def forget_reports(connection: Connection, reports: list[int]) -> None:
    """Takes the words and pairs of ``reports`` out."""
    with given(connection, ["report"], [(r,) for r in reports]) as gone:
        for table in ("likeness_words", "likeness_days"):
            connection.execute(f'DELETE FROM "{table}" WHERE report IN (SELECT report FROM {gone})')
        connection.execute(
            f"""DELETE FROM likeness_pairs WHERE "left" IN (SELECT report FROM {gone})
                OR "right" IN (SELECT report FROM {gone})"""
        )
