"""Finding why on the parse: connectives, causative verbs, purposes, objections, fears.

``finds`` takes one parsed sentence (and the one before it, for "that is why") and gives each
reason with its connective, its content and what it explains.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from spacy.tokens import Span, Token

from onrecord.knowledge.decisions import party_nouns, reason_connectives, reason_words
from onrecord.reading import clauses, grammar
from onrecord.reading.reasons import causes, fears, judged, linked
from onrecord.reading.reasons.kinds import Find, content_of, explained, opposes


def finds(sentence: Span, previous: Span | None = None) -> Iterator[Find]:
    """The reasons of ``sentence``; one connective gives one reason."""
    connectives, words = reason_connectives(), reason_words()
    lemmas = _lemmas()
    used: set[int] = set()
    out: list[Find] = []
    for token in sentence:
        lower = token.lower_
        if not (lower in connectives or lower in _SMALL or token.lemma_ in lemmas):
            continue
        if token.i in used:
            continue
        found: Find | None = None
        if lower in connectives:
            for phrase, kind in _opening(token, lower):
                if clauses.matches(token, phrase) and token.i + len(phrase) < sentence.end:
                    found = _connective(token, len(phrase), kind)
                    break
        if found is None:
            found = _by_word(token, lower, words, previous)
        if found is not None:
            used.update(t.i for t in found.anchor)
            out.append(found)
    asked = clauses.is_question(sentence)
    yield from _distinct(
        [find for find in out if not (asked and (find.kind == "risk" or find.rule == "purpose"))]
    )


def _opening(token: Token, lower: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The connectives that may begin at ``token``, by it and the word behind it, longest first."""
    table = _by_two_words()
    following = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
    return table.get((lower, following), ()) + table.get((lower, ""), ())


@lru_cache(maxsize=1)
def _by_two_words() -> dict[tuple[str, str], tuple[tuple[tuple[str, ...], str], ...]]:
    """The connectives by their first two words ("in" has dozens); of one word by it and ""."""
    out: dict[tuple[str, str], tuple[tuple[tuple[str, ...], str], ...]] = {}
    for first, rows in reason_connectives().items():
        for phrase, kind in rows:
            key = (first, phrase[1] if len(phrase) > 1 else "")
            out[key] = (*out.get(key, ()), (phrase, kind))
    return out


_SAYING = frozenset({"saying", "arguing", "claiming", "insisting", "complaining", "stating"})
_SMALL = frozenset(
    {
        "so",
        "since",
        "after",
        "following",
        "as",
        "for",
        "on",
        "over",
        "why",
        "to",
        *_SAYING,
        *linked.RESULTS,
    }
)


@lru_cache(maxsize=1)
def _lemmas() -> frozenset[str]:
    """The lemmas at which a reason may be told, so that other words are passed over quickly."""
    words = reason_words()
    classes = ("causes", "leads_to", "stems_from", "fears", "fear_noun", "concern_noun", "fear_adj")
    more = {
        "object",
        "blame",
        "cite",
        "aim",
        "goal",
        "purpose",
        "objective",
        "intention",
        "reason",
        "cause",
        "result",
        "consequence",
    }
    return frozenset(word for name in classes for word in words[name]) | _stems(words) | more


def _stems(words: dict[str, frozenset[str]]) -> frozenset[str]:
    """The verbs of the adjectives of fear: "worried" has the lemma "worry"."""
    return frozenset(
        stem for word in words["fear_adj"] for stem in (word[:-2], word[:-1], word[:-3] + "y")
    )


def _distinct(found: Sequence[Find]) -> Iterator[Find]:
    """Each content once: of two finds with the same content the first rule wins."""
    heads: set[tuple[int, int]] = set()
    told = {find.content[0].i for find in found if find.rule == "connective" and find.content}
    for find in found:
        if find.rule == "concern" and find.anchor[0].left_edge.i in told | {
            t.i for t in find.anchor[:1] if t.i in told
        }:
            continue  # "due to concerns about it": one reason, not two
        content = clauses.trim(find.content)
        if not content:
            continue
        edge = (content[0].i, content[-1].i)
        if edge in heads:
            continue
        heads.add(edge)
        yield find


def _by_word(
    token: Token, lower: str, words: dict[str, frozenset[str]], previous: Span | None
) -> Find | None:
    if lower in linked.RESULTS:
        found = linked.result(token, previous)
        if found is not None:
            return found
    if lower == "so":
        return linked.so(token)
    if lower == "since":
        return linked.since(token)
    if lower == "after" or (lower == "following" and token.dep_ == "prep"):
        return linked.after(token)
    if lower == "as":
        return linked.as_(token)
    if lower == "for":
        return judged.for_(token, words["judges"])
    if lower == "on" and token.dep_ == "prep":
        return judged.grounds(token)
    if lower in _SAYING:
        return judged.saying(token)
    if lower == "over":
        return judged.over(token, words)
    if lower == "why":
        return linked.that_is_why(token, previous)
    if token.tag_ == "TO":
        return causes.purpose(token)
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB" or token.tag_ in ("VBN", "VBD"):
        if lemma in words["causes"]:
            return causes.caused(token)
        if lemma in words["leads_to"] and (found := causes.leads(token)) is not None:
            return found
        if lemma in words["stems_from"] and (found := causes.stems(token)) is not None:
            return found
        if lemma in words["fears"]:
            return fears.fears(token)
        if lemma == "object":
            return fears.objects(token)
        if lemma == "cite":
            return causes.cites(token)
        if lemma == "blame":
            return causes.blames(token)
    if token.pos_ == "NOUN":
        if lemma in words["fear_noun"] or lemma in words["concern_noun"]:
            return fears.concern(token, "risk" if lemma in words["fear_noun"] else "objection")
        if lemma in ("aim", "goal", "purpose", "objective", "intention"):
            return causes.goal(token)
        if lemma in ("reason", "cause"):
            return causes.reason_is(token)
        if lemma in ("result", "consequence"):
            return causes.result_of(token)
    if (token.pos_ == "ADJ" or token.tag_ in ("JJ", "VBN")) and lower in words["fear_adj"]:
        return fears.afraid(token)
    return None


def _connective(token: Token, length: int, kind: str) -> Find | None:
    doc = token.doc
    anchor = tuple(doc[token.i : token.i + length])
    limit = token.i + length
    start = doc[limit]
    if start.is_punct and start.text in (",", ";", ":", ".", ")"):
        return None
    text = " ".join(t.lower_ for t in anchor)
    if anchor[-1].lower_ == "that" and anchor[-1].dep_ in ("nsubj", "nsubjpass", "attr"):
        return None  # "so that's progress"
    if kind == "cause" and anchor[-1].tag_ == "TO":
        return None  # "due to resume"
    if text.startswith(("meant ", "intended ")) and not _meant(token):
        return None
    if token.tag_ == "VBG" and kind == "aim" and token.dep_ not in ("advcl", "acl"):
        return None
    if text.startswith("seeking") and token.dep_ == "acl" and token.nbor(-1).text != ",":
        return None  # "countries seeking to join": which countries
    if text in ("given", "out of", "following", "owing") and not _free_given(token, start):
        return None
    top = clauses.after(start, anchor)
    if top is None:
        return None
    if top.dep_ in ("cc", "punct"):
        return None
    content = content_of(top, limit)
    if not content:
        return None
    if text == "citing" and _source(top):
        return None
    governor = _governor(token, anchor, top)
    if token.tag_ == "VBN" and kind == "aim":
        surface = next((c for c in token.children if c.dep_ == "nsubjpass"), None)
        if surface is None and token.dep_ in ("acl", "relcl"):
            surface = token.head
        governor = surface
    of = explained(governor, anchor, content) if governor is not None else ()
    if kind == "cause" and governor is not None and opposes(governor):
        kind = "objection"
    return Find(kind, anchor, tuple(content), of, governor, "connective")


def _meant(token: Token) -> bool:
    """Whether a thing is meant for an aim: not "I meant to call", "he was meant to arrive"."""
    if not (grammar.is_passive(token) or token.dep_ in ("acl", "amod", "advcl", "relcl")):
        return False
    subject = next((c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is not None and subject.dep_ == "nsubj" and not grammar.is_passive(token):
        return False  # "that it intended to build": a plan
    return subject is None or not (
        subject.ent_type_ in ("PERSON", "NORP", "GPE", "ORG")
        or subject.lemma_.lower() in party_nouns()
        or subject.lower_ in ("i", "you", "he", "she", "we", "they", "who")
    )


def _source(top: Token) -> bool:
    """Whether what is cited is where the words come from, not why."""
    return top.ent_type_ in ("PERSON", "ORG", "NORP") or top.lemma_.lower() in (
        "source",
        "official",
        "report",
        "office",
        "agency",
        "medium",
        "media",
        "document",
        "statement",
        "people",
        "person",
        "witness",
        "newspaper",
        "study",
        "figure",
        "record",
        "interview",
        "diplomat",
    )


def _free_given(token: Token, start: Token) -> bool:
    text = token.lower_
    if text == "given":
        before = token.nbor(-1) if token.i > token.sent.start else None
        if before is not None and before.pos_ == "AUX":
            return False  # "having given birth"
        return (
            token.dep_ in ("prep", "advcl", "mark")
            and token.tag_ in ("VBN", "IN")
            and not grammar.children(token, "auxpass", "agent")
        )
    if text == "out":
        return start.lemma_ in (
            "fear",
            "concern",
            "respect",
            "necessity",
            "desperation",
            "frustration",
            "anger",
            "desire",
            "solidarity",
            "curiosity",
        )
    if text == "following":
        return False
    return text != "owing"


def _governor(token: Token, anchor: Sequence[Token], top: Token) -> Token | None:
    """The verb (or noun) that the connective explains."""
    inside = {t.i for t in anchor} | {t.i for t in top.subtree}
    for start in (top, token):
        head = start
        while head.i in inside and head.head.i != head.i:
            head = head.head
        if head.i not in inside:
            if not grammar.is_verb(head) and head.pos_ not in ("NOUN", "PROPN", "ADJ"):
                head = grammar.clause_head(head)
            return head if head.i not in inside else None
    return None
