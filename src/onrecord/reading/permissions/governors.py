"""Who asks, weighs, refuses or orders a leave: roles played from outside its clause."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading import clauses, grammar
from onrecord.reading.permissions.act import Roles
from onrecord.reading.permissions.steps import Reading
from onrecord.reading.permissions.verbs import animate
from onrecord.reading.permissions.words import Frame, words


def read_governors(frame: Frame, state: Reading, out: Roles) -> None:
    """Fills in the requester and the grantor that governs the leave, where the clause has none."""
    asker = state.asker
    if asker is not None and frame.frame != "request":
        if grammar.is_verb(asker):
            out.requester = list(grammar.subjects(asker))
            asked = [
                t
                for t in grammar.objects(asker)
                if t.i != frame.word.i and (frame.noun is None or t.i != frame.noun.i)
            ]
            asked = [t for t in asked if animate(t)]
            asked += [
                t for t in grammar.prep_objects(asker, "on", "to", "with", "from") if animate(t)
            ]
        else:
            out.requester = list(grammar.possessors(asker))
            asked = [t for t in grammar.prep_objects(asker, "to", "from", "on") if animate(t)]
        passive = grammar.is_verb(frame.word) and grammar.is_passive(frame.word)
        if frame.frame in ("allow", "forbid") and passive and frame.word.dep_ in ("xcomp", "advcl"):
            out.grantee = out.grantee or list(out.requester)
        if frame.frame in ("noun",):
            out.grantee = out.grantee or list(out.requester)
            out.grantor = asked or out.grantor
        elif frame.frame == "receive":
            out.grantor = asked or out.grantor
        elif asked:
            out.grantor = asked[:1] if len(asked) > 1 else asked
        elif not passive and frame.frame in ("allow", "forbid", "give", "lift"):
            same = {t.i for t in out.requester}
            out.grantor = [t for t in out.grantor if t.i not in same]
    weigher = state.weigher
    if (
        weigher is not None
        and asker is None
        and grammar.is_verb(weigher)
        and (out.grantor and out.grantor[0].lemma_.lower() in ("plan", "proposal", "draft"))
    ):
        out.grantor = list(grammar.subjects(weigher)) or out.grantor
    if weigher is not None and not out.grantor and asker is None:
        if grammar.is_verb(weigher) and frame.word.i != weigher.i:
            out.grantor = list(grammar.subjects(weigher))
        elif not grammar.is_verb(weigher):
            out.grantor = list(grammar.possessors(weigher))
    outer = state.outer
    if (
        outer is not None
        and not out.grantor
        and asker is None
        and grammar.is_verb(outer)
        and outer.lemma_ in ("order", "rule", "decide", "direct", "agree", "vote", "choose")
    ):
        out.grantor = list(grammar.subjects(outer))
    refuser = state.refuser
    if refuser is not None and not out.grantor:
        out.grantor = (
            list(grammar.subjects(refuser))
            if grammar.is_verb(refuser)
            else list(grammar.possessors(refuser))
        )
    if frame.word.lemma_ in ("approve", "ratify") and (
        not out.grantor or out.grantor[0].lower_ == "it"
    ):
        out.grantor = _left_to(frame.word) or out.grantor
    if not out.grantor:
        noun = frame.noun or frame.word
        out.grantor = [
            c for c in noun.children if c.dep_ == "amod" and c.lower_ in words("authority", "ADJ")
        ]
    if not out.grantor and frame.word.dep_ in ("acl", "relcl") and frame.word.tag_ == "VB":
        out.grantor = list(grammar.possessors(frame.word.head))


def _left_to(word: Token) -> list[Token]:
    """Who decides in "it is up to the elders to approve": the elders."""
    for token in word.doc[max(word.sent.start, word.i - 8) : word.i]:
        if clauses.matches(token, ("up", "to")):
            return [t for t in token.nbor(1).children if t.dep_ == "pobj"][:1]
    return []
