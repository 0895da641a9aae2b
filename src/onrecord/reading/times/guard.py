"""What looks like a time and is none: "may" the verb, "This Week" the programme, Super Tuesday."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.reading.page import Page
from onrecord.reading.times.finding import Hit
from onrecord.reading.times.lexer import Tok
from onrecord.reading.times.lexicon import lexicon
from onrecord.reading.times.tense import LIKELY_PAST, direction

_COMMON_NOUNS = frozenset(
    ("step", "the_unit", "duration", "a_unit", "bare_units", "part_of_day", "the_future")
)
"""Rules whose words have no capital of their own."""


def stands(page: Page, tokens: Sequence[Tok], hit: Hit) -> bool:
    """Whether the expression is one, as the words around it and their tags say."""
    words = [tok.text for tok in tokens[hit.first : hit.last]]
    before = tokens[hit.first - 1].text if hit.first else ""
    if hit.rule in _COMMON_NOUNS and _is_name(page, tokens[hit.first + 1 : hit.last]):
        return False
    cues, after = lexicon().cues, tokens[hit.last].text if hit.last < len(tokens) else ""
    if hit.rule == "weekday":
        return before not in cues["named_day"] and after not in cues["paper"]
    if hit.rule == "year" and before in cues["numbered"]:
        return len(words) > 1
    token = page.token_at(tokens[hit.first].start)
    if words == ["soon"]:
        return (
            token is not None and direction(token, token.idx) > LIKELY_PAST
        )  # there it is "soon after"
    if words == ["current"]:
        return token is not None and token.tag_ == "JJ"  # not that of a river
    first_name = hit.rule == "month" and len(words) == 1 and words[0] in cues["first_name"]
    if first_name and token is not None and token.ent_type_ == "PERSON":
        return False
    if words in (["may"], ["march"]):
        verb = token is None or token.tag_ in ("MD", "VB", "VBD", "VBP")
        return not verb and before in cues["month_word"]
    return True


def _is_name(page: Page, tokens: Sequence[Tok]) -> bool:
    """Whether a common noun inside stands with a capital: "This Week" is a programme."""
    words = (page.text[tok.start : tok.end] for tok in tokens)
    return any(word[0].isupper() and not word.isupper() for word in words)
