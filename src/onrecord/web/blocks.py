"""Pages of one thing: facts about it, and what hangs on it, block by block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.store import Store
from onrecord.web.answers import Page
from onrecord.web.listings import Column, Row, rows_of, to, to_entry, to_report
from onrecord.web.lists_read import NAME

MOST = 100
"""Rows of a block; a block with more says where the rest is."""


class NotThereError(LookupError):
    """An address of something that the store does not hold."""


@dataclass(frozen=True)
class Fact:
    """One fact: its name, what it is, and where it leads."""

    name: str
    value: Any
    leads: str | None = None


@dataclass(frozen=True)
class Block:
    """A table under a heading; ``rest`` is where all of it is listed."""

    title: str
    columns: tuple[Column, ...]
    rows: list[Row]
    note: str = ""
    rest: str | None = None


ABOUT = f"r.report, CAST(r.day AS VARCHAR) AS day, r.source AS outlet, left({NAME}, 300) AS name"
DAY = Column("day", "published", "day", lambda row: f"/days/{row['day']}" if row["day"] else None)
REPORT = Column("name", "report", "text", to_report)
OUTLET = Column("outlet", "outlet")
TELLING = (
    Column("realis", "realis", "realis"),
    Column("sentence", "words", "words", to_entry),
    Column("told_by", "told by", "words"),
    DAY,
    REPORT,
    OUTLET,
)
WORDS_OF_EVENT = (
    f"SELECT {ABOUT}, e.id, e.realis, e.type, e.sentence, e.told_by, e.score FROM events e"
    " JOIN reports r USING (report)"
)


def page(kind: str, name: str, facts: Sequence[Fact], blocks: Sequence[Block], **more: Any) -> Page:
    """A page of one thing, in all its forms; its CSV is the first block that has rows."""
    kept = [fact for fact in facts if fact.value not in (None, "", [])]
    shown = [block for block in blocks if block.rows]
    first = shown[0] if shown else None
    return Page(
        template=more.pop("template", "thing.html"),
        title=name,
        context={"kind": kind, "facts": kept, "blocks": shown, **more},
        data={
            "kind": kind,
            "name": name,
            **{fact.name: fact.value for fact in kept},
            **{block.title: block.rows for block in shown},
        },
        rows=first.rows if first else (),
        columns=first.columns if first else (Column("name", "name"),),
    )


def one(store: Store, what: str, sql: str, number: Any) -> Row:
    """The one row that ``sql`` gives. Raises ``NotThereError``."""
    found = rows_of(store, sql, [number])
    if not found:
        raise NotThereError(f"This store has no {what} {number}.")
    return found[0]


EVENT = Column("label", "event", "words", to("events", "happening"))
