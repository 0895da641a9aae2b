"""The tokens of a page as plain lists: the passes over them read these, not spaCy objects.

One entry a token. Reading a spaCy ``Token`` costs far more than a list, and the entities read
every token several times.
"""

from __future__ import annotations

from spacy.tokens import Doc

from onrecord.reading.page import Page

_SUBJECTS = {"nsubj", "nsubjpass", "csubj", "expl"}
_VERBS = {"VERB", "AUX"}
_COLUMNS: list[int | str] = ["POS", "TAG", "DEP", "LEMMA", "ENT_TYPE", "ENT_IOB", "HEAD"]


class Tokens:
    """Words, tags and the tree of a page.

    ``head[i]`` is the index of the head (of the root: itself); ``children[i]`` are in order;
    ``sentence[i]`` is the number of the prose sentence, -1 outside prose; ``bounds`` are the
    sentences' first token and the one after their last.
    """

    def __init__(self, page: Page) -> None:
        doc: Doc = page.doc
        strings = doc.vocab.strings
        size = len(doc)
        names: dict[int, str] = {0: ""}

        def texts(column: list[int]) -> list[str]:
            for value in set(column):
                if value not in names:
                    names[value] = strings[value]
            return [names[value] for value in column]

        self.text = page.text
        self.words = [t.text for t in doc]
        self.lower = [w.lower() for w in self.words]
        self.start = [t.idx for t in doc]
        columns = doc.to_array(_COLUMNS).T.tolist()
        if not size:
            columns = [[] for _ in range(7)]
        self.pos, self.tag, self.dep, self.lemma, self.ent = (texts(c) for c in columns[:5])
        self.iob: list[int] = columns[5]
        # ``to_array`` gives relative heads as unsigned 64-bit numbers
        self.head = [i + (v - (1 << 64) if v >> 63 else v) for i, v in enumerate(columns[6])]
        self.children: list[list[int]] = [[] for _ in range(size)]
        for i, h in enumerate(self.head):
            if h != i:
                self.children[h].append(i)
        self.sentence = [-1] * size
        self.bounds: list[tuple[int, int]] = []
        for number, span in enumerate(page.sentences):
            self.bounds.append((span.start, span.end))
            self.sentence[span.start : span.end] = [number] * (span.end - span.start)

    def __len__(self) -> int:
        return len(self.words)

    def end(self, i: int) -> int:
        """The offset after token ``i``."""
        return self.start[i] + len(self.words[i])

    def surface(self, first: int, last: int) -> str:
        """The text of the tokens from ``first`` up to ``last``."""
        return self.text[self.start[first] : self.end(last - 1)]

    def verb_over(self, i: int) -> int:
        """The nearest verb over token ``i`` in the tree, or -1."""
        while self.head[i] != i:
            i = self.head[i]
            if self.pos[i] in _VERBS:
                return i
        return -1

    def subject(self, verb: int) -> int:
        """The subject of ``verb``, shared by co-ordination or control where it has none; or -1."""
        for _ in range(8):
            for child in self.children[verb]:
                if self.dep[child] in _SUBJECTS:
                    return child
            if self.dep[verb] not in {"conj", "xcomp", "advcl", "aux"} or self.head[verb] == verb:
                return -1
            verb = self.head[verb]
            if self.pos[verb] not in _VERBS:
                return -1
        return -1

    def chain(self, i: int) -> int:
        """The first of the co-ordinated words that ``i`` belongs to ("A, B and C": A)."""
        while self.dep[i] == "conj" and self.head[i] != i:
            i = self.head[i]
        return i
