"""Who lets whom do what: the roles of a leave, read from its frame and what governs it."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading import clauses, grammar
from onrecord.reading.permissions import shared, texts
from onrecord.reading.permissions.act import Roles, act_words
from onrecord.reading.permissions.clashes import drop_clashes
from onrecord.reading.permissions.gates import gate_roles, into_a_place
from onrecord.reading.permissions.governors import read_governors
from onrecord.reading.permissions.nouns import noun_act, small_clause, undergoer
from onrecord.reading.permissions.parties import doers, kept_from, resolve_grantors
from onrecord.reading.permissions.steps import Reading
from onrecord.reading.permissions.verbs import animate, gerund, infinitive, let_object
from onrecord.reading.permissions.words import Frame, words

_DOCUMENTS = frozenset(
    {
        "visa",
        "licence",
        "license",
        "permit",
        "passport",
        "registration",
        "accreditation",
        "waiver",
        "exemption",
        "citizenship",
        "asylum",
        "bail",
        "access",
        "residency",
        "entry",
        "clearance",
        "charter",
        "merger",
        "takeover",
        "acquisition",
        "extradition",
        "pass",
        "card",
        "credential",
    }
)


def read_roles(frame: Frame, state: Reading) -> Roles:
    """The roles of ``frame``; what the sentence does not tell is empty."""
    out = Roles()
    _READERS.get(frame.frame, _verbal)(frame, out)
    read_governors(frame, state, out)
    act_words(out)
    resolve_grantors(frame, out)
    drop_clashes(out, frame)
    return out


def _verbal(frame: Frame, out: Roles) -> None:
    verb = frame.word
    passive = grammar.is_passive(verb)
    if (
        clauses.in_condition(verb)
        and not let_object(verb)
        and not passive
        and infinitive(verb) is None
    ):
        _in_condition(verb, out)
        return
    act = infinitive(verb) or gerund(verb, "from", "for")
    if act is None and frame.forbids:
        act = kept_from(verb)
    objects = list(
        let_object(verb) if verb.lemma_ in ("let", "allow", "permit") else grammar.objects(verb)
    )
    if act is not None and act.pos_ not in ("VERB", "AUX"):
        act = None
    if passive:
        out.grantor = list(grammar.agents(verb))
    else:
        text = texts.put_forward(verb)
        out.grantor = list(shared.subjects(verb)) if text is None else [text]
    if act is not None and verb.lemma_ not in ("approve", "ratify", "waive"):
        out.act_head = act
        own = [c for c in act.children if c.dep_ in ("nsubj", "nsubjpass")]
        if own and act.dep_ in ("ccomp", "xcomp"):
            out.grantee = list(grammar.noun_conjuncts(own[0]))
        else:
            out.grantee = objects
        if grammar.is_passive(act) and not passive:
            things = [t for t in out.grantee if t.pos_ == "NOUN" and not animate(t)]
            out.item = things  # "allowed the floors to be built": nobody is let
            out.grantee = [t for t in out.grantee if t.i not in {x.i for x in things}]
        return
    target = grammar.prep_objects(verb, "from", "for", "to", "into", "onto")
    if verb.lemma_ == "sign":
        target = tuple(
            t
            for c in verb.subtree
            if c.lower_ in ("on", "off")
            for t in c.children
            if t.dep_ == "pobj"
        )
        out.act_head = target[0] if target else None
        return
    pronoun = bool(objects) and objects[0].lower_ in ("it", "this", "that")
    if pronoun and not target and verb.lemma_ in ("allow", "permit"):
        out.item = objects[:1]  # "may allow it": what is let, not who
        return
    if (
        objects
        and (animate(objects[0]) or verb.lemma_ == "let")
        and verb.lemma_ not in ("approve", "ratify", "veto", "waive")
    ):
        out.grantee = objects
        if verb.lemma_ == "let":
            out.act = [t for t in clauses.proposition(verb) if t.i >= verb.i]
        if target and not into_a_place(verb, target[0]):
            out.act_head = target[0]
        elif target:  # "allowed lorries into the area": a place, no thing that is used
            out.where.append(target[0])
            out.act = [t for t in clauses.proposition(verb) if t.i >= verb.i]
        return
    if objects:
        out.act_head = objects[0]
        meant = infinitive(objects[0]) if verb.lemma_ == "block" and _intent(objects[0]) else None
        if meant is not None:  # "the mayor's plan to sell it was blocked"
            out.grantee, out.act_head = list(grammar.possessors(objects[0])), meant
            return
        if verb.lemma_ == "exempt":
            out.grantee, out.act_head = objects, target[0] if target else None
            if target and target[0].lemma_.lower() in words("restriction", "NOUN"):
                out.act_head = None
        elif objects[0].lemma_.lower() in _DOCUMENTS and verb.lemma_ in ("approve", "clear"):
            out.item, out.act_head = [objects[0]], noun_act(objects[0], compounds=False)
            if out.act_head is None:
                out.act_head = next(iter(grammar.prep_objects(verb, "for")), None)
            return
        dative = [
            t
            for c in verb.children
            if c.dep_ == "dative"
            for t in ([c] if c.pos_ != "ADP" else c.children)
        ]
        if dative:
            out.grantee = dative
        else:
            out.grantee = [t for t in grammar.prep_objects(verb, "for", "to") if animate(t)]
    elif verb.dep_ == "amod":
        out.item = [verb.head]


def _intent(noun: Token) -> bool:
    """Whether ``noun`` is what somebody means to do, so that its infinitive is the act."""
    return noun.lemma_.lower() in ("plan", "bid", "proposal", "attempt", "effort", "move")


def _in_condition(verb: Token, out: Roles) -> None:
    """ "it can rotate if other cities allow": who lets is in the condition, the act above."""
    out.grantor = list(grammar.subjects(verb))
    above = verb.head
    if grammar.is_verb(above) and above.i != verb.i:
        out.act_head = above
        subject = clauses.surface_subject(above)
        out.grantee = [] if subject is None else list(grammar.noun_conjuncts(subject))


def _support(frame: Frame, out: Roles) -> None:
    verb, noun = frame.word, frame.noun
    assert noun is not None
    had = undergoer(verb)
    passive = grammar.is_passive(verb) or had is not None or small_clause(verb)
    if frame.frame in ("receive", "need", "request"):
        out.grantee = [
            t for t in grammar.subjects(verb) if not (frame.frame == "need" and not animate(t))
        ]
        if frame.frame == "need" and not out.grantee:
            out.act_head = next(iter(grammar.subjects(verb)), None)  # "the deal needs consent"
        out.grantor = list(grammar.prep_objects(verb, "from")) or list(
            grammar.prep_objects(noun, "from", "by")
        )
        if not out.grantor and frame.frame in ("need", "request"):
            out.grantor = list(grammar.possessors(noun))
        if frame.frame == "request":
            asked = [t for t in grammar.objects(verb) if t.i != noun.i and animate(t)]
            asked += [t for t in grammar.prep_objects(verb, "to", "with") if animate(t)]
            out.grantor = asked or out.grantor
            out.requester = list(out.grantee)
    else:
        out.grantor = list(grammar.agents(verb)) if passive else doers(verb)
        surface = [c for c in verb.children if c.dep_ == "nsubjpass"]
        dative = [c for c in verb.children if c.dep_ == "dative"]
        if passive and surface and surface[0].i != noun.i:
            out.grantee = list(grammar.noun_conjuncts(grammar.antecedent(surface[0])))
        elif dative:
            first = dative[0]
            out.grantee = [
                t
                for t in ([first] if first.pos_ != "ADP" else first.children)
                if t.dep_ in ("dative", "pobj")
            ]
        else:
            others = [c for c in verb.children if c.dep_ == "dobj" and c.i != noun.i]
            out.grantee = [t for t in others if animate(t)] or [
                t for t in grammar.prep_objects(verb, "to", "for") if animate(t)
            ]
        if had is not None:
            out.grantee = [had]  # "he had his licence revoked by the court"
            out.grantor = [
                t for c in verb.children if c.lower_ == "by" for t in c.children if animate(t)
            ]
        if noun.dep_ == "nsubj" and not passive:
            out.grantor = []  # "the ban will expire"
        if frame.frame == "revoke" and verb.lemma_ == "lose":
            out.grantee, out.grantor = list(grammar.subjects(verb)), []
    if not out.grantee and frame.frame in ("revoke", "deny", "give", "lift"):
        out.grantee = list(grammar.possessors(noun)) or [
            t for t in grammar.prep_objects(noun, "of", "to", "for") if animate(t)
        ]
    if not out.grantee and frame.frame == "give":
        out.grantee = [
            t
            for prep in noun.subtree
            if prep.dep_ in ("prep", "dative") and prep.lower_ == "to"
            for t in prep.children
            if t.dep_ == "pobj" and animate(t)
        ]
    if not out.grantee and frame.frame in ("give", "deny") and not passive:
        # "granted Turkey permission": at times one name to the parse
        out.grantee = [c for c in noun.children if c.dep_ == "compound" and animate(c)]
    _noun_content(noun, frame, out)


def _noun_content(noun: Token, frame: Frame, out: Roles) -> None:
    act = noun_act(noun, compounds=False)
    if (
        act is None
        and frame.noun is not None
        and frame.frame in ("give", "receive", "deny", "need", "impose")
    ):
        # "granted authorization for their use": at times the parse hangs it on the verb
        wanted = ("on", "against") if frame.frame == "impose" else ("for",)
        act = next(
            (
                t
                for t in grammar.prep_objects(frame.word, *wanted)
                if not animate(t) and t.lemma_ not in ("reason", "time", "sake")
            ),
            None,
        )
    act = act or noun_act(noun)
    letting = next(
        (c for c in noun.children if c.dep_ in ("acl", "relcl") and c.lemma_ in words("allow")),
        None,
    )
    if letting is not None:  # "issued a waiver allowing the sale"
        inner = Roles()
        _verbal(Frame(letting, (letting,), "allow", False), inner)
        out.act_head = inner.act_head
        out.grantee = out.grantee or inner.grantee
        act = None
    clause = next(
        (
            c
            for c in frame.word.children
            if c.dep_ in ("advcl", "ccomp", "xcomp")
            and any(g.dep_ == "mark" and g.lower_ == "for" for g in c.children)
        ),
        None,
    )
    if act is None and clause is not None and clause.i > noun.i:
        act = clause  # "gave permission for the family to bring a claim"
    if frame.frame == "lift" or frame.word.lemma_ == "lift":
        out.item.append(noun)
    doing = _doing(act) if frame.forbids else None
    if act is not None and doing is not None:  # "a ban on foreigners buying land"
        out.grantee = out.grantee or [act]
        act = doing
    if (
        act is not None
        and act.pos_ in ("NOUN", "PROPN", "PRON")
        and animate(act)
        and act.dep_ == "pobj"
    ):
        if not out.grantee and act.head.lower_ in ("for", "to", "on", "of", "against"):
            out.grantee = list(grammar.noun_conjuncts(act))
        follow = [
            c
            for c in (*noun.children, *act.children)
            if c.dep_ in ("acl", "relcl") and any(g.tag_ == "TO" for g in c.children)
        ]
        act = follow[0] if follow else None
    if act is not None and act.dep_ == "compound":
        out.item.append(act)
    elif act is not None and out.act_head is None:
        out.act_head = act
        own = [c for c in act.children if c.dep_ in ("nsubj", "nsubjpass")]
        if own and own[0].lower_ not in ("that", "which", "who"):
            out.grantee = list(grammar.noun_conjuncts(own[0]))
    if (
        noun.lemma_.lower() in _DOCUMENTS
        and frame.frame != "without"
        and letting is None
        and (act is None or frame.frame in ("revoke", "deny"))
    ):
        out.item.append(noun)


def _doing(act: Token | None) -> Token | None:
    """What whoever is named after "a ban on" is kept from doing, or None."""
    if act is None or act.dep_ != "pobj" or act.head.lower_ not in ("on", "against"):
        return None
    return next((c for c in act.children if c.dep_ in ("acl", "relcl") and c.tag_ == "VBG"), None)


def _nominal(frame: Frame, out: Roles) -> None:
    noun = frame.word
    out.grantor = (
        list(grammar.possessors(noun))
        or [t for c in noun.children if c.i < noun.i for t in grammar.possessors(c)]
        or list(grammar.agents(noun))
        or list(grammar.prep_objects(noun, "from"))
    )
    _noun_content(noun, frame, out)


def _without_leave(frame: Frame, out: Roles) -> None:
    noun = frame.word
    out.grantor = list(grammar.possessors(noun)) or list(
        grammar.prep_objects(noun, "from", "of", "by")
    )
    verb = grammar.clause_head(noun)
    told = [c for c in verb.head.children if c.dep_ == "dobj" and verb.head.i < c.i < verb.i]
    if verb.dep_ == "xcomp" and told and animate(told[0]):
        out.grantee = told  # "told drivers not to leave without a permit"
    else:
        out.grantee = list(grammar.subjects(verb)) or [
            c for c in verb.children if c.dep_ == "nsubjpass"
        ]
    out.act_head = verb


def _subject_to(frame: Frame, out: Roles) -> None:
    """ "the sale is subject to approval by regulators": who approves, and what waits for it."""
    opener, noun = frame.anchor[0], frame.word
    out.grantor = (
        list(grammar.possessors(noun))
        or list(grammar.agents(noun))
        or list(grammar.prep_objects(noun, "from", "of", "by"))
    )
    above = opener.head
    waits = [c for c in above.children if c.dep_ in ("nsubj", "nsubjpass")]
    if not waits and above.pos_ in ("NOUN", "PROPN"):
        waits = [above]
    if waits and animate(waits[0]):
        out.grantee = [grammar.antecedent(waits[0])]
    elif waits:
        out.act_head = grammar.antecedent(waits[0])


def _predicate(frame: Frame, out: Roles) -> None:
    word = frame.word
    act = infinitive(word)
    copula = word.head if word.dep_ in ("acomp", "oprd") else word
    out.grantee = [
        grammar.antecedent(c) for c in copula.children if c.dep_ in ("nsubj", "nsubjpass")
    ]
    if not out.grantee and word.dep_ in ("amod", "acl"):
        out.grantee = [word.head]
    out.act_head = act
    if act is None:
        target = grammar.prep_objects(word, "from", "for", "to")
        out.act_head = target[0] if target else None
    else:
        own = [c for c in act.children if c.dep_ == "nsubj"]
        if own:
            out.grantee = own
    if out.grantee and out.grantee[0].lower_ == "it":
        out.grantee = []
    if act is None and frame.forbids and out.grantee and not animate(out.grantee[0]):
        if out.act_head is None:
            out.act_head = out.grantee[0]  # "abortion is illegal"
        out.grantee = []
    doing = next((c for c in copula.children if c.dep_ == "csubj"), None)
    if out.act_head is None and doing is not None:
        out.act_head = doing


def _modal(frame: Frame, out: Roles) -> None:
    out.grantee = [
        t
        for c in frame.word.children
        if c.dep_ in ("nsubj", "nsubjpass")
        for t in grammar.noun_conjuncts(grammar.antecedent(c))
    ]
    out.act_head = frame.word
    for condition in clauses.conditions(frame.word):
        for token in condition.tokens:
            if token.lemma_.lower() in words("permission", "NOUN") and token.pos_ == "NOUN":
                found = (
                    grammar.prep_objects(token, "from", "of", "by")
                    or grammar.possessors(token)
                    or tuple(c for c in token.children if c.dep_ == "compound")
                )
                out.grantor = [
                    t for t in found if animate(t) or t.lemma_.lower() in words("authority", "NOUN")
                ]


_READERS = {
    "deny": _support, "deny ban": _support, "lift": _support, "impose": _support,
    "revoke": _support, "give": _support, "receive": _support, "need": _support,
    "request": _support, "noun": _nominal, "without": _without_leave, "adjective": _predicate,
    "modal": _modal, "subject": _subject_to, "gate": gate_roles,
}  # fmt: skip
