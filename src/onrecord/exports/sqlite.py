"""SQLite that Datasette opens well: a table for each part, keys, foreign keys and a search index.

An entry is named by its report and its id (``report#e1``), so that one column refers to one row and
Datasette makes it a link. Offsets are code points, counted from 0; SQLite's ``substr`` counts code
points from 1: ``substr(text, start + 1, end - start)``. ``spans`` holds all words of every entry.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from onrecord.exports.contract import ExportError, Lost
from onrecord.exports.marks import marks_of
from onrecord.record.model import PARTS, Record
from onrecord.record.rows import Context, columns

_TYPES = {str: "TEXT", int: "INTEGER", float: "REAL", bool: "INTEGER"}
_OF_REPORT = frozenset({"published", "source", "title", "url", "file", "report_published",
                        "report_source", "report_title", "report_url", "report_file"})  # fmt: skip
_REPORTS = ("id", "published", "published_basis", "title", "source", "credit", "url", "file",
            "language", "form", "text", "text_sha256")  # fmt: skip


def write_path(records: Iterable[Record], path: Path, lost: Lost) -> None:
    """Writes the database ``path``, which must not exist.

    A report that comes twice is kept once, and counted in ``lost``. Raises ``ExportError`` where
    the file cannot be made.
    """
    try:
        database = sqlite3.connect(path)
    except sqlite3.Error as error:
        raise ExportError(f"cannot write {path}: {error}") from error
    try:
        with database:
            _make(database)
            for record in records:
                if _add(database, record):
                    _add_entries(database, record)
                else:
                    lost["reports whose id came before"] += 1
            _index(database)
        database.execute("ANALYZE")
    finally:
        database.close()


def _own(part: str) -> list[tuple[int, str, str]]:
    """The columns of a part that are its own: number in the row, name, type."""
    kept = []
    for number, column in enumerate(columns(part)):
        if column.name in _report_columns(part) or column.name in ("report", "id", "key"):
            continue
        kept.append((number, column.name, _TYPES[column.type]))
    return kept


def _report_columns(part: str) -> set[str]:
    """The columns that repeat the report: its table has them here."""
    names = [column.name for column in columns(part)]
    return set(names[: names.index("id")]) & _OF_REPORT


def _make(database: sqlite3.Connection) -> None:
    own = ", ".join(f"{name} TEXT" for name in _REPORTS[1:])
    database.execute(
        f"CREATE TABLE reports (id TEXT PRIMARY KEY, {own}, authors TEXT, onrecord TEXT, "
        "problems TEXT)"
    )
    for part in PARTS:
        own = ", ".join(f'"{name}" {type_}' for _, name, type_ in _own(part))
        extra = _references(part)
        database.execute(
            f"CREATE TABLE {part} (entry TEXT PRIMARY KEY, "
            "report TEXT NOT NULL REFERENCES reports(id), id TEXT NOT NULL, "
            f"key TEXT NOT NULL, {own}{extra})"
        )
    database.execute(
        "CREATE TABLE spans (report TEXT NOT NULL REFERENCES reports(id), part TEXT NOT NULL, "
        "mark TEXT NOT NULL, entry TEXT NOT NULL, role TEXT, start INTEGER NOT NULL, "
        '"end" INTEGER NOT NULL, words TEXT NOT NULL)'
    )
    database.execute(
        "CREATE TABLE links (report TEXT NOT NULL REFERENCES reports(id), source TEXT NOT NULL, "
        "role TEXT NOT NULL, target TEXT NOT NULL)"
    )


_TO = {"attribution": "attributions", "nested_in": "attributions", "same_as": "events",
       "changes": "permissions", "event": "events"}  # fmt: skip
_ANY = "of_ref"  # names an entry of one of several parts


def _references(part: str) -> str:
    """Foreign keys to the entries of the same report that a column names."""
    names = {name for _, name, _ in _own(part)}
    return "".join(
        f', FOREIGN KEY ("{name}") REFERENCES {table}(entry)'
        for name, table in _TO.items()
        if name in names
    )


def _entry(record: Record, id_: str) -> str:
    return f"{record.id}#{id_}"


def _add(database: sqlite3.Connection, record: Record) -> bool:
    values = [
        *(getattr(record, name) for name in _REPORTS),
        "; ".join(record.authors),
        f"{record.reader.version} model {record.reader.model}",
        json.dumps([f"{p.part}: {p.reason}" for p in record.problems], ensure_ascii=False),
    ]
    marks = ", ".join("?" * len(values))
    done = database.execute(f"INSERT OR IGNORE INTO reports VALUES ({marks})", values)
    return done.rowcount == 1


def _add_entries(database: sqlite3.Connection, record: Record) -> None:
    context = Context(record)
    for part in PARTS:
        kept, every = _own(part), columns(part)
        rows: list[list[Any]] = []
        for entry in getattr(record, part) or ():
            row = [_entry(record, entry.id), record.id, entry.id, entry.key]
            for number, name, _ in kept:
                value = every[number].get(context, entry)
                if value is not None and (name in _TO or name == _ANY):
                    value = _entry(record, value)
                row.append(value)
            rows.append(row)
        places = ", ".join("?" * (len(kept) + 4))
        database.executemany(f"INSERT INTO {part} VALUES ({places})", rows)
    made = marks_of(record)
    database.executemany(
        "INSERT INTO spans VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                record.id,
                mark.part,
                mark.id,
                _entry(record, mark.id.split(".")[0]),
                mark.role or None,
                *piece,
            )
            for mark in made.marks
            for piece in mark.pieces()
        ],
    )
    database.executemany(
        "INSERT INTO links VALUES (?, ?, ?, ?)",
        [(record.id, link.source, link.role, link.target) for link in made.links],
    )


def _index(database: sqlite3.Connection) -> None:
    for part in PARTS:
        database.execute(f'CREATE INDEX "{part}_key" ON {part}(key)')
    database.execute("CREATE INDEX spans_entry ON spans(entry)")
    database.execute("CREATE INDEX events_type ON events(type, date_start)")
    # Datasette offers a search box for a table that has such an index.
    database.execute("CREATE VIRTUAL TABLE reports_fts USING fts5(title, text, content='reports')")
    database.execute(
        "INSERT INTO reports_fts(rowid, title, text) SELECT rowid, title, text FROM reports"
    )
