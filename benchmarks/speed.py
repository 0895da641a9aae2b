"""How fast reading is, as a ratio to a bare spaCy pass over the same texts in the same run.

The bare pass is ``nlp.pipe`` of the same pipeline with all its components, on one process; it is
measured before and after, and the mean counts, since laptops slow down as they warm up. Peak
memory is the largest resident set of a process that does nothing but that job.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tasks import SHARED, rows

CORPORA = ("guardian", "wikinews_2019_2020")
PARTS = ("entities", "attributions", "times", "places", "quantities", "events", "permissions",
         "reasons", "forecasts")  # fmt: skip


def texts(corpus: str, limit: int | None = None) -> list[dict[str, Any]]:
    """The reports of a corpus."""
    return rows(SHARED / "corpora" / corpus / "docs.jsonl")[:limit]


def bare(docs: list[dict[str, Any]]) -> dict[str, float]:
    """Seconds of a bare pass, after a warm-up on five reports."""
    from onrecord.reading.parse import load_pipeline

    nlp = load_pipeline()
    for _ in nlp.pipe(doc["text"] for doc in docs[:5]):
        pass
    start = time.perf_counter()
    tokens = sum(len(doc) for doc in nlp.pipe(doc["text"] for doc in docs))
    return {"seconds": time.perf_counter() - start, "tokens": tokens}


def full(docs: list[dict[str, Any]], processes: int) -> dict[str, float]:
    """Seconds of a full read, after a warm-up on a few reports."""
    from onrecord.reading.reader import Reader
    from onrecord.record.report import Failure, Report

    reports = [
        Report(id=d["id"], text=d["text"], published=d.get("published"), language="en",
               published_basis="metadata" if d.get("published") else None)
        for d in docs
    ]  # fmt: skip
    reader = Reader()
    stream = reader.read_many(warm_then(reports, processes), processes=processes)
    for _ in range(warm_up(reports, processes)):
        next(stream)
    start = time.perf_counter()
    failures = sum(isinstance(outcome, Failure) for outcome in stream)
    return {"seconds": time.perf_counter() - start, "failures": failures}


def warm_then(reports: list[Any], processes: int) -> list[Any]:
    """``reports`` with a few before them on which workers load their models."""
    return reports[: warm_up(reports, processes)] + reports


def warm_up(reports: list[Any], processes: int) -> int:
    return min(len(reports), 64 if processes > 1 else 5)


def by_part(docs: list[dict[str, Any]]) -> dict[str, float]:
    """Seconds of each part, and of the parse."""
    from onrecord.reading.contract import Parts
    from onrecord.reading.parse import load_pipeline, parse
    from onrecord.reading.reader import load_part
    from onrecord.record.report import Report

    nlp = load_pipeline()
    spent = dict.fromkeys(("parse", *PARTS), 0.0)
    for number, doc in enumerate(docs[:5] + docs):
        if number == 5:
            spent = dict.fromkeys(spent, 0.0)
        start = time.perf_counter()
        page = parse(Report(text=doc["text"], published=doc.get("published")), nlp)
        spent["parse"] += time.perf_counter() - start
        parts = Parts()
        for name in PARTS:
            start = time.perf_counter()
            setattr(parts, name, load_part(name).read(page, parts))
            spent[name] += time.perf_counter() - start
    return spent


def apart(job: Callable[..., dict[str, float]], *arguments: Any) -> dict[str, float]:
    """``job`` in a process of its own, with its peak memory in MB beside its figures."""
    context = multiprocessing.get_context("spawn")
    receive, send = context.Pipe(duplex=False)
    worker = context.Process(target=_work, args=(send, job, arguments))
    worker.start()
    send.close()  # so that a worker that dies ends the waiting
    result: dict[str, float] = receive.recv()
    worker.join()
    return result


def _work(send: Any, job: Callable[..., dict[str, float]], arguments: tuple[Any, ...]) -> None:
    result = job(*arguments)
    scale = 1024 if sys.platform != "darwin" else 1024 * 1024
    usage = max(resource.getrusage(who).ru_maxrss
                for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))  # fmt: skip
    send.send({**result, "peak_mb": usage / scale})


def measure(corpus: str, limit: int | None = None) -> dict[str, Any]:
    """All speed figures of one corpus."""
    docs = texts(corpus, limit)
    words = sum(len(doc["text"].split()) for doc in docs)
    before = apart(bare, docs)
    one = apart(full, docs, 1)
    two = apart(full, docs, 2)
    parts = apart(by_part, docs)
    after = apart(bare, docs)
    base = (before["seconds"] + after["seconds"]) / 2
    return {
        "corpus": corpus,
        "reports": len(docs),
        "words": words,
        "spacy_words_a_second": round(words / base),
        "spacy_peak_mb": round(before["peak_mb"]),
        "ratio_one_process": round(one["seconds"] / base, 2),
        "reports_a_second": round(len(docs) / one["seconds"], 1),
        "words_a_second": round(words / one["seconds"]),
        "two_processes_gain": round(one["seconds"] / two["seconds"], 2),
        "peak_mb": round(one["peak_mb"]),
        "failures": one["failures"],
        "parts": {name: round(seconds / base, 3)
                  for name, seconds in parts.items() if name != "peak_mb"},
    }  # fmt: skip


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else None
    for name in CORPORA:
        print(json.dumps(measure(name, number), indent=1))
    print(Path(__file__).name, "done")
