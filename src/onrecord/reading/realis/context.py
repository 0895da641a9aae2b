"""From the top of the sentence down to an event: what each word above it makes of it."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading import grammar
from onrecord.reading.page import Page
from onrecord.reading.realis.local import Local, is_definite, noun_local, verb_local
from onrecord.reading.realis.signatures import VALUES, Signature, signature
from onrecord.reading.realis.status import Status, listed, merge, part_of_speech

_SPEECH = frozenset({
    "say", "tell", "state", "declare", "announce", "report", "write", "add", "claim", "maintain",
    "assert", "contend", "allege", "confirm", "note", "explain", "testify", "warn", "predict",
    "believe", "think", "feel", "hear", "know", "argue", "insist", "promise", "pledge", "vow",
    "agree", "hope", "expect", "decide", "reveal", "stress", "reply", "indicate", "signal",
    "suggest", "admit", "acknowledge", "learn", "deny", "fear", "doubt", "ask",
})  # fmt: skip
_ASKED = frozenset({"ask", "wonder", "question", "determine", "know", "see", "decide", "consider",
                    "discuss", "debate", "examine", "investigate", "clarify", "doubt"})  # fmt: skip
_PAST_PREPOSITIONS = frozenset({
    "after", "since", "following", "despite", "amid", "during", "over", "because", "due", "given",
    "in", "at", "on", "by", "from", "with", "under", "through", "within", "around", "between",
    "alongside", "throughout", "past", "like", "including", "about", "behind",
})  # fmt: skip
_OPEN_PREPOSITIONS = frozenset({"against", "towards", "toward", "barring"})
_CARRYING = frozenset({"carry", "launch", "hold", "conduct", "stage", "commit", "impose", "wage"})
_RESULTS = frozenset({"end", "close", "reach", "become", "find", "discover", "finish", "settle"})
_GOVERNING = frozenset(
    {"of", "for", "to", "on", "about", "against", "at", "over", "toward", "into"}
)
_CUSTOMARY = frozenset({"systemic", "common", "commonplace", "widespread", "rife", "rampant",
                        "endemic", "routine", "rare", "pervasive", "systematic"})  # fmt: skip
_TAKES_PLACE = frozenset({"take", "begin", "start", "happen", "open", "follow", "come"})
_TURNS_DOWN = frozenset({"reject", "refuse", "decline", "dismiss", "deny", "rebuff", "spurn",
                         "ignore", "shrug", "oppose", "resist", "veto"})  # fmt: skip
_SAID_NOUNS = frozenset({
    "proposal", "offer", "request", "demand", "call", "appeal", "claim", "allegation", "accusation",
    "charge", "plea", "bid", "suggestion", "petition", "criticism", "warning", "threat",
    "ultimatum", "complaint", "invitation", "apology", "resignation",
})  # fmt: skip
"""What was said or made all the same, where it is turned down ("rejected calls for a truce")."""
_OF_THE_KNOWN = ("after", "since", "following", "over", "despite", "by", "from", "because", "under")
_MOVED_LABELS = ("dobj", "oprd", "nsubjpass", "dative")


_TOP = Status("actual", 1.0, ())


class Telling:
    """How each event of a page is told; answers are kept, so each word is asked once."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._status: dict[int, Status] = {}
        self._context: dict[int, Status] = {}
        self._question: dict[int, bool] = {}
        self._open: set[int] = set()

    def status(self, token: Token) -> Status:
        """How the event whose head word is ``token`` is told."""
        found = self._status.get(token.i)
        if found is None:
            if token.i in self._open:  # a ring of conjuncts and clauses: no further word above
                return _TOP
            self._open.add(token.i)
            found = self._judge(token)
            self._open.discard(token.i)
            self._status[token.i] = found
        return found

    def _judge(self, token: Token) -> Status:
        context = self.context(token)
        if grammar.is_verb(token) or token.dep_ in ("xcomp", "ccomp", "advcl", "relcl"):
            local = verb_local(
                token,
                reported=self._reported(token),
                question=self._is_question(token),
                headline=self._is_headline(token),
            )
        elif token.pos_ == "ADJ":
            denied = grammar.negation(token) or (
                grammar.negation(token.head) if token.dep_ == "acomp" else None
            )
            local = Local("negated", 1.0, ("neg",)) if denied is not None else Local(None, 1.0, ())
        else:
            local = noun_local(token)
            if local.realis == "negated" and local.marks == ("no",):
                # "no attack was reported": the verb is denied by this very word, not twice
                return Status("negated", local.sure, (*local.marks, *context.trail))
        return merge(context, local)

    def context(self, token: Token) -> Status:
        """What the words above ``token`` make of it, before its own clause or phrase is asked."""
        found = self._context.get(token.i)
        if found is None:
            key = -token.i - 1
            if key in self._open:
                return _TOP
            self._open.add(key)
            verbal = grammar.is_verb(token)
            found = self._of_verb(token) if verbal else self._of_noun(token)
            self._open.discard(key)
            self._context[token.i] = found
        return found

    # verbs

    def _of_verb(self, verb: Token) -> Status:
        label, head = verb.dep_, verb.head
        if head.i == verb.i:
            return _TOP
        if label == "conj":
            return self.context(head)
        if label in ("xcomp", "ccomp"):
            return self._complement(verb, head)
        if label == "acl":
            return self._of_acl(verb, head)
        if label == "relcl":
            return self._of_relative(verb, head)
        if label == "advcl":
            return self._of_adverbial(verb, head)
        if label == "pcomp":
            return self._of_preposition(verb, head)
        if label in ("csubj", "csubjpass"):
            above = self.status(head)
            return above if above.realis != "negated" else Status("possible", 0.6, above.trail)
        if label in (*_MOVED_LABELS, "pobj", "nsubj", "attr", "compound", "appos"):
            return self._of_noun(verb)
        return _TOP

    def _complement(self, verb: Token, head: Token) -> Status:
        form = grammar.form(verb)
        marks = {c.lower_ for c in verb.children if c.dep_ == "mark"}
        if marks & {"whether", "if"} and head.lemma_ in _ASKED:
            return Status("possible", 0.8, (f"{head.lemma_}:whether",))
        if form.infinitive or (verb.tag_ == "VB" and not form.finite):
            frames: tuple[str, ...] = ("to",)
        elif form.finite or (verb.dep_ == "ccomp" and verb.tag_ != "VBG"):
            frames = ("that",)
        elif verb.tag_ == "VBG":
            frames = ("ing",)
        else:
            frames = ("to",) if verb.tag_ == "VB" else ("ing",)
        lemma, pos = head.lemma_, part_of_speech(head)
        if head.lemma_ == "be" and verb.dep_ == "xcomp" and form.infinitive:
            if head.tag_ == "VBN":
                return self.status(head)
            return self._apply(Signature("f", "-"), head, "be", "to")
        if lemma == "use" and grammar.is_passive(head) and grammar.form(head).tense == "present":
            return Status("generic", 0.6, ("is-used-to",))
        found = signature(lemma, pos, *frames)
        if found is None and frames == ("that",):
            found = Signature("t", "p") if pos != "n" else Signature("t", "t")
        elif found is None and frames == ("ing",):
            found = Signature("=", "-")
        elif found is None:
            perfect = form.perfect
            found = Signature("=" if perfect else "p", "p")
        if form.infinitive and form.perfect and found.holds in ("f", "p") and pos == "v":
            found = Signature("=", "p")  # "is believed to have left", "claims to have hit"
        return self._apply(found, head, lemma, frames[0])

    def _of_acl(self, verb: Token, noun: Token) -> Status:
        if grammar.is_verb(noun):
            return self.status(noun)
        form = grammar.form(verb)
        if form.infinitive:
            if noun.lemma_ in _ASKED:
                return Status("possible", 0.7, ())
            found = signature(noun.lemma_, "n", "to")
            ordinal = any(c.lower_ in ("first", "last", "only", "latest") for c in noun.children)
            if ordinal or noun.lower_ in ("first", "last", "latest", "only"):
                return self.context(noun)
            if found is None:
                found = Signature("f", "p") if form.passive else Signature("p", "p")
            return self._apply(found, noun, noun.lemma_, "to")
        if form.finite:
            found = signature(noun.lemma_, "n", "that") or Signature("t", "t")
            return self._apply(found, noun, noun.lemma_, "that")
        if (
            verb.tag_ == "VBN"
            and signature(verb.lemma_, "v", "subj") is None
            and (verb.lemma_ not in _CARRYING)
        ):
            return _TOP
        above = self.context(noun)
        return above if above.realis in ("possible", "future", "conditional") else _TOP

    def _of_relative(self, verb: Token, noun: Token) -> Status:
        form = grammar.form(verb)
        if form.tense == "present" and form.modal is None:
            open_noun = noun.lower_ in ("anyone", "whoever", "anybody", "those") or any(
                c.dep_ == "det" and c.lower_ in ("any", "every", "a", "an") for c in noun.children
            )
            if open_noun:
                above = self.context(noun)
                if above.realis in ("possible", "future", "conditional", "generic"):
                    return above
        if not form.finite and form.infinitive:
            if any(c.lower_ in ("first", "last", "only", "latest") for c in noun.children):
                return self.context(noun)
            return Status("possible", 0.6, ("relative:to",))
        return _TOP

    def _of_adverbial(self, verb: Token, head: Token) -> Status:
        form = grammar.form(verb)
        words = {c.lower_ for c in verb.children if c.dep_ in ("mark", "advmod", "prep")}
        above = self.status(head)
        if words & {"if", "unless", "lest"} or "case" in words:
            return Status("conditional", 0.9, ("if",))
        if form.infinitive:
            if above.realis == "actual" and verb.lemma_ in _RESULTS:
                return Status("actual", 0.7, ("result", *above.trail))
            if above.realis == "actual":
                return Status("future", 0.6, ("purpose", *above.trail))
            return Status(above.realis, 0.6, ("purpose", *above.trail))
        if form.modal is not None or form.tense == "past":
            return _TOP
        if words & {"before", "until", "till", "when", "once", "after", "as", "while", "whenever"}:
            if above.realis in ("future", "conditional", "possible", "generic") or (
                above.realis == "negated" and words & {"until", "till", "unless", "before"}
            ):
                kind = "future" if above.realis == "negated" else above.realis
                return Status(kind, 0.7, ("when", *above.trail))
            return _TOP
        if form.tense == "none" and not words & {"because", "although", "though", "since"}:
            if above.realis == "negated":
                return Status("actual", 0.6, ("beside-negated", *above.trail))
            return Status(above.realis, above.sure * 0.95, ("beside", *above.trail))
        return _TOP

    # nouns, and verbs after prepositions

    def _of_noun(self, noun: Token) -> Status:
        label, head = noun.dep_, noun.head
        if head.i == noun.i:
            return self._by_participle(noun) or _TOP
        if label == "conj":
            return self.context(head)
        if label == "appos":
            return self.context(head) if not grammar.is_verb(head) else _TOP
        if label in _MOVED_LABELS and grammar.is_verb(head):
            return self._as_object(noun, head)
        if label == "nsubj" and (grammar.is_verb(head) or head.pos_ == "AUX"):
            return self._by_participle(noun) or self._as_subject(noun, head)
        if label in ("attr", "acomp"):
            return self._by_participle(noun) or self.status(head)
        if label in ("pobj", "pcomp"):
            return self._by_participle(noun) or self._of_preposition(noun, head)
        if label in ("compound", "nmod", "amod", "npadvmod") and not grammar.is_verb(head):
            found = signature(head.lemma_, "n", "of")
            if found is not None and noun.lemma_ != "coup" and head.lemma_ != "event":
                return self._apply(found, head, head.lemma_, "compound")
            return self.status(head)
        return self._by_participle(noun) or _TOP

    def _by_participle(self, noun: Token) -> Status | None:
        """What a participle after the noun makes of it ("the attack planned for Friday")."""
        for child in noun.children:
            if child.dep_ == "acl" and child.tag_ == "VBN":
                found = signature(child.lemma_, "v", "np")
                if found is not None and found.holds in ("f", "p", "-"):
                    return self._apply(found, child, child.lemma_, "np")
            to_come = child.dep_ == "acl" and grammar.form(child).infinitive
            if to_come and (grammar.is_passive(child) or child.lemma_ in _TAKES_PLACE):
                return Status("future", 0.7, ("noun:to",))
        return None

    def _as_object(self, noun: Token, verb: Token) -> Status:
        label = noun.dep_
        if label == "nsubjpass" and not grammar.is_passive(verb):
            label = "nsubj"
        for child in verb.children:  # "planned attacks to be carried out": what follows tells
            if child.dep_ == "xcomp" and label == "nsubjpass" and grammar.form(child).infinitive:
                return self.status(child)
        lemma = verb.lemma_
        told = self._by_participle(noun)
        if told is not None and told.trail == ("noun:to",):
            return told
        if lemma in _TURNS_DOWN and noun.lemma_ in _SAID_NOUNS:
            return Status("actual", 0.9, ("turned-down",))
        if any(c.dep_ == "prt" and c.lower_ in ("off", "out", "down") for c in verb.children):
            if lemma in ("call", "rule", "break", "stave"):
                return self._apply(Signature("-", "p"), verb, lemma, "prt")
        elif lemma == "rule":
            return _TOP
        found = signature(lemma, "v", "np")
        if found is None or lemma == "call":
            found = Signature("+", "+") if is_definite(noun) else Signature("=", "=")
        return self._apply(found, verb, lemma, "np")

    def _as_subject(self, noun: Token, verb: Token) -> Status:
        lemma = verb.lemma_
        if lemma == "be":
            return self._as_topic(noun, verb)
        found = signature(lemma, "v", "subj") if listed(lemma, "subj") else None
        if found is None:
            return self._as_topic(noun, verb)
        return self._apply(found, verb, lemma, "subj")

    def _as_topic(self, noun: Token, verb: Token) -> Status:
        """A noun as the subject of what is told of it: open where it is new and the verb is."""
        for child in verb.children:
            if child.dep_ == "acomp" and child.lower_ in (
                "possible",
                "likely",
                "unlikely",
                "imminent",
                "inevitable",
                "impossible",
                "needed",
                "necessary",
                "probable",
                "certain",
                "uncertain",
            ):
                return Status("possible", 0.7, (f"is:{child.lower_}",))
            if child.dep_ == "acomp" and child.lower_ in _CUSTOMARY:
                return Status("generic", 0.7, (f"is:{child.lower_}",))
        above = self.status(verb)
        if above.realis in ("actual", "negated"):
            return Status("actual", 0.85, ("subject", *above.trail))
        modal = grammar.form(verb).modal
        if is_definite(noun) and modal not in ("will", "shall", "would"):
            return Status("actual", 0.7, ("subject-known", *above.trail))
        return Status(above.realis, 0.7, ("subject-open", *above.trail))

    def _of_preposition(self, token: Token, preposition: Token) -> Status:
        """What a preposition and the word that it hangs on make of what follows it."""
        word = preposition.lower_
        head = preposition.head
        if head.dep_ == "prep" or (head.pos_ == "ADP" and head.head.i != head.i):
            word, head = f"{head.lower_}", head.head
        if word == "without":
            return Status("negated", 0.9, ("without",))
        if word in ("instead", "rather"):
            return Status("negated", 0.6, (word,))
        lemma, pos = head.lemma_, part_of_speech(head)
        if lemma == "event" and word == "of" and head.dep_ == "pobj" and head.head.lower_ == "in":
            return Status("conditional", 0.9, ("in-the-event-of",))
        if lemma == "due" and word == "to" and not grammar.is_verb(token):
            return Status("actual", 0.9, ("due-to",))
        found = signature(lemma, pos, word)
        if pos == "n" and word not in _GOVERNING:
            found = None
        if found is not None and pos == "v" and not listed(lemma, word):
            found = None
        if found is not None:
            return self._apply(found, head, lemma, word)
        if word in _OPEN_PREPOSITIONS:
            if word == "against" and is_definite(token):
                return Status("actual", 0.7, (word,))
            if word == "against" and pos == "n":
                return self.context(head)
            return Status("possible", 0.5, (word,))
        if word in ("before", "ahead"):
            above = self.status(head)
            kind = "actual" if word == "before" and above.realis == "actual" else "future"
            return Status(kind, 0.6, (word,))
        if word == "of" and pos == "n":
            return self.status(head)
        if word == "for" and not is_definite(token) and token.tag_ != "VBG":
            above = self.status(head)  # what a thing or a deed is for has not happened with it
            kind = "possible" if above.realis == "actual" else above.realis
            return Status(kind, 0.7, ("for", *above.trail))
        if pos == "n" and word in ("on", "to", "in", "with", "at"):
            return Status("actual", 0.8, (word,))
        above = self.status(head)
        if above.realis in ("actual", "negated") or (is_definite(token) and word in _OF_THE_KNOWN):
            return Status("actual", 0.9, (word, *above.trail))
        if word in ("after", "since", "following", "despite"):
            return Status("actual", 0.6, (word, *above.trail))
        if word in _PAST_PREPOSITIONS or not is_definite(token):
            return Status(above.realis, 0.6, (word, *above.trail))
        return Status("actual", 0.6, (word, *above.trail))

    # the words above

    def _apply(self, found: Signature, head: Token, lemma: str, frame: str) -> Status:
        """What ``found`` makes of an event, by how its own word ``head`` is told."""
        status = self.status(head)
        trail = (f"{lemma}:{frame}:{found.holds}{'!' if status.realis == 'negated' else ''}",)
        code = found.denied if status.realis == "negated" else found.holds
        sure = min(1.0, 0.5 + 0.5 * status.sure)
        if code == "t":
            return Status("actual", 0.85, trail)
        if code == "+" and found.holds == "+" and found.denied == "+":
            return Status("actual", 0.9, (*trail, *status.trail))
        if code in ("=", "+"):
            kind = status.realis
            if code == "+" and kind == "negated":
                kind = "actual"
            return Status(kind, sure, (*trail, *status.trail))
        value = VALUES[code]
        if value == "negated" and status.realis in ("possible", "future", "conditional"):
            value = "possible" if status.realis == "possible" else "negated"
        if value == "future" and status.realis in ("possible", "conditional"):
            value = status.realis
        return Status(value, sure, (*trail, *status.trail))

    def _reported(self, verb: Token) -> bool:
        """Whether ``verb`` stands in what is told as said or thought, where "would" is a future."""
        current = verb
        for _ in range(6):
            if current.dep_ in ("ccomp", "acl") and current.head.lemma_ in _SPEECH:
                return True
            if current.dep_ in ("conj", "ccomp", "advcl", "xcomp") and current.head.i != current.i:
                current = current.head
                continue
            break
        for child in current.children:
            if child.dep_ in ("parataxis", "ccomp") and child.lemma_ in _SPEECH:
                return True
        return False

    def _is_question(self, token: Token) -> bool:
        sentence = token.sent
        found = self._question.get(sentence.start)
        if found is None:
            tail = [t.text for t in sentence[-3:]]
            found = "?" in tail
            self._question[sentence.start] = found
        return found

    def _is_headline(self, token: Token) -> bool:
        """Whether the sentence is set like a title: no full stop at its end."""
        sentence = token.sent
        end = sentence.end - 1
        while end > sentence.start and sentence.doc[end].is_space:
            end -= 1
        return sentence.doc[end].text not in (".", "!", "?", "”", '"', "’", "…")
