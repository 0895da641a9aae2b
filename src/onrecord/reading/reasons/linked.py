"""Reasons told by words that may also tell when or how: so, since, as, after, for, over."""

from __future__ import annotations

from spacy.tokens import Span, Token

from onrecord.reading import clauses, grammar
from onrecord.reading.reasons.kinds import Find, explained, opposes, reactive, temporal_since


def so(token: Token) -> Find | None:
    """ "so that X could", "so X can": an aim; "…, so they left": the cause is the clause before."""
    head = token.head
    if token.dep_ == "mark" and grammar.is_verb(head):
        modal = next((c for c in head.children if c.tag_ == "MD"), None)
        if modal is not None and modal.lower_ in (
            "can",
            "could",
            "may",
            "might",
            "will",
            "would",
            "wo",
            "ca",
        ):
            content = tuple(clauses.proposition(head))
            governor = head.head if head.head.i != head.i else None
            told = explained(governor, (token,), content) if governor is not None else ()
            return Find("aim", (token,), content, told, governor, "so")
    if (
        token.i + 1 < len(token.doc)
        and token.dep_ in ("cc", "advmod", "mark", "prep")
        and grammar.is_verb(head)
    ):
        before = token.doc[token.i - 1] if token.i > token.sent.start else None
        if before is None or not (
            before.text in (",", ";", "—", "–", "-") or before.lower_ == "and"
        ):
            return None
        if head.left_edge.i > token.i + 3 or not _clause_starts(token, head):
            return None
        main = (
            head.head
            if head.dep_ in ("conj", "advcl", "ccomp", "parataxis") and head.head.i < token.i
            else None
        )
        if main is None:
            main = next(
                (c for c in head.children if c.dep_ in ("ccomp", "advcl") and c.i < token.i), None
            )
        while (
            main is not None
            and main.head.i != main.i
            and main.head.i < token.i
            and main.head.i != head.i
        ):
            main = main.head
        if main is None or not grammar.is_verb(main):
            return None
        if _opines(head) or (_opines(main) and not grammar.children(main, "ccomp")):
            return None  # "so I guess we walk": why it is thought, not why it is
        drop = (head,) if head.i > main.i and main.is_ancestor(head) else ()
        before_so = [t for t in clauses.proposition(main, without=drop) if t.i < token.i]
        of = [t for t in clauses.proposition(head) if t.i > token.i]
        if not before_so or not of:
            return None
        return Find("cause", (token,), tuple(clauses.trim(before_so)), tuple(of), head, "so")
    return None


def _opines(verb: Token) -> bool:
    """Whether the speaker only says that he thinks so: "I think", "I guess"."""
    return verb.lemma_ in ("think", "guess", "suppose", "mean", "reckon") and any(
        c.dep_ == "nsubj" and c.lower_ == "i" for c in verb.children
    )


def _clause_starts(token: Token, head: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass", "expl") and c.i > token.i for c in head.children)


def since(token: Token) -> Find | None:
    """The cause of a "since" that does not tell when."""
    head = token.head
    if token.dep_ != "mark" or not grammar.is_verb(head) or temporal_since(head):
        return None
    return _clause(token, head, "since")


def as_(token: Token) -> Find | None:
    """ "as" is read as a cause only where its clause is a state told of the present or of being."""
    head = token.head
    if token.dep_ not in ("mark", "prep") or not grammar.is_verb(head) or head.dep_ != "advcl":
        return None
    if token.i > 0 and token.nbor(-1).lower_ in (
        "such",
        "just",
        "well",
        "far",
        "long",
        "soon",
        "same",
        "much",
        "even",
    ):
        return None
    if head.lemma_ == "be" and not grammar.children(head, "attr", "acomp", "csubj"):
        return None  # "as it soon will be": a comparison
    if grammar.is_passive(head) and head.lemma_ in ("know", "call", "see", "say", "name"):
        return None  # "as the area is known"
    if token.i > 0 and token.nbor(-1).lower_ in ("particularly", "especially", "mainly", "partly"):
        return _clause(token, head, "since")
    form = grammar.form(head)
    state = head.lemma_ in (
        "be",
        "have",
        "need",
        "lack",
        "want",
        "remain",
        "believe",
        "think",
        "know",
    )
    if (
        head.i < head.head.i  # in front: "As gas is cleaner, it is in demand"
        and state
        and form.tense == "present"
        and grammar.form(head.head).tense in ("present", "future")
        and grammar.children(head, "nsubj", "csubj")
    ):
        return _clause(token, head, "since")
    if token.i > head.head.i and (
        form.modal in ("may", "might", "could", "would", "will")
        or (token.nbor(-1).text == "," and (form.perfect or state))
        or (form.tense == "present" and state and grammar.children(head, "nsubj", "csubj"))
    ):
        return _clause(token, head, "since")
    return None


def after(token: Token) -> Find | None:
    """The cause of an "after" whose clause tells the occasion of a reaction."""
    head = token.head
    if token.dep_ == "mark" and grammar.is_verb(head) and head.dep_ == "advcl":
        governor = head.head
        if reactive(governor) and not _months_before(token):
            return _clause(token, head, "after")
        return None
    if (
        token.dep_ == "prep"
        and grammar.is_verb(head)
        and reactive(head)
        and not _months_before(token)
    ):
        below = [
            c for c in token.children if c.dep_ == ("pcomp" if token.lower_ == "after" else "pobj")
        ]
        if below and token.lower_ == "following":
            content = tuple(below[0].subtree)
            return Find(
                "cause", (token,), content, explained(head, (token,), content), head, "after"
            )
        if below:
            content = tuple(clauses.proposition(below[0]))
            return Find(
                "cause", (token,), content, explained(head, (token,), content), head, "after"
            )
    return None


def that_is_why(token: Token, previous: Span | None) -> Find | None:
    """ "That is why the union walked out": the cause is the sentence before."""
    clause = token.head
    verb = clause.head
    if not grammar.is_verb(clause) or clause.i == verb.i:
        return None
    if verb.lemma_ != "be" and verb.lower_ not in ("’s", "'s"):
        return None
    if not any(c.dep_ == "nsubj" and c.lower_ in ("that", "this", "which") for c in verb.children):
        return None
    of = tuple(t for t in clauses.proposition(clause) if t.i > token.i)
    before = [t for t in verb.doc[verb.sent.start : verb.left_edge.i] if not t.is_punct]
    joined = verb.dep_ == "conj" and verb.head.i < verb.i and grammar.is_verb(verb.head)
    if joined and len(before) > 3:  # "we know that, and that is why we have"
        content = tuple(
            t for t in clauses.proposition(verb.head, without=(verb,)) if t.i < verb.left_edge.i
        )
    elif previous is not None:
        content = tuple(clauses.trim(previous))
    else:
        return None
    return Find("cause", (token,), content, of, clause, "so") if content else None


def _months_before(token: Token) -> bool:
    """Whether a stretch of time stands before "after" (two days after), so that it tells when."""
    before = token.doc[token.i - 1] if token.i > 0 else None
    return before is not None and (
        before.lemma_
        in (
            "day",
            "hour",
            "week",
            "month",
            "year",
            "minute",
            "decade",
            "shortly",
            "soon",
            "immediately",
            "long",
            "just",
            "moment",
        )
    )


def _clause(token: Token, head: Token, rule: str) -> Find | None:
    governor = head.head if head.head.i != head.i else None
    content = tuple(t for t in clauses.proposition(head) if t.i > token.i)
    if not content or governor is None:
        return None
    kind = "objection" if opposes(governor) else "cause"
    return Find(kind, (token,), content, explained(governor, (token,), content), governor, rule)


# Adverbials of result (PDTB 3, Contingency.Cause.Result); those that are also other things need
# a comma after them.
RESULTS: dict[str, tuple[tuple[tuple[str, ...], bool], ...]] = {
    "as": (
        (("as", "a", "result"), True),
        (("as", "a", "consequence"), True),
        (("as", "result"), True),
    ),
    "in": ((("in", "response"), True), (("in", "retaliation"), True), (("in", "reaction"), True)),
    "for": ((("for", "this", "reason"), False), (("for", "that", "reason"), False)),
    "therefore": ((("therefore",), False),),
    "thus": ((("thus",), False),),
    "hence": ((("hence",), False),),
    "consequently": ((("consequently",), False),),
    "accordingly": ((("accordingly",), True),),
}


def _main_clause(sentence: Span | None) -> tuple[Token, ...]:
    """The clause that a sentence tells; the whole of it where somebody says it or none stands."""
    if sentence is None:
        return ()
    root = sentence.root
    if not grammar.is_verb(root) or grammar.children(root, "ccomp", "parataxis"):
        return tuple(clauses.trim(sentence))
    when = [
        c
        for c in root.children
        if c.dep_ == "advcl" and c.i < root.i and c.left_edge.lower_ in ("when", "while", "as")
    ]
    return tuple(clauses.proposition(root, without=when))


def result(token: Token, previous: Span | None) -> Find | None:
    """The cause told by an adverbial of result at the head of its clause: what goes before it."""
    doc, sentence = token.doc, token.sent
    for words, comma in RESULTS.get(token.lower_, ()):
        end = token.i + len(words)
        if not clauses.matches(token, words) or end >= sentence.end:
            continue
        opens = token.i == sentence.start or token.nbor(-1).dep_ == "cc"
        if comma and doc[end].text != "," and not (opens and doc[end].dep_ != "prep"):
            return None
        anchor = tuple(doc[token.i : end])
        verb = grammar.clause_head(anchor[0])
        of = tuple(t for t in clauses.proposition(verb, linked=False) if t.i >= end)
        if not of or not grammar.is_verb(verb):
            return None
        before = [t for t in doc[sentence.start : token.i] if not t.is_punct and not t.is_space]
        if not before or (len(before) == 1 and before[0].dep_ == "cc"):
            content = _main_clause(previous)
        elif before[-1].dep_ == "cc" or doc[token.i - 1].text == ";":
            content = tuple(clauses.trim(doc[sentence.start : token.i]))
        else:
            return None
        return Find("cause", anchor, content, of, verb, "so") if content else None
    return None
