"""Real ugly inputs, with the text that they should give: the bench's measure and its bars."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.record.report import Failure
from onrecord.sources import open_sources


@pytest.fixture(scope="module")
def scores(shared: Path) -> dict[str, Any]:
    path = shared / "bench" / "score_ingest.py"
    spec = importlib.util.spec_from_file_location("score_ingest", path)
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    expected = list(scorer.read(path.parent / "ingest" / "expected.jsonl"))
    read: list[dict[str, Any]] = []
    for entry in expected:
        for found in open_sources([str(path.parent / "ingest" / entry["file"])]):
            if isinstance(found, Failure):
                read.append({"file": entry["file"]})
            else:
                fields = {"text": found.text, "title": found.title, "published": found.published}
                read.append({"file": found.file, **fields})
    result: dict[str, Any] = scorer.score(expected, scorer.load_pred(json.loads(json.dumps(read))))
    return result


def test_every_file_is_answered(scores: dict[str, Any]) -> None:
    assert scores["read"] == scores["files"]
    assert scores["clean"] == scores["empty_files"]
    assert scores["extra_documents"] == 0


def test_text(scores: dict[str, Any]) -> None:
    assert scores["text"]["f1"] >= 0.98
    assert scores["by_kind"]["html"]["f1"] >= 0.98
    for kind in ("csv", "mbox", "rss"):
        assert scores["by_kind"][kind]["f1"] >= 0.99


def test_titles_and_dates(scores: dict[str, Any]) -> None:
    assert scores["titles_right"] == scores["titles"]
    assert scores["dates_right"] >= scores["dates"] - 1
