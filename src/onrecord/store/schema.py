"""The tables of a store (``docs/store.md``), as SQL."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from onrecord.record.model import PARTS
from onrecord.record.rows import own_columns

SCHEMA = 1
"""The number of this layout; a store of another number is upgraded or refused."""

_SQL = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE", bool: "BOOLEAN"}

KEPT: dict[str, str] = {
    "meta": "name VARCHAR PRIMARY KEY, value VARCHAR NOT NULL",
    "runs": """
        run BIGINT PRIMARY KEY, command VARCHAR NOT NULL, started TIMESTAMP NOT NULL,
        ended TIMESTAMP,
        version VARCHAR NOT NULL, model VARCHAR, pipeline VARCHAR, knowledge VARCHAR,
        options JSON, inputs VARCHAR[], processes INTEGER,
        seen BIGINT, added BIGINT, changed BIGINT, unchanged BIGINT, failed BIGINT,
        skipped BIGINT""",
    "texts": "text_sha256 VARCHAR PRIMARY KEY, text VARCHAR, words BIGINT",
    "reports": """
        report BIGINT PRIMARY KEY, appearance VARCHAR NOT NULL, version INTEGER NOT NULL,
        current BOOLEAN NOT NULL, content VARCHAR NOT NULL, id VARCHAR NOT NULL,
        published VARCHAR, day DATE, published_basis VARCHAR, title VARCHAR, source VARCHAR,
        authors VARCHAR[], credit VARCHAR, url VARCHAR, file VARCHAR, language VARCHAR,
        form VARCHAR, zones JSON, text_sha256 VARCHAR NOT NULL, run BIGINT NOT NULL,
        added TIMESTAMP NOT NULL""",
    "records": """
        report BIGINT NOT NULL, run BIGINT NOT NULL, model VARCHAR, reader JSON NOT NULL,
        body BLOB NOT NULL, read_at TIMESTAMP NOT NULL, current BOOLEAN NOT NULL""",
    "failures": """
        failure BIGINT PRIMARY KEY, run BIGINT NOT NULL, input VARCHAR, name VARCHAR NOT NULL,
        reason VARCHAR NOT NULL, kind VARCHAR NOT NULL, failed_at TIMESTAMP NOT NULL,
        resolved BIGINT""",
    "corrections": """
        correction BIGINT PRIMARY KEY, made TIMESTAMP NOT NULL, author VARCHAR NOT NULL,
        action VARCHAR NOT NULL, report BIGINT NOT NULL, part VARCHAR NOT NULL, key VARCHAR,
        words VARCHAR, spans JSON, field VARCHAR, value JSON, other_report BIGINT,
        other_part VARCHAR, other_key VARCHAR, other_words VARCHAR, other_spans JSON,
        note VARCHAR, undone TIMESTAMP, undone_by VARCHAR, holds BOOLEAN NOT NULL""",
}
"""What is added and never deleted."""

_BESIDE: dict[str, str] = {
    "participants": """
        report BIGINT NOT NULL, part VARCHAR NOT NULL, id VARCHAR NOT NULL, role VARCHAR NOT NULL,
        position INTEGER NOT NULL, words VARCHAR, start BIGINT, "end" BIGINT, entity VARCHAR,
        codes VARCHAR[], sectors VARCHAR[]""",
    "mentions": """
        report BIGINT NOT NULL, entity VARCHAR NOT NULL, kind VARCHAR, words VARCHAR,
        start BIGINT, "end" BIGINT""",
    "sources": "report BIGINT NOT NULL, id VARCHAR NOT NULL, entity VARCHAR NOT NULL",
    "spans": """
        report BIGINT NOT NULL, part VARCHAR NOT NULL, id VARCHAR NOT NULL,
        field VARCHAR NOT NULL, start BIGINT NOT NULL, "end" BIGINT NOT NULL""",
    "claims": """
        report BIGINT NOT NULL, event VARCHAR NOT NULL, attribution VARCHAR,
        realis VARCHAR NOT NULL""",
    "event_places": """
        report BIGINT NOT NULL, event VARCHAR NOT NULL, words VARCHAR, place VARCHAR""",
    "corrected": """
        report BIGINT NOT NULL, correction BIGINT NOT NULL, side VARCHAR NOT NULL,
        part VARCHAR NOT NULL, id VARCHAR NOT NULL""",
    "event_times": 'report BIGINT NOT NULL, event VARCHAR NOT NULL, words VARCHAR, "time" VARCHAR',
}

RECONCILED: dict[str, str] = {
    "reconciled": "report BIGINT PRIMARY KEY, version INTEGER NOT NULL, done_at TIMESTAMP NOT NULL",
    "copies": """
        report BIGINT PRIMARY KEY, cluster BIGINT NOT NULL, "of" BIGINT, containment DOUBLE,
        similarity DOUBLE, kind VARCHAR, why JSON""",
    "stories": "report BIGINT PRIMARY KEY, story BIGINT NOT NULL",
    "actors": """
        actor BIGINT PRIMARY KEY, name VARCHAR, kind VARCHAR, codes VARCHAR[], sectors VARCHAR[],
        role VARCHAR, names VARCHAR[], reports BIGINT, first DATE, last DATE""",
    "actor_members": """
        actor BIGINT NOT NULL, report BIGINT NOT NULL, entity VARCHAR NOT NULL, score DOUBLE,
        why JSON""",
    "happenings": """
        happening BIGINT PRIMARY KEY, type VARCHAR, realis VARCHAR, background BOOLEAN,
        start DATE, "end" DATE, date_basis VARCHAR, place VARCHAR, country VARCHAR,
        lat DOUBLE, lon DOUBLE, label VARCHAR, reports BIGINT, independent BIGINT,
        named BIGINT, unnamed BIGINT, first DATE, last DATE""",
    "happening_members": """
        happening BIGINT NOT NULL, report BIGINT NOT NULL, event VARCHAR NOT NULL,
        score DOUBLE, why JSON""",
    "support": """
        happening BIGINT NOT NULL, voice VARCHAR NOT NULL, reports BIGINT[], source_kind VARCHAR,
        actor BIGINT, realis VARCHAR, first DATE""",
    "figures": """
        figure BIGINT PRIMARY KEY, happening BIGINT, "of" VARCHAR, property VARCHAR, unit VARCHAR,
        label VARCHAR, n BIGINT, low DOUBLE, high DOUBLE, first DATE, last DATE,
        verdict VARCHAR""",
    "figure_members": """
        figure BIGINT NOT NULL, report BIGINT NOT NULL, quantity VARCHAR NOT NULL, day DATE,
        value DOUBLE, low DOUBLE, high DOUBLE, voice VARCHAR""",
    "conflicts": """
        conflict BIGINT PRIMARY KEY, kind VARCHAR NOT NULL, verdict VARCHAR NOT NULL,
        about VARCHAR, happening BIGINT, left_report BIGINT, left_part VARCHAR, left_id VARCHAR,
        left_words VARCHAR, right_report BIGINT, right_part VARCHAR, right_id VARCHAR,
        right_words VARCHAR, score DOUBLE, why JSON""",
    "permission_lines": """
        line BIGINT NOT NULL, report BIGINT NOT NULL, permission VARCHAR NOT NULL, day DATE,
        state VARCHAR, deontic VARCHAR, changes VARCHAR""",
    "forecast_matches": """
        report BIGINT NOT NULL, forecast VARCHAR NOT NULL, verdict VARCHAR NOT NULL,
        happening BIGINT, event_report BIGINT, event VARCHAR, due DATE, score DOUBLE, why JSON""",
}
"""What ``onrecord.reconcile`` makes."""


def part_table(part: str) -> str:
    """The columns of the table of ``part``, as SQL."""
    own = [f'"{column.name}" {_SQL[column.type]}' for column in own_columns(part)]
    return ", ".join(
        ["report BIGINT NOT NULL", "id VARCHAR NOT NULL", "key VARCHAR NOT NULL", *own]
    )


ENTRIES: dict[str, str] = {**{part: part_table(part) for part in PARTS}, **_BESIDE}
"""What is made from the records, for current versions only."""

TABLES: dict[str, str] = {**KEPT, **ENTRIES, **RECONCILED}


def statements(tables: Mapping[str, str] = TABLES) -> list[str]:
    """The statements that make ``tables``, where they are not there."""
    return [f'CREATE TABLE IF NOT EXISTS "{name}" ({columns})' for name, columns in tables.items()]


def columns_of(name: str) -> list[tuple[str, str]]:
    """The columns of the table ``name`` with their types, in order."""
    made = (column.split() for column in TABLES[name].split(","))
    return [(column.strip('"'), type_) for column, type_, *_ in made]


def fingerprint(tables: Mapping[str, str]) -> str:
    """A short name for how ``tables`` are laid out: it changes when one of their columns does."""
    told = "\n".join(f"{name} {' '.join(columns.split())}" for name, columns in tables.items())
    return hashlib.sha256(told.encode()).hexdigest()[:12]
