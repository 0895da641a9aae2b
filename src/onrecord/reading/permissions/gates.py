"""Ways in: a border, a port or the airspace that is opened or closed to somebody."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading import clauses, grammar
from onrecord.reading.permissions.act import Roles
from onrecord.reading.permissions.verbs import animate
from onrecord.reading.permissions.words import Frame, words

_OPENS = frozenset({"open", "reopen"})
_CLOSES = frozenset({"close", "shut"})
VERBS = _OPENS | _CLOSES
_WAYS = frozenset(
    {"airport", "airspace", "border", "corridor", "crossing", "frontier", "port", "strait",
     "territory"}
)  # fmt: skip
_GOES = frozenset(
    {"aircraft", "cargo", "convoy", "evacuee", "flight", "good", "import", "ship", "shipping",
     "tanker", "traffic", "trade", "train", "vessel"}
)  # fmt: skip


def read_gate(token: Token) -> Frame | None:
    """ "reopen its border to tourists": a way in, and to whom it is opened or closed."""
    way = _way(token)
    if way is None or not _comers(token):
        return None
    shut = token.lemma_.lower() in _CLOSES
    return Frame(token, (token,), "gate", shut, way)


def _way(verb: Token) -> Token | None:
    label = "nsubjpass" if grammar.is_passive(verb) else "dobj"
    return next((c for c in verb.children if c.dep_ == label and c.lemma_.lower() in _WAYS), None)


def _comers(verb: Token) -> list[Token]:
    """Who comes or goes that way, after "to" or "for"."""
    found = [*grammar.prep_objects(verb, "to", "for")]
    way = _way(verb)
    if way is not None:
        found += grammar.prep_objects(way, "to", "for")
    return [t for t in found if animate(t) or t.lemma_.lower() in _GOES]


def gate_roles(frame: Frame, out: Roles) -> None:
    """Fills in who opens what to whom."""
    verb = frame.word
    assert frame.noun is not None
    passive = grammar.is_passive(verb)
    out.grantor = list(grammar.agents(verb) if passive else grammar.subjects(verb))
    out.grantee = _comers(verb)
    out.item = [frame.noun]
    if not passive:
        out.act = clauses.trim(t for t in clauses.proposition(verb) if t.i >= verb.i)


def into_a_place(verb: Token, target: Token) -> bool:
    """Whether ``target`` is the place that somebody is let into: "allow lorries into the area"."""
    if target.head.lower_ not in ("into", "onto", "through", "in") or target.head.head.i != verb.i:
        return False
    return target.ent_type_ in ("GPE", "LOC", "FAC") or target.lemma_.lower() in words(
        "place", "NOUN"
    )
