"""Nouns of leave (permission, ban, licence, request) and the verbs that grant or lift them."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading import grammar
from onrecord.reading.permissions.words import Frame, words

_PASSAGE = {"passage": ("safe", "free"), "light": ("green",), "nod": ("the",),
            "order": ("restraining", "court", "protection"),
            "card": ("press", "green", "residence", "identity", "work"),
            "status": ("refugee", "protected", "legal", "resident")}  # fmt: skip


_NO_BARE = frozenset(
    {"sanction", "order", "limit", "closure", "freeze", "blockade", "lockdown", "light", "nod"}
)


def read_noun(token: Token, lemma: str) -> Frame | None:
    """The frame of a noun of leave: with the verb that grants or lifts it, or alone."""
    permission, restriction = words("permission", "NOUN"), words("restriction", "NOUN")
    asks = words("request", "NOUN")
    if lemma == "approval" and any(c.ent_type_ == "PERCENT" for c in token.children):
        return None  # what a poll gives
    if lemma == "ahead":
        lemma = "go-ahead"
    if (
        lemma in _PASSAGE
        and lemma not in ("status",)
        and not any(c.lower_ in _PASSAGE[lemma] for c in token.children)
    ):
        return None
    if (
        token.dep_ in ("compound", "amod")
        and token.head.pos_ in ("NOUN", "PROPN")
        and token.head.i > token.i
    ):
        return None  # the head noun is the trigger, if there is one
    if lemma in words("easable", "NOUN"):
        return _eased(token)
    if lemma not in permission and lemma not in restriction and lemma not in asks:
        return None
    if (
        token.pos_ == "PROPN"
        and token.ent_type_ in ("PERSON", "GPE", "ORG")
        and lemma not in ("visa",)
    ):
        return None
    undone = _undoing(token) if lemma in restriction else None
    if undone is not None:
        return Frame(undone, (undone,), "lift", False, token)
    if lemma == "immunity" and any(c.lower_ == "herd" for c in token.children):
        return None  # against a disease
    if lemma == "registration" and any(c.lower_ == "voter" for c in token.children):
        return None  # what voters do
    supported = _support(token, lemma)
    if supported is not None:
        return supported
    if lemma in asks and lemma not in permission | restriction:
        return None
    subject_to = _subject_to(token) if lemma in permission else None
    if subject_to is not None:
        return Frame(token, (subject_to, token), "subject", False)
    without = token.head if token.dep_ == "pobj" and token.head.lower_ == "without" else None
    if without is not None and lemma in permission and lemma not in ("right", "access", "status"):
        return Frame(token, (without, token), "without", False)
    if lemma not in words("bare", "NOUN") or noun_act(token) is None:
        return None
    return Frame(token, (token,), "noun", lemma in restriction)


# What is at an end when it is lifted, though it lets: "lifted his immunity", "lift the permit".
_LIFTED = frozenset(
    {"accreditation", "approval", "authorisation", "authorization", "clearance", "consent",
     "exemption", "immunity", "licence", "license", "permission", "permit", "waiver"}
)  # fmt: skip
_UNDOING = frozenset(
    {"lifting", "removal", "removing", "easing", "ending", "relaxation", "loosening", "repeal",
     "abolition", "suspension"}
)  # fmt: skip


def _eased(noun: Token) -> Frame | None:
    """ "eased the rules on fishing": rules bind, but only their easing is told by its verb."""
    verb = _governor(noun)
    if verb is None or noun.dep_ == "pobj" or verb.lemma_ not in words("ease"):
        return None
    return Frame(verb, _with_particle(verb), "lift", False, noun)


def _subject_to(noun: Token) -> Token | None:
    """The word of need in "subject to approval", "contingent on a waiver", "pending approval"."""
    if noun.dep_ != "pobj":
        return None
    above = noun.head
    if above.lower_ == "pending" and above.dep_ in ("prep", "advcl", "mark"):
        return above
    if above.lower_ in ("to", "on", "upon") and above.head.lower_ in (
        "subject", "contingent", "conditional", "dependent", "conditioned",
    ):  # fmt: skip
        return above.head
    return None


def _undoing(noun: Token) -> Token | None:
    """The noun of lifting that governs a restriction: "the lifting of the ban"."""
    of = noun.head
    if noun.dep_ != "pobj" or of.lower_ not in ("of", "on", "to"):
        return None
    above = of.head
    return above if above.lower_ in _UNDOING and above.dep_ in _NOMINAL else None


_NOMINAL = frozenset({"dobj", "pobj", "nsubj", "nsubjpass", "attr", "conj"})


def undergoer(verb: Token) -> Token | None:
    """Who has something done to him: "he had his licence revoked", or None."""
    above = verb.head
    if (
        verb.tag_ in ("VBN", "VBD")
        and verb.dep_ in ("ccomp", "xcomp")
        and above.lemma_ in ("have", "get", "see")
        and above.i < verb.i
        and not any(c.dep_ in ("aux", "auxpass", "mark") for c in verb.children)
    ):
        found = grammar.subjects(above)
        return found[0] if found else None
    return None


def noun_act(noun: Token, *, compounds: bool = True) -> Token | None:
    """What a noun of leave is about ("permission to borrow", "a ban on fishing")."""
    for child in noun.children:
        if child.i < noun.i:
            continue
        if child.dep_ in ("acl", "relcl", "xcomp", "advcl", "ccomp") and any(
            c.tag_ == "TO" for c in child.children
        ):
            return child
        if child.dep_ == "acl" and child.tag_ == "VBG":
            return child
        if child.dep_ == "prep" and child.lower_ in ("on", "for", "to", "of", "from", "against"):
            for below in child.children:
                if below.lemma_ in ("condition", "ground", "basis", "term", "behalf"):
                    continue
                if below.dep_ == "pcomp" or (
                    below.dep_ == "pobj" and below.pos_ in ("NOUN", "PROPN", "PRON", "VERB")
                ):
                    if child.lower_ == "of" and below.lemma_ in ("year", "month", "person"):
                        continue
                    return below
    for child in noun.children if compounds else ():
        if child.dep_ == "compound" and child.lemma_.lower() in (
            "travel",
            "export",
            "import",
            "entry",
            "arms",
            "smoking",
            "flight",
            "visa",
            "overflight",
            "abortion",
            "driving",
            "fishing",
            "hunting",
            "mining",
            "trade",
        ):
            return child
    return None


def _support(noun: Token, lemma: str) -> Frame | None:
    """The verb that grants, denies, lifts, imposes, revokes or needs what ``noun`` names."""
    verb = _governor(noun)
    if verb is None:
        return None
    name = verb.lemma_.lower()
    particle = "".join(c.lower_ for c in verb.children if c.dep_ == "prt")
    permission = lemma in words("permission", "NOUN")
    restriction = lemma in words("restriction", "NOUN")
    passive = grammar.is_passive(verb) or undergoer(verb) is not None or small_clause(verb)
    by_object = noun.dep_ in ("dobj", "nsubjpass", "oprd", "pobj", "dative", "conj") or passive
    if noun.dep_ == "nsubj" and not passive:
        if restriction and name in (
            "remain",
            "stay",
            "come",
            "take",
            "apply",
            "bar",
            "prevent",
            "prohibit",
            "begin",
            "start",
        ):
            return Frame(verb, (noun,), "impose", True, noun)
        if restriction and name in ("expire", "lapse"):
            return Frame(verb, (verb,), "lift", False, noun)
        if permission and name in ("expire", "lapse"):
            return Frame(verb, (verb,), "revoke", False, noun)
        return None
    if noun.dep_ == "attr":
        return None
    if not by_object:
        return None
    if restriction:
        if name in ("seek", "request", "demand", "want") and noun.dep_ == "dobj":
            return Frame(verb, (verb,), "request", True, noun)
        if noun.dep_ != "pobj" and name in words("lift"):
            return Frame(verb, _with_particle(verb), "lift", False, noun)
        if (
            noun.dep_ != "pobj"
            and name in words("impose")
            and lemma not in ("sanction", "order", "limit", "freeze", "closure")
        ):
            if lemma in _NO_BARE:
                return None
            return Frame(verb, (verb, noun), "impose", True, noun)
        if name in ("violate", "break", "breach", "defy", "flout"):
            return None
        if name in words("deny") and noun.dep_ != "pobj" and name in ("reject", "oppose", "refuse"):
            return Frame(verb, (verb,), "deny ban", True, noun)
        return None
    if permission:
        if (
            lemma
            in ("right", "status", "freedom", "authority", "standing", "membership", "concession")
            and noun_act(noun) is None
            and name not in ("revoke", "strip", "grant", "suspend", "deny")
        ):
            return None
        if name == "take" and any(c.lower_ == "away" for c in verb.children):
            return Frame(verb, _with_particle(verb), "revoke", False, noun)
        if name == "lift" and noun.dep_ != "pobj" and lemma in _LIFTED:
            return Frame(verb, (verb,), "revoke", False, noun)
        if name in words("revoke") and noun.dep_ != "pobj":
            if name in ("lose", "pull", "terminate", "cancel", "withdraw", "suspend") and (
                lemma in ("leave", "right", "passage") or (lemma == "access" and name == "lose")
            ):
                return None
            return Frame(verb, (verb,), "revoke", False, noun)
        if name == "strip":
            return Frame(verb, (verb,), "revoke", False, noun)
        if (
            name in words("deny")
            and noun.dep_ != "pobj"
            and (name != "turn" or particle == "down")
            and name not in ("oppose",)
        ):
            return Frame(verb, _with_particle(verb), "deny", False, noun)
        if lemma == "access" and name in ("provide", "offer", "guarantee", "extend"):
            return None
        if name in words("give") and noun.dep_ != "pobj":
            return Frame(verb, (verb, noun), "give", False, noun)
        if name in words("receive") and noun.dep_ != "pobj":
            if lemma == "access" and name in ("have", "get", "enjoy", "hold", "gain"):
                return None  # what can be had, not what is allowed
            if lemma == "right" and name in ("have", "enjoy", "hold", "possess"):
                return None  # a mere claim of a right
            if (
                lemma
                in ("right", "access", "authority", "leave", "registration", "citizenship", "entry")
                and noun_act(noun) is None
                and name in ("have", "gain", "enjoy", "hold", "get")
            ):
                return None
            return Frame(verb, (verb, noun), "receive", False, noun)
        if name in words("need") and noun.dep_ != "pobj":
            return Frame(verb, (verb, noun), "need", False, noun)
        if name in words("request") and (
            noun.dep_ == "pobj" or name in ("request", "seek", "demand", "beg")
        ):
            return Frame(verb, (verb,), "request", False, noun)
        return None
    if name in words("deny") and noun.dep_ != "pobj" and (name != "turn" or particle == "down"):
        if name in ("block", "veto", "oppose") or not _asks_leave(noun, lemma):
            return None
        return Frame(verb, _with_particle(verb), "deny", False, noun)
    if (
        name in ("grant", "approve", "accept")
        and lemma
        in ("request", "application", "petition", "appeal", "motion", "claim", "plea", "bid")
        and noun.dep_ != "pobj"
    ):
        if name == "accept" and (lemma == "application" or not _asks_leave(noun, lemma)):
            return None  # "is accepting applications": takes them in
        return Frame(verb, (verb,), "give", False, noun)
    return None


def small_clause(verb: Token) -> bool:
    """Whether ``verb`` is what was ordered to be done: "ordered her citizenship revoked"."""
    return (
        verb.tag_ == "VBN"
        and verb.dep_ in ("ccomp", "xcomp")
        and verb.head.lemma_ in ("order", "want", "demand", "declare", "rule")
        and verb.head.i < verb.i
        and not any(c.dep_ in ("aux", "auxpass", "mark") for c in verb.children)
    )


def _asks_leave(noun: Token, lemma: str) -> bool:
    """Whether a request is for leave, not only for words: an application, a plea, asylum."""
    if lemma in ("merger", "takeover", "acquisition", "extradition"):
        return True
    if lemma in ("application", "petition", "request", "motion", "plea"):
        return True
    if lemma in ("claim", "bid", "appeal", "demand", "call"):
        return any(
            c.lemma_.lower() in ("asylum", "visa", "refugee", "bail", "parole", "custody")
            for c in noun.children
        ) or any(
            c.dep_ in ("acl", "relcl", "xcomp") and any(g.tag_ == "TO" for g in c.children)
            for c in noun.children
        )
    return False


_AMOUNTS = frozenset(
    {"number", "series", "kind", "type", "rest", "majority", "hundred", "thousand", "dozen",
     "score", "range", "set", "raft", "spate", "slew", "host", "couple", "handful"}
)  # fmt: skip


def _governor(noun: Token) -> Token | None:
    """The verb that ``noun`` is the object, passive subject, or prepositional object of."""
    head = grammar.first_conjunct(noun).head
    label = grammar.first_conjunct(noun).dep_
    if label == "pobj":
        if head.lower_ not in ("for", "of", "from", "to", "with"):
            return None
        head = head.head
        if (
            head.pos_ in ("NOUN",)
            and head.dep_ in ("dobj", "nsubjpass")
            and head.lemma_ in _AMOUNTS
        ):
            head = head.head
    if label == "dobj" and head.lemma_ in ("order", "want", "demand", "direct", "ask"):
        # "ordered her citizenship to be revoked"
        head = next((c for c in head.children if c.dep_ == "xcomp" and grammar.is_passive(c)), head)
    if head.lemma_ == "be" and label == "nsubj":  # "restrictions were to be lifted"
        head = next((c for c in head.children if c.dep_ == "xcomp" and grammar.is_passive(c)), head)
    return head if grammar.is_verb(head) else None


def _with_particle(verb: Token) -> tuple[Token, ...]:
    return (verb, *(c for c in verb.children if c.dep_ == "prt"))
