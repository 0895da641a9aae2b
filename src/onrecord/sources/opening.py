"""The opening of a report: its headline, its byline, the date and the agency in its dateline."""

from __future__ import annotations

import re

from onrecord.sources.dates import MONTH, WRITTEN, written
from onrecord.sources.people import names_of

_OPENING = 800
_LINES = 6
_DASH = r"(?:-{1,2}|[–—_])"
# After a date in a dateline: an agency in brackets, then a dash or a colon.
_AFTER = re.compile(rf"\)?,?\s{{0,2}}(?:\([A-Z][^()\n]{{1,30}}\)\s{{0,2}})?(?:{_DASH}|:)\s")
_PLACE = re.compile(r"(?:[A-Z][\w.'’/-]{0,30},?\s{1,2}){1,6}\(?")
_HAS_MONTH = re.compile(MONTH, re.IGNORECASE)
_END = re.compile(r"[.!?:;,…][\"'”’)]*$")
# An agency in brackets, behind words that all begin with a capital or a figure.
_AGENCY = re.compile(
    rf"(?:[A-Z0-9][\w.'’/-]{{0,30}},?\s){{1,8}}\((?![RDIL]-)([A-Z][A-Za-z./& -]{{1,28}}?)\s?\)"
    rf"\s{{0,3}}{_DASH}"
)
_AGENCY_FIRST = re.compile(
    rf"\((AP|Reuters|AFP|UPI|CNN|BBC|Xinhua|EFE|TASS|PTI)\)\s{{0,2}}{_DASH}\s"
)
_BYLINE = re.compile(r"(?:By|BY):? (?=[A-Z])")


def opening_lines(text: str) -> list[str]:
    """The first lines of ``text`` that are not blank."""
    return [line.strip() for line in text[:_OPENING].splitlines() if line.strip()][:_LINES]


def opening_date(text: str) -> str | None:
    """The day that the opening gives as its own date, or None where none stands there.

    It is a line that is only a full date, or a dateline with one (``LONDON, Nov. 3, 2019 (AP) —``);
    a date without its year is not one.
    """
    if not _HAS_MONTH.search(text[:_OPENING]):
        return None
    for line in opening_lines(text):
        found = WRITTEN.match(line)
        if found and len(line) - found.end() <= 1:
            return written(found)
        if found is None:
            found = _behind_place(line)
        if found and _AFTER.match(line, found.end()):
            return written(found)
    return None


def _behind_place(line: str) -> re.Match[str] | None:
    """A written date that follows a place at the start of ``line``."""
    found = WRITTEN.search(line[:140])
    if found and _PLACE.fullmatch(line, 0, found.start()):
        return found
    return None


def opening_agency(text: str) -> str | None:
    """The agency in brackets before the dash of a dateline."""
    for line in opening_lines(text):
        if found := _AGENCY.match(line[:120]) or _AGENCY_FIRST.match(line):
            return found[1]
    return None


def opening_names(text: str) -> tuple[str, ...]:
    """The names in the byline of the opening (``By JANE DOE and JOHN ROE``)."""
    for line in opening_lines(text):
        if len(line) <= 160 and _BYLINE.match(line) and (names := names_of(line)):
            return names
    return ()


def headline(text: str) -> str | None:
    """The first line where it is clearly a headline, else None.

    That is a line without the end of a sentence, with a blank line and then prose behind it.
    """
    head = text[:4000].split("\n")
    if len(head) < 3 or head[1].strip():
        return None
    first = head[0].strip()
    if not 10 <= len(first) <= 200 or len(first.split()) < 3 or _END.search(first):
        return None
    if WRITTEN.match(first) or not any(len(line) > 100 for line in head[2:]):
        return None
    return first
