"""The tokens of a document as plain lists, since token objects cost more than what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc

_INSIDE = 1


@dataclass(eq=False)
class Tokens:
    """Words, offsets and named entities by token number; ``label`` is empty outside entities."""

    words: list[str]
    starts: list[int]
    inside: list[bool]
    labels: list[str]

    @classmethod
    def of(cls, doc: Doc, text: str) -> Tokens:
        """The tokens of ``doc``, whose text is ``text`` (``doc.text`` joins it anew)."""
        if not len(doc):
            return cls([], [], [], [])
        strings = doc.vocab.strings
        rows = doc.to_array(["IDX", "LENGTH", "ENT_IOB", "ENT_TYPE"]).tolist()
        names = {label: strings[label] if label else "" for label in {row[3] for row in rows}}
        return cls(
            words=[text[at : at + length] for at, length, _, _ in rows],
            starts=[row[0] for row in rows],
            inside=[row[2] == _INSIDE for row in rows],
            labels=[names[row[3]] for row in rows],
        )

    @cached_property
    def entities(self) -> list[tuple[int, int, str]]:
        """First token, end and label of each named entity."""
        out: list[tuple[int, int, str]] = []
        for i, label in enumerate(self.labels):
            if label and self.inside[i] and out and out[-1][1] == i:
                out[-1] = (out[-1][0], i + 1, out[-1][2])
            elif label:
                out.append((i, i + 1, label))
        return out
