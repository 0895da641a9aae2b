"""The lists of ``zones_forms.tsv``, as regular expressions."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


def form(name: str) -> str:
    """The alternatives of list ``name``, in a group that captures nothing."""
    return f"(?:{'|'.join(_lists()[name])})"


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {}
    text = files("onrecord.reading.zones").joinpath("forms.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, pattern = line.split("\t", 1)
            lists.setdefault(name, []).append(pattern)
    return lists
