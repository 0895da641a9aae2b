"""Windows as tensors, with what the heads are to learn from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from torch import Tensor

from encoder.data import Relation, Span, Window

CLS, SEP, MASK = 101, 102, 103  # of BERT's vocabulary
IGNORED = -100


@dataclass
class Batch:
    """``tags``: (windows, words, 3) labels of cue, content, source. The rest is one row a cue:
    its window, its first and last word, the label of each word given it, and the first and last
    word of its source (the number of words where it has none, ``IGNORED`` where it is not here).
    """

    ids: Tensor
    shapes: Tensor
    mask: Tensor
    first: Tensor
    word_mask: Tensor
    tags: Tensor
    at: Tensor
    cues: Tensor
    content: Tensor
    source: Tensor
    pieces: int


def collate(windows: list[Window], random: Random, *, train: bool) -> Batch:
    pieces = [_pieces(w) for w in windows]
    length = max(len(ids) for ids, _, _ in pieces)
    words = max(w.last - w.first for w in windows)
    n = len(windows)
    ids = np.zeros((n, length), dtype=np.int64)
    shapes = np.zeros((n, length), dtype=np.int64)
    mask = np.zeros((n, length), dtype=bool)
    first = np.zeros((n, words), dtype=np.int64)
    word_mask = np.zeros((n, words), dtype=bool)
    tags = np.full((n, words, 3), IGNORED, dtype=np.int64)
    at, cues, content, source = [], [], [], []
    for i, (window, (w_ids, w_shapes, w_first)) in enumerate(zip(windows, pieces, strict=True)):
        size = window.last - window.first
        ids[i, : len(w_ids)] = w_ids
        shapes[i, : len(w_ids)] = w_shapes
        mask[i, : len(w_ids)] = True
        first[i, :size] = w_first
        word_mask[i, :size] = True
        tags[i, :size] = 0
        for relation in window.document.relations:
            low, high = relation.reach
            if high <= window.first or low >= window.last:
                continue
            _tag(tags[i], relation, window)
            row = _row(relation, window, words)
            if row is not None:
                at.append(i)
                cues.append(row[0])
                content.append(row[1])
                source.append(row[2])
        if train:
            _restyle(ids[i], shapes[i], random)
            _hide(ids[i], w_first, tags[i], random)
    return Batch(
        ids=torch.from_numpy(ids),
        shapes=torch.from_numpy(shapes),
        mask=torch.from_numpy(mask),
        first=torch.from_numpy(first),
        word_mask=torch.from_numpy(word_mask),
        tags=torch.from_numpy(tags),
        at=torch.tensor(at, dtype=torch.long),
        cues=torch.tensor(cues, dtype=torch.long).view(-1, 2),
        content=torch.from_numpy(np.array(content, dtype=np.int64).reshape(-1, words)),
        source=torch.tensor(source, dtype=torch.long).view(-1, 2),
        pieces=int(mask.sum()),
    )


def _pieces(window: Window) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    all_ = window.document.pieces
    low, high = all_.first[window.first], all_.first[window.last]
    ids = np.concatenate([[CLS], all_.ids[low:high], [SEP]])
    shapes = np.concatenate([[0], all_.shapes[low:high], [0]])
    return ids, shapes, all_.first[window.first : window.last] - low + 1


def _tag(tags: np.ndarray, relation: Relation, window: Window) -> None:
    roles: tuple[Sequence[Span | None], ...] = ([relation.cue], relation.content, [relation.source])
    for role, spans in enumerate(roles):
        for span in spans:
            if span is None:
                continue
            low, high = max(span[0], window.first), min(span[1], window.last)
            if low >= high:
                continue
            tags[low - window.first : high - window.first, role] = 2
            if span[0] >= window.first:
                tags[span[0] - window.first, role] = 1


def _row(
    relation: Relation, window: Window, words: int
) -> tuple[tuple[int, int], np.ndarray, tuple[int, int]] | None:
    """The row of a cue; None where its cue or part of its content is not in this window."""
    cue = relation.cue
    spans = [*relation.content, cue] if cue else []
    if cue is None or any(s < window.first or e > window.last for s, e in spans if s is not None):
        return None
    content = np.full(words, IGNORED, dtype=np.int64)
    content[: window.last - window.first] = 0
    for start, end in relation.content:
        content[start - window.first : end - window.first] = 2
        content[start - window.first] = 1
    if relation.source is None:
        source = (words, words)
    elif relation.source[0] < window.first or relation.source[1] > window.last:
        source = (IGNORED, IGNORED)
    else:
        source = (relation.source[0] - window.first, relation.source[1] - 1 - window.first)
    return (cue[0] - window.first, cue[1] - 1 - window.first), content, source


def _hide(ids: np.ndarray, first: np.ndarray, tags: np.ndarray, random: Random) -> None:
    """Masks some words, cues most, so that the heads learn to read a cue from what is around it."""
    for word, piece in enumerate(first):
        share = 0.10 if tags[word, 0] > 0 else 0.04
        if random.random() < share:
            ids[piece] = MASK


STRAIGHT = {1523: 1000, 1524: 1000, 1520: 1005, 1521: 1005}  # “ ” ‘ ’ to " ' in BERT's vocabulary


def _restyle(ids: np.ndarray, shapes: np.ndarray, random: Random) -> None:
    """Other houses' typography: straight quote marks, paragraphs that run on."""
    if random.random() < 0.25:
        for curly, straight in STRAIGHT.items():
            ids[ids == curly] = straight
    if random.random() < 0.15:
        shapes[shapes // 2 % 3 == 2] -= 2
