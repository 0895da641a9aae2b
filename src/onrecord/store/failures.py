"""Inputs that gave no record, kept with their reason until a run takes them after all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb
import pyarrow as pa
from msgspec import Struct

from onrecord.store.writing import insert, utc_now, with_rows


class Missed(Struct, frozen=True, kw_only=True):
    """An input that gave no record: what it is called, why, and what to give to ``add`` again."""

    name: str
    reason: str
    kind: str
    input: str | None


def miss(connection: duckdb.DuckDBPyConnection, missed: Sequence[Missed], run: int) -> int:
    """Keeps failures, within the caller's transaction; gives how many were not kept already.

    One that is still open with the same name and reason is not kept twice; one that is open with
    another reason gives way to the new one.
    """
    one_each = {(one.name, one.reason): one for one in missed}
    if not one_each:
        return 0
    rows = with_rows(
        connection,
        pa.table({
            "name": [name for name, _ in one_each],
            "reason": [reason for _, reason in one_each],
        }),
        """
        SELECT name, reason FROM failures SEMI JOIN onrecord_incoming USING (name, reason)
        WHERE resolved IS NULL
        """,
    )  # fmt: skip
    for row in rows:
        del one_each[row[0], row[1]]
    (last,) = connection.execute("SELECT coalesce(max(failure), 0) FROM failures").fetchall()[0]
    now = utc_now()
    insert(connection, "failures", [
        (last + place, run, one.input, one.name, one.reason, one.kind, now, None)
        for place, one in enumerate(one_each.values(), 1)
    ])  # fmt: skip
    connection.execute(
        """
        UPDATE failures SET resolved = ? WHERE resolved IS NULL AND failure <= ?
        AND name IN (SELECT unnest(?::VARCHAR[]))
        """,
        [run, last, [name for name, _ in one_each]],
    )
    return len(one_each)


def resolve(
    connection: duckdb.DuckDBPyConnection, run: int, looked_at: Iterable[str], still: Iterable[str]
) -> int:
    """Marks open failures of the inputs ``looked_at`` as resolved by ``run``; how many.

    Those whose names are in ``still`` have failed again and stay open.
    """
    failed = set(still)
    inputs = pa.table({"input": pa.array(sorted(set(looked_at)), pa.string())})
    found = with_rows(
        connection,
        inputs,
        """
        SELECT failure, name, run FROM failures SEMI JOIN onrecord_incoming USING (input)
        WHERE resolved IS NULL
        """,
    )
    gone = [failure for failure, name, _ in found if name not in failed]
    connection.execute(
        "UPDATE failures SET resolved = ? WHERE failure IN (SELECT unnest(?::BIGINT[]))",
        [run, gone],
    )
    return len(gone)
