"""Corrections as examples to train on: the text, the words, the label before and after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import msgspec

from onrecord.record.model import Record
from onrecord.store.anchors import by_id, find, own_words
from onrecord.store.correction import Correction
from onrecord.store.corrections_of import all_corrections, said_of
from onrecord.store.getting import as_read, newest_of
from onrecord.store.overlay import overlay


def examples(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    """An example for each correction that is not undone and holds.

    ``report`` with its ``id``, ``url`` and ``published``, its ``text`` (null where it was not
    kept), the ``spans`` of the entry, ``before``: what the reading said, ``after``: what the
    person says. For ``reject`` after is null, for ``add`` before is. For ``same`` and
    ``different`` both entries stand in ``before``, ``after`` is whether they are one.
    """
    for correction in all_corrections(connection, "undone IS NULL AND holds"):
        report, record = _now(connection, correction.report)
        said = said_of(connection, [report])[report]
        earlier = [c for c in said.this if c.correction < correction.correction]
        before = overlay(record, earlier).record
        laid = overlay(before, [correction])
        after = laid.record
        id_ = laid.entries[correction.correction]
        entry = by_id(before, correction.part, id_) or by_id(after, correction.part, id_)
        example = {
            "correction": correction.correction, "made": correction.made.isoformat(),
            "author": correction.author, "note": correction.note,
            "action": correction.action, "part": correction.part, "field": correction.field,
            "report": report, "id": record.id, "url": record.url, "published": record.published,
            "text": record.text, "spans": own_words(entry).spans,
        }  # fmt: skip
        if correction.action in ("same", "different"):
            example |= _pair(connection, correction, entry)
        else:
            field = correction.field
            example["before"] = _value(by_id(before, correction.part, id_), field)
            example["after"] = _value(by_id(after, correction.part, id_), field)
        yield msgspec.to_builtins(example)


def _now(connection: duckdb.DuckDBPyConnection, report: int) -> tuple[int, Record]:
    """The newest version of a report."""
    (found,) = as_read(connection, newest_of(connection, [report]))
    return found


def _value(entry: Any, field: str | None) -> Any:
    return getattr(entry, field) if entry is not None and field is not None else entry


def _pair(
    connection: duckdb.DuckDBPyConnection, correction: Correction, entry: Any
) -> dict[str, Any]:
    report, record = _now(connection, correction.other_report or correction.report)
    other = find(
        record, correction.other_part or correction.part, correction.other_key,
        correction.other_words, correction.other_spans,
    )  # fmt: skip
    return {
        "other_report": report, "other_id": record.id, "other_text": record.text,
        "other_spans": None if other is None else own_words(other).spans,
        "before": [entry, other], "after": correction.action == "same",
    }  # fmt: skip
