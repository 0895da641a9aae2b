"""HTML of feeds and mails to text: no article to look for, only tags to take off.

A scanner of its own, in time that grows with the length: ``html.parser`` looks for the end of each
unclosed comment through all the rest, and raises on some declarations.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

# What these hold is no text; they end with their own closing tag and hold no other tags.
_RAW = frozenset(("script", "style", "textarea", "title", "noscript", "template"))
_SILENT = frozenset(("svg", "figcaption", "button", "select"))
_BLOCKS = frozenset((
    "p", "div", "section", "article", "header", "footer", "blockquote", "ul", "ol", "li",
    "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "figure", "br", "body",
    "dl", "dt", "dd", "main", "aside", "nav", "address", "form", "fieldset",
))  # fmt: skip
_BREAKS = re.compile(r"<(?:p|br|div|li|tr|h[1-6])\b", re.IGNORECASE)
_TAG = re.compile(r"</?([a-zA-Z][\w:-]{0,40})[^<>]*>|<[!?/][^<>]*>")


def text_of_markup(markup: str) -> str:
    """The text of ``markup``, a line for each block.

    Any string gives a string. Line ends count where there is no tag that breaks lines. A tag that
    is never closed is text; a script that is never closed goes on to the end.
    """
    if not _BREAKS.search(markup):
        markup = markup.replace("\n", "<br>")
    lines = (" ".join(line.split()) for line in "".join(_pieces(markup)).split("\n"))
    return "\n".join(line for line in lines if line)


def _pieces(markup: str) -> Iterator[str]:
    at, silent = 0, ""
    while at < len(markup):
        start = markup.find("<", at)
        if start < 0:
            start = len(markup)
        if start > at and not silent:
            yield html.unescape(markup[at:start]).replace("\n", " ")
        if start == len(markup):
            return
        if markup.startswith("<!--", start):
            end = markup.find("-->", start)
            if end < 0:
                return
            at = end + 3
            continue
        if markup.startswith("<![CDATA[", start):
            at = start + 9
            continue
        tag = _TAG.match(markup, start)
        if tag is None:
            if not silent:
                yield "<"
            at = start + 1
            continue
        at = tag.end()
        name, closes = (tag[1] or "").lower(), markup[start + 1] == "/"
        if silent:
            silent = "" if closes and name == silent else silent
        elif name in _RAW and not closes:
            at = _behind(markup, name, at)
        elif name in _SILENT and not closes and not tag.group().endswith("/>"):
            silent = name
        elif name in _BLOCKS:
            yield "\n"
        elif name in ("td", "th"):
            yield " "


def _behind(markup: str, name: str, at: int) -> int:
    """Where the element ``name`` that is open at ``at`` has ended."""
    found = re.compile(rf"</{name}[^<>]*>", re.IGNORECASE).search(markup, at)
    return found.end() if found else len(markup)
