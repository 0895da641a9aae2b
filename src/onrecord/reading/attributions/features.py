"""What the acceptance of an attribution looks at: features of a cue, a content and a source.

A feature is a short string. Those of a cue are shared by all its candidates; those of a
candidate name its construction, and the crossings that matter: which cue word takes which
construction, and what else the clause has to offer.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.reading.attributions.sources import SpanFinder
from onrecord.reading.attributions.spans import Candidate
from onrecord.reading.attributions.tree import Tree

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_MODALS = frozenset({"MD"})
_MARKS = frozenset({"mark", "advmod"})
_COMPLEMENTS = ("ccomp", "xcomp", "oprd", "acomp", "acl", "dobj", "attr")


class CueFeatures:
    """The features of one cue word, and the pieces that crossings are made of."""

    __slots__ = (
        "cue",
        "features",
        "frame",
        "inside",
        "known",
        "lemma",
        "passive",
        "subject",
        "word",
    )

    def __init__(self, finder: SpanFinder, cue: int, known: str) -> None:
        tree = finder.tree
        self.cue = cue
        lemma, pos, dep = tree.lemma[cue], tree.pos[cue], tree.dep[cue]
        self.lemma = lemma
        self.known = known
        self.word = f"{lemma}/{pos}"
        out = ["bias", f"L={self.word}", f"T={tree.tag[cue]}", f"D={dep}", f"LD={lemma},{dep}"]
        out.append(f"LT={lemma},{tree.tag[cue]}")
        out.append(f"K={known}")
        subject = None
        self.passive = False
        for child in tree.kids[cue]:
            label = tree.dep[child]
            if label in _SUBJECTS and subject is None:
                subject = child
            elif label == "auxpass":
                self.passive = True
                out.append("auxpass")
            elif label == "neg":
                out.append("neg")
            elif label == "aux":
                out.append(f"aux={tree.lower[child]}")
            elif label == "prt":
                out.append(f"Lprt={lemma},{tree.lower[child]}")
            elif label == "advmod":
                out.append(f"adv={tree.lower[child]}")
            elif label == "prep":
                out.append(f"Lprep={lemma},{tree.lower[child]}")
            elif label in {"poss", "agent", "amod", "det"} and pos == "NOUN":
                out.append(f"n{label}={tree.lower[child] if label != 'poss' else ''}")
            out.append(f"kid={label}")
        self.subject = "none"
        if subject is not None:
            kind = self._kind(tree, subject)
            self.subject = kind
            out.append(f"sub={kind}")
            out.append(f"subL={tree.lemma[subject]}")
            out.append(f"Lsub={lemma},{kind}")
            out.append(f"subdep={tree.dep[subject]}")
        head = tree.head[cue]
        if head != cue:
            out.append(f"H={tree.lemma[head]},{dep}")
            out.append(f"Hpos={tree.pos[head]},{dep}")
        out.append(f"LH={lemma},{tree.pos[head]},{dep}")
        self.inside = finder.quote_over(tree.start[cue]) is not None
        if self.inside:
            out.append("in-quote")
        if tree.paragraph[cue] == 0:
            out.append("first")
        nxt = cue + 1
        if nxt < len(tree):
            out.append(f"next={tree.lower[nxt]}")
            out.append(f"Lnext={lemma},{tree.lower[nxt]}")
        if cue:
            out.append(f"prev={tree.lower[cue - 1]}")
        number = tree.sentence[cue]
        if number >= 0:
            last = tree.bounds[number][1] - 1
            out.append(f"stop={tree.lower[last]}")
        self.frame = _frame(tree, cue, self.passive)
        out.append(f"fr={self.frame}")
        out.append(f"Lfr={lemma},{self.frame}")
        self.features = out

    @staticmethod
    def _kind(tree: Tree, index: int) -> str:
        pos = tree.pos[index]
        if pos == "PRON":
            return tree.lower[index]
        entity = tree.entity[index]
        return f"{pos}{entity}" if entity else pos


def _frame(tree: Tree, cue: int, passive: bool) -> str:
    """The construction of a cue in a word: its voice, who is told to act, what it takes.

    "was said to have left" is ``passive,none,xcomp``; "calls for peace" is ``noun,none,for``.
    """
    kids = {tree.dep[child]: child for child in reversed(tree.kids[cue])}
    if tree.pos[cue] in {"NOUN", "PROPN"}:
        voice, owners = "noun", ("poss", "compound")
        owner = any(dep in kids and tree.entity[kids[dep]] for dep in owners) or "poss" in kids
        told = "owner" if owner else "none"
    elif tree.pos[cue] in {"VERB", "AUX"}:
        bare = tree.tag[cue] == "VBN" and tree.dep[cue] in {"acl", "advcl", "relcl", "amod"}
        voice = "passive" if passive else "participle" if bare else "active"
        told = "agent" if "agent" in kids else "none" if voice != "active" else ""
        subject = kids.get("nsubjpass", kids.get("nsubj"))
        if subject is not None and tree.lower[subject] in {"it", "there"}:
            told += "-it"
    else:
        return tree.pos[cue]
    for dep in _COMPLEMENTS:
        if dep in kids and kids[dep] > cue:
            return f"{voice},{told},{dep}"
    if "prep" in kids and kids["prep"] > cue:
        return f"{voice},{told},{tree.lower[kids['prep']]}"
    return f"{voice},{told}"


def content_features(
    finder: SpanFinder, cue: CueFeatures, candidate: Candidate, kinds: Sequence[str]
) -> list[str]:
    """The features of ``candidate`` as content of ``cue``; ``kinds`` are those of its rivals."""
    tree, text = finder.tree, finder.text
    kind = candidate.kind
    head = candidate.head
    start, end = candidate.spans[0][0], candidate.spans[-1][1]
    first = tree.page.token_at(start)
    word = first.lower_ if first is not None else ""
    length = sum(e - s for s, e in candidate.spans)
    size = min(7, length.bit_length())
    lemma = cue.lemma
    out = [
        f"k={kind}",
        f"kL={kind},{cue.word}",
        f"kK={kind},{cue.known}",
        f"kT={kind},{tree.tag[cue.cue]}",
        f"kD={kind},{tree.dep[cue.cue]}",
        f"ks={kind},{size}",
        f"kh={kind},{tree.pos[head]}",
        f"kw={kind},{word if word in _WORDS else ''}",
        f"Lw={lemma},{word if word in _WORDS else ''}",
        f"kp={kind},{len(candidate.spans)}",
        f"ksub={kind},{cue.subject}",
        f"kq={kind},{_quote_shape(finder, candidate)}",
        f"kin={kind},{cue.inside}",
        f"kfr={kind},{cue.frame}",
        f"kpass={kind},{cue.passive}",
        f"hL={tree.lemma[head]}",
        f"kmark={kind},{_mark(tree, head)}",
        f"order={kind},{start < tree.start[cue.cue]}",
        f"gap={kind},{_gap(text, tree, cue.cue, start, end)}",
        f"hent={tree.entity[head]},{tree.pos[head]}",
    ]
    out.extend(f"r={kind},{rival}" for rival in kinds if rival != kind)
    return out


_WORDS = frozenset(
    [
        "that",
        "to",
        "if",
        "whether",
        "how",
        "what",
        "why",
        "who",
        "which",
        "when",
        "where",
        "the",
        "a",
        "an",
        "it",
        "he",
        "she",
        "they",
        "i",
        "we",
        "you",
        "his",
        "her",
        "their",
        "its",
        "this",
        "these",
        "there",
        "not",
        "no",
        "about",
        "for",
    ]
)


def _quote_shape(finder: SpanFinder, candidate: Candidate) -> str:
    start, end = candidate.spans[0]
    quote = finder.quote_over(start)
    if quote is not None:
        return (
            "whole"
            if (start, end) == quote.spans[0]
            else "starts"
            if start == quote.start
            else "in"
        )
    return "holds" if finder.quotes_between(start, end) else "none"


def _mark(tree: Tree, head: int) -> str:
    for child in tree.kids[head]:
        if tree.dep[child] in _MARKS and child < head:
            return tree.lower[child]
    return ""


def _gap(text: str, tree: Tree, cue: int, start: int, end: int) -> str:
    """What stands between the cue and the content: nothing, a comma, a colon, words."""
    between = text[tree.end[cue] : start] if start >= tree.end[cue] else text[end : tree.start[cue]]
    words = len(between.split())
    signs = "".join(sorted({c for c in between if c in ",:—–-.\n"}))
    return f"{min(words, 4)}{signs}"


def source_features(
    finder: SpanFinder,
    cue: CueFeatures,
    content: Candidate,
    candidate: Candidate | None,
    kinds: Sequence[str],
) -> list[str]:
    """The features of ``candidate`` (None: no source is told) for a cue and its content."""
    tree = finder.tree
    if candidate is None:
        out = [
            "k=null",
            f"kL=null,{cue.word}",
            f"kc=null,{content.kind}",
            f"kT=null,{tree.tag[cue.cue]}",
            f"kD=null,{tree.dep[cue.cue]}",
            f"kpass=null,{cue.passive}",
            f"fr=null,{cue.frame}",
            f"Lfr=null,{cue.word},{cue.frame}",
        ]
        head = tree.head[cue.cue]
        if head != cue.cue:
            out.append(f"H=null,{tree.lemma[head]},{tree.dep[cue.cue]}")
        out.extend(f"r=null,{rival}" for rival in kinds)
        out.append(f"n=null,{min(3, len(kinds))}")
        return out
    kind = candidate.kind
    head = candidate.head
    start, end = candidate.spans[0]
    within = any(s <= start and end <= e for s, e in content.spans)
    overlap = any(s < end and start < e for s, e in content.spans)
    return [
        f"k={kind}",
        f"kL={kind},{cue.word}",
        f"kc={kind},{content.kind}",
        f"kK={kind},{cue.known}",
        f"kT={kind},{tree.tag[cue.cue]}",
        f"kh={kind},{tree.pos[head]}",
        f"h={CueFeatures._kind(tree, head)}",
        f"hL={tree.lemma[head]}",
        f"kent={kind},{tree.entity[head]}",
        f"within={within}",
        f"overlap={overlap}",
        f"quoted={finder.quote_over(start) is not None},{cue.inside}",
        f"pass={kind},{cue.passive}",
        f"kdep={kind},{tree.dep[cue.cue]}",
        f"order={kind},{start < tree.start[cue.cue]}",
        f"dist={kind[:4]},{min(6, abs(head - cue.cue).bit_length())}",
        *(f"r={kind},{rival}" for rival in kinds if rival != kind),
    ]
