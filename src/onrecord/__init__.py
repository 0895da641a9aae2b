"""onrecord reads news reports and keeps the record, every entry anchored in the report's words.

    >>> import onrecord
    >>> record = onrecord.read("The minister denied that talks had begun.", published="2031-05-06")

Importing this loads no model; the first reading does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onrecord.version import __version__

if TYPE_CHECKING:
    from onrecord.reading.reader import Options, Reader
    from onrecord.record.model import Record
    from onrecord.record.report import Failure, Report

__all__ = ["Failure", "Options", "Reader", "Record", "Report", "__version__", "read"]

_WHERE = {
    "Options": "onrecord.reading.reader",
    "Reader": "onrecord.reading.reader",
    "Record": "onrecord.record.model",
    "Report": "onrecord.record.report",
    "Failure": "onrecord.record.report",
}


def read(text: str, **known: Any) -> Record:
    """The record of one report.

    ``text`` is kept code point for code point. ``known``: ``published`` (ISO date or date-time),
    ``title``, ``source``, ``authors``, ``url``, ``id``, ``language``. To read many, or to choose
    parts, make a ``Reader``. Raises ``onrecord.reading.errors.ReadingError`` where the text
    cannot be read.
    """
    from onrecord.reading.reader import Reader

    return Reader().read(text, **known)


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        from importlib import import_module

        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
