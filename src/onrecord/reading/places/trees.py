"""Boosted trees and small networks, evaluated with numpy: what the learned parts of places need.

The weights are trained by ``training/train_places.py`` and kept in ``data/place_model.npz``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Trees:
    """An ensemble: arrays of (trees, nodes). A leaf points to itself."""

    feature: npt.NDArray[np.int16]
    threshold: Floats
    left: npt.NDArray[np.int16]
    right: npt.NDArray[np.int16]
    value: Floats
    depth: int
    base: float

    def margin(self, rows: Floats) -> Floats:
        """The log-odds of each row."""
        trees = np.arange(len(self.feature))
        at = np.zeros((len(rows), len(trees)), np.int16)
        number = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            goes_left = rows[number, self.feature[trees, at]] <= self.threshold[trees, at]
            at = np.where(goes_left, self.left[trees, at], self.right[trees, at])
        return np.asarray(self.value[trees, at].sum(axis=1) + self.base, np.float32)


@dataclass(frozen=True)
class Network:
    """One hidden layer; inputs are standardised with ``mean`` and ``scale``."""

    mean: Floats
    scale: Floats
    hidden: Floats
    hidden_bias: Floats
    out: Floats

    def score(self, rows: Floats) -> Floats:
        """One number a row; only differences within a group mean something."""
        x = (rows - self.mean) / self.scale
        return np.asarray(np.tanh(x @ self.hidden + self.hidden_bias) @ self.out, np.float32)


@dataclass(frozen=True)
class Line:
    """A logistic regression."""

    mean: Floats
    scale: Floats
    weight: Floats
    bias: float

    def chance(self, rows: Floats) -> Floats:
        """The probability of each row."""
        x = np.clip((rows - self.mean) / self.scale, -4, 4)
        return sigmoid(np.asarray(x @ self.weight + self.bias, np.float32))


def sigmoid(x: Floats) -> Floats:
    """The probability of log-odds ``x``."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), np.float32)
