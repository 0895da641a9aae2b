"""The store: one DuckDB file of records, opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import pyarrow as pa

from onrecord.record.model import Record
from onrecord.store import getting, layout
from onrecord.store.correcting import Wanted, correct, undo
from onrecord.store.correction import Correction
from onrecord.store.corrections_of import all_corrections
from onrecord.store.errors import QueryError, StoreError, UnknownReportError
from onrecord.store.failures import Missed, miss, resolve
from onrecord.store.identity import known_as
from onrecord.store.opening import WAIT, connect, telling, told
from onrecord.store.put import Arrival, Outcome, put, put_again
from onrecord.store.runs import RunInfo, begin, count, end
from onrecord.store.schema import SCHEMA, TABLES
from onrecord.store.training import examples
from onrecord.store.upgrade import upgrade
from onrecord.store.versions import Difference, difference


class Store:
    """One file of records, opened to write (alone) or only to read (with other readers).

        >>> with Store("story.duckdb", read_only=True) as store:      # doctest: +SKIP
        ...     events = store.table("events").to_pandas()

    ``path``: the file; opened to write, it is made where it is not there, unless ``create`` is
    False, and upgraded where it is of an older schema. ``wait``: seconds to wait for another
    process that holds it. Raises a ``StoreError`` (``onrecord.store.errors``) that says what to
    do. The tables are told in ``docs/store.md``.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        read_only: bool = False,
        create: bool = True,
        wait: float = WAIT,
    ) -> None:
        self.path = Path(path)
        self.read_only = read_only
        self._connection = connect(self.path, read_only=read_only, create=create, wait=wait)
        try:
            with telling(self.path):
                found = layout.schema_of(self._connection, self.path)
                if not read_only and found is not None and found < SCHEMA:
                    self._connection.close()
                    upgrade(self.path, found)
                    self._connection = connect(self.path, read_only=False, create=False, wait=wait)
                    found = layout.schema_of(self._connection, self.path)
                self._settle(found)
        except BaseException:
            self._connection.close()
            raise

    def _settle(self, found: int | None) -> None:
        if found is None and not self.read_only:
            layout.create(self._connection)
            return
        layout.check(found, self.path)
        if not self.read_only and (groups := layout.stale(self._connection)):
            with self.transaction() as connection:
                layout.make_anew(connection, groups)

    def make_anew(self) -> None:
        """Makes all entries again from the records, and empties what was reconciled from them."""
        with self.transaction() as connection:
            layout.make_anew(connection, ["entries"])

    def difference(self, report: int) -> Difference:
        """How this version of a report differs from the one before it.

        Raises ``UnknownReportError``.
        """
        with telling(self.path):
            found = difference(self._connection, report)
        if found is None:
            raise UnknownReportError(f"{self.path} has no report {report}")
        return found

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The DuckDB connection, for what the methods here do not do; not for two threads."""
        return self._connection

    def close(self) -> None:
        """Lets the file go."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """All that is written within, or nothing of it."""
        with telling(self.path):
            self._connection.begin()
            try:
                yield self._connection
            except BaseException:
                self._roll_back()
                raise
            self._connection.commit()

    def _roll_back(self) -> None:
        try:
            self._connection.rollback()
        except duckdb.Error as error:
            # DuckDB has rolled back on its own where it could not write.
            if "no transaction is active" not in str(error):
                raise

    def table(self, name: str) -> pa.Table:
        """The table ``name`` as Arrow (``.to_pandas()``, ``polars.from_arrow`` go on from it).

        Raises ``QueryError`` where there is none of that name.
        """
        if name not in TABLES:
            raise QueryError(f"no table is called {name}; tables are {', '.join(TABLES)}")
        return self.sql(f'SELECT * FROM "{name}"')

    def sql(self, query: str, parameters: Sequence[Any] | dict[str, Any] | None = None) -> pa.Table:
        """What ``query`` gives, as Arrow; ``?`` or ``$name`` in it are filled from ``parameters``.

        It reaches no file but this one. Raises ``QueryError`` where it cannot be run.
        """
        try:
            # The cursor must outlive its relation; one for each call lets threads ask at once.
            cursor = self._connection.cursor()
            relation = cursor.sql(query, params=parameters)
            return pa.table({}) if relation is None else relation.to_arrow_table()
        except duckdb.PermissionException as error:
            raise QueryError(f"{error}: a store reaches no file but itself") from error
        except (duckdb.ProgrammingError, duckdb.DataError, duckdb.NotSupportedError) as error:
            missing = isinstance(error, duckdb.BinderException | duckdb.CatalogException)
            if missing and self.read_only:
                layout.check_made(self._connection.cursor(), self.path)
            raise QueryError(str(error)) from error
        except duckdb.Error as error:
            raise told(error, self.path) from error

    def records(
        self, reports: Iterable[int] | None = None, *, corrected: bool = True
    ) -> Iterator[Record]:
        """The record of the newest version of each report, or of the versions in ``reports``.

        Text joined back, corrections laid over unless ``corrected`` is False, in the order in
        which they were added, a hundred in memory at a time.
        """
        take = getting.corrected if corrected else getting.as_read
        with telling(self.path):
            wanted = getting.current_reports(self._connection) if reports is None else list(reports)
            for _, record in take(self._connection.cursor(), wanted):
                yield record

    def record(self, report: int) -> Record:
        """The record of one version of a report, by its number.

        Raises ``UnknownReportError``.
        """
        for record in self.records([report]):
            return record
        raise UnknownReportError(f"{self.path} has no report {report}")

    def report(self, report: int) -> dict[str, Any]:
        """The row of ``reports`` of this number, with its ``text``.

        Raises ``UnknownReportError``.
        """
        found = self.sql(
            """
            SELECT r.*, t.text FROM reports r LEFT JOIN texts t USING (text_sha256)
            WHERE report = ?
            """,
            [report],
        ).to_pylist()
        if not found:
            raise UnknownReportError(f"{self.path} has no report {report}")
        row: dict[str, Any] = found[0]
        return row

    def correct(
        self,
        report: int,
        entry: str | None = None,
        *,
        action: str,
        author: str,
        part: str | None = None,
        field: str | None = None,
        value: Any = None,
        other: tuple[int, str] | None = None,
        note: str | None = None,
    ) -> int:
        """Lays a correction over the record of ``report``, and gives its number.

        ``entry``: the id or the key of the entry that it is about. ``action``: ``reject`` it;
        ``set`` its ``field`` to ``value``; ``add`` an entry with the fields ``value`` to ``part``;
        say that it is the ``same`` as, or ``different`` from, the entity or event ``other`` (a
        report and an entry). Words in ``value`` are given as a string of the text, or as
        ``{"spans": [[start, end]]}`` where they stand more than once; entries by their ids.

        Raises ``CorrectionError`` where that has no meaning or the record would not hold any
        more, ``UnknownReportError`` where there is no such report.
        """
        wanted = Wanted(
            action=action, report=report, entry=entry, part=part, field=field, value=value,
            other=other, author=author, note=note,
        )  # fmt: skip
        with self.transaction() as connection:
            return correct(connection, wanted)

    def undo(self, correction: int, *, author: str) -> None:
        """Takes a correction back; it stays in the store as undone. Raises ``CorrectionError``."""
        with self.transaction() as connection:
            undo(connection, correction, author)

    def corrections(self) -> list[Correction]:
        """All corrections, oldest first, undone ones and those that hold no more among them."""
        with telling(self.path):
            return all_corrections(self._connection)

    def examples(self) -> Iterator[dict[str, Any]]:
        """Corrections as training data; see ``onrecord.store.training.examples``."""
        with telling(self.path):
            yield from examples(self._connection.cursor())

    def number(self, name: str) -> int:
        """The number of the newest version of a report: by its number, its id or its URL.

        Raises ``UnknownReportError`` where there is none, or several have that id.
        """
        found = self.sql(
            """
            SELECT report FROM reports WHERE report::VARCHAR = $name
            OR (current AND (id = $name OR url = $name)) ORDER BY report
            """,
            {"name": name},
        )["report"].to_pylist()
        if len(found) != 1:
            several = f"several reports {name!r}: give one of the numbers {found}"
            told = several if found else f"no report {name!r}: give its number, its id or its URL"
            raise UnknownReportError(f"{self.path} has {told}")
        return int(found[0])

    def put(
        self, records: Record | Iterable[Record | Arrival], *, run: int | None = None
    ) -> list[Outcome]:
        """Stores records in one transaction; what is there already with the same content stays.

        A number and ``added``, ``changed`` (a new version) or ``unchanged`` for each. ``run``: the
        run that they belong to; one of their own where None.
        """
        given = [records] if isinstance(records, Record) else records
        arrivals = [one if isinstance(one, Arrival) else Arrival.of(one) for one in given]
        if not arrivals:
            return []
        with self.transaction() as connection:
            own = run is None
            if run is None:
                run = begin(connection, RunInfo(command="put", reader=arrivals[0].record.reader))
            outcomes = put(connection, arrivals, run)
            count(connection, run, outcomes)
            if own:
                end(connection, run)
        return outcomes

    def put_batch(
        self,
        arrivals: Sequence[Arrival] = (),
        missed: Sequence[Missed] = (),
        *,
        again: Sequence[tuple[int, Record]] = (),
        run: int,
    ) -> list[Outcome]:
        """Stores what a run has read, and the inputs that gave no record, in one transaction.

        ``again``: newer readings of reports that are there, by their numbers.
        """
        with self.transaction() as connection:
            outcomes = [*put(connection, arrivals, run), *put_again(connection, again, run)]
            miss(connection, missed, run)
            skipped = sum(one.kind == "skipped" for one in missed)
            count(connection, run, outcomes, failed=len(missed) - skipped, skipped=skipped)
        return outcomes

    def known(self, *, with_text: bool = False) -> set[bytes]:
        """What was said where, of all versions: ``onrecord.store.identity.known_as`` of each.

        ``with_text``: only of those whose text was kept.
        """
        with telling(self.path):
            found = self._connection.execute(
                """
                SELECT r.appearance, r.content FROM reports r JOIN texts t USING (text_sha256)
                WHERE NOT ? OR t.text IS NOT NULL
                """,
                [with_text],
            )
            return {known_as(*row) for row in found.fetchall()}

    def begin(self, info: RunInfo) -> int:
        """Begins a run, and gives its number."""
        with self.transaction() as connection:
            return begin(connection, info)

    def end(
        self,
        run: int,
        *,
        unchanged: int = 0,
        looked_at: Iterable[str] = (),
        still: Iterable[str] = (),
    ) -> int:
        """Says that a run has come to its end; how many earlier failures it has resolved.

        Resolved are the open failures of the inputs ``looked_at`` whose names are not among those
        that failed in this run again (``still``).
        """
        with self.transaction() as connection:
            count(connection, run, unchanged=unchanged)
            resolved = resolve(connection, run, looked_at, still)
            end(connection, run)
        return resolved


__all__ = ["Store", "StoreError"]
