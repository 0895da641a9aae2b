"""What happened, day by day: events, and permissions as they changed."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
from msgspec.structs import replace

from onrecord.ledgers.asking import Queries
from onrecord.ledgers.events import events
from onrecord.ledgers.permissions import permissions
from onrecord.ledgers.question import Question
from onrecord.record.labels import LABELS

TAKES = ("since", "until", "actor", "place", "type", "realis", "background", "about")
TYPES = (*LABELS["event_type"], *LABELS["permission_state"])

_SHARED = ("date", "date_end", "date_basis", "kind", "type", "label", "who", "whom", "place",
           "country", "reports", "independent", "passages")  # fmt: skip


def timeline(store: Queries, question: Question = Question()) -> pa.Table:  # noqa: B008 - frozen
    """Events and permissions by day, those without any day last.

    ``kind`` is event or permission, ``type`` the PLOVER type of the one and the state of the other.
    ``who`` and ``whom`` are actors and recipients, grantors and grantees. ``realis`` and
    ``background`` ask for events as in the ledger of events.
    """
    question.check("timeline", TAKES, TYPES)
    tables = []
    for take, labels, ask in (
        (_of_events, LABELS["event_type"], question),
        (_of_permissions, LABELS["permission_state"],
         # Its rows stand line by line: a limit on them would leave out earlier days of other lines.
         replace(question, realis=None, background=False, limit=None)),
    ):  # fmt: skip
        wanted = [one for one in labels if one.casefold() in question.types()]
        if question.type is None or wanted:
            tables.append(take(store, replace(ask, type=",".join(wanted) or None)))
    made = pa.concat_tables(tables)
    order = pc.sort_indices(made, sort_keys=[("date", "ascending"), ("kind", "ascending")])
    return made.take(order[: question.limit])


def _of_events(store: Queries, question: Question) -> pa.Table:
    found = events(store, question)
    return _table(found, kind="event", who=found["actors"], whom=found["recipients"])


def _of_permissions(store: Queries, question: Question) -> pa.Table:
    found = permissions(store, question)
    rows = found.num_rows
    words = pc.list_element(found["passages"], 0)
    label = pc.coalesce(found["act"], found["item"], pc.struct_field(words, "words"))
    day = found["day"]
    return _table(
        found,
        kind="permission",
        who=pc.split_pattern(found["grantor"], "; "),
        whom=pc.split_pattern(found["grantee"], "; "),
        date=day,
        date_end=day,
        date_basis=pc.if_else(pc.is_valid(day), found["day_basis"], pa.scalar(None, pa.string())),
        type=found["state"],
        label=label,
        place=found["where"],
        country=pa.nulls(rows, pa.string()),
    )


def _table(found: pa.Table, *, kind: str, **columns: pa.ChunkedArray | pa.Array) -> pa.Table:
    """``found`` with the columns of a timeline."""
    columns["kind"] = pa.array([kind] * found.num_rows, pa.string())
    return pa.table({n: columns[n] if n in columns else found[n] for n in _SHARED})
