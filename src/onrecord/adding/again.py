"""What is in a store taken up again: inputs that failed, and reports that an older reader read."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from onrecord.adding.runs import WAIT, add, changed_only
from onrecord.adding.summary import Summary
from onrecord.adding.writer import Progress, Writer
from onrecord.reading.reader import Options, Reader
from onrecord.record.model import PARTS, ReaderInfo, Zone
from onrecord.record.report import Failure, Report
from onrecord.sources import SourceOptions
from onrecord.store.errors import StoreError
from onrecord.store.failures import Missed
from onrecord.store.runs import RunInfo
from onrecord.store.store import Store

_TOGETHER = 200
"""Texts fetched at once."""


def retry(
    store: str | Path,
    *,
    options: dict[str, Any] | None = None,
    sources: dict[str, Any] | None = None,
    processes: int = 1,
    reconcile: bool = True,
    wait: float = WAIT,
    progress: Progress | None = None,
) -> Summary:
    """Adds the inputs whose failures are open in ``store`` once more, with the options of then.

    ``options`` and ``sources`` change some of those (fields of ``Options`` and of
    ``SourceOptions``). Inputs that were skipped on purpose are not taken. Standard input cannot
    be had again: what failed there stays open. Raises as ``add``.
    """
    path = Path(store)
    with Store(path, read_only=True, wait=wait) as opened:
        rows = opened.sql(
            """
            SELECT DISTINCT f.input, r.options FROM failures f JOIN runs r USING (run)
            WHERE f.resolved IS NULL AND f.kind = 'failed' AND f.input IS NOT NULL
            AND f.input <> '-' ORDER BY f.input
            """
        ).to_pylist()
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        groups[row["options"]].append(row["input"])
    whole = Summary()
    for told, inputs in groups.items():
        then = msgspec.json.decode(told)
        whole.join(
            add(
                path,
                inputs,
                options=msgspec.convert({**then.get("reader", {}), **(options or {})}, Options),
                sources=msgspec.convert(
                    {**then.get("sources", {}), **(sources or {})}, SourceOptions
                ),
                processes=processes,
                reconcile=reconcile,
                wait=wait,
                progress=progress,
            )
        )
    return whole


def reread(
    store: str | Path,
    *,
    options: Options | None = None,
    processes: int = 1,
    reconcile: bool = True,
    wait: float = WAIT,
    progress: Progress | None = None,
) -> Summary:
    """Reads again what another version, model, pipeline or knowledge has read, from its text.

    Each report is read with the options that it was read with, or with ``options``; with those,
    reports that were read with others are read again too. Older readings are kept, corrections
    are laid over the newer ones. A run that is killed goes on where it was. Raises as ``add``;
    ``StoreError`` where a record was read with a table of actors that is not given.
    """
    path = Path(store)
    with Store(path, create=False, wait=wait) as opened:
        stale = _stale(opened, options)
        first = next(iter(stale), None)
        run = opened.begin(
            RunInfo(
                command="reread",
                reader=Reader(first or options or Options()).info,
                options={"reader": changed_only(first or options or Options(), Options())},
                processes=processes,
            )
        )
    writer = Writer(path, run, wait, reconcile=reconcile, progress=progress)
    with writer:
        for how, numbers in stale.items():
            reader = Reader(how)
            reader.warm_up()
            given: deque[tuple[int, Report]] = deque()
            reports = _reports(path, numbers, writer, wait)
            for outcome in reader.read_many(_noted(reports, given), processes=processes):
                number, report = given.popleft()
                if isinstance(outcome, Failure):
                    writer.miss(_missed(report, outcome.reason))
                else:
                    writer.take_again(number, outcome)
    writer.finish(unchanged=0, looked_at=())
    return writer.summary


def _noted(
    reports: Iterator[tuple[int, Report]], given: deque[tuple[int, Report]]
) -> Iterator[Report]:
    """``reports``, each noted in ``given`` without its text until its outcome comes."""
    for number, report in reports:
        given.append((number, structs.replace(report, text="")))
        yield report


def _stale(store: Store, options: Options | None) -> dict[Options, list[int]]:
    """The reports to read again, by how they are to be read."""
    rows = store.sql(
        """
        SELECT k.reader, list(r.report ORDER BY r.report) AS reports FROM reports r
        JOIN records k ON k.report = r.report AND k.current WHERE r.current
        GROUP BY k.reader ORDER BY min(r.report)
        """
    ).to_pylist()
    stale: dict[Options, list[int]] = {}
    infos: dict[Options, ReaderInfo] = {}
    for row in rows:
        old = msgspec.json.decode(row["reader"], type=ReaderInfo)
        how = options or _as_then(old)
        if how not in infos:
            infos[how] = Reader(how).info
        new = infos[how]
        if options is None and "actors" in old.options:
            raise StoreError(
                f"{len(row['reports'])} reports of {store.path} were read with a table of actors "
                "of your own: give it again with --actors"
            )
        by = (old.version, old.model, old.pipeline, old.knowledge)
        changed = by != (new.version, new.model, new.pipeline, new.knowledge)
        if options is not None:
            changed = changed or (old.options, old.parts) != (new.options, new.parts)
        if changed:
            stale.setdefault(how, []).extend(row["reports"])
    return stale


def _as_then(old: ReaderInfo) -> Options:
    """Options that read as ``old`` has read, with what is installed now."""
    return Options(
        parts=None if set(old.parts) == set(PARTS) else old.parts,
        why=bool(old.options.get("why")),
        pipeline=old.pipeline.rsplit("-", 1)[0],
    )


def _reports(
    path: Path, numbers: Sequence[int], writer: Writer, wait: float
) -> Iterator[tuple[int, Report]]:
    """The reports of these numbers, rebuilt; one whose text was not kept is missed."""
    for at in range(0, len(numbers), _TOGETHER):
        with Store(path, read_only=True, wait=wait) as store:
            rows = store.sql(
                """
                SELECT r.*, t.text FROM reports r JOIN texts t USING (text_sha256)
                WHERE r.report IN (SELECT unnest(?::BIGINT[])) ORDER BY r.report
                """,
                [list(numbers[at : at + _TOGETHER])],
            ).to_pylist()
        for row in rows:
            report = _report(row)
            if row["text"] is None:
                writer.miss(_missed(report, "its text was not kept (--no-text): add it again"))
            else:
                yield row["report"], report


def _report(row: dict[str, Any]) -> Report:
    zones = msgspec.json.decode(row["zones"] or "[]", type=tuple[Zone, ...])
    return Report(
        text=row["text"] or "", authors=tuple(row["authors"]), zones=zones,
        **{name: row[name] for name in (
            "id", "published", "published_basis", "title", "source", "credit", "url", "file",
            "language", "form",
        )},
    )  # fmt: skip


def _missed(report: Report, reason: str) -> Missed:
    return Missed(name=report.name, reason=reason, kind="failed", input=report.file or report.url)
