"""A mention: the words that name or describe someone or something."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.knowledge.actors_lexicon import CountryName, Noun, Title
from onrecord.reading.entities.tokens import Tokens


@dataclass(eq=False, slots=True)
class Mention:
    """One mention: tokens ``first`` up to ``last`` with their ``head``, and what they tell.

    ``form`` is name, nominal or pronoun; ``kind`` an entity kind ("" where unknown); ``words``
    are the words of a name, or the modifiers of a nominal in lower case; ``country`` is what the
    words say of a country; ``noun`` the class of an agent noun; ``title`` the title before a name;
    ``inner`` the names that stand within it; ``owner`` the mention that possesses it.
    """

    first: int
    last: int
    head: int
    form: str
    kind: str
    words: tuple[str, ...] = ()
    country: CountryName | None = None
    noun: Noun | None = None
    title: Title | None = None
    plural: bool = False
    gender: str = ""
    lemma: str = ""
    definite: bool = False
    inner: list[Mention] = field(default_factory=list)
    owner: Mention | None = None
    score: float = 0.0


def head_of(tokens: Tokens, first: int, last: int) -> int:
    """The token of the stretch whose head stands outside it; the last of several."""
    for i in range(last - 1, first - 1, -1):
        if not first <= tokens.head[i] < last or tokens.head[i] == i:
            return i
    return last - 1
