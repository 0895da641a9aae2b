"""What tools are asked by: each argument with its limits, and what an agent is told of it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from onrecord.mcp.answer import MOST_PASSAGES, MOST_ROWS
from onrecord.record.labels import LABELS

Since = Annotated[
    str | None, Field(max_length=10, description="From this day on (2031-05-06, 2031-05 or 2031).")
]
Until = Annotated[str | None, Field(max_length=10, description="To this day, which is included.")]
Actor = Annotated[
    str | None,
    Field(max_length=200, description="Who takes part: whole words of a name, or a code (RUS)."),
]
Location = Annotated[
    str | None,
    Field(
        max_length=200,
        description="Whole words of a place's name, or a country's code (UKR) for all in it.",
    ),
]
About = Annotated[
    str | None,
    Field(max_length=200, description="Words that all stand in the passage, in any order."),
]
Limit = Annotated[int, Field(ge=1, le=MOST_ROWS, description="At most so many rows.")]
Passages = Annotated[
    int, Field(ge=1, le=MOST_PASSAGES, description="At most so many passages for each row.")
]
Words = Annotated[
    str,
    Field(
        min_length=1, max_length=200,
        description='Words that all stand in it; "a phrase"; a beginning (negotiat*).',
    ),
]  # fmt: skip


def _some(values: tuple[str, ...], what: str) -> Any:
    """The description of a list of labels."""
    schema: dict[str, Any] = {"items": {"type": "string", "enum": list(values)}}
    return Field(max_length=len(values), description=what, json_schema_extra=schema)


EventTypes = Annotated[
    list[str] | None, _some(LABELS["event_type"], f"PLOVER: {', '.join(LABELS['event_type'])}.")
]
Realis = Annotated[
    list[str] | None,
    _some(
        ("all", *LABELS["realis"]),
        f"As told: {', '.join(LABELS['realis'])}, or all; actual unless given.",
    ),
]
States = Annotated[
    list[str] | None,
    _some(LABELS["permission_state"], f"States: {', '.join(LABELS['permission_state'])}."),
]
Stances = Annotated[
    list[str] | None, _some(LABELS["stance"], f"Stances: {', '.join(LABELS['stance'])}.")
]
Properties = Annotated[
    list[str] | None,
    Field(max_length=20, description="What is told of those counted: killed, wounded, displaced …"),
]
Kinds = Annotated[
    list[str] | None,
    Field(
        max_length=8,
        description="figure, realis, actor, place, date, permission; or contradicts, updates.",
    ),
]
Background = Annotated[bool, Field(description="Also what is told as history.")]
