"""Search over all texts: an SQLite FTS5 index beside the store, ``STORE.fts``.

DuckDB's own full-text extension is not packaged for the versions that we support, and a search by
``ILIKE`` reads every text. The index holds no text, only where words stand; it can be thrown away
and is made again. Every version of a report is in it; the store says which are current.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice

from onrecord.store import Store, StoreError
from onrecord.web.gate import Gate
from onrecord.web.listings import Row, rows_of

LAYOUT = "1"
_BATCH = 2_000
_FOUND = 2_000
_PLACES = 200
_TABLES = (
    "CREATE TABLE IF NOT EXISTS about (mark TEXT)",
    "CREATE TABLE IF NOT EXISTS done (report INTEGER PRIMARY KEY)",
    "CREATE VIRTUAL TABLE IF NOT EXISTS found USING fts5"
    "(words, content='', tokenize='unicode61 remove_diacritics 2')",
)
_WORD = re.compile(r'"([^"]+)"|(\S+)')


class SearchError(ValueError):
    """A search that has no words, or none that can be looked up."""


@dataclass(frozen=True)
class State:
    """How far the index is: reports in it, and reports in the store."""

    indexed: int
    reports: int

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return self.indexed >= self.reports


class Index:
    """The index of the store behind ``gate``; brought up to date in the background."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.path = gate.path.with_name(gate.path.name + ".fts")
        self.trouble: str | None = None
        self._lock = threading.Lock()

    def update(self) -> None:
        """Adds what the store has and the index has not; one call at a time works, others
        return.
        """
        if not self._lock.acquire(blocking=False):
            return
        try:
            self._update()
            self.trouble = None
        except (StoreError, sqlite3.Error, OSError) as error:
            # Told on the search page: a search in an index that stands still must not look whole.
            self.trouble = str(error)
        finally:
            self._lock.release()

    def _update(self) -> None:
        with self._open() as index:
            while self._add(index):
                pass

    def _add(self, index: sqlite3.Connection) -> int:
        """Adds a batch, and says of how many; another explorer of this store waits meanwhile."""
        with index:
            index.execute("BEGIN IMMEDIATE")
            last = index.execute("SELECT coalesce(max(report), 0) FROM done").fetchone()[0]
            with self.gate.read() as store:
                rows = rows_of(
                    store,
                    "SELECT r.report, concat_ws(chr(10), r.title, r.source, t.text) AS words"
                    " FROM reports r LEFT JOIN texts t USING (text_sha256)"
                    f" WHERE r.report > ? ORDER BY r.report LIMIT {_BATCH}",
                    [last],
                )
            index.executemany(
                "INSERT INTO found (rowid, words) VALUES (?, ?)",
                [(row["report"], row["words"] or "") for row in rows],
            )
            index.executemany("INSERT INTO done VALUES (?)", [(row["report"],) for row in rows])
        return len(rows)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The index, made where it is not there or is of another layout or store."""
        with self.gate.read() as store:
            facts = rows_of(store, "SELECT value FROM meta WHERE name = 'created'")
        mark = f"{LAYOUT} {facts[0]['value'] if facts else ''}"
        if self.path.exists():
            found = self._mark()
            if found is None and self.path.stat().st_size:
                raise OSError(f"{self.path} is not an index of onrecord: move it away")
            if found not in {None, mark}:
                self.path.unlink()
        with closing(sqlite3.connect(self.path, timeout=30)) as index:
            index.execute("PRAGMA journal_mode = WAL")
            with index:
                # One transaction, so that a file that was cut off here is an empty one.
                index.execute("BEGIN IMMEDIATE")
                for statement in _TABLES:
                    index.execute(statement)
                if not index.execute("SELECT count(*) FROM about").fetchone()[0]:
                    index.execute("INSERT INTO about VALUES (?)", [mark])
            yield index

    def _mark(self) -> str | None:
        try:
            with closing(sqlite3.connect(self.path)) as index:
                row = index.execute("SELECT mark FROM about").fetchone()
        except sqlite3.Error:
            return None
        return None if row is None else str(row[0])

    def state(self, store: Store) -> State:
        """How far the index is."""
        reports = rows_of(store, "SELECT count(*) AS n FROM reports")[0]["n"]
        if not self.path.exists():
            return State(0, reports)
        try:
            with closing(sqlite3.connect(self.path, timeout=5)) as index:
                return State(index.execute("SELECT count(*) FROM done").fetchone()[0], reports)
        except sqlite3.Error:
            return State(0, reports)

    def find(self, words: str) -> list[tuple[int, float]]:
        """Reports that hold all of ``words``, best first, with bm25 (less is better).

        Quoted words stand together; a word with ``*`` at its end is a beginning. Raises
        ``SearchError``.
        """
        asked = terms(words)
        if not self.path.exists():
            return []
        match = " AND ".join(
            f'"{term.rstrip("*")}"' + ("*" if term.endswith("*") else "") for term in asked
        )
        try:
            with closing(sqlite3.connect(self.path, timeout=5)) as index:
                return index.execute(
                    "SELECT rowid, bm25(found) FROM found WHERE found MATCH ? ORDER BY 2, "
                    "1 LIMIT ?",
                    [match, _FOUND],
                ).fetchall()
        except sqlite3.Error as error:
            if "no such table" in str(error):
                # Somebody is about to make the index; the page says that it is not whole.
                return []
            raise SearchError(f"cannot look that up: {error}") from error


def terms(words: str) -> list[str]:
    """The words and quoted phrases of a search. Raises ``SearchError`` where there is none."""
    found = [
        (phrase or word).replace('"', " ").replace("\x00", " ").strip()
        for phrase, word in _WORD.findall(words)
    ]
    kept = [term for term in found if re.search(r"\w", term)]
    if not kept:
        raise SearchError("give at least one word to look for")
    return kept


def snippet(text: str, asked: list[str], around: int = 110) -> list[tuple[str, bool]]:
    """Where most terms stand together in ``text``, in pieces: words, and whether they were
    asked.
    """
    pattern = re.compile(
        "|".join(
            r"\b"
            + r"\W+".join(map(re.escape, re.findall(r"\w+", term)))
            + (r"\w*" if term.endswith("*") else r"\b")
            for term in asked
        ),
        re.IGNORECASE,
    )
    places = [match.span() for match in islice(pattern.finditer(text), _PLACES)]
    if not places:
        return [(text[: 2 * around], False)]

    def terms_near(place: tuple[int, int]) -> int:
        return len(
            {
                text[start:end].casefold()
                for start, end in places
                if place[0] <= start <= place[0] + 2 * around
            }
        )

    first, last = max(places, key=terms_near)
    start, end = max(0, first - around // 2), min(len(text), last + 2 * around)
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    made: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = start
    for found in pattern.finditer(text, start, end):
        made += [(text[at : found.start()], False), (found.group(), True)]
        at = found.end()
    return [*made, (text[at:end], False), *([(" …", False)] if end < len(text) else [])]


def entries_with(store: Store, reports: list[int], asked: list[str], most: int = 60) -> list[Row]:
    """Entries of ``reports`` whose sentence holds all the words asked for."""
    if not reports:
        return []
    words = [word for term in asked for word in re.findall(r"\w+", term)]
    conditions = " AND ".join(f"regexp_matches(sentence, $w{n}, 'i')" for n in range(len(words)))
    selects = " UNION ALL ".join(
        f"SELECT report, id, '{part}' AS part, {what} AS says, {label} AS label, {teller} AS "
        "told_by,"
        f' sentence FROM "{part}" WHERE report IN (SELECT unnest($reports::BIGINT[])) AND '
        f"{conditions}"
        for part, what, label, teller in _PARTS
    )
    values: dict[str, object] = {f"w{n}": rf"\b{re.escape(word)}" for n, word in enumerate(words)}
    return rows_of(store, f"SELECT * FROM ({selects}) LIMIT {most}", {**values, "reports": reports})


_PARTS = (
    ("attributions", "content", "stance", "coalesce(source_entities, source_words)"),
    ("events", "concat_ws(' — ', actors, anchor, recipients)", "type || ' ' || realis", "told_by"),
    (
        "permissions",
        "concat_ws(' ', grantor, '→', grantee, ':', act)",
        "state || ' ' || deontic",
        "told_by",
    ),
    ("forecasts", "content", "likelihood", "told_by"),
)
