"""What storing adds to reading: seconds of both over the same reports, on one process.

python benchmarks/storing.py [REPORTS] [GROWN]

Reading is timed alone; then the records are stored as ``onrecord add`` stores them, the file opened
and closed for each batch. Processor time is compared, so that a busy machine does not decide. With
GROWN, the store first takes that many copies of the records under other addresses, and the batches
are timed on top of them: what storing costs when the store is large. Reconciling is not in it.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from msgspec import structs

from speed import CORPORA, texts

BATCH = 32
"""About what ``add`` reads in five seconds on one process of a laptop."""


def measure(reports: int, grown: int) -> dict[str, Any]:
    """The figures over ``reports`` reports of each corpus."""
    from onrecord.reading.reader import Reader
    from onrecord.record.model import Record
    from onrecord.record.report import Report
    from onrecord.store.store import Store

    docs = [doc for corpus in CORPORA for doc in texts(corpus, reports)]
    given = [
        Report(id=d["id"], text=d["text"], published=d.get("published"), language="en",
               published_basis="metadata" if d.get("published") else None)
        for d in docs
    ]  # fmt: skip
    reader = Reader()
    for report in given[:5]:
        reader.read_report(report)
    start = time.process_time()
    records = [reader.read_report(report) for report in given]
    reading = time.process_time() - start

    def store(path: Path, some: list[Record]) -> None:
        for at in range(0, len(some), BATCH):
            with Store(path) as opened:
                opened.put(some[at : at + BATCH])

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "s.duckdb"
        store(path, [structs.replace(records[0], url="https://a.org/first")])
        for copy in range(0, grown, len(records)):
            with Store(path) as opened:
                opened.put(
                    structs.replace(one, url=f"https://a.org/{copy}/{n}")
                    for n, one in enumerate(records)
                )
        start = time.process_time()
        store(path, records)
        storing = time.process_time() - start
        size = path.stat().st_size
        with Store(path, read_only=True) as opened:
            stored = opened.sql("SELECT count(*) AS n FROM reports")["n"].to_pylist()[0]
    return {
        "reports": len(records),
        "words": sum(len(doc["text"].split()) for doc in docs),
        "stored_before": stored - len(records),
        "reading_ms_a_report": round(1000 * reading / len(records), 1),
        "storing_ms_a_report": round(1000 * storing / len(records), 1),
        "storing_to_reading": round(storing / reading, 3),
        "kb_a_report": round(size / 1024 / stored, 1),
    }


if __name__ == "__main__":
    numbers = [int(number) for number in sys.argv[1:]]
    print(json.dumps(measure(*(numbers + [150, 0][len(numbers) :])), indent=1))
