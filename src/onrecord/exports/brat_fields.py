"""Which field of the record each role and attribute of a brat annotation is."""

from __future__ import annotations

from typing import NamedTuple


class Field(NamedTuple):
    """A field: its name, whether it holds several, and whether entries (by key) or words."""

    name: str
    several: bool
    entries: bool


def _words(name: str) -> Field:
    return Field(name, several=False, entries=False)


def _list(name: str) -> Field:
    return Field(name, several=True, entries=False)


def _entry(name: str) -> Field:
    return Field(name, several=False, entries=True)


def _entries(name: str) -> Field:
    return Field(name, several=True, entries=True)


_TOLD = {"tells": _entry("attribution")}
FIELDS: dict[str, dict[str, Field]] = {
    "attributions": {
        "": _words("content"), "cue": _words("cue"), "source": _words("source"),
        "tells": _entry("nested_in"),
    },
    "events": {
        "": _words("anchor"), "actor": _list("actors"), "recipient": _list("recipients"),
        "place": _list("places"), "time": _list("times"), "quantity": _entries("quantities"),
        "same": _entry("same_as"), **_TOLD,
    },
    "permissions": {
        "": _words("anchor"), "time": _list("times"), "limit": _list("limits"),
        "where": _list("where"), "act": _words("act"), "condition": _words("condition"),
        "changes": _entry("changes"), **_TOLD,
        **{role: _list(role) for role in ("grantor", "grantee", "requester", "item", "against")},
    },
    "reasons": {
        "": _words("content"), "cue": _words("anchor"), "of": _words("of"),
        "explains": _entry("of_ref"), **_TOLD,
    },
    "forecasts": {
        "": _words("content"), "cue": _words("cue"), "condition": _words("condition"),
        "time": _words("horizon"), "foretells": _entries("events"), **_TOLD,
    },
    "quantities": {"": _words("spans"), "of": _words("of"), **_TOLD},
    "times": {"": _words("spans")},
    "places": {"": _words("spans")},
}  # fmt: skip
"""By part and role; the role ``""`` is the entry's own words."""

AIMED_BACK = frozenset({"tells", "same"})
"""Relations whose second argument has the field."""


def field_of(part: str, role: str) -> Field:
    """The field of an entry of ``part`` that ``role`` fills; a role of no field stays as it is."""
    return FIELDS.get(part, {}).get(role, _list(role))


def attribute_of(name: str) -> str:
    """The field that an attribute is."""
    return "kind" if name == "reason_kind" else name
