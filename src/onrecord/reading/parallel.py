"""Reading on several processes: the same outcomes in the same order, in bounded memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from typing import Protocol

from onrecord.record.model import Record
from onrecord.record.report import Failure, Report

BATCH = 16
_AHEAD = 3


class Outcomes(Protocol):
    """What reads one report to its record or failure: a ``Reader``."""

    def outcome(self, report: Report) -> Record | Failure:
        """The record of ``report``, or why there is none."""
        ...


Make = Callable[[], Outcomes]
"""Makes the reader of a worker process; it is pickled, so a class or a partial of one."""

_reader: Outcomes | None = None


def _start(make: Make) -> None:
    global _reader  # noqa: PLW0603 - the one reader of a worker process
    _reader = make()


def _read(reports: list[Report]) -> list[Record | Failure]:
    assert _reader is not None
    return [_reader.outcome(report) for report in reports]


def read_parallel(
    make: Make, reports: Iterable[Report], processes: int
) -> Iterator[Record | Failure]:
    """As ``Reader.read_many``. At most ``processes * 3`` batches are held at any time.

    Where a worker dies (out of memory, killed), the reports that it held are read again one by
    one, each in a process of its own, and the one that kills its process is a failure.
    """
    source = iter(reports)
    batches = iter(lambda: list(islice(source, BATCH)), [])
    waiting: deque[tuple[list[Report], Future[list[Record | Failure]]]] = deque()
    pool = _pool(make, processes)
    try:
        while True:
            while len(waiting) < processes * _AHEAD and (batch := next(batches, None)):
                try:
                    waiting.append((batch, pool.submit(_read, batch)))
                except BrokenProcessPool:
                    pool = _pool(make, processes)
                    waiting.append((batch, pool.submit(_read, batch)))
            if not waiting:
                return
            batch, future = waiting.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                for report in batch:
                    yield _read_alone(make, report)
                pool = _pool(make, processes)
                waiting = deque((held, pool.submit(_read, held)) for held, _ in waiting)
    finally:
        # Waiting matters: a process that ends while its pool winds down can hang for good.
        pool.shutdown(wait=True, cancel_futures=True)


def _pool(make: Make, processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_start, initargs=(make,)
    )


def _read_alone(make: Make, report: Report) -> Record | Failure:
    with _pool(make, 1) as pool:
        try:
            return pool.submit(_read, [report]).result()[0]
        except BrokenProcessPool:
            reason = "the process that read it died, most likely for want of memory"
            return Failure(name=report.name, reason=reason)
