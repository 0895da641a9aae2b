"""Who said what, from the shared encoder: spans of source, cue and content, with a score.

Cues are tagged; a second graph scores, for each cue, every word of the window as part of its
content and as an end of its source, or finds that no source is told. ``heads_decode`` turns the
scores into spans.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct

from onrecord.models import FOLDER, Models, models
from onrecord.reading.encoder import Encoding, Window, encoding
from onrecord.reading.heads_decode import (
    Candidate,
    Floats,
    Ints,
    Link,
    Settings,
    candidates,
    confidence,
    settle,
)
from onrecord.reading.page import Page, merge
from onrecord.record.model import Spans

REACH = 33
HEAD = "attribution"


class Found(Struct, frozen=True):
    """One attribution: ``source`` is None where the text tells none, ``cue`` where it has none.

    ``score`` is the probability that it is there and right.
    """

    source: Spans | None
    cue: Spans | None
    content: Spans
    score: float


class AttributionHeads:
    """The heads of a folder of weights. Raises ``ModelError`` where they cannot be used."""

    def __init__(self, weights: Models) -> None:
        info = weights.head(HEAD)
        self.settings = settings(info.settings)
        self._tags = weights.session(info.graphs["tags"])
        self._link = weights.session(info.graphs["link"])

    def read(
        self,
        text: str,
        encoded: Encoding,
        least: float | None = None,
        faint: float | None = None,
    ) -> tuple[Found, ...]:
        """The attributions of ``text`` whose score is at least ``least`` (None: the default).

        Those from ``faint`` up to ``least`` are given too where ``faint`` is not None: they take
        no word from the others.
        """
        return assemble(text, encoded, self.scores, self.settings, least, faint=faint)

    def scores(self, window: Window) -> tuple[Floats, Link]:
        """The tags of each word of ``window``, and the scorer of words for given cues."""
        words = window.words
        (tags,) = self._tags.run(["tags"], {"words": words})

        def link(cues: Ints) -> tuple[Floats, Floats]:
            scores, none = self._link.run(
                ["scores", "none"],
                {
                    "words": words,
                    "content": np.ascontiguousarray(tags[:, 3:6]),
                    "cues": cue_rows(words, cues),
                    "distance": distances(len(words), cues),
                },
            )
            return scores, none

        return tags, link


def cue_rows(words: Floats, cues: Ints) -> Floats:
    """What stands for a cue: its first word, its last word and the mean of its words."""
    rows = [
        np.concatenate([words[first], words[last], words[first : last + 1].mean(axis=0)])
        for first, last in cues.tolist()
    ]
    return np.array(rows, dtype=np.float32)


def distances(words: int, cues: Ints) -> Ints:
    """How far each word is from each cue: exact up to 16 words, then by ratio; in classes."""
    offsets = np.arange(words)[None] - cues[:, :1]
    size = np.abs(offsets)
    far = 16 + np.log2(np.maximum(size, 16) / 16) * 4
    near = np.minimum(np.where(size <= 16, size, far), REACH).astype(np.int64)
    classes: Ints = np.where(offsets < 0, REACH - near, REACH + near)
    return classes


def assemble(
    text: str,
    encoded: Encoding,
    scores: Callable[[Window], tuple[Floats, Link]],
    chosen: Settings,
    least: float | None = None,
    *,
    faint: float | None = None,
) -> tuple[Found, ...]:
    """The attributions of a text, from ``scores`` of each window; in the order of their cues."""
    least = chosen.keep if least is None else least
    lowest = least if faint is None else min(faint, least)
    kept: list[tuple[Candidate, float]] = []
    for window in encoded.windows:
        cut = window.cut
        tags, link = scores(window)
        owned = (cut.low - cut.first, cut.high - cut.first)
        found = [
            (candidate, score)
            for candidate in candidates(tags, link, owned, chosen)
            if (score := confidence(candidate.features, chosen)) >= lowest
        ]
        settled = settle([row for row in found if row[1] >= least])
        settled += [row for row in found if row[1] < least]
        kept += [(_moved(candidate, cut.first), score) for candidate, score in settled]
    out = []
    for candidate, score in kept:
        content = _spans(text, encoded, candidate.content)
        if not content:
            continue
        source = _spans(text, encoded, [candidate.source] if candidate.source else [])
        cue = _spans(text, encoded, [candidate.cue])
        out.append(Found(source or None, cue or None, content, round(score, 4)))
    return tuple(out)


def _moved(candidate: Candidate, by: int) -> Candidate:
    def move(span: tuple[int, int]) -> tuple[int, int]:
        return span[0] + by, span[1] + by

    source = None if candidate.source is None else move(candidate.source)
    content = [move(span) for span in candidate.content]
    return Candidate(move(candidate.cue), content, source, candidate.features, candidate.margins)


def _spans(text: str, encoded: Encoding, words: list[tuple[int, int]]) -> Spans:
    """Word numbers as offsets; pieces with only white space between them are one."""
    spans: list[tuple[int, int]] = []
    for first, last in words:
        start, end = encoded.span(first, last)
        if spans and not text[spans[-1][1] : start].strip():
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return merge(spans)


def settings(raw: dict[str, Any]) -> Settings:
    """The settings as the manifest has them."""
    values = {k: tuple(v) if isinstance(v, list | tuple) else float(v) for k, v in raw.items()}
    return Settings(**values)  # type: ignore[arg-type]


@functools.cache
def heads(folder: Path = FOLDER) -> AttributionHeads:
    """The attribution heads whose weights are in ``folder``; loaded once in a process."""
    return AttributionHeads(models(folder))


def spans(page: Page, least: float | None = None, faint: float | None = None) -> tuple[Found, ...]:
    """The attributions that the encoder finds on ``page``, in the order of their cues.

    ``least``: the lowest score that is kept; None for the default, chosen on held-out documents.
    ``faint``: see :meth:`AttributionHeads.read`. Raises ``ModelError`` where the weights cannot
    be used.
    """
    return heads().read(page.text, encoding(page), least, faint)
