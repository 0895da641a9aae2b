"""Making a correction and taking it back: checked first, then laid over the record."""

from __future__ import annotations

from typing import Any

import duckdb
import msgspec
from msgspec import Struct, structs

from onrecord.record.invariants import breaches, first_offset
from onrecord.record.model import PARTS, Record
from onrecord.store.anchors import own_words
from onrecord.store.correction import ACTIONS, Correction
from onrecord.store.corrections_of import Said, all_corrections, said_of
from onrecord.store.errors import CorrectionError, UnknownReportError
from onrecord.store.getting import as_read, newest_of
from onrecord.store.overlay import overlay
from onrecord.store.relay import lay_again
from onrecord.store.values import KINDS, keep, keep_entry, restore
from onrecord.store.writing import insert, utc_now


class Wanted(Struct, frozen=True, kw_only=True):
    """A correction as a person asks for it; see ``Store.correct``."""

    action: str
    report: int
    entry: str | None = None
    part: str | None = None
    field: str | None = None
    value: Any = None
    other: tuple[int, str] | None = None
    author: str
    note: str | None = None


def correct(connection: duckdb.DuckDBPyConnection, wanted: Wanted) -> int:
    """Keeps a correction and lays it over, within the caller's transaction; gives its number.

    Raises ``CorrectionError`` where it has no meaning, or the record would not hold with it.
    """
    if wanted.action not in ACTIONS:
        raise CorrectionError(f"{wanted.action!r} is none of {', '.join(ACTIONS)}")
    if not wanted.author.strip():
        raise CorrectionError("a correction needs an author")
    as_it_was, said = _read(connection, wanted.report)
    record = overlay(as_it_was, said.this).record
    (last,) = connection.execute("SELECT coalesce(max(correction), 0) FROM corrections").fetchall()[0]  # noqa: E501  # fmt: skip
    base = Correction(
        correction=last + 1, made=utc_now(), author=wanted.author.strip(), action=wanted.action,
        report=wanted.report, part=wanted.part or "", note=wanted.note,
    )  # fmt: skip
    made = _MAKE[wanted.action](connection, record, base, wanted)
    _check(as_it_was, record, said, made)
    insert(connection, "corrections", [_row(made)])
    lay_again(connection, sorted({wanted.report, made.other_report or wanted.report}))
    return made.correction


def undo(connection: duckdb.DuckDBPyConnection, correction: int, author: str) -> None:
    """Takes a correction back, within the caller's transaction; it stays in the store, as undone.

    Raises ``CorrectionError`` where there is none of this number, or it is undone already.
    """
    found = all_corrections(connection, "correction = ?", [correction])
    if not found:
        raise CorrectionError(f"there is no correction {correction}")
    if found[0].undone is not None:
        raise CorrectionError(f"correction {correction} is undone already")
    connection.execute(
        "UPDATE corrections SET undone = ?, undone_by = ? WHERE correction = ?",
        [utc_now(), author, correction],
    )
    sides = [one for one in (found[0].report, found[0].other_report) if one is not None]
    lay_again(connection, newest_of(connection, sides))


def _read(connection: duckdb.DuckDBPyConnection, report: int) -> tuple[Record, Said]:
    newest = newest_of(connection, [report])
    if not newest:
        raise UnknownReportError(f"there is no report {report}")
    if newest != [report]:
        raise CorrectionError(f"report {report} has a newer version: correct {newest[0]}")
    ((_, record),) = as_read(connection, [report])
    return record, said_of(connection, [report]).get(report, Said())


def _entry(record: Record, name: str | None) -> tuple[str, Any]:
    """The part and the entry with the id, or the key, ``name``."""
    for part in PARTS:
        for entry in getattr(record, part) or ():
            if name in (entry.id, entry.key):
                return part, entry
    raise CorrectionError(f"no entry {name!r} in this report: ids are such as e1, n3, a2")


def _about(base: Correction, part: str, entry: Any) -> Correction:
    words = own_words(entry)
    return structs.replace(
        base, part=part, key=entry.key, words=words.text, spans=[list(s) for s in words.spans]
    )


def _reject(
    connection: duckdb.DuckDBPyConnection, record: Record, base: Correction, wanted: Wanted
) -> Correction:
    return _about(base, *_entry(record, wanted.entry))


def _set(
    connection: duckdb.DuckDBPyConnection, record: Record, base: Correction, wanted: Wanted
) -> Correction:
    part, entry = _entry(record, wanted.entry)
    field = wanted.field or ""
    value = keep(record, type(entry), field, wanted.value, first_offset(entry))
    if restore(record, type(entry), field, value) == getattr(entry, field):
        raise CorrectionError(f"{field} of {entry.id} is {wanted.value!r} already")
    return structs.replace(_about(base, part, entry), field=field, value=value)


def _add(
    connection: duckdb.DuckDBPyConnection, record: Record, base: Correction, wanted: Wanted
) -> Correction:
    if wanted.part not in KINDS:
        raise CorrectionError(f"{wanted.part!r} is no part: there are {', '.join(PARTS)}")
    if getattr(record, wanted.part) is None:
        raise CorrectionError(
            f"{wanted.part} were not read in this report: read it again first (onrecord reread)"
        )
    if not isinstance(wanted.value, dict):
        raise CorrectionError("an entry to add is an object of its fields")
    value = keep_entry(record, wanted.part, wanted.value)
    (added,) = overlay(record, [structs.replace(base, value=value)]).entries.values()
    before = {entry.id for entry in getattr(record, wanted.part)}
    if added in before:
        raise CorrectionError(f"this is {added} already: set its fields instead")
    return structs.replace(base, value=value)


def _across(
    connection: duckdb.DuckDBPyConnection, record: Record, base: Correction, wanted: Wanted
) -> Correction:
    part, entry = _entry(record, wanted.entry)
    if part not in ("entities", "events"):
        raise CorrectionError(f"only entities and events can be the same: {entry.id} is of {part}")
    if wanted.other is None:
        raise CorrectionError("say the other report and its entry, as REPORT:ENTRY")
    report, name = wanted.other
    read, said = _read(connection, report)
    other_part, other = _entry(overlay(read, said.this).record, name)
    if (report, other.id) == (base.report, entry.id):
        raise CorrectionError("these are one entry already")
    if other_part != part:
        raise CorrectionError(f"{entry.id} is of {part}, {other.id} is of {other_part}")
    words = own_words(other)
    return structs.replace(
        _about(base, part, entry), other_report=report, other_part=part, other_key=other.key,
        other_words=words.text, other_spans=[list(s) for s in words.spans],
    )  # fmt: skip


_MAKE = {"reject": _reject, "set": _set, "add": _add, "same": _across, "different": _across}


def _check(as_it_was: Record, before: Record, said: Said, made: Correction) -> None:
    """Raises where ``made`` finds no entry, or brings a breach that was not there ``before``."""
    laid = overlay(as_it_was, [*said.this, made])
    if laid.entries[made.correction] is None:
        raise CorrectionError("its words or entries are not in the report")
    known = {breach.rule for breach in breaches(before)}
    new = [breach for breach in breaches(laid.record) if breach.rule not in known]
    if new:
        raise CorrectionError(
            f"the record would not hold any more ({new[0]}): correct that as well, or first"
        )


def _row(made: Correction) -> tuple[Any, ...]:
    told = structs.asdict(made)
    for name in ("spans", "value", "other_spans"):
        if told[name] is not None:
            told[name] = msgspec.json.encode(told[name]).decode()
    return tuple(told[name] for name in Correction.__struct_fields__)
