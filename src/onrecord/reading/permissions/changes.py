"""Which earlier permission of the report an entry changes or repeats: anaphora of decisions.

"the same permission", "such use", "the ban was lifted": an entry is linked to an earlier one that
speaks of the same thing. What points back by a word ("the same", "such", "to do so") goes to the
nearest; what is told again in other words to the entry that shares its parties and its things.
"""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading.page import Page
from onrecord.reading.permissions.act import Roles
from onrecord.reading.permissions.words import Frame
from onrecord.record.model import Argument, Permission

_POINTING = frozenset(
    {"the", "this", "that", "such", "same", "these", "those", "its", "their", "his", "her"}
)
_LIGHT = frozenset(
    {"use", "do", "be", "have", "make", "allow", "permit", "ban", "go", "take", "it", "that",
     "they", "utilize", "utilise", "employ", "get", "give", "system", "thing", "people"}
)  # fmt: skip
_ROOTS = {"permission": "permit", "authorization": "authorize", "authorisation": "authorize",
          "authorise": "authorize", "approval": "approve", "prohibition": "ban",
          "bar": "ban", "block": "ban", "forbid": "ban", "outlaw": "ban", "prohibit": "ban",
          "licence": "license", "exemption": "exempt", "restriction": "restrict",
          "consent": "permit", "clearance": "clear", "waiver": "waive"}  # fmt: skip
# Acts that only stand for one told before.
_STANDS_FOR = frozenset({"it", "this", "that", "so", "them", "these", "those"})
# How many sentences back what points may lie.
_NEAR = 3


class _Seen:
    """What an earlier entry speaks of."""

    def __init__(self, entry: Permission, frame: Frame, roles: Roles, sentence: int) -> None:
        self.entry = entry
        self.sentence = sentence
        self.things = _lemmas(roles)
        self.items = _item_lemmas(roles)
        self.names = _names(roles)
        self.roots = _roots(frame)
        self.forbids = frame.forbids or frame.frame == "lift"
        self.grantor = _parties(entry.grantor)
        self.grantee = _parties(entry.grantee)


class Chain:
    """The permissions of a report so far, and what each of them speaks of."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._seen: list[_Seen] = []

    def link(self, entry: Permission, frame: Frame, roles: Roles) -> str | None:
        """The id of the earlier permission that ``entry`` changes or repeats, or None."""
        sentence = self._page.sentence_index(entry.anchor.spans[0][0]) or 0
        new = _Seen(entry, frame, roles, sentence)
        found = self._pointed_at(new, frame, roles) or self._same(new, frame)
        self._seen.append(new)
        return None if found is None else found.entry.id

    def _pointed_at(self, new: _Seen, frame: Frame, roles: Roles) -> _Seen | None:
        """The nearest earlier entry, where a word of ``new`` points back at one."""
        if not (_same_again(frame) or _act_points_back(roles)):
            return None
        near = [s for s in self._seen if new.sentence - s.sentence <= _NEAR]
        alike = [s for s in near if s.forbids == new.forbids]
        nearest = alike or near
        return nearest[-1] if nearest else None

    def _same(self, new: _Seen, frame: Frame) -> _Seen | None:
        """The earlier entry that shares most with ``new``: its words of leave, things, parties."""
        pointing = _points_back(frame)
        best: tuple[float, int] | None = None
        for order, other in enumerate(self._seen):
            if other.forbids != new.forbids and frame.frame != "lift":
                continue
            if new.names and other.names and not new.names & other.names:
                continue  # two things by two names
            shared = new.things & other.things
            fewest = min(len(new.things), len(other.things))
            share = len(shared) / fewest if fewest else 0.0
            strong = len(shared) >= 2 and share >= 0.5
            named = pointing and bool(new.roots & other.roots)
            parties = bool(new.grantor & other.grantor) and bool(new.grantee & other.grantee)
            if not (strong or named or (parties and new.items & other.items)):
                continue
            rank = (share + (1.0 if named else 0.0) + (0.5 if parties else 0.0), order)
            if best is None or rank > best:
                best = rank
        return None if best is None else self._seen[best[1]]


def _lemmas(roles: Roles) -> frozenset[str]:
    tokens: list[Token] = [*roles.act, *roles.item, *roles.grantee]
    return frozenset(
        t.lemma_.lower()
        for t in tokens
        if t.pos_ in ("NOUN", "PROPN", "VERB") and t.lemma_.lower() not in _LIGHT
    )


def _item_lemmas(roles: Roles) -> frozenset[str]:
    return frozenset(
        t.lemma_.lower()
        for head in roles.item
        for t in (head, *head.lefts)
        if t.pos_ in ("NOUN", "PROPN") and t.lemma_.lower() not in _LIGHT
    )


def _names(roles: Roles) -> frozenset[str]:
    """The names of the items, in small letters: two things of different names are two."""
    return frozenset(
        t.lower_
        for head in roles.item
        for t in (head, *head.lefts)
        if t.pos_ == "PROPN" and t.lemma_.lower() not in _LIGHT
    )


def _parties(arguments: tuple[Argument, ...]) -> frozenset[str]:
    """Who is named: the entity where it is known, else the last word in small letters."""
    out = set()
    for argument in arguments:
        words = argument.text.removesuffix("’s").removesuffix("'s").split()
        out.add(argument.entity or (words[-1].lower() if words else ""))
    return frozenset(out)


def _roots(frame: Frame) -> frozenset[str]:
    """The words of leave of ``frame``, verbs and nouns of one root made one."""
    words = (token.lemma_.lower() for token in (frame.word, frame.noun) if token is not None)
    return frozenset(_ROOTS.get(word, word) for word in words)


def _noun(frame: Frame) -> Token | None:
    return frame.noun or (frame.word if frame.word.pos_ == "NOUN" else None)


def _same_again(frame: Frame) -> bool:
    """Whether the leave is one told before: "the same permission", "such a ban"."""
    noun = _noun(frame)
    return noun is not None and any(c.lower_ in ("same", "such") for c in noun.children)


def _act_points_back(roles: Roles) -> bool:
    """Whether the act only stands for one told before: "such use", "allow it", "to do so"."""
    words = [t for t in roles.act if not t.is_punct]
    if not words:
        return any(t.lower_ in ("it", "this", "that") for t in roles.item)
    if any(t.lower_ == "such" and t.dep_ in ("amod", "predet", "det") for t in words[:2]):
        return True
    if any(t.lower_ == "so" and t.head.lemma_ == "do" for t in words):
        return True
    return all(t.lower_ in _STANDS_FOR for t in words)


def _points_back(frame: Frame) -> bool:
    noun = _noun(frame)
    return noun is not None and any(
        c.lower_ in _POINTING and c.dep_ in ("det", "poss", "amod", "predet") for c in noun.children
    )
