"""Datelines: place, date and agency before the first sentence; and lines that are only a date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from onrecord.reading.zones.forms import form

if TYPE_CHECKING:
    from onrecord.reading.zones.line import Line

HEAD = 10
_WINDOW = 160
_S = r"[ \u00a0]"
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|"
    r"Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day|\.)?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = rf"(?:{_WEEKDAY},?{_S})?(?:{_MONTH}{_S}{_DAY}|{_DAY}{_S}{_MONTH})(?:,?{_S}\d{{4}})?"
_CAPS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.-]+"
_TITLE = r"[A-ZÀ-ÖØ-Þ][\w'’.-]+"
_CAPS_PLACE = rf"{_CAPS}(?:(?:{_S}|/)(?:{_CAPS}|de|del|of|the|la|el|al|and)){{0,2}}"
_TITLE_PLACE = rf"{_TITLE}(?:{_S}(?:de|del|la|el|al){_S}{_TITLE}|{_S}{_TITLE}){{0,3}}"
_REGION = rf"(?:{_TITLE}|[A-Z]{{2}})(?:{_S}(?:{_TITLE}|[A-Z]{{2}}|of|the|and)){{0,2}}"
_DASH = r"(?:-{1,3}|[–—―_]{1,2})"
_AGENCY = form("agency")
_STATE = form("state")
_OPEN = r"[\"'“‘(\[$£€`]{0,2}[A-ZÀ-ÖØ-Þ0-9]"
_NEXT = rf"(?=\s*$|\s+{_OPEN})"
_TIGHT_NEXT = rf"(?=\s*$|\s*{_OPEN})"
_WHEN = rf"(?:,?{_S}\(?{_DATE}\)?,?)"
_WHERE = rf"(?:{_CAPS_PLACE}|{_TITLE_PLACE})(?:,{_S}{_REGION}){{0,2}}"
_CAPS_WHERE = rf"{_CAPS_PLACE}(?:,{_S}{_REGION}){{0,2}}{_WHEN}?"
# Any other name in brackets, behind a place in capitals; not a party and a state, as (D-Calif.).
_BRACKET = r"\((?![RDIL][-–])[A-Z][^()\r\n]{0,30}\)"

# With an agency in brackets and a dash: anywhere at the start of a line.
_WITH_AGENCY = re.compile(
    rf"(?:{_WHERE}{_WHEN}?,?{_S}{{0,2}}\({_AGENCY}\)|{_CAPS_WHERE},?{_S}{{0,2}}{_BRACKET})"
    rf"{_S}{{0,3}}{_DASH}{_TIGHT_NEXT}"
)
# With a known agency and no dash.
_KNOWN_AGENCY = re.compile(
    rf"{_WHERE}{_WHEN}?,?{_S}{{0,2}}\({_AGENCY}\){_S}{{0,2}}[:.]?{_TIGHT_NEXT}"
)
# In capitals, or with a state, or a city that stands alone, or with a date: a dash is needed.
_PLAIN = re.compile(
    rf"(?:(?=[^\W\d_]{{3}}|[^\W\d_]{{2}}[. ]){_CAPS_WHERE}"
    rf"|{_TITLE_PLACE},{_S}{_STATE}(?:,{_S}USA?)?{_WHEN}?|{form('city')}{_WHEN}?"
    rf"|{_WHERE},{_S}{_DATE}|{_WHERE}{_S}\({_DATE}\))"
    rf"(?:,?{_S}[A-Z]{{2,6}})?(?:{_S}{{1,3}}{_DASH}|[–—―]|--){_NEXT}"
)
_DATED = re.compile(rf"{_WHERE},{_S}{_DATE}{_S}?:{_NEXT}")
# Copy that lost its dash on the way keeps the two blanks that stood around it.
_LOST_DASH = re.compile(
    rf"(?:(?:WASHINGTON|Washington),?{_S}D\.?C\.?|(?:{_CAPS}{_S}){{0,2}}{_CAPS},{_S}{_STATE})"
    rf"{_S}{{2,4}}(?=[\"“]?[A-ZÀ-ÖØ-Þ])"
)
_IN_BRACKETS = re.compile(rf"\({_TITLE_PLACE},{_S}{_STATE}\){_S}{{0,3}}{_DASH}?{_NEXT}")
_AGENCY_FIRST = re.compile(rf"\({_AGENCY}\){_S}{{0,2}}{_DASH}?{_TIGHT_NEXT}")
# Behind a title that stands on the same line, as flattened copy has it.
_BEHIND = re.compile(
    rf"(?<=[.!?]{_S}){_CAPS_WHERE},?{_S}{{0,2}}\({_AGENCY}\){_S}{{0,2}}{_DASH}{_NEXT}"
)
_NO_PLACE = re.compile(rf"{form('not_place')}(?!\w)")
_DATE_PARTS = re.compile(
    rf"{_DATE}|{_WEEKDAY}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d\d-\d\d"
    r"|\d{1,2}[:.]\d\d(?::\d\d)?(?:[ \u00a0]?[AaPp]\.?[Mm]\.?)?|\b[A-Z]{2,4}T\b|\bGMT|\bUTC|\bCET"
    r"|(?:first |last )?(?:published|updated|posted|modified|created|date|released)(?: on| at)?"
    r"|\bon\b|\bat\b|local time",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?:END )?\d{1,2}[:.]\d\d[ \u00a0]?(?:[AaPp]\.?[Mm]\.?)(?:[ \u00a0][A-Z]{2,4})?\.?"
)
_HAS_DIGIT = re.compile(r"\d")
_SURE = (_WITH_AGENCY, _KNOWN_AGENCY)
_PLAINER = (_PLAIN, _DATED, _LOST_DASH, _IN_BRACKETS)


def is_clock_line(text: str) -> bool:
    """Whether a line is nothing but a time of day (``9:25 p.m.``), as live reports have it."""
    return bool(_CLOCK.fullmatch(text))


def is_date_line(text: str) -> bool:
    """Whether a line is nothing but a date or a time of day, with ``Published`` and the like."""
    if len(text) > 90 or text[-1] == "," or text[:3] in ("On ", "At "):
        return False
    if not _HAS_DIGIT.search(text):
        return False
    rest = _DATE_PARTS.sub(" ", text)
    return rest != text and not any(char.isalnum() for char in rest)


def opens_with_dateline(text: str) -> bool:
    """Whether a line opens with a dateline."""
    return _opening(text[:_WINDOW], (*_SURE, *_PLAINER)) > 0


def datelines(lines: Sequence[Line], taken: Mapping[int, str]) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind of the datelines that open lines.

    One with an agency counts in any line, since round-ups have many; one without only once, in
    the head of the report.
    """
    plain = True
    for index, line in enumerate(lines):
        if index in taken:
            continue
        head = line.text[:_WINDOW]
        end = _opening(head, _SURE) if "(" in head[:90] and ")" in head else 0
        if not end and plain and index < HEAD:
            end = _opening(head, _PLAINER)
        if end:
            yield line.start, line.start + end, "dateline"
            plain = False
        elif index < HEAD and (found := _AGENCY_FIRST.match(head)):
            yield line.start, line.start + found.end(), "credit"
        elif index < HEAD and (found := _BEHIND.search(line.text[: 2 * _WINDOW])):
            yield line.start + found.start(), line.start + found.end(), "dateline"


def _opening(head: str, patterns: Sequence[re.Pattern[str]]) -> int:
    """Where the dateline that opens ``head`` ends, or 0."""
    if not head or not (head[0].isupper() or head[0] == "(") or _NO_PLACE.match(head):
        return 0
    for pattern in patterns:
        if found := pattern.match(head):
            return len(found.group().rstrip())
    return 0
