"""A verb that shares the modal and the subject of one before it, where the parse lost the link.

"must respect the deal, not provoke bloodshed and allow aid": at times the parse makes "allow" a
clause of its own. A bare verb without a subject goes with the verb before it that has the modal.
"""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading import clauses, grammar

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})


def lead(verb: Token) -> Token | None:
    """The earlier verb whose modal and subject the bare ``verb`` shares, or None."""
    if verb.tag_ not in ("VB", "VBP") or not _coordinated(verb):
        return None
    if any(c.dep_ in _SUBJECTS or c.dep_ in ("aux", "auxpass") for c in verb.children):
        return None
    if grammar.form(verb).modal is not None or verb.dep_ in ("ccomp", "xcomp", "advcl"):
        return None
    for token in reversed(verb.doc[verb.sent.start : verb.i]):
        if token.text in (";", ":"):
            return None
        if token.tag_ in ("VBD", "VBZ") and token.dep_ not in ("relcl", "acl", "aux", "auxpass"):
            return None  # a finite clause lies between
        if token.tag_ == "MD" and token.dep_ == "aux" and token.head.i > token.i:
            return token.head if token.head.i < verb.i else None
    return None


def _coordinated(verb: Token) -> bool:
    """Whether "and", "or" or a comma stands before ``verb``, its own adverbs and "not" between."""
    at = verb.i - 1
    while at > verb.sent.start and verb.doc[at].dep_ in ("neg", "advmod"):
        at -= 1
    return at > verb.sent.start and verb.doc[at].lower_ in ("and", "or", ",")


def subjects(verb: Token) -> tuple[Token, ...]:
    """Who does what ``verb`` tells, through the verb that it shares its subject with."""
    first = lead(verb)
    return grammar.subjects(verb if first is None else first)


def denial(verb: Token) -> Token | None:
    """What denies ``verb``; "rarely" and "seldom" deny a leave as good as "not"."""
    found = clauses.denial(verb)
    if found is not None:
        return found
    return next(
        (c for c in verb.children if c.dep_ == "advmod" and c.lower_ in ("rarely", "seldom")), None
    )
