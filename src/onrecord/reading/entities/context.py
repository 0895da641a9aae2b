"""What has been read of a report so far: mentions by sentence, by head, by their edges."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from onrecord.reading.entities.mention import Mention
from onrecord.reading.entities.names import Cluster
from onrecord.reading.entities.quotes import Quotes
from onrecord.reading.entities.tokens import Tokens

SUBJECTS = {"nsubj", "nsubjpass"}
_MODIFIES = {"amod", "compound", "nmod"}


class Context:
    """The mentions of one report and the clusters that they belong to.

    ``of`` grows as mentions are resolved; ``by_head`` holds all of them from the start;
    ``nominal`` the clusters that a noun has described, the last one last.
    """

    def __init__(
        self, tokens: Tokens, quotes: Quotes, clusters: list[Cluster], found: list[Mention]
    ) -> None:
        self.tokens = tokens
        self.quotes = quotes
        self.of: dict[Mention, Cluster] = {m: c for c in clusters for m in c.mentions}
        self.starts = {m.first: m for m in self.of}
        self.ends = {m.last: m for m in self.of}
        self.by_head = {m.head: m for m in (*self.of, *found)}
        self.nominal: dict[str, list[Cluster]] = {}
        self._rows: list[list[tuple[Mention, Cluster]]] = [[] for _ in tokens.bounds]

    def enter(self, mention: Mention, cluster: Cluster) -> None:
        """Notes that ``mention`` has been read and belongs to ``cluster``."""
        self.of[mention] = cluster
        self._rows[self.tokens.sentence[mention.head]].append((mention, cluster))

    def cluster_at(self, head: int) -> Cluster | None:
        """The cluster of the mention with that head, as far as it has been read."""
        mention = self.by_head.get(head)
        return self.of.get(mention) if mention is not None else None

    def before(self, mention: Mention, distance: int) -> Iterator[tuple[Mention, Cluster]]:
        """What was mentioned before, the nearest first, up to ``distance`` sentences back."""
        here = self.tokens.sentence[mention.head]
        for number in range(here, max(-1, here - distance - 1), -1):
            for row in sorted(self._rows[number], key=lambda r: -r[0].head):
                if row[0].first < mention.first:
                    yield row

    def last(
        self,
        mention: Mention,
        distance: int,
        fits: Callable[[Cluster], bool],
        *,
        subject: bool = False,
    ) -> Cluster | None:
        """The last cluster that ``fits``; with ``subject``, of its sentence the subject first."""
        best: Cluster | None = None
        sentence = -1
        for other, cluster in self.before(mention, distance):
            if not fits(cluster) or other.form == "pronoun":
                continue
            if other.country is not None and self.tokens.dep[other.head] in _MODIFIES:
                continue
            here = self.tokens.sentence[other.head]
            if best is None:
                best, sentence = cluster, here
                if not subject:
                    return best
            elif here != sentence:
                break
            if self.tokens.dep[other.head] in SUBJECTS:
                best = cluster
        return best

    def speaker(self, mention: Mention) -> Cluster | None:
        """Who speaks the quotation that holds ``mention``, or None."""
        quote = self.quotes.at[mention.head]
        return self.cluster_at(self.quotes.speakers[quote]) if quote >= 0 else None
