"""Lines that are no prose as a whole: titles, bylines, dates, credits, captions, furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from onrecord.reading.zones.dateline import is_clock_line, is_date_line, opens_with_dateline
from onrecord.reading.zones.forms import form
from onrecord.reading.zones.line import Line

# How far from the start and the end of a report its head and its foot can reach, in lines.
HEAD, FOOT = 14, 14
_LONG = 400

_CAP = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]*"
_PARTICLE = r"(?:de|del|della|der|den|di|da|du|la|le|van|von|al|el|bin|ibn|ben|dos|das|ter|ten)"
NAME = rf"{_CAP}(?:[ \u00a0](?:{_PARTICLE}[ \u00a0]){{0,2}}{_CAP}){{1,4}}"
_NAMES = rf"{NAME}(?:(?:,? and |,? AND |, | & |; ){NAME}){{0,6}}"
_ROLE = (
    r"(?:(?:[A-Z][\w.&'’]*|[Ss]taff|[Ss]enior|[Cc]hief|[Ss]pecial|of|the|for|to)[ \u00a0]){0,5}"
    r"(?:[Ww]riters?|WRITERS?|[Rr]eporters?|REPORTERS?|[Cc]orrespondents?|CORRESPONDENTS?"
    r"|[Cc]olumnists?|[Cc]ontributors?|Associated Press|ASSOCIATED PRESS|Reuters|REUTERS|AFP|CNN)"
)
_BEFORE_ROLE = (
    r"(?:,|[ \u00a0]?[|–—/•·-]|[ \u00a0]{2,4}|[ \u00a0]\(|[ \u00a0](?:in|for)[ \u00a0])"
    r"[^.!?]{0,70}"
)
_BYLINE = re.compile(
    rf"(?:By|BY|[Ww]ritten by|[Rr]eported by|[Ss]tory by):?[ \u00a0]{{1,3}}{_NAMES}"
    rf"(?:{_BEFORE_ROLE}|[ \u00a0]{_ROLE})?\.?"
)
_ROLE_LINE = re.compile(rf"{_NAMES}(?:, |,? ?[|–—/-] ?|[ \u00a0]{{2,4}}){_ROLE}")
_CREDIT = re.compile(form("credit"), re.IGNORECASE)
_CAPTION = re.compile(form("caption"), re.IGNORECASE)
_FURNITURE = re.compile(form("furniture"), re.IGNORECASE)
_INVITES = re.compile(rf"{form('furniture_start')}\b", re.IGNORECASE)
_LEADS = re.compile(rf"{form('furniture_colon')} ?[:|»>]", re.IGNORECASE)
_CONTACT = re.compile(
    r"(?:(?:press|media|news) )?(?:contacts?|inquiries|enquiries)(?: information)?\b"
    r" ?[:–-]?.{0,120}",
    re.IGNORECASE,
)
_REACH = re.compile(
    r"\(?\d{3}\)?[ .-]{1,2}\d{3}[ .-]\d{4}|\+\d{6,}|[\w.+-]{1,60}@[\w-]{1,60}\.|\bwww\.|https?://"
)
_ADDRESS = re.compile(r"https?://\S{3,300}|www\.\S{3,200}|@\w{2,30}|[\w.+-]{1,60}@[\w.-]{3,60}")
_PERSON = re.compile(
    rf"{NAME}(?:,? (?:at|or))?:?|(?:[A-Z][a-z]+ )?(?:Director|Secretary|Manager|Assistant)"
)
_SOURCES = re.compile(
    r"(?:sources|references|external links|related news|sister links|see also|notes)", re.IGNORECASE
)
_END = re.compile(r"[.!?][\"'”’)\]]*$")
_BEHIND = re.compile(
    r"(?<=[.!?\"'”’)] )\((?:additional |with )?"
    r"(?:reporting|writing|editing|compiled|edited|written)(?: and (?:writing|editing))?"
    r" by:? (?-i:[A-Z])[^()]{3,300}\)\.?$",
    re.IGNORECASE,
)
_BUTTONS = re.compile(
    r"(?<=\s\s)"
    r"(?:(?:Facebook|Twitter|Linked[Ii]n|E?-?[Mm]ail|WhatsApp|Pinterest|Print|Reddit)\s*){2,9}$"
)
_WORD = re.compile(r"\w+")


def line_zones(
    lines: Sequence[Line], title: str | None, authors: Sequence[str]
) -> Iterator[tuple[int, str]]:
    """The index and kind of each line that is no prose as a whole."""
    done = _title(lines, title)
    if done is not None:
        yield done, "title"
    names = {_plain(name) for name in authors if name.strip()}
    count = len(lines)
    for index, line in enumerate(lines):
        if index == done or len(line.text) > _LONG:
            continue
        head, foot = index < HEAD, index >= count - FOOT
        kind = _kind(line.text, head, foot, names)
        if kind is not None:
            yield index, kind
    yield from _blocks(lines, done)


def tails(lines: Sequence[Line], taken: Mapping[int, str]) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind of what flattened copy has behind the last sentence of its last lines."""
    for index in range(max(0, len(lines) - 3), len(lines)):
        if index in taken:
            continue
        end = lines[index].end
        text = lines[index].text[-_LONG:]
        for kind, pattern in (("furniture", _BUTTONS), ("credit", _BEHIND)):
            if found := pattern.search(text):
                start = end - len(text) + found.start()
                yield start, end, kind
                break


def transcript_edges(lines: Sequence[Line], first: int, last: int) -> Iterator[int]:
    """The lines around a transcript that are no sentences: the place, the hour, what is behind END.

    ``first`` and ``last`` are the lines of its first and last turn.
    """
    if first < HEAD:
        yield from (
            i for i in range(first) if len(lines[i].text) <= 120 and not _END.search(lines[i].text)
        )
    for index in range(last + 1, len(lines)):
        text = lines[index].text
        if _FURNITURE.fullmatch(text) or is_clock_line(text):
            yield from (i for i in range(index, len(lines)) if len(lines[i].text) <= 60)
            return


def _kind(text: str, head: bool, foot: bool, names: set[str]) -> str | None:
    if _is_furniture(text, foot):
        return "furniture"
    if _CAPTION.fullmatch(text):
        return "caption"
    if (head or foot) and _CREDIT.fullmatch(text):
        return "credit"
    if is_clock_line(text):
        return "dateline"
    if (head or foot) and len(text) <= 200:
        if _BYLINE.fullmatch(text) or _ROLE_LINE.fullmatch(text) or _is_author(text, names):
            return "byline"
        if head and is_date_line(text):
            return "dateline"
    return None


def _is_furniture(text: str, foot: bool) -> bool:
    if _FURNITURE.fullmatch(text) or _ADDRESS.fullmatch(text):
        return True
    if _LEADS.match(text):
        return not _END.search(text)
    return (foot or len(text) <= 200) and bool(_INVITES.match(text))


def _is_author(text: str, names: set[str]) -> bool:
    plain = _plain(text)
    return bool(names) and (plain in names or plain.removeprefix("by ") in names)


def _title(lines: Sequence[Line], title: str | None) -> int | None:
    """The line that is the title: equal to the one that is known, else a clear headline."""
    plain = _plain(title) if title else ""
    for index, line in enumerate(lines[:HEAD]):
        if plain and _plain(line.text) == plain:
            return index
    first = lines[0].text if lines else ""
    if title or len(lines) < 2 or not is_headline(first) or _kind(first, True, True, set()):
        return None
    after = lines[1]
    close = bool(_BYLINE.fullmatch(after.text[:200])) or is_date_line(after.text)
    opens = opens_with_dateline(after.text)
    return 0 if close or opens or (after.gap and is_prose(after.text)) else None


def is_headline(text: str) -> bool:
    """Whether a line has the form of a headline: short, capital first, no end of a sentence."""
    words = text.split()
    if not 4 <= len(words) <= 25 or len(text) > 200 or text[-1] in ".!?:;,…\"'”’)-–—_":
        return False
    if opens_with_dateline(text):
        return False
    return text[0].isupper() or text[0] in "\"'“‘" or text[0].isdigit()


def is_prose(text: str) -> bool:
    """Whether a line is surely running text: long, and with the end of a sentence."""
    return len(text) >= 80 and (len(text) >= 160 or bool(_END.search(text)))


def _blocks(lines: Sequence[Line], title: int | None) -> Iterator[tuple[int, str]]:
    """Blocks under a heading: the contact of a press release, the list of sources at the end."""
    count = len(lines)
    for index in (*range(min(HEAD, count)), *range(max(HEAD, count - FOOT), count)):
        if index == title or not _is_contact(lines[index].text):
            continue
        yield index, "furniture"
        for follower in range(index + 1, min(index + 6, count)):
            line = lines[follower]
            if not _is_reach(line.text) or follower == title:
                break
            if line.gap and follower > index + 1 and not _REACH.search(line.text):
                break
            yield follower, "furniture"
    for index in range(max(1, count - 40), count):
        if _SOURCES.fullmatch(lines[index].text.rstrip(":")):
            rest = range(index + 1, count)
            if all(not is_prose(lines[follower].text) for follower in rest):
                yield index, "furniture"
                yield from ((follower, "furniture") for follower in rest)
            return


def _is_contact(text: str) -> bool:
    if len(text) > 140 or not _CONTACT.fullmatch(text):
        return False
    return bool(_REACH.search(text)) or ":" in text or len(text.split()) <= 3


def _is_reach(text: str) -> bool:
    if len(text) > 100 or _END.search(text) or opens_with_dateline(text):
        return False
    return bool(_REACH.search(text)) or bool(_PERSON.fullmatch(text))


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
