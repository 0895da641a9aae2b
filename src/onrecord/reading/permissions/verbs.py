"""Verbs of leave on the parse: who is let do what, and whether anybody lets at all.

A valve allows water to drain, a result allows a conclusion; only a party or a binding text lets.
"""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.knowledge.decisions import names_people
from onrecord.reading import clauses, grammar
from onrecord.reading.permissions import shared
from onrecord.reading.permissions.texts import letter
from onrecord.reading.permissions.words import words

_ANIMATE = frozenset({"PERSON", "ORG", "GPE", "NORP"})


_BODIES = frozenset(
    {
        "it",
        "they",
        "he",
        "she",
        "we",
        "i",
        "you",
        "who",
        "them",
        "him",
        "her",
        "us",
        "me",
        "those",
        "anyone",
        "everyone",
        "nobody",
        "one",
        "themselves",
    }
)


def animate(token: Token) -> bool:
    """Whether ``token`` names a party: a person, people, a body, a country."""
    if token.ent_type_ in _ANIMATE and token.pos_ == "PROPN":
        return True
    lemma = token.lemma_.lower()
    if token.pos_ == "PRON" or token.tag_ in ("PRP", "WP"):
        return token.lower_ in _BODIES
    if token.pos_ == "PROPN":
        return token.ent_type_ not in (
            "WORK_OF_ART",
            "LAW",
            "EVENT",
            "DATE",
            "PRODUCT",
            "FAC",
            "LOC",
        )
    if lemma in words("authority", "NOUN") and lemma not in ("election",):
        return True
    return token.ent_type_ == "NORP" or (
        token.pos_ == "NOUN" and lemma != "election" and names_people(lemma)
    )


def infinitive(token: Token) -> Token | None:
    """The verb of "to do" or of a bare infinitive below ``token`` ("allow X to go", "let X go")."""
    for child in token.children:
        if (
            child.i > token.i
            and child.dep_ in ("xcomp", "ccomp", "advcl", "acl")
            and child.tag_ in ("VB", "VBN", "VBG")
            and (child.dep_ in ("xcomp", "ccomp") or any(c.tag_ == "TO" for c in child.children))
        ):
            return child
    return None


def gerund(token: Token, *prepositions: str) -> Token | None:
    """The verb of "from doing" below ``token``."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in prepositions:
            for below in child.children:
                if below.dep_ == "pcomp":
                    return below
    return None


# What whoever waives it gives up himself.
_OWN_RIGHTS = frozenset({"arraignment", "extradition", "hearing", "right", "reading"})


def allows(token: Token, lemma: str) -> bool:
    """Whether the verb ``token`` tells that somebody lets somebody: it has who is let, or what."""
    act = infinitive(token)
    objects = grammar.objects(token)
    if token.dep_ in ("amod", "compound") or _courtesy(token):
        return False
    if lemma == "let":
        if any(t.lower_ in ("'s", "’s") for t in let_object(token)):
            return False  # "let's": an invitation
        following = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
        if following in ("alone", "go", "off", "down", "up", "slip", "loose"):
            return False
        if token.tag_ == "VB" and clauses.is_subjectless(token) and token.dep_ == "ROOT":
            return False  # let us, let me: an invitation
        if act is not None and act.lemma_ in ("know", "go", "alone", "slip", "happen", "be"):
            return False
        if act is not None and act.lemma_ == "see" and not _by_name(token):
            return False  # "let me see"
        return (act is not None or bool(let_object(token))) and not mechanical(token)
    if lemma == "waive" and objects and objects[0].lemma_.lower() in _OWN_RIGHTS:
        return False  # a right of one's own
    if lemma == "sign":
        return any(c.lower_ == "off" for c in token.children)
    if lemma in ("clear",):
        if (
            act is not None
            and not grammar.is_passive(token)
            and objects
            and objects[0].pos_ == "NOUN"
            and (
                objects[0].lemma_.lower()
                not in words("people", "NOUN") | words("authority", "NOUN")
            )
        ):
            return False  # "cleared mines to …"
        if objects and objects[0].lemma_.lower() in words("deal", "NOUN"):
            return True
        to = act is not None and any(c.tag_ == "TO" for c in act.children)
        return (to or bool(grammar.prep_objects(token, "for"))) and not grammar.prep_objects(
            token, "of"
        )
    if lemma in ("entitle", "empower", "qualify"):
        return (act is not None or bool(grammar.prep_objects(token, "to"))) and not mechanical(
            token
        )
    if lemma in ("consent", "acquiesce"):
        return True
    if lemma in ("approve", "ratify") and _left_to(token):
        return True
    if (
        lemma == "approve"
        and objects
        and not _one_person(token)
        and objects[0].lemma_.lower()
        in (
            "resolution",
            "motion",
            "budget",
            "statement",
            "report",
            "constitution",
            "law",
            "legislation",
            "amendment",
            "declaration",
        )
    ):
        return False  # a body's own act, not leave for another's
    if lemma in ("approve",):
        return (
            bool(objects)
            or grammar.is_passive(token)
            or bool(grammar.prep_objects(token, "of", "for"))
        )
    if lemma in ("allow", "permit"):
        objects = objects or let_object(token)
        if act is None and not objects:
            return (
                bool(grammar.subjects(token))
                and clauses.in_condition(token)
                and not mechanical(token)
            )
        if objects and objects[0].lemma_.lower() in words("consequence", "NOUN") and act is None:
            return False
        if token.lower_ == "permitting" and not act and not objects:
            return False
        return not mechanical(token)
    return (
        act is not None
        or bool(objects)
        or grammar.is_passive(token)
        or bool(grammar.prep_objects(token, "for", "to", "from"))
    )


def _one_person(token: Token) -> bool:
    """Whether one person approves, so that a budget or a law is not his own act."""
    found = shared.subjects(token)
    return bool(found) and (
        found[0].ent_type_ == "PERSON" or found[0].lower_ in ("he", "she", "president", "governor")
    )


def _by_name(token: Token) -> bool:
    """Whether who is let is told by a noun, not by a pronoun."""
    return any(t.pos_ in ("NOUN", "PROPN") for t in let_object(token))


def _courtesy(token: Token) -> bool:
    """ "thank you for allowing me", "allow me to say": a form of politeness."""
    found = let_object(token)
    if not found or found[0].lower_ not in ("me", "us"):
        return False
    subject = grammar.subjects(token)
    return (
        not subject
        or subject[0].lower_ == "you"
        or any(t.lemma_ == "thank" for t in grammar.ancestors(token))
    )


def let_object(token: Token) -> tuple[Token, ...]:
    """Who is let, where the parse takes him for a clause ("let carts onto the square")."""
    found = grammar.objects(token)
    if found:
        return found
    for child in token.children:
        if child.dep_ in ("ccomp", "xcomp", "advcl") and child.i > token.i:
            if child.pos_ in ("NOUN", "PROPN"):
                return (child,)
            return tuple(c for c in child.children if c.dep_ in ("nsubj", "nsubjpass"))
    return ()


def _left_to(token: Token) -> bool:
    """Whether the sentence leaves the decision to somebody: "it is up to the elders to approve"."""
    first = max(token.sent.start, token.i - 8)
    return any(clauses.matches(t, ("up", "to")) for t in token.doc[first : token.i])


# By what a motion or a plan is blocked, and no road.
_DECIDES = frozenset(
    {"court", "filibuster", "injunction", "judge", "majority", "margin", "parliament", "ruling",
     "senate", "tribunal", "veto", "vote"}
)  # fmt: skip


def forbids(token: Token, lemma: str) -> bool:
    """Whether the verb ``token`` tells that somebody forbids."""
    if token.dep_ in ("amod", "compound"):
        return False  # "a banned party" describes; it does not tell that somebody bans
    objects = grammar.objects(token)
    act = gerund(token, "from")
    if lemma == "block":
        if act is not None:
            return not mechanical(token)
        if grammar.is_passive(token) and any(
            t.lemma_.lower() in _DECIDES for t in grammar.agents(token)
        ):
            return True
        return bool(objects) and objects[0].lemma_.lower() in words("legalact", "NOUN")
    if lemma in ("bar", "restrict", "preclude", "disqualify", "enjoin"):
        return act is not None or (
            (bool(objects) or grammar.is_passive(token)) and not mechanical(token)
        )
    return (
        act is not None
        or bool(objects)
        or grammar.is_passive(token)
        or infinitive(token) is not None
    )


# Texts and steps that may let somebody or merely have an effect: who is let tells them apart.
_WEAK = frozenset(
    {"plan", "move", "step", "change", "decision", "deal", "scheme", "program", "programme", "vote",
     "contract", "package", "measure", "reform", "arrangement", "framework"}
)  # fmt: skip


# What happens to a thing that nobody stops: "allowed the law to expire".
_BEFALLS = frozenset(
    {"expire", "lapse", "fall", "rise", "drain", "happen", "fester", "spread", "slide", "grow",
     "deteriorate", "decline", "slip", "persist", "collapse", "flourish", "unfold", "stand", "rot",
     "drift", "languish", "escalate", "dry", "burn", "flow", "thrive", "shine"}
)  # fmt: skip


def mechanical(token: Token) -> bool:
    """Whether what allows is no party and no rule: a valve, the weather, a result.

    A party is a name, a person, a body, or a text that binds; a bare participle after a clause
    ("the road opened, allowing trucks to pass") tells a result.
    """
    act = infinitive(token)
    if act is not None and act.lemma_ in _BEFALLS:
        own = [c for c in act.children if c.dep_ in ("nsubj", "nsubjpass")]
        own = own or list(let_object(token))
        if own and _thing(own[0]):
            return True
    if grammar.is_passive(token):
        by = grammar.agents(token)
        return bool(by) and not _can_let(by[0])
    if (
        token.tag_ == "VBG"
        and token.dep_ in ("advcl", "acl", "xcomp")
        and not any(c.dep_ in ("aux", "nsubj") for c in token.children)
    ):
        if token.dep_ == "acl" and grammar.is_verb(token.head) is False:
            return not _can_let(token.head)
        if token.dep_ == "advcl" and grammar.is_verb(token.head):
            above = grammar.subjects(token.head)
            return not (above and _binding_text(above[0]))
        return token.dep_ == "advcl"
    if any(c.dep_ == "csubj" for c in token.children):
        return True
    if (
        token.dep_ == "advcl"
        and grammar.is_passive(token.head)
        and any(c.tag_ == "TO" for c in token.children)
    ):
        # "it was extended to allow the work to go on": what the deed does, not who
        undergoes = next((c for c in token.head.children if c.dep_ == "nsubjpass"), None)
        return undergoes is None or not _binding_text(undergoes)
    found = shared.subjects(token)
    if not found and token.dep_ in ("xcomp", "ccomp") and grammar.is_passive(token.head):
        found = tuple(c for c in token.head.children if c.dep_ == "nsubjpass")
    let = let_object(token)
    if (
        not found
        and let
        and _thing(let[0])
        and token.tag_ == "VBG"
        and infinitive(token) is not None
    ):
        return True  # "by creating jobs and allowing commerce to move"
    if found and let and all(t.lower_ in ("us", "me") for t in let) and _serves(found[0]):
        return True  # "a fund that lets us help": what it is good for
    if not found:
        return token.dep_ == "advcl" and any(c.tag_ == "TO" for c in token.children)
    if found[0].lemma_.lower() in _WEAK:
        let = let_object(token)
        return infinitive(token) is not None and bool(let) and not animate(let[0])
    return not _can_let(letter(found[0]))


def _thing(noun: Token) -> bool:
    """Whether ``noun`` names no party: neither people nor a pronoun nor a name."""
    return noun.pos_ == "NOUN" and not animate(noun)


# What lets "us" as a rule does, not as a means does.
_RULES = frozenset(
    {"law", "rule", "order", "permit", "licence", "license", "visa", "treaty", "court", "act",
     "constitution", "agreement", "ruling", "judge"}
)  # fmt: skip


def _serves(noun: Token) -> bool:
    """Whether what lets "us" is a means, neither a party nor a rule."""
    lemma = noun.lemma_.lower()
    if noun.ent_type_ in ("PERSON", "GPE", "NORP") or lemma in words("authority", "NOUN"):
        return False
    return noun.pos_ in ("NOUN", "PROPN") and lemma not in _RULES and not names_people(lemma)


def _binding_text(noun: Token) -> bool:
    return noun.lemma_.lower() in words("instrument", "NOUN") - _WEAK


def _can_let(noun: Token) -> bool:
    lemma = noun.lemma_.lower()
    if noun.pos_ == "PROPN" or noun.ent_type_ in ("PERSON", "ORG", "GPE", "NORP"):
        return True
    if noun.pos_ == "PRON" or noun.tag_ in ("PRP", "WP"):
        return noun.lower_ not in ("it", "this", "that", "which", "these") or _binding_context(noun)
    return lemma in words("instrument", "NOUN") or names_people(lemma)


def _binding_context(pronoun: Token) -> bool:
    """Whether "it" or "that" may stand for a body or a binding text: one goes before it."""
    before = pronoun.doc[max(0, pronoun.i - 40) : pronoun.i]
    return any(
        t.ent_type_ in ("ORG", "GPE", "NORP")
        or t.lemma_.lower() in words("instrument", "NOUN")
        or t.lemma_.lower() in words("authority", "NOUN")
        for t in before
    )
