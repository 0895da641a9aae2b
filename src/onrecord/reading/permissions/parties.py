"""Who lets, where the clause of the leave tells it by a pronoun or in a phrase beside it."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading import clauses, grammar
from onrecord.reading.permissions.act import Roles
from onrecord.reading.permissions.verbs import animate
from onrecord.reading.permissions.words import Frame, words

_BODIES = frozenset({"GPE", "NORP", "ORG"})
# Texts that bind of themselves; a plan, a vote or a decision is not asked for what it lets.
_LAWS = frozenset(
    {"act", "agreement", "bylaw", "charter", "code", "constitution", "convention", "decree", "law",
     "legislation", "order", "ordinance", "pact", "regulation", "rule", "ruling", "statute",
     "treaty"}
)  # fmt: skip


def resolve_grantors(frame: Frame, out: Roles) -> None:
    """Names who lets by the words of the same sentence, where a pronoun or nothing stands."""
    out.grantor = [_above(t) for t in out.grantor]
    if not out.grantor and frame.frame in ("allow", "forbid") and grammar.is_passive(frame.word):
        text = _by_text(frame.word)
        out.grantor = [] if text is None else [text]


def _above(token: Token) -> Token:
    """The body or the text for which "it" stands: "the council resolved that it would allow it".

    Only the subject of the clause that the pronoun's clause is the content of is asked; "it" that
    holds the place ("declares that it is the policy to … and prohibits") stands for nobody, and
    the declarer lets.
    """
    if token.lower_ != "it" or token.dep_ not in ("nsubj", "expl"):
        return token
    clause = token.head
    while clause.dep_ == "conj" and grammar.is_verb(clause.head):
        clause = clause.head
    if clause.dep_ != "ccomp" or not grammar.is_verb(clause.head) or clause.head.i > clause.i:
        return token
    subject = clauses.surface_subject(clause.head)
    if subject is None or subject.i > token.i:
        return token
    subject = grammar.antecedent(subject)
    if subject.like_num and subject.i and subject.nbor(-1).pos_ == "PROPN":
        return subject  # a bill by its number: "HB 12 declares that it …"
    if subject.pos_ not in ("NOUN", "PROPN") or subject.tag_ in ("NNS", "NNPS"):
        return token
    lemma = subject.lemma_.lower()
    body = subject.ent_type_ in _BODIES or lemma in words("authority", "NOUN")
    return subject if body or lemma in words("instrument", "NOUN") else token


def _by_text(verb: Token) -> Token | None:
    """The law under which, or according to which, somebody is allowed or forbidden."""
    for child in verb.children:
        if child.i > verb.i and child.lower_ != "under":
            continue
        if child.dep_ != "prep" or child.lower_ not in ("under", "according", "by"):
            continue
        found = [*grammar.prep_objects(child)] + [t for t in child.children if t.dep_ == "pobj"]
        for noun in found:
            for text in (noun, *grammar.prep_objects(noun, "of")):
                if text.lemma_.lower() in _LAWS and (text.pos_ == "NOUN" or text.i == noun.i):
                    return text
    return None


def doers(verb: Token) -> list[Token]:
    """Who does what ``verb`` tells; a thing told in a clause above does nothing by itself.

    "Stocks are in good shape, enough to lift the permit": not the stocks lift it.
    """
    found = list(grammar.subjects(verb))
    if verb.head.lower_ != "enough":
        return found
    return [
        t
        for t in found
        if t.pos_ != "NOUN" or animate(t) or t.lemma_.lower() in words("instrument", "NOUN")
    ]


def kept_from(verb: Token) -> Token | None:
    """What whoever is forbidden is kept from, where the parse hangs "from doing" on his clause."""
    for token in verb.subtree:
        if token.lower_ == "from" and token.i > verb.i and token.head.i != verb.i:
            for below in token.children:
                if below.dep_ == "pcomp" and below.tag_ == "VBG":
                    return below
    return None
