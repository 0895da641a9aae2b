"""Trains the acceptance of attributions: one command, seeded by nothing, the same each time.

    python training/train_attribution_rules.py BENCH/attribution/train [--without-tenth]

The articles are parsed once; every cue word gives the candidates of ``attributions.contents`` and
``attributions.sources``, with the features of ``attributions.features``. Two conditional log-linear
models (one for the content, which may be none; one for the source, which may be none) are fitted
with L-BFGS and an L2 penalty.
Articles are dealt into five folds in the order of the file. What each fold gives when the other
four train chooses the threshold and the calibration; the shipped weights are trained on all.

With ``--without-tenth`` the articles that the encoder did not train on (``encoder.data.held_out``)
train nothing here either: what the reader finds with such weights on that tenth is unseen by all
of its models. The shipped weights are trained on all articles.

What lies inside another attribution's content is neither a cue nor not one in PolNeAR, and
does not train. Needs scipy; nothing that reads needs it.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import numpy as np
import scipy.sparse as sp  # type: ignore[import-untyped]
from msgspec import structs, to_builtins
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

from encoder.data import held_out
from onrecord.reading.attributions import parents_of, proposed, read_with
from onrecord.reading.attributions.features import CueFeatures, content_features, source_features
from onrecord.reading.attributions.found import Found
from onrecord.reading.attributions.model import WEIGHTS, Weights, cue_words
from onrecord.reading.attributions.sources import SpanFinder
from onrecord.reading.attributions.spans import Candidate
from onrecord.reading.attributions.tree import Tree
from onrecord.reading.contract import Parts
from onrecord.reading.page import Page
from onrecord.reading.parse import load_pipeline, parse
from onrecord.reading.quotes import find_quotes
from onrecord.record.model import Spans
from onrecord.record.report import Report

FOLDS = 5
PENALTY = 4.0  # 0.5, 1, 2, 4, 8, 12 tried on fold 1; 4 was best (relaxed F1 0.656)
RAREST = 4  # features seen less often are left out
SMALLEST = 0.1  # weights below are left out of the file: no figure changes by 0.001
BINS = 10
FLOOR = 0.05

Floats = NDArray[np.float64]


@dataclass
class Choice:
    """Candidates to choose among: their features, and which is right (None: none of them)."""

    features: list[list[str]]
    right: int | None


@dataclass
class Gold:
    content: Spans
    source: Spans
    cue: Spans


@dataclass
class Article:
    """One article with the choices that its cue words pose."""

    page: Page
    gold: list[Gold]
    contents: list[Choice] = field(default_factory=list)
    sources: list[Choice] = field(default_factory=list)


# ---------------------------------------------------------------------- data
def read_articles(folder: Path, want: Callable[[str], bool]) -> Iterator[Article]:
    nlp = load_pipeline()
    with (folder / "gold.jsonl").open(encoding="utf-8") as lines:
        gold = {row["id"]: row["attributions"] for row in map(json.loads, lines)}
    with (folder / "docs.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if not want(row["id"]):
                continue
            page = parse(Report(text=row["text"], id=row["id"]), nlp)
            yield Article(page, [_gold(item) for item in gold[row["id"]]])


def _gold(item: dict[str, dict[str, list[list[int]]] | None]) -> Gold:
    def spans(role: str) -> Spans:
        value = item[role]
        return () if value is None else tuple((s, e) for s, e in value["spans"])

    return Gold(spans("content"), spans("source"), spans("cue"))


def pose(article: Article) -> None:
    """Fills in the choices of ``article``."""
    tree = Tree(article.page)
    finder = SpanFinder(tree, find_quotes(article.page.text, article.page.paragraphs))
    told = _by_token(article, "cue")
    within = _by_token(article, "content")
    for cue, known in cue_words(tree):
        if cue in within and cue not in told:
            continue
        contents = finder.contents(cue)
        if not contents:
            continue
        shared = CueFeatures(finder, cue, known)
        kinds = [candidate.kind for candidate in contents]
        golds = [article.gold[n] for n in told.get(cue, [])]
        fit = [
            max((jaccard(gold.content, c.spans) for gold in golds), default=0.0) for c in contents
        ]
        best = max(range(len(contents)), key=lambda n: fit[n])
        found = fit[best] >= 0.5
        article.contents.append(
            Choice(
                [shared.features + content_features(finder, shared, c, kinds) for c in contents],
                best if found else None,
            )
        )
        if found:
            gold = max(golds, key=lambda g: jaccard(g.content, contents[best].spans))
            _pose_source(article, finder, shared, contents[best], gold)


def _pose_source(
    article: Article, finder: SpanFinder, shared: CueFeatures, content: Candidate, gold: Gold
) -> None:
    sources: list[Candidate | None] = [*finder.sources(shared.cue), None]
    kinds = [candidate.kind for candidate in sources if candidate is not None]
    fit = [
        jaccard(gold.source, c.spans) if c is not None else float(not gold.source) for c in sources
    ]
    best = max(range(len(sources)), key=lambda n: fit[n])
    if fit[best] > 0:
        article.sources.append(
            Choice([source_features(finder, shared, content, c, kinds) for c in sources], best)
        )


def _by_token(article: Article, role: str) -> dict[int, list[int]]:
    out: dict[int, list[int]] = {}
    for number, gold in enumerate(article.gold):
        spans: Spans = getattr(gold, role)
        for start, end in spans:
            for token in article.page.span(start, end) or ():
                out.setdefault(token.i, []).append(number)
    return out


# ---------------------------------------------------------------------- fitting
def fit(choices: Sequence[Choice], none_allowed: bool) -> dict[str, float]:
    """Weights that make the right choices likeliest; ``none`` has a score of 0 where allowed."""
    counts: Counter[str] = Counter()
    for choice in choices:
        for features in choice.features:
            counts.update(features)
    names = sorted(name for name, n in counts.items() if n >= RAREST)
    index = {name: n for n, name in enumerate(names)}
    columns: list[int] = []
    ends = [0]
    groups: list[int] = []
    right: list[int] = []
    for number, choice in enumerate(choices):
        if choice.right is not None:
            right.append(len(groups) + choice.right)
        for features in choice.features:
            columns.extend(index[name] for name in features if name in index)
            ends.append(len(columns))
            groups.append(number)
    matrix = sp.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(groups), len(names)))
    weights = _optimise(matrix, np.array(groups), np.array(right), none_allowed)
    return dict(zip(names, map(float, weights), strict=True))


def _optimise(
    matrix: sp.csr_matrix, groups: NDArray[np.int64], right: NDArray[np.int64], none: bool
) -> Floats:
    starts = np.searchsorted(groups, np.arange(groups[-1] + 1))
    transposed = matrix.T.tocsr()
    observed = np.asarray(matrix[right].sum(0)).ravel()

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = matrix @ weights
        top = np.maximum.reduceat(scores, starts)
        if none:
            top = np.maximum(top, 0)
        powers = np.exp(scores - top[groups])
        total = np.add.reduceat(powers, starts)
        if none:
            total = total + np.exp(-top)
        value = (np.log(total) + top).sum() - scores[right].sum()
        gradient = transposed @ (powers / total[groups]) - observed
        value += PENALTY / 2 * (weights @ weights)
        return float(value), gradient + PENALTY * weights

    result = minimize(
        loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 150}
    )
    found: Floats = result.x
    return found


# ---------------------------------------------------------------------- measuring
def jaccard(one: Spans, other: Spans) -> float:
    common = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    union = sum(b - a for a, b in one) + sum(d - c for c, d in other) - common
    return common / union if union else 0.0


def isotonic(pairs: Iterable[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Score edges and the share right above each, never falling (pool adjacent violators)."""
    ordered = sorted(pairs)
    size = max(1, len(ordered) // BINS)
    pools: list[list[float]] = []  # lowest score, number right, number
    for at in range(0, len(ordered), size):
        chunk = ordered[at : at + size]
        pools.append([chunk[0][0], float(sum(ok for _, ok in chunk)), float(len(chunk))])
        while len(pools) > 1 and pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]:
            _, good, number = pools.pop()
            pools[-1][1] += good
            pools[-1][2] += number
    return [(round(low, 4), round(good / number, 4)) for low, good, number in pools]


def calibration_error(
    table: Sequence[tuple[float, float]], pairs: Sequence[tuple[float, bool]]
) -> float:
    """Expected calibration error over ten equal bins of the calibrated score."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for score, ok in pairs:
        share = 0.0
        for low, right in table:
            if score >= low:
                share = right
        bins[min(BINS - 1, int(share * BINS))].append((share, ok))
    return sum(abs(sum(s for s, _ in b) - sum(ok for _, ok in b)) for b in bins if b) / max(
        1, len(pairs)
    )


def outcomes(
    article: Article, found: Sequence[Found], threshold: float
) -> list[tuple[float, bool]]:
    """Score and rightness of what stands above ``threshold``, what is nested set aside."""
    kept = [item for item in found if item.rank >= threshold]
    free = set(range(len(article.gold)))
    out: list[tuple[float, bool]] = []
    for item, parent in zip(kept, parents_of(kept), strict=True):
        if parent is not None:
            continue
        match = next((n for n in sorted(free) if _matches(article.gold[n], item)), None)
        free.discard(-1 if match is None else match)
        out.append((item.score, match is not None))
    return out


def _matches(gold: Gold, item: Found) -> bool:
    """As in the bench's relaxed relation: half of the content, and enough of the source."""
    if jaccard(gold.content, item.content) < 0.5:
        return False
    if not gold.source or not item.source:
        return not gold.source and not item.source
    common = sum(max(0, min(b, d) - max(a, c)) for a, b in gold.source for c, d in item.source)
    return common * 4 >= sum(d - c for c, d in item.source)


def f1(results: Sequence[Sequence[tuple[float, bool]]], total: int) -> float:
    given = sum(len(rows) for rows in results)
    right = sum(ok for rows in results for _, ok in rows)
    return 2 * right / (given + total)


def train(articles: Sequence[Article], threshold: float = FLOOR) -> Weights:
    """Weights from ``articles``, not yet calibrated: scores are probabilities as they come."""
    content = fit([choice for a in articles for choice in a.contents], none_allowed=True)
    source = fit([choice for a in articles for choice in a.sources], none_allowed=False)
    return Weights(
        content={k: round(v, 2) for k, v in content.items() if abs(v) >= SMALLEST},
        source={k: round(v, 2) for k, v in source.items() if abs(v) >= SMALLEST},
        threshold=threshold,
        calibration=tuple((n / 1000, n / 1000) for n in range(1001)),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=Path(str(files("onrecord.models"))) / WEIGHTS)
    parser.add_argument("--records", type=Path, help="write what fold 0 gives, for the scorer")
    parser.add_argument("--without-tenth", action="store_true")
    options = parser.parse_args()
    began = time.monotonic()
    articles = list(
        read_articles(options.folder, lambda i: not (options.without_tenth and held_out(i)))
    )
    for article in articles:
        pose(article)
    print(f"{len(articles)} articles posed, {time.monotonic() - began:.0f} s")
    results: list[tuple[Article, list[Found]]] = []
    for number in range(FOLDS):
        weights = train([a for n, a in enumerate(articles) if n % FOLDS != number])
        held = articles[number::FOLDS]
        for article in held:
            tree = Tree(article.page)
            quotes = find_quotes(article.page.text, article.page.paragraphs)
            results.append((article, proposed(tree, SpanFinder(tree, quotes), weights)))
        if number == 0 and options.records:
            write_records(options.records, held, weights)
        print(f"fold {number} done, {time.monotonic() - began:.0f} s")
    threshold, calibration = settle(results, len(articles[0::FOLDS]))
    final = train(articles, threshold)
    card = {"threshold": threshold, "calibration": calibration}
    rows = {
        "content": {k: round(v * 100) for k, v in final.content.items()},
        "source": {k: round(v * 100) for k, v in final.source.items()},
    }
    options.out.write_text(
        json.dumps({**card, **rows}, ensure_ascii=False, separators=(",", ":")) + "\n",
        encoding="utf-8",
    )
    print(f"{options.out}: {options.out.stat().st_size:,} bytes, {time.monotonic() - began:.0f} s")


def settle(
    results: Sequence[tuple[Article, list[Found]]], held: int
) -> tuple[float, list[tuple[float, float]]]:
    """Threshold and calibration from folds 1 to 4; their figures on fold 0, which had no part."""

    def at(rows: Sequence[tuple[Article, list[Found]]], level: float) -> float:
        return f1([outcomes(a, f, level) for a, f in rows], sum(len(a.gold) for a, _ in rows))

    levels = [n / 100 for n in range(20, 66, 3)]
    threshold = max(levels, key=lambda level: at(results[held:], level))
    pairs = [row for a, f in results[held:] for row in outcomes(a, f, threshold)]
    calibration = isotonic(pairs)
    calibration[0] = (0.0, calibration[0][1])
    unseen = [row for a, f in results[:held] for row in outcomes(a, f, threshold)]
    print(
        f"threshold {threshold}: F1 {at(results[held:], threshold):.4f} on folds 1-4, "
        f"{at(results[:held], threshold):.4f} on fold 0; "
        f"calibration error on fold 0 {calibration_error(calibration, unseen):.4f}"
    )
    return threshold, calibration


def write_records(path: Path, held: Sequence[Article], weights: Weights) -> None:
    """Records of held-out articles at a threshold of 0.45, for ``score_attribution.py``."""
    weights = structs.replace(weights, threshold=0.45)
    with path.open("w", encoding="utf-8") as out:
        for article in held:
            entries = read_with(weights, article.page, Parts())
            row = {"id": article.page.report.id, "attributions": to_builtins(entries)}
            out.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
