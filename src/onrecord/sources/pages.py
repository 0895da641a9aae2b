"""HTML pages: the article by trafilatura, what the page says of itself beside it."""

from __future__ import annotations

import logging
import re
from typing import Any

from onrecord.record.model import Problem
from onrecord.record.report import Report
from onrecord.sources.clean import mended, one_line
from onrecord.sources.decode import declared_in, decode
from onrecord.sources.errors import SourceError, extra
from onrecord.sources.markup import text_of_markup
from onrecord.sources.origin import Origin
from onrecord.sources.page_data import PageData, page_data
from onrecord.sources.page_tree import prepare

_NO_WORD = re.compile(r"\W+")
_AGENCY = re.compile(
    r"(?:The )?(?:Associated Press|AP|Reuters|Thomson Reuters|Agence France-Presse|AFP|UPI"
    r"|United Press International|Xinhua|Press Trust of India|PTI|IANS|ANI|dpa|EFE|Bloomberg"
    r"|The Canadian Press|Press Association|PA Media|Australian Associated Press)",
    re.IGNORECASE,
)
_FEW = 3
# A dateline that lost the blank behind its agency, which stood in another element: (CNN)The port.
_TIGHT_AGENCY = re.compile(
    r"\A((?:[A-Z][\w .,'’-]{1,40} )?\([A-Z][A-Za-z]{1,10}(?: [A-Z]\w+)?\))(?=[A-Z])"
)
# The article body that a page gives as data is taken where the page itself shows less than half:
# then the page builds its text by script, or trafilatura lost it.
_HALF = 0.5
# Where no article is found, lines with the end of a sentence are; menus have none.
_END = re.compile(r"[.!?][\"'”’)]*$")


def read_page(data: bytes, origin: Origin) -> Report:
    """The report on a page. Raises ``SourceError`` where there is no article on it."""
    trafilatura = extra("trafilatura", "html", "an HTML page")
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    decoded = decode(data, origin.charset or declared_in(data))
    problems = [Problem(part="source", reason=decoded.problem)] if decoded.problem else []
    tree = trafilatura.load_html(decoded.text)
    about = page_data(tree) if tree is not None else PageData()
    headings: list[str] = []
    if tree is None:
        found = text_of_markup(decoded.text)
    else:
        headings = _headings(tree)
        prepare(tree)
        found = _body(trafilatura, tree, decoded.text, about)
    text, undone = mended(found)
    problems.extend(undone)
    title = about.title or (headings[0] if headings else None)
    title = _without_site(one_line(mended(title)[0]), about.source) if title else None
    text = _without_headings(text, [title or "", *headings])
    authors, agency = _writers(about)
    if not any(char.isalpha() for char in text):
        raise SourceError("no text: no article found on this page")
    return Report(
        text=text,
        title=title,
        published=about.published,
        published_basis="metadata" if about.published else None,
        source=about.source,
        authors=authors,
        credit=about.credit or agency,
        url=origin.url or about.url,
        file=origin.file,
        form=about.form,
        problems=tuple(problems),
    )


def _body(trafilatura: Any, tree: Any, html: str, about: PageData) -> str:
    found = trafilatura.bare_extraction(tree, include_comments=False, favor_precision=True)
    text = (found.text if found is not None else None) or ""
    given = "\n\n".join(about.updates) if about.updates else about.body
    if given:
        given = text_of_markup(given) if "<" in given else given
        if len(text) < _HALF * len(given):
            return given
    return text or "\n".join(filter(_is_sentence, text_of_markup(html).split("\n")))


def _is_sentence(line: str) -> bool:
    return len(line.split()) > 2 and _END.search(line[-10:]) is not None


def _writers(about: PageData) -> tuple[tuple[str, ...], str | None]:
    """The authors who are people, and the agency that stands among them."""
    outlet = _plain(about.source or "")
    people, agency = [], None
    for name in about.authors:
        if _AGENCY.fullmatch(name):
            agency = agency or name
        elif not outlet or not _plain(name).startswith(outlet):
            people.append(name)
    return tuple(people), agency


def _headings(tree: Any) -> list[str]:
    """The headings of the first rank where there are few, then the title in the page's head."""
    ranks = [one_line(heading.text_content()) for heading in tree.iter("h1")]
    titles = [one_line(title.text_content()) for title in tree.xpath("//head/title")]
    few = [heading for heading in ranks if heading]
    return [*(few if len(few) <= _FEW else ()), *(title for title in titles if title)]


def _without_site(title: str | None, source: str | None) -> str | None:
    """``title`` without the name of the site at its end, where it is known."""
    if title and source:
        found = re.fullmatch(r"(.{8,}?)\s*(?:[|–—]|\s-)\s*([^|–—]{2,40})", title)
        if found and _plain(found[2]).replace(" ", "") == _plain(source).replace(" ", ""):
            return found[1]
    return title


def _without_headings(text: str, headings: list[str]) -> str:
    """``text`` without lines that are a heading of the page: it has its title in its own field.

    Pages repeat their headline above a film or a list in the middle of the article.
    """
    known = {_plain(heading) for heading in headings} - {""}
    kept = "\n".join(line for line in text.split("\n") if _plain(line) not in known).strip()
    return _TIGHT_AGENCY.sub(r"\1 ", kept or text)


def _plain(text: str) -> str:
    return _NO_WORD.sub(" ", text).strip().lower()
