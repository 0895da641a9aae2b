"""The store, opened for as long as somebody reads and little longer.

DuckDB lets either many processes read a file or one write it. The explorer would shut out
``onrecord add`` if it held the file open. To open it costs more than most queries, and a page is
followed by its style rules and the next page: so it is let go a moment after the last reader left,
sooner than a waiting writer gives up.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.store import Store

LINGER = 1.0
"""Seconds for which the file stays open after the last reader."""


class Gate:
    """Opens the store at ``path``: many readers at a time, or one writer."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._condition = threading.Condition()
        self._readers = 0
        self._writing = False
        self._kept: Store | None = None
        self._timer: threading.Timer | None = None

    @contextmanager
    def read(self) -> Iterator[Store]:
        """The store, read only. Raises the store's own error where it cannot be opened."""
        with self._condition:
            self._condition.wait_for(lambda: not self._writing)
            if self._timer is not None:
                self._timer.cancel()
            if self._kept is None:
                # What is kept holds the file open; each reader has a connection of its own to it.
                self._kept = Store(self.path, read_only=True)
            self._readers += 1
        try:
            with Store(self.path, read_only=True) as store:
                yield store
        finally:
            with self._condition:
                self._readers -= 1
                if not self._readers:
                    self._timer = threading.Timer(LINGER, self._let_go)
                    self._timer.daemon = True
                    self._timer.start()
                self._condition.notify_all()

    @contextmanager
    def write(self) -> Iterator[Store]:
        """The store, to be changed; waits for the readers of this process."""
        with self._condition:
            self._condition.wait_for(lambda: not self._writing and not self._readers)
            self._writing = True
            self._close()
        try:
            with Store(self.path, create=False) as store:
                yield store
        finally:
            with self._condition:
                self._writing = False
                self._condition.notify_all()

    def _let_go(self) -> None:
        with self._condition:
            if not self._readers:
                self._close()

    def _close(self) -> None:
        if self._kept is not None:
            self._kept.close()
            self._kept = None
