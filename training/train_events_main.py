"""Trains the choice of a sentence's main event (``models/events_main.json``).

    python training/train_events_main.py BENCH              trains on all and writes the weights
    python training/train_events_main.py BENCH --evaluate   five folds, nothing written

BENCH is the folder ``shared/bench``; ``events_plv/train`` (type, sides) and ``events_coped/train``
(quad class, sides, and sentences with no event) are read. A candidate is right where its type or
quad class is the gold one and an actor or recipient touches a gold actor. Logistic regression over
the features of ``onrecord.reading.events.features``. A sentence that both sets share falls in one
fold. The result does not depend on a seed.
"""

from __future__ import annotations

import argparse
import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

import onrecord.models
from onrecord.knowledge import plover
from onrecord.reading.events.features import features
from onrecord.reading.events.phrases import phrase
from onrecord.reading.events.roles import roles
from onrecord.reading.events.shift import shifted
from onrecord.reading.events.triggers import MIN_PRIOR, candidates
from onrecord.reading.parse import load_pipeline, parse
from onrecord.reading.realis.context import Telling
from onrecord.record.report import Report

STRENGTH = 0.3
"""Of 0.1, 0.3, 1 and 2, the best mean of both sets in five folds."""
NOISE = 0.05
"""A sentence whose likeliest candidate is below this keeps only its sure words. Of 0, 0.05, 0.1 and
0.15: 13 to 32 in a hundred sentences of Wikinews and Guardian reports lie below; read by eye, at
0.05 one in three of the weak words left out told no event, and higher ones cost real events."""
ALSO = {"CONCEDE": "MATERIAL COOPERATION", "SANCTION": "VERBAL CONFLICT"}


@dataclass
class Sentence:
    """A document of one sentence: its candidates' features, types, and which are right."""

    name: str
    corpus: str
    event: dict[str, Any]
    rows: list[dict[str, float]]
    kinds: list[str]
    right: list[bool]


def main() -> None:
    """Reads the arguments and trains or evaluates."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bench", type=Path)
    parser.add_argument("--evaluate", action="store_true")
    arguments = parser.parse_args()
    sentences = [
        s
        for corpus in ("events_plv", "events_coped")
        for s in read(arguments.bench / corpus / "train", corpus)
    ]
    if arguments.evaluate:
        evaluate(sentences)
        return
    vectorizer, model = fit(sentences)
    names = vectorizer.get_feature_names_out()
    weights = {
        str(name): round(float(weight), 3)
        for name, weight in sorted(zip(names, model.coef_[0], strict=True))
        if abs(weight) >= 0.002
    }
    out = {
        "bias": round(float(model.intercept_[0]), 4),
        "settings": {"noise": NOISE},
        "weights": weights,
    }
    path = Path(onrecord.models.__file__).parent / "events_main.json"
    path.write_text(json.dumps(out, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    print(f"{path.name}: {len(weights)} weights, {path.stat().st_size} bytes")


def read(folder: Path, corpus: str) -> list[Sentence]:
    """The sentences of ``folder`` with their candidates."""
    nlp = load_pipeline()
    gold = {row["id"]: row for row in map(json.loads, lines(folder / "gold.jsonl"))}
    out: list[Sentence] = []
    for row in map(json.loads, lines(folder / "docs.jsonl")):
        page = parse(Report(text=row["text"], id=row["id"]), nlp)
        telling = Telling(page)
        event = gold[row["id"]]["events"][0]
        sides = [tuple(s) for a in event.get("actors") or [] for s in a["spans"]]
        made = Sentence(row["id"].split("-", 1)[1], corpus, event, [], [], [])
        for sentence in page.sentences:
            found = [c for c in candidates(sentence) if c.prior >= MIN_PRIOR]
            for candidate in found:
                realis = telling.status(candidate.head).realis
                kind, _, _ = shifted(candidate, realis)
                cast = roles(candidate)
                made.rows.append(features(candidate, kind, realis, cast, found))
                made.kinds.append(kind)
                spans = []
                for head in (*cast.actors, *cast.recipients):
                    words = phrase(head)
                    spans.append((words[0].idx, words[-1].idx + len(words[-1])))
                told = not sides or any(touch(a, b) for a in sides for b in spans)
                made.right.append(told and fits(event, kind))
        out.append(made)
    return out


def lines(path: Path) -> list[str]:
    """The lines of a JSON Lines file."""
    return [line for line in path.read_text("utf-8").splitlines() if line.strip()]


def fits(event: dict[str, Any], kind: str) -> bool:
    """Whether ``kind`` is the gold type, or of the gold quad class."""
    if "quad" in event:
        name = plover.ontology().quads[plover.quad(kind)].upper()
        return event["quad"] in (name, ALSO.get(kind))
    return kind in (event["type"], *(event.get("types_also") or ()))


def touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans share at least half of the shorter one."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared * 2 >= min(one[1] - one[0], other[1] - other[0])


def fit(sentences: list[Sentence]) -> tuple[DictVectorizer, LogisticRegression]:
    """The fitted vectorizer and model."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([row for s in sentences for row in s.rows])
    right = [value for s in sentences for value in s.right]
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(matrix, right)
    return vectorizer, model


def evaluate(sentences: list[Sentence]) -> None:
    """Prints type F1 on plv and quad F1 on coped, five folds by sentence."""
    folds = [zlib.crc32(s.name.encode()) % 5 for s in sentences]
    counts = {corpus: [0, 0, 0] for corpus in ("events_plv", "events_coped")}
    for fold in range(5):
        vectorizer, model = fit([s for s, f in zip(sentences, folds, strict=True) if f != fold])
        for sentence in (s for s, f in zip(sentences, folds, strict=True) if f == fold):
            count = counts[sentence.corpus]
            count[2] += sentence.event.get("quad") != "NONE"
            if not sentence.rows:
                continue
            chances = model.predict_proba(vectorizer.transform(sentence.rows))[:, 1]
            best = int(np.argmax(chances))
            count[1] += 1
            count[0] += fits(sentence.event, sentence.kinds[best])
    for corpus, (right, made, gold) in counts.items():
        f1 = 2 * right / (made + gold)
        print(f"{corpus}: P {right / made:.3f} R {right / gold:.3f} F1 {f1:.3f}")


if __name__ == "__main__":
    main()
