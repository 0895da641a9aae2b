"""The gold passages are those that were labelled, and the reader keeps its floors on them."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from onrecord.reading import forecasts, permissions, reasons, times
from onrecord.reading.contract import Parts
from onrecord.reading.parse import load_pipeline, parse
from onrecord.record.report import Report

HERE = Path(__file__).resolve().parent
# Floors a few points under what was measured on ``work``, ``fresh`` and ``fields_work`` together.
# The floor of the items is 0.01 lower than before: what is done (fishing, abortion) is an act now.
FLOORS = {
    "permissions_f1": 0.94, "permissions_state_accuracy": 0.95, "permissions_grantor_f1": 0.82,
    "permissions_grantee_f1": 0.79, "permissions_item_f1": 0.74, "reasons_f1_with_kind": 0.77,
    "forecasts_f1": 0.91, "forecasts_content_f1": 0.86, "forecasts_likelihood_accuracy": 0.97,
    "forecasts_horizon_f1": 0.8,
}  # fmt: skip
NAMES = [
    "work", "unseen", "unseen_second", "fresh", "fields_work", "fields_blind",
    "fields_blind_second", "independent",
]  # fmt: skip


def load(name: str, corpora: Path) -> list[dict[str, Any]]:
    spec = importlib.util.spec_from_file_location("passages", HERE / "passages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    loaded: list[dict[str, Any]] = module.load(name, corpora)
    return loaded


@pytest.mark.parametrize("name", NAMES)
def test_spans_are_exact(name: str, shared: Path) -> None:
    for passage in load(name, shared / "corpora"):
        for part in ("permissions", "reasons", "forecasts"):
            for entry in passage[part]:
                for value in entry.values():
                    for words in value if isinstance(value, list) else [value]:
                        for start, end in words.get("spans", []) if isinstance(words, dict) else []:
                            piece = passage["text"][start:end]
                            assert piece
                            assert piece == piece.strip()


def test_floors(shared: Path, tmp_path: Path) -> None:
    gold, records = tmp_path / "gold.jsonl", tmp_path / "records.jsonl"
    with gold.open("w", encoding="utf-8") as out, records.open("w", encoding="utf-8") as read:
        for name in ("work", "fresh", "fields_work"):
            for passage in load(name, shared / "corpora"):
                out.write(json.dumps(passage) + "\n")
                report = Report(text=passage["text"], published=passage["published"] or None)
                page, parts = parse(report, load_pipeline()), Parts()
                parts.times = times.read(page, parts)
                parts.permissions = permissions.read(page, parts)
                found = {
                    "permissions": parts.permissions,
                    "reasons": reasons.read(page, parts),
                    "forecasts": forecasts.read(page, parts),
                }
                read.write(json.dumps({"id": passage["id"], **msgspec.to_builtins(found)}) + "\n")
    command = [sys.executable, str(shared / "bench/score_decisions.py"), str(gold), str(records)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    figures = json.loads(result.stdout.splitlines()[-1])
    assert figures["dropped"] == 0
    low = {key: figures[key] for key, floor in FLOORS.items() if figures[key] < floor}
    assert low == {}
