"""One run over many inputs: progress and the summary on standard error, failures kept."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from onrecord.cli.view import clean
from onrecord.record.model import Record
from onrecord.record.report import Failure, Report

_LISTED = 1000
"""Failures listed one by one; further ones of a huge run are counted by their reason."""


class Run:
    """Reads ``inputs``; records come out, failures stay to be told at the end."""

    def __init__(
        self,
        inputs: tuple[str, ...],
        source_options: dict[str, Any],
        options: dict[str, Any],
        processes: int,
        failures: Path | None = None,
    ) -> None:
        self.log = None if failures is None else failures.open("w", encoding="utf-8")
        self.inputs = inputs
        self.source_options = {k: v for k, v in source_options.items() if v is not None}
        self.options = {key: value for key, value in options.items() if value is not None}
        self.processes = processes
        self.read = self.resumed = self.failed = self.skipped = 0
        self.failures: list[Failure] = []
        self.further: Counter[str] = Counter()

    def records(self, leave_out: Callable[[str], bool] = lambda _: False) -> Iterator[Record]:
        """The records of all inputs, in order, without those whose id ``leave_out`` knows."""
        from onrecord.reading.errors import ReadingError
        from onrecord.reading.reader import Reader
        from onrecord.sources import SourceOptions, open_sources

        try:
            reader = Reader(**self.options)
            source = open_sources(self.inputs, SourceOptions(**self.source_options))
            reader.warm_up()
        except ReadingError as error:
            raise click.ClickException(str(error)) from error
        with _Progress() as tick:
            for outcome in reader.read_many(
                self._reports(source, leave_out), processes=self.processes
            ):
                if isinstance(outcome, Failure):
                    self._keep(outcome)
                else:
                    self.read += 1
                    yield outcome
                tick(self)

    def _reports(
        self, source: Iterator[Report | Failure], leave_out: Callable[[str], bool]
    ) -> Iterator[Report]:
        for report in source:
            if isinstance(report, Failure):
                self._keep(report)
            elif leave_out(report.identity):
                self.resumed += 1
            else:
                yield report

    def _keep(self, failure: Failure) -> None:
        if failure.kind == "skipped":
            self.skipped += 1
        else:
            self.failed += 1
        if self.log is not None:
            line = {"file": failure.name, "kind": failure.kind, "reason": failure.reason}
            self.log.write(json.dumps({**line, "documents": []}, ensure_ascii=False) + "\n")
            self.log.flush()
        if len(self.failures) < _LISTED:
            self.failures.append(failure)
        else:
            self.further[f"{failure.kind}: {failure.reason}"] += 1

    def summary(self) -> None:
        """Tells on standard error how many were read, and why the others were not."""
        total = self.read + self.resumed + self.skipped + self.failed
        if total == self.read == 1:
            return
        parts = [f"read {self.read}"]
        if self.resumed:
            parts.append(f"kept from an interrupted run {self.resumed}")
        parts += [f"skipped {self.skipped}", f"failed {self.failed}"]
        click.echo(", ".join(parts), err=True)
        for failure in self.failures:
            click.echo(clean(f"  {failure.kind}: {failure.name}: {failure.reason}"), err=True)
        for reason, count in self.further.most_common():
            click.echo(clean(f"  and {count} more {reason}"), err=True)


class _Progress:
    """A progress line on standard error, where that is a terminal."""

    def __enter__(self) -> Callable[[Run], None]:
        console = Console(stderr=True)
        self.progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=20),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self.task = self.progress.add_task("reading", total=None)
        self.progress.start()
        return self._tick

    def _tick(self, run: Run) -> None:
        text = f"{run.read + run.resumed} read, {run.skipped} skipped, {run.failed} failed"
        self.progress.update(self.task, description=text)

    def __exit__(self, *exc: object) -> None:
        self.progress.stop()
