"""Who does it and to whom: actors and recipients of an event, by its grammar and its type.

Actors are the logical subject; recipients are asked for in the order of the type's own table:
object, prepositions, the subject of what is asked for, the owner of the object. For what both
sides do (talks, deals, clashes) all sides are actors, as PLOVER has it.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.reading import grammar
from onrecord.reading.events.doers import (
    acting,
    in_a_state,
    is_amount,
    is_time,
    late_agents,
    meant,
    owners_of,
)
from onrecord.reading.events.triggers import Candidate, is_actor, is_person

_BOTH_SIDES = frozenset({
    "meet", "talk", "negotiate", "discuss", "confer", "consult", "clash", "battle", "fight",
    "cooperate", "co-operate", "collaborate", "trade", "exchange", "swap", "speak", "talks",
    "negotiation", "meeting", "summit", "dialogue", "discussion", "consultation", "skirmish",
    "fighting", "hostility", "firefight", "gunfight", "gunbattle", "ceasefire", "truce", "partner",
    "cooperation", "co-operation", "collaboration", "agreement", "deal", "accord", "pact", "treaty",
    "conversation", "exercise", "drill", "war", "call", "cease-fire",
})  # fmt: skip
_ONE_SIDED = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN"})
_TO_WHOM = {
    "AGREE": ("with", "to", "for"),
    "CONSULT": ("with", "to"),
    "SUPPORT": ("for", "with", "of", "to"),
    "CONCEDE": ("to", "with", "for", "on", "against", "from", "in"),
    "COOPERATE": ("with", "to", "from", "in"),
    "AID": ("to", "for", "with", "in"),
    "RETREAT": ("from", "to", "in"),
    "REQUEST": ("on", "upon", "to", "from", "with", "for", "of"),
    "ACCUSE": ("against", "into", "over", "of", "about", "at", "on", "to"),
    "REJECT": ("to", "with", "from", "by", "of", "for"),
    "THREATEN": ("to", "against", "on", "with"),
    "PROTEST": ("against", "at", "outside", "over", "on", "in", "to"),
    "SANCTION": ("on", "against", "with", "to", "from", "of"),
    "MOBILIZE": ("against", "to", "in", "into", "on", "along", "near", "at"),
    "COERCE": ("on", "against", "of", "in", "from", "to", "into"),
    "ASSAULT": ("on", "against", "at", "of", "in", "into", "with", "near"),
}
_NOUN_TO_WHOM = {
    **_TO_WHOM,
    "ASSAULT": ("on", "against", "of", "at", "into", "in", "with"),
    "CONSULT": ("with", "to"),
    "AID": ("to", "for"),
    "RETREAT": ("from", "of"),
    "COERCE": ("of", "on", "against"),
    "SUPPORT": ("for", "with", "of", "from"),
    "REQUEST": ("to", "on"),
    "REJECT": ("of", "to"),
}
_OF_IS_ACTOR = frozenset({"CONSULT", "RETREAT", "PROTEST", "MOBILIZE", "AGREE", "COOPERATE"})
_OWNED_BY_WHOM = frozenset({"ACCUSE", "SUPPORT", "REJECT", "REQUEST", "SANCTION", "CONCEDE",
                            "ASSAULT", "COERCE", "AGREE", "CONSULT", "THREATEN"})  # fmt: skip
_OUT_OF = frozenset({"withdraw", "pull", "recall", "evacuate"})
_LIGHT_OBJECTS = frozenset({
    "permission", "authorization", "authorisation", "approval", "consent", "clearance", "concern",
    "fear", "worry", "doubt", "hope", "view", "regret", "outrage", "anger", "dismay", "alarm",
    "frustration", "optimism", "confidence", "willingness", "readiness", "question", "it", "this",
    "that", "what", "way", "chance", "leave", "access", "word", "ground", "advantage",
})  # fmt: skip
"""Objects that name no one who is acted on, whatever the verb: leaves, feelings, bare pronouns."""
_DIRECTIONS = frozenset({"east", "west", "north", "south", "northeast", "northwest", "southeast",
                         "southwest", "north-east", "north-west", "south-east",
                         "south-west"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Roles:
    """The head words of actors and recipients, in order, and how they were found.

    ``mutual``: what is told is done by both sides, which are then all actors.
    """

    actors: tuple[Token, ...]
    recipients: tuple[Token, ...]
    how: tuple[str, ...]
    mutual: bool = False


def roles(candidate: Candidate) -> Roles:
    """The actors and recipients of ``candidate``."""
    if candidate.use.pos == "n":
        return _of_noun(candidate)
    if candidate.use.pos == "m" and candidate.noun is not None:
        asked = tuple(c for c in candidate.noun.children if c.dep_ in ("nsubj", "nsubjpass"))
        told = tuple(t for head in asked for t in grammar.noun_conjuncts(head))
        return Roles(grammar.subjects(candidate.head), told, ("teller", "subject-of-duty"))
    return _of_verb(candidate)


def _of_verb(candidate: Candidate) -> Roles:
    verb, kind = candidate.head, candidate.type
    how: list[str] = []
    holder = verb.head if candidate.use.pos == "a" and verb.dep_ == "acomp" else verb
    actors = acting(grammar.subjects(holder), candidate)
    if not actors and grammar.is_verb(holder):
        actors = in_a_state(holder) or late_agents(holder)
    if actors:
        how.append("subject")
    named = meant(actors, verb)
    if named != actors:
        how.append("teller")
        actors = named
    carried = candidate.noun
    if not actors and carried is not None:
        actors = owners_of(carried)
    found: tuple[Token, ...] = ()
    if carried is not None:
        found = _after(kind, carried, verb)
        if found:
            how.append("preposition")
        elif carried.lemma_.lower() not in _BOTH_SIDES:
            found = tuple(t for t in _deeper(carried, 0) if t not in actors)
        if not found and kind not in ("SUPPORT", "AGREE", "THREATEN", "CONSULT"):
            found = tuple(t for t in owners_of(carried) if t not in actors)
        both = grammar.prep_objects(carried, "between")
        if both:
            actors = (*actors, *(t for t in both if t not in actors))
    else:
        found, step = _recipients(candidate, verb, kind)
        if step:
            how.append(step)
    found = tuple(t for t in found if t not in actors and not is_time(t))
    found = _concerned(found, kind, carried is not None)
    lemma = candidate.use.lemma if carried is None else carried.lemma_.lower()
    mutual = lemma in _BOTH_SIDES or candidate.use.lemma in _BOTH_SIDES
    if mutual and kind not in _ONE_SIDED:
        sides = [t for t in found if is_actor(t)]
        if sides:
            how.append("both-sides")
        return Roles((*actors, *sides), (), tuple(how), mutual=True)
    return Roles(actors, found, tuple(how))


def _concerned(found: tuple[Token, ...], kind: str, carried: bool) -> tuple[Token, ...]:
    """``found`` without directions and light objects, or whom these concern.

    "grant Kyiv permission", parsed as one phrase: Kyiv. "end a ban on the use of mines by Y": Y.
    Where people, states or bodies are among them, what is no actor is left out.
    """
    out: list[Token] = []
    for token in found:
        lemma = token.lemma_.lower()
        if token.lower_ in _DIRECTIONS and token.pos_ != "PROPN":
            continue
        if lemma in _LIGHT_OBJECTS and not (token.pos_ == "PRON" and is_person(token)):
            named = tuple(  # a name that the tagger takes for an adjective
                c
                for c in token.children
                if c.dep_ in ("compound", "amod", "nmod") and c.shape_.startswith("X")
            )
            out.extend(owners_of(token) or named or _deeper(token, 0))
        elif carried and kind in ("CONCEDE", "REQUEST", "REJECT") and not is_actor(token):
            out.extend(_deeper(token, 0) or (token,))
        else:
            out.append(token)
    return tuple(dict.fromkeys(out))


def _recipients(candidate: Candidate, verb: Token, kind: str) -> tuple[tuple[Token, ...], str]:
    objects = tuple(t for t in grammar.objects(verb) if not is_time(t))
    acting = tuple(t for t in objects if is_actor(t) and not is_amount(t))
    dative = tuple(
        grammar.antecedent(c) for c in verb.children if c.dep_ == "dative" and c.pos_ != "ADP"
    )
    if dative:
        return dative, "dative"
    if kind == "MOBILIZE":
        against = tuple(t for t in _after(kind, verb, None) if is_actor(t))
        return against or _place_of(verb, kind), "preposition"
    if verb.lemma_ in _OUT_OF:
        left = tuple(t for t in grammar.prep_objects(verb, "from") if is_actor(t))
        if left:
            return left, "from"
    if acting:
        return acting, "object"
    whom = _after(kind, verb, None)
    if whom and kind == "AID" and not all(is_time(t) or is_amount(t) for t in whom):
        return whom, "preposition"
    people = tuple(t for t in whom if is_actor(t))
    asked = _asked(verb) if kind == "REQUEST" else ()
    if asked and kind == "REQUEST" and not people:
        return asked, "asked"
    if objects and kind in _OWNED_BY_WHOM:
        owners = tuple(t for o in objects for t in owners_of(o) if is_actor(t))
        if owners and kind in ("ACCUSE", "SUPPORT", "REJECT", "CONSULT"):
            return owners, "owner"
        if people:
            return people, "preposition"
        below = tuple(t for o in objects for t in _after(kind, o, None) if is_actor(t))
        if owners:
            return owners, "owner"
        if below:
            return below, "object-preposition"
    if people:
        return people, "preposition"
    if objects:
        below = tuple(t for o in objects for t in _after(kind, o, None) if is_actor(t))
        if below and kind in ("AID", "COOPERATE", "SANCTION", "MOBILIZE", "CONCEDE", "RETREAT"):
            return below, "object-preposition"
    if asked:
        return asked, "asked"
    below = _of_complement(verb, kind)
    if below:
        return below, "complement"
    told = tuple(t for o in objects for t in _deeper(o, 0))
    if told:
        return told, "object-preposition"
    where = _place_of(verb, kind)
    if where and kind in ("MOBILIZE", "CONCEDE", "COERCE", "PROTEST"):
        return where, "place"
    if objects:
        return objects, "object"
    if where:
        return where, "place"
    return whom, "preposition" if whom else ""


def _of_complement(verb: Token, kind: str) -> tuple[Token, ...]:
    """Whom the deed concerns that is promised, refused or threatened ("to shell the town")."""
    if kind not in ("AGREE", "THREATEN", "REJECT", "REQUEST"):
        return ()
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp", "advcl") and grammar.form(child).infinitive:
            objects = tuple(t for t in grammar.objects(child) if not is_time(t))
            acting = tuple(t for t in objects if is_actor(t) and not is_amount(t))
            sent = tuple(
                t
                for t in grammar.prep_objects(child, "to", "with", "against", "on")
                if is_actor(t) and not is_time(t)
            )
            if sent:
                return sent
            if acting and acting[0].pos_ != "PRON":
                return acting
            for holder in (child, *objects):
                found = tuple(
                    t
                    for t in grammar.prep_objects(
                        holder, "to", "with", "against", "on", "for", "from", "into", "in", "at"
                    )
                    if is_actor(t) and not is_time(t)
                )
                if found:
                    return found
            owners = tuple(t for o in objects for t in owners_of(o))
            return owners or acting or objects
    return ()


def _deeper(noun: Token, depth: int) -> tuple[Token, ...]:
    """Who a thing concerns ("calls by the rulers", "an allegation made against X", "Y's push")."""
    for preposition in ("by", "against", "from", "of", "to", "for", "on", "in", "with"):
        for below in grammar.prep_objects(noun, preposition):
            if is_time(below):
                continue
            if is_actor(below):
                return grammar.noun_conjuncts(below)
            if depth < 2:
                found = owners_of(below) or _deeper(below, depth + 1)
                if found:
                    return found
    for child in noun.children:
        if child.dep_ == "acl" and child.tag_ == "VBN":
            found = grammar.agents(child) or grammar.prep_objects(child, "against", "by", "to")
            if found and is_actor(found[0]):
                return found
    return ()


def _place_of(verb: Token, kind: str) -> tuple[Token, ...]:
    """A named state or town that the deed is done to, where nothing nearer is told."""
    if kind in ("AGREE", "CONSULT", "SUPPORT", "ACCUSE", "REQUEST", "REJECT", "THREATEN"):
        return ()
    found = grammar.prep_objects(verb, "in", "into", "on", "at", "near", "around")
    return tuple(t for t in found if t.ent_type_ == "GPE")


def _after(kind: str, noun: Token, verb: Token | None) -> tuple[Token, ...]:
    """What follows the type's prepositions, of the noun first, then of the verb that carries it."""
    table = _TO_WHOM if grammar.is_verb(noun) else _NOUN_TO_WHOM
    for holder in (noun, verb):
        if holder is None:
            continue
        for preposition in table[kind]:
            if preposition == "of" and grammar.is_verb(holder):
                continue
            found = tuple(t for t in grammar.prep_objects(holder, preposition) if not is_time(t))
            if kind == "RETREAT" and preposition == "to":  # whom, not whereto
                found = tuple(t for t in found if t.ent_type_ not in ("GPE", "LOC", "FAC"))
                found = tuple(t for t in found if is_actor(t))
            if found and (is_actor(found[0]) or preposition in ("on", "against", "to")):
                return found
    return ()


def _asked(verb: Token) -> tuple[Token, ...]:
    """Who is to do what is asked: the subject of the clause below, or whom the object concerns."""
    for child in verb.children:
        if child.dep_ in ("ccomp", "xcomp") and child.i > verb.i:
            for below in child.children:
                if below.dep_ in ("nsubj", "nsubjpass") and below.lower_ not in ("it", "there"):
                    return grammar.noun_conjuncts(grammar.antecedent(below))
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in ("for", "on", "to"):
            for below in child.children:
                if below.dep_ == "pcomp":
                    continue
                if below.dep_ == "pobj" and is_actor(below):
                    return grammar.noun_conjuncts(below)
    return ()


def _of_noun(candidate: Candidate) -> Roles:
    noun, kind = candidate.head, candidate.type
    how: list[str] = []
    actors = list(owners_of(noun))
    borne = _borne_by(noun, candidate)
    if borne:
        actors = [t for t in actors if t not in borne]
    if actors:
        how.append("owner")
    by = [t for t in grammar.agents(noun) if is_actor(t)]
    if by:
        if actors and kind in ("ASSAULT", "COERCE"):
            actors = []
        actors.extend(by)
        how.append("by")
    of = [t for t in grammar.prep_objects(noun, "of") if is_actor(t)]
    if of and not actors and kind in _OF_IS_ACTOR:
        actors.extend(of)
        how.append("of")
    recipients = [t for t in _after(kind, noun, None) if t not in actors]
    if borne and not any(is_actor(t) for t in recipients):
        recipients = list(borne)
        how.append("borne-by")
    both = list(grammar.prep_objects(noun, "between", "among"))
    if both:
        actors.extend(t for t in both if t not in actors)
        how.append("between")
    if recipients:
        how.append("preposition")
    if not actors:
        actors = list(_from_above(noun, candidate))
        if actors:
            how.append("verb-above")
    recipients = [t for t in recipients if t not in actors]
    if candidate.use.lemma in _BOTH_SIDES and kind not in _ONE_SIDED:
        sides = [t for t in recipients if is_actor(t)]
        both_sides = tuple(sorted({*actors, *sides}, key=lambda t: t.i))
        return Roles(both_sides, (), tuple(how), mutual=True)
    return Roles(tuple(actors), tuple(recipients), tuple(how))


def _borne_by(noun: Token, candidate: Candidate) -> tuple[Token, ...]:
    """Who undergoes a noun of event: its owner ("his arrest"), or who suffers it by the verb."""
    if candidate.use.lemma in _UNDERGONE and not grammar.prep_objects(noun, "of"):
        owners = tuple(t for t in grammar.possessors(noun) if not is_time(t))
        if owners:
            return owners
    verb = noun.head
    suffers = noun.dep_ == "dobj" and grammar.is_verb(verb) and verb.lemma_ in _SUFFERS
    if suffers and candidate.type in ("ASSAULT", "COERCE", "SANCTION", "ACCUSE"):
        return tuple(t for t in grammar.subjects(verb) if is_actor(t))
    return ()


_UNDERGONE = frozenset({
    "release", "arrest", "detention", "imprisonment", "jailing", "incarceration", "murder",
    "assassination", "trial", "conviction", "execution", "deportation", "extradition", "expulsion",
    "abduction", "kidnapping", "kidnap", "prosecution", "capture", "persecution", "indictment",
    "beheading", "poisoning", "torture", "sentencing", "acquittal", "rescue", "ousting", "removal",
})  # fmt: skip
_SUFFERS = frozenset({"suffer", "face", "endure", "survive", "undergo", "sustain", "experience",
                      "withstand", "escape", "flee"})  # fmt: skip


def _from_above(noun: Token, candidate: Candidate) -> tuple[Token, ...]:
    """Who acts in a noun of event that is the object of a verb which its doer does.

    "plans an attack", "vowed retaliation", "called off the strike": the subject of that verb.
    """
    verb = noun.head
    if noun.dep_ == "pobj":
        preposition, above = noun.head, noun.head.head
        if preposition.lower_ in ("to", "for", "in", "with"):
            verb = above
        if preposition.lower_ == "of" and above.lemma_ in _DONE_WITH:
            return tuple(t for t in owners_of(above) if is_actor(t))
        means = preposition.lower_ in ("with", "through") and candidate.type in _MEANS
        if means and grammar.is_verb(above) and not grammar.is_passive(above):
            return tuple(t for t in acting(grammar.subjects(above), candidate) if is_actor(t))
    if not grammar.is_verb(verb) or verb.lemma_ not in _DONE_BY_SUBJECT:
        return ()
    if noun.dep_ in ("nsubjpass", "nsubj"):
        return tuple(t for t in grammar.agents(verb) if is_actor(t))
    return tuple(t for t in acting(grammar.subjects(verb), candidate) if is_actor(t))


_MEANS = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE"})
"""Types that a verb is done by ("answered with airstrikes"): its subject does both."""
_DONE_WITH = frozenset({"use", "threat", "campaign", "wave", "series", "round", "string", "spate",
                        "barrage", "act", "policy"})  # fmt: skip
_DONE_BY_SUBJECT = frozenset({
    "plan", "launch", "carry", "conduct", "hold", "stage", "make", "begin", "start", "continue",
    "resume", "cancel", "call", "postpone", "suspend", "end", "announce", "vow", "promise",
    "threaten", "prepare", "consider", "agree", "commit", "join", "attend", "do", "have", "issue",
    "order", "pursue", "mount", "lead", "step", "intensify", "participate", "engage", "pledge",
    "offer", "declare", "impose", "reach", "sign", "attempt", "expand", "halt", "stop", "enter",
    "undertake", "organise", "organize", "complete", "perform", "execute", "take", "decide",
})  # fmt: skip
