"""Reading on several processes: the same outcomes in the same order, in bounded memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING

from onrecord.record.report import Failure, Report

if TYPE_CHECKING:
    from onrecord.reading.reader import Options, Reader
    from onrecord.record.model import Record

BATCH = 16
_AHEAD = 3
_reader: Reader | None = None


def _start(options: Options) -> None:
    global _reader  # noqa: PLW0603 - the one reader of a worker process
    from onrecord.reading.reader import Reader

    _reader = Reader(options)


def _read(reports: list[Report]) -> list[Record | Failure]:
    assert _reader is not None
    return [_reader.outcome(report) for report in reports]


def read_parallel(
    options: Options, reports: Iterable[Report], processes: int
) -> Iterator[Record | Failure]:
    """As ``Reader.read_many``. At most ``processes * 3`` batches are held at any time.

    Where a worker dies (out of memory, killed), the reports that it held are read again one by
    one, each in a process of its own, and the one that kills its process is a failure.
    """
    source = iter(reports)
    batches = iter(lambda: list(islice(source, BATCH)), [])
    waiting: deque[tuple[list[Report], Future[list[Record | Failure]]]] = deque()
    pool = _pool(options, processes)
    try:
        while True:
            while len(waiting) < processes * _AHEAD and (batch := next(batches, None)):
                try:
                    waiting.append((batch, pool.submit(_read, batch)))
                except BrokenProcessPool:
                    pool = _pool(options, processes)
                    waiting.append((batch, pool.submit(_read, batch)))
            if not waiting:
                return
            batch, future = waiting.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                for report in batch:
                    yield _read_alone(options, report)
                pool = _pool(options, processes)
                waiting = deque((held, pool.submit(_read, held)) for held, _ in waiting)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(options: Options, processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_start, initargs=(options,)
    )


def _read_alone(options: Options, report: Report) -> Record | Failure:
    from onrecord.reading.reader import name_of

    with _pool(options, 1) as pool:
        try:
            return pool.submit(_read, [report]).result()[0]
        except BrokenProcessPool:
            reason = "the process that read it died, most likely for want of memory"
            return Failure(name=name_of(report), reason=reason)
