"""Trains the factuality of events (``models/realis_factuality.json``) on UDS-IH2 train.

    python training/train_events_factuality.py BENCH              writes the weights
    python training/train_events_factuality.py BENCH --evaluate   five folds by document

BENCH is the folder ``shared/bench``; ``factuality_uds/train`` is read. Ridge regression over the
features of ``onrecord.reading.realis.features``, of which those seen fewer than MIN_COUNT times are
left out, and the shared encoder's vector of the event's word, standardised and put at SCALE. The
result does not depend on a seed.
"""

from __future__ import annotations

import argparse
import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import Ridge

import onrecord.models
from onrecord.reading.parse import load_pipeline, parse
from onrecord.reading.realis import head_of
from onrecord.reading.realis.context import Telling
from onrecord.reading.realis.features import features
from onrecord.reading.realis.vectors import vector
from onrecord.record.report import Report

MIN_COUNT = 4
ALPHA = 60.0
"""Of 10, 30, 60, 100: held-out r on weblog and newsgroup 0.738, 0.749, 0.751, 0.752 (one fifth)."""
SCALE = 0.3
"""Of 0 (no vectors), 0.3, 1: r in five folds, weblog 0.694, 0.704, 0.701, newsgroup 0.745, 0.757,
0.754."""
NEWS = ("weblog", "newsgroup")
Numbers = np.ndarray[Any, Any]


def main() -> None:
    """Reads the arguments and trains or evaluates."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bench", type=Path)
    parser.add_argument("--evaluate", action="store_true")
    arguments = parser.parse_args()
    rows, vectors, gold, documents, genres = read(arguments.bench / "factuality_uds" / "train")
    if arguments.evaluate:
        evaluate(rows, vectors, gold, documents, genres)
        return
    fitted = fit(rows, vectors, gold)
    names = fitted.vectorizer.get_feature_names_out()[fitted.kept]
    own = fitted.model.coef_[: len(names)]
    weights = {
        str(name): round(float(weight), 3)
        for name, weight in sorted(zip(names, own, strict=True))
        if abs(weight) >= 0.0005
    }
    of_vectors = fitted.model.coef_[len(names) :] * SCALE / fitted.spread
    weights |= {f"v{n}": round(float(weight), 5) for n, weight in enumerate(of_vectors)}
    bias = float(fitted.model.intercept_ - of_vectors @ fitted.middle)
    out = {"bias": round(bias, 4), "settings": {}, "weights": weights}
    path = Path(onrecord.models.__file__).parent / "realis_factuality.json"
    path.write_text(json.dumps(out, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    print(f"{path.name}: {len(weights)} weights, {path.stat().st_size} bytes")


def read(folder: Path) -> tuple[list[dict[str, float]], Numbers, Numbers, Numbers, Numbers]:
    """Features, vector, gold factuality, document and genre of each event of ``folder``."""
    nlp = load_pipeline()
    gold = {row["id"]: row for row in map(json.loads, lines(folder / "gold.jsonl"))}
    rows: list[dict[str, float]] = []
    vectors: list[Numbers] = []
    values: list[float] = []
    documents: list[str] = []
    genres: list[str] = []
    for row in map(json.loads, lines(folder / "docs.jsonl")):
        page = parse(Report(text=row["text"], id=row["id"], published=row.get("published")), nlp)
        telling = Telling(page)
        for event in gold[row["id"]]["events"]:
            token = head_of(page, tuple((s, e) for s, e in event["anchor"]["spans"]))
            if token is None:
                continue
            rows.append(features(token, telling.status(token)))
            vectors.append(vector(page, token))
            values.append(event["factuality"])
            documents.append(row["id"])
            genres.append(gold[row["id"]].get("genre", ""))
    return rows, np.array(vectors), np.array(values), np.array(documents), np.array(genres)


def lines(path: Path) -> list[str]:
    """The lines of a JSON Lines file."""
    return [line for line in path.read_text("utf-8").splitlines() if line.strip()]


@dataclass
class Fitted:
    """A fitted model. ``kept``: which features it has; ``middle``, ``spread``: of the vectors."""

    vectorizer: DictVectorizer
    kept: Numbers
    middle: Numbers
    spread: Numbers
    model: Ridge

    def matrix(self, rows: list[dict[str, float]], vectors: Numbers) -> Any:
        """Features and standardised vectors side by side."""
        standard = (vectors - self.middle) / self.spread * SCALE
        own = self.vectorizer.transform(rows)[:, self.kept]
        return hstack([own, csr_matrix(standard)]).tocsr()


def fit(rows: list[dict[str, float]], vectors: Numbers, gold: Numbers) -> Fitted:
    """A ridge regression of ``gold`` on features and vectors."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    kept = np.asarray((matrix != 0).sum(axis=0)).ravel() >= MIN_COUNT
    middle, spread = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
    out = Fitted(vectorizer, kept, middle, spread, Ridge(alpha=ALPHA, solver="lsqr"))
    out.model.fit(out.matrix(rows, vectors), gold)
    return out


def evaluate(
    rows: list[dict[str, float]],
    vectors: Numbers,
    gold: Numbers,
    documents: Numbers,
    genres: Numbers,
) -> None:
    """Prints Pearson's r of five folds by document, over all and over the news-like genres."""
    folds = np.array([zlib.crc32(d.encode()) % 5 for d in documents])
    out = np.zeros(len(gold))
    for fold in range(5):
        train = folds != fold
        fitted = fit(
            [r for r, t in zip(rows, train, strict=True) if t], vectors[train], gold[train]
        )
        held = [r for r, t in zip(rows, train, strict=True) if not t]
        out[~train] = fitted.model.predict(fitted.matrix(held, vectors[~train]))
    print(f"r all {np.corrcoef(out, gold)[0, 1]:.3f}")
    for genre in NEWS:
        among = genres == genre
        print(f"r {genre} {np.corrcoef(out[among], gold[among])[0, 1]:.3f}")


if __name__ == "__main__":
    main()
