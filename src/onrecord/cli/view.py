"""The default view: what a person wants to read of a record on a terminal.

Each line says one thing and shows the words of the report that it rests on, with the number of
the sentence and the offsets of the words.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TextIO

from rich.console import Console
from rich.text import Text

from onrecord.cli.wording import (
    event_line,
    figure_line,
    forecast_line,
    permission_line,
    reason_line,
    said_line,
)
from onrecord.record.model import Event, Record, Words
from onrecord.record.rows import Context
from onrecord.web.phrases import STATES

PLAIN_WIDTH = 100
_STYLES = (
    ("bold red", {"negated", "denies", "not allowed", "leave withdrawn", "forbidden", "unlikely",
                  "not expected", "objection"}),
    ("bold yellow", {"future", "possible", "conditional", "fears", "doubts", "may be allowed",
                     "may be forbidden", "leave asked for", "ban asked for", "risk", "asks",
                     "allowed on a condition", "forbidden on a condition", "threatens"}),
)  # fmt: skip
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


class Line(NamedTuple):
    """One thing said: a label, what it is, and the words that it rests on."""

    label: str
    text: str
    words: Words | None
    depth: int = 0


class Section(NamedTuple):
    """Lines under one heading."""

    title: str
    lines: list[Line]


def sections(record: Record) -> Iterator[Section]:
    """The sections of the view that have anything to say."""
    context = Context(record)
    made = [
        Section("Who said what", list(_said(context))),
        Section("What happened", list(_events(context, _is_news))),
        Section(
            "What did not happen, or may come",
            list(_events(context, lambda e: e.realis not in {"actual", "generic"})),
        ),
        Section(
            "Told as history, or in general",
            list(_events(context, lambda e: e.realis in {"actual", "generic"} and not _is_news(e))),
        ),
        Section(
            "Who lets whom do what",
            [Line(STATES.get((p.state, p.deontic), p.state), permission_line(context, p),
                  _proof(context, p.anchor))
             for p in record.permissions or ()],
        ),
        Section(
            "Why",
            [Line(r.kind, reason_line(context, r), r.content) for r in record.reasons or ()],
        ),
        Section(
            "What is said to come",
            [Line(f.likelihood.replace("_", " "), forecast_line(context, f), f.content)
             for f in record.forecasts or ()],
        ),
        Section(
            "How many",
            [Line("", figure_line(context, q), _proof(context, q, 40))
             for q in record.quantities or ()],
        ),
    ]  # fmt: skip
    return (section for section in made if section.lines)


def _said(context: Context) -> Iterator[Line]:
    depth: dict[str, int] = {}
    for entry in context.record.attributions or ():
        depth[entry.id] = depth.get(entry.nested_in or "", -1) + 1
        label = entry.stance
        yield Line(label, said_line(context, entry), entry.content, min(depth[entry.id], 3))


def _is_news(event: Event) -> bool:
    return event.realis == "actual" and not event.background


def _events(context: Context, wanted: Any) -> Iterator[Line]:
    for event in context.record.events or ():
        if wanted(event):
            label = event.type.lower() if event.realis == "actual" else event.realis
            yield Line(label, event_line(context, event), _proof(context, event.anchor))


def _proof(context: Context, anchor: Words, around: int = 70) -> Words:
    """The anchor with the words of its sentence around it, as far as a line holds them."""
    text, span = context.record.text, context.sentence_at(anchor.spans[0][0])
    if text is None or span is None:
        return anchor
    start, end = (
        max(span[0], anchor.spans[0][0] - around),
        min(span[1], anchor.spans[-1][1] + around),
    )
    while start > span[0] and not text[start - 1].isspace():
        start -= 1
    while end < span[1] and not text[end].isspace():
        end += 1
    return Words(spans=((start, end),), text=text[start:end])


def print_view(record: Record, out: TextIO) -> None:
    """Prints the view on ``out``: styled on a terminal, plain elsewhere, at most as wide as it."""
    console = Console(file=out, highlight=False, soft_wrap=True, emoji=False, markup=False)
    width = min(console.width, 120) if console.is_terminal else PLAIN_WIDTH
    numbers = Context(record)
    for text in _head(record):
        console.print(text)
    for section in sections(record):
        console.print()
        console.print(Text(section.title.upper(), style="bold"))
        for line in section.lines:
            _print_line(console, numbers, line, width)
    for text in _foot(record):
        console.print(text)


def _print_line(console: Console, context: Context, line: Line, width: int) -> None:
    indent = "  " + "  " * line.depth
    label = f"{line.label}: " if line.label else ""
    text = clean(label + line.text)
    where = "" if line.words is None else context.where(line.words.spans)
    shown = "" if line.words is None else clean(line.words.text)
    if shown and shown in text:
        text, shown = f"{text} {where}", ""
    for number, row in enumerate(_wrap(text, width, indent, indent + "  ")):
        styled = Text(row)
        if number == 0 and label:
            styled.stylize(_style(line.label), len(indent), len(indent) + len(label))
        console.print(styled)
    if shown:
        for row in _wrap(f"“{shown}” {where}", width, indent + "    ", indent + "     "):
            console.print(Text(row, style="dim"))


def _wrap(text: str, width: int, first: str, then: str) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=then,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _style(label: str) -> str:
    return next((style for style, labels in _STYLES if label in labels), "bold green")


def _head(record: Record) -> Iterator[Text]:
    title = record.title or record.file or record.url or record.id
    yield Text(clean(title), style="bold underline")
    facts = [
        record.source,
        ", ".join(record.authors) or None,
        f"published {record.published} ({record.published_basis})"
        if record.published
        else "publication date not known: relative dates stay unresolved",
        f"credit {record.credit}" if record.credit else None,
        record.form.replace("_", " ") if record.form else None,
        f"{len(record.sentences)} sentences",
    ]
    yield Text(clean(" · ".join(fact for fact in facts if fact)), style="dim")
    for problem in record.problems:
        yield Text(clean(f"! {problem.part}: {problem.reason}"), style="red")


def _foot(record: Record) -> Iterator[Text]:
    yield Text()
    unnamed = [a.source.text for a in record.attributions or ()
               if a.source is not None and a.source.kind == "unnamed"]  # fmt: skip
    if unnamed:
        yield from _list("Sources not named", dict.fromkeys(unnamed))
    if record.places:
        places = (_place(place) for place in record.places if not place.demonym)
        yield from _list("Places", dict.fromkeys(places))
    if record.times:
        times = (f"{t.text} ({t.value or 'not resolved'})" for t in record.times)
        yield from _list("Times", dict.fromkeys(times))
    missing = [part for part in record.reader.parts if getattr(record, part) is None]
    if missing:
        yield from _list("Not read", missing)


def _place(place: Any) -> str:
    name = place.name or place.text
    return f"{name} ({place.country3})" if place.country3 and place.feature != "PCLI" else name


def _list(title: str, items: Iterable[str]) -> Iterator[Text]:
    rows = textwrap.wrap(clean(f"{title}: " + ", ".join(items)), PLAIN_WIDTH,
                         subsequent_indent="  ")  # fmt: skip
    for number, row in enumerate(rows):
        text = Text(row, style="dim")
        if number == 0:
            text.stylize("bold not dim", 0, len(title) + 1)
        yield text


def clean(text: str) -> str:
    """``text`` on one line, without characters that could steer a terminal or turn its text."""
    return " ".join(_UNSAFE.sub(" ", text).split())
