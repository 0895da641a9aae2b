"""How the cost of finding copies grows with the number of texts: CPU, memory, bytes kept.

    python benchmarks/copies_growth.py [N …]      (default 1000 10000 100000)

Texts are congressional releases. Beyond the 12,420 that there are, further ones are made from
them: sentences of three releases, shuffled together, every seventh word replaced by one made up for
that text, so that they have the length and the words of real texts and are no copies; one in ten is
a cut copy of an earlier one. Each N runs in a process of its own, on one core; its seconds are
those of the processor, so that a busy machine does not count.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import resource
import sys
import time
from collections.abc import Iterator

from tasks import SHARED, rows


def texts(count: int) -> Iterator[str]:
    """``count`` texts, the same each time."""
    real = [row["text"] for row in rows(SHARED / "corpora" / "congress_press" / "docs.jsonl")]
    real = [text[:8000] for text in real]
    yield from real[:count]
    rng = random.Random(8)
    last: list[str] = []
    for number in range(len(real), count):
        if last and number % 10 == 0:
            source = rng.choice(last)
            yield source[: max(400, len(source) * 2 // 3)]
            continue
        mixed = [s for text in rng.sample(real, 3) for s in text.split(". ")]
        rng.shuffle(mixed)
        words = " ".join(mixed[: max(1, len(mixed) // 3)]).split()
        words[::7] = [f"w{number}x{at}" for at in range(len(words[::7]))]
        made = " ".join(words)
        last = [*last[-500:], made]
        yield made


def measure(count: int, answer: multiprocessing.Queue[dict[str, float]]) -> None:
    """Puts the figures for ``count`` texts into ``answer``."""
    from onrecord.reconcile.copies_index import CopyIndex

    kept: list[str] = []
    index = CopyIndex(lambda id_: kept[int(id_)])
    seconds = row_bytes = 0.0
    for number, text in enumerate(texts(count)):
        kept.append(text)
        start = time.process_time()
        row, _ = index.add(str(number), text)
        seconds += time.process_time() - start
        row_bytes += len(row.held)
    answer.put(
        {
            "texts": count,
            "cpu_seconds": round(seconds, 1),
            "ms_a_text": round(seconds / count * 1000, 2),
            "matches": sum(1 for _ in index.matches),
            "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "mib_of_texts": sum(map(len, kept)) // 2**20,
            "bytes_kept_a_text": round(row_bytes / count),
        }
    )


def main(counts: list[int]) -> None:
    """Prints a line of JSON for each count."""
    context = multiprocessing.get_context("spawn")
    for count in counts:
        answer: multiprocessing.Queue[dict[str, float]] = context.Queue()
        process = context.Process(target=measure, args=(count, answer))
        process.start()
        print(json.dumps(answer.get()), flush=True)
        process.join()


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [1000, 10000, 100000])
