"""What the tables know of names: bodies and groups, surnames of office-holders, titles."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.knowledge.actors import Actors, actors_in_use
from onrecord.knowledge.actors_lexicon import Title, country_names, name_words, titles
from onrecord.reading.entities.mention import Mention, head_of
from onrecord.reading.entities.tokens import Tokens

Body = tuple[tuple[str, ...], str]
EDGE = {
    "the", "a", "an", "'s", "’s", "'", "’", '"', "“", "”", "‘", ",", ".", ":", ";", "-", "–",
    "—",
    "(", ")", "[", "]", "and", "of", "in", "/", "…", "...", "`", "``", "''", "?", "!", "@", "#",
}  # fmt: skip

_SPLIT = re.compile(r"(?<=[A-Za-z])(-)(?=[A-Za-z])")  # as the tokenizer splits "Al-Shabaab"


@lru_cache(maxsize=4)
def bodies(table: Actors) -> dict[str, list[Body]]:
    """Known bodies and groups by the first word of their names, longer names first."""
    found: dict[str, list[Body]] = {}
    for name, kind in table.bodies():
        plain = name.removeprefix("the ").removeprefix("The ")
        if " " not in plain and name in name_words("also common words"):
            continue
        for form in dict.fromkeys(
            (plain, plain[:1].upper() + plain[1:], plain.replace("'s", "’s"))
        ):
            words = tuple(
                _SPLIT.sub(r" \1 ", form).replace("'s", " 's").replace("’s", " ’s").split()
            )
            found.setdefault(words[0], []).append((words, kind))
    for names in found.values():
        names.sort(key=lambda row: -len(row[0]))
    return found


def known_body(tokens: Tokens, i: int, names: list[Body]) -> Mention | None:
    """The known body named at ``i``, where the pipeline sees no longer name there."""
    if i and tokens.iob[i] == 1 and tokens.iob[i - 1] in (1, 3) and tokens.lower[i - 1] not in EDGE:
        return None
    for words, kind in names:
        last = i + len(words)
        if tuple(tokens.words[i:last]) != words:
            continue
        if last < len(tokens) and tokens.iob[last] == 1 and tokens.lower[last] not in EDGE:
            return None
        if len(words) == 1 and tokens.pos[i] not in {"PROPN", "NOUN"}:
            return None
        if len(words) == 1 and tokens.ent[i] == "PERSON" and kind != "group":
            return None
        head = head_of(tokens, i, last)
        return Mention(i, last, head, "name", kind, words, plural=kind == "group")
    return None


def known_surnames() -> frozenset[str]:
    """Surnames of office-holders that are hardly anything else."""
    return _surnames(actors_in_use())


@lru_cache(maxsize=4)
def _surnames(table: Actors) -> frozenset[str]:
    return table.surnames() - name_words("surnames that are also words")


def leading_title(tokens: Tokens, first: int, last: int) -> tuple[Title | None, int]:
    """The title that opens the name, a country before it included, and where the name begins."""
    table = titles()
    start = first
    while start < last - 1 and tokens.lower[start] in {"former", "ex", "-", "then", "acting"}:
        start += 1
    if start < last - 2 and tokens.words[start] in country_names():
        start += 1
    for length in range(min(4, last - start - 1), 0, -1):
        title = table.get(" ".join(tokens.lower[start : start + length]))
        if title is not None:
            cut = start + length
            more, further = leading_title(tokens, cut, last) if cut < last - 1 else (None, cut)
            return (title if title.role else more or title), further
    return None, first


def title_before(tokens: Tokens, first: int) -> Title | None:
    """The longest title right before the name: "Foreign Minister", "Mr."."""
    table = titles()
    if first == 0 or tokens.sentence[first - 1] != tokens.sentence[first]:
        return None
    for length in range(min(4, first), 0, -1):
        title = table.get(" ".join(tokens.lower[first - length : first]))
        if title is not None and tokens.sentence[first - length] == tokens.sentence[first]:
            if not title.role and first > length:
                return title_before(tokens, first - length) or title
            return title
    return None
