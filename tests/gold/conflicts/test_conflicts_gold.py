"""The gold of conflicts holds together, and its scorer scores."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
HALVES = ("work", "unseen", "fresh")
SOURCES = (
    "bench/event_coref/train", "bench/event_coref/dev", "corpora/wikinews_2019_2020",
    "corpora/congress_press", "corpora/guardian",
)  # fmt: skip


def groups(half: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / f"{half}.jsonl").read_text("utf-8").splitlines()]


def scorer() -> ModuleType:
    path = HERE.parents[2] / "benchmarks" / "score_conflicts.py"
    spec = importlib.util.spec_from_file_location("score_conflicts", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_scorer_tests_itself() -> None:
    scorer().self_test()


def test_what_the_gold_says_itself_scores_one() -> None:
    module = scorer()
    for half in HALVES:
        found = []
        for group in groups(half):
            for item in group["conflicts"]:
                if item["verdict"] != "unsure":
                    left, right = item["sides"][0][0], item["sides"][1][0]
                    found.append({"group": group["group"], "type": "conflict", "left": left,
                                  "right": right, "verdict": item["verdict"]})  # fmt: skip
            for item in group["support"]:
                if item["label"] == "independent":
                    found.append({"group": group["group"], "type": "support",
                                  "left": [item["left"], 0, 1], "right": [item["right"], 0, 1]})  # fmt: skip
        made = module.score(groups(half), found)
        if half != "fresh":  # it has no labels of support
            assert made["support"]["precision"] == made["support"]["recall"] == 1.0
        assert made["conflicts"]["recall"] > 0.9


@pytest.mark.parametrize("half", HALVES)
def test_labels_stand_in_the_texts(half: str, shared: Path) -> None:
    texts = {}
    for name in SOURCES:
        for line in (shared / name / "docs.jsonl").open(encoding="utf-8"):
            document = json.loads(line)
            texts[document["id"]] = document["text"]
    for group in groups(half):
        ids = {report["id"] for report in group["reports"]}
        for report in group["reports"]:
            assert report["scope"][1] <= len(texts[report["id"]])
        for item in group["conflicts"]:
            assert len(item["sides"]) > 1
            for id_, start, end in (passage for side in item["sides"] for passage in side):
                assert id_ in ids
                assert texts[id_][start:end].strip() == texts[id_][start:end] != ""


def test_the_halves_share_no_report() -> None:
    seen = [{r["id"] for g in groups(half) for r in g["reports"]} for half in HALVES]
    assert sum(map(len, seen)) == len(set().union(*seen))
    assert sum(len(groups(half)) for half in ("work", "unseen")) >= 60
