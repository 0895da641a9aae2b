"""The text of a report cut where any entry begins or ends, so that overlaps can be shown.

Entries overlap and nest freely, elements of a page cannot: each piece of text stands once and knows
all entries that rest on it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from onrecord.record.model import Attribution, Event, Record
from onrecord.web.stretches import HEADS, entries, head, stretches

LINK_ORDER = (
    "events",
    "permissions",
    "forecasts",
    "reasons",
    "attributions",
    "quantities",
    "times",
    "places",
    "entities",
)
"""Where a piece is the head of several entries, it leads to the first of these."""

_CLASSES = {
    ("attributions", "cue"): "cue",
    ("attributions", "source"): "src",
    ("permissions", "anchor"): "perm",
    ("reasons", "anchor"): "why",
    ("forecasts", "cue"): "fc",
    ("quantities", "self"): "qty",
    ("times", "self"): "tm",
    ("places", "self"): "pl",
    ("entities", "mention"): "en",
}
STEERING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Characters that would turn or hide the words around them, or that no page can hold."""


@dataclass(frozen=True)
class Piece:
    """A stretch of text under one set of entries.

    ``start``: code points from the start of the report's text. ``ids``: the entries that rest on
    it. ``roles``: ``id.field`` for each. ``classes``: how it is marked. ``targets``: the
    entries whose first head begins here. ``link``: the entry that a click leads to. ``opens`` and
    ``closes``: attributions whose content begins and ends here. ``control``: the name of a
    character that would steer the page, shown in its place.
    """

    start: int
    text: str
    ids: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    link: str | None = None
    opens: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    control: str | None = None


@dataclass(frozen=True)
class Paragraph:
    """A line of the report: its pieces, and the kind of zone that it is, where it is no prose."""

    pieces: tuple[Piece, ...]
    zone: str | None


@dataclass
class _Cover:
    starts: dict[int, list[tuple[str, Any, str]]] = field(default_factory=lambda: defaultdict(list))
    ends: dict[int, list[tuple[str, Any, str]]] = field(default_factory=lambda: defaultdict(list))


def paragraphs(record: Record) -> list[Paragraph]:
    """The paragraphs of the text with their pieces; empty where the record is without text."""
    text = record.text
    if text is None:
        return []
    cover, opens, closes, heads = _Cover(), defaultdict(list), defaultdict(list), defaultdict(list)
    for part, entry in entries(record):
        for stretch in stretches(entry):
            for start, end in stretch.spans:
                _span(cover, start, end, (part, entry, stretch.field))
        pointed = head(part, entry)
        if pointed:
            heads[pointed[0][0]].append(entry.id)
        if isinstance(entry, Attribution):
            opens[entry.content.spans[0][0]].append(entry.id)
            closes[entry.content.spans[-1][1]].append(entry.id)
    depth = _depths(record)
    zones = _zones(record)
    controls = {found.start() for found in STEERING.finditer(text)}
    cuts = {0, len(text), *cover.starts, *cover.ends, *heads, *opens, *closes}
    cuts.update(at for start, end, _ in zones for at in (start, end))
    cuts.update(at + more for at in controls for more in (0, 1))
    newlines = [found.start() for found in re.finditer("\n", text)]
    cuts.update(at + more for at in newlines for more in (0, 1))
    ordered = sorted(cut for cut in cuts if 0 <= cut <= len(text))

    active: dict[tuple[str, str], list[Any]] = {}
    made: list[Paragraph] = []
    row: list[Piece] = []
    for start, end in pairwise(ordered):
        for _, entry, name in cover.ends.get(start, ()):
            active[entry.id, name][-1] -= 1
            if not active[entry.id, name][-1]:
                del active[entry.id, name]
        for part, entry, name in cover.starts.get(start, ()):
            active.setdefault((entry.id, name), [part, entry, name, 0])[-1] += 1
        if text[start:end] == "\n":
            if row:
                made.append(_paragraph(row, zones))
            row = []
            continue
        row.append(
            _piece(
                start,
                text[start:end],
                [(p, e, name) for p, e, name, _ in active.values()],
                depth,
                heads.get(start, ()),
                tuple(opens.get(start, ())),
                tuple(closes.get(end, ())),
            )
        )
    if row:
        made.append(_paragraph(row, zones))
    return made


def _span(cover: _Cover, start: int, end: int, what: tuple[str, Any, str]) -> None:
    cover.starts[start].append(what)
    cover.ends[end].append(what)


def _piece(  # noqa: PLR0917 -- one value for each thing that meets in a piece
    start: int,
    words: str,
    active: list[tuple[str, Any, str]],
    depth: dict[str, int],
    targets: Iterable[str],
    opens: tuple[str, ...],
    closes: tuple[str, ...],
) -> Piece:
    ordered = sorted(active, key=lambda item: LINK_ORDER.index(item[0]))
    classes: dict[str, None] = {}
    said = max(
        (depth[e.id] for p, e, name in ordered if p == "attributions" and name == "content"),
        default=0,
    )
    if said:
        classes["said"] = None
        classes[f"said-{min(said, 3)}"] = None
    link: str | None = None
    for part, entry, name in ordered:
        if isinstance(entry, Event) and name == "anchor":
            classes["ev"] = None
            classes[f"ev-{entry.realis}"] = None
            if entry.background:
                classes["ev-history"] = None
        elif (part, name) in _CLASSES:
            classes[_CLASSES[part, name]] = None
            if entry.id in targets:
                classes[f"{_CLASSES[part, name]}-0"] = None
        if link is None and name == _head_field(part, entry) and part != "entities":
            link = entry.id
    return Piece(
        start=start,
        text=words,
        ids=tuple(dict.fromkeys(entry.id for _, entry, _ in ordered)),
        roles=tuple(dict.fromkeys(f"{entry.id}.{name}" for _, entry, name in ordered)),
        classes=tuple(classes),
        targets=tuple(targets),
        link=link,
        opens=opens,
        closes=closes,
        control=_control_name(words) if len(words) == 1 and _steers(words) else None,
    )


def _head_field(part: str, entry: Any) -> str | None:
    """The field by which an entry is clicked: only words that stand for it, never a long
    content.
    """
    if part == "attributions":
        return "cue" if entry.cue is not None else None
    return HEADS[part][0]


def _depths(record: Record) -> dict[str, int]:
    """How deep each attribution stands within others, from 1."""
    outer = {a.id: a.nested_in for a in record.attributions or ()}
    made: dict[str, int] = {}
    for start, parent in outer.items():
        seen, at, count = {start}, parent, 1
        while at is not None and at in outer and at not in seen:
            seen.add(at)
            at, count = outer[at], count + 1
        made[start] = count
    return made


def _zones(record: Record) -> list[tuple[int, int, str]]:
    return sorted((s, e, zone.kind) for zone in record.zones for s, e in zone.spans)


def _paragraph(row: list[Piece], zones: list[tuple[int, int, str]]) -> Paragraph:
    """A paragraph of these pieces; of a zone only where the zone holds all of it."""
    first, last = row[0].start, row[-1].start + len(row[-1].text.rstrip())
    zone = next((kind for start, end, kind in zones if start <= first and last <= end), None)
    return Paragraph(tuple(row), zone)


def _steers(char: str) -> bool:
    return STEERING.match(char) is not None


def _control_name(char: str) -> str:
    return f"U+{ord(char):04X} {unicodedata.name(char, 'CONTROL')}"


def visible(text: str) -> str:
    """``text`` on one line, each character that would steer the page shown as a box."""
    return " ".join(STEERING.sub("\ufffd", text).split())
