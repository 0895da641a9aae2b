"""Linear models over named features: a sum of weights, read from JSON, no training library."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear model: ``bias`` and the weight of each feature; unknown features weigh nothing.

    ``settings`` are the numbers chosen beside the weights, such as thresholds.
    """

    bias: float
    weights: Mapping[str, float]
    settings: Mapping[str, float]

    def value(self, features: Mapping[str, float]) -> float:
        """The weighted sum of ``features``."""
        weights = self.weights
        total = self.bias
        for name, amount in features.items():
            weight = weights.get(name)
            if weight is not None:
                total += weight * amount
        return total

    def chance(self, features: Mapping[str, float]) -> float:
        """The value as a probability, by the logistic function."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, self.value(features)))))


@lru_cache(maxsize=8)
def load(name: str) -> Linear:
    """The model in ``onrecord/models/<name>.json``; read once."""
    raw = json.loads((resources.files("onrecord.models") / f"{name}.json").read_text("utf-8"))
    return Linear(bias=raw["bias"], weights=raw["weights"], settings=raw["settings"])
