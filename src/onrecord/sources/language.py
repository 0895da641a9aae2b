"""Whether a text is English: by its commonest words, and by py3langid where they do not tell."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

SHORT = 200
_WINDOW = 3000
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# The commonest English words that no large language in Latin script has among its own.
_COMMON = frozenset((
    "the", "and", "of", "to", "that", "for", "with", "was", "his", "from", "which", "have",
    "has", "had", "they", "their", "been", "would", "by", "this", "are", "were", "it", "at",
    "not", "who", "said", "will", "its", "he", "she", "but", "as", "more", "about", "after",
    "than",
))  # fmt: skip
# Shares of common words, over 26,073 texts of the bench and the corpora: 0.10 and more settles it
# for all but 0.4 % of English ones; no Spanish one has above 0.04.
_ENOUGH = 0.10
_SOME = 0.05
_SURE = 0.9
# Letters below this are Latin; a text with most of its letters above is in another script.
_LATIN_END = "\u0250"
_HALF = 0.5
# English, and two that lists of English names and words are taken for; who writes them is read.
_ENGLISH = frozenset({"en", "pcm", "sco"})


def not_english(text: str) -> str | None:
    """The code of the language of ``text`` where it is surely not English, else None.

    A text of fewer than ``SHORT`` characters is taken as English: names alone would decide. One
    word in ten being a common English one settles it without a model. Below that py3langid is
    asked, and believed where it is sure; for a text in another script it only names the language.
    """
    if len(text) < SHORT:
        return None
    sample = _sample(text)
    letters = [char for char in sample if char.isalpha()]
    if letters and sum(char < _LATIN_END for char in letters) < _HALF * len(letters):
        return _other([sample], 0.0)
    words = [word.lower() for word in _WORD.findall(sample)]
    share = sum(word in _COMMON for word in words) / len(words) if words else 1.0
    if share >= _SOME:
        return None if share >= _ENOUGH else _other(words, 0.999)
    return _other(words, _SURE)


def _other(words: list[str], sure: float) -> str | None:
    language, confidence = _identifier().classify(" ".join(words))
    return None if language in _ENGLISH or confidence < sure else str(language)


def _sample(text: str) -> str:
    if len(text) <= 3 * _WINDOW:
        return text
    middle = len(text) // 2
    return " ".join((text[:_WINDOW], text[middle : middle + _WINDOW], text[-_WINDOW:]))


@lru_cache(maxsize=1)
def _identifier() -> Any:
    """The model that py3langid ships; loading it takes half a second, once."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
