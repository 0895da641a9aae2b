"""Verbs, adjectives of what is to come: expect, plan, threaten, doubt; likely, due, possible."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.knowledge.decisions import Likelihood, names_people
from onrecord.reading import clauses, grammar
from onrecord.reading.forecasts.cue import (
    LESS,
    Cue,
    complement,
    first_person,
    had,
    inner_label,
    likely_adverb,
    reported,
    subject,
    whole,
    with_negation,
)

_SEEMING = frozenset({"seem", "look", "appear", "feel", "remain", "be", "become"})


def read_verb(token: Token, known: Likelihood) -> Cue | None:
    """expect, plan, threaten, doubt, and "is expected", "is due", "is set"."""
    frame = known.frame
    inner = complement(token)
    negation = clauses.denial(token) or (
        grammar.negation(token.head) if token.dep_ == "conj" else None
    )
    passive = grammar.is_passive(token) or token.tag_ == "VBN"
    form = grammar.form(token)
    if (
        frame == "expect"
        and token.lemma_ in ("set", "slate", "due", "poise", "schedule", "tip")
        and not passive
    ):
        return None
    if token.dep_ in ("amod", "compound") or any(
        c.dep_ == "prt" or (c.dep_ == "advmod" and c.lower_ in ("aside", "apart", "up", "out"))
        for c in token.children
    ):
        return None
    if frame == "expect" and token.dep_ == "pcomp" and inner is None:
        return None  # "his work in predicting waves"
    if token.lemma_ == "aim" and not passive and _aims_idly(token, form.tense):
        return None
    if passive and token.lemma_ in ("intend", "commit", "resolve"):
        return None  # "is intended to": an aim
    if (
        frame == "expect"
        and not passive
        and (
            (
                form.tense == "past"
                and token.lemma_ == "expect"
                and not reported(token)
                and first_person(token)
            )
            or form.modal in ("can", "could", "should", "would", "might")
        )
    ):
        return None
    if frame in ("plan", "threat") and form.perfect and had(token):
        return None
    if (
        frame == "plan"
        and form.tense == "past"
        and token.lemma_ in ("plan", "intend")
        and not (form.perfect or reported(token))
    ):
        return None
    if (
        frame == "plan"
        and token.lemma_ in ("pledge", "promise", "vow", "swear")
        and not reported(token)
        and _describes(token)
    ):
        return None
    if frame == "expect" and form.perfect and (not passive or token.lemma_ == "set"):
        return None
    label = known.label
    if inner is not None and frame == "threat" and inner.dep_ == "ccomp":
        label = "possible"
    if (
        inner is not None
        and inner.dep_ == "ccomp"
        and token.lemma_ in ("estimate", "reckon")
        and inner_label(inner) is None
        and not any(c.tag_ == "TO" for c in inner.children)
    ):
        return None  # an estimate of what is
    if inner is not None and any(c.lower_ == "have" and c.dep_ == "aux" for c in inner.children):
        return None  # "is expected to have won": about what has been
    if inner is not None:
        own = inner_label(inner)
        if frame == "doubt":
            label = "unlikely" if negation is None else "likely"
        elif negation is not None:
            label = "not_expected"
        elif frame in ("expect", "plan") and grammar.negation(inner) is not None:
            label = "not_expected"  # "pledged not to", "resolved that it will not"
        elif own is not None and frame == "expect" and own != "expected":
            label = own
        words = with_negation(token, negation)
        adverb = likely_adverb(token)
        if adverb is not None and frame in ("expect", "plan"):
            label, words = adverb[1], (adverb[0],)
        thing = frame == "threat" and _thing(subject(token))
        if (
            thing
            or (passive and subject(token) is not None and inner.dep_ != "ccomp")
            or (passive and inner.dep_ != "ccomp" and token.dep_ in ("acl", "relcl", "conj"))
        ):
            content = whole(token, inner)
            holder = None
        else:
            content = clauses.trim(
                t
                for t in clauses.proposition(inner)
                if not (
                    t.tag_ == "TO"
                    and t.i < inner.i
                    and t.head.i == inner.i
                    and t.i == inner.left_edge.i
                )
            )
            holder = subject(token)
        return Cue(
            inner,
            words,
            tuple(content),
            label,
            "plan" if frame == "plan" else "verb",
            (token, inner),
            holder,
        )
    if frame in ("plan", "threat", "doubt"):
        return None
    if (
        passive
        and subject(token) is not None
        and token.lemma_
        in (
            "expect",
            "schedule",
            "slate",
            "anticipate",
            "predict",
            "forecast",
            "project",
            "set",
            "plan",
        )
    ):
        if token.lemma_ == "set" and not grammar.children(token, "prep"):
            return None
        label = "not_expected" if negation is not None else label
        return Cue(
            token,
            with_negation(token, negation),
            tuple(clauses.proposition(token)),
            label,
            "verb",
            (token,),
        )
    if not passive and token.lemma_ in (
        "expect",
        "anticipate",
        "predict",
        "forecast",
        "foresee",
        "envisage",
    ):
        goal = [c for c in token.children if c.dep_ == "dobj" and c.pos_ in ("NOUN", "PROPN")]
        if goal and subject(token) is not None:
            label = "not_expected" if negation is not None or grammar.negation(goal[0]) else label
            content = clauses.trim(goal[0].subtree)
            return Cue(
                goal[0],
                with_negation(token, negation),
                tuple(content),
                label,
                "verb",
                (token,),
                subject(token),
            )
    return None


def _describes(token: Token) -> bool:
    """Whether a participle of pledging only describes whom it stands behind.

    "For a mayor pledged to end it, …": not the news that he pledged.
    """
    if any(c.dep_ == "prep" and c.i < token.i and not list(c.children) for c in token.children):
        return True  # the noun before is that of a preposition, which the parse left alone
    if token.tag_ not in ("VBN", "VBD") or any(
        c.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for c in token.children
    ):
        return False
    if token.dep_ == "acl" and token.head.pos_ in ("NOUN", "PROPN"):
        return token.head.i < token.i
    before = token.nbor(-1) if token.i > token.sent.start else None
    return token.dep_ == "advcl" and before is not None and before.dep_ == "pobj"


def _thing(told: Token | None) -> bool:
    """Whether who threatens is no party: "the rise threatens to ruin them" says it of the rise."""
    return told is not None and told.pos_ == "NOUN" and not names_people(told.lemma_.lower())


def _aims_idly(token: Token, tense: str) -> bool:
    """Whether "aim" tells what a thing is for ("a rule that aims to"), or a past intent."""
    if tense == "past" and not reported(token):
        return True
    told = subject(token)
    return told is not None and told.pos_ == "NOUN" and not names_people(told.lemma_.lower())


def read_adjective(token: Token, known: Likelihood) -> Cue | None:
    """The cue of "likely to", "doubtful that", "due in May", "hard to imagine that"."""
    if token.dep_ in ("amod", "acl") and token.i > token.head.i and token.lower_ == "due":
        return _set_behind(token, known)
    if token.dep_ in ("amod", "compound", "pobj", "advmod", "aux") and not (
        token.dep_ == "advmod" and token.head.tag_ in ("VB", "VBN")
    ):
        return None
    verb = (
        token.head
        if token.dep_
        in (
            "acomp",
            "oprd",
            "attr",
            "xcomp",
            "advcl",
            "conj",
            "ROOT",
            "ccomp",
            "acl",
            "relcl",
            "dep",
        )
        else None
    )
    copula = verb if verb is not None and verb.lemma_ in _SEEMING else token
    inner = complement(token) or (complement(copula) if copula is not token else None)
    negation = grammar.negation(token) or grammar.negation(copula)
    label = known.label
    lemma = token.lower_
    if inner is None:
        if token.lemma_.lower() in ("hard", "difficult"):
            return None
        if lemma == "likely" and grammar.children(copula, "attr"):
            return None  # "it was likely their doing": of what was
        if lemma in ("due",) and copula is not token:
            nxt = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
            if nxt in ("to",):
                return None
            return Cue(
                copula,
                (token,),
                tuple(clauses.proposition(copula)),
                label,
                "adjective",
                (copula, token),
            )
        if (
            lemma
            in ("likely", "unlikely", "possible", "inevitable", "imminent", "probable", "doubtful")
            and copula is not token
        ):
            told = subject(copula)
            if told is None or told.pos_ not in ("NOUN", "PROPN"):
                return None
            label = LESS[label] if negation is not None else label
            return Cue(
                copula,
                (token,),
                tuple(clauses.proposition(copula)),
                label,
                "adjective",
                (copula, token),
            )
        return None
    if token.lemma_.lower() in ("hard", "difficult"):
        deeper = complement(inner)
        if (
            inner.lemma_ not in ("imagine", "see", "believe", "envisage", "foresee", "conceive")
            or deeper is None
        ):
            return None
        words = (token, *(t for t in inner.children if t.tag_ == "TO"), inner)
        return Cue(
            deeper,
            words,
            tuple(clauses.proposition(deeper)),
            "unlikely",
            "adjective",
            (copula, deeper),
        )
    if lemma in ("certain", "sure") and (
        (inner.dep_ == "ccomp" and not _has_modal(inner)) or token.head.lemma_ == "make"
    ):
        return None  # "making sure that we can"
    if lemma in ("likely", "unlikely") and _compares(token, copula):
        return None
    if (
        lemma
        in (
            "optimistic",
            "confident",
            "pessimistic",
            "sceptical",
            "skeptical",
            "doubtful",
            "certain",
            "sure",
        )
        and inner.dep_ == "ccomp"
    ):
        content = clauses.proposition(inner)
        holder = subject(copula)
        if holder is not None and holder.lower_ == "it":
            holder = None
    elif inner.dep_ == "ccomp":
        content, holder = clauses.proposition(inner), None
    else:
        if lemma in (
            "certain",
            "sure",
            "possible",
            "ready",
            "liable",
            "confident",
            "optimistic",
        ) and lemma not in ("certain", "liable"):
            return None
        content, holder = whole(copula, inner), None
    if negation is not None:
        label = {
            "expected": "not_expected",
            "likely": "unlikely",
            "possible": "not_expected",
            "unlikely": "likely",
        }[label]
    own = inner_label(inner)
    if (
        own == "possible"
        and label in ("expected", "likely")
        and lemma not in ("likely", "probable")
    ):
        label = known.label
    words = (token,) if negation is None or negation.i != token.i - 1 else (negation, token)
    return Cue(inner, words, tuple(content), label, "adjective", (copula, token, inner), holder)


def _set_behind(token: Token, known: Likelihood) -> Cue | None:
    """ "a draft, due to be discussed on Monday": of the noun that it stands behind."""
    inner = complement(token)
    if inner is None or token.head.pos_ not in ("NOUN", "PROPN"):
        return None
    content = sorted({*grammar.phrase(token.head), *token.subtree}, key=lambda t: t.i)
    return Cue(
        inner, (token,), tuple(clauses.trim(content)), known.label, "adjective", (token, inner)
    )


def _compares(token: Token, copula: Token) -> bool:
    """Whether "likely" compares kinds of people: "men are more likely to smoke"."""
    more = any(c.lower_ in ("more", "less", "as") and c.dep_ == "advmod" for c in token.children)
    told = subject(copula)
    return (
        more
        and told is not None
        and (told.tag_ == "NNS" or told.lower_ in ("they", "who", "those", "that"))
    )


def _has_modal(verb: Token) -> bool:
    return any(c.tag_ == "MD" for c in verb.children)
