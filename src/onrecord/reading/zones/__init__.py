"""Zones: stretches of a report that are not prose, told by their form.

The forms are those of agency copy, newspaper pages, press releases and transcripts. Whole lines are
bylines, credits, captions and furniture (``zones_lines``); a dateline (``zones_dateline``) and the
label of a turn (``zones_turns``) open a line, and the prose goes on behind them. Each rule asks for
a form that running prose does not take: to leave a byline in the prose costs less than to lose
a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.reading.zones.dateline import datelines
from onrecord.reading.zones.line import Line
from onrecord.reading.zones.lines import line_zones, tails, transcript_edges
from onrecord.reading.zones.turns import turns
from onrecord.record.model import Zone
from onrecord.record.report import Report

_TRANSCRIPT = 6
_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


def find_zones(report: Report) -> tuple[Zone, ...]:
    """The zones of ``report``, in the order of the text.

    Those that its source marked are kept; those found in its text are added where they overlap
    none of them. A pure function of text, title, authors and zones, in time that grows with the
    length of the text.
    """
    lines = list(split(report.text))
    whole = dict(line_zones(lines, report.title, report.authors))
    labels = [label for label in turns(lines) if label[0] not in whole]
    if len(labels) >= _TRANSCRIPT:
        first, last = labels[0][0], labels[-1][0]
        for index in transcript_edges(lines, first, last):
            if index > last or index not in whole:
                whole[index] = "furniture"
    found = [(lines[index].start, lines[index].end, kind) for index, kind in whole.items()]
    found.extend(datelines(lines, whole))
    found.extend(tails(lines, whole))
    found.extend((start, end, "turn") for _, start, end in labels)
    return _merged(report, found)


def split(text: str) -> Iterator[Line]:
    """The lines of ``text`` that are not blank, without the white space around them."""
    end = 0
    for number, found in enumerate(_LINE.finditer(text)):
        line = found.group()
        stripped = line.strip()
        if not stripped:
            continue
        start = found.start() + len(line) - len(line.lstrip())
        gap = number > 0 and len(re.findall(r"\r\n|[\r\n\u2028\u2029]", text[end:start])) > 1
        end = start + len(stripped)
        yield Line(start, end, stripped, gap)


def _merged(report: Report, found: list[tuple[int, int, str]]) -> tuple[Zone, ...]:
    taken = sorted(span for zone in report.zones for span in zone.spans)
    zones = list(report.zones)
    last = position = 0
    for start, edge, kind in sorted(found):
        end = start + len(report.text[start:edge].rstrip())
        if start >= end or start < last:
            continue
        while position < len(taken) and taken[position][1] <= start:
            position += 1
        if position < len(taken) and taken[position][0] < end:
            continue
        zones.append(Zone(kind=kind, spans=((start, end),)))
        last = end
    return tuple(sorted(zones, key=lambda zone: zone.spans))
