"""Which texts are copies of one another: cut, reordered, re-headed, lightly rewritten.

``CopyIndex`` finds the pairs, one text at a time; here they become groups, each with its origin.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from onrecord.reconcile.copies_index import CopyIndex, Match
from onrecord.reconcile.groups import Groups
from onrecord.reconcile.lines import Document

_WORDS = re.compile(r"[^\W_]+")


class Copy(Struct, frozen=True, kw_only=True):
    """Where a text belongs: its cluster, the text that it copies, and why."""

    id: str
    cluster: str
    of: str | None = None
    why: dict[str, float | int | str | list[str]] | None = None


class Appearance(Struct, frozen=True, kw_only=True):
    """What tells which of several copies is the origin."""

    id: str
    published: str | None = None
    source: str | None = None
    credit: str | None = None
    words: int = 0


def cluster_copies(documents: Sequence[Document]) -> list[Copy]:
    """A ``Copy`` for each document, in their order.

    Texts of one group are copies of one another, or of a third. ``why`` names the nearest other
    text of the group, how the two are alike (see ``Likeness``), and what told the origin. A text
    that is no copy but quotes others at length has them as ``quotes``.
    """
    numbered = [str(number) for number in range(len(documents))]
    index = CopyIndex(lambda number: documents[int(number)].text)
    for number, document in zip(numbered, documents, strict=True):
        index.add(number, document.text)
    matches = list(index.matches)
    appearances = {
        number: Appearance(
            id=document.id,
            published=document.published,
            source=document.source,
            credit=document.credit,
            words=len(document.text.split()),
        )
        for number, document in zip(numbered, documents, strict=True)
    }
    placed = group(numbered, matches, appearances)
    out = []
    for number, document in zip(numbered, documents, strict=True):
        cluster, of, why = placed[number]
        if why is not None:
            for key in ("nearest", "quotes"):
                if key in why:
                    why[key] = _names(why[key], documents)
        out.append(
            Copy(
                id=document.id,
                cluster=documents[int(cluster)].id,
                of=None if of is None else documents[int(of)].id,
                why=why,
            )
        )
    return out


def _names(value: float | int | str | list[str], documents: Sequence[Document]) -> str | list[str]:
    if isinstance(value, list):
        return [documents[int(number)].id for number in value]
    return documents[int(value)].id


Placed = tuple[str, str | None, dict[str, float | int | str | list[str]] | None]


def group(
    ids: Iterable[str], matches: Iterable[Match], appearances: Mapping[str, Appearance]
) -> dict[str, Placed]:
    """For each id its cluster (the origin's id), what it copies (None for the origin), and why."""
    order = list(ids)
    groups: Groups[str] = Groups(order)
    nearest: dict[str, tuple[float, int, str, Match]] = {}
    quotes: dict[str, list[str]] = defaultdict(list)
    for match in matches:
        if match.likeness.kind == "quotes":
            quotes[match.left].append(match.right)
            quotes[match.right].append(match.left)
            continue
        groups.join(match.left, match.right)
        for at, partner in ((match.left, match.right), (match.right, match.left)):
            rank = (-match.likeness.containment, -match.likeness.shared)
            if at not in nearest or rank < nearest[at][:2]:
                nearest[at] = (*rank, partner, match)
    members: dict[str, list[str]] = defaultdict(list)
    for id_ in order:
        members[groups.root(id_)].append(id_)
    out: dict[str, Placed] = {}
    for together in members.values():
        first, told_by = origin([appearances[id_] for id_ in together])
        for id_ in together:
            why: dict[str, float | int | str | list[str]] = {}
            if id_ in nearest:
                likeness = nearest[id_][3].likeness
                why = {
                    "nearest": nearest[id_][2],
                    "kind": likeness.kind,
                    "shared_shingles": likeness.shared,
                    "contained": likeness.containment,
                    "similarity": likeness.similarity,
                    "swapped_facts": likeness.swapped,
                    "origin_by": told_by,
                }
            if id_ in quotes:
                why["quotes"] = quotes[id_]
            at_origin = together[first]
            out[id_] = (at_origin, None if id_ == at_origin else at_origin, why or None)
    return out


def origin(together: Sequence[Appearance]) -> tuple[int, str]:
    """Which of copies is the origin, and by what: ``credit``, ``date``, ``length`` or ``order``.

    A text is the origin where its source is whom the others credit; else the first published, and
    of those of one day the longest, since a copy is more often cut than added to.
    """
    if len(together) == 1:
        return 0, "order"
    credited = [
        number
        for number, one in enumerate(together)
        if any(same_name(one.source, other.credit) for other in together if other is not one)
    ]
    among = credited or range(len(together))
    ranked = sorted(
        among, key=lambda n: ((together[n].published or "9999")[:10], -together[n].words, n)
    )
    best = together[ranked[0]]
    if credited and len(credited) < len(together):
        return ranked[0], "credit"
    if best.published is None:
        told_by = "length" if best.words > together[ranked[1]].words else "order"
    elif best.published[:10] < (together[ranked[1]].published or "9999")[:10]:
        told_by = "date"
    else:
        told_by = "length" if best.words > together[ranked[1]].words else "order"
    return ranked[0], told_by


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names of outlets are one, written in full or by initials (AP)."""
    if not one or not other:
        return False
    first, second = ([w for w in _WORDS.findall(name) if w.casefold() != "the"]
                     for name in (one, other))  # fmt: skip
    if [w.casefold() for w in first] == [w.casefold() for w in second]:
        return bool(first)
    for words, short in ((first, second), (second, first)):
        initials = "".join(word[0] for word in words).upper()
        if len(short) == 1 and len(words) > 1 and short[0] == initials:
            return True
    return False
