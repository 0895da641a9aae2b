"""The learned weights of places: one file, loaded once, no training library."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

import numpy as np

from onrecord.reading.places.recognise import FEATURES
from onrecord.reading.places.resolve import CONTEXT, OWN
from onrecord.reading.places.trees import Line, Network, Trees

FILE = "place_model.npz"


class PlaceModelError(Exception):
    """The weights do not belong to this version; install the package again."""


@dataclass(frozen=True)
class PlaceModel:
    """The recogniser (``recognise``, ``odds``, ``threshold``) and the two rankers.

    ``trust`` gives the score of a resolved entry, learned from reports that the other weights had
    not seen; None while they are being trained.
    """

    recognise: Trees
    odds: dict[str, dict[str, float]]
    threshold: float
    alone: Network
    together: Network
    trust: Line | None = None


@lru_cache(maxsize=1)
def load_model() -> PlaceModel:
    """The weights of the package. Raises ``PlaceModelError`` where they do not fit the code."""
    with resources.as_file(resources.files("onrecord.knowledge.data") / FILE) as path:
        return read_model(path)


def read_model(path: Path) -> PlaceModel:
    """The weights in ``path``."""
    with np.load(path, allow_pickle=False) as data:
        meta = json.loads(bytes(data["meta"]).decode())
        if (tuple(meta["features"]), tuple(meta["own"]), tuple(meta["context"])) != (
            FEATURES,
            OWN,
            CONTEXT,
        ):
            raise PlaceModelError(f"{path.name} was trained for other features")
        trees = Trees(
            feature=data["feature"].astype(np.int16),
            threshold=data["threshold"],
            left=data["left"].astype(np.int16),
            right=data["right"].astype(np.int16),
            value=data["value"],
            depth=meta["depth"],
            base=meta["base"],
        )
        alone, together = (
            Network(
                *(data[f"{name}_{part}"] for part in ("mean", "scale", "hidden", "bias", "out"))
            )
            for name in ("alone", "together")
        )
        trust = Line(
            data["trust_mean"], data["trust_scale"], data["trust_weight"], meta["trust_bias"]
        )
    return PlaceModel(trees, meta["odds"], meta["threshold"], alone, together, trust)
