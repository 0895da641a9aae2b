"""What somebody is judged or refused for: "fined for", "resigned over", "on safety grounds"."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.knowledge.decisions import party_nouns
from onrecord.reading import clauses, grammar
from onrecord.reading.reasons.kinds import Find, explained, opposes


def over(token: Token, words: dict[str, frozenset[str]]) -> Find | None:
    """ "resigned over the scandal", "fined over the leak"."""
    head = token.head
    below = next((c for c in token.children if c.dep_ in ("pobj", "pcomp")), None)
    if (
        token.dep_ != "prep"
        or below is None
        or below.ent_type_ in ("DATE", "TIME", "CARDINAL", "MONEY", "PERCENT", "GPE", "LOC")
    ):
        return None
    if not grammar.is_verb(head) or (
        head.lemma_.lower() not in _OVER and head.lemma_.lower() not in words["judges"]
    ):
        return None
    content = tuple(below.subtree)
    return Find("cause", (token,), content, explained(head, (token,), content), head, "judged")


_OVER = frozenset(
    {
        "resign",
        "quit",
        "protest",
        "sack",
        "fire",
        "boycott",
        "strike",
        "apologise",
        "apologize",
        "rally",
    }
)


_PENALTIES = frozenset(
    {"case", "lawsuit", "suit", "proceeding", "charge", "sentence", "criticism", "fine", "penalty",
     "warrant", "sanction", "term", "complaint", "fire", "ban", "prison", "jail", "trial",
     "apology"}
)  # fmt: skip


def _deed(noun: Token) -> bool:
    """Whether ``noun`` may be what somebody is judged for: his part in it, the murder of a man."""
    if noun.pos_ != "NOUN" or noun.ent_type_:
        return False
    lemma = noun.lemma_.lower()
    units = ("day", "week", "month", "year", "hour", "time", "life", "example", "rest", "reason")
    return lemma not in party_nouns() and lemma not in units


def _under_fire(verb: Token) -> bool:
    """Whether ``verb`` tells of blame: "has come under fire", "under criticism"."""
    return any(
        below.lemma_.lower() in _PENALTIES
        for c in verb.children
        if c.dep_ == "prep" and c.lower_ == "under"
        for below in c.children
    )


_THANKING = frozenset(
    {"thank", "praise", "commend", "honor", "honour", "apologise", "apologize"}
)  # fmt: skip


def _thanks(verb: Token) -> bool:
    """Whether ``verb`` thanks or praises: what it does so for is its object, not a cause."""
    return verb.lemma_ in _THANKING


def grounds(token: Token) -> Find | None:
    """ "for security reasons", "on medical grounds"."""
    below = next((c for c in token.children if c.dep_ == "pobj"), None)
    if below is None or below.lower_ not in ("reasons", "grounds"):
        return None
    kinds = [c for c in below.children if c.dep_ in ("amod", "compound") and c.i < below.i]
    if not kinds or kinds[0].lower_ in ("many", "several", "various", "other", "obvious", "good"):
        return None
    governor = grammar.clause_head(token)
    if not grammar.is_verb(governor):
        return None
    content = tuple(clauses.trim(below.subtree))
    told = explained(governor, (token,), content)
    kind = "objection" if opposes(governor) else "cause"
    return Find(kind, (token,), content, told, governor, "connective")


def saying(token: Token) -> Find | None:
    """ "blocked the merger, saying it would harm": what who refuses or opposes gives as reason."""
    governor = token.head
    inner = next((c for c in token.children if c.dep_ == "ccomp" and c.i > token.i), None)
    if (
        token.tag_ != "VBG"
        or token.dep_ != "advcl"
        or inner is None
        or not grammar.is_verb(governor)
        or not opposes(governor)
    ):
        return None
    content = tuple(clauses.proposition(inner))
    told = explained(governor, tuple(token.subtree), content)
    return Find("objection", (token,), content, told, governor, "judged")


def for_(token: Token, judges: frozenset[str]) -> Find | None:
    """The cause of "fined for speeding", "a lawsuit for refusing"."""
    found = grounds(token)
    if found is not None:
        return found
    head = token.head
    if head.lower_ == "thank" and not grammar.children(head, "nsubj"):
        return None  # "thank you for coming"
    if token.dep_ != "prep" or head.lemma_ == "blame":
        return None  # "blame him for": read at the verb
    if not grammar.is_verb(head):
        if head.lemma_.lower() not in _PENALTIES or not grammar.children(token, "pcomp"):
            verb = grammar.clause_head(head)
            under = head.lemma_.lower() in _PENALTIES and head.head.lower_ == "under"
            if verb.lemma_.lower() not in judges and not (
                under
                or any(c.lemma_.lower() in _PENALTIES for c in verb.children if c.dep_ == "dobj")
            ):
                return None  # "has come under fire for" is one
        head = grammar.clause_head(head)
    elif (
        head.lemma_.lower() not in judges
        and head.lower_ != "fined"  # its lemma is at times "fin"
        and not any(
            c.lemma_.lower() in _PENALTIES for c in head.children if c.dep_ in ("dobj", "nsubjpass")
        )
        and not _under_fire(head)
    ):
        return None
    below = [
        c
        for c in token.children
        if c.dep_ == "pcomp"
        or (c.dep_ == "pobj" and (c.lower_.endswith("ing") or (_deed(c) and not _thanks(head))))
    ]
    if not below:
        return None
    content = tuple(
        clauses.proposition(below[0]) if grammar.is_verb(below[0]) else below[0].subtree
    )
    return Find("cause", (token,), content, explained(head, (token,), content), head, "judged")
