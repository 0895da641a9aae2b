"""The last step for every report: date, language, length; the same for all formats."""

from __future__ import annotations

import re

from msgspec import structs

from onrecord.record.report import Report
from onrecord.sources.dates import in_url
from onrecord.sources.errors import Skipped, SourceError
from onrecord.sources.language import not_english
from onrecord.sources.opening import opening_agency, opening_date
from onrecord.sources.options import SourceOptions

_LIVE = re.compile(
    r"\bas it happened\b|\blive (?:updates|blog|coverage)\b|[–—|-] live\b(?: updates)?$",
    re.IGNORECASE,
)
_TRANSCRIPT = re.compile(
    r"\btranscript\b"
    r"|^(?:(?:on-the-record|background|daily) )?press (?:briefing|gaggle|conference) (?:by|with)\b",
    re.IGNORECASE,
)


def finish(report: Report, options: SourceOptions) -> Report:
    """``report`` with its date and language settled.

    The date is the one that the user gives; else that of the source; else one in its address; else
    a full date in its dateline. Raises ``Skipped`` where the text is not English, and
    ``SourceError`` where it is too long.
    """
    if len(report.text) > options.max_chars:
        raise SourceError(
            f"too long: {len(report.text):,} characters, the limit is {options.max_chars:,} "
            "(raise --max-chars)"
        )
    if options.language is None and (language := not_english(report.text)):
        raise Skipped(f"not English: the language is {language!r} (--language en reads it anyway)")
    published, basis = _published(report, options)
    return structs.replace(
        report,
        published=published,
        published_basis=basis,
        language=options.language or "en",
        credit=report.credit or opening_agency(report.text),
        form=_form(report),
    )


def _form(report: Report) -> str | None:
    """The form: a title that says so (``– as it happened``, ``Press Briefing by``) tells most."""
    title = report.title or ""
    if _LIVE.search(title):
        return "live_blog"
    if _TRANSCRIPT.search(title):
        return "transcript"
    return report.form


def _published(report: Report, options: SourceOptions) -> tuple[str | None, str | None]:
    if options.published is not None:
        return options.published, "given"
    if report.published is not None:
        return report.published, report.published_basis
    if report.url is not None and (date := in_url(report.url)):
        return date, "url"
    if date := opening_date(report.text):
        return date, "dateline"
    return None, None
