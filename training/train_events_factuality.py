"""Trains the factuality of events (``models/realis_factuality.json``) on UDS-IH2 train.

    python training/train_events_factuality.py BENCH              writes the weights
    python training/train_events_factuality.py BENCH --evaluate   five folds by document

BENCH is the folder ``shared/bench``; ``factuality_uds/train`` is read. Ridge regression over the
features of ``onrecord.reading.realis.features``; those seen fewer than MIN_COUNT times are left
out. The result does not depend on a seed.
"""

from __future__ import annotations

import argparse
import json
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import Ridge

import onrecord.models
from onrecord.reading.parse import load_pipeline, parse
from onrecord.reading.realis import head_of
from onrecord.reading.realis.context import Telling
from onrecord.reading.realis.features import features
from onrecord.record.report import Report

MIN_COUNT = 4
ALPHA = 60.0
"""Of 10, 30, 60, 100: held-out r on weblog and newsgroup 0.738, 0.749, 0.751, 0.752 (one fifth)."""
NEWS = ("weblog", "newsgroup")


def main() -> None:
    """Reads the arguments and trains or evaluates."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bench", type=Path)
    parser.add_argument("--evaluate", action="store_true")
    arguments = parser.parse_args()
    rows, gold, documents, genres = read(arguments.bench / "factuality_uds" / "train")
    if arguments.evaluate:
        evaluate(rows, gold, documents, genres)
        return
    vectorizer, model, kept = fit(rows, gold)
    names = vectorizer.get_feature_names_out()[kept]
    weights = {
        str(name): round(float(weight), 3)
        for name, weight in sorted(zip(names, model.coef_, strict=True))
        if abs(weight) >= 0.0005
    }
    out = {"bias": round(float(model.intercept_), 4), "settings": {}, "weights": weights}
    path = Path(onrecord.models.__file__).parent / "realis_factuality.json"
    path.write_text(json.dumps(out, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    print(f"{path.name}: {len(weights)} weights, {path.stat().st_size} bytes")


def read(
    folder: Path,
) -> tuple[
    list[dict[str, float]], np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]
]:
    """Features, gold factuality, document and genre of each event of ``folder``."""
    nlp = load_pipeline()
    gold = {row["id"]: row for row in map(json.loads, lines(folder / "gold.jsonl"))}
    rows: list[dict[str, float]] = []
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
            values.append(event["factuality"])
            documents.append(row["id"])
            genres.append(gold[row["id"]].get("genre", ""))
    return rows, np.array(values), np.array(documents), np.array(genres)


def lines(path: Path) -> list[str]:
    """The lines of a JSON Lines file."""
    return [line for line in path.read_text("utf-8").splitlines() if line.strip()]


def fit(
    rows: list[dict[str, float]], gold: np.ndarray[Any, Any]
) -> tuple[DictVectorizer, Ridge, np.ndarray[Any, Any]]:
    """The fitted vectorizer, the model, and which features were kept."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    kept = np.asarray((matrix != 0).sum(axis=0)).ravel() >= MIN_COUNT
    model = Ridge(alpha=ALPHA, solver="lsqr").fit(matrix[:, kept], gold)
    return vectorizer, model, kept


def evaluate(
    rows: list[dict[str, float]],
    gold: np.ndarray[Any, Any],
    documents: np.ndarray[Any, Any],
    genres: np.ndarray[Any, Any],
) -> None:
    """Prints Pearson's r of five folds by document, over all and over the news-like genres."""
    folds = np.array([zlib.crc32(d.encode()) % 5 for d in documents])
    out = np.zeros(len(gold))
    for fold in range(5):
        train = folds != fold
        vectorizer, model, kept = fit(
            [r for r, t in zip(rows, train, strict=True) if t], gold[train]
        )
        held = [r for r, t in zip(rows, train, strict=True) if not t]
        out[~train] = model.predict(vectorizer.transform(held)[:, kept])
    news = np.isin(genres, NEWS)
    print(f"r all {np.corrcoef(out, gold)[0, 1]:.3f}")
    print(f"r {' and '.join(NEWS)} {np.corrcoef(out[news], gold[news])[0, 1]:.3f}")


if __name__ == "__main__":
    main()
