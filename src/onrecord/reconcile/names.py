"""What the name of an entity says of who it is: the key under which others may be the same.

A **block** is a key that two entities must share to be one at all; a **group** is a key under which
they are one without more ado. What joins groups of a block is in ``entities.py``.
"""

from __future__ import annotations

import datetime as dt
import re

from msgspec import Struct

from onrecord.knowledge.actors import Actors, key_of
from onrecord.knowledge.actors_lexicon import country_names, country_titles, nicknames

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,7}")
_FORCES = {
    "government": "GOV", "administration": "GOV", "army": "MIL", "military": "MIL", "forces": "MIL",
    "troops": "MIL", "soldiers": "MIL", "navy": "MIL", "police": "COP", "parliament": "LEG",
}  # fmt: skip
_TITLES = {"GOV": "government", "MIL": "armed forces", "COP": "police", "LEG": "parliament"}


class Told(Struct, frozen=True):
    """What a report tells of an entity; lists are joined by ``"; "``, codes are PLOVER's."""

    report: int
    entity: str
    name: str | None
    kind: str
    codes: str | None
    sectors: str | None
    words: str
    day: dt.date | None


class Named(Struct, frozen=True):
    """An entity of a report, made ready to be compared.

    ``form``: known (a person of the table of actors), full, surname, country, body, acronym, or
    codes (no name, but a country's army, police, government or parliament).
    """

    block: str
    group: str
    form: str
    name: str
    code: str | None


def named(told: Told, actors: Actors) -> Named | None:
    """How an entity is to be compared; None for what stays apart: "the foreign minister"."""
    name = told.name
    code = told.codes.split("; ")[0] if told.codes else None
    if name is None:
        return _force(told, code)
    key = key_of(name)
    if not key:
        return None
    if told.kind == "country" and code in country_titles():
        return Named(f"country:{code}", f"country:{code}", "country", country_titles()[code], code)
    if told.kind == "person":
        return _person(told, name, code, actors)
    country = country_names().get(name.removeprefix("the ").removeprefix("The "))
    if country is not None and country.relation == "name" and told.kind != "place":
        title = country_titles()[country.code]
        group = f"country:{country.code}"
        return Named(group, group, "country", title, country.code)
    usual = actors.usual_name(name)
    facts = None if usual is None else actors.get(name, told.day)
    if usual is not None and facts is not None and (code is None or code in facts.codes):
        key = key_of(usual)
        return Named(f"body:{key}", f"body:{key}", "known", usual, code)
    form = "acronym" if _ACRONYM.fullmatch(name) else "body"
    return Named(f"body:{key}", f"body:{key}|{code or ''}", form, name, code)


def _force(told: Told, code: str | None) -> Named | None:
    heads = {words.split()[-1].casefold() for words in told.words.split("; ") if words.split()}
    sector = next((_FORCES[h] for h in sorted(heads) if h in _FORCES), None)
    if told.kind not in {"organization", "group"} or code not in country_titles():
        return None
    if sector is None or sector not in (told.sectors or "").split("; "):
        return None
    key = f"codes:{code}:{sector}"
    return Named(key, key, "codes", f"{country_titles()[code]} {_TITLES[sector]}", code)


def _person(told: Told, name: str, code: str | None, actors: Actors) -> Named:
    key = key_of(name)
    facts = actors.get(name, told.day)
    if facts is None and " " not in key:
        facts = actors.holder(name, told.day)
    if facts is not None and facts.kind == "person" and (code is None or code in facts.codes):
        known = key_of(facts.name)
        block = f"person:{_surname(known)}"
        return Named(block, f"{block}:{known}", "known", facts.name, facts.codes[0])
    surname = _surname(key)
    block = f"person:{surname}"
    given = _given(key)
    if given is None:
        return Named(block, f"{block}::{told.report}:{told.entity}", "surname", name, code)
    return Named(block, f"{block}:{given} {surname}|{code or ''}", "full", name, code)


def _parts(key: str) -> list[str]:
    return [part for part in key.split() if part not in _SUFFIXES] or key.split()


def _surname(key: str) -> str:
    return _parts(key)[-1]


def _given(key: str) -> str | None:
    """The given name, any of its short forms made one; None where there is a surname only.

    An initial stands for a given name where no other is told.
    """
    before = _parts(key)[:-1]
    if not before:
        return None
    told = next((part for part in before if len(part) > 1), before[0])
    number = nicknames().get(told)
    return told if number is None else f"~{number}"
