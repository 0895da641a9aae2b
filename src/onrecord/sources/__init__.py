"""From a path, a URL or bytes to reports with clean text.

    >>> from onrecord.sources import SourceOptions, open_sources
    >>> for found in open_sources(["reports/", "more.jsonl"], SourceOptions()):
    ...     print(found)

Importing this loads no reader; each loads with the first input of its kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.sources.inputs import open_sources, open_stream
    from onrecord.sources.options import SourceOptions
    from onrecord.sources.origin import Origin

__all__ = ["Origin", "SourceOptions", "open_sources", "open_stream"]

_WHERE = {
    "Origin": "onrecord.sources.origin",
    "SourceOptions": "onrecord.sources.options",
    "open_sources": "onrecord.sources.inputs",
    "open_stream": "onrecord.sources.inputs",
}


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        from importlib import import_module

        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module 'onrecord.sources' has no attribute {name!r}")
