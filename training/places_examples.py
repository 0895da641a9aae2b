"""The labelled reports that places are trained on: LGL and GeoVirus, with their candidates."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.knowledge.gazetteer import DEMONYM, load_gazetteer
from onrecord.reading.page import Page
from onrecord.reading.parse import load_pipeline, parse
from onrecord.reading.places.lexicon import load_lexicon
from onrecord.reading.places.spans import Candidate, propose
from onrecord.reading.places.tokens import Tokens
from onrecord.record.report import Report

NEAR = 161.0


@dataclass
class Example:
    """A page with gold places and candidates; ``label`` tells which candidates are places."""

    page: Page
    gold: list[dict[str, Any]]
    candidates: list[Candidate]
    label: np.ndarray
    match: list[dict[str, Any] | None]
    corpus: str

    @property
    def told(self) -> np.ndarray:
        """Which candidates the corpus says anything of: GeoVirus leaves demonyms out."""
        people = [is_people(c) for c in self.candidates]
        return np.array([self.corpus == "lgl" or not p for p in people], bool)

    @property
    def outlet(self) -> str:
        return self.page.report.source or self.page.report.id or ""


def is_people(c: Candidate) -> bool:
    kinds = load_gazetteer().posting_kind[c.postings[0] : c.postings[1]].tolist()
    return DEMONYM in kinds


def kilometres(a: float, b: float, c: np.ndarray, d: np.ndarray) -> np.ndarray:
    la, lb = math.radians(a), np.radians(c)
    h = np.sin((lb - la) / 2) ** 2 + math.cos(la) * np.cos(lb) * np.sin(np.radians(d - b) / 2) ** 2
    return np.asarray(12742 * np.arcsin(np.sqrt(np.minimum(h, 1))))


def read_examples(folder: Path) -> list[Example]:
    gazetteer, lexicon, nlp = load_gazetteer(), load_lexicon(), load_pipeline()
    out = []
    for corpus in ("lgl", "geovirus"):
        gold = {}
        for line in (folder / corpus / "gold.jsonl").open(encoding="utf-8"):
            entry = json.loads(line)
            gold[entry["id"]] = entry["places"]
        for line in (folder / corpus / "docs.jsonl").open(encoding="utf-8"):
            doc = json.loads(line)
            known = {k: doc.get(k) for k in ("id", "text", "published", "title", "source")}
            page = parse(Report(**known), nlp)
            out.append(
                example(
                    page,
                    gold[doc["id"]],
                    propose(page, Tokens.of(page.doc, page.text), gazetteer, lexicon),
                    corpus,
                )
            )
    return out


def example(
    page: Page, gold: list[dict[str, Any]], candidates: list[Candidate], corpus: str
) -> Example:
    pairs = []
    for i, place in enumerate(gold):
        start, end = place["spans"][0][0], place["spans"][-1][1]
        for j, c in enumerate(candidates):
            over = min(end, c.end) - max(start, c.start)
            if over > 0:
                pairs.append(((start, end) != (c.start, c.end), -over, c.postings[1] == 0, i, j))
    label = np.zeros(len(candidates), int)
    match: list[dict[str, Any] | None] = [None] * len(candidates)
    used: set[int] = set()
    for _, _, _, i, j in sorted(pairs):
        if i not in used and not label[j]:
            used.add(i)
            label[j] = 1
            match[j] = gold[i]
    return Example(page, gold, candidates, label, match, corpus)


def fold_of(name: str, folds: int, salt: str = "") -> int:
    return hashlib.sha256(f"{salt}{name}".encode()).digest()[0] % folds
