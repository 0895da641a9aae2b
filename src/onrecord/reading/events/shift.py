"""The types that only the telling decides.

What is still to come is another type in PLOVER: cooperation to come is AGREE, a concession to
come CONCEDE; violence announced by who will do it is THREATEN, and refusing to do a thing REJECT.
"""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading import grammar
from onrecord.reading.events.triggers import Candidate

_COME = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
_THREATS = frozenset({"PROTEST", "SANCTION", "COERCE", "ASSAULT"})
_THREAT_MODES = {
    "arrest": "arrest", "expel": "expel", "discontinue": "relations", "withdraw": "relations",
    "restrict": "restrict", "curfew": "restrict", "boycott": "restrict", "strike": "restrict",
    "obstruct": "restrict",
}  # fmt: skip
_WILL = frozenset({"will", "shall", "would"})


def shifted(candidate: Candidate, realis: str) -> tuple[str, tuple[str, ...], str | None]:
    """Type, modes and the rule of the shift (or None), where the event's own verb is not actual.

    Only the verb's own tense and mood shift its type; what another event's word makes of it
    (agreed to, threatened to, refused to) is told by that event.
    """
    verb = candidate.head
    kind, modes = candidate.type, candidate.modes
    if candidate.use.pos in ("n", "m"):
        return kind, modes, None
    form = grammar.form(verb)
    own_future = form.modal in _WILL or _is_to_come(verb)
    denied = grammar.negation(verb) is not None or _never(verb)
    if denied and own_future and kind in (*_COME, "CONCEDE", "RETREAT", "AGREE"):
        return "REJECT", (), "will not"
    open_future = form.modal in ("will", "shall", "would", "may", "might")
    if open_future and kind in _THREATS and realis in ("future", "possible", "conditional"):
        threat = _threatened(kind, modes)
        return "THREATEN", (threat,) if threat else (), "conflict to come"
    if not own_future or realis == "negated":
        return kind, modes, None
    if kind in _COME and realis == "future":
        return "AGREE", (), "cooperation to come"
    if kind == "RETREAT" and realis == "future":
        return "CONCEDE", (), "retreat to come"
    return kind, modes, None


def _threatened(kind: str, modes: tuple[str, ...]) -> str | None:
    """The mode of a threat: what is threatened."""
    if kind == "ASSAULT":
        return "violence"
    return next((_THREAT_MODES[mode] for mode in modes if mode in _THREAT_MODES), None)


def _is_to_come(verb: Token) -> bool:
    head = verb.head
    if verb.dep_ != "xcomp":
        return False
    if head.lemma_ in ("go", "plan", "intend", "prepare") or head.lower_ in (
        "ready",
        "set",
        "due",
        "willing",
        "prepared",
    ):
        return True
    return head.lemma_ == "be"


def _never(verb: Token) -> bool:
    return any(c.lower_ == "never" for c in verb.children)
