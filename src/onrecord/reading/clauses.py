"""Clauses as propositions: their words, their conditions, the connectives between them.

What ``grammar`` asks of single verbs, this module asks of whole clauses, for the parts that keep
propositions (permissions, reasons, forecasts). Like there, a bad parse gives an empty answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from onrecord.reading import grammar

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})


_SPEECH = frozenset(
    {"say", "add", "tell", "note", "warn", "argue", "write", "explain", "report", "state", "insist"}
)


_CONDITION_MARKS = frozenset({"if", "unless", "once", "provided", "providing", "until", "lest"})


# Two and three words that open a condition; the rest of it is what the parse hangs below them.
_CONDITION_OPENERS: tuple[tuple[str, ...], ...] = (
    ("as", "long", "as"), ("so", "long", "as"), ("on", "condition"), ("on", "the", "condition"),
    ("in", "the", "event"), ("in", "case"), ("in", "exchange", "for"), ("in", "return", "for"),
    ("only", "if"), ("only", "when"), ("only", "after"), ("only", "with"), ("even", "if"),
    ("subject", "to"), ("depending", "on"), ("contingent", "on"), ("conditional", "on"),
    ("without",), ("absent",), ("barring",), ("pending",), ("provided",), ("unless",), ("if",),
)  # fmt: skip


_OPENERS_BY_WORD = {
    word: tuple(opener for opener in _CONDITION_OPENERS if opener[0] == word)
    for word in {opener[0] for opener in _CONDITION_OPENERS}
}
_FRONTED = {
    "as": (("as", "long", "as"), ("as", "soon", "as")), "so": (("so", "long", "as"),),
    "if": (("if",),), "when": (("when",),), "unless": (("unless",),), "once": (("once",),),
    "provided": (("provided",),), "even": (("even", "if"),),
}  # fmt: skip
# After these verbs "if" opens what is asked.
_ASKING = frozenset({"ask", "check", "decide", "determine", "know", "see", "wonder"})
_CONCESSIVE = frozenset({"though", "although", "whereas", "while", "whilst", "despite"})


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a clause: the word that opens it, all its words, and whether it is strict.

    A strict one says "not otherwise" (unless, only if, without, as long as).
    """

    opener: str
    tokens: tuple[Token, ...]
    strict: bool


def subtree(head: Token) -> list[Token]:
    """All words below ``head`` and itself, in order."""
    return list(head.subtree)


def trim(tokens: Iterable[Token], *, marks: bool = True) -> list[Token]:
    """``tokens`` without punctuation at either end and, with ``marks``, a leading "that"."""
    out = [t for t in tokens if not t.is_space]
    while out and (_is_edge(out[0]) or (out[0].dep_ == "cc" or (marks and out[0].dep_ == "mark"))):
        if marks and out[0].dep_ == "mark" and out[0].lower_ == "for":
            out = out[1:]
            continue
        if out[0].is_quote and _balanced(out):
            break
        out = out[1:]
    while out and (_is_edge(out[-1]) or out[-1].dep_ == "cc"):
        if out[-1].text in (")", "]") or (out[-1].is_quote and _balanced(out)):
            break
        out = out[:-1]
    return out


def proposition(
    verb: Token, *, without: Collection[Token] = (), linked: bool = True
) -> list[Token]:
    """The words of the whole proposition of ``verb``: its subject, its modal, all that hangs on it.

    Left out: who says so, the conditions, clauses coordinated with a subject or a modal of their
    own, the word that subordinates it, and the subtrees of ``without``. With ``linked`` false
    every coordinated verb is left out.
    """
    dropped = {t.i for head in without for t in head.subtree}
    for condition in conditions(verb):
        dropped.update(t.i for t in condition.tokens)
    for child in verb.children:
        if child.i in dropped:
            continue
        if child.dep_ == "conj" and grammar.is_verb(child):
            if not linked or own_clause(child):
                dropped.update(t.i for t in child.subtree)
                dropped.update(t.i for t in verb.children if t.dep_ == "cc" and t.i < child.i)
        elif (
            (
                child.dep_ == "advcl"
                and any(c.dep_ == "mark" and c.lower_ in _CONCESSIVE for c in child.children)
            )
            or child.dep_ in ("parataxis", "meta", "intj")
            or (child.lower_ == "according" and child.dep_ in ("prep", "advcl"))
            or (child.dep_ in ("ccomp", "advcl") and child.i < verb.i and _is_speech(child))
            or (child.dep_ == "ccomp" and own_clause(child) and _semicolon(child, verb))
        ):
            dropped.update(t.i for t in child.subtree)
    kept = [t for t in verb.subtree if t.i not in dropped]
    return trim(_unbroken(kept, verb))


def own_clause(verb: Token) -> bool:
    """Whether a coordinated ``verb`` opens a clause of its own: it has a subject or a modal."""
    return any(
        child.dep_ in _SUBJECTS
        or (child.dep_ in ("aux", "auxpass") and child.tag_ in ("MD", "VBZ", "VBP", "VBD"))
        for child in verb.children
    )


def surface_subject(verb: Token) -> Token | None:
    """The subject as it stands, active or passive, through coordination; None where none stands."""
    for _ in range(6):
        for child in verb.children:
            if child.dep_ in ("nsubj", "nsubjpass", "csubj"):
                return child
        if (
            verb.dep_ not in ("conj", "dep")
            or not grammar.is_verb(verb.head)
            or verb.head.i == verb.i
        ):
            return None
        verb = verb.head
    return None


def denial(verb: Token) -> Token | None:
    """The word that denies ``verb``: as ``grammar.negation``, and "in no way", "few think"."""
    found = grammar.negation(verb)
    if found is not None:
        return found
    for child in verb.children:
        if child.dep_ in ("prep", "advmod", "npadvmod") and child.lower_ in (
            "in",
            "under",
            "by",
            "at",
        ):
            for below in child.subtree:
                if below.lower_ == "no" and below.head.lower_ in (
                    "way",
                    "circumstances",
                    "circumstance",
                    "means",
                    "case",
                    "account",
                    "point",
                    "time",
                ):
                    return below
        if child.dep_ in ("nsubj", "nsubjpass") and (
            (child.lower_ in ("few", "neither"))
            or any(
                c.lower_ == "few" and not any(g.lower_ == "a" for g in child.children)
                for c in child.children
            )
        ):
            return child
    return None


def conditions(verb: Token) -> list[Condition]:
    """The conditions that hang on ``verb``, in the order of the text."""
    out: list[Condition] = []
    for child in verb.children:
        found = _as_condition(child, verb)
        if found is None and child.i > verb.i and not grammar.is_verb(child):
            found = _hung_deeper(child)
        if found is not None:
            out.append(found)
    return out


def _hung_deeper(child: Token) -> Condition | None:
    """A clause of "if" or "unless" that the parse hung on a word below: "let them in if …"."""
    for clause in child.children:
        if clause.dep_ not in ("advcl", "pcomp", "acl", "relcl") or not grammar.is_verb(clause):
            continue
        for mark in clause.children:
            if mark.dep_ in ("mark", "advmod") and mark.lower_ in ("if", "unless"):
                return _condition(mark.lower_, clause) if mark.i < clause.i else None
    return None


def condition_of(*verbs: Token) -> Condition | None:
    """The first condition that hangs on one of ``verbs``, asked in turn."""
    for verb in verbs:
        found = conditions(verb)
        if found:
            return found[0]
    return None


def in_condition(token: Token) -> bool:
    """Whether ``token`` stands inside a condition or a question put to somebody."""
    for _ in range(30):
        if token.dep_ in ("advcl", "ccomp", "pcomp", "relcl", "xcomp", "csubj") and grammar.is_verb(
            token
        ):
            for child in token.children:
                if child.dep_ in ("mark", "advmod") and child.lower_ in ("if", "unless", "whether"):
                    return True
            if token.dep_ == "advcl" and _should_first(token):
                return True
        if token.head.i == token.i:
            return False
        token = token.head
    return False


def fronted(tokens: Sequence[Token], verb: Token) -> int | None:
    """Where the clause of ``verb`` begins in ``tokens`` that open with its condition, or None.

    For parses that hang "As long as the rain falls, …" on a word deeper in the clause.
    """
    openers = _FRONTED.get(tokens[0].lower_, ()) if tokens else ()
    if not any(matches(tokens[0], opener) for opener in openers):
        return None
    subject = next(
        (c for c in verb.children if c.dep_ in _SUBJECTS and c.left_edge.i > tokens[0].i), None
    )
    if subject is None:
        return None
    start = None
    for at, token in enumerate(tokens):
        if token.i >= subject.left_edge.i:
            break
        if token.text == ",":
            start = at + 1
    return start


def is_question(sentence: Span) -> bool:
    """Whether ``sentence`` ends as a question."""
    for token in reversed(sentence):
        if token.is_quote or token.is_space or token.text in (")", "]"):
            continue
        return token.text.endswith("?")
    return False


def is_subjectless(verb: Token) -> bool:
    """Whether no subject of its own stands at ``verb``."""
    return not any(child.dep_ in _SUBJECTS for child in verb.children)


def matches(token: Token, words: tuple[str, ...]) -> bool:
    """Whether the words from ``token`` on read, in small letters, as ``words``."""
    doc, at = token.doc, token.i
    if at + len(words) > len(doc):
        return False
    # A plain loop, for speed: this is asked tens of times a sentence.
    for offset, word in enumerate(words):  # noqa: SIM110
        if doc[at + offset].lower_ != word:
            return False
    return True


def after(token: Token, opener: tuple[Token, ...]) -> Token | None:
    """The topmost word of the phrase or clause that begins at ``token``, right after ``opener``."""
    first, limit = opener[0].i, token.i
    marked = {t.head.i for t in opener if t.head.i >= limit}
    top = token
    while top.head.i != top.i and top.i not in marked:
        above = top.head
        if above.left_edge.i < first or above.i < limit:
            break
        if above.left_edge.i < limit and above.i not in marked:
            break
        top = above
    if (
        top.dep_ in ("nsubj", "nsubjpass", "expl")
        and top.head.i > top.i
        and grammar.is_verb(top.head)
    ):
        top = top.head  # "mainly because X was …", the opener hung on the subject
    return top


def _as_condition(child: Token, verb: Token) -> Condition | None:
    label = child.dep_
    if label == "advcl" or (label in ("ccomp", "parataxis") and child.i < verb.i):
        for word in child.children:
            if word.i > child.i:
                break
            if word.dep_ in ("mark", "advmod", "prep") and word.lower_ in _CONDITION_MARKS:
                if word.lower_ in ("until", "lest") or (
                    word.lower_ == "once" and word.i > child.left_edge.i + 1
                ):
                    continue
                if word.lower_ == "if" and (
                    (word.i > 0 and word.nbor(-1).lower_ == "as")
                    or (child.i > verb.i and verb.lemma_ in _ASKING)
                ):
                    continue  # "act as if …", "determine if …"
                return _condition(word.lower_, child)
            if word.lower_ in ("when", "whenever") and _when_to_come(child, verb):
                return _condition("when", child)
        if _should_first(child):
            return _condition("should", child)
        if child.lower_ == "permitting" and label == "advcl":
            return _condition("permitting", child)
        if (
            child.lower_
            in ("provided", "providing", "assuming", "supposing", "depending", "pending")
            and label == "advcl"
        ):
            return _condition(child.lower_, child)
    if label in ("prep", "advcl", "mark", "advmod", "pcomp", "npadvmod", "amod", "acomp", "prt"):
        first = child.left_edge
        for opener in _OPENERS_BY_WORD.get(first.lower_, ()):
            if label == "acomp" and opener[0] == "subject":
                continue  # "could be subject to a fine": what it could be
            if matches(first, opener) and (child.n_rights or len(opener) > 1):
                return _condition(" ".join(opener), child)
    return None


def _when_to_come(child: Token, verb: Token) -> bool:
    """Whether a clause of "when" goes before what will be: "when the bridge opens, … will"."""
    return (
        child.i < verb.i
        and grammar.form(child).tense == "present"
        and grammar.form(verb).modal in ("will", "shall", "could", "may", "might")
    )


_STRICT = frozenset(
    {"unless", "only if", "only when", "only after", "only with", "without", "as long as",
     "so long as", "on condition", "on the condition", "provided", "providing", "subject to",
     "contingent on", "conditional on", "pending", "absent"}
)  # fmt: skip


def _condition(opener: str, head: Token) -> Condition:
    tokens = trim(head.subtree, marks=False)
    doc = head.doc
    only = tokens[0].i > 0 and doc[tokens[0].i - 1].lower_ == "only" if tokens else False
    return Condition(opener, tuple(tokens), only or opener in _STRICT)


def _should_first(verb: Token) -> bool:
    """Whether ``verb`` opens with "should", as in "should the talks fail"."""
    first = verb.left_edge
    while first.is_punct and first.i < verb.i:
        first = first.nbor(1)
    return (
        first.lower_ in ("should", "were", "had")
        and first.head.i == verb.i
        and first.dep_ == "aux"
        and not (is_subjectless(verb))
    )


def _is_speech(verb: Token) -> bool:
    return verb.lemma_ in _SPEECH


def _semicolon(child: Token, verb: Token) -> bool:
    low, high = sorted((child.i, verb.i))
    return any(t.text == ";" for t in verb.doc[low:high])


def _unbroken(tokens: list[Token], head: Token) -> list[Token]:
    return tokens or [head]


def _is_edge(token: Token) -> bool:
    return token.is_punct and token.text not in ("$", "£", "€", "%")


def _balanced(tokens: list[Token]) -> bool:
    """Whether the quote marks among ``tokens`` come in pairs, so that none is a stray edge."""
    return sum(1 for t in tokens if t.is_quote) % 2 == 0
