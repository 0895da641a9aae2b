"""What storing and reconciling add to reading over a whole corpus, by one command.

    python benchmarks/adding.py STORE.duckdb INPUT… > GROWTH.jsonl

Runs ``onrecord add STORE INPUT…`` on one process and counts processor time (over all threads, so
that a busy machine does not decide) of storing, of reconciling, and of all the rest, which is
reading. Prints a line of JSON after each reconciling; the last line is of the whole run, with the
peak of memory. A run that was cut off goes on; its figures are then of what was left.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from onrecord.adding.runs import add
from onrecord.adding.summary import Summary
from onrecord.reconcile import store_pass
from onrecord.store.store import Store

spent = {"storing": 0.0, "reconciling": 0.0}
read = {"reports": 0}
started = time.process_time()
wall = time.perf_counter()


def counted(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    """``call``, its processor time added to what ``name`` has spent."""

    def timed(*args: Any, **kwargs: Any) -> Any:
        before = time.process_time()
        try:
            return call(*args, **kwargs)
        finally:
            spent[name] += time.process_time() - before
            if name == "reconciling":
                tell()

    return timed


def tell() -> None:
    """Prints where the run stands."""
    whole = time.process_time() - started
    reading = whole - sum(spent.values())
    told = {**read, "seconds": round(time.perf_counter() - wall), "reading": round(reading, 1),
            **{name: round(seconds, 1) for name, seconds in spent.items()},
            "added": round(sum(spent.values()) / reading, 3),
            "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}  # fmt: skip
    print(json.dumps(told), flush=True)


def follow(summary: Summary) -> None:
    """Counts what has been read."""
    read["reports"] = summary.added + summary.held


def main(store: Path, inputs: list[str]) -> None:
    """Adds ``inputs`` to ``store`` and prints the figures."""
    with (
        patch.object(Store, "put_batch", counted("storing", Store.put_batch)),
        patch.object(store_pass, "reconcile", counted("reconciling", store_pass.reconcile)),
    ):
        print(json.dumps({"failed": add(store, inputs, progress=follow).failed}))
    tell()


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:])
