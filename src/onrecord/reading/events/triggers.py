"""Finding the words that tell events: which use of a trigger holds here, and what carries it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Span, Token

from onrecord.knowledge import plover
from onrecord.reading import grammar

_PRONOUNS = frozenset({
    "he", "she", "they", "who", "him", "her", "them", "we", "us", "i", "me", "whom", "you",
    "someone",
    "anyone", "everyone", "himself", "themselves", "herself", "nobody", "somebody", "anybody",
    "everybody", "those", "both", "many", "some", "others", "dozens", "hundreds", "thousands",
})  # fmt: skip
_PARTITIVES = frozenset({
    "number", "series", "part", "dozen", "hundred", "thousand", "million", "billion", "group",
    "wave", "lot", "majority", "most", "some", "ton", "tonne", "worth", "amount", "load", "couple",
    "pair", "batch", "range", "set", "kind", "type", "form", "piece", "shipment", "round", "string",
    "resumption", "start", "end", "all", "many", "several", "one", "two", "three", "four", "five",
    "day", "week", "month", "hour", "state", "period",
    "team", "score", "member", "package", "convoy", "supply", "half", "spate", "barrage", "variety",
})  # fmt: skip
_TELLS = frozenset({"say", "insist", "state", "declare", "add", "tell", "stress", "argue", "warn",
                    "believe", "emphasise", "emphasize", "reiterate", "announce"})  # fmt: skip
_WORKS = frozenset({"effort", "mission", "hour", "initiative", "process", "operation", "order",
                    "measure", "programme", "program", "campaign", "regime", "warrant", "attempt",
                    "warfare", "rule", "policy", "package", "statement"})  # fmt: skip
_CARRIERS = frozenset({"attempt", "campaign", "spree", "plan", "threat", "fear", "bid", "plot",
                       "wave", "scene", "victim", "suspect", "site"})  # fmt: skip
_NAME_ENTS = frozenset({"ORG", "PERSON", "PRODUCT", "GPE", "WORK_OF_ART", "FAC", "LAW", "NORP"})
_NO_ACTOR_ENTS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL",
                            "WORK_OF_ART", "LAW", "EVENT", "LANGUAGE", "PRODUCT"})  # fmt: skip


MIN_PRIOR = 0.35
"""Uses of words with a lower prior tell a political event too seldom to be put on record."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that tells an event: its use, the tokens of its anchor, the noun that it carries."""

    head: Token
    use: plover.Trigger
    anchor: tuple[Token, ...]
    noun: Token | None
    modes: tuple[str, ...]
    type: str
    prior: float
    rule: str


def candidates(sentence: Span) -> list[Candidate]:
    """The events that the words of ``sentence`` tell, in order; a carried noun is told once."""
    table = plover.triggers()
    found: list[Candidate] = []
    carried: set[int] = set()
    nouns: list[Token] = []
    for token in sentence:
        kind = token.pos_
        if kind == "VERB" or (kind == "AUX" and token.dep_ not in ("aux", "auxpass")):
            if token.dep_ == "amod" or (token.dep_ == "compound" and token.tag_ != "VBG"):
                continue
            asked = _duty(token)
            if asked is not None:
                found.append(asked)
            uses = table.get((token.lemma_.lower(), "v"))
            candidate = _verb(token, uses) if uses else None
            if candidate is not None:
                found.append(candidate)
                if candidate.noun is not None and candidate.use.pos == "v":
                    carried.update(t.i for t in grammar.noun_conjuncts(candidate.noun))
            elif token.tag_ == "VBG" and token.dep_ in ("pobj", "dobj", "nsubj", "nsubjpass"):
                nouns.append(token)
        elif kind == "ADJ" and token.dep_ in ("acomp", "conj", "amod", "ROOT"):
            uses = table.get((token.lower_, "a"))
            if uses:
                use = _first(token, uses)
                if use is not None:
                    found.append(_plain(token, use))
        elif kind in ("NOUN", "PROPN"):
            nouns.append(token)
    for token in nouns:
        if token.i in carried:
            continue
        candidate = _noun(token)
        if candidate is not None:
            found.append(candidate)
    found.sort(key=lambda c: c.anchor[0].i)
    return found


def _duty(verb: Token) -> Candidate | None:
    """What is asked of somebody in a saying: "Qatar must mediate, the envoy said".

    The anchor is the modal verb, and the event that of the saying: that it is asked is told as
    fact, while the deed asked for is not.
    """
    modal = next(
        (c for c in verb.children if c.dep_ == "aux" and c.lower_ in ("must", "should")), None
    )
    if modal is None or verb.dep_ != "ccomp" or verb.head.lemma_ not in _TELLS:
        return None
    if grammar.form(verb).perfect or any(
        c.dep_ == "mark" for c in verb.children if c.lower_ == "if"
    ):
        return None
    teller = grammar.subjects(verb.head)
    asked = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
    if not teller or not asked or not is_actor(asked[0]) or asked[0].lower_ in ("we", "i", "you"):
        return None
    if not is_actor(teller[0]) or asked[0].lower_ in ("it", "he", "she", "they", "that", "this"):
        return None
    uses = plover.triggers()[modal.lower_, "m"]
    return Candidate(
        head=verb.head,
        use=uses[0],
        anchor=(modal,),
        noun=verb,
        modes=uses[0].modes,
        type=uses[0].type,
        prior=uses[0].prior,
        rule=f"{modal.lower_}/m#{uses[0].number}",
    )


def noun_use(token: Token) -> plover.Trigger | None:
    """The use of a noun that tells an event, or None."""
    table = plover.triggers()
    uses = table.get((token.lower_, "n")) or table.get((token.lemma_.lower(), "n"))
    return _first(token, uses) if uses else None


def _verb(token: Token, uses: tuple[plover.Trigger, ...]) -> Candidate | None:
    use = _first(token, uses)
    if use is None:
        return None
    anchor = [token]
    particles = [c for c in token.children if c.dep_ == "prt" and c.i <= token.i + 4]
    anchor.extend(particles)
    for condition in use.conditions:
        if condition.slot == "r":
            anchor.extend(
                c for c in token.children if c.lower_ in condition.words and c not in anchor
            )
    noun = _carried(token, use)
    kind, modes, prior, rule = use.type, use.modes, use.prior, f"{use.lemma}/v#{use.number}"
    if noun is not None:
        anchor.append(noun)
        own = noun_use(noun)
        if own is not None:
            if own.type == kind:
                modes = modes or own.modes
                if own.conditions:
                    modes = own.modes or modes
            elif own.conditions and use.type in ("ASSAULT", "PROTEST", "COERCE"):
                kind, modes = own.type, own.modes
                rule += f"+{own.lemma}/n#{own.number}"
    return Candidate(
        head=token,
        use=use,
        anchor=tuple(sorted(anchor, key=lambda t: t.i)),
        noun=noun,
        modes=modes,
        type=kind,
        prior=prior,
        rule=rule,
    )


def _carried(verb: Token, use: plover.Trigger) -> Token | None:
    """The noun of event that a verb with a condition on its object carries."""
    for condition in use.conditions:
        if condition.slot == "o" and condition.words and not condition.denied:
            for head in grammar.objects(verb):
                for noun in _unpacked(head):
                    if _lemma_in(noun, condition.words) and (
                        noun_use(noun) is not None or noun.lemma_ in plover.noun_classes()["TALKS"]
                    ):
                        return noun
    return None


def _noun(token: Token) -> Candidate | None:
    if token.pos_ == "PROPN" and token.ent_type_ in _NAME_ENTS:
        return None
    if token.dep_ in ("compound", "nmod") and (
        token.head.lemma_ not in _CARRIERS or token.i > token.head.i
    ):
        return None
    use = noun_use(token)
    if use is None:
        return None
    return _plain(token, use)


def _plain(token: Token, use: plover.Trigger) -> Candidate:
    return Candidate(
        head=token,
        use=use,
        anchor=(token,),
        noun=None,
        modes=use.modes,
        type=use.type,
        prior=use.prior,
        rule=f"{use.lemma}/{use.pos}#{use.number}",
    )


def _first(token: Token, uses: tuple[plover.Trigger, ...]) -> plover.Trigger | None:
    for use in uses:
        if all(_holds(token, condition) != condition.denied for condition in use.conditions):
            return use
    return None


def _holds(token: Token, condition: plover.Condition) -> bool:
    slot = condition.slot
    if slot == "o":
        heads = grammar.objects(token)
        return bool(heads) if _bare(condition) else _any(heads, condition)
    if slot == "s":
        holder = token.head if token.dep_ == "acomp" else token
        heads = grammar.subjects(holder)
        return bool(heads) if _bare(condition) else _any(heads, condition)
    if slot == "om":
        return any(
            c.lemma_.lower() in condition.words
            for head in grammar.objects(token)
            for c in head.children
            if c.dep_ in ("amod", "compound", "nmod")
        )
    if slot == "ow":
        return any(
            c.lemma_.lower() in condition.words or c.lower_ in condition.words
            for c in token.children
            if c.dep_ in ("dobj", "oprd", "acomp", "xcomp", "advmod", "ccomp", "attr", "pobj")
        )
    if slot == "p":
        return _has_preposition(token, condition)
    if slot == "m":
        return any(
            c.lemma_.lower() in condition.words or c.lower_ in condition.words
            for c in token.children
            if c.dep_ in ("amod", "compound", "nmod", "poss", "nummod")
        )
    if slot == "r":
        return any(
            c.lower_ in condition.words
            for c in token.children
            if c.dep_ in ("prt", "advmod", "prep")
        )
    if slot == "x":
        return any(
            (c.dep_ in ("xcomp", "ccomp", "acl", "advcl") and grammar.form(c).infinitive)
            for c in token.children
            if c.i > token.i
        )
    if slot == "c":
        return any(
            c.dep_ in ("ccomp", "acl") and grammar.is_verb(c) and grammar.form(c).finite
            for c in token.children
        )
    return False


def _has_preposition(token: Token, condition: plover.Condition) -> bool:
    holders = [token]
    if grammar.is_verb(token):
        holders.extend(c for c in token.children if c.dep_ in ("dobj", "prt", "prep", "advmod"))
    for holder in holders:
        for child in holder.children:
            if child.dep_ not in ("prep", "dative", "agent", "prt") and child.pos_ != "ADP":
                continue
            if child.lower_ not in condition.arg:
                continue
            if _bare(condition):
                return True
            below = [c for c in child.children if c.dep_ == "pobj"]
            if _any(below, condition):
                return True
    return False


def _bare(condition: plover.Condition) -> bool:
    return not condition.words and not condition.classes


def _any(heads: Iterable[Token], condition: plover.Condition) -> bool:
    for head in heads:
        for token in _unpacked(head):
            if condition.words and _lemma_in(token, condition.words):
                return True
            if "person" in condition.classes and is_person(token):
                return True
            if "actor" in condition.classes and is_actor(token):
                return True
    return False


def _unpacked(head: Token) -> list[Token]:
    """A noun, and what it is a number or a part of ("a series of attacks": attacks)."""
    out = [head]
    if head.lemma_.lower() in _PARTITIVES or head.pos_ == "NUM":
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                out.extend(c for c in child.children if c.dep_ == "pobj")
    if head.lemma_.lower() in _WORKS:
        out.extend(c for c in head.children if c.dep_ in ("compound", "nmod") and c.i < head.i)
    return out


def _lemma_in(token: Token, words: frozenset[str]) -> bool:
    return token.lemma_.lower() in words or token.lower_ in words


@lru_cache(maxsize=1)
def _persons() -> frozenset[str]:
    return plover.noun_classes()["PERSON"]


@lru_cache(maxsize=1)
def _actors() -> frozenset[str]:
    classes = plover.noun_classes()
    return classes["PERSON"] | classes["ACTOR"] | classes["FORCE"] - classes["ARMS"]


def is_person(token: Token) -> bool:
    """Whether a noun or pronoun names people."""
    if token.pos_ == "PRON":
        return token.lower_ in _PRONOUNS
    if token.pos_ == "NUM":
        return token.ent_type_ in ("", "CARDINAL") and not any(
            c.dep_ == "prep" for c in token.children
        )
    return token.ent_type_ in ("PERSON", "NORP") or token.lemma_.lower() in _persons()


def is_actor(token: Token) -> bool:
    """Whether a noun or pronoun names who can act: people, states, bodies, forces."""
    if token.pos_ == "PRON":
        return token.lower_ in _PRONOUNS or token.lower_ in ("it", "which", "that")
    if is_person(token) or token.ent_type_ in ("GPE", "ORG"):
        return True
    if token.lemma_.lower() in _actors():
        return True
    return token.pos_ == "PROPN" and token.ent_type_ not in _NO_ACTOR_ENTS
