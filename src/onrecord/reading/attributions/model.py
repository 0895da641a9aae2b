"""Which content a cue word has, if any, and which source: two small log-linear models.

Both choose among the candidates of ``spans``: the first may also choose that the
word is no cue here, the second that no source is told. Weights are trained on the training
articles of PolNeAR by ``training/train_attribution_rules.py``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

from msgspec import Struct

from onrecord.knowledge.cues import cues
from onrecord.reading.attributions.features import (
    CueFeatures,
    content_features,
    source_features,
)
from onrecord.reading.attributions.sources import SpanFinder
from onrecord.reading.attributions.spans import Candidate
from onrecord.reading.attributions.tree import Tree

WEIGHTS = "attribution_rules.json"


class Weights(Struct, frozen=True):
    """Trained weights (in the file: in hundredths), a threshold, and a calibration.

    The last two were found on held-out articles: ``calibration`` holds the lower edges of score
    bins and, for each, the share that was right.
    """

    content: dict[str, float]
    source: dict[str, float]
    threshold: float
    calibration: tuple[tuple[float, float], ...]


class Proposal(Struct, frozen=True):
    """A cue word with its likeliest content and source, and how likely both are right."""

    cue: int
    content: Candidate
    source: Candidate | None
    cue_probability: float
    probability: float


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The trained weights; read once."""
    raw = json.loads((files("onrecord.models") / WEIGHTS).read_text(encoding="utf-8"))
    return Weights(
        content={name: weight / 100 for name, weight in raw["content"].items()},
        source={name: weight / 100 for name, weight in raw["source"].items()},
        threshold=raw["threshold"],
        calibration=tuple((low, share) for low, share in raw["calibration"]),
    )


def cue_words(tree: Tree) -> Iterator[tuple[int, str]]:
    """Tokens that may be cues, and why: a word of the table, a clause below, or any other verb."""
    table = cues()
    for index, pos in enumerate(tree.pos):
        if tree.sentence[index] < 0:
            continue
        found = table.get((tree.lemma[index], pos))
        if found is not None:
            yield index, found.group
        elif pos in {"VERB", "AUX"}:
            if any(tree.dep[child] == "ccomp" for child in tree.kids[index]):
                yield index, "clause"
            elif pos == "VERB":
                yield index, "verb"
        elif pos == "PUNCT" and tree.lower[index] == ":":
            yield index, "colon"


def propose(finder: SpanFinder, weights: Weights, floor: float) -> list[Proposal]:
    """The likeliest reading of every word that is a cue with a probability of ``floor`` or more."""
    out: list[Proposal] = []
    for cue, known in cue_words(finder.tree):
        contents = finder.contents(cue)
        if not contents:
            continue
        shared = CueFeatures(finder, cue, known)
        kinds = [candidate.kind for candidate in contents]
        base = _sum(weights.content, shared.features)
        scores = [
            base + _sum(weights.content, content_features(finder, shared, candidate, kinds))
            for candidate in contents
        ]
        shares = _shares([*scores, 0.0])
        total = 1 - shares[-1]
        if total < floor:
            continue
        best = max(range(len(contents)), key=lambda n: shares[n])
        source, certainty = choose_source(finder, weights, shared, contents[best])
        out.append(Proposal(cue, contents[best], source, total, shares[best] * certainty))
    return out


def choose_source(
    finder: SpanFinder, weights: Weights, shared: CueFeatures, content: Candidate
) -> tuple[Candidate | None, float]:
    """The likeliest source of a cue and its content (None: none is told), and how likely it is."""
    sources: list[Candidate | None] = [*finder.sources(shared.cue), None]
    kinds = [candidate.kind for candidate in sources if candidate is not None]
    scores = [
        _sum(weights.source, source_features(finder, shared, content, candidate, kinds))
        for candidate in sources
    ]
    shares = _shares(scores)
    best = max(range(len(sources)), key=lambda n: shares[n])
    return sources[best], shares[best]


def calibrated(weights: Weights, probability: float) -> float:
    """The share of held-out attributions with such a probability that were right."""
    share = 0.0
    for low, right in weights.calibration:
        if probability < low:
            break
        share = right
    return round(share, 2)


def _sum(weights: dict[str, float], features: Sequence[str]) -> float:
    total = 0.0
    get = weights.get
    for feature in features:
        total += get(feature, 0.0)
    return total


def _shares(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
