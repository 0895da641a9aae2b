"""Shards of a large run into a store: what they hold is stored, and not read again."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from onrecord.adding.runs import WAIT
from onrecord.adding.summary import Summary
from onrecord.adding.writer import Progress, Writer
from onrecord.cluster.shards import Shards
from onrecord.store.failures import Missed
from onrecord.store.identity import appearance, content, known_as
from onrecord.store.put import Arrival
from onrecord.store.runs import RunInfo
from onrecord.store.store import Store


def add_shards(
    store: str | Path,
    folder: str,
    *,
    reconcile: bool = True,
    wait: float = WAIT,
    progress: Progress | None = None,
) -> Summary:
    """Takes the records and failures in ``folder``, which ``onrecord read --engine ray`` wrote.

    As ``add``: what the store has is left out, what has changed where it appeared is a new
    version, and a run that is killed goes on where it was. Raises ``StoreError``, and
    ``ClusterError`` where ``folder`` holds no shards.
    """
    path, shards = Path(store), Shards(folder)
    files = shards.files()
    records = shards.records()
    first = next(records, None)
    info = RunInfo(command="add", reader=None if first is None else first.reader, inputs=(folder,))
    with Store(path, wait=wait) as opened:
        run = opened.begin(info)
        known = opened.known(with_text=first is not None and first.text is not None)
    unchanged = 0
    writer = Writer(path, run, wait, reconcile=reconcile, progress=progress)
    with writer:
        for record in chain(() if first is None else (first,), records):
            where = appearance(record, alone=files[record.file or ""] < 2)
            said = content(record)
            if (mark := known_as(where, said)) in known:
                unchanged += 1
                continue
            known.add(mark)
            writer.take(Arrival(record=record, appearance=where, content=said, zones=None))
        for failure in shards.failures():
            writer.miss(
                Missed(name=failure.name, reason=failure.reason, kind=failure.kind, input=folder)
            )
    writer.finish(unchanged=unchanged, looked_at={folder})
    return writer.summary
