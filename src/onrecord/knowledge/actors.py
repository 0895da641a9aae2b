"""Actors known before reading: who they are in PLOVER's codes, on a given day.

Two tables stand in ``data/``: ``actors_own.tsv``, written by hand (office-holders, bodies and
groups up to 2025), and ``actors_phoenix.tsv``, made from the Phoenix dictionaries (to 2015). A
user's own CSV can be read over them. Countries, peoples and capitals are in ``countries.tsv``.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from onrecord.knowledge.actors_lexicon import country_names, country_titles, rows

KINDS_OF_BODY = ("IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC")
"""What stands in PLOVER's country field and is no country."""

SECTORS = (
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS",
    "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC",
)  # fmt: skip
"""PLOVER's sectors."""

COLUMNS = ("name", "other_names", "kind", "codes", "sectors", "role", "from", "to")


class ActorError(ValueError):
    """A table of actors that cannot be read: which file, which line, what is wrong with it."""


class ActorFacts(NamedTuple):
    """What is known of an actor on a day.

    ``codes``: ISO alpha-3 countries, or IGO, UNO, EUR, NGO, ISM, IMG, MNC. ``sectors``: PLOVER's.
    ``role``: the office held ("president"), or None. ``kind``: person, organization, group, place
    or "" where the table does not say. ``name``: the usual name. ``basis``: ``period`` where the
    day lies in the time that the table gives, ``default`` where no time is given, ``last`` where
    the office ended before the day or is not dated otherwise.
    """

    name: str
    kind: str
    codes: tuple[str, ...]
    sectors: tuple[str, ...]
    role: str | None
    basis: str


@dataclass(frozen=True, slots=True)
class Period:
    """What an actor was from ``start`` to ``end`` (YYYYMMDD, both included; "" is open)."""

    start: str
    end: str
    codes: tuple[str, ...]
    sectors: tuple[str, ...]
    role: str | None


@dataclass(eq=False, slots=True)
class _Actor:
    name: str
    kind: str
    periods: list[Period]


class Actors:
    """A table of actors: names to what is known of them, by day."""

    def __init__(self) -> None:
        self._own: dict[str, _Actor] = {}
        self._older: dict[str, tuple[str, str]] = {}
        self._surnames: dict[str, list[_Actor]] | None = None
        self._written: list[tuple[str, str]] = []

    def add(self, names: list[str], kind: str, period: Period) -> None:
        """Adds a period of the actor called ``names``, the first of which is the usual one."""
        actor = self._own.get(key_of(names[0]))
        if actor is None or actor.name != names[0]:
            actor = _Actor(names[0], kind, [])
        actor.periods.append(period)
        for name in names:
            self._own[key_of(name)] = actor
            self._written.append((name, kind))

    def usual_name(self, name: str) -> str | None:
        """The usual name of a hand-written body or group that is also called ``name``."""
        actor = self._own.get(key_of(name))
        return actor.name if actor is not None and actor.kind in {"organization", "group"} else None

    def forget(self, key: str) -> None:
        """Drops what is known by the key of a name: a user's rows replace ours for that name."""
        self._own.pop(key, None)

    def surnames(self) -> frozenset[str]:
        """The last words of the names of the hand-written persons, as written."""
        found = (n.split()[-1] for n, kind in self._written if kind == "person" and " " in n)
        return frozenset(w for w in found if len(w) > 3 and w[0].isupper())

    def names(self) -> list[str]:
        """All names of the table, as keys."""
        return list(dict.fromkeys([*self._own, *self._older]))

    def bodies(self) -> list[tuple[str, str]]:
        """The written names of the hand-written bodies and groups, with their kinds."""
        return [(n, kind) for n, kind in self._written if kind in {"organization", "group"}]

    def get(self, name: str, date: dt.date | None = None) -> ActorFacts | None:
        """What is known of ``name`` on ``date``; None where nothing is.

        With no date: what holds without one, or the last that is known.
        """
        key = key_of(name)
        actor = self._own.get(key)
        if actor is None:
            line = self._older.get(key)
            if line is None:
                return None
            actor = _Actor(line[0], "", _periods(line[1]))
        return _on(actor, date)

    def holder(self, surname: str, date: dt.date | None = None) -> ActorFacts | None:
        """The one person called ``surname`` who holds an office on ``date``; None for several.

        With no date: the one person of that surname in the hand-written table.
        """
        found = [_on(actor, date) for actor in self._called(surname)]
        if date is not None:
            found = [facts for facts in found if facts.basis == "period"]
        if len(found) > 1:
            heads = [facts for facts in found if facts.role in _FIRST_OFFICES]
            found = heads or found
        return found[0] if len(found) == 1 else None

    def surname_codes(self, surname: str) -> tuple[str, ...]:
        """The codes that all persons of the hand-written table called ``surname`` share, if any.

        Whichever of them is meant, and whenever: "the Assad regime" is Syrian.
        """
        known = {p.codes for actor in self._called(surname) for p in actor.periods}
        return known.pop() if len(known) == 1 else ()

    def _called(self, surname: str) -> list[_Actor]:
        if self._surnames is None:
            self._surnames = {}
            for actor in dict.fromkeys(self._own.values()):
                if actor.kind == "person":
                    parts = key_of(actor.name).split()
                    last = (
                        parts[-2]
                        if parts[-1] in {"jr", "ii", "iii"} and len(parts) > 1
                        else parts[-1]
                    )
                    for word in {
                        last,
                        *(parts[:1] if actor.periods[0].codes[0] in _SURNAME_FIRST else ()),
                    }:
                        self._surnames.setdefault(word, []).append(actor)
        return self._surnames.get(key_of(surname), [])


_SURNAME_FIRST = {"CHN", "KOR", "PRK", "TWN", "HKG", "VNM", "KHM", "SGP"}
_FIRST_OFFICES = {"president", "prime minister", "chancellor", "president-elect", "monarch"}


def key_of(name: str) -> str:
    """A name for looking up: small letters, no accents, stops or articles; hyphens are blanks."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"['’`.]", "", plain)
    plain = re.sub(r"[^\w&]+", " ", plain).strip()
    return plain.removeprefix("the ")


def _on(actor: _Actor, date: dt.date | None) -> ActorFacts:
    day = date.strftime("%Y%m%d") if date else ""
    dated = [p for p in actor.periods if p.start or p.end]
    always = [p for p in actor.periods if not p.start and not p.end]
    found: list[Period] = []
    basis = "period"
    if day:
        found = [p for p in dated if (p.start or "0") <= day <= (p.end or "9")]
    if not found and always:
        found, basis = always[:1], "default"
    if found:
        first = max(found, key=lambda p: p.start)
        sectors = dict.fromkeys(s for p in (first, *found) for s in p.sectors)
        codes = first.codes
        return ActorFacts(actor.name, actor.kind, codes, tuple(sectors)[:2], first.role, basis)
    last = max(dated, key=lambda p: p.start or p.end)
    later = day and last.end and day > last.end
    early = day and not later
    nearest = min(dated, key=lambda p: p.start) if early else last
    if not day:
        return ActorFacts(actor.name, actor.kind, last.codes, last.sectors, last.role, "last")
    gone = actor.kind == "person" or "GOV" in nearest.sectors
    sectors_then = ("ELI",) if gone else nearest.sectors
    return ActorFacts(actor.name, actor.kind, nearest.codes, sectors_then, None, "last")


def _periods(cell: str) -> list[Period]:
    found = []
    for part in cell.split(";"):
        when, codes, sectors = part.split(":")
        start, end = when.split("-")
        found.append(Period(start, end, _list(codes), _list(sectors), None))
    return found


def _list(cell: str) -> tuple[str, ...]:
    return tuple(x for x in cell.split("|") if x)


@lru_cache(maxsize=4)
def load_actors(extra: Path | None = None) -> Actors:
    """The table of actors, with the user's CSV ``extra`` read over it.

    The CSV has a header with ``name`` and ``codes``, and if need be ``other_names``, ``kind``,
    ``sectors``, ``role``, ``from``, ``to`` (ISO dates); cells with several values divide them by
    ``|``. A name of ours that it lists is known by its rows alone. Raises ``ActorError`` with the
    line and the way out where it cannot be read.
    """
    table = Actors()
    for name, keys, periods in rows("actors_phoenix.tsv"):
        for key in keys.split("|"):
            table._older.setdefault(key, (name, periods))
    for cells in rows("actors_own.tsv"):
        filled = [*cells, *[""] * (len(COLUMNS) - len(cells))]
        _add_row(table, dict(zip(COLUMNS, filled, strict=True)), "actors_own.tsv")
    if extra is not None:
        _add_csv(table, extra)
    return table


class _InUse:
    """The user's table that reading goes by, if any."""

    extra: Path | None = None


def use_actors(extra: Path | None) -> None:
    """Sets the user's CSV that reading goes by in this process from now on; None for ours alone.

    Raises ``ActorError`` as ``load_actors`` does.
    """
    load_actors(extra)
    _InUse.extra = extra


def actors_in_use() -> Actors:
    """The table that reading goes by."""
    return load_actors(_InUse.extra)


def _add_csv(table: Actors, path: Path) -> None:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = {"name", "codes"} - set(reader.fieldnames or ())
            if missing:
                raise ActorError(
                    f"{path}: no column {', '.join(sorted(missing))}; the first line must name the "
                    f"columns, of which {', '.join(COLUMNS)} are known"
                )
            replaced: set[str] = set()
            for row in reader:
                key = key_of(row.get("name") or "")
                if key not in replaced:
                    table.forget(key)
                    replaced.add(key)
                where = f"{path}, line {reader.line_num}"
                _add_row(table, {k: v or "" for k, v in row.items() if k}, where)
    except OSError as error:
        raise ActorError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ActorError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error


def _add_row(table: Actors, row: dict[str, str], where: str) -> None:
    name = row.get("name", "").strip()
    if not name or not key_of(name):
        raise ActorError(f"{where}: no name")
    codes = _list(row.get("codes", "").strip())
    for code in codes:
        if code not in country_titles() and code not in KINDS_OF_BODY:
            raise ActorError(
                f"{where}: {code!r} is no country (ISO alpha-3) "
                f"and none of {', '.join(KINDS_OF_BODY)}"
            )
    sectors = _list(row.get("sectors", "").strip())
    for sector in sectors:
        if sector not in SECTORS:
            raise ActorError(f"{where}: {sector!r} is no sector; known are {', '.join(SECTORS)}")
    start = _day(row.get("from", ""), "0101", where)
    end = _day(row.get("to", ""), "1231", where)
    if start and end and start > end:
        raise ActorError(f"{where}: from {row['from']} is after to {row['to']}")
    names = [name, *_list(row.get("other_names", ""))]
    period = Period(start, end, codes, sectors, row.get("role", "").strip() or None)
    table.add(names, row.get("kind", "").strip(), period)


def _day(cell: str, rest: str, where: str) -> str:
    """YYYY, YYYY-MM or YYYY-MM-DD as YYYYMMDD; what is not told is the first or last of it."""
    cell = cell.strip()
    if not cell:
        return ""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", cell)
    if not found:
        raise ActorError(f"{where}: {cell!r} is no date (YYYY, YYYY-MM or YYYY-MM-DD)")
    year, month, day = found.groups()
    return (
        year
        + (month or rest[:2])
        + (day or (rest[2:] if not month else "01" if rest[2:] == "01" else "31"))
    )


def codes_for(
    name: str, date: dt.date | None = None, table: Actors | None = None
) -> ActorFacts | None:
    """What is known of ``name`` on ``date``: an actor of the table, a country, a people, a capital.

    None where nothing is known. The table of actors wins over the countries.
    """
    found = (table or actors_in_use()).get(name, date)
    if found is not None:
        return found
    country = country_names().get(name.removeprefix("the ").removeprefix("The "))
    if country is None:
        return None
    kind = {"name": "country", "adjective": "country", "people": "group"}.get(
        country.relation, "place"
    )
    return ActorFacts(country_titles()[country.code], kind, (country.code,), (), None, "default")
