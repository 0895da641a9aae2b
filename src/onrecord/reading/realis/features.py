"""What is known of how an event is told: the features of the learned factuality."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading.realis.status import Status

_WORDS = frozenset({"if", "would", "could", "should", "might", "may", "will", "not", "hope",
                    "never", "want"})  # fmt: skip
_SMALL = frozenset({"aux", "auxpass", "neg", "mark", "advmod", "det", "prt", "cc", "expl", "prep",
                    "acomp", "attr"})  # fmt: skip


def features(token: Token, status: Status) -> dict[str, float]:
    """The features of the event with head word ``token``, told as ``status``, by name."""
    lemma, label, tag, head = token.lemma_.lower(), token.dep_, token.tag_, token.head
    out: dict[str, float] = {
        "sure": status.sure,
        f"r={status.realis}": 1.0,
        f"long={min(len(status.trail), 6)}": 1.0,
        f"dep={label}": 1.0,
        f"tag={tag}": 1.0,
        f"pos={token.pos_}": 1.0,
        f"lemma={lemma}": 1.0,
        f"tag+dep={tag}+{label}": 1.0,
    }
    realis = status.realis
    out[f"r+tag={realis}+{tag}"] = 1.0
    out[f"r+dep={realis}+{label}"] = 1.0
    for number, mark in enumerate(status.trail[:12]):
        out[f"r+t={realis}+{mark}"] = 1.0
        out[f"t={mark}"] = 1.0
        if number < 3:
            out[f"t{number}={mark}"] = 1.0
    if head.i != token.i:
        above = head.lemma_.lower()
        out[f"h={above}"] = 1.0
        out[f"h-dep={head.dep_}"] = 1.0
        out[f"h-tag={head.tag_}"] = 1.0
        out[f"h+dep={above}+{label}"] = 1.0
        out[f"r+h-dep={realis}+{head.dep_}"] = 1.0
        if head.head.i != head.i:
            out[f"g={head.head.lemma_.lower()}+{head.dep_}"] = 1.0
    for child in token.children:
        kind = child.dep_
        if kind in _SMALL:
            out[f"c={kind}={child.lower_}"] = 1.0
        elif kind in ("nsubj", "nsubjpass"):
            said = child.lower_ if child.pos_ in ("PRON", "DET") else child.pos_
            out[f"s={said}"] = 1.0
        out[f"c-dep={kind}"] = 1.0
    current = token
    for _ in range(5):
        if current.head.i == current.i:
            break
        current = current.head
        out[f"up={current.lemma_.lower()}"] = 1.0
        for child in current.children:
            if child.dep_ in ("aux", "neg", "mark"):
                out[f"up-c={child.lower_}"] = 1.0
    sentence = token.sent
    for word in sentence:
        if word.lower_ in _WORDS:
            out[f"w={word.lower_}"] = 1.0
    last = sentence.end - 1
    while last > sentence.start and sentence.doc[last].is_space:
        last -= 1
    out[f"end={sentence.doc[last].text[:1]}"] = 1.0
    if token.i - sentence.start < 3:
        out["first"] = 1.0
    return out
