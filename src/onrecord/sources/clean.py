"""The cleaning of what comes as a file, a page, a feed or a mail: characters, lines, mojibake."""

from __future__ import annotations

import re

from onrecord.record.model import Problem
from onrecord.sources.origin import printable

# Soft hyphens, zero-width characters that join nothing, marks of direction, byte order marks.
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_CONTROLS = dict.fromkeys(set(range(0x20)) | set(range(0x7F, 0xA0)))
_SPACES = dict.fromkeys(
    [0x09, 0x0B, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " "
)
_BREAKS = {0x0A: "\n", 0x0C: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n\n"}
_TABLE = _INVISIBLE | _CONTROLS | _SPACES | _BREAKS
_LINE_END = re.compile(r"\r\n?")
_BLANKS = re.compile(r" {2,}")
_GAP = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """``text`` with plain line ends and spaces, without control and invisible characters.

    Runs of blanks become one, runs of blank lines one, and the outer ones go. What joins emoji and
    letters of Indic and Arabic script stays. Unpaired surrogates become U+FFFD.
    """
    text = _LINE_END.sub("\n", text).translate(_TABLE)
    text = printable(text)
    text = _BLANKS.sub(" ", text)
    text = "\n".join(line.strip(" ") for line in text.split("\n"))
    return _GAP.sub("\n\n", text).strip()


def one_line(text: str | None) -> str | None:
    """``text`` cleaned and put on one line; None where nothing is left."""
    return (" ".join(clean(text).split()) or None) if text else None


def mended(text: str) -> tuple[str, tuple[Problem, ...]]:
    """``text`` with mojibake undone where that is certain, then cleaned; and what was undone.

    ftfy only undoes what a known wrong decoding does, line by line here. Its work on a line is
    kept where nothing that looks like mojibake is left in the line after it.
    """
    if text.isascii():
        return clean(text), ()
    from ftfy import fix_encoding
    from ftfy.badness import badness, is_bad

    if not is_bad(text):
        return clean(text), ()
    lines = text.split("\n")
    count = 0
    for number, line in enumerate(lines):
        if badness(line) and not badness(fixed := fix_encoding(line)):
            lines[number] = fixed
            count += fixed != line
    if not count:
        return clean(text), ()
    where = "1 line" if count == 1 else f"{count} lines"
    reason = f"mojibake mended in {where}: UTF-8 had been read in another encoding"
    return clean("\n".join(lines)), (Problem(part="source", reason=reason),)
