"""Fits the weights of ``onrecord.reconcile.event_pairs`` and prints them.

    python training/train_event_pairs.py ECB_RECORDS GOLD_CLUSTERS OTHER_RECORDS [--held-out]

``ECB_RECORDS``: what ``onrecord read`` prints of ECB+ train; ``GOLD_CLUSTERS``: its gold (the bench
beside the checkout). ``OTHER_RECORDS``: dated news. Two of its reports that are alike but lie more
than four days apart, neither told as background, are taken for telling of different events: ECB+
has no dates to learn that from. Signs are bound: what is shared cannot speak against, what differs
cannot speak for.

Half of the topics (by a hash of the topic) are held out: those of the unseen half of
``tests/gold/conflicts``. Precision and recall over their pairs are printed for some thresholds.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from onrecord.reconcile import corrected, entities, event_pairs, mentions, nearness, tables
from onrecord.record.codec import decode
from onrecord.record.model import Record

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.reconcile.filling import empty, fill

FOR = {
    "cosine", "type", "stem", "root", "stem_and_cosine", "sentence", "sentence_and_stem", "actors",
    "recipients", "recipient_words", "around", "codes", "place", "date", "main", "told",
}  # fmt: skip
AGAINST = {"actors_apart", "recipients_apart", "place_apart", "date_apart", "background", "days"}
WEAK = 0.3
"""How much a pair of other news counts beside one of ECB+."""


def pairs(records: list[Record]) -> list[tuple[mentions.Mention, mentions.Mention, float]]:
    """All comparable pairs of events of alike reports."""
    connection = empty()
    fill(connection, records)
    tables.make(connection)
    reports = list(range(1, len(records) + 1))
    nearness.add_reports(connection, reports)
    entities.reconcile_entities(connection, reports, corrected.Corrected())
    found = mentions.load(connection, reports)
    near = connection.execute('SELECT "left", "right", cosine FROM likeness_pairs').fetchall()
    return [
        (one, other, cosine)
        for left, right, cosine in sorted(near)
        for one in found[left]
        for other in found[right]
        if event_pairs.comparable(one, other)
    ]


def clusters(
    records: list[Record], gold: Path
) -> tuple[dict[tuple[int, str], str], dict[int, str]]:
    """The gold cluster of each event whose anchor meets a gold one; the topic of each report."""
    lines = {line["id"]: line for line in map(json.loads, gold.open(encoding="utf-8"))}
    labels, topics = {}, {}
    for number, record in enumerate(records, start=1):
        line = lines[record.id]
        topics[number] = line["topic"]
        for event in record.events or ():
            start, end = event.anchor.spans[0][0], event.anchor.spans[-1][1]
            for item in line["events"]:
                if any(a < end and start < b for a, b in item["spans"]):
                    labels[number, event.id] = item["cluster"]
                    break
    return labels, topics


def unseen(topic: str) -> bool:
    """Whether a topic belongs to the unseen half."""
    return int(hashlib.sha256(f"half{topic}".encode()).hexdigest(), 16) % 2 == 0


def fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Weights of a logistic regression with bound signs and a light ridge."""
    bounds = [(0, None) if n in FOR else (None, 0) if n in AGAINST else (None, None)
              for n in event_pairs.NAMES]  # fmt: skip

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        p = 1 / (1 + np.exp(-z))
        value = (weight * (np.logaddexp(0, z) - y * z)).sum() + 0.5 * (w @ w)
        return float(value), x.T @ (weight * (p - y)) + w

    return minimize(loss, np.zeros(x.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B").x


def main() -> None:
    ecb, gold, other = (Path(name) for name in sys.argv[1:4])
    records = [decode(line) for line in ecb.open("rb")]
    labels, topics = clusters(records, gold)
    x, y, held, weight = [], [], [], []
    for one, two, cosine in pairs(records):
        if one.entry in labels and two.entry in labels:
            x.append(event_pairs.features(one, two, cosine))
            y.append(labels[one.entry] == labels[two.entry])
            held.append(unseen(topics[one.report]))
            weight.append(1.0)
    for one, two, cosine in pairs([decode(line) for line in other.open("rb")]):
        apart = one.day is not None and two.day is not None and abs(one.day - two.day) > 4
        if apart and not one.background and not two.background:
            x.append(event_pairs.features(one, two, cosine))
            y.append(False)
            held.append(False)
            weight.append(WEAK)
    xs, ys, hs, ws = np.array(x), np.array(y, float), np.array(held), np.array(weight)
    found = fit(xs[~hs], ys[~hs], ws[~hs])
    p = 1 / (1 + np.exp(-(xs[hs] @ found)))
    for least in (0.3, 0.4, 0.5, 0.6, 0.7):
        said = p >= least
        print(f"held out, {least}: precision {ys[hs][said].mean():.3f}, "
              f"recall {ys[hs][said].sum() / ys[hs].sum():.3f}")  # fmt: skip
    print(f"{len(ys)} pairs, {int(hs.sum())} of them held out")
    print("WEIGHTS = (" + ", ".join(f"{value:.2f}" for value in found) + ")")
    print({name: round(float(v), 2) for name, v in zip(event_pairs.NAMES, found, strict=True)})


if __name__ == "__main__":
    main()
