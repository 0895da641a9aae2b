"""What became of the counted, and whether a figure is a change: read from the parse."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Token

from onrecord.reading.quantities.lexicon import word_classes
from onrecord.reading.quantities.phrases import Phrase

_NOUNS = {"NOUN", "PROPN"}
_FUNCTIONS = {"nsubj", "nsubjpass", "dobj"}
_NO_PROPERTY = {"change", "rank", "not_counted", "munition", "figure", "generic", "collective",
                "kind_of", "denied", "parent", "vote", "taken"}  # fmt: skip
_RELATIVE = {"who", "that", "which"}
_INTRANSITIVE = {"die", "perish", "flee", "drown", "disappear", "vanish"}


@lru_cache(maxsize=1)
def _properties() -> dict[str, str]:
    return {
        word: name
        for name, words in word_classes().items()
        if name not in _NO_PROPERTY
        for word in words
    }


def property_of(noun: Token | None, head: Token) -> str | None:
    """What became of the counted: killed, wounded, detained …; None where it is not told.

    Read from the verb whose subject or object it is, as far as that verb leaves no doubt who was
    hit (subjects of "kill" kill, objects of "die" do not exist), then from its modifiers ("12
    dead", "the wounded"), then from the noun itself ("three deaths"): two refugees who were killed
    are killed.
    """
    own = _phrase_top(head)
    stands = own.dep_ in _FUNCTIONS | {"conj", "attr"}
    at = noun if noun is not None and noun.i >= head.i and not stands else own
    found = _by_participle(head) or _by_verb(at) or _by_modifier(at)
    if found is not None:
        return found
    classes = _properties()
    for word in (at, head):
        if word.lemma_.lower() in classes and word.pos_ not in {"VERB", "AUX"}:
            return classes[word.lemma_.lower()]
    if noun is not None and noun.lemma_ == "toll":
        return next((classes.get(t.lemma_.lower()) for t in noun.children if t.i < noun.i
                     and t.lemma_.lower() in classes), None)  # fmt: skip
    return None


def _phrase_top(head: Token) -> Token:
    """The word that stands in the clause for a numeral without a noun: "three" more."""
    while head.dep_ in {"nummod", "quantmod", "advmod"} and head.head.pos_ in {"ADJ", "NUM"}:
        head = head.head
    return head


def _by_participle(head: Token) -> str | None:
    """ "20 injured", "three dead" with no noun between, whatever the parse made of it."""
    following = head.nbor(1) if head.i + 1 < len(head.doc) else None
    if following is None or head.pos_ != "NUM" or following.tag_ not in {"VBN", "VBD", "JJ"}:
        return None
    if any(t.dep_ in {"dobj", "auxpass"} for t in following.children):
        return None
    return _properties().get(following.lemma_.lower())


def _by_modifier(at: Token) -> str | None:
    classes = _properties()
    for child in at.children:
        name = classes.get(child.lemma_.lower())
        if name is None or child.dep_ not in {"acl", "amod", "relcl", "acomp"}:
            continue
        passive = child.tag_ == "VBN" or (child.pos_ == "ADJ" and child.lower_ != "free")
        subjects = [t for t in child.children if t.dep_ in {"nsubj", "nsubjpass"}]
        active = child.dep_ == "relcl" and child.lemma_ in _INTRANSITIVE
        if any(t.lower_ not in _RELATIVE for t in subjects):
            continue
        by_him = any(t.dep_ == "nsubj" for t in subjects) and not active
        if (passive or active) and not by_him and not any(t.dep_ == "dobj" for t in child.children):
            return _weighed(name, at)
    return None


def _by_verb(at: Token) -> str | None:
    classes = _properties()
    top = at
    while top.dep_ == "conj" and top.head.i != top.i and top.head.pos_ not in {"VERB", "AUX"}:
        top = top.head
    verb = top.head
    if at.lemma_ == "life" and top.dep_ == "dobj" and verb.lemma_ in word_classes()["taken"]:
        return "killed"
    name = classes.get(verb.lemma_.lower())
    if name is None or verb.pos_ not in {"VERB", "AUX"} or verb.lower_ == "missing":
        return _predicate(top)
    active = verb.lemma_ in _INTRANSITIVE
    if name in {"killed", "wounded"} and _also_hit(verb, name):
        name = "casualties"
    if top.dep_ == "nsubjpass" or (top.dep_ == "dobj" and not active):
        return _weighed(name, at)
    return name if top.dep_ == "nsubj" and active else None


def _also_hit(verb: Token, name: str) -> bool:
    """ "Killed or wounded 40": the same object of two verbs."""
    others = [v for v in verb.conjuncts if _properties().get(v.lemma_) in {"killed", "wounded"}]
    return any(
        _properties()[v.lemma_] != name
        and not any(t.dep_ in {"dobj", "nsubj", "nsubjpass"} for t in v.children if v.i > verb.i)
        and not any(t.dep_ == "dobj" for t in v.children)
        for v in others
    )


def _weighed(name: str, at: Token) -> str | None:
    """ "Fired" is said of shells, not of staff."""
    if name == "fired" and at.lemma_.lower() not in word_classes()["munition"]:
        return None
    return name


def _predicate(top: Token) -> str | None:
    """ "left 12 people dead", "9 people were missing"."""
    classes = _properties()
    verb = top.head
    if top.dep_ not in _FUNCTIONS:
        return None
    for child in verb.children:
        said_of = child.dep_ in {"acomp", "oprd", "xcomp", "ccomp"} and child.i > top.i
        if said_of and (child.pos_ == "ADJ" or child.tag_ in {"VBN", "VBG"}):
            name = classes.get(child.lower_) or classes.get(child.lemma_.lower())
            acts = any(t.dep_ in {"dobj", "nsubj"} for t in child.children)
            if name is not None and not acts:
                return name
    return classes.get(verb.lower_) if top.dep_ == "nsubj" and verb.tag_ == "VBG" else None


def is_change(phrase: Phrase, head: Token) -> bool:
    """Whether the figure is a change by so much: "rose by 5", "a 5 percent cut", "up 3%"."""
    change = word_classes()["change"]
    kind = phrase.unit.kind if phrase.unit is not None else None
    at = head
    before = at
    while before.i > 0 and before.idx >= phrase.start:
        before = before.nbor(-1)
    if kind == "share" and before.lower_ in {"up", "down"} and before.idx < phrase.start:
        return True
    if at.dep_ == "pobj" and at.head.lower_ in {"by", "of"}:
        return at.head.head.lemma_.lower() in change
    governs = at.head
    if governs.i == at.i or governs.lemma_.lower() not in change:
        return False
    if governs.pos_ in _NOUNS:
        return at.i < governs.i and at.dep_ in {"compound", "nummod", "nmod", "amod"}
    return at.dep_ == "npadvmod" or (at.dep_ == "dobj" and kind in {"share", "money", "score"})
