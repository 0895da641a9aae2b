"""The labelled cues are those that were read, and their stances keep a floor."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.reading.attributions import cue_head, quotation, tools
from onrecord.reading.attributions.stance import stance
from onrecord.reading.parse import load_pipeline, parse
from onrecord.record.labels import LABELS
from onrecord.record.model import Spans
from onrecord.record.report import Report

HERE = Path(__file__).resolve().parent
FLOOR = 0.93  # macro F1; 0.954 was measured


def spans(pieces: list[list[int]]) -> Spans:
    return tuple((start, end) for start, end in pieces)


@pytest.fixture(scope="module")
def cues(shared: Path) -> list[dict[str, Any]]:
    lines = (HERE / "cues.jsonl").read_text(encoding="utf-8").splitlines()
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    for corpus in sorted({row["corpus"] for row in rows}):
        wanted = {row["doc"] for row in rows if row["corpus"] == corpus}
        with (shared / "corpora" / corpus / "docs.jsonl").open(encoding="utf-8") as docs:
            texts = {doc["id"]: doc["text"] for doc in map(json.loads, docs) if doc["id"] in wanted}
        for row in rows:
            if row["corpus"] == corpus:
                start, end = row["span"]
                row["text"] = texts[row["doc"]][start:end]
    return rows


def test_labels_and_words(cues: list[dict[str, Any]]) -> None:
    assert len(cues) >= 300
    for row in cues:
        assert hashlib.sha256(f"stance|{row['text']}".encode()).hexdigest() == row["sha256"]
        assert {row["stance"], row["second"]} <= set(LABELS["stance"])
        assert all(row["text"][start:end].strip() for start, end in (*row["cue"], *row["content"]))


def test_floor(cues: list[dict[str, Any]]) -> None:
    told = [read(row) for row in cues]
    figures = []
    for label in sorted({row["stance"] for row in cues} | set(told)):
        right = sum(row["stance"] == label == got for row, got in zip(cues, told, strict=True))
        total = sum(row["stance"] == label for row in cues) + told.count(label)
        figures.append(2 * right / total)
    assert sum(figures) / len(figures) >= FLOOR


def read(row: dict[str, Any]) -> str:
    page = parse(Report(text=row["text"]), load_pipeline())
    tree, finder = tools(page)
    cue, content = spans(row["cue"]), spans(row["content"])
    direct = quotation(finder, content) == "direct"
    return stance(tree, cue_head(page, cue), cue, content, direct=direct)
