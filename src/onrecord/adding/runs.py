"""One run: inputs are read and stored batch by batch, then reconciled."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from onrecord.adding.intake import Intake, Ticket
from onrecord.adding.summary import Summary
from onrecord.adding.writer import Progress, Writer
from onrecord.reading.reader import Options, Reader
from onrecord.record.model import Record
from onrecord.record.report import Failure
from onrecord.sources import SourceOptions
from onrecord.store.failures import Missed
from onrecord.store.put import Arrival
from onrecord.store.runs import RunInfo
from onrecord.store.store import Store

WAIT = 30.0
"""Seconds that a batch waits for a store that somebody else holds."""


def add(
    store: str | Path,
    inputs: Sequence[str],
    *,
    options: Options | None = None,
    sources: SourceOptions | None = None,
    processes: int = 1,
    reconcile: bool = True,
    wait: float = WAIT,
    progress: Progress | None = None,
) -> Summary:
    """Reads ``inputs`` into the file ``store``, which is made where it is not there.

    ``inputs`` are as for ``onrecord.sources.open_sources``. A report that the store has with the
    same content is not read again (but where it has no text, and texts are kept now: that is
    filled in); one that has changed where it appeared becomes a new version.
    The file is held only while a batch is written, each batch whole or not at all: a run that is
    killed goes on where it was when it is started again. ``progress`` is called with the growing
    summary after each report.

    Raises ``StoreError`` where the file cannot be used, ``onrecord.reading.errors.ReadingError``
    where the reader cannot be made; what an input holds raises nothing.
    """
    path = Path(store)
    options, sources = options or Options(), sources or SourceOptions()
    reader = Reader(options)
    reader.warm_up()
    told = {
        "reader": changed_only(options, Options()),
        "sources": changed_only(sources, SourceOptions()),
    }
    info = RunInfo(
        command="add", reader=reader.info, options=told, inputs=tuple(inputs), processes=processes
    )
    with Store(path, wait=wait) as opened:
        run = opened.begin(info)
        known = opened.known(with_text=options.keep_text)
    writer = Writer(path, run, wait, reconcile=reconcile, progress=progress)
    intake = Intake(inputs, sources, known, writer.miss)
    with writer:
        for outcome in reader.read_many(intake, processes=processes):
            ticket = intake.tickets.popleft()
            if isinstance(outcome, Failure):
                writer.miss(_missed(outcome, ticket))
            else:
                writer.take(_arrival(outcome, ticket))
    writer.finish(unchanged=intake.unchanged, looked_at=intake.looked_at)
    return writer.summary


def changed_only(options: Struct, plain: Struct) -> dict[str, Any]:
    """The options that are not as they are when nothing is said."""
    before = structs.asdict(plain)
    return {name: value for name, value in structs.asdict(options).items() if value != before[name]}


def _arrival(record: Record, ticket: Ticket) -> Arrival:
    return Arrival(
        record=record, appearance=ticket.appearance, content=ticket.content, zones=ticket.zones
    )


def _missed(failure: Failure, ticket: Ticket) -> Missed:
    return Missed(name=failure.name, reason=failure.reason, kind=failure.kind, input=ticket.input)
