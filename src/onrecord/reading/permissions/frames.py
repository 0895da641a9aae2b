"""Finding what permits or forbids: verbs, nouns, adjectives and modals of leave, with their frame.

``frames`` takes one parsed sentence and gives a ``Frame`` for each clause in which somebody lets,
does not let, is asked to let or may let. Who, what and in which state is read from the frame by
``permissions_roles`` and ``permissions_state``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Span, Token

from onrecord.knowledge.decisions import permission_words
from onrecord.reading import clauses, grammar
from onrecord.reading.permissions import gates, terms
from onrecord.reading.permissions.nouns import read_noun
from onrecord.reading.permissions.verbs import allows, forbids, infinitive
from onrecord.reading.permissions.words import Frame, words


@lru_cache(maxsize=1)
def _trigger_lemmas() -> frozenset[str]:
    table = permission_words()
    wanted = {("allow", "VERB"), ("forbid", "VERB"), ("permission", "NOUN"),
              ("restriction", "NOUN"),
              ("allow", "ADJ"), ("forbid", "ADJ"), ("request", "NOUN"),
              ("easable", "NOUN")}  # fmt: skip
    return frozenset(word for key in wanted for word in table[key]) | {"ahead"} | gates.VERBS


def frames(sentence: Span) -> Iterator[Frame]:
    """The frames of ``sentence``, in the order of the text; each clause is given once."""
    lemmas = _trigger_lemmas()
    triggers = [t for t in sentence if t.lemma_.lower() in lemmas or t.tag_ == "MD"]
    if not triggers:
        return
    used: set[int] = set()
    for token in triggers:
        if token.i in used:
            continue
        frame = _read(token)
        if (
            frame is None
            or frame.word.i in used
            or (frame.noun is not None and frame.noun.i in used)
        ):
            continue
        if _same_clause(frame, used):
            continue
        used.add(frame.word.i)
        if frame.noun is not None:
            used.add(frame.noun.i)
        yield frame


def _same_clause(frame: Frame, used: set[int]) -> bool:
    """Whether the clause is read already: "allowed them access", "issued a waiver allowing"."""
    word = frame.word
    if frame.frame == "without":
        verb = grammar.clause_head(word)
        return verb.i in used or any(_modal(c) is not None for c in verb.children if c.tag_ == "MD")
    if frame.frame in ("receive", "need") and terms.clause_of_terms(word) & used:
        return True  # "may run it if they hold a licence": the licence is the term
    if frame.frame == "noun" and word.dep_ in ("dobj", "dative", "nsubj", "pobj"):
        return word.head.i in used or (word.dep_ == "nsubj" and word.head.head.i in used)
    return frame.frame == "allow" and word.dep_ in ("acl", "relcl") and word.head.i in used


def _read(token: Token) -> Frame | None:
    if token.tag_ == "MD":
        return _modal(token)
    lemma = token.lemma_.lower()
    if lemma == "ahead":
        return (
            read_noun(token, lemma)
            if token.i > 1 and token.doc[token.i - 2].lower_ == "go" and token.nbor(-1).text == "-"
            else None
        )
    if lemma == "leave" and token.dep_ == "dobj":
        return read_noun(token, lemma)  # "gave the union leave to appeal"
    if token.pos_ == "VERB" or (
        token.tag_ in ("VBN", "VBD", "VBZ", "VBG", "VB") and token.pos_ != "AUX"
    ):
        return _verb(token, lemma)
    if token.pos_ == "ADJ":
        return _adjective(token, lemma)
    if token.pos_ in ("NOUN", "PROPN"):
        return read_noun(token, lemma)
    return None


def _verb(token: Token, lemma: str) -> Frame | None:
    if lemma in gates.VERBS:
        return gates.read_gate(token)
    if lemma in words("allow"):
        return Frame(token, (token,), "allow", False) if allows(token, lemma) else None
    if (
        lemma == "bar"
        and not token.lower_.startswith("barr")
        and token.lower_ not in ("bar", "bars")
    ):
        return None
    if lemma in words("forbid"):
        return Frame(token, (token,), "forbid", True) if forbids(token, lemma) else None
    return None


def _names_a_class(exempt: Token) -> bool:
    """ "tax-exempt organisations", "an exempt carrier": what they are, no leave that is told."""
    before = exempt.dep_ in ("amod", "compound", "nmod") and exempt.i < exempt.head.i
    return before and not any(child.lower_ == "from" for child in exempt.children)


def _adjective(token: Token, lemma: str) -> Frame | None:
    if lemma in words("allow", "ADJ") or lemma in words("allow"):
        if lemma == "exempt":
            return None if _names_a_class(token) else Frame(token, (token,), "adjective", False)
        if infinitive(token) is None or token.dep_ not in (
            "acomp",
            "ROOT",
            "oprd",
            "conj",
            "ccomp",
        ):
            return None
        if lemma in ("legal", "lawful", "permissible", "allowed", "eligible"):
            return Frame(token, (token,), "adjective", False)
        return None
    if lemma in words("forbid", "ADJ") and token.dep_ in ("acomp", "oprd", "conj", "ccomp"):
        if (
            lemma in ("illegal", "unlawful")
            and infinitive(token) is None
            and not any(c.dep_ == "csubj" for c in (*token.children, *token.head.children))
            and not (lemma == "illegal" and _says_what_is_illegal(token.head))
        ):
            return None
        return Frame(token, (token,), "adjective", True)
    return None


def _says_what_is_illegal(copula: Token) -> bool:
    """Whether the subject names something that is done, in general: "abortion is illegal"."""
    return grammar.form(copula).tense == "present" and any(
        c.dep_ == "nsubj" and _doing(c) for c in copula.children
    )


def _doing(noun: Token) -> bool:
    lemma = noun.lemma_.lower()
    if any(c.lower_ in ("the", "this", "that", "these", "those") for c in noun.children):
        return False  # "the strike was illegal": one that took place
    return noun.pos_ == "NOUN" and (
        lemma in words("nominal", "NOUN") or lemma.endswith(("tion", "sion", "ing", "ment"))
    )


def _modal(token: Token) -> Frame | None:
    """ "may not use", "cannot enter", "may reopen only if", "can only stay with a visa"."""
    if token.dep_ != "aux" or token.lower_ not in ("may", "can", "ca", "must", "could", "shall"):
        return None
    verb = token.head
    if verb.i < token.i or clauses.is_question(token.sent):
        return None
    if terms.on_terms(token, verb):
        return Frame(verb, (token,), "modal", False)
    if verb.lemma_ not in words("leave_act"):
        return None
    if any(c.dep_ == "aux" and c.lower_ == "have" for c in verb.children):
        return None
    subject = clauses.surface_subject(verb)
    reported = token.lower_ == "may" and verb.dep_ == "ccomp"
    if subject is None or (subject.lower_ in ("i", "it", "this", "that") and not reported):
        return None
    negation = grammar.negation(verb)
    if (
        negation is not None
        and token.lower_ in ("can", "ca")
        and verb.lemma_ in words("barred_act")
    ):
        following = token.nbor(1)
        return Frame(
            verb, (token, following) if following.dep_ == "neg" else (token,), "modal", True
        )
    only = any(c.lower_ == "only" and abs(c.i - token.i) <= 8 for c in verb.subtree)
    conditions = clauses.conditions(verb)
    strict = any(c.strict for c in conditions)
    rule = _rule_in(token.sent)
    if negation is not None:
        if negation.lower_ not in ("not", "n't", "n’t", "no") and not strict:
            return None
        if (
            token.lower_ in ("may", "must", "shall")
            and (
                strict
                or rule
                or verb.lemma_ in words("barred_act") | {"use", "carry", "wear", "drive"}
            )
        ) or (token.lower_ in ("can", "ca", "could") and (strict or rule)):
            pass
        else:
            return None
        anchor = (token, negation) if negation.i == token.i + 1 else (token,)
        return Frame(verb, anchor, "modal", True)
    if token.lower_ in ("may", "can") and (strict or (only and (rule or conditions or reported))):
        return Frame(verb, (token,), "modal", False)
    return None


def _rule_in(sentence: Span) -> bool:
    """Whether the sentence speaks of a rule: a law, an order, a licence, somebody's consent."""
    table = words("instrument", "NOUN") | words("permission", "NOUN") | words("restriction", "NOUN")
    vague = {"plan", "move", "step", "change", "deal", "vote", "access", "right", "decision", "act",
             "court", "leave", "light", "section", "order", "measure", "contract", "program",
             "scheme"}  # fmt: skip
    return any(
        (t.lemma_.lower() in table and t.lemma_.lower() not in vague)
        or (
            t.pos_ == "VERB"
            and t.lemma_.lower() in ("ban", "prohibit", "forbid", "outlaw", "restrict")
        )
        for t in sentence
    )
