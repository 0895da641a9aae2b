"""The parse of a page as plain lists: an order of magnitude faster to walk than spaCy tokens."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.attrs import (  # type: ignore[import-not-found]
    DEP,
    ENT_TYPE,
    HEAD,
    LEMMA,
    POS,
    TAG,
)
from spacy.tokens import Doc

from onrecord.reading.page import Page

_RAISING = {form: verb for verb in ("seem", "appear") for form in (verb, f"{verb}s", f"{verb}ed")}


class Tree:
    """Lemma, part of speech, tag, label, head and place of every token of a page.

    ``kids[i]`` are the dependents of token ``i`` in the order of the text. ``paragraph[i]`` and
    ``sentence[i]`` number the paragraph and the prose sentence of a token; -1 outside of them.
    """

    def __init__(self, page: Page) -> None:
        doc: Doc = page.doc
        size = len(doc)
        self.page = page
        self.text = page.text
        strings = doc.vocab.strings
        raw = doc.to_array([DEP, POS, TAG, LEMMA, ENT_TYPE]).tolist() if size else []
        offsets = doc.to_array([HEAD]).astype("int64").tolist() if size else []
        self.head: list[int] = [i + offset for i, offset in enumerate(offsets)]
        names: dict[int, str] = {0: ""}
        for value in {value for row in raw for value in row}:
            if value:
                names[value] = strings[value]
        self.dep: list[str] = [names[row[0]] for row in raw]
        self.pos: list[str] = [names[row[1]] for row in raw]
        self.tag: list[str] = [names[row[2]] for row in raw]
        self.lemma: list[str] = [names[row[3]].lower() for row in raw]
        self.entity: list[str] = [names[row[4]] for row in raw]
        self.start: list[int] = []
        self.end: list[int] = []
        self.lower: list[str] = []
        self.space: list[bool] = []
        text = self.text
        for token in doc:
            begin = token.idx
            stop = begin + len(token)
            word = text[begin:stop]
            self.start.append(begin)
            self.end.append(stop)
            self.lower.append(word.lower())
            self.space.append(word.isspace())
        for i, lemma in enumerate(self.lemma):
            if lemma == "hop" and self.lower[i].startswith("hop") and "pp" not in self.lower[i]:
                # The rule lemmatiser takes "hoped" and "hoping" for forms of "hop".
                self.lemma[i] = "hope"
            elif self.pos[i] == "AUX" and self.lower[i] in _RAISING:
                # The tagger takes "seemed" for an auxiliary before an adjective or a participle.
                self.pos[i], self.lemma[i] = "VERB", _RAISING[self.lower[i]]
        self.kids: list[list[int]] = [[] for _ in range(size)]
        for i, head in enumerate(self.head):
            if head != i:
                self.kids[head].append(i)
        self.sentence = [-1] * size
        self.bounds: list[tuple[int, int]] = []
        for number, span in enumerate(page.sentences):
            self.bounds.append((span.start, span.end))
            self.sentence[span.start : span.end] = [number] * (span.end - span.start)
        self.paragraph = [-1] * size
        number = 0
        ends = [end for _, end in page.paragraphs]
        for i, offset in enumerate(self.start):
            while number < len(ends) and offset >= ends[number]:
                number += 1
            if number < len(ends) and offset >= page.paragraphs[number][0]:
                self.paragraph[i] = number
        self._subtrees: dict[int, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self.head)

    def subtree(self, index: int) -> tuple[int, ...]:
        """Token ``index`` and all below it, in the order of the text, white space left out."""
        found = self._subtrees.get(index)
        if found is None:
            out: list[int] = []
            stack = [index]
            while stack:
                node = stack.pop()
                out.append(node)
                stack.extend(self.kids[node])
            found = tuple(sorted(i for i in out if not self.space[i]))
            self._subtrees[index] = found
        return found

    def without(self, index: int, *removed: int) -> tuple[int, ...]:
        """The subtree of ``index`` without the subtrees of ``removed``."""
        gone = {i for root in removed for i in self.subtree(root)}
        return tuple(i for i in self.subtree(index) if i not in gone)

    def kid(self, index: int, *labels: str) -> int | None:
        """The first dependent of ``index`` with one of ``labels``, or None."""
        for child in self.kids[index]:
            if self.dep[child] in labels:
                return child
        return None

    def runs(self, tokens: Iterable[int]) -> list[tuple[int, int]]:
        """Runs of neighbours among sorted ``tokens``, as pairs of first and last token."""
        out: list[tuple[int, int]] = []
        for i in tokens:
            if out and all(self.space[j] for j in range(out[-1][1] + 1, i)):
                out[-1] = (out[-1][0], i)
            else:
                out.append((i, i))
        return out
