"""Names: the words that name someone or something.

They are the named entities of the pipeline, trimmed to the name itself, its kind checked against
what the words and their neighbours say; and runs of proper nouns that the pipeline left out.
"""

from __future__ import annotations

import re

from onrecord.knowledge.actors import actors_in_use
from onrecord.knowledge.actors_lexicon import (
    CountryName,
    Noun,
    country_names,
    given_names,
    name_words,
    nouns,
    titles,
)
from onrecord.reading.entities.known import (
    EDGE,
    bodies,
    known_body,
    known_surnames,
    leading_title,
    title_before,
)
from onrecord.reading.entities.mention import Mention, head_of
from onrecord.reading.entities.tokens import Tokens

KINDS = {
    "PERSON": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place",
    "NORP": "group", "PRODUCT": "system", "WORK_OF_ART": "work", "LAW": "work", "EVENT": "other",
}  # fmt: skip
_PLACE_PREPOSITIONS = {
    "in", "at", "near", "outside", "around", "into", "across", "throughout", "inside",
}  # fmt: skip


def find_names(tokens: Tokens) -> list[Mention]:
    """The names of the prose, in order; none overlaps another."""
    found: list[Mention] = []
    i, size = 0, len(tokens)
    ent, iob, pos, sentence = tokens.ent, tokens.iob, tokens.pos, tokens.sentence
    known_first = bodies(actors_in_use())
    while i < size:
        if sentence[i] < 0:
            i += 1
            continue
        last = i + 1
        if tokens.words[i] in known_first:
            body = known_body(tokens, i, known_first[tokens.words[i]])
            if body is not None:
                found.append(body)
                i = body.last
                while i < size and iob[i] == 1 and ent[i] != "PERSON":
                    i += 1  # what the pipeline took for the rest of the name
                continue
        if iob[i] in (1, 3):
            while last < size and iob[last] == 1:
                last += 1
            kind = KINDS.get(ent[i])
            if kind is not None:
                start = i
                if (
                    last < size
                    and _APOSTROPHE.match(tokens.words[last])
                    and sentence[last] == sentence[i]
                ):
                    kind, last = "person", last + 1  # "Dinesh D’Souza"
                if kind == "person" and found and found[-1].last == i and _given(tokens, found[-1]):
                    start = found.pop().first  # "[Billie] [Jean King]"
                found += _names_in(tokens, start, last, kind)
        elif pos[i] == "PROPN" or _APOSTROPHE.match(tokens.words[i]):
            while (
                last < size
                and (pos[last] == "PROPN" or _APOSTROPHE.match(tokens.words[last]))
                and iob[last] == 2
                and sentence[last] == sentence[i]
            ):
                last += 1
            mention = _untagged(tokens, i, last)
            if mention is not None:
                found.append(mention)
        elif pos[i] == "ADJ":
            country = country_names().get(tokens.words[i])
            if country is not None and country.relation == "adjective":
                found.append(Mention(i, i + 1, i, "name", "country", (tokens.words[i],), country))
        i = last
    found += _again(tokens, found)
    return found


def _again(tokens: Tokens, found: list[Mention]) -> list[Mention]:
    """Words that are names elsewhere in the report and that the pipeline took for none here."""
    taken = {i for m in found for i in range(m.first, m.last)}
    known = {m.words[-1] for m in found if m.words and m.country is None and len(m.words) < 4}
    known = {w for w in known if len(w) > 2 and w[0].isupper() and w.lower() not in titles()}
    return [
        Mention(i, i + 1, i, "name", "", (word,))
        for i, word in enumerate(tokens.words)
        if word in known
        and i not in taken
        and tokens.sentence[i] >= 0
        and (word.isupper() or tokens.pos[i] == "PROPN")
        and tokens.lower[i] not in name_words("calendar")
        and not nouns().get(tokens.lower[i])
    ]


_APOSTROPHE = re.compile(r"[A-Z][a-z]?['’][A-Z]\w+$")  # O’Malley, D'Souza: often untagged


def _given(tokens: Tokens, mention: Mention) -> bool:
    """Whether the mention is a given name that stands before a surname in the same phrase."""
    return (
        len(mention.words) == 1
        and mention.country is None
        and mention.words[0].lower() in given_names()
        and tokens.dep[mention.head] == "compound"
    )


def _names_in(tokens: Tokens, first: int, last: int, kind: str) -> list[Mention]:
    """The names in one named entity: most often one; two where a possessive divides it."""
    lower = tokens.lower
    for i in range(first + 1, last - 1):
        if lower[i] in {"'s", "’s"} and country_names().get(tokens.surface(first, i)):
            return _names_in(tokens, first, i, "place") + _names_in(tokens, i + 1, last, kind)
    while first < last and (lower[first] in EDGE or tokens.pos[first] == "SPACE"):
        first += 1
    while last > first and (lower[last - 1] in EDGE or tokens.pos[last - 1] == "SPACE"):
        last -= 1
    if first >= last:
        return []
    while (
        kind == "person"
        and first < last - 1
        and tokens.pos[first] in _NO_NAME
        and lower[first] not in name_words("name particles")
    ):
        first += 1  # "Beneath Clinton"
    if "(" in tokens.words[first:last] and ")" not in tokens.words[first:last]:
        last = first + tokens.words[first:last].index("(")
    words = tokens.words[first:last]
    surface = tokens.surface(first, last)
    if surface.lower() in name_words("calendar"):
        return []
    country = country_names().get(surface) or country_names().get(surface.removesuffix("-"))
    if country is not None:
        return [_country(tokens, first, last, country, kind)]
    if kind == "group":
        return _people(tokens, first, last)
    noun = nouns().get(surface.lower()) if len(words) == 1 else None
    if noun is not None and noun.plural and noun.kind in {"person", "group"}:
        return []  # "Protesters", a capital at the head of a sentence
    title, cut = leading_title(tokens, first, last)
    adjective: list[Mention] = []
    if title is None and kind == "person":
        title = title_before(tokens, first)
        before = country_names().get(words[0]) if title is None else None
        if before is not None and before.relation == "adjective":
            adjective.append(_country(tokens, first, first + 1, before, "group"))
            first, words = first + 1, words[1:]
    elif title is None and (len(words) > 1 or kind != "organization"):
        title = title_before(tokens, first)
        if title is not None and (
            not title.role or tokens.words[first - 1].islower() or _named_body(words)
        ):
            title = None
    elif title is not None:
        before = country_names().get(tokens.words[first])
        if before is not None and cut - first > 1:
            adjective.append(_country(tokens, first, first + 1, before, "group"))
        first, words = cut, tokens.words[cut:last]
    if title is not None:
        kind = "person"
    if kind == "person" and not any(w[:1].isupper() for w in words):
        return adjective
    if all(w.islower() for w in words):
        return adjective
    mention = Mention(
        first, last, head_of(tokens, first, last), "name", kind, tuple(words), title=title
    )
    mention.gender = title.gender if title else ""
    mention.kind = _checked_kind(tokens, mention)
    return [*adjective, mention]


def _country(tokens: Tokens, first: int, last: int, country: CountryName, kind: str) -> Mention:
    """A country, a people or a seat of government, by its name in the table."""
    head = head_of(tokens, first, last)
    words = tuple(tokens.words[first:last])
    mention = Mention(first, last, head, "name", "place", words, country)
    if country.relation == "name":
        mention.kind = "person" if kind == "person" and len(words) > 1 else "country"
    elif country.relation == "seat" and stands_for_government(tokens, mention):
        mention.kind = "organization"
    elif country.relation in {"adjective", "people"}:
        modifies = tokens.dep[head] in _MODIFIES or tokens.pos[head] == "ADJ"
        plural = tokens.tag[head] in {"NNS", "NNPS"} or words[-1].endswith("men")
        if modifies and not plural:
            mention.kind = "country"
        elif plural or first == 0 or tokens.lower[first - 1] not in _ONE:
            mention.kind, mention.plural = "group", True
        else:  # "a Bosnian": one person, described, not named
            mention.form, mention.kind, mention.words = "nominal", "person", ()
            mention.lemma = tokens.lower[head]
    return mention


_NO_NAME = {"ADP", "ADV", "SCONJ", "PRON", "DET", "AUX", "INTJ", "CCONJ"}
_MODIFIES = {"amod", "compound", "nmod", "poss"}
_ONE = {"a", "an", "another", "one", "-", "old"}


def _people(tokens: Tokens, first: int, last: int) -> list[Mention]:
    """Nationalities are in the table of countries; what is left are parties, faiths, peoples."""
    head = head_of(tokens, first, last)
    if tokens.pos[head] == "ADJ" or tokens.dep[head] in {"amod", "compound"}:
        return []
    plural = tokens.tag[head] in {"NNS", "NNPS"} or tokens.words[head].endswith("s")
    kind = "group" if plural else "person"
    mention = Mention(
        first, last, head, "name", kind, tuple(tokens.words[first:last]), plural=plural
    )
    if not plural:
        # "a Republican", "the Catholic": a description, not a name
        noun = Noun("person", (), "", False)
        return [
            Mention(first, last, head, "nominal", "person", (), noun=noun, lemma=tokens.lower[head])
        ]
    return [mention]


def _untagged(tokens: Tokens, first: int, last: int) -> Mention | None:
    """A run of proper nouns that the pipeline gave no label."""
    table = titles()
    while last > first and not tokens.words[last - 1][:1].isupper():
        last -= 1
    title, cut = leading_title(tokens, first, last)
    first = cut
    if first >= last or not tokens.words[first][:1].isupper():
        return None
    surface = tokens.surface(first, last)
    country = country_names().get(surface)
    if country is not None:
        return _country(tokens, first, last, country, "place")
    lower = surface.lower()
    if lower in table or nouns().get(lower) or lower in name_words("calendar"):
        return None
    words = tuple(tokens.words[first:last])
    if len(surface) < 2 or not any(c.isalpha() for c in surface):
        return None
    title = title or title_before(tokens, first)
    given = 1 < len(words) < 5 and words[0].lower() in given_names()
    kind = "person" if title or given or _APOSTROPHE.match(words[-1]) else ""
    mention = Mention(first, last, head_of(tokens, first, last), "name", kind, words, title=title)
    mention.gender = title.gender if title else ""
    mention.kind = _checked_kind(tokens, mention)
    return mention


def _checked_kind(tokens: Tokens, mention: Mention) -> str:
    """The kind, corrected where the words themselves leave no doubt."""
    if mention.title is not None:
        return "person"
    last = mention.words[-1].lower()
    following = tokens.lower[mention.last] if mention.last < len(tokens) else ""
    if (
        len(mention.words) == 1
        and mention.kind != "person"
        and mention.words[0] in known_surnames()
    ):
        return "person"
    if last in name_words("organization") or mention.words[0].lower() in name_words(
        "organization first"
    ):
        return "organization"
    if last in name_words("system"):
        return "system"
    if last in name_words("place") or following in name_words("place following"):
        return "place"
    if len(mention.words) == 1 and mention.kind == "person" and _is_acronym(mention.words[0]):
        return "organization"
    before = tokens.lower[mention.first - 1] if mention.first else ""
    if (
        mention.kind in {"person", "system", "work", "other", ""}
        and before in _PLACE_PREPOSITIONS
        and (len(mention.words) == 1)
    ):
        return "place"
    return mention.kind


def _named_body(words: list[str]) -> bool:
    return words[-1].lower() in name_words("organization") or words[-1].lower() in name_words(
        "place"
    )


def _is_acronym(word: str) -> bool:
    letters = word.replace(".", "").replace("-", "")
    return 2 <= len(letters) <= 7 and letters.isupper() and letters.isalpha()


def stands_for_government(tokens: Tokens, mention: Mention) -> bool:
    """Whether a capital acts: a subject of a verb that is not "be", an agent, one of two sides."""
    head, dep = mention.head, tokens.dep[mention.head]
    top = tokens.chain(head)
    if top != head:
        dep = tokens.dep[top]
    over = tokens.head[top]
    if dep == "nsubj":
        return tokens.lemma[over] not in {"be", "lie", "remain", "become"}
    if dep == "poss":
        return tokens.lemma[over] in name_words("act of a government")
    if dep in {"dobj", "dative"}:
        return tokens.lemma[over] in name_words("done to a government")
    if dep == "pobj":
        word = tokens.lower[over]
        return dep == "pobj" and (
            word == "by" or (word in {"with", "against", "between", "on"} and over > 0)
        )
    return False
