"""How alike texts are: cosine of TF-IDF weighted words, over an inverted index."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

_WORD = re.compile(r"[^\W\d_]{2,}|\d{2,}")


def vectors(texts: Sequence[str]) -> list[dict[str, float]]:
    """A unit vector of word weights for each text: (1 + log tf) · log(N / df), Salton & Buckley.

    Stop words are left out, since a small collection does not tell them apart by itself; so are
    words that stand in one text only, which cannot make two alike.
    """
    from spacy.lang.en.stop_words import STOP_WORDS

    counts = [
        Counter(word for word in map(str.casefold, _WORD.findall(text)) if word not in STOP_WORDS)
        for text in texts
    ]
    frequency: Counter[str] = Counter()
    for count in counts:
        frequency.update(count.keys())
    out = []
    for count in counts:
        weights = {
            word: (1 + math.log(n)) * math.log(len(texts) / frequency[word])
            for word, n in count.items()
            if 1 < frequency[word] < len(texts)
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        out.append({word: weight / length for word, weight in weights.items()})
    return out


def alike(made: Sequence[dict[str, float]], least: float) -> Iterator[tuple[float, int, int]]:
    """Pairs ``(cosine, i, j)`` with ``i < j`` and a cosine of at least ``least``, in order of i."""
    index: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, vector in enumerate(made):
        sums: dict[int, float] = defaultdict(float)
        for word, weight in vector.items():
            for other, its in index[word]:
                sums[other] += weight * its
            index[word].append((number, weight))
        for other, cosine in sorted(sums.items()):
            if cosine >= least:
                yield cosine, other, number
