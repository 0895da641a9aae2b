"""Classes of words around figures, from a table beside the code."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def word_classes() -> dict[str, frozenset[str]]:
    """Classes of words around figures: what became of the counted, verbs of change, rank words."""
    text = files("onrecord.knowledge").joinpath("data/quantity_words.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and line[0] != "#"]
    return {name: frozenset(words.split()) for name, words in rows}
