"""Measures reconciling: conflicts and support against gold, and how its cost grows.

    python benchmarks/reconciling.py conflicts GOLD.jsonl RECORDS.jsonl… > FOUND.jsonl
    python benchmarks/reconciling.py growth RECORDS.jsonl…

RECORDS: what ``onrecord read --format jsonl`` prints. ``conflicts`` reconciles each group of the
gold in a store of its own, for ``score_conflicts.py``. ``growth`` adds the records batch by batch
to one store in memory and prints, for each batch, the processor time a report and the memory held;
its last line is one JSON object with a fit of the time a report against reports in the store.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np

from onrecord.reconcile.store_pass import reconcile_connection
from onrecord.record.codec import decode
from onrecord.record.model import Record

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from conflict_lines import lines_of
from tests.reconcile.filling import empty, fill

BATCH = 100


def conflicts(gold: Path, records: dict[str, Record]) -> None:
    for line in gold.read_text("utf-8").splitlines():
        group = json.loads(line)
        connection = empty()
        fill(connection, [records[report["id"]] for report in group["reports"]])
        reconcile_connection(connection)
        for found in lines_of(connection):
            print(json.dumps({"group": group["group"], **found}))
        connection.close()


def growth(records: list[Record]) -> None:
    connection = empty()
    before, each = [], []
    for start in range(0, len(records), BATCH):
        some = records[start : start + BATCH]
        fill(connection, some, first=start + 1)
        began = time.process_time()
        counts = reconcile_connection(connection)
        seconds = (time.process_time() - began) / len(some)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{start + len(some):6} reports  {1000 * seconds:6.1f} ms a report  "
              f"{counts.pairs:6} pairs  {memory:7.0f} MB", flush=True)  # fmt: skip
        before.append(float(start))
        each.append(seconds)
    slope, base = np.polyfit(before[1:], each[1:], 1) if len(each) > 2 else (0.0, each[-1])
    told = {"reports": len(records), "ms_a_report": round(1000 * float(np.mean(each)), 1),
            "ms_at_none": round(1000 * float(base), 1),
            "ms_more_per_1000_reports": round(1e6 * float(slope), 2)}  # fmt: skip
    print(json.dumps(told))


def main() -> None:
    task, *names = sys.argv[1:]
    paths = [Path(name) for name in names]
    if task == "conflicts":
        records = [decode(line) for path in paths[1:] for line in path.read_bytes().splitlines()]
        conflicts(paths[0], {record.id: record for record in records})
    elif task == "growth":
        growth([decode(line) for path in paths for line in path.read_bytes().splitlines()])
    else:
        raise SystemExit(f"{task!r} is not known; use conflicts or growth")


if __name__ == "__main__":
    main()
