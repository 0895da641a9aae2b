"""Descriptions and pronouns: "U.S. officials", "the company", "his advisers", "they".

A description is a noun phrase with an agent noun (``knowledge/data/sectors_nouns.tsv``) or a
people's name as its head, from the determiner to the head; relative clauses and what follows the
head are left out.
"""

from __future__ import annotations

from typing import NamedTuple

from onrecord.knowledge.actors_lexicon import Noun, name_words, nouns
from onrecord.reading.entities.mention import Mention
from onrecord.reading.entities.tokens import Tokens

DEFINITE = {"the", "this", "these", "that", "those", "both"}
POSSESSIVE = {"his", "her", "their", "its", "my", "our", "your"}
_NOT_PREMODIFIERS = {
    "cc", "preconj", "mark", "prep", "relcl", "acl", "nsubj", "nsubjpass", "aux", "auxpass", "cop",
    "neg", "ccomp", "advcl", "expl", "dep", "intj", "parataxis", "pcomp", "agent", "xcomp",
}  # fmt: skip
_BARE_KINDS = {"organization", "place", "country", "work", "system"}
_BARE_ROLES = {"nsubj", "nsubjpass", "agent", "dobj", "ROOT", "appos"}
_AGAINST = {"opposition", "resistance", "alliance"}
_MASS = {
    "police",
    "parliament",
    "congress",
    "staff",
    "government",
    "press",
    "media",
    "troop",
    "personnel",
}


class Pronoun(NamedTuple):
    """Person, number, gender of a pronoun; ``case`` is subject, object, possessive or reflexive."""

    person: int
    plural: bool
    gender: str
    case: str


PRONOUNS = {
    "he": Pronoun(3, False, "m", "subject"), "him": Pronoun(3, False, "m", "object"),
    "his": Pronoun(3, False, "m", "possessive"), "himself": Pronoun(3, False, "m", "reflexive"),
    "she": Pronoun(3, False, "f", "subject"), "her": Pronoun(3, False, "f", "object"),
    "hers": Pronoun(3, False, "f", "possessive"), "herself": Pronoun(3, False, "f", "reflexive"),
    "it": Pronoun(3, False, "n", "subject"), "its": Pronoun(3, False, "n", "possessive"),
    "itself": Pronoun(3, False, "n", "reflexive"),
    "they": Pronoun(3, True, "", "subject"), "them": Pronoun(3, True, "", "object"),
    "their": Pronoun(3, True, "", "possessive"), "theirs": Pronoun(3, True, "", "possessive"),
    "themselves": Pronoun(3, True, "", "reflexive"),
    "i": Pronoun(1, False, "", "subject"), "me": Pronoun(1, False, "", "object"),
    "my": Pronoun(1, False, "", "possessive"), "mine": Pronoun(1, False, "", "possessive"),
    "myself": Pronoun(1, False, "", "reflexive"),
    "we": Pronoun(1, True, "", "subject"), "us": Pronoun(1, True, "", "object"),
    "our": Pronoun(1, True, "", "possessive"), "ours": Pronoun(1, True, "", "possessive"),
    "ourselves": Pronoun(1, True, "", "reflexive"),
}  # fmt: skip


def find_pronouns(tokens: Tokens, taken: dict[int, Mention]) -> list[Mention]:
    """The personal pronouns of the prose; ``US`` and ``IT`` in capitals are names, not pronouns."""
    found: list[Mention] = []
    for i, word in enumerate(tokens.lower):
        known = PRONOUNS.get(word)
        if known is None or tokens.sentence[i] < 0 or i in taken:
            continue
        written = tokens.words[i]
        if len(written) == 2 and written.isupper() and word in {"us", "it"}:
            continue
        kind = (
            "person"
            if known.gender in {"m", "f"} or (known.person == 1 and not known.plural)
            else ""
        )
        found.append(
            Mention(
                i, i + 1, i, "pronoun", kind, plural=known.plural, gender=known.gender, lemma=word
            )
        )
    return found


_RELATIVE = {"who", "whom", "whose", "which", "that"}
_NOT_OF_PERSONS = ("which",)


def find_relatives(tokens: Tokens, heads: dict[int, Mention]) -> list[tuple[Mention, Mention]]:
    """Relative pronouns with the mentions that their clauses stand under: "the troops who fled"."""
    found: list[tuple[Mention, Mention]] = []
    for i, word in enumerate(tokens.lower):
        if word not in _RELATIVE or tokens.sentence[i] < 0 or tokens.dep[i] in {"mark", "det"}:
            continue
        verb = tokens.verb_over(i)
        while (
            verb >= 0
            and tokens.dep[verb] != "relcl"
            and tokens.dep[verb] in {"ccomp", "xcomp", "conj"}
        ):
            verb = tokens.head[verb]
        if verb < 0 or tokens.dep[verb] != "relcl" or tokens.head[verb] >= i:
            continue
        owner = heads.get(tokens.head[verb])
        if owner is not None and word in (_NOT_OF_PERSONS if owner.kind == "person" else ()):
            continue
        if (
            owner is not None
            and word.startswith("who")
            and owner.kind in {"place", "system", "work"}
        ):
            continue
        if owner is not None and i - owner.last < 12:
            found.append(
                (Mention(i, i + 1, i, "pronoun", owner.kind, lemma=word, score=0.9), owner)
            )
    return found


def find_nominals(tokens: Tokens, taken: dict[int, Mention]) -> list[Mention]:
    """The descriptions whose heads are agent nouns; ``taken`` are the tokens of names."""
    found: list[Mention] = []
    table = nouns()
    pos, lower = tokens.pos, tokens.lower
    for i, word in enumerate(lower):
        if pos[i] not in {"NOUN", "PROPN"} or i in taken or tokens.sentence[i] < 0:
            continue
        noun = table.get(word) or table.get(tokens.lemma[i])
        two = table.get(f"{lower[i - 1]} {word}") if i else None
        three = table.get(f"{lower[i - 2]} {lower[i - 1]} {word}") if i > 1 else None
        noun = three or two or noun
        if noun is None and "-" in word:
            noun = table.get(word.rsplit("-", 1)[-1])
        if noun is None or not _heads_a_phrase(tokens, i, taken):
            continue
        mention = _nominal(tokens, i, noun, taken)
        if mention is not None:
            found.append(mention)
    return found


def _heads_a_phrase(tokens: Tokens, i: int, taken: dict[int, Mention]) -> bool:
    """Whether noun ``i`` is the head of its phrase, not a modifier or a title before a name."""
    dep, head = tokens.dep[i], tokens.head[i]
    if dep in {"compound", "nmod", "amod"} and head > i:
        return False
    return not (dep == "appos" and head == i + 1)


def _nominal(tokens: Tokens, head: int, noun: Noun, taken: dict[int, Mention]) -> Mention | None:
    tag = tokens.tag[head]
    plural = tag in {"NNS", "NNPS"} or (noun.plural and tag not in {"NN", "NNP"})
    first = _left_edge(tokens, _counted_by(tokens, head))
    opening = tokens.lower[first]
    bare = first == head and not plural and tokens.lemma[head] not in _MASS
    if bare and (noun.kind in _BARE_KINDS or tokens.dep[tokens.chain(head)] not in _BARE_ROLES):
        return None  # "held hostage" names no one; in headlines, which leave articles out, it does
    if tokens.lemma[head] in _AGAINST and any(
        tokens.lower[c] == "to" for c in tokens.children[head]
    ):
        return None
    kind = noun.kind
    if plural and kind == "person":
        kind = "group"
    owner = None
    inner: list[Mention] = []
    words: list[str] = []
    for k in range(first, head):
        name = taken.get(k)
        if name is not None and name.last <= head:
            if not inner or inner[-1] is not name:
                inner.append(name)
                if tokens.dep[name.head] == "poss" and tokens.head[name.head] == head:
                    owner = name
        elif tokens.pos[k] in {"ADJ", "NOUN", "PROPN", "NUM", "VERB"}:
            words.append(tokens.lower[k])
    definite = opening in DEFINITE or opening in POSSESSIVE or owner is not None
    return Mention(
        first, head + 1, head, "nominal", kind, tuple(words), noun=noun, plural=plural,
        gender=noun.gender, lemma=tokens.lemma[head], definite=definite, inner=inner, owner=owner,
    )  # fmt: skip


def _counted_by(tokens: Tokens, head: int) -> int:
    """The noun of quantity over ``head`` ("hundreds of troops"), or ``head`` itself."""
    over = tokens.head[head]
    if tokens.dep[head] == "pobj" and tokens.lower[over] == "of":
        noun: int = tokens.head[over]
        if (
            noun < over
            and tokens.lower[noun] in name_words("number")
            and tokens.sentence[noun] == tokens.sentence[head]
        ):
            return noun
    return head


def _left_edge(tokens: Tokens, head: int) -> int:
    """Where the premodifiers of ``head`` begin: its left children and all under them."""
    low = tokens.bounds[tokens.sentence[head]][0]
    first = head
    stack = [
        c for c in tokens.children[head] if c < head and tokens.dep[c] not in _NOT_PREMODIFIERS
    ]
    while stack:
        i = stack.pop()
        first = min(first, i)
        stack.extend(c for c in tokens.children[i] if c < head and c >= low)
    first = max(first, low)
    while (
        first < head
        and (
            tokens.pos[first] in {"PUNCT", "CCONJ", "SPACE", "SCONJ"}
            or tokens.dep[first] == "advmod"
        )
        and tokens.lower[first] not in {"more", "about", "some"}
    ):
        first += 1
    for i in range(first, head):
        if tokens.pos[i] == "DET" or tokens.lower[i] in POSSESSIVE or tokens.tag[i] == "POS":
            break
        if tokens.pos[i] == "NUM" and tokens.lower[first] in _BEFORE_NUMBERS:
            return i
    return first


_BEFORE_NUMBERS = {
    "as",
    "many",
    "at",
    "least",
    "more",
    "less",
    "fewer",
    "over",
    "up",
    "close",
    "nearly",
    "almost",
    "to",
    "about",
}
