"""Which event mentions, in whatever text, are of one event.

A mention joins those with the same head lemma in texts that are alike: the head lemma is the
strong baseline of the field (Cybulska & Vossen 2014), and the likeness of the texts keeps apart
what happens in every story, such as arrests.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from onrecord.reconcile.groups import Groups
from onrecord.reconcile.likeness import alike, vectors
from onrecord.reconcile.lines import EventLine

LIKE = 0.2
"""Least cosine of the texts of two mentions that are joined; see ``stories.LIKE``."""


def cluster_events(lines: Sequence[EventLine], lemmas: Sequence[Sequence[str]]) -> list[list[str]]:
    """A cluster name for each event of each line.

    ``lemmas`` gives the lemma of the head of each event's anchor. A cluster is named after its
    first mention: the line's id, and the number of the event in it.
    """
    mentions = [(n, k) for n, line in enumerate(lines) for k in range(len(line.events))]
    groups = Groups(mentions)
    by_lemma: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    for n, k in mentions:
        first = by_lemma[n].setdefault(lemmas[n][k], (n, k))
        groups.join(first, (n, k))
    made = vectors([line.text for line in lines])
    for _, one, other in alike(made, LIKE):
        for lemma, mention in by_lemma[one].items():
            if lemma in by_lemma[other]:
                groups.join(mention, by_lemma[other][lemma])
    names = {mention: groups.root(mention) for mention in mentions}
    return [
        [f"{lines[names[n, k][0]].id}#{names[n, k][1]}" for k in range(len(line.events))]
        for n, line in enumerate(lines)
    ]
