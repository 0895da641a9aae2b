"""Small questions of grammar, asked of the parse: whose verb, which phrase, what tense.

Every function takes spaCy tokens of one parsed document (ClearNLP labels, as the English spaCy
pipelines give them) and answers from the tree alone. None of them raises on a bad parse: what the
tree does not hold is an empty answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.tokens import Token

from onrecord.reading.grammar_verbs import Form, form, is_passive, is_verb, negation

__all__ = [
    "Form",
    "agents",
    "ancestors",
    "antecedent",
    "children",
    "clause_head",
    "clause_tokens",
    "conjuncts",
    "first_conjunct",
    "form",
    "has_word",
    "is_passive",
    "is_verb",
    "negation",
    "noun_conjuncts",
    "objects",
    "phrase",
    "possessors",
    "prep_objects",
    "short_phrase",
    "subjects",
]

_OBJECTS = frozenset({"dobj", "oprd"})
_CLAUSES = frozenset(
    {"relcl", "acl", "advcl", "ccomp", "xcomp", "csubj", "csubjpass", "pcomp", "parataxis"}
)
_OUTSIDE_PHRASE = frozenset(
    {
        "relcl",
        "acl",
        "appos",
        "punct",
        "cc",
        "conj",
        "preconj",
        "parataxis",
        "advcl",
        "dep",
        "ccomp",
        "xcomp",
        "meta",
        "intj",
        "mark",
    }
)
_RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
_OBJECT_CONTROL_TO = frozenset({"of", "for", "from", "into", "against", "with", "about", "over"})
_ACTED_ON = frozenset({
    "accuse", "suspect", "convict", "acquit", "charge", "blame", "condemn", "denounce", "prevent",
    "criticise", "criticize", "praise", "thank", "stop", "bar", "ban", "keep", "block", "deter",
    "arrest", "detain", "jail", "punish", "sentence", "fine", "sanction", "indict", "warn", "slam",
    "discourage", "dissuade", "prosecute", "sue",
})  # fmt: skip
_OBJECT_CONTROL = frozenset({
    "advise", "allow", "appoint", "ask", "assist", "authorise", "authorize", "beg", "believe",
    "beseech", "bribe", "call", "catch", "cause", "challenge", "choose", "coerce", "command",
    "compel", "consider", "convince", "delegate", "deploy", "direct", "dispatch", "drive",
    "elect", "empower", "enable", "encourage", "entitle", "entreat", "equip", "exhort", "expect",
    "find", "forbid", "force", "get", "have", "hear", "help", "hire", "implore", "incite",
    "induce", "inspire", "instruct", "intend", "invite", "keep", "lead", "leave", "let",
    "license", "like", "lobby", "make", "mandate", "motivate", "need", "nominate", "oblige",
    "order", "pay", "permit", "persuade", "petition", "prefer", "prepare", "press", "pressure",
    "pressurise", "prompt", "provoke", "push", "qualify", "recruit", "remind", "request",
    "require", "see", "select", "send", "show", "summon", "teach", "tell", "tempt", "train",
    "trick", "trust", "urge", "want", "warn", "watch",
})  # fmt: skip


def children(token: Token, *labels: str) -> list[Token]:
    """The children of ``token`` that carry one of ``labels``, in the order of the text."""
    return [child for child in token.children if child.dep_ in labels]


def first_conjunct(token: Token) -> Token:
    """The first member of the coordination that ``token`` belongs to, or itself."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def conjuncts(token: Token) -> tuple[Token, ...]:
    """``token`` and what is coordinated below it ("A, B and C" asked at A: A, B, C)."""
    out = [token]
    for member in out:
        out.extend(child for child in member.children if child.dep_ == "conj")
    return tuple(sorted(out, key=lambda t: t.i))


def noun_conjuncts(token: Token) -> tuple[Token, ...]:
    """Like ``conjuncts``, with only the members that can name somebody or something."""
    return tuple(t for t in conjuncts(token) if t.i == token.i or not is_verb(t))


def phrase(head: Token, *, appositions: bool = False) -> list[Token]:
    """The noun phrase of ``head``, in order, without clauses, coordination and appositions.

    "the rebels, who had attacked the town" gives "the rebels". Prepositional phrases stay ("the
    president of France") up to the clause that hangs on them; with ``appositions`` those stay too.
    """
    if not head.n_lefts and not head.n_rights:
        return [head]
    out = [head]
    stack = [head]
    while stack:
        for child in stack.pop().children:
            label = child.dep_
            if label in _OUTSIDE_PHRASE and not (
                (appositions and label == "appos") or _inside(child, head)
            ):
                continue
            if child.dep_ == "neg" and is_verb(head):
                continue
            out.append(child)
            stack.append(child)
    return _contiguous(sorted(out, key=lambda t: t.i), head)


def short_phrase(head: Token) -> list[Token]:
    """The noun phrase of ``head`` without what follows the head, save "of" phrases.

    "soldiers in the east" gives "soldiers"; "the president of France" stays whole.
    """
    out = [t for t in phrase(head) if t.i <= head.i]
    for child in head.children:
        if child.i > head.i and child.dep_ == "prep" and child.lower_ == "of":
            out.extend(t for t in phrase(child))
    return _contiguous(sorted(set(out), key=lambda t: t.i), head)


def subjects(verb: Token) -> tuple[Token, ...]:
    """Who does what ``verb`` tells, heads in order, through passives, control and relatives.

    "X was hit by Y": Y. "X wants to hit Y" at "hit": X. "accused X of hitting Y" at "hitting": X.
    "X, who hit Y" at "hit": X. "X came and hit Y" at "hit": X. Empty where none is told.
    """
    head = _subject_head(verb, 0)
    return () if head is None else _members(head)


def objects(verb: Token) -> tuple[Token, ...]:
    """Whom ``verb`` is done to, heads in order, through passives and relatives.

    "Y was hit": Y. "towns shelled by X" at "shelled": towns. "the man whom X hit" at "hit": man.
    "hit and burned Y" at "hit": Y, where nothing else is hit.
    """
    if is_passive(verb):
        surface = _surface_subject(verb, 0)
        return () if surface is None else _members(surface)
    for child in verb.children:
        if child.dep_ in _OBJECTS:
            target = antecedent(child)
            return _members(target)
    if verb.dep_ == "relcl" and _gap_is_object(verb):
        return _members(verb.head)
    if verb.tag_ != "VBG":
        for child in verb.children:
            if child.dep_ == "conj" and is_verb(child) and child.i - verb.i <= 3:
                shared = [c for c in child.children if c.dep_ == "dobj"]
                if shared and not children(verb, "prep", "ccomp", "xcomp"):
                    return _members(shared[0])
    return ()


def prep_objects(head: Token, *prepositions: str) -> tuple[Token, ...]:
    """Heads governed by one of ``prepositions`` under ``head`` ("talks with A and B": A, B).

    Any preposition where none is given. Agents ("by" of a passive) are left to ``agents``.
    """
    out: list[Token] = []
    for child in head.children:
        if child.dep_ in ("prep", "dative") and (not prepositions or child.lower_ in prepositions):
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    out.extend(_members(antecedent(grandchild)))
                elif grandchild.dep_ == "prep" and (
                    not prepositions or grandchild.lower_ in prepositions
                ):
                    for below in grandchild.children:
                        if below.dep_ == "pobj":
                            out.extend(_members(antecedent(below)))
    return tuple(out)


def agents(verb: Token) -> tuple[Token, ...]:
    """The heads after "by" of a passive or of a noun of action ("the attack by rebels")."""
    for child in verb.children:
        if child.lower_ == "by" and child.dep_ in ("agent", "prep", "dative"):
            found = [t for t in child.children if t.dep_ == "pobj"]
            if found:
                return _members(antecedent(found[0]))
    return ()


def possessors(noun: Token) -> tuple[Token, ...]:
    """The heads that own ``noun`` ("Russia's invasion", "their visit")."""
    for child in noun.children:
        if child.dep_ == "poss":
            return _members(antecedent(child) if child.lower_ == "whose" else child)
    return ()


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for; any other token is its own answer."""
    if token.lower_ in _RELATIVE and token.tag_ in ("WP", "WDT", "WP$", "IN"):
        clause: Token | None = token
        while clause is not None and clause.dep_ != "relcl":
            clause = clause.head if clause.head.i != clause.i else None
        if clause is not None and clause.head.i != clause.i:
            return _who(token, clause.head)
    return token


def _who(pronoun: Token, noun: Token) -> Token:
    """The noun that "who" stands for: not "office" in "X assuming office, who has pledged"."""
    if pronoun.lower_ not in ("who", "whom") or noun.ent_type_ or noun.pos_ != "NOUN":
        return noun
    verb = noun.head
    if noun.dep_ == "dobj" and is_verb(verb):
        for child in verb.children:
            if child.dep_ == "nsubj" and child.pos_ == "PROPN":
                return child
    return noun


def clause_head(token: Token) -> Token:
    """The verb of the clause that ``token`` stands in; the root where no verb is above it."""
    while not is_verb(token) and token.head.i != token.i:
        token = token.head
    return token


def clause_tokens(head: Token) -> list[Token]:
    """The words of the clause of ``head``: its subtree without the clauses below it."""
    out = [head]
    stack = [head]
    while stack:
        for child in stack.pop().children:
            if (child.dep_ in _CLAUSES or child.dep_ == "conj") and is_verb(child):
                continue
            out.append(child)
            stack.append(child)
    out.sort(key=lambda t: t.i)
    return out


def ancestors(token: Token) -> Iterator[Token]:
    """The heads above ``token``, the nearest first."""
    while token.head.i != token.i:
        token = token.head
        yield token


def _inside(child: Token, head: Token) -> bool:
    """Whether punctuation or coordination stands inside a phrase ("police and army units")."""
    if child.dep_ in ("cc", "conj", "punct") and child.head.i != head.i:
        return True
    return child.dep_ == "punct" and child.i < head.i and child.text in ("-", "–", "/", "'", "’")


def _contiguous(tokens: list[Token], head: Token) -> list[Token]:
    """``tokens`` cut at punctuation that would end or begin the phrase."""
    while (
        tokens
        and tokens[0].i != head.i
        and (tokens[0].is_punct or tokens[0].is_space or tokens[0].dep_ == "cc")
    ):
        if tokens[0].is_quote and any(t.is_quote for t in tokens[1:]):
            break
        tokens = tokens[1:]
    while (
        tokens
        and tokens[-1].i != head.i
        and (tokens[-1].is_punct or tokens[-1].is_space or tokens[-1].dep_ == "cc")
    ):
        if tokens[-1].is_quote and any(t.is_quote for t in tokens[:-1]):
            break
        tokens = tokens[:-1]
    return tokens


def _members(head: Token) -> tuple[Token, ...]:
    return noun_conjuncts(head)


def _subject_head(verb: Token, depth: int) -> Token | None:
    if is_passive(verb):
        found = agents(verb)
        if not found:  # "convicted and jailed by a court": the agent of both stands with the last
            found = tuple(
                agent
                for other in conjuncts(verb)[1:]
                if is_verb(other) and is_passive(other)
                for agent in agents(other)
            )
        return found[0] if found else None
    return _surface_subject(verb, depth)


def _surface_subject(verb: Token, depth: int) -> Token | None:
    """The subject as it stands, through relatives, coordination and control."""
    if depth > 12:
        return None
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass"):
            if child.dep_ == "nsubj" and is_passive(verb) and verb.dep_ == "relcl":
                continue
            return antecedent(child)
    label, head = verb.dep_, verb.head
    if head.i == verb.i:
        return None
    if label == "relcl":
        return None if _gap_is_object(verb) else head
    if label in ("acl", "amod"):
        if is_verb(head):
            return _surface_subject(head, depth + 1)
        if verb.tag_ in ("VBG", "VBN"):
            return head
        return _owner(head, depth)
    if label == "conj":
        return _surface_subject(head, depth + 1) if is_verb(head) else None
    if label == "xcomp":
        return _controller(head, depth)
    if label == "advcl":
        return (
            _surface_subject(head, depth + 1)
            if is_verb(head) and not children(verb, "mark")
            else None
        )
    if label == "ccomp":
        # "urged Moscow to stop" is at times parsed as a clause without a subject.
        return _controller(head, depth) if verb.tag_ == "VB" else None
    if label == "pcomp" and is_verb(head.head):
        return _controller_through(head, depth)
    if label == "pcomp":
        noun = head.head
        if (
            noun.dep_ in ("dobj", "nsubjpass")
            and head.lower_ in _OBJECT_CONTROL_TO
            and noun.head.lemma_ in _ACTED_ON
        ):
            return antecedent(noun)
        return _owner(noun, depth)
    return None


def _controller(head: Token, depth: int) -> Token | None:
    """Who acts in the infinitive below ``head``: its object ("urged X to"), else its subject."""
    if not is_verb(head):
        return _surface_subject(head.head, depth + 1) if is_verb(head.head) else _owner(head, depth)
    for child in head.children:
        if (
            child.dep_ in ("dobj", "dative")
            and head.lemma_ in _OBJECT_CONTROL
            and child.pos_ in ("NOUN", "PROPN", "PRON")
        ):
            return antecedent(child)
    for child in head.children:
        if (
            child.dep_ == "prep"
            and child.lower_ in ("on", "for")
            and head.lemma_ in ("call", "wait", "press")
        ):
            below = children(child, "pobj")
            if below:
                return antecedent(below[0])
    return _surface_subject(head, depth + 1)


def _controller_through(preposition: Token, depth: int) -> Token | None:
    """Who acts in "of attacking": the object above ("accused X of"), else the subject."""
    verb = preposition.head
    if preposition.lower_ in _OBJECT_CONTROL_TO and not is_passive(verb):
        below = children(verb, "dobj")
        if below and below[0].pos_ in ("NOUN", "PROPN", "PRON"):
            return antecedent(below[0])
    return _surface_subject(verb, depth + 1)


def _owner(noun: Token, depth: int) -> Token | None:
    """Who acts in the infinitive of a noun ("Russia's plan to attack", "made a promise to")."""
    found = possessors(noun)
    if found:
        return found[0]
    verb = noun.head
    if noun.dep_ in ("dobj", "attr", "pobj") and is_verb(verb):
        return _surface_subject(verb, depth + 1)
    if noun.dep_ in ("nsubj", "nsubjpass") and noun.pos_ in ("NOUN", "PROPN"):
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in ("by", "of"):
                below = children(child, "pobj")
                if below:
                    return below[0]
    # "accused the rebels of planning" is at times hung on the object: the object acts.
    return noun if noun.dep_ == "dobj" else None


def _gap_is_object(verb: Token) -> bool:
    """Whether what the relative clause of ``verb`` lacks is its object, not its subject."""
    if any(c.tag_ == "WRB" for c in verb.children):
        return False  # "the town, when police arrested": a time or place is lacking
    has_subject = False
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass"):
            has_subject = child.lower_ not in ("who", "which", "that")
            if not has_subject:
                return False
        if child.dep_ == "dobj":
            return child.lower_ in _RELATIVE
    return has_subject


def has_word(tokens: Collection[Token], words: Collection[str]) -> bool:
    """Whether one of ``tokens`` reads, in small letters, as one of ``words``."""
    return any(token.lower_ in words for token in tokens)
