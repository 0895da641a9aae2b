"""What is known and what the report tells of an entity: codes, sectors, role, whom it belongs to.

The table of actors comes first, on the day of publication; then the words of the report: the
nationality before a title, the body before "officials", the country that possesses an army.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import NamedTuple

from onrecord.knowledge.actors import ActorFacts, actors_in_use, codes_for
from onrecord.knowledge.actors_lexicon import country_names, name_words, nouns
from onrecord.reading.entities.mention import Mention
from onrecord.reading.entities.names import Cluster
from onrecord.reading.entities.tokens import Tokens

_GENERIC = {
    "official", "leader", "spokesman", "spokeswoman", "spokesperson", "member", "source", "chief",
    "head", "leadership", "group", "movement", "faction", "supporter", "delegation",
    "representative", "aide",
    "adviser", "advisor", "deputy", "secretary", "director", "figure", "wing", "branch", "boss",
    "negotiator", "envoy", "administrator", "team", "staff", "executive", "chairman",
}  # fmt: skip
_OF_A_COUNTRY = {
    "GOV", "MIL", "COP", "JUD", "LEG", "OPP", "PTY", "CVL", "EDU", "ELI", "LAB", "AGR", "SPY",
    "PRM", "REB",
}  # fmt: skip
_BEFORE_NAMES = {"PROPN", "NOUN", "ADJ", "PART"}
_PREPOSITIONS = {"of", "in", "from", "for", "to"}


class Facts(NamedTuple):
    """Codes, sectors and role of an entity, and the cluster that it belongs to."""

    codes: tuple[str, ...]
    sectors: tuple[str, ...]
    role: str | None
    member_of: Cluster | None
    known: bool


class FactFinder:
    """Finds the facts of each cluster of one report, once."""

    def __init__(
        self,
        tokens: Tokens,
        clusters: list[Cluster],
        of: dict[Mention, Cluster],
        date: dt.date | None,
    ) -> None:
        self.tokens = tokens
        self.date = date
        self.of = of
        self.by_token: dict[int, Mention] = {}
        self.by_head = {m.head: m for m in of if m.form != "name"}
        for mention in of:
            if mention.form == "name":
                for i in range(mention.first, mention.last):
                    self.by_token[i] = mention
        self.table = actors_in_use()
        self.countries: dict[str, Cluster] = {}
        counts: Counter[str] = Counter()
        for cluster in clusters:
            if cluster.kind == "country":
                for mention in cluster.mentions:
                    if mention.country is not None:
                        self.countries.setdefault(mention.country.code, cluster)
                        counts[mention.country.code] += 1
        # the one country that the report is about: "the government" is its government
        first, total = counts.most_common(1), sum(counts.values())
        self.home = tuple(code for code, count in first if count >= 0.6 * total)
        self._found: dict[int, Facts] = {}
        self._open: set[int] = set()

    def facts(self, cluster: Cluster) -> Facts:
        """The facts of ``cluster``; of a body within a body, the outer's are found first."""
        key = id(cluster)
        if key in self._found:
            return self._found[key]
        if key in self._open:
            return Facts((), (), None, None, False)
        self._open.add(key)
        found = self._facts(cluster)
        self._open.discard(key)
        self._found[key] = found
        return found

    def _facts(self, cluster: Cluster) -> Facts:
        country = next((m.country for m in cluster.mentions if m.country is not None), None)
        if cluster.kind == "country" and country is not None:
            return Facts((country.code,), (), None, None, True)
        if country is not None:
            acts = country.relation == "seat" and cluster.kind == "organization"
            return Facts(
                (country.code,),
                ("GOV",) if acts else (),
                None,
                self.countries.get(country.code),
                True,
            )
        known = self._known(cluster)
        told: tuple[str, ...]
        told, member = self._told(cluster)
        if known is None or not known.codes:
            told = self._in_name(cluster) or told
        codes: tuple[str, ...] = known.codes if known else ()
        if not codes or (known is not None and known.basis == "last" and told):
            codes = told or codes
        sectors = self._sectors(cluster, known, member)
        role = self._role(cluster, known)
        if not codes and sectors[:1] and sectors[0] in _OF_A_COUNTRY and known is None:
            codes = self.home
        if member is None and codes:
            member = self.countries.get(codes[0])
        if member is cluster:
            member = None
        return Facts(codes, sectors, role, member, known is not None)

    def _known(self, cluster: Cluster) -> ActorFacts | None:
        """What the table knows of the name, where the kind agrees."""
        if not cluster.name:
            return None
        tried: set[str] = set()
        for mention in sorted(
            (m for m in cluster.mentions if m.form == "name"), key=lambda m: -len(m.words)
        ):
            name = self.tokens.surface(mention.first, mention.last)
            if name in tried or len(tried) > 3:
                continue
            tried.add(name)
            if cluster.kind == "person" and len(mention.words) == 1:
                found = self.table.holder(name, self.date) if len(cluster.name) == 1 else None
                told = mention.title.role if mention.title is not None else ""
                if found is not None and told and found.role and found.role != told:
                    found = None
            else:
                found = self.table.get(name, self.date)
                if found is None and cluster.kind == "place":
                    found = self._place(mention.words)
                if found is None and mention.title is not None and mention.title.gender:
                    found = self.table.get(
                        self.tokens.surface(mention.first - 1, mention.last), self.date
                    )
            if found is not None and _agree(found.kind, cluster.kind):
                return found
        return None

    def _place(self, words: tuple[str, ...]) -> ActorFacts | None:
        """The place without its kind or side: "Kosovo province", "southern Lebanon"."""
        if len(words) > 1 and words[-1].lower() in name_words("place following"):
            words = words[:-1]
        elif len(words) > 1 and words[0].lower() in name_words("sides"):
            words = words[1:]
        else:
            return None
        return codes_for(" ".join(words), self.date, self.table)

    def _in_name(self, cluster: Cluster) -> tuple[str, ...]:
        """The country that a body bears in its name: "Nigerian Air Force", "Australian Embassy"."""
        if cluster.kind not in {"organization", "group"}:
            return ()
        body = self.table.get(cluster.name[0], self.date) if len(cluster.name) > 1 else None
        if body is not None and body.codes[:1] in {("UNO",), ("EUR",), ("IGO",)}:
            return body.codes  # "UN Support Mission in Libya"
        if (
            body is not None
            and body.kind in {"", "place"}
            and len(body.codes) == 1
            and not body.sectors
        ):
            return body.codes  # "Chicago Police Department"
        for i, word in enumerate(cluster.name):
            found = country_names().get(word) or country_names().get(
                " ".join(cluster.name[i : i + 2])
            )
            if found is not None and found.relation in {"name", "adjective"}:
                return (found.code,)
        return ()

    def _told(self, cluster: Cluster) -> tuple[tuple[str, ...], Cluster | None]:
        """Countries and bodies that the report puts before, behind or over the entity."""
        for mention in cluster.mentions:
            if mention.form == "pronoun":
                continue
            outers: list[Cluster] = []
            for other in self._around(mention):
                outer = self.of.get(other)
                if outer is not None and outer is not cluster and outer not in outers:
                    outers.append(outer)
            rows = [(outer, self.facts(outer)) for outer in outers]
            rows = [row for row in rows if row[1].codes]
            if not rows:
                continue
            countries = [row for row in rows if row[0].kind == "country"]
            codes = dict.fromkeys(c for _, facts in countries or rows[:1] for c in facts.codes)
            bodies = [outer for outer, _ in rows if outer.kind in {"organization", "group"}]
            member = bodies[0] if bodies else countries[0][0] if countries else None
            return tuple(codes), member
        return (), None

    def _around(self, mention: Mention) -> list[Mention]:
        """The names that tell whose someone is, the nearest first."""
        tokens = self.tokens
        found = [m for m in mention.inner if not self._backs(m)]
        if mention.form == "nominal" and mention.lemma in name_words("relational"):
            # "Russia's allies" are not Russian; "its British allies" are British
            return [m for m in found if m is not mention.owner]
        if mention.form == "name":
            # "Ukrainian President Volodymyr Zelenskyy", "Kenya's President Uhuru Kenyatta"
            i = mention.first - 1
            low = max(tokens.bounds[tokens.sentence[mention.head]][0], mention.first - 7)
            while i >= low and (
                tokens.pos[i] in _BEFORE_NAMES or tokens.lower[i] in {"'s", "’s", "-"}
            ):
                other = self.by_token.get(i)
                if other is not None and other not in found and not self._backs(other):
                    found.append(other)
                i -= 1
            after = mention.last
            if mention.kind == "place" and after + 1 < len(tokens) and tokens.words[after] == ",":
                other = self.by_token.get(after + 1)
                if other is not None and other.kind in {"country", "place"}:
                    found.append(other)
            if mention.kind == "person":
                return found
        for child in tokens.children[mention.head]:
            if (
                child > mention.head
                and tokens.dep[child] == "prep"
                and tokens.lower[child] in _PREPOSITIONS
            ):
                if found and tokens.lower[child] != "of":
                    continue
                for grandchild in tokens.children[child]:
                    other = self.by_token.get(grandchild) or self.by_head.get(grandchild)
                    if other is not None and (tokens.lower[child] == "of" or other.form == "name"):
                        found.append(other)
        if mention.form == "nominal" and mention.owner is None:
            owner = self.by_head.get(mention.first)
            if owner is not None and owner.form == "pronoun":
                found.append(owner)
        return found

    def _backs(self, mention: Mention) -> bool:
        """ "UN-backed", "Saudi-funded": whose friend someone is, not whose."""
        i = mention.last
        return (
            i + 1 < len(self.tokens)
            and self.tokens.words[i] == "-"
            and (self.tokens.lower[i + 1] in name_words("after a hyphen: not a member"))
        )

    def _sectors(
        self, cluster: Cluster, known: ActorFacts | None, member: Cluster | None
    ) -> tuple[str, ...]:
        told: list[str] = []
        generic = True
        for mention in cluster.mentions:
            if mention.title is not None:
                told += mention.title.sectors
            elif mention.noun is not None and mention.form == "nominal":
                here: list[str] = []
                if mention.lemma in _GENERIC or not mention.noun.sectors:
                    # "a rebel official", "the police spokesman"
                    for word in mention.words:
                        found = nouns().get(word)
                        here += found.sectors if found is not None else ()
                told += here or mention.noun.sectors
                generic = generic and mention.lemma in _GENERIC and not here
        if known is not None and known.basis != "last" and (known.sectors or known.role):
            return known.sectors
        told += [sector for sector in cluster.sectors if sector not in told]
        if member is not None and member.kind != "country":
            outer = self.facts(member).sectors
            armed = set(told) <= {"MIL", "GOV"} and outer[:1] in {("REB",), ("PRM",)}
            if outer and (generic or armed) and set(told) <= {"GOV", "MIL"}:
                return outer[:2]
        if (
            not told
            and known is None
            and cluster.name
            and cluster.kind in {"organization", "group", "place"}
        ):
            # "Nigerian Air Force", "High Court of Justice": the noun in the name
            words = [w.lower() for w in cluster.name]
            for i in range(len(words) - 1, -1, -1):
                noun = nouns().get(" ".join(words[i : i + 2])) or nouns().get(words[i])
                if (
                    noun is not None
                    and noun.sectors
                    and noun.kind != "place"
                    and words[i] != "union"
                ):
                    told += noun.sectors
                    break
        if told:
            return tuple(dict.fromkeys(told))[:2]
        return known.sectors if known is not None else ()

    def _role(self, cluster: Cluster, known: ActorFacts | None) -> str | None:
        if cluster.kind != "person":
            return None
        if known is not None and known.role:
            return known.role
        for mention in cluster.mentions:
            if mention.title is not None and mention.title.role:
                return mention.title.role
        return None


def _agree(known: str, kind: str) -> bool:
    """Whether the table's kind and the report's can be one."""
    if not known or not kind or known == kind:
        return True
    bodies = {"organization", "group", "system", "other", "work", "place"}
    return known in bodies and kind in bodies


def nationality(word: str) -> str | None:
    """The country of a nationality adjective or a country's name, or None."""
    found = country_names().get(word)
    return found.code if found is not None else None
