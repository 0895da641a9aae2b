"""Times: TIMEX3 expressions with their values, and the calendar spans of these.

A grammar over word classes in the tradition of HeidelTime (Strötgen and Gertz 2010), written from
the TIDES and TimeML guidelines. ``grammar`` has the rules, ``finding`` runs them, ``guard`` drops
what only looks like a time, ``resolve`` and ``points`` make values, ``context`` knows what they
can lean on, ``calendar`` how they lie to each other, ``tense`` asks the parse.

``start`` and ``end`` are the first and last day of the value (a clock time: its minute; a part
of a day: the day). ``mod`` does not narrow them. After "since" only ``start`` is given, after
"until" and "by" only ``end``: the side that the words tell. A duration has them where its side is
told ("the next three months"), a set never. ``basis`` is null where the value is unknown or has
an unknown year; what says all by itself (a full date, a duration, a set, PAST_REF) is "explicit".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import structs

from onrecord.reading.contract import Parts
from onrecord.reading.page import Page
from onrecord.reading.times.context import Context
from onrecord.reading.times.finding import Hit, find
from onrecord.reading.times.guard import stands
from onrecord.reading.times.lexer import Tok
from onrecord.reading.times.lexicon import lexicon
from onrecord.reading.times.meaning import Point, Shift, Step
from onrecord.reading.times.resolve import Resolved, resolve
from onrecord.reading.times.scores import score
from onrecord.reading.times.tense import FUTURE, LIKELY_FUTURE, PAST, UNTOLD, direction
from onrecord.record.model import Time

requires: tuple[str, ...] = ()
assigns: tuple[str, ...] = ("times",)

NARRATIVE, OLD, VERY_OLD = 6, 400, 3650
"""So many dates more than OLD days old (bare years: VERY_OLD), and three times as many as of late,
make a report a history: 21 of the 22 texts of WikiWars, none of TimeBank and AQUAINT, 1 of 150 of
the Guardian's and 2 of 150 of Wikinews (obituaries)."""


def read(page: Page, parts: Parts) -> Sequence[Time]:
    """The time expressions of ``page``, in the order of its text. Never raises on odd text."""
    del parts
    found: list[tuple[Sequence[Tok], Hit]] = []
    for start, end in _stretches(page):
        tokens, hits = find(page.text, start, end)
        found += [(tokens, hit) for hit in hits if stands(page, tokens, hit)]
    context = Context(page.published, _is_narrative(page, found))
    out: list[Time] = []
    for tokens, hit in found:
        context.paragraph = tokens[0].start
        result = resolve(context, hit.meaning, partial(_direction, page, tokens, hit))
        time = _entry(page, f"t{len(out) + 1}", tokens, hit, result)
        out.append(time)
        if result.cal is not None:
            context.add(
                hit.meaning,
                result.cal,
                time.id,
                leading=_leads(page, tokens, hit),
                explicit=result.basis != "published",
            )
    return out


def _stretches(page: Page) -> Iterator[tuple[int, int]]:
    """The prose, a paragraph at a time, and datelines: their day is the report's own word.

    Not sentence by sentence: a parser that takes "Jan." for the end of one must not cut a date.
    """
    zones = [span for zone in page.zones if zone.kind != "dateline" for span in zone.spans]
    for start, end in page.paragraphs:
        position = start
        for zone_start, zone_end in sorted(zones):
            if zone_start < end and zone_end > position:
                if zone_start > position:
                    yield position, zone_start
                position = max(position, zone_end)
        if position < end:
            yield position, end


def _entry(page: Page, id_: str, tokens: Sequence[Tok], hit: Hit, result: Resolved) -> Time:
    span = (tokens[hit.first].start, tokens[hit.last - 1].end)
    time = Time(
        id=id_,
        key=page.key("times", span),
        spans=(span,),
        text=page.text[span[0] : span[1]],
        type=result.type,
        value=result.value,
        mod=result.mod,
        quant=result.quant,
        freq=result.freq,
        start=result.start,
        end=result.end,
        basis=result.basis,
        anchor=result.anchor,
        score=score(hit.rule, result),
    )
    if time.type not in ("DATE", "TIME") or not hit.first:
        return time
    before, cues = tokens[hit.first - 1].text, lexicon().cues
    if before in cues["since"]:
        return structs.replace(time, end=None)
    return structs.replace(time, start=None) if before in cues["deadline"] else time


def _leads(page: Page, tokens: Sequence[Tok], hit: Hit) -> bool:
    """Whether an expression opens its sentence, a preposition before it aside."""
    sentence = page.sentence_at(tokens[hit.first].start)
    return sentence is not None and tokens[max(0, hit.first - 2)].start <= sentence.start_char


def _direction(page: Page, tokens: Sequence[Tok], hit: Hit) -> int:
    """Which way a point without year or week points: by the word before it, then by its verb."""
    before, cues = tokens[hit.first - 1].text if hit.first else "", lexicon().cues
    as_of = before == "of" and hit.first > 1 and tokens[hit.first - 2].text == "as"
    if before in cues["since"] or as_of:
        return PAST
    meaning = hit.meaning
    if before in cues["through"]:
        return UNTOLD
    token = page.token_at(tokens[hit.last - 1].end - 1)
    told = UNTOLD if token is None else direction(token, tokens[hit.first].start)
    if before in cues["until"] and isinstance(meaning, Point) and meaning.cal.grain == "D":
        return told if told == PAST and _leads(page, tokens, hit) else FUTURE
    if token is None or told != LIKELY_FUTURE:
        return told
    owner = hit.last < len(tokens) and tokens[hit.last].text in ("'s", "’s")
    return UNTOLD if owner or token.dep_ in ("compound", "amod", "poss") else told


def _is_narrative(page: Page, found: Sequence[tuple[Sequence[Tok], Hit]]) -> bool:
    """Whether the report tells history: dates of long ago outnumber what leans on its own day."""
    if page.published is None:
        return True
    far = near = 0
    for _, hit in found:
        meaning = hit.meaning
        if isinstance(meaning, Point):
            days = meaning.cal.days()
            if days is not None:
                age = (page.published - days[1]).days
                far += age > (OLD if meaning.cal.month else VERY_OLD)
                near += age <= OLD
            far += meaning.cal.bc
            near += meaning.cal.weekday is not None and days is None
        elif isinstance(meaning, Step | Shift):
            near += meaning.base == "now"
    return far >= NARRATIVE and far > 3 * near
