"""What kind of reason a connective gives, by the verb that it explains; and the words explained."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.knowledge.decisions import names_people, reason_words
from onrecord.reading import clauses, grammar

# Precision of each rule (found and of the right kind) on work.jsonl of tests/gold/decisions, the
# half that rules were written on, shrunk towards two thirds: (right + 2) / (found + 3).
SCORES = {
    "connective": 0.93, "so": 0.67, "after": 0.67, "since": 0.75, "causative": 0.67,
    "purpose": 0.62, "fear": 0.83, "concern": 0.67, "judged": 0.8, "goal": 0.67,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Find:
    """One reason: its kind, the words that say so, its content, and what it explains."""

    kind: str
    anchor: tuple[Token, ...]
    content: tuple[Token, ...]
    of: tuple[Token, ...]
    of_head: Token | None
    rule: str


def content_of(top: Token, limit: int) -> list[Token]:
    """The words of the reason that ``top`` heads, right of ``limit``."""
    if grammar.is_verb(top) or top.tag_.startswith("VB"):
        tokens = [t for t in clauses.proposition(top) if t.i >= limit]
    else:
        tokens = [t for t in top.subtree if t.i >= limit]
    out: list[Token] = []
    for token in tokens:
        if token.text in (";",):
            break
        out.append(token)
    return clauses.trim(out, marks=True)


# Nouns of bare purpose (a plan to cut costs): their infinitive is their object.
_MOTION = frozenset(
    {"go", "come", "travel", "return", "meet", "gather", "move", "use", "utilize", "utilise",
     "send",
     "deploy", "work", "act", "join", "create", "establish", "launch", "hold", "spend", "raise",
     "set",
     "take", "introduce", "pass", "add", "give", "bring", "fight", "stop", "leave", "open",
     "build", "turn"}
)  # fmt: skip


# The nouns of opposing that have the form of a verb; "objects" and "votes" are things.
_OPPOSING_NOUNS = frozenset({"ban", "boycott", "challenge", "doubt", "protest", "veto"})


def opposes(verb: Token) -> bool:
    """Whether ``verb`` tells that somebody opposes, refuses, withholds or doubts."""
    lemma = verb.lemma_.lower()
    if lemma in reason_words()["opposes"]:
        return verb.pos_ != "NOUN" or lemma in _OPPOSING_NOUNS
    if grammar.is_verb(verb):
        for child in verb.children:
            if child.dep_ == "dobj" and child.lemma_.lower() in (
                "opposition",
                "objection",
                "concern",
                "veto",
            ):
                return True
            if (
                child.dep_ == "prep"
                and child.lower_ == "against"
                and lemma in ("vote", "rule", "argue", "speak", "campaign", "be")
            ):
                return True
        if grammar.negation(verb) is not None and (
            lemma
            in (
                "support",
                "want",
                "agree",
                "accept",
                "back",
                "sign",
                "like",
                "approve",
                "allow",
                "believe",
                "recognise",
                "recognize",
                "let",
                "grant",
                "permit",
                "endorse",
                "trust",
            )
        ):
            return True
    return False


def reactive(verb: Token) -> bool:
    """Whether ``verb`` tells a reaction, so that "after" before its occasion means because."""
    return verb.lemma_.lower() in reason_words()["reacts"]


def temporal_since(clause: Token) -> bool:
    """Whether "since" before ``clause`` tells when: after a perfect, or a past event."""
    above = clause.head
    if grammar.is_verb(above) and grammar.form(above).perfect:
        return True
    form = grammar.form(clause)
    return form.tense == "past" and not form.perfect and clause.lemma_ not in ("be", "have")


def purposive(verb: Token, to: Token) -> bool:
    """Whether the infinitive of ``verb`` tells what the clause above is for."""
    head = verb.head
    if verb.tag_ != "VB" or head.i == verb.i or verb.i < to.i:
        return False
    if to.i > 0 and to.nbor(-1).lower_ in (
        "order",
        "as",
        "only",
        "how",
        "whether",
        "what",
        "where",
        "when",
        "enough",
        "than",
        "or",
        "and",
        "about",
        "likely",
    ):
        return False
    if not grammar.is_verb(head) or (to.i > 0 and to.nbor(-1).pos_ == "ADJ"):
        return False  # "hard to find"
    if _complements_noun(verb, head):
        return False
    if head.lemma_ == "go" and any(c.lower_ == "on" for c in head.children) and to.i <= head.i + 2:
        return False  # "went on to say"
    if verb.i < head.i and verb.lemma_ in ("put", "sum", "recap", "clarify", "quote", "be"):
        return False  # "to put it another way": a remark on the telling
    if head.lemma_ == "use" and to.i == head.i + 1 and not grammar.is_passive(head):
        return False  # "used to say"
    lemma = head.lemma_.lower()
    if lemma in ("take", "cost", "remain", "require") and any(
        c.dep_ in ("nsubj", "expl") and c.lower_ == "it" for c in head.children
    ):
        return False  # "it takes courage to say so"
    if lemma == "be" and any(c.lower_ == "it" and c.dep_ == "nsubj" for c in head.children):
        return False  # "it is commonplace to suspend it"
    if to.i > 0 and to.nbor(-1).lower_ in ("nowhere", "nothing", "something", "anything", "little"):
        return False
    if to.i > 0 and to.nbor(-1).text == "," and head.i < verb.i:
        before = verb.doc[head.left_edge.i : to.i]
        if any(t.tag_ == "TO" for t in before):
            return False  # "to end it, to repair a country": one after the other
    if any(c.dep_ == "prep" and c.lower_ == "for" and c.right_edge.i == to.i - 1
           for c in (*head.children, *(g for c in head.children if c.dep_ == "dobj"
                                       for g in c.children))):  # fmt: skip
        return False  # "a forum for them to meet"
    if lemma == "vote" and verb.lemma_ in ("ensure", "protect", "help", "prevent", "avoid"):
        return True
    if lemma in _SERVED and _on_a_thing(head, to):
        return True
    control = reason_words()["control"]
    if any(c.lower_ in ("too", "enough") for c in head.children):
        return False
    if any(c.dep_ in ("acomp", "oprd") for c in head.children) and lemma in (
        "be",
        "seem",
        "make",
        "become",
        "feel",
        "remain",
    ):
        return False
    if any(c.dep_ == "mark" and c.lower_ == "for" for c in verb.children):
        return False
    if verb.dep_ == "advcl":
        if lemma == "be":
            return False
        if verb.i < head.i:
            return True
        if lemma in control and lemma not in _MOTION:
            return False
        return not (verb.lemma_ == "be" and head.i < verb.i)
    if verb.dep_ == "xcomp":
        if verb.lemma_ == "be" and not any(c.dep_ == "auxpass" for c in verb.children):
            return False
        if any(c.dep_ == "nsubj" for c in verb.children):
            return False
        between = [
            c
            for c in head.children
            if c.dep_ in ("dobj", "prep", "npadvmod") and head.i < c.i < verb.i
        ]
        if lemma in ("use", "utilize", "utilise") and grammar.is_passive(head):
            return True
        if lemma in ("build", "call"):  # "called a strike to force …", not "called on him to …"
            return any(c.dep_ == "dobj" and c.pos_ == "NOUN" and not c.ent_type_ for c in between)
        if lemma in control and lemma not in ("work", "fight", "meet", "use", "leave"):
            return False
        if lemma == "leave" and any(
            c.dep_ == "dobj" and (c.pos_ == "PRON" or c.lower_ == "others") for c in between
        ):
            return False  # "leaving others to clean up"
        return bool(between) or lemma in (
            "enter",
            "intervene",
            "march",
            "fly",
            "stay",
            "convene",
            "unite",
            "meet",
            "gather",
            "travel",
            "return",
            "work",
            "act",
            "fight",
            "use",
        )
    return False


# Verbs that make somebody do a thing, and that are also done to a thing for some end.
_SERVED = frozenset(
    {"pay", "make", "build", "call", "order", "select", "pick", "choose", "prepare", "bring", "set",
     "move", "use", "utilize", "utilise", "spend", "send"}
)  # fmt: skip


def _on_a_thing(verb: Token, to: Token) -> bool:
    """Whether ``verb`` is done to a thing before "to": "paid the fee to qualify"."""
    wanted = "nsubjpass" if grammar.is_passive(verb) else "dobj"
    for child in verb.children:
        if child.dep_ != wanted or child.i > to.i or child.pos_ != "NOUN" or child.ent_type_:
            continue
        lemma = child.lemma_.lower()
        if lemma in _LIGHT_OBJECTS or names_people(lemma):
            return False
        return lemma not in reason_words()["complement"]
    return False


# Nouns that make one idea with their verb: "made a point to", "set an example to".
_LIGHT_OBJECTS = frozenset(
    {"point", "sense", "use", "step", "progress", "stage", "example", "deadline"}
)


def _complements_noun(verb: Token, head: Token) -> bool:
    """Whether the infinitive belongs to a noun though the parse hangs it on the verb.

    "made a decision to close", "a deal was reached to let them go", "the first to arrive".
    """
    nouns = reason_words()["complement"]
    for child in head.children:
        if child.i > verb.i or child.dep_ not in ("dobj", "nsubjpass", "attr", "prep"):
            continue
        for noun in child.children if child.dep_ == "prep" else (child,):
            if child.dep_ == "prep" and (noun.dep_ != "pobj" or noun.right_edge.i + 2 < verb.i):
                continue
            if noun.lemma_.lower() in nouns and not any(
                c.dep_ in ("acl", "relcl") and c.i < verb.i for c in noun.children
            ):
                return True
            if any(c.lower_ in ("first", "last", "only", "next") for c in noun.children) and (
                child.dep_ == "attr"
            ):
                return True
    return False


def explained(
    governor: Token, anchor: Collection[Token], content: Collection[Token]
) -> tuple[Token, ...]:
    """The words of the clause of ``governor`` that the reason explains, the reason left out."""
    out = {t.i for t in anchor} | {t.i for t in content}
    if not grammar.is_verb(governor):
        if governor.pos_ == "ADJ" and grammar.is_verb(governor.head):
            governor = governor.head
        else:
            tokens = [t for t in grammar.phrase(governor) if t.i not in out]
            return tuple(clauses.trim(tokens))
    tokens = [t for t in clauses.proposition(governor, linked=False) if t.i not in out]
    return tuple(clauses.trim(_main_run(tokens, governor)))


def _main_run(tokens: list[Token], head: Token) -> list[Token]:
    """The run of ``tokens`` round ``head``: cut where the reason, taken out, left a gap."""
    at = next((n for n, t in enumerate(tokens) if t.i == head.i), None)
    if at is None:
        return tokens
    start = end = at
    while start > 0 and tokens[start].i - tokens[start - 1].i == 1:
        start -= 1
    while end + 1 < len(tokens) and tokens[end + 1].i - tokens[end].i == 1:
        end += 1
    return tokens[start : end + 1]
