"""What the words above an event make of it: signatures of embedding verbs, nouns and adjectives.

The table (``embedders.tsv``) says for a word and the shape of its complement what the
event in it is where the word holds, and where the word is denied.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

VALUES = {
    "+": "actual", "-": "negated", "f": "future", "p": "possible", "k": "conditional",
    "g": "generic",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signature:
    """What the event in the complement is, where its word holds and where it is denied.

    One of the codes of ``VALUES``, ``=`` for "as the word and its own tense", ``t`` for "as its
    own tense".
    """

    holds: str
    denied: str


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, str, str], Signature]:
    text = (resources.files("onrecord.reading.realis") / "embedders.tsv").read_text("utf-8")
    out: dict[tuple[str, str, str], Signature] = {}
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    for line in lines[1:]:
        lemmas, pos, frame, holds, denied = line.split("\t")
        for lemma in lemmas.split(","):
            out[lemma.strip(), pos, frame] = Signature(holds, denied)
    return out


def signature(lemma: str, pos: str, *frames: str) -> Signature | None:
    """The signature of a word (pos v, n or a) for the first of ``frames`` that it has, or None."""
    table = _table()
    for frame in frames:
        found = table.get((lemma, pos, frame))
        if found is not None:
            return found
    return table.get((lemma, pos, "any"))
