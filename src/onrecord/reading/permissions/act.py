"""The act of a leave: its words, what is used or given in it, where, and against whom."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from onrecord.reading import clauses, grammar
from onrecord.reading.permissions.verbs import animate
from onrecord.reading.permissions.words import words

_NOMINAL = ("tion", "sion", "ment", "ance", "ence", "ing", "ture", "sal", "val")
# Nouns with such an ending that name a thing, and access, which is given like one.
_THINGS = frozenset(
    {"equipment", "ammunition", "medication", "document", "instrument", "building", "clothing",
     "station", "settlement", "apartment", "furniture", "picture", "conference", "institution",
     "organisation", "organization", "constitution", "insurance", "television", "drawing",
     "painting", "evidence", "science", "substance", "ambulance", "parliament", "government",
     "department", "regiment", "application", "petition", "access", "garment", "monument",
     "amendment", "agreement", "payment", "resolution", "legislation", "statement", "treatment"}
)  # fmt: skip


_DONE_TO = frozenset(
    {"use", "usage", "sale", "export", "import", "transfer", "deployment", "delivery", "release",
     "publication", "launch", "production"}
)  # fmt: skip


# The first word of "weekend fishing", "emergency logging": when it is done, not what it is done to.
_OCCASIONS = frozenset(
    {"emergency", "weekend", "weekday", "night", "day", "daytime", "morning", "evening", "summer",
     "winter", "spring", "autumn", "season", "holiday", "crisis", "peacetime", "wartime", "street",
     "deep", "mass", "bulk", "hobby", "test", "trial"}
)  # fmt: skip


_PLACE_PREPOSITIONS = frozenset(
    {
        "in",
        "at",
        "on",
        "near",
        "to",
        "into",
        "onto",
        "within",
        "across",
        "inside",
        "from",
        "around",
        "through",
        "over",
        "along",
        "outside",
        "throughout",
        "between",
    }
)


_PLACES = frozenset({"GPE", "LOC", "FAC"})


@dataclass(slots=True)
class Roles:
    """The head words of each role, and the words of the act."""

    grantor: list[Token] = field(default_factory=list)
    grantee: list[Token] = field(default_factory=list)
    requester: list[Token] = field(default_factory=list)
    item: list[Token] = field(default_factory=list)
    act: list[Token] = field(default_factory=list)
    act_head: Token | None = None
    where: list[Token] = field(default_factory=list)
    against: list[Token] = field(default_factory=list)


def act_words(out: Roles) -> None:
    """Fills in the words of the act from its head: what is done, with what, where, against whom."""
    head = out.act_head
    if head is None:
        return
    if grammar.is_verb(head) or head.tag_.startswith("VB"):
        drop = {
            t.i
            for c in head.children
            if c.dep_ in ("nsubj", "nsubjpass", "mark", "aux", "neg", "expl")
            for t in c.subtree
        }
        drop |= {t.i for c in clauses.conditions(head) for t in c.tokens}
        drop |= {t.i for c in head.children if c.dep_ == "aux" for t in c.subtree}
        out.act = clauses.trim(t for t in clauses.proposition(head) if t.i not in drop)
        targets = [c for c in head.children if c.dep_ in ("dobj", "attr")]
        for target in targets:
            if target.ent_type_ == "GPE":
                out.where.append(target)
            elif not _person(target) or target.pos_ == "PRON":
                out.item.extend(grammar.noun_conjuncts(grammar.antecedent(target)))
        if not targets:
            out.item.extend(
                t for t in grammar.objects(head) if not animate(t) and not grammar.is_passive(head)
            )
        _around(head, out)
        for target in targets:
            _around(target, out)
        for child in head.children:
            if child.dep_ == "xcomp" or (child.dep_ == "advcl" and child.tag_ == "VB"):
                _around(child, out)
        return
    lemma = head.lemma_.lower()
    if lemma not in _THINGS and (lemma in words("nominal", "NOUN") or lemma.endswith(_NOMINAL)):
        out.act = grammar.phrase(head)
        if not out.grantee:  # "the use of airspace by jets": who is let to use it
            out.grantee = [t for t in grammar.agents(head) if animate(t)]
        inner = grammar.prep_objects(head, "of")
        if inner:
            out.item.extend(t for t in inner if not _person(t))
        else:
            out.item.extend(
                c
                for c in head.children
                if c.dep_ == "compound"
                and c.pos_ == "NOUN"
                and c.lemma_.lower() not in _OCCASIONS
                and not (c.i and c.nbor(-1).text == "-")
            )
            if lemma in _DONE_TO:  # "their use", "its sale": of them, of it
                out.item.extend(
                    c for c in head.children if c.dep_ == "poss" and c.lower_ in ("its", "their")
                )
    else:
        out.item.extend(grammar.noun_conjuncts(head))
    _around(head, out)


def _person(token: Token) -> bool:
    """Whether ``token`` names people, who are no item; a name may be that of a thing."""
    if token.pos_ == "PROPN":
        return token.ent_type_ in ("PERSON", "NORP")
    return animate(token)


def _around(head: Token, out: Roles) -> None:
    for child in head.children:
        if child.dep_ not in ("prep", "prt", "advmod"):
            continue
        for below in child.children:
            if below.dep_ != "pobj":
                continue
            if child.lower_ == "against":
                out.against.extend(grammar.noun_conjuncts(below))
            elif child.lower_ in _PLACE_PREPOSITIONS and (
                below.ent_type_ in _PLACES or below.lemma_.lower() in words("place", "NOUN")
            ):
                out.where.append(below)
            if child.lower_ in ("on", "against", "at"):
                _around(below, out)
