"""From the scores of the attribution heads to attributions, as word numbers of one window.

Everything here is numpy on one window: the order of the steps is fixed, and nothing depends on
what else is read beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Link = Callable[[Ints], tuple[Floats, Floats]]
"""Cues (n, 2), first and last word, to scores (n, words, 5) and of no source (n, 2)."""

OUTSIDE, BEGINS, INSIDE, STARTS, ENDS = range(5)
FAINTEST = 0.05  # no cue begins at a word with less probability, whatever the settings
LONGEST_SOURCE = 40  # words; the longest of PolNeAR's train part has fewer in 99.9 of 100 cases


@dataclass(frozen=True, slots=True)
class Settings:
    """What is chosen on held-out documents; kept in the manifest beside the weights.

    ``cue``: least probability of a cue to look at. ``piece``: what each piece of a content must
    gain in log odds. ``none``: what is added to the log odds of no source. ``score``: weights of
    the features of :func:`confidence` and their intercept. ``keep``: the default threshold.
    """

    cue: float = 0.15
    piece: float = 0.5
    none: float = 0.0
    score: tuple[float, ...] = (1.0, 0.5, 0.0, 0.0, 0.0)
    keep: float = 0.4


@dataclass(slots=True)
class Candidate:
    """One attribution in word numbers of its window, end exclusive; ``source`` None where none."""

    cue: tuple[int, int]
    content: list[tuple[int, int]]
    source: tuple[int, int] | None
    features: tuple[float, ...]
    margins: Floats = field(repr=False)


def cues(tags: Floats, settings: Settings) -> list[tuple[int, int, float]]:
    """Candidate cues: first word, last word, probability; in order, not overlapping."""
    chance = softmax(tags[:, :3])
    found: list[tuple[int, int, float]] = []
    word = 0
    while word < len(chance):
        if chance[word, 1] < FAINTEST:
            word += 1
            continue
        last = word
        while (
            last + 1 < len(chance)
            and chance[last + 1, 2] >= chance[last + 1, 0]
            and chance[last + 1, 2] >= chance[last + 1, 1]
        ):
            last += 1
        if chance[word, 1] >= settings.cue:
            found.append((word, last, float(chance[word, 1])))
        word = last + 1
    return found


def candidates(
    tags: Floats, link: Link, owned: tuple[int, int], settings: Settings
) -> list[Candidate]:
    """The candidates of one window whose cue begins in ``owned``."""
    here = [cue for cue in cues(tags, settings) if owned[0] <= cue[0] < owned[1]]
    if not here:
        return []
    scores, none = link(np.array([cue[:2] for cue in here], dtype=np.int64))
    out = []
    for (first, last, chance), rows, absent in zip(here, scores, none, strict=True):
        logs = log_softmax(rows[:, :3])
        pieces = _pieces(logs, settings.piece)
        pieces = _without(pieces, (first, last + 1))
        if not pieces:
            continue
        source, source_chance = _source(rows, absent, settings.none)
        covered = np.concatenate([np.arange(s, e) for s, e in pieces])
        margins = np.logaddexp(logs[:, 1], logs[:, 2]) - logs[:, 0]
        begin = float(max(logs[s, 1] for s, _ in pieces))
        sure = float(np.mean(1 / (1 + np.exp(-margins[covered]))))
        features = (_logit(chance), begin, _logit(sure), source_chance)
        out.append(Candidate((first, last + 1), pieces, source, features, margins))
    return out


def confidence(features: Sequence[float], settings: Settings) -> float:
    """The probability that an attribution is there and right, from a logistic fit on held-out."""
    weights = settings.score
    total = weights[-1] + sum(w * x for w, x in zip(weights[:-1], features, strict=True))
    return float(1 / (1 + np.exp(-total)))


def _pieces(logs: Floats, price: float) -> list[tuple[int, int]]:
    """The best sequence of outside, begins, inside (Viterbi), each piece paying ``price``.

    A word whose odds of being content are under one in e^6 ends every piece before it, so only
    the runs of other words are searched.
    """
    gain = logs[:, 1:] - logs[:, :1]
    alive = np.flatnonzero(gain.max(axis=1) > -6.0)
    found: list[tuple[int, int]] = []
    for run in np.split(alive, np.flatnonzero(np.diff(alive) > 1) + 1):
        if len(run):
            rows = gain[run[0] : run[-1] + 1].tolist()
            found += [(s + int(run[0]), e + int(run[0])) for s, e in _best(rows, price)]
    return found


def _best(gain: list[list[float]], price: float) -> list[tuple[int, int]]:
    """The pieces of one run; ``gain`` has log odds of begins and of inside against outside."""
    out, into = 0.0, float("-inf")
    back: list[tuple[bool, bool]] = []  # was the word before inside; does a piece begin here
    for begins, inside in gain:
        open_ = into > out
        begin, stay = max(out, into) + begins - price, into + inside
        back.append((open_, begin >= stay))
        out, into = max(out, into), max(begin, stay)
    found: list[tuple[int, int]] = []
    held, end = into > out, len(gain)
    for i in range(len(gain) - 1, -1, -1):
        open_, begin_here = back[i]
        if not held:
            held, end = open_, i
        elif begin_here:
            found.append((i, end))
            held, end = open_, i
    merged: list[tuple[int, int]] = []
    for start, stop in reversed(found):
        if merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], stop)
        else:
            merged.append((start, stop))
    return merged


def _without(pieces: list[tuple[int, int]], hole: tuple[int, int]) -> list[tuple[int, int]]:
    """``pieces`` less the words of the cue."""
    out = []
    for start, end in pieces:
        for low, high in ((start, min(end, hole[0])), (max(start, hole[1]), end)):
            if low < high:
                out.append((low, high))
    return out


def _source(rows: Floats, none: Floats, bias: float) -> tuple[tuple[int, int] | None, float]:
    """The likeliest source, and the log odds that there is one."""
    starts, ends = rows[:, STARTS], rows[:, ENDS]
    firsts = np.argsort(-starts, kind="stable")[:8]
    best, at = -np.inf, (0, 1)
    for first in firsts.tolist():
        stop = min(len(ends), first + LONGEST_SOURCE)
        last = first + int(np.argmax(ends[first:stop]))
        value = float(starts[first] + ends[last])
        if value > best:
            best, at = value, (first, last + 1)
    odds = best - float(none.sum()) - bias
    return (at if odds > 0 else None), float(np.clip(abs(odds), 0, 12))


def settle(found: list[tuple[Candidate, float]]) -> list[tuple[Candidate, float]]:
    """``found`` with every word in the content of one cue only, unless one lies inside another.

    A word that two contents claim goes to the one whose margin is greater; a content that loses
    most of itself is left out.
    """
    out: list[tuple[Candidate, float]] = []
    for i, (one, score) in enumerate(found):
        pieces: list[tuple[int, int]] = []
        lost = 0
        rivals = [
            other
            for j, (other, _) in enumerate(found)
            if j != i and _overlap(one.content, other.content) and not _nested(one, other)
        ]
        if not rivals:
            out.append((one, score))
            continue
        for start, end in one.content:
            for word in range(start, end):
                if any(
                    _holds(other.content, word) and other.margins[word] > one.margins[word]
                    for other in rivals
                ):
                    lost += 1
                elif pieces and pieces[-1][1] == word:
                    pieces[-1] = (pieces[-1][0], word + 1)
                else:
                    pieces.append((word, word + 1))
        if pieces and lost <= sum(e - s for s, e in pieces):
            kept = Candidate(one.cue, pieces, one.source, one.features, one.margins)
            out.append((kept, score))
    return out


def _holds(pieces: list[tuple[int, int]], word: int) -> bool:
    return any(s <= word < e for s, e in pieces)


def _overlap(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> bool:
    return any(s < f and t < e for s, e in one for t, f in other)


def _nested(one: Candidate, other: Candidate) -> bool:
    """Whether the cue of one of two stands in the content of the other."""
    return _holds(other.content, one.cue[0]) or _holds(one.content, other.cue[0])


def _logit(chance: float) -> float:
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    return float(np.log(chance / (1 - chance)))


def softmax(scores: Floats) -> Floats:
    """Probabilities over the last axis."""
    return np.exp(log_softmax(scores))


def log_softmax(scores: Floats) -> Floats:
    """Log probabilities over the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    logs: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return logs
