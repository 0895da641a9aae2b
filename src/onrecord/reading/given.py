"""Judging what a user gives: spans in a text, without reading its whole record."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.reading.parse import DEFAULT_PIPELINE, load_pipeline, parse
from onrecord.record.model import Spans
from onrecord.record.report import Report


def head_lemmas(text: str, spans: Sequence[Spans], pipeline: str = DEFAULT_PIPELINE) -> list[str]:
    """The lemma of the syntactic head of each of ``spans``, in small letters.

    A span over no token gives the empty string.
    """
    page = parse(Report(text=text), load_pipeline(pipeline))
    out = []
    for pieces in spans:
        found = page.span(pieces[0][0], pieces[-1][1]) if pieces else None
        out.append("" if found is None else found.root.lemma_.casefold())
    return out
