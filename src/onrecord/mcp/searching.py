"""Search: words in the texts of the reports, or in the sentences of what was read from them.

No index: an agent's tool writes nothing beside a store, so each search reads the texts.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

import pyarrow as pa

from onrecord.ledgers import Question, QuestionError
from onrecord.ledgers.asking import TOLD, Conditions
from onrecord.mcp.answer import Answer, Row, answer
from onrecord.mcp.citing import Citing, Place, around
from onrecord.mcp.columns import COLUMNS
from onrecord.mcp.looking import proven
from onrecord.store import Store

MOST_TERMS = 12
_NEAR = 300
_BESIDE = 120
_PLACES = 100
_TERM = re.compile(r'"([^"]+)"|(\S+)')

_K, _B = 1.2, 0.75
"""BM25's usual constants (Robertson and Zaragoza, 2009, "The Probabilistic Relevance Framework").
Each report that is found holds every term, so a term's rarity, which would be the same factor for
all, is left out."""


def terms(words: str) -> list[str]:
    """The words and ``"quoted phrases"`` of a search; ``*`` at the end of one is a beginning.

    Raises ``QuestionError`` where there is none, or there are more than ``MOST_TERMS``.
    """
    found = [phrase or word for phrase, word in _TERM.findall(words)]
    kept = list(dict.fromkeys(one.strip().casefold() for one in found if re.search(r"\w", one)))
    if not kept:
        raise QuestionError("give at least one word to look for")
    if len(kept) > MOST_TERMS:
        raise QuestionError(f"{len(kept)} words to look for: at most {MOST_TERMS}")
    return kept


def search_texts(
    store: Store, words: str, question: Question, *, limit: int, passages: int
) -> Answer:
    """Reports whose text holds all of ``words``, best first; of copies only one."""
    asked, looked_for = Conditions(question), terms(words)
    values = {f"w{number}": _re2(term) for number, term in enumerate(looked_for)}
    times = [f"len(regexp_extract_all(text, $w{number}))" for number in range(len(looked_for))]
    score = " + ".join(f"{one} * {_K + 1} / ({one} + {_K} * length)" for one in times)
    query = f"""
WITH {TOLD},
held AS (
    SELECT t.report, t.day, t.origin, x.text,
        {1 - _B} + {_B} * x.words / nullif(avg(x.words) OVER (), 0) AS length
    FROM told t JOIN reports r USING (report) JOIN texts x USING (text_sha256)
    WHERE x.text IS NOT NULL AND {asked.days("t.day")}
),
scored AS (
    SELECT report, day, origin, {score} AS score FROM held
    WHERE {" AND ".join(f"regexp_matches(text, ${name})" for name in values)}
)
SELECT *, count(*) OVER (PARTITION BY origin) AS reports FROM scored
QUALIFY row_number() OVER (PARTITION BY origin ORDER BY report = origin DESC, day, report) = 1
ORDER BY score DESC, day DESC NULLS LAST, report LIMIT {int(limit) + 1}
"""
    found = asked.run(_With(store, values), query).to_pylist()
    citing = Citing(store, [row["report"] for row in found])
    rows = []
    for row in found:
        shown = [
            citing.between(Place(row["report"], spans), start, end, True)
            for start, end, spans in _windows(
                citing.text(row["report"]) or "", looked_for, passages
            )
        ]
        read = {"carried_by": row["reports"]}
        rows.append(Row(read=read, quoted={}, passages=shown))
    return answer([row for row in rows if row.passages], limit=limit, notes=without_text(store))


def search_entries(
    store: Store, words: str, question: Question, *, limit: int, passages: int
) -> Answer:
    """Entries whose sentence holds all of ``words``, the newest reports first."""
    asked, looked_for = Conditions(question), terms(words)
    values = {f"w{number}": _re2(term) for number, term in enumerate(looked_for)}
    holds = " AND ".join(f"regexp_matches(e.sentence, ${name})" for name in values)
    parts = " UNION ALL ".join(
        f"SELECT e.report, e.id, '{part}' AS part, '{field}' AS field, {label} AS label, "
        f'{says} AS says, {teller} AS told_by, e.sentence, e.score, e.start FROM "{part}" e '
        f"WHERE {holds}"
        for part, field, label, says, teller in _PARTS
    )
    query = f"""
WITH {TOLD},
held AS ({parts}),
chosen AS MATERIALIZED (
    SELECT h.*, t.day, t.published, t.outlet, t.url FROM held h JOIN told t USING (report)
    WHERE {asked.days("t.day")}
    ORDER BY t.day DESC NULLS LAST, h.report DESC, h.start, h.part, h.id LIMIT {int(limit) + 1}
),
anchors AS (
    SELECT s.report, s.part, s.id, list([s.start, s."end"] ORDER BY s.start) AS spans
    FROM spans s SEMI JOIN chosen c
        ON s.report = c.report AND s.part = c.part AND s.id = c.id AND s.field = c.field
    GROUP BY s.report, s.part, s.id
)
SELECT c.part, c.label, c.score, c.says, c.told_by,
    [{{'report': c.report, 'id': c.id, 'spans': a.spans, 'words': c.sentence}}] AS passages
FROM chosen c LEFT JOIN anchors a ON a.report = c.report AND a.part = c.part AND a.id = c.id
ORDER BY c.day DESC NULLS LAST, c.report DESC, c.start, c.part, c.id
"""
    found = asked.run(_With(store, values), query).to_pylist()
    columns = COLUMNS["entries"]
    notes = without_text(store)
    return proven(store, columns, found, limit=limit, passages=passages, notes=notes)


def without_text(store: Store) -> list[str]:
    """A note where reports cannot be searched, so that it does not look as if they held nothing."""
    count = store.sql(
        "SELECT count(*) AS n FROM reports r JOIN texts t USING (text_sha256) "
        "WHERE r.current AND t.text IS NULL"
    )["n"].to_pylist()[0]
    return [f"{count} reports are kept without their texts and were not searched."] if count else []


_PARTS = (
    ("attributions", "content", "e.stance", "e.content",
     "coalesce(e.source_entities, e.source_words)"),
    ("events", "anchor", "concat_ws(' ', e.type, e.realis)",
     "concat_ws(' ', e.actors, e.anchor, e.recipients)", "e.told_by"),
    ("permissions", "anchor", "concat_ws(' ', e.state, e.deontic)",
     "concat_ws(' ', e.grantor, e.anchor, e.grantee, e.act)", "e.told_by"),
    ("reasons", "content", "e.kind", "e.content", "e.told_by"),
    ("forecasts", "content", "e.likelihood", "e.content", "e.told_by"),
    ("quantities", "self", "concat_ws(' ', e.property, e.unit)", "concat_ws(' ', e.text, e.\"of\")",
     "e.told_by"),
)  # fmt: skip
"""Part, the field whose words are shown, and as SQL: label, what it says, who tells it."""


class _With:
    """A store whose queries get further values."""

    def __init__(self, store: Store, values: dict[str, str]) -> None:
        self._store, self._values = store, values

    def sql(self, query: str, parameters: dict[str, Any] | None = None) -> pa.Table:
        """As ``Store.sql``."""
        return self._store.sql(query, {**(parameters or {}), **self._values})


def _re2(term: str) -> str:
    """A pattern for DuckDB: ``term`` as whole words, in small letters or capitals."""
    return r"(?i)(?:^|[^\pL\pN_])" + _pattern(term, r"[\pL\pN_]*") + r"(?:$|[^\pL\pN_])"


def _python(term: str) -> str:
    """The same pattern for Python, without the letters around it."""
    return r"(?i)(?<!\w)" + _pattern(term, r"\w*") + r"(?!\w)"


def _pattern(term: str, rest: str) -> str:
    escaped = [re.sub(r"([!-/:-@\[-^`{-~])", r"\\\1", word) for word in term.rstrip("*").split()]
    return r"\s+".join(escaped) + (rest if term.endswith("*") else "")


def _windows(
    text: str, looked_for: list[str], most: int
) -> list[tuple[int, int, list[tuple[int, int]]]]:
    """Stretches of ``text`` in which most of the terms stand near one another, with their spans."""
    found = sorted(
        (match.start(), match.end(), number)
        for number, term in enumerate(looked_for)
        for match in islice(re.finditer(_python(term), text), _PLACES)
    )
    ranked = sorted(found, key=lambda at: (-_together(found, at[0]), at[0]))
    taken: list[tuple[int, int, list[tuple[int, int]]]] = []
    for start, end, _ in ranked:
        if len(taken) == most:
            break
        within = _apart(
            [(s, e) for s, e, _ in found if start <= s and e <= max(start + _NEAR, end)]
        )
        low, high = around(text, start, max(e for _, e in within), _BESIDE)
        if all(high <= other_low or low >= other_high for other_low, other_high, _ in taken):
            taken.append((low, high, within))
    return sorted(taken)


def _together(found: list[tuple[int, int, int]], start: int) -> int:
    return len({number for s, _, number in found if start <= s <= start + _NEAR})


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """``spans`` in order, those left out that begin within another."""
    kept: list[tuple[int, int]] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept
