"""A record as a small piece of HTML for notebooks: its text, with what was read marked in it.

Everything that comes from the report is escaped; characters that turn the direction of text are
shown by their numbers. No script, nothing loaded. A label stands beside every mark, so that colour
is never the only sign.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from onrecord.record.model import PARTS, Attribution, Record, Words

LONGEST = 20_000
"""Characters of text that are shown; the rest is told of, not shown."""

_STEERING = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f-\x9f]")
_STYLE = """<style>
.onrecord{font-family:sans-serif;line-height:1.6;max-width:60em}
.onrecord .text{white-space:pre-wrap;border:1px solid #8888;padding:.8em}
.onrecord .facts{opacity:.75;font-size:90%}
.onrecord .problem{color:#b00020}
.onrecord mark{background:none;color:inherit}
.onrecord .said{border-bottom:1px dotted}
.onrecord .source,.onrecord .cue{font-style:italic}
.onrecord .event{font-weight:bold;border-bottom:2px solid #1f77b4}
.onrecord .unreal{border-bottom:2px dashed #d62728}
.onrecord .permission{border-bottom:2px solid #2ca02c}
.onrecord .forecast{border-bottom:2px dotted #9467bd}
.onrecord .time,.onrecord .place,.onrecord .quantity{background:#8882}
.onrecord small{font-size:70%;font-weight:normal;font-style:normal;opacity:.8;
border:1px solid #8888;border-radius:3px;padding:0 .25em;margin:0 .15em}
</style>"""


class _Mark(NamedTuple):
    start: int
    end: int
    kind: str
    label: str
    first: bool


def show(record: Record) -> str:
    """``record`` as HTML: what is known of the report, the marked text, how much was read."""
    return f'{_STYLE}<div class="onrecord">{_head(record)}{_text(record)}{_counts(record)}</div>'


def _head(record: Record) -> str:
    facts = [
        record.source,
        ", ".join(record.authors) or None,
        f"published {record.published}" if record.published else "publication date not known",
        f"onrecord {record.reader.version}",
    ]
    problems = "".join(
        f'<div class="problem">! {_safe(p.part)}: {_safe(p.reason)}</div>' for p in record.problems
    )
    title = record.title or record.file or record.url or record.id
    return (
        f"<div><b>{_safe(title[:300])}</b></div>"
        f'<div class="facts">{_safe(" · ".join(fact for fact in facts if fact))}</div>{problems}'
    )


def _text(record: Record) -> str:
    if record.text is None:
        return '<div class="text">(the text was left out of this record)</div>'
    text = record.text[:LONGEST]
    starts: dict[int, list[_Mark]] = defaultdict(list)
    edges = {0, len(text)}
    marks = [mark for mark in _marks(record) if mark.start < len(text)]
    for mark in marks:
        starts[mark.start].append(mark)
        edges |= {mark.start, min(mark.end, len(text))}
    out: list[str] = []
    here: list[_Mark] = []
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        here = [mark for mark in here if mark.end > start] + starts.get(start, [])
        labels = "".join(
            f"<small>{_safe(mark.label)}</small>"
            for mark in starts.get(start, [])
            if mark.first and mark.label
        )
        words = _safe(text[start:end])
        kinds = " ".join(dict.fromkeys(mark.kind for mark in here))
        out.append(f'{labels}<mark class="{kinds}">{words}</mark>' if kinds else words)
    if len(record.text) > LONGEST:
        out.append(f"<i> … {len(record.text) - LONGEST:,} more characters are not shown</i>")
    return f'<div class="text">{"".join(out)}</div>'


def _marks(record: Record) -> Iterator[_Mark]:
    for said in record.attributions or ():
        yield from _of(said.content, "said", f"{_who(said)} {said.stance}:")
        yield from _of(said.source, "source", "")
        yield from _of(said.cue, "cue", "")
    for event in record.events or ():
        actual = event.realis == "actual"
        label = event.type if actual else f"{event.type}, {event.realis}"
        if event.background:
            label += ", background"
        yield from _of(event.anchor, "event" if actual else "event unreal", label)
    for leave in record.permissions or ():
        yield from _of(leave.anchor, "permission", f"{leave.deontic}: {leave.state}")
    for forecast in record.forecasts or ():
        yield from _of(forecast.content, "forecast", f"{forecast.likelihood} to come:")
    for time in record.times or ():
        shown = time.value if time.value and time.value != time.text else ""
        yield from _of(time, "time", shown)
    for place in record.places or ():
        shown = place.name if place.name and place.name != place.text else ""
        yield from _of(place, "place", shown)
    for quantity in record.quantities or ():
        yield from _of(quantity, "quantity", "")


def _of(words: Words | None, kind: str, label: str) -> Iterator[_Mark]:
    for number, (start, end) in enumerate(words.spans if words is not None else ()):
        yield _Mark(start, end, kind, label, number == 0)


def _who(said: Attribution) -> str:
    return said.source.text if said.source is not None else "source not told"


def _counts(record: Record) -> str:
    told = [
        f"{len(entries)} {part}" if entries is not None else f"{part} not read"
        for part in PARTS
        if (entries := getattr(record, part)) is not None or part in record.reader.parts
    ]
    return f'<div class="facts">{_safe(" · ".join(told))}</div>'


def _safe(text: str) -> str:
    return html.escape(_STEERING.sub(lambda found: f"[U+{ord(found.group()):04X}]", text))
