"""How a verb is said: passive or active, its tense, mood and aspect, and what denies it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_PASSIVE = frozenset({"nsubjpass", "csubjpass", "auxpass"})
_MODALS = frozenset(
    {
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "ought",
        "need",
        "dare",
    }
)
_NO_WORDS = frozenset({"no", "neither", "nor", "never", "hardly", "scarcely", "barely"})
_NOBODY = frozenset({"nobody", "none", "nothing", "nowhere"})
_MODAL_FORMS = {
    "'ll": "will", "’ll": "will", "wo": "will", "ca": "can", "sha": "shall", "'d": "would",
    "’d": "would",
}  # fmt: skip


def is_verb(token: Token) -> bool:
    """Whether ``token`` heads a clause: a verb, or an auxiliary that stands for one."""
    return token.pos_ == "VERB" or (token.pos_ == "AUX" and token.dep_ not in ("aux", "auxpass"))


def is_passive(verb: Token) -> bool:
    """Whether ``verb`` stands in the passive: with its auxiliary, or as a bare participle."""
    for child in verb.children:
        if child.dep_ in _PASSIVE:
            return True
    if verb.tag_ != "VBN" or any(child.dep_ in ("nsubj", "dobj") for child in verb.children):
        return False
    if verb.dep_ in ("acl", "amod"):
        return True
    if any(child.dep_ == "agent" for child in verb.children):
        return True
    if verb.dep_ == "conj" and is_verb(verb.head):
        has_own = any(child.dep_ == "aux" for child in verb.children)
        return not has_own and is_passive(verb.head)
    return verb.dep_ == "advcl" and not any(child.dep_ == "aux" for child in verb.children)


def negation(token: Token) -> Token | None:
    """The word that denies ``token`` itself (not, never, no, "no one" as subject), or None.

    Negation of a clause above is not seen here, since what it does to ``token`` depends on the
    verb between them ("did not say that" leaves it open, "did not manage to" denies it).
    """
    for child in token.children:
        if (child.dep_ == "neg" or child.lower_ in _NO_WORDS) and _denies(child, token):
            return child
        if child.lower_ == "longer" and any(c.lower_ == "no" for c in child.children):
            return child
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr"):
            if child.lower_ in _NOBODY:
                return child
            for determiner in child.children:
                if determiner.dep_ in ("det", "neg") and determiner.lower_ in ("no", "neither"):
                    return determiner
    if token.dep_ == "pobj" and token.head.lower_ in ("without", "despite", "barring"):
        return token.head if token.head.lower_ == "without" else None
    if token.dep_ == "pcomp" and token.head.lower_ == "without":
        return token.head
    if token.dep_ == "conj":
        for sibling in token.head.children:
            if sibling.dep_ == "cc" and sibling.lower_ == "nor":
                return sibling
        if not any(c.dep_ in _SUBJECTS or c.dep_ in ("aux", "auxpass") for c in token.children):
            between = [s for s in token.head.children if s.dep_ == "cc"]
            if between and between[0].lower_ == "or":
                return negation(token.head)
    return None


@dataclass(frozen=True, slots=True)
class Form:
    """How a verb is said. ``tense``: past, present, future or none (bare infinitive, participle).

    ``modal`` is the lemma of its modal verb; ``finite`` whether it stands as a finite clause;
    ``perfect`` and ``progressive`` its aspect; ``infinitive`` whether "to" goes before it.
    """

    tense: str
    modal: str | None
    finite: bool
    perfect: bool
    progressive: bool
    infinitive: bool
    passive: bool


def form(verb: Token) -> Form:
    """Tense, modality and aspect of ``verb``; a bare coordinated verb takes those before it.

    "will go and meet" gives "meet" the future of "go".
    """
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if (
        not helpers
        and verb.dep_ == "conj"
        and is_verb(verb.head)
        and verb.tag_ in ("VB", "VBN", "VBG")
        and not any(c.dep_ in _SUBJECTS for c in verb.children)
    ):
        shared = form(verb.head)
        if verb.head.tag_ == verb.tag_ or shared.modal or shared.infinitive:
            return shared
    modal: str | None = None
    infinitive = perfect = progressive = passive = False
    first: Token | None = None
    for helper in helpers:
        lower = helper.lower_
        if helper.tag_ == "TO" or lower == "to":
            infinitive = True
            continue
        lemma = _MODAL_FORMS.get(lower, lower) if helper.tag_ == "MD" else helper.lemma_
        if first is None:
            first = helper
        if helper.tag_ == "MD" or lemma in _MODALS - {"need", "dare"}:
            modal = modal or lemma
        elif lemma == "have" and verb.tag_ in ("VBN", "VBD", "VBG"):
            perfect = True
        elif helper.dep_ == "auxpass" or (lemma == "get" and verb.tag_ == "VBN"):
            passive = True
        elif lemma == "be" and verb.tag_ == "VBG":
            progressive = True
    tag = first.tag_ if first is not None else verb.tag_
    if modal in ("will", "shall"):
        tense = "future"
    elif modal is not None:
        tense = "present"
    elif tag == "VBD":
        tense = "past"
    elif tag in ("VBZ", "VBP") or (tag == "VB" and verb.dep_ == "ROOT" and not infinitive):
        tense = "past" if perfect else "present"
    elif tag == "VBN" and verb.dep_ == "ROOT":
        tense = "past"
    else:
        tense = "none"
    finite = tense != "none"
    return Form(tense, modal, finite, perfect, progressive, infinitive, passive or is_passive(verb))


def _denies(word: Token, token: Token) -> bool:
    """Whether a word of negation below ``token`` denies it, not what is coordinated with it."""
    if word.dep_ not in ("neg", "det", "advmod", "preconj", "cc", "predet") or _only(word):
        return False
    return word.dep_ != "cc" or word.i < token.i


def _only(word: Token) -> bool:
    """Whether "not" belongs to "not only", which denies nothing."""
    following = word.nbor(1) if word.i + 1 < len(word.doc) else None
    return (
        word.lower_ == "not"
        and following is not None
        and following.lower_ in ("only", "just", "merely")
    )
