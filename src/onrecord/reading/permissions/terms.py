"""Leave on terms: "clubs can set their own rules if those rules meet the league's standards"."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading import clauses, grammar
from onrecord.reading.permissions.verbs import animate
from onrecord.reading.permissions.words import words

_MEETS = frozenset(
    {"comply", "conform", "follow", "fulfil", "fulfill", "meet", "obey", "observe", "pass",
     "satisfy"}
)  # fmt: skip
_TERMS = frozenset(
    {"code", "condition", "criterion", "law", "limit", "norm", "regulation", "requirement", "rule",
     "standard", "term", "test"}
)  # fmt: skip
_AGREES = frozenset({"agree", "approve", "consent", "authorise", "authorize", "permit"})


def on_terms(modal: Token, verb: Token) -> bool:
    """Whether a party may or can do what ``verb`` tells if it meets terms, or somebody agrees."""
    if modal.lower_ not in ("may", "can") or grammar.negation(verb) is not None:
        return False
    if any(c.dep_ == "aux" and c.lower_ in ("have", "be") for c in verb.children):
        return False
    subject = clauses.surface_subject(verb)
    if subject is None or subject.lower_ in ("i", "we", "you", "it", "this", "that"):
        return False
    if not animate(grammar.antecedent(subject)):
        return False
    return any(
        condition.opener == "if" and _asks_terms(condition.tokens)
        for condition in clauses.conditions(verb)
    )


def _asks_terms(tokens: tuple[Token, ...]) -> bool:
    for token in tokens:
        lemma = token.lemma_.lower()
        if token.pos_ == "NOUN" and lemma in words("bare", "NOUN") - words("restriction", "NOUN"):
            return True
        agrees = lemma in _AGREES and grammar.is_verb(token)
        if agrees and any(animate(t) for t in grammar.subjects(token)):
            return True
        if lemma in _MEETS and any(
            t.lemma_.lower() in _TERMS
            for t in (*grammar.objects(token), *grammar.prep_objects(token, "with", "to"))
        ):
            return True
    return False


def clause_of_terms(verb: Token) -> set[int]:
    """The verb whose "if" clause ``verb`` stands in, as a set of one place in the text, or none."""
    while verb.dep_ == "conj" and grammar.is_verb(verb.head):
        verb = verb.head
    opens = any(c.dep_ == "mark" and c.lower_ == "if" for c in verb.children)
    return {verb.head.i} if verb.dep_ == "advcl" and opens else set()
