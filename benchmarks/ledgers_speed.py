"""How long each ledger takes to answer on a store, as a terminal asks it and in full.

    python benchmarks/ledgers_speed.py STORE.duckdb

Prints a line of JSON for each question: rows, seconds on the clock and seconds of the processor
(over all threads), the better of two. The first answer of a process also loads what it needs; it is
left out.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from pathlib import Path

from onrecord.ledgers import LEDGERS, Question, show
from onrecord.store import Store

QUESTIONS: dict[str, Question] = {
    "terminal": Question(limit=41),
    "all": Question(),
    "about": Question(about="president", limit=41),
}
MORE: list[tuple[str, str, Question]] = [
    ("permissions", "as of", Question(as_of=dt.date(2030, 1, 1), limit=41)),
    ("events", "actor", Question(actor="USA", limit=41)),
    ("positions", "actor", Question(actor="USA", limit=41)),
]


def main(path: Path) -> None:
    """Prints the times for the store at ``path``."""
    asked = [(ledger, name, question) for ledger in LEDGERS for name, question in QUESTIONS.items()]
    with Store(path, read_only=True) as store:
        show(store, "timeline", Question(limit=1))
        for ledger, name, question in asked + MORE:
            walls, processors = [], []
            for _ in range(2):
                wall, processor = time.perf_counter(), time.process_time()
                rows = show(store, ledger, question).num_rows
                walls.append(time.perf_counter() - wall)
                processors.append(time.process_time() - processor)
            print(json.dumps({"ledger": ledger, "question": name, "rows": rows,
                              "seconds": round(min(walls), 2),
                              "processor": round(min(processors), 2)}), flush=True)  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
