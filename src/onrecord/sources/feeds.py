"""RSS and Atom feeds, by feedparser: a report for each entry that has a text."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from onrecord.record.model import Problem
from onrecord.record.report import Failure, Report
from onrecord.sources.clean import mended, one_line
from onrecord.sources.dates import iso
from onrecord.sources.errors import SourceError, extra
from onrecord.sources.markup import text_of_markup
from onrecord.sources.options import SourceOptions
from onrecord.sources.origin import Origin
from onrecord.sources.people import names_of
from onrecord.sources.stream import Stream


def read_feed(stream: Stream, origin: Origin, options: SourceOptions) -> Iterator[Report | Failure]:
    """A report for each entry. An entry that only links elsewhere is skipped, and says so.

    The feed's own title is the outlet, since that is whom a feed speaks for. A feed that is not
    well-formed is read as far as feedparser gets, and each report says so.
    """
    feedparser = extra("feedparser", "feeds", "a feed")
    headers = {"content-type": f"{origin.mime or 'application/xml'}; charset={origin.charset}"}
    found = feedparser.parse(
        stream.read_all(options.max_bytes), response_headers=headers if origin.charset else {}
    )
    broken = _broken(feedparser, found)
    if not found.entries:
        raise SourceError("no entry in this feed" + (f" ({broken.reason})" if broken else ""))
    outlet = one_line(text_of_markup(found.feed.get("title") or ""))
    for number, entry in enumerate(found.entries, 1):
        title = one_line(mended(text_of_markup(entry.get("title") or ""))[0])
        text, undone = mended(_text(entry))
        link = one_line(entry.get("link"))
        if not any(char.isalpha() for char in text):
            name = f"{origin.name}, entry {number}"
            reason = f"no text, only a link: read {link}" if link else "no text in this entry"
            yield Failure(name=name, reason=reason, kind="skipped" if link else "failed")
            continue
        published = _published(entry)
        yield Report(
            text=text,
            id=one_line(entry.get("id")),
            title=title,
            published=published,
            published_basis="feed" if published else None,
            source=one_line((entry.get("source") or {}).get("title")) or outlet,
            authors=_authors(entry),
            url=link if link and link.startswith(("http:", "https:")) else None,
            file=origin.file,
            problems=undone if broken is None else (*undone, broken),
        )


def _text(entry: Any) -> str:
    """The longest of what an entry has as its content and its summary."""
    parts = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    texts = [""]
    for part in parts:
        value = part.get("value") or ""
        texts.append(value if part.get("type") == "text/plain" else text_of_markup(value))
    return max(texts, key=len)


def _published(entry: Any) -> str | None:
    for name in ("published", "updated", "created"):
        if date := iso(entry.get(name)):
            return date
        parsed = entry.get(f"{name}_parsed")
        if isinstance(parsed, time.struct_time):
            return iso(time.strftime("%Y-%m-%dT%H:%M:%S+00:00", parsed))
    return None


def _authors(entry: Any) -> tuple[str, ...]:
    people = [person.get("name") for person in entry.get("authors", ())] or [entry.get("author")]
    return tuple(dict.fromkeys(name for person in people if person for name in names_of(person)))


def _broken(feedparser: Any, found: Any) -> Problem | None:
    error = found.get("bozo_exception") if found.get("bozo") else None
    if error is None or isinstance(error, feedparser.CharacterEncodingOverride):
        return None
    reason = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return Problem(part="source", reason=f"the feed is not well-formed: {reason}")
