"""Chooses the numbers of the attribution heads on the held-out tenth, through the shipped runtime.

    python training/encoder/choose.py --data ../shared/bench/attribution/train src/onrecord/models

Prices of a piece and of no source by a small grid; the score by a logistic fit on whether a
candidate is right; the threshold by relation F1. Calibration is reported by five folds of the
documents, each judged by a fit on the others. Writes the settings into ``manifest.json``.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import msgspec
import numpy as np

from encoder.data import held_out, rows
from encoder.export import write
from onrecord.models import Models
from onrecord.reading.attributions.heads import AttributionHeads, Found, assemble
from onrecord.reading.encoder import Encoder, Encoding, Window
from onrecord.reading.heads_decode import Floats, Ints, Link, Settings, candidates, confidence, cues

FOLDS = 5
SLACK = 0.002  # of F1: far below what another tenth of the documents would change


class Scored:
    """A document encoded and scored once, for many settings."""

    def __init__(
        self, row: dict[str, Any], gold: list[Any], encoder: Encoder, heads: AttributionHeads
    ) -> None:
        self.id, self.text, self.gold = row["id"], row["text"], gold
        self.encoded: Encoding = encoder.encode(self.text)
        wide = Settings(cue=0.05)
        self.store: dict[int, Any] = {}
        for window in self.encoded.windows:
            tags, link = heads.scores(window)
            found = np.array([c[:2] for c in cues(tags, wide)], dtype=np.int64).reshape(-1, 2)
            kept: dict[tuple[int, ...], tuple[Floats, Floats]] = {}
            if len(found):
                scores, none = link(found)
                kept = {tuple(c): (scores[i], none[i]) for i, c in enumerate(found.tolist())}
            self.store[window.cut.first] = (tags, kept)

    def scores(self, window: Window) -> tuple[Floats, Link]:
        tags, kept = self.store[window.cut.first]

        def link(wanted: Ints) -> tuple[Floats, Floats]:
            found = [kept[tuple(c)] for c in wanted.tolist()]
            return np.array([f[0] for f in found]), np.array([f[1] for f in found])

        return tags, link

    def read(self, chosen: Settings, least: float | None = None) -> tuple[Found, ...]:
        return assemble(self.text, self.encoded, self.scores, chosen, least)

    def features(self, chosen: Settings) -> list[tuple[tuple[float, ...], bool]]:
        """The features of every candidate, and whether it is right."""
        out = []
        for window in self.encoded.windows:
            cut = window.cut
            tags, link = self.scores(window)
            owned = (cut.low - cut.first, cut.high - cut.first)
            for one in candidates(tags, link, owned, chosen):
                spans = [
                    list(self.encoded.span(s + cut.first, e + cut.first)) for s, e in one.content
                ]
                source = (
                    [list(self.encoded.span(one.source[0] + cut.first, one.source[1] + cut.first))]
                    if one.source
                    else []
                )
                out.append((one.features, any(agrees(g, source, spans) for g in self.gold)))
        return out


def size(spans: Any) -> int:
    return sum(e - s for s, e in spans)


def common(one: Any, other: Any) -> int:
    return sum(max(0, min(e, f) - max(s, t)) for (s, e), (t, f) in itertools.product(one, other))


def agrees(gold: dict[str, Any], source: Any, content: Any) -> bool:
    """Nearly the bench's relaxed relation: contents overlap by half, sources overlap by half."""
    want = gold["content"]["spans"]
    both = common(want, content)
    if both < 0.5 * (size(want) + size(content) - both):
        return False
    told = (gold.get("source") or {"spans": []})["spans"]
    if not told or not source:
        return not told and not source
    return common(told, source) >= 0.5 * min(size(told), size(source))


def f1(documents: list[Scored], chosen: Settings, least: float | None = None) -> float:
    hits = found = gold = 0
    for document in documents:
        got = document.read(chosen, least)
        left = list(document.gold)
        found += len(got)
        gold += len(left)
        for one in got:
            for g in left:
                if agrees(g, one.source or (), one.content):
                    left.remove(g)
                    hits += 1
                    break
    return 2 * hits / max(1, found + gold)


def fit(rows_: list[tuple[tuple[float, ...], bool]]) -> tuple[float, ...]:
    """Logistic regression by Newton's steps, with a small ridge; the intercept last."""
    x = np.array([[*f, 1.0] for f, _ in rows_])
    y = np.array([float(label) for _, label in rows_])
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 1e-2 * np.eye(len(w))
        w += np.linalg.solve(hessian, x.T @ (y - p) - 1e-2 * w)
    return tuple(round(float(v), 5) for v in w)


def calibration(pairs: list[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error, in ten bins of equal width."""
    error = 0.0
    for k in range(bins):
        here = [(p, y) for p, y in pairs if k / bins <= p < (k + 1) / bins or (p == 1 and k == 9)]
        if here:
            gap = abs(sum(p for p, _ in here) - sum(y for _, y in here))
            error += gap / len(pairs)
    return error


def fold(document: Scored) -> int:
    return hashlib.sha256(b"fold" + document.id.encode()).digest()[0] % FOLDS


def threshold(documents: list[Scored], chosen: Settings) -> float:
    """The lowest threshold whose F1 is within ``SLACK`` of the best.

    F1 is nearly flat around its best; the low end finds more of what is rare: no source, unusual
    cues. A reader of the record who wants fewer and surer ones can raise it.
    """
    keeps = [k / 100 for k in range(20, 64, 4)]
    reached = {k: f1(documents, chosen, k) for k in keeps}
    return min(k for k in keeps if reached[k] >= max(reached.values()) - SLACK)


def choose(documents: list[Scored]) -> tuple[Settings, dict[str, float]]:
    """Settings for ``documents``, with the relation's F1 there and the calibration error of the
    score, each fold of the documents judged by a fit on the others."""
    chosen = Settings(cue=0.10)
    for last in (False, True):
        chosen = replace(chosen, score=fit([r for d in documents for r in d.features(chosen)]))
        chosen = replace(chosen, keep=threshold(documents, chosen))
        if last:
            break
        grid = [
            replace(chosen, piece=piece, none=none)
            for piece in (0.0, 0.5, 1.0, 1.5, 2.0, 3.0)
            for none in (-1.0, -0.5, 0.0, 0.5, 1.0)
        ]
        reached = [f1(documents, s) for s in grid]
        near = [(s.none, f, s) for s, f in zip(grid, reached, strict=True)]
        near = [row for row in near if row[1] >= max(reached) - SLACK / 2]
        # As nearly flat: no source, which is rare, is preferred; then F1.
        chosen = max(near, key=lambda row: row[:2])[2]
    pairs: list[tuple[float, bool]] = []
    for k in range(FOLDS):
        there = [r for d in documents if fold(d) != k for r in d.features(chosen)]
        fitted = replace(chosen, score=fit(there))
        here = [r for d in documents if fold(d) == k for r in d.features(chosen)]
        pairs += [(confidence(f, fitted), y) for f, y in here]
    return chosen, {"f1": f1(documents, chosen), "ece": calibration(pairs)}


def load(data: Path, folder: Path, want: Callable[[str], bool]) -> list[Scored]:
    weights = Models(folder)
    encoder, heads = Encoder(weights), AttributionHeads(weights)
    gold = {row["id"]: row["attributions"] for row in rows(data / "gold.jsonl")}
    return [
        Scored(row, gold[row["id"]], encoder, heads)
        for row in rows(data / "docs.jsonl")
        if want(row["id"])
    ]


def set_settings(folder: Path, chosen: Settings) -> None:
    """Writes ``chosen`` into the manifest."""
    manifest = Models(folder).manifest
    values = {name: getattr(chosen, name) for name in Settings.__dataclass_fields__}
    head = msgspec.structs.replace(manifest.heads["attribution"], settings=values)
    heads = {**manifest.heads, "attribution": head}
    write(msgspec.structs.replace(manifest, heads=heads), folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    chosen, figures = choose(load(options.data, options.folder, held_out))
    set_settings(options.folder, chosen)
    print(chosen, json.dumps(figures))


if __name__ == "__main__":
    main()
