"""The stance of a source to what it is told of: asserts, denies, doubts, fears, hopes …

The class of the cue word decides (``knowledge.cues``), then its construction and its negation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.knowledge.cues import cue as known_cue
from onrecord.reading.attributions.tree import Tree
from onrecord.record.model import Spans

_EMPTY_VERBS = frozenset(
    ["express", "voice", "raise", "have", "make", "issue", "give", "show", "share", "feel", "hold",
     "take", "be", "become", "remain", "utter", "air", "level", "deliver", "get", "launch", "start",
     "file", "send", "put", "grow", "mount", "emerge", "rise", "persist", "continue", "go", "do",
     "let", "try", "attempt"]
)  # fmt: skip
"""Verbs that mean little of their own: "voiced concern", "calls are mounting"."""

_NEGATED = {
    **dict.fromkeys(
        ["believe", "think", "expect", "feel", "consider", "know", "buy", "trust", "imagine",
         "understand", "suppose", "find", "sure", "certain", "confident", "convinced", "clear",
         "aware"],
        "doubts",
    ),
    **dict.fromkeys(
        ["reveal", "disclose", "comment", "release", "confirm", "name", "identify", "speculate",
         "say", "elaborate", "characterize", "characterise", "like"],
        "denies",
    ),
}  # fmt: skip
_IF_INFINITIVE = frozenset(
    ["agree", "agreement", "offer", "volunteer", "assure", "consent", "commit"]
)
_INQUIRIES = frozenset(
    ["examine", "investigate", "explore", "study", "debate", "review", "consider", "assess",
     "probe"]
)  # fmt: skip
_LESS = frozenset({"less", "hardly", "never", "scarcely", "harder", "hard"})
_NO = frozenset({"no", "little", "few", "neither"})
_NOBODY = frozenset({"nobody", "none", "noone"})
_UNWANTED = frozenset({"wants", "promises", "asks"})
_OBJECTS = frozenset({"dobj", "attr", "acomp", "oprd", "pobj", "xcomp"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_CONTENT_WORDS = frozenset({"VERB", "NOUN", "ADJ", "PROPN"})
_LEADS_TO = frozenset({"go", "want", "be", "intend", "plan", "able"})
_UPWARD = frozenset({"xcomp", "acomp", "attr", "ccomp"})


def stance(
    tree: Tree, cue_head: int | None, cue: Spans, content: Spans, *, direct: bool = False
) -> str:
    """The stance of the source to ``content``, told by the words of ``cue``.

    Negation turns a belief into doubt, a wish into its denial, and telling into withholding;
    verbs that mean little of their own ("voiced concern", "is unsure") take the class of their
    object; what is quoted (``direct``) as a question is asked.
    """
    if cue_head is None:
        return "asserts"
    found, word = _class(tree, cue_head, cue)
    found = _by_frame(tree, word, cue, content, direct=direct) or found
    if _is_negated(tree, cue_head) or (word != cue_head and _is_negated(tree, word)):
        found = _denied(tree, word, found, cue)
    elif found == "asserts" and direct and _all_questions(tree.text, content):
        return "asks"
    return found


def _denied(tree: Tree, word: int, found: str, cue: Spans) -> str:
    """What a stance becomes where its cue is negated."""
    if found == "asserts":
        links = {tree.lower[c] for c in tree.kids[word] if tree.dep[c] == "prep"}
        if tree.lemma[word] == "think" and "about" in links:
            return found  # "didn't think about it" tells of no belief
        lemmas = [tree.lemma[word], *(tree.lemma[i] for i in _words(tree, cue))]
        return next((_NEGATED[lemma] for lemma in lemmas if lemma in _NEGATED), found)
    if found == "hopes":
        return "doubts" if tree.pos[word] == "NOUN" else "denies"
    if found in _UNWANTED:
        return "denies"
    return "asserts" if found in {"denies", "doubts", "fears"} else found


def _by_frame(tree: Tree, word: int, cue: Spans, content: Spans, *, direct: bool) -> str | None:
    """What the construction makes of a word with several senses ("call for", "wish to")."""
    lemma, verb = tree.lemma[word], tree.pos[word] == "VERB"
    infinitive = _is_infinitive(tree, content)
    links = {tree.lower[c] for c in tree.kids[word] if tree.dep[c] in {"prep", "prt"}}
    links |= set(re.findall(r"\b(?:for|on|upon|to)$", _surface(tree, cue)))
    if lemma == "call" and verb:
        return "wants" if links & {"for", "on", "upon"} or infinitive else "asserts"
    if lemma == "challenge" and verb and (infinitive or "to" in links):
        return "wants"
    if lemma == "question":
        owned = any(tree.dep[c] == "poss" for c in tree.kids[word])
        return "asks" if (direct if verb else owned) else None
    if lemma == "plead" and re.search(r"\bguilty\b", _surface(tree, (*cue, *content))):
        return "asserts"
    if lemma in _IF_INFINITIVE and not infinitive and not (lemma == "commit" and "to" in links):
        return "asserts"
    if lemma in {"wish", "ambition"} and infinitive:
        return "wants"
    if lemma in {"insist", "suggest", "tell"} and verb and infinitive:
        return "wants"
    if lemma in _INQUIRIES and verb and re.match(r"(?:whether|if)\b", _surface(tree, content)):
        return "asks"
    return None


def _is_negated(tree: Tree, word: int) -> bool:
    if _negates(tree, word):
        return True
    # "not going to comment", "am not aware": the word hangs on what is negated.
    upper = tree.head[word]
    carried = tree.dep[word] in _UPWARD and tree.lemma[upper] in _LEADS_TO
    return carried and upper != word and _negates(tree, upper)


def _negates(tree: Tree, word: int) -> bool:
    subject = next((c for c in tree.kids[word] if tree.dep[c] in _SUBJECTS), None)
    if subject is not None and (
        tree.lower[subject] in _NOBODY
        or any(tree.lower[c] == "no" and tree.dep[c] == "det" for c in tree.kids[subject])
    ):
        return True
    for child in tree.kids[word]:
        if tree.dep[child] == "neg":
            # "Don't you think …?" asks for assent.
            if subject is None or child > subject or subject > word:
                return True
        elif tree.lower[child] in _LESS or (
            tree.lower[child] in _NO and tree.dep[child] in {"det", "amod"}
        ):
            return True
    return False


def _class(tree: Tree, head: int, cue: Spans) -> tuple[str, int]:
    """The stance of a cue, and the word that decides it."""
    row = known_cue(tree.lemma[head], tree.pos[head])
    found = row.stance if row is not None else "asserts"
    if found != "asserts":
        return found, head
    words = [w for w in _words(tree, cue) if w != head and tree.pos[w] in _CONTENT_WORDS]
    light = tree.lemma[head] in _EMPTY_VERBS or tree.pos[head] not in _CONTENT_WORDS
    for word in words if light or row is None else ():
        inner = known_cue(tree.lemma[word], tree.pos[word])
        if inner is not None and inner.stance != "asserts":
            return inner.stance, word
    if not light:
        return found, head
    for child in tree.kids[head]:
        if tree.dep[child] in _OBJECTS or (tree.dep[child] in _SUBJECTS and not words):
            inner = known_cue(tree.lemma[child], tree.pos[child])
            told = tree.dep[child] in _OBJECTS and tree.pos[child] == "ADJ"
            if inner is not None and (inner.stance != "asserts" or told):
                return inner.stance, child
        if tree.dep[child] == "prep" and tree.lower[child] == "against":
            return "denies", head
    return found, head


def _words(tree: Tree, spans: Spans) -> Iterator[int]:
    for start, end in spans:
        span = tree.page.span(start, end)
        yield from () if span is None else (token.i for token in span)


def _surface(tree: Tree, spans: Spans) -> str:
    return " ".join(tree.text[start:end] for start, end in spans).casefold()


def _is_infinitive(tree: Tree, content: Spans) -> bool:
    """Whether the content is what is to be done: "to go", "the men to go"."""
    if re.match(r"to\s+[a-z]|not\s+to\s", _surface(tree, content)):
        return True
    span = tree.page.span(*content[0])
    if span is None:
        return False
    head = span.root.i
    return any(
        tree.dep[c] == "aux" and tree.lower[c] == "to" and tree.start[c] >= content[0][0]
        for c in tree.kids[head]
    )


def _all_questions(text: str, content: Spans) -> bool:
    words = text[content[0][0] : content[-1][1]].rstrip("\"”’' ")
    return words.endswith("?") and not re.search(r"[.!]\s", words)
