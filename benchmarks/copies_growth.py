"""How the cost of finding copies grows with the number of texts: CPU, memory, bytes kept.

    python benchmarks/copies_growth.py [N …]      (default 1000 10000 20000 50000 100000)

Texts are the 12,420 congressional releases, with all their copies, forms and page furniture. Beyond
them the same releases come again in another language: every word gets an ending of its own for each
round, so that what texts share within a round is as in the first, and rounds share nothing but
numbers. One process, one core; a line is printed at each N. Seconds are those of the processor, so
that a busy machine does not count.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from collections.abc import Iterator

from onrecord.reconcile.copies_index import CopyIndex
from tasks import SHARED, rows

COUNTS = (1000, 10_000, 20_000, 50_000, 100_000)
_WORD = re.compile(r"[^\W\d_]+")


def texts(count: int) -> Iterator[str]:
    """``count`` texts, the same each time."""
    real = [row["text"] for row in rows(SHARED / "corpora" / "congress_press" / "docs.jsonl")]
    for number in range(count):
        again, at = divmod(number, len(real))
        yield _WORD.sub(rf"\g<0>q{'x' * again}", real[at]) if again else real[at]


def main(counts: list[int]) -> None:
    """Prints a line of JSON at each of ``counts``."""
    kept: list[str] = []
    index = CopyIndex(lambda id_: kept[int(id_)])
    seconds = row_bytes = 0.0
    before = (0, 0.0)
    for number, text in enumerate(texts(max(counts)), 1):
        kept.append(text)
        start = time.process_time()
        row, _ = index.add(str(number - 1), text)
        seconds += time.process_time() - start
        row_bytes += len(row.held)
        if number not in counts:
            continue
        line = {
            "texts": number,
            "cpu_seconds": round(seconds, 1),
            "ms_a_text_since_the_last_line": round(
                (seconds - before[1]) / (number - before[0]) * 1000, 2
            ),
            "matches": sum(1 for _ in index.matches),
            "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "mib_of_texts": sum(map(len, kept)) // 2**20,
            "bytes_kept_a_text": round(row_bytes / number),
        }
        print(json.dumps(line), flush=True)
        before = (number, seconds)


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or list(COUNTS))
