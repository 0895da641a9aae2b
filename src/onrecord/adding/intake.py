"""From inputs to the reports that a store does not have: what it knows is left out unread."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from onrecord.record.report import Failure, Report
from onrecord.sources import SourceOptions, open_sources
from onrecord.store.failures import Missed
from onrecord.store.identity import appearance, content, known_as

_BEHIND = (", line ", ", item ", ", row ", " · ", ", ")


class Ticket(Struct, frozen=True):
    """What is kept of a report while it is read."""

    appearance: str
    content: str
    input: str
    zones: str | None


class Intake:
    """The reports in ``inputs`` that are new or have changed, as they come; iterate it once.

    ``known``: what the store has (``Store.known``); it grows. ``tickets`` are those of the
    reports given out, in order, to be taken off as their outcomes come. ``miss`` is told of each
    input that gives no report; ``unchanged`` counts what was known.
    """

    def __init__(
        self,
        inputs: Sequence[str],
        options: SourceOptions,
        known: set[bytes],
        miss: Callable[[Missed], None],
    ) -> None:
        self.inputs = inputs
        self.options = options
        self.tickets: deque[Ticket] = deque()
        self.unchanged = 0
        self.looked_at: set[str] = set(inputs)
        """Inputs and files that were looked at."""
        self._known = known
        self._tell = miss

    def __iter__(self) -> Iterator[Report]:
        for typed in self.inputs:
            for item, alone in _with_company(open_sources([typed], self.options)):
                if isinstance(item, Failure):
                    self._miss(item, typed)
                    continue
                self.looked_at.add(again(item, typed))
                where, said = appearance(item, alone=alone), content(item)
                if (mark := known_as(where, said)) in self._known:
                    self.unchanged += 1
                    continue
                self._known.add(mark)
                zones = msgspec.json.encode(item.zones).decode() if item.zones else None
                self.tickets.append(Ticket(where, said, again(item, typed), zones))
                yield item

    def _miss(self, failure: Failure, typed: str) -> None:
        name = _file_in(failure.name, typed)
        self.looked_at.add(name)
        self._tell(Missed(name=failure.name, reason=failure.reason, kind=failure.kind, input=name))


def again(report: Report, typed: str) -> str:
    """What is to be given to have ``report`` once more: its file, its address, what was typed."""
    return report.file or report.url or typed


def _file_in(name: str, typed: str) -> str:
    """The file that the failure called ``name`` is of, where that is plain; else what was typed."""
    if not Path(typed).is_dir():
        return typed
    for mark in ("", *_BEHIND):
        file = name.split(mark, 1)[0] if mark else name
        if Path(file).is_file():
            return file
    return typed


def _with_company(
    items: Iterator[Report | Failure],
) -> Iterator[tuple[Report | Failure, bool]]:
    """Each item, and whether it is alone in its file.

    Only a report that nothing but its file names is held back until the next one is seen.
    """
    held: Report | None = None
    many: str | None = None
    for item in items:
        if held is not None:
            if _of(item, held.file or ""):
                many = held.file
            yield held, held.file != many
            held = None
        if isinstance(item, Report) and item.file and not (item.url or item.id):
            if item.file == many:
                yield item, False
            else:
                held = item
        else:
            yield item, True
    if held is not None:
        yield held, True


def _of(item: Report | Failure, file: str) -> bool:
    if isinstance(item, Report):
        return item.file == file
    return item.name.startswith(f"{file}, ")
