"""A page's tree before its text is taken: what is hidden, and what only leads elsewhere, goes.

The tree is walked once for each rule; unions of paths would sort their nodes, which takes minutes
on pages of a hundred thousand paragraphs.
"""

from __future__ import annotations

import re
from typing import Any

_SILENT = ("script", "style", "template", "svg")
_BLOCKS = ("p", "li", "h2", "h3", "h4", "h5", "h6")
_ROOTS = ("html", "body")
_NO_DISPLAY = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’)\]]*$")
_LINKED = 0.75
_WORDS = 4
_LONG = 400
_PROSE = 200


def prepare(tree: Any) -> None:
    """Takes out of ``tree`` what is certainly not the article.

    That is: what the page hides; cards that unfold over names; and blocks that are all link and
    no sentence, as lists of related articles are.
    """
    for element in list(tree.iter(*_SILENT)):
        drop(element)
    for element in [item for item in tree.iter() if isinstance(item.tag, str) and _hidden(item)]:
        drop(element)
    for element in [item for item in tree.iter("span") if _is_card(item)]:
        drop(element)
    for element in [item for item in tree.iter(*_BLOCKS) if _leads_elsewhere(item)]:
        drop(element)


def drop(element: Any) -> None:
    """Takes ``element`` out of its tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail
    if tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(element)


def _hidden(element: Any) -> bool:
    """Whether the page hides ``element``; one with long paragraphs is shown by a script later."""
    if element.tag in _ROOTS:
        return False
    style = element.get("style")
    marked = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    if not marked and not (style and _NO_DISPLAY.search(style)):
        return False
    return not any(len(paragraph.text_content()) > _PROSE for paragraph in element.iter("p"))


def _is_card(span: Any) -> bool:
    """Whether an inline element of a paragraph has a picture of its own and further links."""
    if span.find("img") is None or sum(1 for _ in span.iter("a")) < 2:
        return False
    return next(span.iterancestors("p"), None) is not None


def _leads_elsewhere(element: Any) -> bool:
    text = " ".join(element.text_content().split())
    if len(text) > _LONG or len(text.split()) < _WORDS or _SENTENCE_END.search(text):
        return False
    if element.tag.startswith("h") and _in_link(element):
        return True
    linked = sum(len(" ".join(link.text_content().split())) for link in element.iter("a"))
    return linked >= _LINKED * len(text)


def _in_link(element: Any) -> bool:
    above = element.getparent()
    for _ in range(4):
        if above is None:
            return False
        if above.tag == "a":
            return True
        above = above.getparent()
    return False
