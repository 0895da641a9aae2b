"""One entity for the many forms of a name: full names, surnames, acronyms, countries."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from onrecord.knowledge.actors import actors_in_use
from onrecord.knowledge.actors_lexicon import given_names, name_words, nicknames
from onrecord.reading.entities.known import known_surnames
from onrecord.reading.entities.mention import Mention
from onrecord.reading.entities.tokens import Tokens

_LIGHT = {
    "of",
    "the",
    "and",
    "for",
    "in",
    "on",
    "&",
    "de",
    "'s",
    "’s",
    "to",
    "-",
    "a",
    "an",
    ",",
    "’",
    "'",
}
_COMPANY = {
    "inc",
    "inc.",
    "corp",
    "corp.",
    "co",
    "co.",
    "ltd",
    "ltd.",
    "plc",
    "llc",
    "sa",
    "ag",
    "nv",
}
_JUNIOR = {"jr.", "jr", "sr.", "sr", "ii", "iii", "iv"}
_ENDING = re.compile(r"(iy|ij|yy|yi|ii)$")


class Cluster:
    """One entity in the making: its mentions, and what they tell of it.

    ``attributes`` are the lemmas of the nouns that describe it ("president", "lawyer");
    ``given`` the first mention's number in the text, which orders the entities.
    """

    __slots__ = (
        "attributes",
        "gender",
        "kind",
        "mentions",
        "name",
        "plural",
        "role_codes",
        "sectors",
    )

    def __init__(self, mention: Mention) -> None:
        self.mentions: list[Mention] = []
        self.kind = mention.kind
        self.name: tuple[str, ...] = ()
        self.plural = mention.plural
        self.gender = ""
        self.attributes: set[str] = set()
        self.role_codes: set[str] = set()
        self.sectors: list[str] = []
        self.add(mention)

    def add(self, mention: Mention) -> None:
        """Adds a mention; the longest name is the entity's."""
        self.mentions.append(mention)
        if mention.form == "name" and len(mention.words) > len(self.name):
            self.name = mention.words
        self.gender = self.gender or mention.gender
        if not self.kind:
            self.kind = mention.kind
        if mention.title is not None and mention.title.role:
            self.attributes |= {mention.title.role, mention.title.words}
        if mention.form == "nominal":
            self.attributes.add(mention.lemma)

    def absorb(self, other: Cluster) -> None:
        """Takes over the mentions of ``other``."""
        for mention in other.mentions:
            self.add(mention)
        self.attributes |= other.attributes


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """A word for comparison: no case, no accents, one spelling of Slavic endings, no final stop."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    plain = plain.casefold().removesuffix("'s").removesuffix("’s").strip(".’'")
    return _ENDING.sub("y", plain) if len(plain) > 4 else plain


def merge_names(tokens: Tokens, found: list[Mention]) -> list[Cluster]:
    """The clusters of the names ``found``; each cluster's mentions are in the order of the text.

    Longer names first: a short one joins the one long name that it can be short for; where there
    are several it joins the one last named before it.
    """
    _trim_headlines(tokens, found)
    _settle_kinds(found)
    clusters: list[Cluster] = []
    by_key: dict[tuple[str, ...], Cluster] = {}
    persons: dict[str, list[Cluster]] = {}
    bodies: dict[str, list[Cluster]] = {}
    for mention in sorted(found, key=lambda m: (-len(m.words), m.first)):
        keys = _keys(mention)
        cluster = next((by_key[k] for k in keys if k in by_key), None)
        if cluster is None:
            cluster = _short_for(mention, persons, bodies)
        if cluster is None:
            cluster = Cluster(mention)
            clusters.append(cluster)
        else:
            cluster.add(mention)
        folded = [fold(w) for w in mention.words]
        if mention.kind == "person" and len(folded) > 1:
            for word in dict.fromkeys(folded):
                _note(persons, word, cluster)
        elif mention.kind in {"organization", "system", "group"} and len(folded) > 1:
            _note(bodies, folded[0], cluster)
        for key in keys:
            by_key.setdefault(key, cluster)
    _join_acronyms(tokens, clusters)
    for cluster in clusters:
        cluster.mentions.sort(key=lambda m: m.first)
        if cluster.kind == "person" and not cluster.gender and cluster.name:
            cluster.gender = given_names().get(cluster.name[0].lower(), "")
    return [c for c in clusters if c.mentions]


def _note(index: dict[str, list[Cluster]], word: str, cluster: Cluster) -> None:
    known = index.setdefault(word, [])
    if cluster not in known:
        known.append(cluster)


def _trim_headlines(tokens: Tokens, found: list[Mention]) -> None:
    """A name that goes on in a headline ("Lindsay Lohan Checks Into Rehab") ends where it should.

    Only where the shorter name stands alone elsewhere and a verb or a preposition follows it.
    """
    alone = Counter(m.words for m in found if len(m.words) < 4)
    for mention in found:
        if (
            mention.kind == "person"
            and len(mention.words) > 1
            and mention.words[0] in known_surnames()
        ):
            alone[mention.words[:1]] += 1
    surnames = {m.words[-1:] for m in found if m.kind == "person" and len(m.words) == 2}
    for mention in found:
        if len(mention.words) < 2 or alone[mention.words] > 1 or mention.country is not None:
            continue
        for size in (2, 1):
            head = mention.words[:size]
            if size >= len(mention.words) or not (alone[head] or head in surnames):
                continue
            following = mention.first + size
            if following >= len(tokens):
                continue
            if (
                tokens.pos[following] in {"VERB", "AUX", "ADP"}
                and tokens.lower[following] not in _LIGHT
            ):
                mention.words, mention.last = head, following
                mention.head = following - 1
                mention.kind = "person" if head in surnames else mention.kind
                break


def _settle_kinds(found: list[Mention]) -> None:
    """One kind for one spelling: the one most often given, sure ones (titles, the table) first."""
    votes: dict[tuple[str, ...], Counter[str]] = {}
    for mention in found:
        if mention.country is None and mention.kind:
            weight = 5 if mention.title is not None else 2 if len(mention.words) > 1 else 1
            votes.setdefault(mention.words, Counter())[mention.kind] += weight
    surnames = {
        m.words[-1] for m in found if m.kind == "person" and len(m.words) > 1 and m.country is None
    }
    for mention in found:
        if mention.country is not None:
            single = len(mention.words) == 1 and mention.words[0] in surnames
            if (
                single
                and mention.country.relation in {"name", "seat"}
                and mention.title is not None
            ):
                mention.kind, mention.country = "person", None
            continue
        counts = votes.get(mention.words)
        if counts:
            best = max(counts.values())
            mention.kind = next(k for k in counts if counts[k] == best)
        if len(mention.words) == 1 and mention.words[0] in surnames:
            mention.kind = "person"


def _keys(mention: Mention) -> list[tuple[str, ...]]:
    """What a later mention must share to be the same: its words; a country's code."""
    if mention.country is not None:
        if mention.kind == "country":
            return [("country", mention.country.code)]
        if mention.kind == "group":
            return [("people", mention.country.code, str(mention.plural))]
        if mention.kind == "organization":
            return [("seat", mention.country.code)]
    kind = mention.kind if mention.kind in {"place", "group", "person"} else "thing"
    written = " ".join(mention.words)
    if kind != "person" and written.lower() not in name_words("people of a party"):
        # "Isis" is Islamic State; "Democrats" are people, not their party
        usual = actors_in_use().usual_name(written)
        if usual is not None:
            return [("body", usual)]
    words = tuple(fold(w) for w in mention.words if w.lower() not in _LIGHT)
    while len(words) > 1 and words[-1] in _COMPANY:
        words = words[:-1]
    if kind == "person" and len(words) > 2 and words[-1] not in _JUNIOR:
        return [(kind, *words), (kind, words[0], words[-1])]
    if kind == "thing" and len(words) > 1:
        return [(kind, *words), (kind, *sorted(words))]
    return [(kind, *words)]


def _short_for(
    mention: Mention, persons: dict[str, list[Cluster]], bodies: dict[str, list[Cluster]]
) -> Cluster | None:
    """The longer name that ``mention`` is short for, if there is one."""
    words = [fold(w) for w in mention.words if fold(w) not in _JUNIOR]
    if not words:
        return None
    if mention.country is None and mention.kind in {"person", ""}:
        pool = persons.get(words[-1], ())
        fits = [c for c in pool if _may_be(words, [fold(w) for w in c.name], mention)]
        fits = [c for c in fits if not (c.gender and mention.gender and c.gender != mention.gender)]
        if len(fits) > 1:
            surname = [c for c in fits if fold(c.name[-1]) == words[-1]]
            fits = surname or fits  # the father before the son: "Trump" is not Donald Trump Jr.
            role = mention.title.role if mention.title else ""
            if role:
                fits = [c for c in fits if role in c.attributes] or fits
        if fits:
            mention.kind = "person"
            return _last_before(mention, fits)
    if mention.kind in {"organization", "", "system"} and words[0] not in name_words(
        "generic first"
    ):
        fits = []
        for cluster in bodies.get(words[0], ()):
            full = [fold(w) for w in cluster.name]
            if len(full) > len(words) and full[: len(words)] == words:
                fits.append(cluster)
        if len(fits) == 1:
            return fits[0]
    return None


def _may_be(words: list[str], full: list[str], mention: Mention) -> bool:
    """Whether a person called ``full`` can be called ``words``."""
    if full[-1] in _JUNIOR:
        full = full[:-1]
        if words == full:
            return False
    if len(words) == 1:
        word = words[0].removeprefix("al-")
        if word == full[-1].removeprefix("al-"):
            return True
        return word in full and (word == full[0] or len(full) > 2) and len(word) > 1
    if len(words) >= len(full) or words[-1] != full[-1]:
        return (
            len(words) == len(full) == 2
            and words[-1] == full[-1]
            and _same_first(words[0], full[0])
        )
    if full[-len(words) :] == words:
        return True
    return _same_first(words[0], full[0])


def _same_first(one: str, other: str) -> bool:
    if one == other:
        return True
    if len(one) <= 2 or len(other) <= 2:
        return one[:1] == other[:1]
    table = nicknames()
    return one in table and table[one] == table.get(other)


def _last_before(mention: Mention, pool: list[Cluster]) -> Cluster:
    """The cluster of ``pool`` last named before ``mention``; failing that, first named after it."""

    def rank(cluster: Cluster) -> tuple[int, int]:
        before = [m.first for m in cluster.mentions if m.first < mention.first]
        if before:
            return 1, max(before)
        return 0, -min(m.first for m in cluster.mentions)

    return max(pool, key=rank)


def _join_acronyms(tokens: Tokens, clusters: list[Cluster]) -> None:
    """ "Army Tactical Missile Systems, or ATACMS"; "Amnesty International (AI)"; and "AI" alone."""
    long: dict[str, list[Cluster]] = {}
    for cluster in clusters:
        if len(cluster.name) > 1 and cluster.kind not in {"person", "country"}:
            for initials in {_initials(cluster.name, True), _initials(cluster.name, False)}:
                long.setdefault(initials, []).append(cluster)
    ends = {m.last: c for c in clusters for m in c.mentions if len(m.words) > 1}
    for cluster in clusters:
        name = "".join(cluster.name).replace(".", "")
        if len(cluster.name) != 1 or not 2 <= len(name) <= 8 or sum(c.isupper() for c in name) < 2:
            continue
        target = None
        for mention in cluster.mentions:
            target = target or _beside(tokens, mention, name, ends)
        fits = long.get(name.upper(), [])
        if target is None and len(fits) == 1:
            target = fits[0]
        if target is not None and target is not cluster and target.mentions:
            if target.kind in {"", "other", "person"} or cluster.kind == "system":
                target.kind = cluster.kind if cluster.kind not in {"person", ""} else target.kind
            target.absorb(cluster)
            cluster.mentions = []


def _beside(
    tokens: Tokens, mention: Mention, name: str, ends: dict[int, Cluster]
) -> Cluster | None:
    """The long form that stands right before an acronym: in brackets, after "or", after a comma."""
    i = mention.first - 1
    steps = 0
    while (
        i >= 0 and steps < 3 and tokens.lower[i] in {"(", ",", "or", "the", "[", "known", "as", "-"}
    ):
        i -= 1
        steps += 1
    cluster = ends.get(i + 1) if steps else None
    if cluster is None or cluster.kind in {"person", "country"}:
        return None
    if (
        tokens.words[mention.first - 1] == "("
        and name.isupper()
        and tokens.words[mention.last : mention.last + 1] == [")"]
    ):
        return cluster  # initials of the name in another language: "Kurdistan Workers' Party (PKK)"
    if not _subsequence(name.lower(), "".join(cluster.name).lower()):
        return None
    return cluster if name[:1].lower() == cluster.name[0][:1].lower() else None


def _initials(words: tuple[str, ...], light: bool) -> str:
    return "".join(
        part[0].upper()
        for w in words
        for part in w.split("-")
        if part and part[0].isalpha() and (light or w.lower() not in _LIGHT)
    )


def _subsequence(short: str, long: str) -> bool:
    letters = iter(long)
    return all(c in letters for c in short if c.isalpha())
