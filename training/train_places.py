"""Trains the weights of places (``place_model.npz``) on LGL and GeoVirus, and cross-validates them.

    python training/train_places.py PAGES                   trains on all and writes the weights
    python training/train_places.py PAGES --evaluate OUT    five folds by outlet, and each set
        from the other; what was found goes to the folder OUT

PAGES is the folder ``shared/bench/places``. The recogniser is a set of boosted trees, the rankers
are networks of one hidden layer. In the folds an outlet's reports are all in one fold, so that no
local paper is judged by what was learned from its own reports.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from msgspec import structs
from sklearn.ensemble import HistGradientBoostingClassifier  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from onrecord.knowledge.gazetteer import PATH, load_gazetteer
from onrecord.knowledge.gazetteer_names import fold
from onrecord.reading.places import read_with, recognise
from onrecord.reading.places.lexicon import load_lexicon
from onrecord.reading.places.model import FILE, PlaceModel, read_model
from onrecord.reading.places.recognise import FEATURES, ODDS, describe, words_around
from onrecord.reading.places.resolve import CONTEXT, OWN, group, softmax, surround, trust_row, weigh
from onrecord.reading.places.spans import Candidate
from onrecord.reading.places.tokens import Tokens
from onrecord.reading.places.trees import Line, Network, Trees
from places_examples import NEAR, Example, fold_of, is_people, kilometres, read_examples

_DIVISION = re.compile(r"province|county|region|state|district|governorate|oblast|prefecture", re.I)
FOLDS = 5
THRESHOLD = 0.45


# --- the recogniser


def learn_odds(examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    """For each word around: the log-odds of standing by a place, shrunk towards all words' odds."""
    counts: dict[str, dict[str, list[int]]] = {name: defaultdict(lambda: [0, 0]) for name in ODDS}
    total = [1, 1]
    for e in examples:
        for c, y, told in zip(e.candidates, e.label, e.told, strict=True):
            if not told:
                continue
            total[int(y)] += 1
            for name, word in words_around(c, e.page.doc).items():
                counts[name][word][int(y)] += 1
    prior = total[1] / sum(total)
    odds: dict[str, dict[str, float]] = {}
    for name, table in counts.items():
        k = 5.0
        odds[name] = {
            word: round(
                math.log((y + k * prior) / (n + k * (1 - prior)) / (prior / (1 - prior))), 3
            )
            for word, (n, y) in sorted(table.items())
            if n + y >= 5
        }
    return odds


def rows_with_odds(examples: Sequence[Example], parts: int = 4) -> np.ndarray:
    """Features whose odds were learned on the other parts of the training reports."""
    part = [fold_of(e.outlet, parts, "odds") for e in examples]
    odds = [
        learn_odds([e for e, p in zip(examples, part, strict=True) if p != q]) for q in range(parts)
    ]
    return np.concatenate(
        [
            describe(
                e.page,
                Tokens.of(e.page.doc, e.page.text),
                e.candidates,
                odds[p],
            )
            for e, p in zip(examples, part, strict=True)
        ]
    )


def fit_trees(x: np.ndarray, y: np.ndarray) -> Trees:
    learner = HistGradientBoostingClassifier(
        max_iter=140, learning_rate=0.08, max_leaf_nodes=16, min_samples_leaf=15,
        l2_regularization=5.0,
        max_depth=6, random_state=0, early_stopping=False, max_features=0.4,
    )  # fmt: skip
    learner.fit(x, y)
    trees = [step[0].nodes for step in learner._predictors]
    width = max(len(nodes) for nodes in trees)
    shape = (len(trees), width)
    feature, left, right = (np.zeros(shape, np.int16) for _ in range(3))
    threshold, value = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for t, nodes in enumerate(trees):
        for i, node in enumerate(nodes):
            leaf = bool(node["is_leaf"])
            feature[t, i] = 0 if leaf else node["feature_idx"]
            threshold[t, i] = np.inf if leaf else node["num_threshold"]
            left[t, i], right[t, i] = (i, i) if leaf else (node["left"], node["right"])
            value[t, i] = node["value"] if leaf else 0
    base = float(np.ravel(learner._baseline_prediction)[0])
    return Trees(
        feature, threshold, left, right, value, int(max(n["depth"].max() for n in trees)), base
    )


# --- the rankers


@dataclass
class Ranked:
    """The groups of one report, and for each the rows that are right (none: unknown place)."""

    groups: list[Any]
    right: list[np.ndarray]
    weight: list[float]


def ranked(e: Example, mentions: Sequence[Candidate], outlet: bool) -> Ranked:
    """``outlet`` False: as though the report's outlet were not known, as it often is not."""
    gazetteer = load_gazetteer()
    page = e.page if outlet else replace(e.page, report=structs.replace(e.page.report, source=None))
    gold = {id(c): m for c, m in zip(e.candidates, e.match, strict=True)}
    groups = group(page, mentions, gazetteer)
    right, weight = [], []
    for one in groups:
        votes: Counter[int] = Counter()
        for mention in one.mentions:
            place = gold.get(id(mention))
            if place is None or place.get("lat") is None:
                continue
            same = gazetteer.geonames_id[one.places] == (place.get("geonames_id") or -1)
            far = kilometres(
                place["lat"], place["lon"], gazetteer.lat[one.places], gazetteer.lon[one.places]
            )
            hit = same if same.any() else preferred(one, far <= NEAR, place.get("page") or "")
            votes.update(np.flatnonzero(hit).tolist())
        most = max(votes.values(), default=0)
        right.append(np.array([i for i, n in votes.items() if n == most and n], int))
        weight.append(
            math.sqrt(sum(gold.get(id(m)) is not None for m in one.mentions)) if most else 0.0
        )
    return Ranked(groups, right, weight)


def preferred(one: Any, near: np.ndarray, title: str) -> np.ndarray:
    """Of a town and a division of one name the one that the gold's page names, else the town."""
    gazetteer = load_gazetteer()
    town = near & np.array(
        [gazetteer.features[f].startswith("PPL") for f in gazetteer.feature[one.places]]
    )
    division = near & np.array(
        [gazetteer.features[f].startswith("ADM") for f in gazetteer.feature[one.places]]
    )
    if town.any() and division.any():
        return np.asarray(division if _DIVISION.search(title) else town)
    return near


def fit_network(
    data: Sequence[tuple[np.ndarray, np.ndarray, float]], hidden: int, seed: int = 0
) -> Network:
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    data = [(x, r, w) for x, r, w in data if len(r) and len(x) > 1 and w > 0]
    rows = np.concatenate([x for x, _, _ in data])
    mean, scale = rows.mean(0), rows.std(0) + 1e-3
    x = torch.tensor((rows - mean) / scale)
    owner = torch.tensor(np.repeat(np.arange(len(data)), [len(d[0]) for d in data]))
    right = torch.zeros(len(rows))
    at = 0
    for block, hit, _ in data:
        right[at + torch.tensor(hit)] = 1
        at += len(block)
    weight = torch.tensor([w for _, _, w in data], dtype=torch.float32)
    w1 = torch.nn.Parameter(torch.randn(rows.shape[1], hidden) * (0.5 / math.sqrt(rows.shape[1])))
    b1 = torch.nn.Parameter(torch.zeros(hidden))
    w2 = torch.nn.Parameter(torch.randn(hidden) * 0.3)
    optimiser = torch.optim.Adam([w1, b1, w2], lr=0.02)
    steps = 300
    for step in range(steps):
        for g in optimiser.param_groups:
            g["lr"] = 0.02 * 0.5 * (1 + math.cos(math.pi * step / steps))
        score = torch.tanh(x @ w1 + b1) @ w2
        e = torch.exp(score - 0.0)
        total = torch.zeros(len(data)).index_add(0, owner, e)
        good = torch.zeros(len(data)).index_add(0, owner, e * right)
        loss = -(weight * torch.log(good / total + 1e-9)).sum() / weight.sum()
        loss = loss + 2e-3 * (w1.square().sum() + w2.square().sum()) / 10
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    parts = [mean, scale, w1.detach().numpy(), b1.detach().numpy(), w2.detach().numpy()]
    return Network(*(np.asarray(p, np.float32) for p in parts))


def fit_rankers(data: Sequence[Ranked], hidden: int = 16) -> tuple[Network, Network]:
    alone = fit_network(
        [(g.own, r, w) for d in data for g, r, w in zip(d.groups, d.right, d.weight, strict=True)],
        hidden,
    )
    gazetteer = load_gazetteer()
    together: Network | None = None
    for _ in range(2):
        for d in data:
            if not d.groups:
                continue
            for g in d.groups:
                if together is None:
                    g.probability = softmax(alone.score(g.own))
            surround(d.groups, gazetteer)
            if together is not None:
                for g in d.groups:
                    g.probability = softmax(together.score(g.context))
                surround(d.groups, gazetteer)
        together = fit_network(
            [
                (g.context, r, w)
                for d in data
                for g, r, w in zip(d.groups, d.right, d.weight, strict=True)
            ],
            hidden,
        )
    assert together is not None
    return alone, together


# --- all of it


def train(examples: Sequence[Example], trust: bool = True) -> PlaceModel:
    """All weights; ``trust`` False leaves out the calibration, three times the work of the rest."""
    x = rows_with_odds(examples)
    y = np.concatenate([e.label for e in examples])
    told = np.concatenate([e.told for e in examples])
    trees = fit_trees(x[told], y[told])
    rankers = fit_rankers(
        [
            ranked(e, [c for c, yes in zip(e.candidates, e.label, strict=True) if yes], outlet)
            for e in examples
            for outlet in ((True, False) if e.page.report.source else (False,))
        ]
    )
    model = PlaceModel(trees, learn_odds(examples), THRESHOLD, *rankers, trust=None)
    return replace(model, trust=fit_trust(examples)) if trust else model


def fit_trust(examples: Sequence[Example], parts: int = 3) -> Line:
    """How far an answer can be trusted, learned from reports unseen by the other weights."""
    rows, right = [], []
    for part in range(parts):
        known = [e for e in examples if fold_of(e.outlet, parts, "trust") != part]
        model = train(known, trust=False)
        for e in examples:
            if fold_of(e.outlet, parts, "trust") == part:
                for row, good in judged(model, e):
                    rows.append(row)
                    right.append(good)
    x, y = np.array(rows, np.float32), np.array(right)
    mean, scale = x.mean(0), x.std(0) + 1e-3
    learner = LogisticRegression(C=0.05, max_iter=1000).fit((x - mean) / scale, y)
    return Line(mean, scale, learner.coef_[0].astype(np.float32), float(learner.intercept_[0]))


def judged(model: PlaceModel, e: Example) -> Iterator[tuple[np.ndarray, bool]]:
    """Each resolved mention that the corpus tells of: its row, and whether it is right."""
    gazetteer = load_gazetteer()
    mentions = recognise(model, e.page, gazetteer, load_lexicon())
    groups = group(e.page, mentions, gazetteer)
    weigh(groups, gazetteer, model.alone, model.together)
    for one in groups:
        best = int(np.argmax(one.probability))
        place = int(one.places[best])
        for m in one.mentions:
            if e.corpus == "geovirus" and is_people(m):
                continue
            gold = next(
                (g for g in e.gold if g["spans"][0][0] < m.end and m.start < g["spans"][-1][1]),
                None,
            )
            if gold is None:
                yield trust_row(m, one), False
            elif gold["lat"] is not None:
                there = (gazetteer.lat[[place]], gazetteer.lon[[place]])
                same = gold.get("geonames_id") == int(gazetteer.geonames_id[place])
                near = kilometres(gold["lat"], gold["lon"], *there)[0] <= NEAR
                yield trust_row(m, one), bool(same or near or same_area(place, gold))


def same_area(place: int, gold: dict[str, Any]) -> bool:
    """Whether a region, a sea, a continent has the gold's name: their points differ by source."""
    gazetteer = load_gazetteer()
    code = gazetteer.features[gazetteer.feature[place]]
    return not code.startswith("PPL") and fold(gazetteer.name(place)) == fold(gold["name"] or "")


def save(model: PlaceModel, path: Path) -> None:
    t = model.recognise
    meta = {"features": FEATURES, "own": OWN, "context": CONTEXT, "depth": t.depth, "base": t.base,
            "odds": model.odds, "threshold": model.threshold}  # fmt: skip
    networks: dict[str, Any] = {
        f"{name}_{part}": array
        for name, n in (("alone", model.alone), ("together", model.together))
        for part, array in zip(
            ("mean", "scale", "hidden", "bias", "out"),
            (n.mean, n.scale, n.hidden, n.hidden_bias, n.out),
            strict=True,
        )
    }
    if model.trust is not None:
        t2 = model.trust
        meta["trust_bias"] = t2.bias
        networks |= {"trust_mean": t2.mean, "trust_scale": t2.scale, "trust_weight": t2.weight}
    np.savez_compressed(
        path, meta=np.frombuffer(json.dumps(meta, sort_keys=True).encode(), np.uint8),
        feature=t.feature.astype(np.int16),
        threshold=t.threshold, left=t.left.astype(np.int16), right=t.right.astype(np.int16),
        value=t.value, **networks,
    )  # fmt: skip


def evaluate(
    examples: Sequence[Example], folder: Path, scorer: Callable[..., Any], out: Path
) -> None:
    runs: dict[str, list[tuple[list[Example], list[Example]]]] = {
        "five folds by outlet": [
            (
                [e for e in examples if fold_of(e.outlet, FOLDS) != k],
                [e for e in examples if fold_of(e.outlet, FOLDS) == k],
            )
            for k in range(FOLDS)
        ],
        "each set from the other": [
            ([e for e in examples if e.corpus != c], [e for e in examples if e.corpus == c])
            for c in ("lgl", "geovirus")
        ],
    }
    for name, folds in runs.items():
        predicted: dict[str, dict[str, Any]] = {}
        for known, unseen in folds:
            model = train(known, trust=False)
            for e in unseen:
                identifier = e.page.report.id or ""
                places = [
                    {"spans": p.spans, "text": p.text, "lat": p.lat, "lon": p.lon,
                    "country": p.country,
                     "geonames_id": p.geonames_id, "demonym": p.demonym, "score": p.score}
                    for p in read_with(model, e.page)
                ]  # fmt: skip
                predicted[identifier] = {"id": identifier, "places": places}
        out.mkdir(exist_ok=True)
        for corpus in ("lgl", "geovirus"):
            gold = {
                e.page.report.id or "": {"places": e.gold} for e in examples if e.corpus == corpus
            }
            mine = {
                k: {**v, "places": [p for p in v["places"] if corpus == "lgl" or not p["demonym"]]}
                for k, v in predicted.items()
                if k in gold
            }
            s, _, _ = scorer(gold, mine)
            keys = (
                "overlap_p",
                "overlap_r",
                "overlap_f1",
                "exact_f1",
                "matched_acc161id",
                "all_acc161",
                "all_acc161id",
                "all_country_accuracy",
            )
            print(f"{name:24} {corpus:9}", *(f"{k} {s[k]:.4f}" for k in keys))
            path = out / f"{corpus}-{'cv' if name[0] == 'f' else 'cross'}.jsonl"
            path.write_text("".join(json.dumps(v) + "\n" for v in mine.values()), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--evaluate", type=Path, metavar="OUT", default=None)
    arguments = parser.parse_args()
    examples = read_examples(arguments.folder)
    if arguments.evaluate:
        sys.path.insert(0, str(arguments.folder.parent))
        from score_places import score  # type: ignore[import-not-found]

        evaluate(examples, arguments.folder, score, arguments.evaluate)
        return
    save(train(examples), PATH.parent / FILE)
    read_model(PATH.parent / FILE)


if __name__ == "__main__":
    main()
