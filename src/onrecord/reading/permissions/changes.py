"""Which earlier permission of the report an entry changes or repeats: anaphora of decisions.

"the same permission", "such use", "the ban was lifted": an entry is linked to the latest earlier
one that speaks of the same thing, by the words of its act and item and by its word of leave.
"""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading.page import Page
from onrecord.reading.permissions.act import Roles
from onrecord.reading.permissions.words import Frame
from onrecord.record.model import Permission

_POINTING = frozenset(
    {"the", "this", "that", "such", "same", "these", "those", "its", "their", "his", "her"}
)
_LIGHT = frozenset(
    {
        "use",
        "do",
        "be",
        "have",
        "make",
        "allow",
        "permit",
        "ban",
        "go",
        "take",
        "it",
        "that",
        "they",
    }
)
_ROOTS = {"permission": "permit", "authorization": "authorize", "authorisation": "authorize",
          "authorise": "authorize", "approval": "approve", "prohibition": "prohibit",
          "licence": "license", "exemption": "exempt", "restriction": "restrict"}  # fmt: skip


class Chain:
    """The permissions of a report so far, and what each of them speaks of."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._seen: list[tuple[Permission, frozenset[str], frozenset[str], bool]] = []

    def link(self, entry: Permission, frame: Frame, roles: Roles) -> str | None:
        """The id of the earlier permission that ``entry`` changes or repeats, or None."""
        things = frozenset(self._lemmas(roles))
        roots = frozenset(_roots(frame))
        pointing = _points_back(frame)
        best: tuple[float, int, str] | None = None
        for order, (earlier, other, other_roots, forbids) in enumerate(self._seen):
            if forbids != frame.forbids and frame.frame not in ("lift",):
                continue
            shared = things & other
            share = len(shared) / min(len(things), len(other)) if things and other else 0.0
            strong = len(shared) >= 2 and share >= 0.5
            named = pointing and bool(roots & other_roots)
            if not (strong or named):
                continue
            rank = (share + (1.0 if named else 0.0), order, earlier.id)
            if best is None or rank > best:
                best = rank
        self._seen.append((entry, things, roots, frame.forbids or frame.frame == "lift"))
        return None if best is None else best[2]

    def _lemmas(self, roles: Roles) -> set[str]:
        tokens: list[Token] = [*roles.act, *roles.item, *roles.grantee]
        return {
            t.lemma_.lower()
            for t in tokens
            if t.pos_ in ("NOUN", "PROPN", "VERB") and t.lemma_.lower() not in _LIGHT
        }


def _roots(frame: Frame) -> set[str]:
    """The words of leave of ``frame``, verbs and nouns of one root made one."""
    out = set()
    for token in (frame.word, frame.noun):
        if token is not None:
            lemma = token.lemma_.lower()
            out.add(_ROOTS.get(lemma, lemma))
    return out


def _points_back(frame: Frame) -> bool:
    noun = frame.noun or (frame.word if frame.word.pos_ == "NOUN" else None)
    return noun is not None and any(
        c.lower_ in _POINTING and c.dep_ in ("det", "poss", "amod", "predet") for c in noun.children
    )
