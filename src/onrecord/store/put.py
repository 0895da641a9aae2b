"""Records into a store: what is new, what has changed, what was there already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import duckdb
import msgspec
import pyarrow as pa
from msgspec import Struct

from onrecord.record.model import Record
from onrecord.store.getting import pack
from onrecord.store.identity import appearance, content
from onrecord.store.relay import lay, withdraw
from onrecord.store.rows import Row
from onrecord.store.writing import insert, utc_now, with_rows


class Arrival(Struct, frozen=True, kw_only=True):
    """A record on its way into a store, with the names of where it appeared and what it said.

    ``zones``: stretches that its source knew not to be prose, as JSON, or None where it said none.
    """

    record: Record
    appearance: str
    content: str
    zones: str | None = None

    @classmethod
    def of(cls, record: Record, *, alone: bool = True) -> Arrival:
        """The arrival of ``record``; ``alone``: its file holds no other report."""
        return cls(
            record=record, appearance=appearance(record, alone=alone), content=content(record)
        )


class Outcome(Struct, frozen=True):
    """What became of a record: its number; ``added``, ``changed``, ``unchanged`` or ``reread``."""

    report: int
    status: str


class _Known(Struct):
    """The versions of one appearance: the newest one, and the report of each content."""

    report: int
    version: int
    contents: dict[str, int]


def put(
    connection: duckdb.DuckDBPyConnection, arrivals: Sequence[Arrival], run: int
) -> list[Outcome]:
    """Stores ``arrivals`` in their order, within the caller's transaction; an outcome for each."""
    if not arrivals:
        return []
    now = utc_now()
    known = _known(connection, {arrival.appearance for arrival in arrivals})
    (last,) = connection.execute("SELECT coalesce(max(report), 0) FROM reports").fetchall()[0]
    outcomes: list[Outcome] = []
    new: dict[int, tuple[Arrival, int]] = {}
    replaced: list[int] = []
    for arrival in arrivals:
        found = known.get(arrival.appearance)
        if found is not None and arrival.content in found.contents:
            outcomes.append(Outcome(found.contents[arrival.content], "unchanged"))
            continue
        last += 1
        version = 1
        contents = {arrival.content: last}
        if found is not None:
            version = found.version + 1
            replaced.append(found.report)
            contents |= found.contents
        known[arrival.appearance] = _Known(last, version, contents)
        new[last] = (arrival, version)
        outcomes.append(Outcome(last, "added" if found is None else "changed"))
    # Also of those that are there already: their text may not have been kept before.
    _texts(connection, [arrival.record for arrival in arrivals])
    if not new:
        return outcomes
    gone = set(replaced)
    insert(connection, "reports", [
        _report_row(
            number, arrival, version=version, current=number not in gone, run=run, now=now
        )
        for number, (arrival, version) in new.items()
    ])  # fmt: skip
    insert(connection, "records", [
        record_row(number, arrival.record, run, now) for number, (arrival, _) in new.items()
    ])  # fmt: skip
    before = [number for number in replaced if number not in new]
    if before:
        connection.execute(
            "UPDATE reports SET current = false WHERE report IN (SELECT unnest(?::BIGINT[]))",
            [before],
        )
        withdraw(connection, before)
    lay(connection, [(n, a.record) for n, (a, _) in new.items() if n not in gone])
    return outcomes


def record_row(report: int, record: Record, run: int, now: dt.datetime) -> Row:
    """A row of ``records``: the newest reading of a report."""
    reader = msgspec.json.encode(record.reader).decode()
    return (report, run, record.reader.model, reader, pack(record), now, True)


def _known(connection: duckdb.DuckDBPyConnection, names: set[str]) -> dict[str, _Known]:
    rows = with_rows(
        connection,
        pa.table({"appearance": sorted(names)}),
        """
        SELECT appearance, report, version, content FROM reports
        SEMI JOIN onrecord_incoming USING (appearance) ORDER BY version
        """,
    )
    known: dict[str, _Known] = {}
    for name, report, version, said in rows:
        earlier = known[name].contents if name in known else {}
        known[name] = _Known(report, version, {**earlier, said: report})
    return known


def _texts(connection: duckdb.DuckDBPyConnection, records: Sequence[Record]) -> None:
    """Adds the texts that are not there; fills in one that was there without its words."""
    texts: dict[str, str | None] = {}
    for record in records:
        texts[record.text_sha256] = record.text or texts.get(record.text_sha256)
    rows = pa.table({
        "text_sha256": pa.array(list(texts), pa.string()),
        "text": pa.array(list(texts.values()), pa.string()),
        "words": pa.array(
            [None if text is None else len(text.split()) for text in texts.values()], pa.int64()
        ),
    })  # fmt: skip
    with_rows(
        connection,
        rows,
        """
        UPDATE texts SET text = i.text, words = i.words FROM onrecord_incoming i
        WHERE texts.text_sha256 = i.text_sha256 AND texts.text IS NULL AND i.text IS NOT NULL
        """,
    )
    with_rows(
        connection,
        rows,
        "INSERT INTO texts SELECT * FROM onrecord_incoming ANTI JOIN texts USING (text_sha256)",
    )


def _report_row(
    number: int, arrival: Arrival, *, version: int, current: bool, run: int, now: dt.datetime
) -> Row:
    record = arrival.record
    return (
        number, arrival.appearance, version, current, arrival.content, record.id,
        record.published, _day(record.published), record.published_basis, record.title,
        record.source, list(record.authors), record.credit, record.url, record.file,
        record.language, record.form, arrival.zones, record.text_sha256, run, now,
    )  # fmt: skip


def _day(published: str | None) -> dt.date | None:
    """The day of an ISO date or date-time, as it is written; None where it names none."""
    if published is None:
        return None
    try:
        return dt.date.fromisoformat(published[:10])
    except ValueError:
        return None


def put_again(
    connection: duckdb.DuckDBPyConnection, readings: Sequence[tuple[int, Record]], run: int
) -> list[Outcome]:
    """Stores newer readings of reports that are there, within the caller's transaction.

    The older reading of each is kept, and corrections are laid over the newer one. A report that
    has a newer version by now is left as it is.
    """
    numbers = [report for report, _ in readings]
    found = connection.execute(
        "SELECT report FROM reports WHERE current AND report IN (SELECT unnest(?::BIGINT[]))",
        [numbers],
    ).fetchall()
    there = {report for (report,) in found}
    kept = [(report, record) for report, record in readings if report in there]
    numbers = [report for report, _ in kept]
    connection.execute(
        "UPDATE records SET current = false WHERE report IN (SELECT unnest(?::BIGINT[]))", [numbers]
    )
    now = utc_now()
    insert(connection, "records", [record_row(*reading, run, now) for reading in kept])
    withdraw(connection, numbers)
    lay(connection, kept)
    return [Outcome(report, "reread" if report in there else "unchanged") for report, _ in readings]
