"""In which state a leave stands: granted, withheld, conditional, requested, considered, revoked.

The state starts from the word that permits or forbids and is changed, step by step outwards, by
what governs it: denial, refusal, request, deliberation, modality, need and condition.
"""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading import clauses, grammar
from onrecord.reading.permissions import shared, texts
from onrecord.reading.permissions.steps import FLIP, Reading, deny, step
from onrecord.reading.permissions.verbs import let_object
from onrecord.reading.permissions.words import Frame

_BASE = {
    "allow": "granted", "forbid": "withheld", "deny": "withheld", "deny ban": "granted",
    "lift": "granted", "impose": "withheld", "revoke": "revoked", "give": "granted",
    "receive": "granted", "need": "conditional", "request": "requested", "without": "conditional",
    "subject": "conditional",
    "gate": "granted", "noun": "granted", "adjective": "granted", "modal": "granted",
}  # fmt: skip


def read_state(frame: Frame) -> Reading:
    """The state of ``frame``, found by climbing from its word to what governs it."""
    state = _BASE[frame.frame]
    if frame.forbids and frame.frame in ("noun", "adjective", "modal", "gate"):
        state = "withheld"
    out = Reading(state, outer=frame.word, forbids=frame.forbids)
    if frame.frame == "request":
        out.asker, out.anchor = frame.word, frame.anchor
    if frame.frame == "modal":
        found = clauses.condition_of(frame.word)
        if found is not None and (found.strict or not frame.forbids):
            out.state, out.condition = "conditional", found
        return out
    if frame.frame == "without":
        _without(frame, out)
        return out
    if frame.frame == "subject":
        tokens = clauses.trim(frame.anchor[0].subtree, marks=False)
        out.condition = clauses.Condition("subject to", tuple(tokens), strict=True)
        return out
    token = frame.word
    _own(token, frame, out)
    if frame.frame == "allow" and not let_object(token) and clauses.in_condition(token):
        out.state = "conditional"  # "if other cities allow"
        out.condition = clauses.condition_of(token.head)
        return out
    token = shared.lead(token) or token
    for _ in range(6):
        parent = step(token, out)
        if parent is None:
            break
        token = parent
    _conditions(frame, out)
    return out


def _own(token: Token, frame: Frame, out: Reading) -> None:
    """Denial and modality at the word of leave itself."""
    verbal = grammar.is_verb(token) or token.tag_.startswith("VB")
    if frame.frame == "adjective":
        copula = token.head if token.dep_ in ("acomp", "oprd") else token
        if grammar.negation(token) is not None or grammar.negation(copula) is not None:
            deny(out, None)
        return
    if not verbal:
        if (
            token.dep_ in ("nsubj", "nsubjpass")
            and grammar.is_verb(token.head)
            and any(c.lower_ in ("a", "an", "any") for c in token.children)
            and grammar.form(token.head).modal in ("will", "would", "could", "may", "might")
        ):
            out.state = "considered"
            out.steps.append("modal above")
        if grammar.negation(token) is not None:
            deny(out, grammar.negation(token))
        return
    _modality(token, frame, out)
    if token.dep_ == "csubj" and grammar.form(token.head).modal in (
        "would",
        "could",
        "may",
        "might",
    ):
        out.state = "considered"  # "permitting strikes could alter this"
        out.steps.append("modal above")
    elif out.state in ("granted", "withheld") and clauses.in_condition(token):
        out.state = "considered"  # "if he is allowed to stay"
        out.steps.append("condition")
    if (
        frame.frame in ("allow", "forbid", "lift", "impose", "give", "revoke")
        and out.state in ("granted", "withheld", "revoked")
        and not grammar.is_passive(token)
    ):
        found = shared.subjects(token)
        put = texts.put_forward(token)
        if put is not None or (found and texts.pending(texts.letter(found[0]))):
            out.state = "considered"
            out.steps.append("pending text")


def _modality(token: Token, frame: Frame, out: Reading) -> None:
    form = grammar.form(shared.lead(token) or token)
    negation = shared.denial(token)
    if (
        _must(token, form)
        and negation is None
        and (
            frame.frame in ("receive", "need")
            or token.lemma_.lower()
            in ("approve", "ratify", "authorize", "authorise", "consent", "license")
        )
    ):
        out.state = "conditional"
        out.steps.append("must")
        return
    if frame.noun is not None and negation is None:
        negation = grammar.negation(frame.noun)
    if negation is not None and frame.frame == "need":
        out.state = "granted"
        return
    if form.modal is not None and out.state in ("granted", "withheld", "revoked", "requested"):
        if negation is not None:
            out.state = (
                "considered" if form.modal in ("may", "might") else FLIP.get(out.state, out.state)
            )
            out.steps.append(f"{form.modal} not")
        elif form.modal in ("must", "shall") and frame.frame == "request":
            out.state = "conditional"
            out.steps.append(form.modal)
        elif form.modal in ("should", "must", "ought") and any(
            c.dep_ == "mark" and c.lower_ == "whether" for c in token.children
        ):
            out.state = "considered"  # "a debate about whether she should be allowed"
            out.steps.append("whether")
        elif form.modal in ("should", "must", "ought"):
            if out.state != "requested":
                out.state = "requested"
                out.weigher = token
                out.steps.append(form.modal)
        elif form.modal in ("will", "shall"):
            if (
                not grammar.is_passive(token)
                and frame.frame != "receive"
                and out.state != "requested"
            ):
                out.state = "considered"
            out.steps.append(form.modal)
        elif form.modal == "would" and grammar.is_passive(token) and token.dep_ == "ccomp":
            out.steps.append("would, reported")  # "said the march would be allowed": announced
        elif out.state != "requested":
            out.state = "considered"
            out.steps.append(form.modal)
        return
    if negation is not None:
        deny(out, negation)


def _must(token: Token, form: grammar.Form) -> bool:
    """Whether ``token`` has to be: must, has to, needs to, is up to somebody to."""
    if form.modal in ("must", "shall"):
        return True
    above = token.head
    if token.dep_ in ("xcomp", "ccomp", "advcl") and any(c.tag_ == "TO" for c in token.children):
        if above.lemma_ in ("have", "need", "get", "remain") and token.dep_ != "advcl":
            return True
        first = max(token.sent.start, token.i - 8)
        return any(clauses.matches(t, ("up", "to")) for t in token.doc[first : token.i])
    return False


def _conditions(frame: Frame, out: Reading) -> None:
    heads = [frame.word]
    if out.outer is not None and out.outer.i != frame.word.i:
        heads.append(out.outer)
    if frame.noun is not None and frame.frame != "need":
        heads.append(frame.noun)
    if frame.frame in ("allow", "forbid", "noun"):
        heads.extend(c for c in frame.word.children if c.dep_ in ("xcomp", "ccomp", "acl"))
    verb = grammar.clause_head(frame.word)
    if verb.i not in {h.i for h in heads} and frame.frame in ("noun", "adjective"):
        heads.append(verb)
    found = clauses.condition_of(*heads)
    if found is None or found.opener in ("once", "even if", "in case", "permitting"):
        return
    if found.opener == "without" and frame.frame == "allow" and not _denied(frame, out):
        return  # "lets him act without approval": how he acts, not what the leave waits for
    out.condition = found
    past = grammar.form(grammar.clause_head(frame.word)).tense == "past"
    if out.state == "granted" and found.opener in ("if", "when", "after") and _only(found, frame):
        out.state = "conditional"  # "is permitted only in two cases: if …"
        return
    if out.state in ("requested", "revoked"):
        return
    if (found.strict and not (past and found.opener in ("provided", "without"))) or (
        out.state == "considered" and found.opener in ("if", "should")
    ):
        out.state = "conditional"


def _denied(frame: Frame, out: Reading) -> bool:
    """Whether the leave is denied at its word or by what governs it."""
    return (
        out.state == "withheld"
        or out.refuser is not None
        or shared.denial(frame.word) is not None
        or any("not" in step or step in ("n't", "n’t", "no", "never") for step in out.steps)
    )


def _only(found: clauses.Condition, frame: Frame) -> bool:
    """Whether "only" stands between the word of leave and its condition."""
    words = frame.word.doc[frame.word.i + 1 : found.tokens[0].i]
    return len(words) <= 8 and any(t.lower_ == "only" for t in words)


def _without(frame: Frame, out: Reading) -> None:
    """ "No one leaves without the captain's approval": conditional; done without: none."""
    verb = grammar.clause_head(frame.word)
    words = clauses.trim(frame.word.head.subtree, marks=False)
    out.condition = clauses.Condition("without", tuple(words), strict=True)
    form = grammar.form(verb)
    if grammar.negation(verb) is not None or form.modal in ("can", "may", "could", "must"):
        out.state = "conditional"
    else:
        out.state = "none"
