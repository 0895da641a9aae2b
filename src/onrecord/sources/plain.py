"""Plain text and Markdown files."""

from __future__ import annotations

import re

from onrecord.record.model import Problem
from onrecord.record.report import Report
from onrecord.sources.clean import clean, mended, one_line
from onrecord.sources.dates import iso
from onrecord.sources.decode import decode
from onrecord.sources.errors import SourceError
from onrecord.sources.opening import headline, opening_names
from onrecord.sources.origin import Origin
from onrecord.sources.people import names_of

_FRONT = re.compile(r"\A---[ \t]*\n(.{0,8000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_LINE = re.compile(r"([A-Za-z_-]{1,30}):[ \t]+(.{1,500})")
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.{1,300}?)(?:[ \t]+#{1,6})?[ \t]*$", re.MULTILINE)
_LINK = re.compile(
    r"(?<!!)\[([^\[\]\n]{1,300})\]"
    r"\((?:https?:|mailto:|/|#)[^()\s]{0,1000}(?:[ \t]+\"[^\"\n]{0,200}\")?\)"
)
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\s]{1,1000}(?:[ \t]+\"[^\"\n]{0,200}\")?\)")
_STRONG = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]{1,500}?)(?<=[^\s*])\1(?![\w*])")
_UNDER = re.compile(r"(?<![\w_])(_{1,3})(?=[^\s_])([^_\n]{1,500}?)(?<=[^\s_])\1(?![\w_])")
_QUOTE = re.compile(r"^ {0,3}>[ \t]?", re.MULTILINE)
_RULE = re.compile(r"^ {0,3}(?:[-*_][ \t]*){3,60}$", re.MULTILINE)
_NAMES = (".md", ".markdown")


def read_plain(data: bytes, origin: Origin) -> Report:
    """The report in a file of plain text or Markdown.

    Raises ``SourceError`` where there is no text in it.
    """
    decoded = decode(data, origin.charset)
    problems = [Problem(part="source", reason=decoded.problem)] if decoded.problem else []
    text, undone = mended(decoded.text)
    problems.extend(undone)
    known: dict[str, str] = {}
    if is_markdown(text, origin):
        text, known = without_markup(text)
    if not any(char.isalpha() for char in text):
        raise SourceError("no text: no word in it" if text else "no text: it is empty")
    published = iso(known.get("date") or known.get("published"))
    authors = names_of(known.get("author") or known.get("authors") or "")
    return Report(
        text=text,
        title=one_line(known.get("title")) or headline(text),
        published=published,
        published_basis="metadata" if published else None,
        authors=authors or opening_names(text),
        source=one_line(known.get("source") or known.get("publisher")),
        file=origin.file,
        url=origin.url,
        problems=tuple(problems),
    )


def is_markdown(text: str, origin: Origin) -> bool:
    """Whether a text is Markdown: by its name, or by headings and links in it."""
    name = (origin.file or origin.url or "").lower().removesuffix(".gz")
    if name.endswith(_NAMES) or origin.mime == "text/markdown":
        return True
    head = text[:20_000]
    return bool(_HEADING.search(head)) and bool(_LINK.search(head))


def without_markup(text: str) -> tuple[str, dict[str, str]]:
    """The text of Markdown without its marks, and what its front matter and first heading say."""
    known: dict[str, str] = {}
    if front := _FRONT.match(text):
        for line in front[1].split("\n"):
            if found := _FRONT_LINE.fullmatch(line):
                known[found[1].lower()] = found[2].strip().strip("\"'")
        text = text[front.end() :]
    first = _HEADING.search(text)
    if first and len(first[1]) == 1:
        known.setdefault("title", first[2])
    for pattern, keep in (
        (_IMAGE, ""),
        (_LINK, r"\1"),
        (_HEADING, r"\2"),
        (_QUOTE, ""),
        (_RULE, ""),
    ):
        text = pattern.sub(keep, text)
    text = _UNDER.sub(r"\2", _STRONG.sub(r"\2", text))
    return clean(text), known
