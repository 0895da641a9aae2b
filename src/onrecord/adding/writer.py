"""What a run has read, written to its store batch by batch; the file is free in between."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from onrecord.adding.summary import Summary
from onrecord.record.model import Record
from onrecord.store.errors import StoreError
from onrecord.store.failures import Missed
from onrecord.store.put import Arrival
from onrecord.store.store import Store

Progress = Callable[[Summary], None]

_MOST = 512
"""Records held in memory at most: some 50 MB."""
_SOONEST, _LATEST = 5.0, 60.0
"""Seconds from one write to the next, at least and at most."""
_SHARE = 25
"""Of the time between two writes, one may take one part in so many, within those bounds."""
_RECONCILE_EVERY = 2000
"""Reports after which a long run reconciles, so that the ledgers follow it."""


class Writer:
    """Gathers what a run has read and writes it; used as a context manager while it reads.

    When the reading breaks off (Ctrl-C, a fault), what was read until then is written first.
    """

    def __init__(
        self,
        path: Path,
        run: int,
        wait: float,
        *,
        reconcile: bool,
        progress: Progress | None = None,
    ) -> None:
        self.summary = Summary(run=run)
        self._path = path
        self._wait = wait
        self._reconcile = reconcile
        self._progress = progress
        self._arrivals: list[Arrival] = []
        self._again: list[tuple[int, Record]] = []
        self._missed: list[Missed] = []
        self._failed: set[str] = set()
        self._last = time.monotonic()
        self._interval = _SOONEST
        self._unreconciled = 0

    def take(self, arrival: Arrival) -> None:
        """Keeps a record; writes where it is time to."""
        self._arrivals.append(arrival)
        self._write_if_due()

    def take_again(self, report: int, record: Record) -> None:
        """Keeps a newer reading of the report of this number."""
        self._again.append((report, record))
        self._write_if_due()

    def miss(self, missed: Missed) -> None:
        """Keeps an input that gave no record."""
        self._missed.append(missed)
        self._failed.add(missed.name)
        self._write_if_due()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not isinstance(error, StoreError):
            self._write()

    def finish(self, *, unchanged: int, looked_at: Iterable[str]) -> None:
        """Says in the store that the run has come to its end, and reconciles what is new."""
        self.summary.unchanged += unchanged
        with Store(self._path, wait=self._wait) as store:
            if self._reconcile:
                self._reconcile_now(store)
            self.summary.resolved = store.end(
                self.summary.run, unchanged=unchanged, looked_at=looked_at, still=self._failed
            )
        if self._progress is not None:
            self._progress(self.summary)

    def _write_if_due(self) -> None:
        held = len(self._arrivals) + len(self._again) + len(self._missed)
        self.summary.held = held
        if self._progress is not None:
            self._progress(self.summary)
        if held >= _MOST or time.monotonic() - self._last >= self._interval:
            self._write()

    def _write(self) -> None:
        if not (self._arrivals or self._again or self._missed):
            return
        start = time.monotonic()
        with Store(self._path, wait=self._wait) as store:
            opened = time.monotonic()
            outcomes = store.put_batch(
                self._arrivals, self._missed, again=self._again, run=self.summary.run
            )
            self._unreconciled += len(outcomes)
            if self._reconcile and self._unreconciled >= _RECONCILE_EVERY:
                self._reconcile_now(store)
        self.summary.keep(outcomes)
        self.summary.miss(self._missed)
        self._arrivals, self._again, self._missed = [], [], []
        self.summary.held = 0
        self._last = time.monotonic()
        # Waiting for another process is no reason to write more seldom.
        took = self._last - min(opened, start + self._wait)
        self._interval = min(max(_SOONEST, _SHARE * took), _LATEST)
        if self._progress is not None:
            self._progress(self.summary)

    def _reconcile_now(self, store: Store) -> None:
        from onrecord.reconcile.store_pass import reconcile

        reconcile(store)
        self._unreconciled = 0
        self.summary.reconciled = True
