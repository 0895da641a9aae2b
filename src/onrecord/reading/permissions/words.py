"""The word classes of leave, and the frame: one clause in which somebody lets or does not let."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.knowledge.decisions import permission_words


@dataclass(frozen=True, slots=True)
class Frame:
    """One clause of leave.

    ``word`` is the verb, noun or adjective that says so and ``anchor`` all its words; ``noun`` is
    the permission, ban or request that a support verb governs; ``frame`` how it is said (allow,
    forbid, deny, lift, impose, revoke, give, receive, need, noun, adjective, modal) and
    ``forbids`` whether what is spoken of is a ban.
    """

    word: Token
    anchor: tuple[Token, ...]
    frame: str
    forbids: bool
    noun: Token | None = None


def words(name: str, pos: str = "VERB") -> frozenset[str]:
    """The words of one class of ``knowledge/data/permission_words.tsv``."""
    return permission_words().get((name, pos), frozenset())
