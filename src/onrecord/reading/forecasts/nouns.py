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
                "commitment",
            ):
                if token.dep_ in ("dobj", "nsubjpass") and token.head.lemma_ in _DROPS:
                    label = LESS[label]
                elif not _announced(token):
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
