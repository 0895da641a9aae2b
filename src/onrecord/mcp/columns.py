"""Which columns of a ledger the reader judged, and which are words of the reports."""

from __future__ import annotations

from typing import NamedTuple


class Columns(NamedTuple):
    """Columns by who wrote what is in them; what is in neither is not told to agents."""

    read: tuple[str, ...]
    quoted: tuple[str, ...]


COLUMNS: dict[str, Columns] = {
    "timeline": Columns(
        ("date", "date_end", "date_basis", "kind", "type", "country", "reports", "independent"),
        ("label", "who", "whom", "place"),
    ),
    "events": Columns(
        ("happening", "date", "date_end", "date_basis", "type", "modes", "contexts", "realis",
         "background", "country", "reports", "independent", "named", "unnamed", "first", "last",
         "score"),
        ("label", "actors", "recipients", "place", "admin1"),
    ),
    "permissions": Columns(
        ("line", "day", "last_day", "day_basis", "state", "deontic", "before", "disputed",
         "reports", "independent", "score"),
        ("grantor", "grantee", "requester", "item", "act", "where", "against", "limits",
         "condition", "told_by"),
    ),
    "figures": Columns(
        ("figure", "property", "unit", "happening", "country", "latest", "low", "high", "first",
         "last", "verdict", "reports", "independent", "history"),
        ("label", "of", "happened", "place"),
    ),
    "conflicts": Columns(
        ("conflict", "kind", "verdict", "happening", "country", "left_day", "right_day", "score"),
        ("about", "happened", "place", "left_words", "right_words", "why"),
    ),
    "said": Columns(
        ("stance", "quotation", "source_kind", "first", "last", "reports", "independent", "score"),
        ("source", "source_words", "cue", "content", "within"),
    ),
    "entries": Columns(("part", "label", "score"), ("says", "told_by")),
}  # fmt: skip
