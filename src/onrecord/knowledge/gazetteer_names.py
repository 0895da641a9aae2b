"""How a place name becomes a key of the gazetteer: one fold for building and for looking up."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_DROPPED = re.compile(r"[.'’‘ʻʼ`´]")
_SPACED = re.compile(r"[-‐‑–—/,()\s]+")
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


def fold(name: str) -> str:
    """``name`` without case, accents, points and hyphens: "St. John's" and "Saint Johns" agree.

    Empty where nothing of the name is left.
    """
    text = name.casefold()
    if not text.isascii():
        text = text.translate(_LETTERS)
        text = "".join(
            c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)
        )
    text = _DROPPED.sub("", text).replace("&", " and ")
    words = _SPACED.sub(" ", text).split()
    if len(words) > 1:
        if words[0] in _SHORT:
            words[0] = _SHORT[words[0]]
        elif words[0] == "the":
            del words[0]
    return " ".join(words)


def key_hash(folded: str) -> int:
    """The 64-bit hash under which a folded name stands in the gazetteer.

    Of half a million names one in 10^13 foreign strings meets one by chance, so that the names
    themselves need not be kept for comparison.
    """
    data = folded.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little")


def key_hashes(folded: Iterable[str]) -> npt.NDArray[np.uint64]:
    """The hashes of several folded names."""
    return np.fromiter((key_hash(name) for name in folded), dtype=np.uint64)
