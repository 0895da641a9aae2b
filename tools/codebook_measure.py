"""Measures by label what has gold: for ``tools/codebook.py --measure``."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from onrecord.reading.reader import Reader
from onrecord.version import __version__

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

from tasks import BENCH, SHARED, TASKS, answer  # noqa: E402 - the path is set above

_TASKS = {"events plv": "event_type", "realis (MEANTIME)": "realis"}
_DECISIONS = {"permissions": ("state", "permission_state"), "reasons": ("kind", "reason_kind"),
              "forecasts": ("likelihood", "likelihood")}  # fmt: skip
_GOLD = ("unseen", "fresh")


def measure() -> dict[str, Any]:
    """Figures by label, and in words what they were measured on."""
    by_label: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for task in TASKS:
            if task.name in _TASKS:
                gold, out = BENCH / task.folder / task.gold, folder / "out.jsonl"
                answer(task, BENCH / task.folder / task.docs, gold, out)
                line = _score(task.scorer, gold, out)
                table = line["by_type"] if "by_type" in line else line["all"]["per_class"]
                by_label[_TASKS[task.name]] = {
                    label: {"p": _or_none(row, "p"), "r": _or_none(row, "r"), "n": row["gold"]}
                    for label, row in table.items()
                }
        by_label.update(_decisions(folder))
    sources = {
        "Figures": f"onrecord {__version__}, by the scorers of the bench",
        "Event types": "the main events of 314 sentences (PLV, dev)",
        "Realis": "events given by their words in 20 articles (MEANTIME, dev)",
        "Permissions, reasons, forecasts": (
            "56 passages of tests/gold/decisions (unseen, fresh), of which automated sessions "
            "made the labels; R is the share found with the right label"
        ),
    }
    return {"sources": sources, "by_label": by_label}


def _or_none(row: dict[str, Any], key: str) -> float | None:
    """A share of nothing is not measured, and not 0."""
    count = row["gold"] if key == "r" else row.get("predicted", 1)
    return round(row[key], 2) if count else None


def _decisions(folder: Path) -> dict[str, Any]:
    gold, out = folder / "gold.jsonl", folder / "decisions.jsonl"
    reader = Reader(parts=("permissions", "reasons", "forecasts"))
    with gold.open("w", encoding="utf-8") as wanted, out.open("w", encoding="utf-8") as read:
        for name in _GOLD:
            for passage in _passages(name):
                wanted.write(json.dumps(passage) + "\n")
                record = reader.read(passage["text"], published=passage["published"] or None)
                found = {part: getattr(record, part) for part in _DECISIONS}
                read.write(json.dumps({"id": passage["id"], **msgspec.to_builtins(found)}) + "\n")
    line = _score("score_decisions.py", gold, out)
    made: dict[str, Any] = {}
    for part, (field, set_) in _DECISIONS.items():
        made[set_] = {
            label: {"p": None, "r": round(right / gold_count, 2), "n": gold_count}
            for label, (gold_count, _, right, _) in line[f"{part}_by_{field}"].items()
            if gold_count
        }
    return made


def _passages(name: str) -> list[dict[str, Any]]:
    path = ROOT / "tests" / "gold" / "decisions" / "passages.py"
    spec = importlib.util.spec_from_file_location("passages", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    loaded: list[dict[str, Any]] = module.load(name, SHARED / "corpora")
    return loaded


def _score(scorer: str, gold: Path, out: Path) -> dict[str, Any]:
    command = [sys.executable, str(BENCH / scorer), str(gold), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    line: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return line
