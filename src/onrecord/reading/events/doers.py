"""Who a noun belongs to, which subjects can act, and whom a teller's pronoun means."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from onrecord.reading import grammar
from onrecord.reading.events.triggers import Candidate, is_actor, is_person, noun_use

_WEAPONS = frozenset({
    "bomb", "missile", "rocket", "shell", "bullet", "mine", "grenade", "device", "explosive",
    "explosion", "blast", "fire", "mortar", "ied",
})  # fmt: skip


def owners_of(noun: Token) -> tuple[Token, ...]:
    """Who a noun belongs to: its genitive, or a nationality, state or body before it."""
    owners = tuple(t for t in grammar.possessors(noun) if is_actor(t) and not is_time(t))
    if owners:
        return owners
    torn = _torn_owner(noun)
    if torn is not None:
        return (torn,)
    for child in noun.children:
        if child.dep_ in ("amod", "compound", "nmod") and child.i < noun.i:
            if child.ent_type_ in ("NORP", "GPE", "ORG") or (
                child.dep_ != "amod"
                and child.pos_ == "NOUN"
                and is_actor(child)
                and not is_person(child)
            ):
                return (child,)
            if child.pos_ in ("NOUN", "PROPN") and child.lemma_.lower() in _DOERS:
                return (child,)
    return ()


def _torn_owner(noun: Token) -> Token | None:
    """The owner that the parse tears off ("blaming Turkey | 's weeklong offensive"), or None."""
    first = noun.left_edge
    if first.i - noun.sent.start < 2:
        return None
    mark = first.nbor(-1)
    if mark.lower_ in ("'s", "’s") and mark.dep_ == "case" and mark.head.i == mark.i - 1:
        return mark.head if is_actor(mark.head) and not is_time(mark.head) else None
    return None


_DOERS = frozenset({"militant", "rebel", "police", "army", "government", "military", "coalition",
                    "insurgent", "student", "opposition", "guerrilla", "navy", "nato"})  # fmt: skip


def late_agents(verb: Token) -> tuple[Token, ...]:
    """The agents of a passive that the parse hangs on a time or place before them.

    "captured at the start of the year by the army": the army.
    """
    if not grammar.is_passive(verb):
        return ()
    stack = [c for c in verb.children if c.dep_ == "prep" and c.i > verb.i]
    while stack:
        token = stack.pop(0)
        if token.lower_ == "by" and token.dep_ in ("prep", "agent"):
            found = [c for c in token.children if c.dep_ == "pobj" and is_actor(c)]
            if found and not is_time(found[0]):
                return grammar.noun_conjuncts(found[0])
        stack.extend(c for c in token.children if c.dep_ in ("prep", "pobj", "agent"))
    return ()


_STATES = frozenset({"commit", "prepare", "determine", "oppose", "devote", "dedicate"})


def in_a_state(verb: Token) -> tuple[Token, ...]:
    """Who is committed, opposed or prepared: a passive in form only, whose subject acts."""
    if verb.lemma_ in _STATES and grammar.is_passive(verb) and not grammar.agents(verb):
        return grammar.objects(verb)
    return ()


def acting(heads: Iterable[Token], candidate: Candidate) -> tuple[Token, ...]:
    """Subjects that can act; where the subject is a noun of event, those who do that."""
    out: list[Token] = []
    for head in heads:
        if head.dep_ == "expl" or head.lower_ == "there" or is_time(head):
            continue
        lemma = head.lemma_.lower()
        if candidate.type in ("ASSAULT", "COERCE", "PROTEST") and head.pos_ == "NOUN":
            if lemma in _WEAPONS:
                continue
            if noun_use(head) is not None and not is_actor(head):
                out.extend(owners_of(head) or grammar.agents(head))
                continue
        out.append(head)
    return tuple(out)


_SAYS = frozenset({"say", "announce", "tell", "claim", "declare", "state", "add", "confirm",
                   "report", "insist", "vow", "warn", "believe", "think", "admit", "promise",
                   "pledge", "hope", "fear", "deny", "stress", "note", "reveal"})  # fmt: skip


def meant(heads: tuple[Token, ...], verb: Token) -> tuple[Token, ...]:
    """The teller for a pronoun that can only mean the teller ("the army says it has shelled")."""
    if len(heads) != 1 or heads[0].lower_ not in ("it", "they", "he", "she"):
        return heads
    current = verb
    for _ in range(4):
        head = current.head
        if current.dep_ == "ccomp" and head.lemma_ in _SAYS:
            tellers = grammar.subjects(head)
            if tellers and all(_can_mean(heads[0], t) for t in tellers):
                return tellers
            return heads
        if current.dep_ not in ("conj", "xcomp", "ccomp"):
            return heads
        current = head
    return heads


def _can_mean(pronoun: Token, teller: Token) -> bool:
    if teller.pos_ == "PRON" or not is_actor(teller):
        return False
    human = teller.ent_type_ == "PERSON" or (
        is_person(teller) and teller.tag_ in ("NN", "NNP") and teller.ent_type_ != "NORP"
    )
    if pronoun.lower_ in ("he", "she"):
        return human
    if pronoun.lower_ == "it":
        return not human and teller.tag_ != "NNS"
    return not human


def is_time(token: Token) -> bool:
    """Whether a noun names a date or a time of day."""
    return token.ent_type_ in ("DATE", "TIME") and token.pos_ != "PRON"


def is_amount(token: Token) -> bool:
    """Whether a noun names money, a share or a measure."""
    return token.ent_type_ in ("MONEY", "PERCENT", "QUANTITY")
