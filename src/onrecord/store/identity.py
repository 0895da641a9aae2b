"""What makes a report the same one: where it appeared, and what it said."""

from __future__ import annotations

import hashlib
import os
from urllib.parse import urlsplit

from onrecord.record.model import Record
from onrecord.record.report import Report, sha256


def appearance(report: Report | Record, *, alone: bool = True) -> str:
    """A name for where a text appeared: 32 hexadecimal digits.

    Its URL; else the id that its source gave, within that source or file; else its file, where it
    is ``alone`` in it; else the file and the text. Files are named by their full path.
    """
    given = given_id(report)
    # Standard input is no place that could be looked at again.
    file = None if report.file in (None, "-") else os.path.abspath(report.file or "")  # noqa: PTH100
    if report.url:
        return _digest("url", _address(report.url))
    if given is not None:
        return _digest("id", report.source or file or "", given)
    if file is not None and alone:
        return _digest("file", file)
    return _digest("text", report.source or file or "", report.text_sha256)


def content(report: Report | Record) -> str:
    """A name for what a report said: 32 hexadecimal digits over text, title, date and source."""
    return _digest(
        "content", report.text_sha256, report.title or "", report.published or "",
        report.source or "",
    )  # fmt: skip


def known_as(where: str, said: str) -> bytes:
    """An appearance and a content in 32 bytes, for a set of all that a store knows."""
    return bytes.fromhex(where + said)


def given_id(report: Report | Record) -> str | None:
    """The id that the source gave, or None where it was derived."""
    if isinstance(report, Report):
        return report.id
    where = report.source or report.url or report.file or ""
    derived = "r" + sha256(f"{where}\x1f{report.text_sha256}")[:20]
    return None if report.id == derived else report.id


def _address(url: str) -> str:
    """``url`` with its scheme and host in small letters, as they mean the same."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower()).geturl()


def _digest(*parts: str) -> str:
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=16).hexdigest()
