"""What a tool gives back: rows, each with the passages that prove it, within limits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, Field

MOST_ROWS = 50
MOST_PASSAGES = 10
MOST_CHARACTERS = 60_000
"""Of one answer as JSON: some 15,000 tokens, so that no answer fills the memory of an agent."""
_LONGEST_WORDS = 300
_LONGEST_LIST = 12


class Quoted(BaseModel):
    """What others wrote: the words of the report, and how it was published."""

    words: str = Field(description="Verbatim from the report, from words_start to words_end.")
    title: str | None = None
    source: str | None = Field(None, description="The outlet, as the report came with it.")
    published: str | None = Field(None, description="As written.")
    url: str | None = None
    report_id: str | None = Field(None, description="As its source gave it.")


class Passage(BaseModel):
    """Words of a report, with their citation. Offsets are code points into its text."""

    report: int = Field(description="The number of the report in this store.")
    current: bool = Field(description="False: an older version of a report that has changed.")
    day: dt.date | None = Field(None, description="Day of publication.")
    entry: str | None = Field(None, description="The entry that was read from these words.")
    spans: list[tuple[int, int]] = Field(description="Where the very words of the entry stand.")
    words_start: int
    words_end: int
    cut: bool = Field(description="The sentence goes on beyond the words given.")
    quoted: Quoted


class Row(BaseModel):
    """One thing that was found. What is absent from ``read`` and ``quoted`` is not known."""

    read: dict[str, Any] = Field(description="What the reader judged: labels, days, counts, codes.")
    quoted: dict[str, Any] = Field(description="Names and words taken from the reports.")
    passages: list[Passage] = Field(description="The words that prove it; at least one.")
    passages_left_out: int = 0


class Answer(BaseModel):
    """Rows in order; ``says`` tells how whole the answer is, or that nothing was found."""

    found: int = Field(description="The number of rows given here.")
    more: bool = Field(description="There are more rows than were given.")
    says: str
    rows: list[Row]


def answer(
    rows: Sequence[Row],
    *,
    limit: int,
    more: bool = False,
    unproven: int = 0,
    notes: Sequence[str] = (),
) -> Answer:
    """An answer of at most ``limit`` rows and ``MOST_CHARACTERS``; ``rows`` may hold one more.

    ``unproven``: rows that were found and left out, since no words of theirs are in the store.
    """
    kept = list(rows[:limit])
    more = more or len(rows) > limit
    says = list(notes)
    sizes = [len(row.model_dump_json()) for row in kept]
    fitting = _fitting(sizes)
    if fitting < len(kept):
        kept, more = kept[:fitting], True
        says.insert(0, "The answer was cut to its largest size: ask for fewer passages or rows.")
    if unproven:
        says.append(
            f"{unproven} that were found are left out: the store does not hold the words that "
            "prove them."
        )
    elif not kept:
        says.insert(
            0,
            "Nothing was found. That these reports tell nothing of it does not mean that it did "
            "not happen. Other words, days or types may find it: `about` looks at the words of "
            "sentences where `place` and `actor` know only what was read, `search` at whole texts.",
        )
    if more:
        says.insert(0, "There is more: narrow the question, or raise limit.")
    elif kept:
        says.insert(0, "This is all that was found.")
    return Answer(found=len(kept), more=more, says=" ".join(says), rows=kept)


def _fitting(sizes: Sequence[int]) -> int:
    total = 0
    for number, size in enumerate(sizes):
        total += size
        if total > MOST_CHARACTERS and number:
            return number
    return len(sizes)


def plain(value: Any) -> Any:
    """A value of a ledger as JSON has it."""
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    return value


def shortened(value: Any) -> Any:
    """Words of reports, alone or in lists, cut to what a row can carry; ``…`` says where."""
    if isinstance(value, dict):
        return {name: shortened(one) for name, one in value.items()}
    if isinstance(value, str) and len(value) > _LONGEST_WORDS:
        return value[:_LONGEST_WORDS] + "…"
    if isinstance(value, list):
        rest = [f"… and {len(value) - _LONGEST_LIST} more"] if len(value) > _LONGEST_LIST else []
        return [shortened(one) for one in value[:_LONGEST_LIST]] + rest
    return value


def told(value: Any) -> bool:
    """Whether a value says anything."""
    return value is not None and value not in ([], "")
