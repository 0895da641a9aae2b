"""Gold attributions as labels on the words of training windows."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from onrecord.reading.encoder_text import Pieces, split

HELD_OUT = 10  # one document in ten, by the hash of its id, is never trained on


Span = tuple[int, int]


@dataclass
class Relation:
    """One attribution, as word numbers (end exclusive)."""

    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    content: list[tuple[int, int]]

    @property
    def reach(self) -> tuple[int, int]:
        spans = [s for s in (self.cue, self.source, *self.content) if s is not None]
        return min(s for s, _ in spans), max(e for _, e in spans)


@dataclass
class Document:
    id: str
    text: str
    pieces: Pieces
    relations: list[Relation] = field(default_factory=list)


def held_out(doc_id: str) -> bool:
    """Whether a document belongs to the fixed tenth that chooses models and thresholds."""
    return int(hashlib.sha256(doc_id.encode()).hexdigest(), 16) % HELD_OUT == 0


def to_words(pieces: Pieces, start: int, end: int) -> tuple[int, int] | None:
    """The words that overlap the characters ``[start, end)``, or None."""
    first = bisect_right(pieces.ends, start)
    last = bisect_left(pieces.starts, end)
    return (first, last) if first < last else None


def read(folder: Path, tokenizer: Tokenizer) -> list[Document]:
    """All documents of a bench folder with their relations, in file order."""
    gold = {row["id"]: row["attributions"] for row in rows(folder / "gold.jsonl")}
    documents = []
    for row in rows(folder / "docs.jsonl"):
        pieces = split(row["text"], tokenizer)
        document = Document(row["id"], row["text"], pieces)
        for entry in gold[row["id"]]:
            relation = to_relation(pieces, entry)
            if relation is not None:
                document.relations.append(relation)
        documents.append(document)
    return documents


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def to_relation(pieces: Pieces, entry: dict[str, Any]) -> Relation | None:
    spans: dict[str, list[tuple[int, int]]] = {}
    for role in ("source", "cue", "content"):
        found = [to_words(pieces, s, e) for s, e in (entry.get(role) or {"spans": []})["spans"]]
        spans[role] = [span for span in found if span is not None]
    if not spans["content"]:
        return None
    cue = (spans["cue"][0][0], spans["cue"][-1][1]) if spans["cue"] else None
    source = spans["source"][0] if spans["source"] else None
    return Relation(cue, source, spans["content"])


@dataclass
class Window:
    """Words ``[first, last)`` of one document."""

    document: Document
    first: int
    last: int


def windows(documents: list[Document], size: int, random: Random) -> list[Window]:
    """Every document cut once into windows of at most ``size`` pieces, at a random phase.

    Cuts fall on line ends where one is near, since few relations reach over one.
    """
    out = []
    for document in documents:
        pieces = document.pieces
        total = pieces.words
        at = 0
        room = random.randint(size // 3, size)
        while at < total:
            last = int(np.searchsorted(pieces.first, pieces.first[at] + room, side="right")) - 1
            last = max(at + 1, min(last, total))
            if last < total:
                for near in range(last, max(at + 1, last - 40), -1):
                    if pieces.shapes[pieces.first[near]] // 2 % 3 == 2:
                        last = near
                        break
            out.append(Window(document, at, last))
            at = last
            room = size
    random.shuffle(out)
    return out
