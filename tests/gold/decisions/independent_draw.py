"""The draw of ``independent.jsonl``: passages where conditions and horizons are not rare.

Four passages for each of six fields, one from each corpus, in the order of a hash with a salt of
its own; documents of the earlier draws are left out. Of the four, in turn: a sentence with a
conjunction of condition or "without" leave, a forecast word with a horizon after it, a sentence of
leave with an if, and three stems of leave. All hold a stem of leave and a modal. Where a corpus
has no such passage of a field, the next gives it.

``python independent_draw.py CORPORA`` prints the passages.
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
EARLIER = ("work", "unseen", "fresh", "fields_work", "fields_blind")
SALT = "independent 24, third|"
LENGTHS = (350, 450, 550, 650)
LONGEST = 900
CORPORA = ("guardian", "wikinews_2019_2020", "congress_press", "white_house_briefings")
FIELDS = {
    "courts": r"\b(courts?|judges?|appeal|trial|lawsuits?|ruling|prosecutors?|jury|bail)\b",
    "visas": r"\b(visas?|passports?|immigra\w+|asylum|refugees?|borders?|migrants?|deport\w+|green card)\b",
    "trade": r"\b(trade|tariffs?|exports?|imports?|mergers?|takeovers?|regulators?|companies)\b",
    "elections": r"\b(elections?|vote[rs]?|voting|ballots?|candidates?|polls?|campaign)\b",
    "local": r"\b(councils?|mayors?|city|county|planning|residents|local|schools?)\b",
    "war": r"\b(wars?|troops?|ceasefire|soldiers?|rebels?|militar\w+|army|weapons?|sanctions?|truce)\b",
}
_LEAVE = re.compile(
    r"\b(permi(?:t|ss)\w*|allow\w*|authori[sz](?:e|ed|es|ing|ation)|approv\w+|licen[cs]e\w*|ban(?:s|ned|ning)?"
    r"|barr(?:ed|ing)|block(?:ed|ing)?|forb[ia]d\w*|prohibit\w*|visas?|waive\w*|exempt\w*|den(?:y|ied)"
    r"|refus(?:e|ed|ing)|lift(?:s|ed|ing)|revok\w+|suspended|injunct\w+|consent|clearance|veto\w*|granted"
    r"|(?:can|may|must) ?not)\b",
    re.IGNORECASE,
)
_COMING = r"(?:will|would|could|can|may|might)"
_UNLESS = re.compile(
    r"\b(unless|only if|provid(?:ed|ing) (?:that|they|it|he|she|the)|as long as|so long as|on (?:the )?condition that"
    r"|without (?:\w+ ){0,3}(?:permission|approval|consent|authori[sz]ation|licen[cs]e|permit|visa))\b",
    re.IGNORECASE,
)
_IF = re.compile(
    rf"\b(if (?!I )[^.?]{{3,160}}\b{_COMING}|{_COMING}\b[^.?]{{3,160}}(?<!as )\bif (?!I ))\b",
    re.IGNORECASE,
)
_HORIZON = re.compile(
    r"\b(will|would|could|may|might|expect\w*|plans?|likely|is to|are to|due|set to|'ll)\b[^.]{2,100}"
    r"\b(until|by (?!the (?:government|president))(?=the end|mid|early|late|\d|January|February|March|April|May|June|July"
    r"|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|next|this)"
    r"|within (?:the next |\d|a |an |hours|days|weeks|months|two|three|six)|next (?:week|month|year|few|two|several|spring|summer|fall|autumn|winter|\w+day))\b",
    re.IGNORECASE,
)
_GAP = re.compile(r"(?<=[.!?][\"”’'])\s+(?=[A-Z\"“‘'])|(?<=[.!?])\s+(?=[A-Z\"“‘'])|\s*\n\s*")


def _hash(text: str) -> str:
    return hashlib.sha256(f"decisions|{text}".encode()).hexdigest()


def _fits(words: str, kind: str) -> bool:
    leave = len(_LEAVE.findall(words))
    if not leave or not re.search(rf"\b{_COMING}\b", words):
        return False
    if kind == "leave":
        return leave >= 3
    sentences = _GAP.split(words)
    if kind == "unless":
        return any(map(_UNLESS.search, sentences))
    if kind == "if":
        return any(_IF.search(s) and _LEAVE.search(s) for s in sentences)
    return any(map(_HORIZON.search, sentences))


def _passage(name: str, text: str, field: str, kind: str) -> tuple[int, int] | None:
    edges = [0, *(m.end() for m in _GAP.finditer(text))]
    ends = [*(m.start() for m in _GAP.finditer(text)), len(text)]
    sentences = [(s, e) for s, e in zip(edges, ends, strict=True) if e > s]
    least = LENGTHS[int(_hash(name), 16) % len(LENGTHS)]
    found: list[tuple[str, tuple[int, int]]] = []
    for first, (start, _) in enumerate(sentences):
        end = next((e for _, e in sentences[first:] if e - start >= least), None)
        if end is None or end - start > LONGEST:
            continue
        words = text[start:end]
        if re.search(FIELDS[field], words, re.IGNORECASE) and _fits(words, kind):
            found.append((_hash(f"{SALT}{name}|{start}"), (start, end)))
    return min(found)[1] if found else None


def choose(corpora: Path) -> Iterator[dict[str, Any]]:
    """Yields corpus, doc, span, field and kind of each passage."""
    used = {
        json.loads(line)["doc"]
        for name in EARLIER
        for line in (HERE / f"{name}.jsonl").open(encoding="utf-8")
    }
    docs: dict[str, list[dict[str, Any]]] = {}
    for corpus in CORPORA:
        lines = (corpora / corpus / "docs.jsonl").open(encoding="utf-8")
        read = [{**json.loads(line), "corpus": corpus} for line in lines]
        docs[corpus] = sorted(read, key=lambda doc: _hash(SALT + doc["id"]))
    kinds = ("unless", "horizon", "if", "leave")
    for turn, field in enumerate(FIELDS):
        for place in range(len(CORPORA)):
            kind = kinds[(place + turn) % len(kinds)]
            pool = (doc for name in CORPORA[place:] + CORPORA[:place] for doc in docs[name])
            for doc in pool:
                span = None if doc["id"] in used else _passage(doc["id"], doc["text"], field, kind)
                if span:
                    used.add(doc["id"])
                    yield {
                        "corpus": doc["corpus"],
                        "doc": doc["id"],
                        "span": list(span),
                        "field": field,
                        "kind": kind,
                    }
                    break


def main() -> None:
    """Prints the chosen passages with their words."""
    corpora = Path(sys.argv[1])
    for number, passage in enumerate(choose(corpora), 1):
        for line in (corpora / passage["corpus"] / "docs.jsonl").open(encoding="utf-8"):
            doc = json.loads(line)
            if doc["id"] == passage["doc"]:
                start, end = passage["span"]
                print(f"## {number} {passage} {end - start}")
                print(doc["text"][start:end], "\n")


if __name__ == "__main__":
    main()
