"""The quality gate: a fixed part of the bench, within minutes; fails when a figure drops.

    python benchmarks/gate.py                 check against benchmarks/floors.json
    python benchmarks/gate.py --raise         raise the floors to what is measured, less a margin
    python benchmarks/gate.py --lower NAME --reason WHY

Floors only go up; ``--lower`` is the one way down, and its reason stays in the file. Attribution is
judged on the tenth of train that the encoder was not trained on: dev stays for the last look.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from tasks import BENCH, TASKS, Task, answer, checksum, sample, score

FLOORS = Path(__file__).with_name("floors.json")
MARGIN = 0.01
"""Floors are set this far below what was measured: room for another processor's rounding."""

GATE: tuple[tuple[str, int | None, str | None], ...] = (
    # task, documents (None: all), another folder of the same task
    ("ingest", None, None),
    ("attribution", 30, "attribution/train"),
    ("entities (ECB+)", 60, None),
    ("events plv", 200, None),
    ("realis (MEANTIME)", 30, "factuality/train"),
    ("times", 60, "time/train"),
    ("places (LGL)", 60, None),
    ("places (GeoVirus)", 30, None),
    ("copies", None, None),
    ("event coreference (ECB+)", 80, "event_coref/train"),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raise", action="store_true", dest="lift")
    parser.add_argument("--lower", metavar="NAME")
    parser.add_argument("--reason")
    chosen = parser.parse_args()
    if not BENCH.is_dir():
        print(f"the quality gate is skipped: no bench data at {BENCH} (set ONRECORD_SHARED)")
        return 0
    state: dict[str, Any] = (
        json.loads(FLOORS.read_text()) if FLOORS.exists() else {"floors": {}, "lowered": []}
    )
    floors: dict[str, float] = state["floors"]
    measured: dict[str, float] = {}
    for name, size, folder in GATE:
        task = next(task for task in TASKS if task.name == name)
        if folder is not None:
            task = replace(task, folder=folder)
        for figure, value in run(task, size).items():
            if isinstance(value, float):
                measured[f"{name}: {figure} ({checksum(task)})"] = value
    if chosen.lower:
        return lower(state, measured, chosen.lower, chosen.reason)
    bad = [key for key, floor in floors.items() if measured.get(key, -1.0) < floor]
    for key, value in measured.items():
        floor = floors.get(key)
        mark = "DROPPED" if key in bad else "new" if floor is None else "ok"
        print(f"{value:.3f}  floor {'-----' if floor is None else f'{floor:.3f}'}  {mark:8} {key}")
    for key in (key for key in bad if key not in measured):
        print(f"-----  floor {floors[key]:.3f}  MISSING  {key}: the gold data is another")
    if chosen.lift:
        for key, value in measured.items():
            floors[key] = max(floors.get(key, 0.0), round(value - MARGIN, 3))
        save(state)
        return 0
    unpinned = [key for key in measured if key not in floors]
    if unpinned:
        print(f"{len(unpinned)} figures have no floor: pin them with --raise")
    print(f"quality gate: {len(measured) - len(bad)} held, {len(bad)} dropped")
    return 1 if bad or unpinned else 0


def run(task: Task, size: int | None) -> dict[str, Any]:
    """The figures of one task on its sample."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        docs, gold = sample(task, size, folder)
        answer(task, docs, gold, folder / "out.jsonl")
        return score(task, gold, folder / "out.jsonl")


def lower(state: dict[str, Any], measured: dict[str, float], name: str, reason: str | None) -> int:
    if not reason:
        print("--lower needs --reason: why may this figure drop?", file=sys.stderr)
        return 2
    keys = [key for key in state["floors"] if key.startswith(name)]
    if not keys:
        print(f"no floor begins with {name!r}", file=sys.stderr)
        return 2
    for key in keys:
        old = state["floors"].pop(key)
        if key in measured:
            state["floors"][key] = round(measured[key] - MARGIN, 3)
        state["lowered"].append(
            {"floor": key, "from": old, "to": state["floors"].get(key), "reason": reason,
             "day": dt.date.today().isoformat()}
        )  # fmt: skip
    save(state)
    return 0


def save(state: dict[str, Any]) -> None:
    FLOORS.write_text(json.dumps(state, indent=1, sort_keys=True, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main())
