"""From the keys of a JSON line, or the columns of a row, to a report: names that are in use."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from onrecord.record.labels import LABELS
from onrecord.record.model import Problem
from onrecord.record.report import Report
from onrecord.sources.dates import iso
from onrecord.sources.errors import SourceError
from onrecord.sources.options import SourceOptions
from onrecord.sources.origin import Origin, printable

NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "bodytext", "content", "articlebody", "articletext", "articlecontent",
        "fulltext", "fullcontent", "contenttext", "maintext", "storytext", "storybody",
        "plaintext", "rawtext", "cleantext", "newstext", "article", "story", "transcript",
        "document", "sentence", "speech", "statement", "paragraph", "message",
    ),
    "id": ("id", "docid", "articleid", "documentid", "storyid", "uuid", "guid", "identifier"),
    "title": ("title", "headline", "heading", "articletitle", "subject", "head"),
    "published": (
        "published", "publishedat", "datepublished", "publicationdate", "publisheddate",
        "publishdate", "pubdate", "publishedtime", "publishtime", "date", "articledate",
        "newsdate", "datetime", "timestamp", "datestring", "day",
    ),
    "source": (
        "source", "sourcename", "outlet", "publisher", "publication", "newspaper", "medium",
        "media", "mediatype", "sitename", "site", "domain", "sourcedomain", "newssource",
    ),
    "url": ("url", "link", "articleurl", "sourceurl", "weburl", "uri", "permalink", "canonicalurl"),
    "authors": ("authors", "author", "byline", "creator", "writer"),
}  # fmt: skip
_OPTION = {
    "text": "text_field", "id": "id_field", "title": "title_field", "published": "date_field",
    "source": "source_field", "url": "url_field", "authors": "author_field",
}  # fmt: skip
_NAME_KEYS = ("name", "title", "full_name", "id")


class Columns(Struct, frozen=True, kw_only=True):
    """Which key holds what; None where the input has no such key."""

    text: str | None
    id: str | None = None
    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    authors: str | None = None


def find_columns(keys: Sequence[str], options: SourceOptions) -> Columns:
    """Which of ``keys`` holds what: a key named in ``options``, else one with a name in use."""
    plain: dict[str, str] = {}
    for key in keys:
        plain.setdefault(re.sub(r"[\W_]+", "", key.lower()), key)
    found: dict[str, str | None] = {}
    for part, names in NAMES.items():
        wanted = getattr(options, _OPTION[part])
        if wanted is None:
            found[part] = next((plain[name] for name in names if name in plain), None)
        else:
            found[part] = wanted if wanted in keys else None
    return Columns(**found)


def to_report(
    row: Mapping[str, Any],
    columns: Columns,
    origin: Origin,
    options: SourceOptions,
    *,
    day_first: bool | None = None,
) -> Report:
    """The report in one row, its text kept code point for code point.

    Raises ``SourceError`` where the row has no text.
    """
    if columns.text is None:
        raise SourceError(_no_text(list(row), options))
    text = row.get(columns.text)
    if not isinstance(text, str):
        raise SourceError(f"no text: {columns.text!r} is {_kind(text)}")
    if not text or text.isspace():
        raise SourceError(f"no text: {columns.text!r} is empty")
    problems: list[Problem] = []
    raw = row.get(columns.published) if columns.published else None
    published = iso(raw, day_first=day_first)
    if raw not in (None, "") and published is None and not options.published:
        shown = " ".join(str(raw).split())[:40]
        reason = f"the date {printable(shown)!r} is not one day for sure; --published DATE gives it"
        problems.append(Problem(part="source", reason=reason))
    basis = None
    if published is not None:
        basis = row.get("published_basis")
        basis = basis if basis in LABELS["published_basis"] else "metadata"
    form, credit = row.get("form"), row.get("credit")
    return Report(
        text=text,
        id=_word(row.get(columns.id)) if columns.id else None,
        published=published,
        published_basis=basis,
        title=_word(row.get(columns.title)) if columns.title else None,
        source=_word(row.get(columns.source)) if columns.source else None,
        authors=_people(row.get(columns.authors)) if columns.authors else (),
        credit=_word(credit),
        url=_word(row.get(columns.url)) if columns.url else None,
        file=origin.file,
        form=form if form in LABELS["form"] else None,
        problems=tuple(problems),
    )


def _no_text(keys: list[str], options: SourceOptions) -> str:
    shown = ", ".join(printable(key) for key in keys[:12]) + (", …" if len(keys) > 12 else "")
    if options.text_field:
        return f"no field {options.text_field!r}; the fields are: {shown or 'none'}"
    return f"no field looks like the text; name it with --text-field (fields: {shown or 'none'})"


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", bool: "true or false", int: "a number"}
    return "null or missing" if value is None else names.get(type(value), "no string")


def _word(value: object) -> str | None:
    """A string out of what stands where a name is expected; None where there is none."""
    if isinstance(value, Mapping):
        return next((_word(value[key]) for key in _NAME_KEYS if value.get(key)), None)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return printable(str(value)).strip() or None


def _people(value: object) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(name for part in parts if (name := _word(part))))
