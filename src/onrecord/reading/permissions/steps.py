"""What governs a leave, step by step outwards, and what it does to the state."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from onrecord.reading import clauses, grammar
from onrecord.reading.permissions import texts
from onrecord.reading.permissions.nouns import small_clause
from onrecord.reading.permissions.words import words

FLIP = {"granted": "withheld", "withheld": "granted", "revoked": "granted"}


_REQUEST_NOUNS = frozenset(
    {"request", "application", "petition", "bid", "appeal", "demand", "call", "plea", "motion",
     "claim", "pressure"}
)  # fmt: skip


_CONSIDER_NOUNS = frozenset(
    {"plan", "proposal", "bill", "idea", "draft", "intention", "offer", "possibility", "suggestion",
     "debate", "discussion", "talk", "threat", "option", "pledge", "promise", "initiative",
     "consideration", "deliberation", "recommendation", "referendum", "push", "amendment"}
)  # fmt: skip


_INCLINED = frozenset(
    {"willing", "ready", "open", "prepared", "likely", "due", "set", "keen", "minded", "inclined",
     "poised", "eager", "determined"}
)  # fmt: skip
_ABILITY = frozenset({"power", "ability", "authority", "discretion", "capacity", "prerogative"})
_REFUSE_NOUNS = frozenset({"refusal", "failure", "reluctance", "unwillingness", "rejection"})


_DECIDE = frozenset(
    {"agree", "vote", "decide", "commit", "choose", "rule", "order", "move", "act", "continue",
     "begin", "start"}
)  # fmt: skip


@dataclass(slots=True)
class Reading:
    """A state, and what was met on the way out to it.

    ``asker`` heads the verb or noun of the request, ``weigher`` that of the deliberation,
    ``forbids`` is whether a ban is spoken of,
    ``outer`` is the outermost verb that governs the leave and ``anchor`` the words to add or to
    stand in place of the frame's own.
    """

    state: str
    asker: Token | None = None
    weigher: Token | None = None
    refuser: Token | None = None
    outer: Token | None = None
    anchor: tuple[Token, ...] = ()
    condition: clauses.Condition | None = None
    forbids: bool = False
    steps: list[str] = field(default_factory=list)


def deny(out: Reading, negation: Token | None) -> None:
    """What a denial does to the state."""
    out.state = FLIP.get(out.state, out.state)
    out.steps.append("not" if negation is None else negation.lower_)


def step(token: Token, out: Reading) -> Token | None:
    """One step outwards: what governs ``token``, or None at the end."""
    label, head = token.dep_, token.head
    if head.i == token.i:
        return None
    if label == "conj":
        if grammar.is_verb(token) and clauses.own_clause(token):
            return None
        return step(head, out) if head.dep_ != "conj" or head.head.i != head.i else None
    if label in ("xcomp", "ccomp", "dobj", "nsubjpass", "advcl", "oprd"):
        if (
            label in ("advcl", "xcomp")
            and head.lemma_ in ("grant", "give", "issue", "extend")
            and any(c.tag_ == "TO" for c in token.children)
            and head.dep_ in ("xcomp", "ccomp")
        ):
            return head  # "urged them to grant relief to allow …": as the granting
        if label == "advcl" and not (
            any(c.tag_ == "TO" for c in token.children)
            and (head.lemma_ in words("request") or head.lemma_ in ("vote", "prepare", "move"))
        ):
            return None
        return _verb_step(token, head, out)
    if label == "nsubj" and not grammar.is_verb(token):
        return None
    if label in ("acl", "relcl", "appos"):
        return _noun_step(token, head, out) if label != "appos" else None
    if label in ("pcomp", "pobj", "prep"):
        above = head if label != "prep" else token
        governor = above.head if label != "prep" else head
        if governor.lower_ == "short" and governor.head.lemma_ == "stop":
            governor = governor.head
        if label == "pcomp" and above.lower_ in ("by", "through") and grammar.is_verb(governor):
            # "could be avoided by lifting bans": weighed, as what it would bring about
            if grammar.form(governor).modal in ("could", "would", "may", "might", "should"):
                out.state = "considered"
                out.weigher = above
                out.steps.append("modal above")
            return None
        if above.lower_ == "in" and governor.lemma_.lower() in ("interest", "interested"):
            out.state, out.weigher = "considered", governor  # "an interest in restricting"
            out.steps.append("interest")
            return None
        if above.lower_ in (
            "amid",
            "without",
            "after",
            "before",
            "since",
            "despite",
            "by",
            "under",
            "with",
            "in",
        ):
            return None
        if grammar.is_verb(governor):
            return _verb_step(token, governor, out, preposition=above.lower_)
        if governor.pos_ in ("NOUN", "PROPN"):
            return _noun_step(token, governor, out)
        return None
    return None


def _verb_step(token: Token, verb: Token, out: Reading, preposition: str = "") -> Token | None:
    lemma = verb.lemma_.lower()
    negation = grammar.negation(verb)
    form = grammar.form(verb)
    if lemma == "rule" and not any(c.lower_ == "out" for c in verb.children):
        return None
    subject_clause = token.dep_ == "ccomp" and bool(grammar.children(token, "nsubj", "nsubjpass"))
    if lemma in ("stop", "cease", "halt") and not _stops_short(verb):
        if token.dep_ == "xcomp" and token.tag_ == "VBG":
            out.state, out.outer = FLIP.get(out.state, out.state), verb
            out.steps.append(lemma)
        return None
    if lemma in words("refuse") or _stops_short(verb):
        if lemma in ("oppose", "object", "resist", "hesitate") and token.dep_ == "ccomp":
            return None
        if lemma in ("oppose", "object", "resist") and not _is_grantor_word(token):
            return None
        out.state = FLIP.get(out.state, "withheld")
        if negation is not None:
            out.state = FLIP.get(out.state, out.state)
        out.refuser, out.outer = verb, verb
        out.anchor = (verb,)
        out.steps.append(lemma)
        return verb
    if (
        lemma in ("require", "oblige", "compel", "force")
        and out.state in ("requested", "granted")
        and (out.asker is not None or token.lemma_ in words("receive") | words("need"))
    ):
        out.state, out.outer = "conditional", verb
        out.steps.append(lemma)
        return None
    if (
        lemma in ("order", "rule", "decide", "direct")
        and subject_clause
        and (_has_subjunctive(token) or small_clause(token))
    ):
        out.outer = verb  # "ordered that her citizenship be revoked"
        out.steps.append(lemma)
        return verb
    if token.dep_ == "ccomp" and out.state in ("granted", "withheld", "revoked"):
        unsure = lemma in ("doubt", "question", "wonder") or (
            negation is not None and lemma in ("confirm", "know", "say", "believe", "think")
        )
        if unsure:
            out.state = "considered"  # "doubted he would ever be allowed to return"
            out.steps.append(lemma)
            return None
    if lemma in _DECIDE and not subject_clause:
        if negation is not None:
            deny(out, negation)
        elif form.modal in ("will", "would", "may", "might", "could") and out.state in (
            "granted",
            "withheld",
        ):
            out.state = "considered"
        out.outer = verb
        out.steps.append(lemma)
        return verb
    if lemma in words("request") and not (
        lemma == "ask" and token.dep_ == "ccomp" and _whether(token)
    ):
        if lemma == "insist" and token.dep_ == "ccomp" and not _has_subjunctive(token):
            return None
        if (
            lemma in ("demand", "call", "press", "push")
            and preposition
            and preposition not in ("for", "on", "to")
        ):
            return None
        if out.state in ("granted", "withheld", "considered", "revoked", "requested"):
            out.state = "requested"
        out.asker, out.outer = verb, verb
        out.anchor = (verb,)
        out.steps.append(lemma)
        return verb
    if lemma in words("consider") or lemma in ("decide", "weigh"):
        if lemma in ("want", "like", "expect", "mean") and grammar.children(
            token, "nsubj", "nsubjpass"
        ):
            if lemma == "want":
                out.state, out.asker, out.outer, out.anchor = "requested", verb, verb, (verb,)
                out.steps.append(lemma)
                return verb
            return None
        if (
            lemma
            in (
                "support",
                "back",
                "favor",
                "favour",
                "endorse",
                "look",
                "try",
                "think",
                "mean",
                "expect",
                "discuss",
                "suggest",
                "recommend",
            )
            and token.dep_ == "ccomp"
            and lemma not in ("suggest", "recommend")
        ):
            return None
        if lemma == "look" and negation is not None and token.dep_ == "xcomp":
            deny(out, negation)  # "not looking to grant any waivers"
            out.refuser, out.outer = verb, verb
            return None
        if lemma == "try" and out.state in ("granted", "withheld") and negation is None:
            out.state, out.weigher = "considered", verb  # "is trying to allow"
            out.steps.append(lemma)
            return None
        if lemma in ("try", "look", "mean"):
            return None
        if negation is not None and lemma in ("plan", "intend", "want", "propose"):
            out.state = FLIP.get(out.state, out.state)
        else:
            out.state = "considered"
        out.weigher, out.outer, out.anchor = verb, verb, (verb,)
        out.steps.append(lemma)
        return verb
    if lemma in ("have", "make", "get", "take") or (
        grammar.is_verb(verb) and lemma in ("receive", "hold")
    ):
        return None
    if lemma == "be" or token.dep_ in ("ccomp",):
        adjective = next((c for c in verb.children if c.dep_ in ("acomp",)), None)
        if (
            lemma == "be"
            and adjective is not None
            and adjective.lemma_
            in (
                "willing",
                "ready",
                "open",
                "prepared",
                "likely",
                "unlikely",
                "reluctant",
                "unwilling",
                "due",
                "set",
            )
        ):
            if adjective.lemma_ in ("reluctant", "unwilling"):
                out.state = FLIP.get(out.state, out.state)
            else:
                out.state = "considered"
            out.steps.append(adjective.lemma_)
            return None
        return None
    if (token.dep_ == "xcomp" and verb.pos_ == "ADJ") or verb.tag_ == "JJ":
        if verb.lemma_ in _INCLINED:
            out.state = "considered"
        elif verb.lemma_ in ("reluctant", "unwilling", "unlikely"):
            out.state = FLIP.get(out.state, out.state)
        out.steps.append(verb.lemma_)
        return None
    return None


def _noun_step(token: Token, noun: Token, out: Reading) -> Token | None:
    lemma = noun.lemma_.lower()
    relative = token.dep_ == "relcl"
    if lemma in _REQUEST_NOUNS and not relative:
        out.state = "requested"
        out.asker, out.outer = noun, noun
        out.anchor = out.anchor or ()
        out.steps.append(lemma)
        return noun
    if (
        lemma in words("instrument", "NOUN") | words("permission", "NOUN")
        and noun.dep_ in ("dobj", "nsubjpass")
        and noun.head.lemma_ in words("give") | words("impose")
        and not texts.pending(noun)
        and lemma not in _CONSIDER_NOUNS
    ):
        # "to issue an order prohibiting the sale": as the issuing
        _modal_above(noun.head, out)
        return noun.head
    if lemma in _ABILITY and not relative and out.state in ("granted", "withheld", "revoked"):
        out.state, out.outer = "considered", noun  # "has the power to allow": it may
        out.steps.append(lemma)
        return None
    if lemma in _REFUSE_NOUNS:
        out.state = FLIP.get(out.state, "withheld")
        out.refuser, out.outer, out.anchor = noun, noun, (noun,)
        out.steps.append(lemma)
        return None
    if lemma in ("decision", "question", "choice") and token.dep_ == "pcomp":
        out.state = "considered"
        out.steps.append(lemma)
        return None
    if (
        lemma in _CONSIDER_NOUNS | {"legislation", "measure"}
        and noun.dep_ in ("dobj", "nsubjpass")
        and (
            noun.head.lemma_ in ("pass", "approve", "sign", "enact", "adopt")
            and grammar.form(noun.head).modal is None
        )
    ):
        out.steps.append(noun.head.lemma_)
        return None
    if lemma in texts.MAYBE - texts.TENTATIVE and texts.pending(noun):
        if out.state in ("granted", "withheld", "revoked"):
            out.state = "considered"  # "introduced legislation allowing"
        out.steps.append(lemma)
        return None
    if lemma in _CONSIDER_NOUNS:
        if out.state in ("granted", "withheld", "revoked"):
            out.state = "considered"
        if grammar.negation(noun) is not None:  # "no plans to allow"
            out.state = "granted" if out.forbids else "withheld"
        out.weigher, out.outer = noun, noun
        out.steps.append(lemma)
        above = noun.head
        if (
            noun.dep_ == "dobj"
            and above.lemma_ in ("propose", "present", "unveil", "draft", "offer", "float",
                                 "outline", "announce", "draw")
            and lemma in texts.TENTATIVE
        ):  # fmt: skip
            out.weigher = above
        return noun
    return None


def _modal_above(verb: Token, out: Reading) -> None:
    """What the modal and the denial of a verb that gives or imposes do to the state."""
    form = grammar.form(verb)
    if out.state not in ("granted", "withheld"):
        return
    if form.modal in ("will", "would", "may", "might", "could"):
        out.state = "considered"
    elif form.modal in ("should", "must", "ought"):
        out.state, out.weigher = "requested", verb
    elif grammar.negation(verb) is not None:
        out.state = FLIP[out.state]
    if form.modal is not None:
        out.steps.append(form.modal)


def _stops_short(verb: Token) -> bool:
    return verb.lemma_ == "stop" and any(c.lower_ == "short" for c in verb.subtree)


def _is_grantor_word(token: Token) -> bool:
    return token.pos_ == "VERB"


def _whether(token: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in ("whether", "if") for c in token.children)


def _has_subjunctive(token: Token) -> bool:
    modals = [c.lower_ for c in token.children if c.tag_ == "MD"]
    helped = any(c.dep_ == "auxpass" and c.tag_ == "VB" for c in token.children)
    if modals:
        return any(modal in ("should", "must") for modal in modals)
    return token.tag_ == "VB" or helped
