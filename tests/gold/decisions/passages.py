"""The gold passages for permissions, reasons and forecasts: how to choose and load them.

The texts are not ours to ship, so a line of ``work.jsonl`` or ``unseen.jsonl`` holds the corpus,
the id of the document, where the passage lies in it, a hash of its words, and labels whose offsets
count from the start of the passage. ``load`` rebuilds the texts from the shared corpora.

``python passages.py CORPORA [first|fresh|fields]`` prints the passages chosen; the choice is a function of the
documents' ids and a list of general stems alone, so that nobody could pick easy ones.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
CHOICE = (
    ("guardian", 16),
    ("wikinews_2019_2020", 16),
    ("congress_press", 8),
    ("white_house_briefings", 4),
)
DENSE = (
    ("guardian", 5),
    ("wikinews_2019_2020", 7),
    ("congress_press", 7),
    ("white_house_briefings", 1),
)
# The third draw, with a salt of its own and none of the documents of the first.
FRESH = (
    ("guardian", 6),
    ("wikinews_2019_2020", 6),
    ("congress_press", 4),
    ("white_house_briefings", 2),
)
FRESH_DENSE = (
    ("guardian", 2),
    ("wikinews_2019_2020", 2),
    ("congress_press", 2),
    ("white_house_briefings", 1),
)
# The fourth draw, two stems of leave in each: news first, which is mostly war, visas and courts, then
# the fields that the news left over tells little of. Odd ones are for work, even ones blind.
NEWS = (("guardian", 10), ("wikinews_2019_2020", 8))
FIELD = (("congress_press", 2), ("white_house_briefings", 1))
FIELDS = {
    "courts": r"\b(courts?|judges?|appeal|trial|lawsuits?|ruling|prosecutors?|jury)\b",
    "trade": r"\b(trade|tariffs?|exports?|imports?|mergers?|takeovers?|regulators?|companies)\b",
    "elections": r"\b(elections?|vote[rs]?|voting|ballots?|candidates?|polls?|campaign)\b",
    "local": r"\b(councils?|mayors?|city|county|planning|residents|local|schools?)\b",
}
ROUNDS = {
    "first": ((CHOICE, "", 1, None), (DENSE, "dense|", 3, None)),
    "fresh": ((FRESH, "fresh|", 1, None), (FRESH_DENSE, "fresh dense|", 3, None)),
    "fields": (
        (NEWS, "fields|", 2, None),
        *((FIELD, f"fields {name}|", 2, name) for name in FIELDS),
    ),
}
# The documents of these draws are not drawn again.
EARLIER = {"first": (), "fresh": ("first",), "fields": ("first", "fresh")}
LENGTH = (500, 950)
_GAP = re.compile(r"(?<=[.!?][\"”’'])\s+(?=[A-Z\"“‘'])|(?<=[.!?])\s+(?=[A-Z\"“‘'])|\s*\n\s*")
# Stems of leave, of what is to come and of why. A passage must hold one of the first and one of the
# second and three in all: chosen blindly, nine passages in ten hold no permission to measure.
_PERMISSION = re.compile(
    r"\b(permi(?:t|ss)|allow|authori[sz](?:e|ed|es|ing|ation)\b|approv|licen[cs]|ban(?:s|ned|ning)?\b|barr?(?:ed|ing|s)\b"
    r"|block(?:s|ed|ing)\b|forb[ia]d|prohibit|visas?\b|waive|exempt|refus|den(?:y|ied)\b|restrict"
    r"|lift(?:s|ed|ing)\b|revok|suspend|injunct|consent|clearance|veto)",
    re.IGNORECASE,
)
_COMING = re.compile(
    r"\b(will|would|could|may|might|expect|plans?|planned|likely|threat|is to|are to|due to)\b",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\b(because|so that|fear|warn|in order|after|citing|concern|due to|in response|to \w+)",
    re.IGNORECASE,
)


def choose(corpora: Path, draw: str = "first") -> Iterator[dict[str, Any]]:
    """One passage from each of the first documents of each corpus in the order of a hash.

    First the passages of ``CHOICE``, then those of ``DENSE``, from other documents, where three
    stems of leave are asked for: leave is rare, and its states need cases to be told apart. The
    draws ``fresh`` and ``fields`` have their own salts, and take no document of an earlier one;
    ``fields`` asks for two words of its field.
    """
    seen = {p["doc"] for earlier in EARLIER[draw] for p in choose(corpora, earlier)}
    for choice, salt, least, field in ROUNDS[draw]:
        for corpus, count in choice:
            lines = (corpora / corpus / "docs.jsonl").open(encoding="utf-8")
            docs = sorted(map(json.loads, lines), key=lambda doc: _hash(salt + doc["id"]))
            taken = 0
            for doc in docs:
                span = None if doc["id"] in seen else _passage(doc["id"], doc["text"], least, field)
                if span is None:
                    continue
                seen.add(doc["id"])
                yield {"corpus": corpus, "doc": doc["id"], "span": list(span)}
                taken += 1
                if taken == count:
                    break


def load(name: str, corpora: Path) -> list[dict[str, Any]]:
    """The gold lines of ``name`` (``work``, ``unseen``, ``fresh``), each with ``text`` and ``published``.

    Raises ``ValueError`` where a document's words are not those that were labelled.
    """
    gold = [json.loads(line) for line in (HERE / f"{name}.jsonl").open(encoding="utf-8")]
    wanted = {(line["corpus"], line["doc"]) for line in gold}
    texts: dict[tuple[str, str], dict[str, Any]] = {}
    for corpus in sorted({corpus for corpus, _ in wanted}):
        for line in (corpora / corpus / "docs.jsonl").open(encoding="utf-8"):
            doc = json.loads(line)
            if (corpus, doc["id"]) in wanted:
                texts[corpus, doc["id"]] = doc
    for line in gold:
        doc = texts[line["corpus"], line["doc"]]
        start, end = line["span"]
        line["text"] = doc["text"][start:end]
        line["published"] = doc.get("published")
        if _hash(line["text"]) != line["sha256"]:
            raise ValueError(f"{line['id']}: the corpus has changed since it was labelled")
    return gold


def _hash(text: str) -> str:
    return hashlib.sha256(f"decisions|{text}".encode()).hexdigest()


def _passage(name: str, text: str, least: int, field: str | None = None) -> tuple[int, int] | None:
    edges = [0, *(m.end() for m in _GAP.finditer(text)), len(text)]
    ends = [*(m.start() for m in _GAP.finditer(text)), len(text)]
    sentences = [(s, e) for s, e in zip(edges, ends, strict=False) if e > s]
    found: list[tuple[str, tuple[int, int]]] = []
    for first, (start, _) in enumerate(sentences):
        end = next((e for _, e in sentences[first:] if e - start >= LENGTH[0]), None)
        if end is None or end - start > LENGTH[1]:
            continue
        words = text[start:end]
        if field is not None and len(re.findall(FIELDS[field], words, re.IGNORECASE)) < 2:
            continue
        leave, coming = len(_PERMISSION.findall(words)), len(_COMING.findall(words))
        if leave >= least and coming and leave + coming + len(_WHY.findall(words)) >= 5:
            found.append((_hash(f"{name}|{start}"), (start, end)))
    return min(found)[1] if found else None


def main() -> None:
    """Prints the chosen passages with their words."""
    corpora = Path(sys.argv[1])
    draw = sys.argv[2] if len(sys.argv) > 2 else "first"
    for number, passage in enumerate(choose(corpora, draw), 1):
        for line in (corpora / passage["corpus"] / "docs.jsonl").open(encoding="utf-8"):
            doc = json.loads(line)
            if doc["id"] == passage["doc"]:
                start, end = passage["span"]
                print(f"## {number} {passage['corpus']} {passage['doc']} {start}-{end}")
                print(doc["text"][start:end], "\n")


if __name__ == "__main__":
    main()
