"""Nouns of what is to come: the threat of closure, a chance that it fails, plans to sue."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.knowledge.decisions import Likelihood
from onrecord.reading import clauses, grammar
from onrecord.reading.forecasts.cue import LESS, Cue

_DROPS = frozenset(
    {"abandon", "cancel", "drop", "scrap", "shelve", "reject", "block", "defeat", "thwart", "foil"}
)
_ANNOUNCES = frozenset(
    {"have", "announce", "unveil", "outline", "reveal", "confirm", "make", "issue", "reiterate",
     "repeat", "approve", "publish", "present", "disclose", "finalise", "finalize"}
)  # fmt: skip


# What is done to a pledge of before: that it is met tells no plan of its own.
_KEEPS = frozenset(
    {"fulfil", "fulfill", "meet", "honour", "honor", "keep", "deliver", "break", "breach", "betray",
     "renege", "abandon", "forget"}
)  # fmt: skip
_REFUSES = frozenset({"refuse", "decline"})
_INTENDS = frozenset({"intent", "intention"})


def _kept(noun: Token) -> bool:
    """Whether the governor of a pledge tells that it is kept or broken: "met its pledge to"."""
    above = noun.head
    if noun.dep_ == "pobj" and above.lower_ == "on":
        above = above.head
    elif noun.dep_ not in ("dobj", "nsubjpass"):
        return False
    return above.lemma_ in _KEEPS


def _dropped(noun: Token, infinitive: Token) -> Token | None:
    """The verb that tells of the end of a plan, also where the parse lost its subject."""
    if noun.dep_ in ("dobj", "nsubjpass"):
        return noun.head if noun.head.lemma_ in _DROPS else None
    for token in noun.doc[infinitive.i + 1 : noun.sent.end]:
        if token.lemma_ in _DROPS and token.tag_ == "VBN" and grammar.is_passive(token):
            own = [c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")]
            if not own or all(c.i < noun.i for c in own):
                return token
    return None


def _in_a_story(noun: Token, verb: Token) -> bool:
    """Whether ``verb`` only dates what else is told: "in May, when his plan was blocked"."""
    if grammar.form(verb).tense != "past":
        return False
    first = noun.left_edge
    for token in reversed(noun.doc[max(noun.sent.start, first.i - 3) : first.i]):
        if token.lower_ in ("when", "after", "before"):
            return True
    return False


def _ruled_out(noun: Token) -> str | None:
    """What "rule out" says of the possibility ``noun``: None where it does not govern it."""
    verb = noun.head
    if noun.dep_ not in ("dobj", "nsubjpass") or verb.lemma_ not in ("rule", "exclude", "dismiss"):
        return None
    if verb.lemma_ == "rule" and not any(c.lower_ == "out" for c in verb.children):
        return None
    above = verb.head if verb.dep_ == "xcomp" else None
    denied = grammar.negation(verb) is not None or (
        above is not None and above.lemma_ in _REFUSES and grammar.negation(above) is None
    )
    return "possible" if denied else "not_expected"


def _means_to(noun: Token) -> Token | None:
    """The infinitive of "the intent is to close it", at times an object to the parse."""
    verb = noun.head
    if noun.dep_ == "dobj" and noun.i + 1 < len(noun.doc) and noun.nbor(1).lemma_ == "be":
        verb = noun.nbor(1)
    elif noun.dep_ != "nsubj" or verb.lemma_ != "be":
        return None
    return next(
        (c for c in verb.children if c.dep_ == "xcomp" and any(g.tag_ == "TO" for g in c.children)),
        None,
    )


def _announced(noun: Token) -> bool:
    """Whether a plan, threat or promise is somebody's, or is made known, or is said to be."""
    if grammar.possessors(noun):
        return True
    if noun.dep_ in ("dobj", "nsubjpass"):
        return noun.head.lemma_ in _ANNOUNCES
    return noun.dep_ == "attr" and any(c.dep_ == "expl" for c in noun.head.children)


def _runs_it(noun: Token) -> Token | None:
    """The verb of whoever is "in danger of", "at risk of" or "on the verge of" a thing."""
    above = noun.head
    if noun.dep_ != "pobj" or above.lower_ not in ("in", "at", "on"):
        return None
    verb = above.head
    if not grammar.is_verb(verb) or verb.lemma_ not in ("be", "remain", "stand", "seem", "appear"):
        return None
    return verb if grammar.form(verb).tense == "present" else None


def read_noun(token: Token, known: Likelihood) -> Cue | None:
    """ "the threat of closure", "a chance that it fails", "plans to sue"."""
    negation = grammar.negation(token)
    label = known.label
    if negation is None and token.dep_ in ("attr", "dobj"):
        negation = grammar.negation(token.head)
    small = any(c.lower_ in ("little", "slim", "small", "remote") for c in token.children)
    if label == "possible" and (negation is not None or small):
        label = "unlikely" if small else "not_expected"
    elif label == "unlikely":  # a doubt: "no doubt that", "little doubt that"
        if negation is not None or small:
            label = "likely" if small else "expected"
    elif negation is not None:
        label = "not_expected"
    if token.lemma_ in ("possibility", "prospect", "chance", "risk", "likelihood"):
        label = _ruled_out(token) or label
    meant = _means_to(token) if token.lemma_ in _INTENDS else None
    if meant is not None:
        return Cue(
            meant,
            (token,),
            tuple(clauses.trim(t for t in clauses.proposition(meant) if t.tag_ != "TO")),
            label,
            "noun",
            (meant,),
            next(iter(grammar.possessors(token)), None),
        )
    for child in token.children:
        if (
            child.dep_ in ("acl", "ccomp", "relcl")
            and child.i > token.i
            and child.tag_ in ("VB", "VBZ", "VBP", "VBD")
        ):
            to = any(c.tag_ == "TO" for c in child.children)
            that = any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children)
            if not (to or that) or (to and token.lemma_ in ("chance", "right", "risk")):
                continue
            if child.dep_ == "relcl" and not to and token.lemma_ in ("prospect", "plan", "threat"):
                continue  # "a prospect that it considers a threat": which prospect
            if child.tag_ == "VBD" and not to and not any(c.tag_ == "MD" for c in child.children):
                continue  # "no doubt that they meant it": of what has been
            if to and token.lemma_ in (
                "plan",
                "threat",
                "promise",
                "pledge",
                "vow",
                "intention",
                "intent",
                "commitment",
            ):
                end = _dropped(token, child)
                if end is not None:
                    if _in_a_story(token, end):
                        return None
                    label = LESS[label]
                elif _kept(token) or not _announced(token):
                    continue
            content = clauses.trim(
                t
                for t in clauses.proposition(child)
                if not (t.tag_ == "TO" and t.i == child.left_edge.i)
            )
            holders = grammar.possessors(token)
            return Cue(
                child,
                (token,),
                tuple(content),
                label,
                "noun",
                (child,),
                holders[0] if holders else None,
            )
        if (
            child.dep_ == "prep"
            and child.lower_ == "of"
            and token.lemma_
            in (
                "threat",
                "prospect",
                "possibility",
                "chance",
                "danger",
                "risk",
                "likelihood",
                "probability",
                "verge",
                "brink",
            )
        ):
            for below in child.children:
                if below.dep_ in ("pobj", "pcomp"):
                    content = clauses.trim(below.subtree)
                    runs = _runs_it(token)
                    if runs is None and token.lemma_ in ("verge", "brink"):
                        return None
                    if runs is not None:  # "the use is in danger of being normal"
                        return Cue(
                            below,
                            (token,),
                            tuple(clauses.proposition(runs)),
                            label,
                            "noun",
                            (below, runs),
                        )
                    if token.dep_ == "dobj" and token.head.lemma_ in (
                        "face",
                        "pose",
                        "run",
                        "carry",
                        "bring",
                        "raise",
                        "have",
                        "see",
                    ):
                        return Cue(
                            below,
                            (token,),
                            tuple(clauses.proposition(token.head)),
                            label,
                            "noun",
                            (below, token.head),
                        )
                    return Cue(
                        below,
                        (token,),
                        tuple(content),
                        label,
                        "noun",
                        (below, grammar.clause_head(token)),
                    )
    return None
