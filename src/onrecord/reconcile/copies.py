"""Which texts are copies of one another: cut, reordered, re-headed, lightly rewritten.

Texts share word shingles (Broder, "On the resemblance and containment of documents", 1997). Of
each text those shingles count that few texts have: page furniture and the fixed words of bulletins
stand in many texts and join none. A pair is a copy where the shorter text's rare shingles are
contained in the longer by more than a share that two reports of the same event do not reach.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from msgspec import Struct

from onrecord.reconcile.groups import Groups
from onrecord.reconcile.lines import Document

SHINGLE = 5
CONTAINED = 0.35
"""Least share of the shorter text's rare shingles in the other. Two reports of one event that were
written apart share under a tenth of their five-word shingles, quotations aside; cut copies share
nearly all. Halfway on that scale leaves room for rewriting; not tuned."""
RARE = 12
"""A shingle in more texts than this is taken for furniture."""
LEAST = 8
"""Fewer shared shingles than this are a quotation or a name, not a copy."""

_WORD = re.compile(r"\w+")


class Copy(Struct, frozen=True, kw_only=True):
    """Where a text belongs: its cluster, the text that it copies, and why."""

    id: str
    cluster: str
    of: str | None = None
    why: dict[str, float | int | str] | None = None


def shingles(text: str) -> list[int]:
    """Hashes of all runs of ``SHINGLE`` words of ``text``, without regard to case and marks."""
    words = _WORD.findall(text.casefold())
    runs = (" ".join(words[i : i + SHINGLE]) for i in range(max(0, len(words) - SHINGLE + 1)))
    return [
        int.from_bytes(
            hashlib.blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        )
        for run in runs
    ]


def cluster_copies(documents: Sequence[Document]) -> list[Copy]:
    """A ``Copy`` for each document, in their order.

    The origin of a cluster is the text published first; where dates do not tell, the longest.
    """
    sets = [frozenset(shingles(document.text)) for document in documents]
    holders: dict[int, list[int]] = defaultdict(list)
    for number, hashes in enumerate(sets):
        for value in hashes:
            holders[value].append(number)
    rare = [0] * len(sets)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        if len(numbers) > RARE:
            continue
        for position, one in enumerate(numbers):
            rare[one] += 1
            for other in numbers[position + 1 :]:
                shared[one, other] += 1
    groups = Groups(range(len(documents)))
    best: dict[int, tuple[float, int, int]] = {}
    for (one, other), count in sorted(shared.items()):
        contained = count / max(1, min(rare[one], rare[other]))
        if count < LEAST or contained < CONTAINED:
            continue
        groups.join(one, other)
        for at, partner in ((one, other), (other, one)):
            best[at] = max(best.get(at, (0.0, 0, 0)), (contained, count, -partner))
    members: dict[int, list[int]] = defaultdict(list)
    for number in range(len(documents)):
        members[groups.root(number)].append(number)
    origin = {
        root: min(numbers, key=lambda n: (documents[n].published or "9999", -len(sets[n]), n))
        for root, numbers in members.items()
    }
    out = []
    for number, document in enumerate(documents):
        root = groups.root(number)
        first = origin[root]
        why: dict[str, float | int | str] | None = None
        if number in best:
            contained, count, partner = best[number]
            why = {"nearest": documents[-partner].id, "shared_shingles": count,
                   "contained": round(contained, 3)}  # fmt: skip
        out.append(
            Copy(
                id=document.id,
                cluster=documents[first].id,
                of=None if number == first else documents[first].id,
                why=why,
            )
        )
    return out
