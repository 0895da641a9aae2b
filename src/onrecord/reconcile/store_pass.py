"""Reconciling a store: what many reports say together, a batch of reports at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from onrecord.reconcile import corrected, tables
from onrecord.reconcile.conflict_rows import write_conflicts
from onrecord.reconcile.conflicts import happening_conflicts
from onrecord.reconcile.copied import StoredCopies
from onrecord.reconcile.corrected import Corrected
from onrecord.reconcile.entities import forget_entities, reconcile_entities
from onrecord.reconcile.events import forget_events, reconcile_events
from onrecord.reconcile.figures import figure_conflicts, forget_figures, reconcile_figures
from onrecord.reconcile.forecasts import forget_forecasts, reconcile_forecasts
from onrecord.reconcile.linked import Touched
from onrecord.reconcile.nearness import add_reports, forget_reports
from onrecord.reconcile.permissions import (
    forget_permissions,
    permission_conflicts,
    reconcile_permissions,
)
from onrecord.reconcile.story_groups import forget_stories, reconcile_stories
from onrecord.reconcile.support import reconcile_support
from onrecord.reconcile.tables import Connection, given

BATCH = 500
"""Reports in one transaction: bounds what is held in memory, and what a killed run loses."""


class HasConnection(Protocol):
    """What reconciling needs of a store: its DuckDB connection, open to write."""

    @property
    def connection(self) -> Connection:
        """The connection."""
        ...


class Counts(Struct, frozen=True):
    """What a pass has done."""

    reports: int = 0
    """Reports reconciled."""
    forgotten: int = 0
    """Reports taken out, since their entries changed or a newer version came."""
    pairs: int = 0
    """Pairs of like reports that were compared."""
    happenings: int = 0
    """Happenings made or changed."""
    conflicts: int = 0
    """Conflicts made or changed."""


def reconcile(
    store: HasConnection,
    *,
    batch: int = BATCH,
    progress: Callable[[int, int], None] | None = None,
) -> Counts:
    """Reconciles the reports of a store that are not reconciled yet; what was done.

    Only what the new reports touch is made again. Each batch is a transaction: call it outside of
    one. ``progress`` is called with the reports done and those to do. Raises ``duckdb.Error``
    where the file cannot be written.
    """
    return reconcile_connection(store.connection, batch=batch, progress=progress)


def reconcile_connection(
    connection: Connection,
    *,
    batch: int = BATCH,
    progress: Callable[[int, int], None] | None = None,
) -> Counts:
    """As ``reconcile``, on a connection to tables as in ``docs/store.md``."""
    tables.make(connection)
    counts = Counts()
    connection.execute("BEGIN")
    try:
        _other_rules(connection)
        said = corrected.load(connection)
        again = _to_forget(connection)
        if again:
            counts = _plus(counts, forgotten=len(again))
            counts = _plus(counts, **_forget(connection, again, said))
        corrected.lay(connection)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    todo = [
        report
        for (report,) in connection.execute(
            """SELECT report FROM reports WHERE current
               AND report NOT IN (SELECT report FROM reconciled) ORDER BY report"""
        ).fetchall()
    ]
    if not todo:
        return counts
    copies = StoredCopies(connection)
    for start in range(0, len(todo), batch):
        some = todo[start : start + batch]
        connection.execute("BEGIN")
        try:
            done = _batch(connection, some, said, copies)
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        counts = _plus(counts, reports=len(some), **done)
        if progress is not None:
            progress(start + len(some), len(todo))
    return counts


def _batch(
    connection: Connection, batch: list[int], said: Corrected, copies: StoredCopies
) -> dict[str, int]:
    moved = copies.add(batch)
    pairs = add_reports(connection, batch)
    reconcile_stories(connection, batch)
    reconcile_entities(connection, batch, said)
    events = reconcile_events(connection, batch, said)
    touched = sorted({*events.changed, *_happenings_of(connection, moved)})
    reconcile_support(connection, touched)
    drop_happenings(connection, events)
    figures = reconcile_figures(connection, batch)
    lines = reconcile_permissions(connection, batch)
    reconcile_forecasts(connection, batch)
    conflicts = _conflicts(connection, touched, events, figures, lines)
    with given(connection, ["report"], [(r,) for r in batch]) as done:
        connection.execute(
            f"""INSERT INTO reconciled
                SELECT report, {tables.VERSION}, now()::TIMESTAMP FROM {done}"""
        )
    return {"pairs": pairs, "happenings": len(touched), "conflicts": conflicts}


def _conflicts(
    connection: Connection,
    happenings: list[int],
    events: Touched,
    figures: Touched,
    lines: Touched,
) -> int:
    abouts = [
        *(f"happening:{n}" for n in (*happenings, *events.gone)),
        *(f"figure:{n}" for n in (*figures.changed, *figures.gone)),
        *(f"permission:{n}" for n in (*lines.changed, *lines.gone)),
    ]
    found = [
        *happening_conflicts(connection, happenings),
        *figure_conflicts(connection, list(figures.changed)),
        *permission_conflicts(connection, list(lines.changed)),
    ]
    return write_conflicts(connection, abouts, found)


def _forget(connection: Connection, reports: list[int], said: Corrected) -> dict[str, int]:
    copies = StoredCopies(connection)
    moved = copies.forget(reports)
    forget_stories(connection, reports)
    events = forget_events(connection, reports)
    figures = forget_figures(connection, reports)
    lines = forget_permissions(connection, reports)
    unmatched = forget_forecasts(connection, reports)
    forget_entities(connection, reports, said)
    forget_reports(connection, reports)
    touched = sorted({*events.changed, *_happenings_of(connection, moved)})
    reconcile_support(connection, touched)
    drop_happenings(connection, events)
    conflicts = _conflicts(connection, touched, events, figures, lines)
    _open_again(connection, unmatched)
    with given(connection, ["report"], [(r,) for r in reports]) as gone:
        connection.execute(f"DELETE FROM reconciled WHERE report IN (SELECT report FROM {gone})")
    return {"happenings": len(touched), "conflicts": conflicts}


def drop_happenings(connection: Connection, events: Touched) -> None:
    """Takes out the rows of happenings that are no more."""
    with given(connection, ["happening"], [(n,) for n in events.gone]) as gone:
        for table in ("happenings", "support"):
            connection.execute(
                f'DELETE FROM "{table}" WHERE happening IN (SELECT happening FROM {gone})'
            )


def _other_rules(connection: Connection) -> None:
    """Empties what was made by other rules than these."""
    row = tables.first(
        connection, "SELECT count(*) FROM reconciled WHERE version <> ?", [tables.VERSION]
    )
    if row and row[0]:
        tables.clear(connection)


def _to_forget(connection: Connection) -> list[int]:
    """Reports of which something was made that no longer holds.

    The store takes a report out of ``reconciled`` when its entries change; a correction that joins
    or parts two entries changes what follows from both.
    """
    said = corrected.changed(connection)
    with given(connection, ["report"], [(r,) for r in said]) as these:
        connection.execute(f"DELETE FROM reconciled WHERE report IN (SELECT report FROM {these})")
    rows = connection.execute(
        """SELECT DISTINCT report FROM likeness_days
           WHERE report NOT IN (SELECT report FROM reconciled)
              OR report NOT IN (SELECT report FROM reports WHERE current) ORDER BY report"""
    ).fetchall()
    return [report for (report,) in rows]


def _open_again(connection: Connection, reports: list[int]) -> None:
    """Matches the forecasts of ``reports`` anew: what they were matched with is gone."""
    if reports:
        with given(connection, ["report"], [(r,) for r in reports]) as these:
            connection.execute(
                f"DELETE FROM forecast_matches WHERE report IN (SELECT report FROM {these})"
            )
        reconcile_forecasts(connection, reports)


def _happenings_of(connection: Connection, reports: list[int]) -> list[int]:
    if not reports:
        return []
    with given(connection, ["report"], [(r,) for r in reports]) as these:
        rows = connection.execute(
            f"SELECT DISTINCT happening FROM happening_members SEMI JOIN {these} USING (report)"
        ).fetchall()
    return [happening for (happening,) in rows]


def _plus(counts: Counts, **more: int) -> Counts:
    told = {name: getattr(counts, name) + more.get(name, 0) for name in counts.__struct_fields__}
    return Counts(**told)
