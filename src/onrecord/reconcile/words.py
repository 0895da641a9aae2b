"""Words made comparable: stems, and how much a word tells.

The weights come from a fixed table of counts (``knowledge/data/word_counts.tsv``) and not from the
texts at hand, so that what is said of two reports does not change when a third is added.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache

from onrecord.knowledge.actors_lexicon import rows

_WORD = re.compile(r"[^\W\d_]{2,}")
_VOWEL = re.compile(r"[aeiouy]")
COMMON = 0.2
"""A stem in more than this share of texts tells nothing of what a text is about."""

_IRREGULAR = {
    word: stem
    for line in """
    die dead death deaths died dying dies|kill killer killing killings|shoot shot shooting shootings
    meet met meeting meetings|hold held|strike struck strikes|fight fought|flee fled|find found
    leave left|lead led|sell sold|buy bought|bring brought|seek sought|send sent|speak spoke spoken
    begin began begun|break broke broken|take took taken|give gave given|go went gone|come came
    see saw seen|know knew known|say said|tell told|win won|lose lost|steal stole stolen theft
    rise rose risen|fall fell fallen|build built|burn burnt|hang hung hanged|hurt hurts
    man men|woman women|child children|person people|police officer officers policeman policemen
    injure injury injuries|explode explosion explosions|arrest arrests|injured wounded wound wounds
    """.replace("\n", "|").split("|")
    if line.strip()
    for stem, *others in [line.split()]
    for word in (stem, *others)
}


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a word: small letters, the endings of English inflection cut off."""
    word = word.casefold()
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-2] if word.endswith(("sses", "shes", "ches", "xes")) else word[:-1]
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) > 2 and _VOWEL.search(base):
            if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz":
                base = base[:-1]
            word = base
            break
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return _IRREGULAR.get(word, word)


def stems(text: str) -> list[str]:
    """The stems of all words of ``text``, in order."""
    return [stem(word) for word in _WORD.findall(text)]


@lru_cache(maxsize=1)
def _counts() -> tuple[int, dict[str, int]]:
    lines = rows("word_counts.tsv")
    return int(lines[0][1]), {word: int(count) for word, count in lines[1:]}


@lru_cache(maxsize=65536)
def weight(word: str) -> float:
    """What a stem tells: log(N / df); 0 for the commonest, the most for an unknown one."""
    total, counts = _counts()
    frequency = counts.get(word, 4)
    return 0.0 if frequency > COMMON * total else math.log(total / frequency)


def vector(text: str, most: int) -> dict[str, float]:
    """The ``most`` weightiest stems of a text, as a unit vector: (1 + log tf) · log(N / df)."""
    weights = {
        word: (1 + math.log(count)) * weight(word) for word, count in Counter(stems(text)).items()
    }
    kept = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:most]
    length = math.sqrt(sum(value * value for _, value in kept)) or 1.0
    return {word: value / length for word, value in kept if value}


def overlap(one: set[str], other: set[str]) -> float:
    """The weight that two sets of stems share, as a share of that of the lighter; 0 to 1."""
    least = min(sum(map(weight, one)), sum(map(weight, other)))
    return sum(map(weight, sorted(one & other))) / least if least else 0.0
