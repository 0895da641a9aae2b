"""PDF, by pypdfium2: the text of its pages, lines joined where a page only wraps them."""

from __future__ import annotations

import re
from collections import Counter

from onrecord.record.report import Report
from onrecord.sources.clean import mended, one_line
from onrecord.sources.errors import SourceError, extra
from onrecord.sources.opening import headline
from onrecord.sources.origin import Origin

_HYPHEN = re.compile(r"(?<=[a-z])[-\u00ad\ufffe\u0002]\n(?=[a-z])")
_PAGE_NUMBER = re.compile(
    r"(?:page\s+)?[-–]?\s?\d{1,4}\s?[-–]?(?:\s?(?:/|of)\s?\d{1,4})?", re.IGNORECASE
)
_END = re.compile(r"[.!?:][\"'”’)\]]*$")
_FULL = 0.8
_FURNITURE_PAGES = 3


def read_pdf(data: bytes, origin: Origin) -> Report:
    """The report in a PDF. Raises ``SourceError`` where it is locked, broken, or has no text.

    The date that a PDF was made on is not taken for the date of publication: scans and
    compilations are made years after. A dateline may still give it.
    """
    pdfium = extra("pypdfium2", "pdf", "a PDF")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        reason = "locked with a password" if locked else f"broken: {error}"
        raise SourceError(f"this PDF is {reason}") from error
    try:
        pages = [_page(document, number) for number in range(len(document))]
        about = document.get_metadata_dict()
    except pdfium.PdfiumError as error:
        raise SourceError(f"this PDF is broken: {error}") from error
    finally:
        document.close()
    text, undone = mended(_flow(pages))
    if not any(char.isalpha() for char in text):
        raise SourceError("no text in this PDF: its pages are images (scan it with OCR first)")
    author = one_line(about.get("Author"))
    title = one_line(about.get("Title"))
    return Report(
        text=text,
        title=headline(text)
        or (title if title and " " in title and "." not in title[-5:] else None),
        authors=(author,) if author and " " in author else (),
        url=origin.url,
        file=origin.file,
        problems=undone,
    )


def _page(document: object, number: int) -> list[str]:
    page = document[number]  # type: ignore[index]
    try:
        textpage = page.get_textpage()
        try:
            text: str = textpage.get_text_bounded()
        finally:
            textpage.close()
    finally:
        page.close()
    return [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]


def _flow(pages: list[list[str]]) -> str:
    """The pages as running text: page numbers and lines that head or foot most pages go; a line
    runs on into the next where it is nearly as wide as its page allows and ends no sentence."""
    edges = Counter(line for page in pages for line in {*_edge(page)})
    repeated = {
        line for line, count in edges.items() if count >= max(_FURNITURE_PAGES, len(pages) // 2)
    }
    out: list[str] = []
    for page in pages:
        lines = [line for line in page if line not in repeated and not _PAGE_NUMBER.fullmatch(line)]
        width = max((len(line) for line in lines), default=0)
        for line, after in zip(lines, [*lines[1:], ""], strict=True):
            out.append(line)
            wraps = line and after and len(line) + 1 + len(after.split()[0]) > _FULL * width
            ends = _END.search(line) and len(line) < _FULL * width
            out.append("\n" if not line or ends or not wraps else "\x00")
    joined = _HYPHEN.sub("", "".join(out).replace("\x00", "\n\x00")).replace("\n\x00", " ")
    return joined.replace("\x00", "")


def _edge(page: list[str]) -> list[str]:
    lines = [line for line in page if line]
    return lines[:2] + lines[-2:] if len(lines) > 4 else []
