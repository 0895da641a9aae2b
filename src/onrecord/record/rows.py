"""Flat rows: one an entry, for pandas, R, DuckDB and spreadsheets.

Lists are joined by ``"; "``; offsets are code points; what is null stays empty. A row carries its
report, its sentence and, for events, date and place, so that it can be used alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from onrecord.record.invariants import first_offset
from onrecord.record.model import PARTS, Attribution, Place, Record, Spans, Time, Words


class Context:
    """A record with its entries by id."""

    def __init__(self, record: Record) -> None:
        self.record = record

    @cached_property
    def _by_id(self) -> dict[str, Any]:
        record = self.record
        return {entry.id: entry for part in PARTS for entry in getattr(record, part) or ()}

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.record.sentences]

    def get(self, id_: str | None) -> Any:
        """The entry with this id, or None."""
        return None if id_ is None else self._by_id.get(id_)

    def sentence_number(self, offset: int) -> int | None:
        """The number, from 1, of the sentence at or before ``offset``; None before the first."""
        return bisect_right(self._starts, offset) or None

    def sentence_at(self, offset: int) -> tuple[int, int] | None:
        """The sentence at or before ``offset``."""
        number = self.sentence_number(offset)
        return None if number is None else self.record.sentences[number - 1]

    def sentence(self, entry: Any) -> tuple[int, int] | None:
        """The sentence in which an entry begins."""
        return self.sentence_at(first_offset(entry))

    def where(self, spans: Spans) -> str:
        """Where words stand, for a reader: the sentence's number, and the offsets."""
        number = self.sentence_number(spans[0][0])
        offsets = " ".join(f"{start}–{end}" for start, end in spans)
        return f"[s{number} {offsets}]" if number else f"[{offsets}]"

    def sentence_text(self, entry: Any) -> str | None:
        """Its words, or None where the record is without text."""
        span = self.sentence(entry)
        if span is None or self.record.text is None:
            return None
        return " ".join(self.record.text[span[0] : span[1]].split())


@dataclass(frozen=True)
class Column:
    """One column: its name, its type, and how it is had from an entry."""

    name: str
    type: type
    get: Callable[[Context, Any], Any]


def _join(values: Sequence[str | None]) -> str | None:
    kept = [value for value in values if value]
    return "; ".join(kept) if kept else None


def _text(name: str) -> Column:
    return Column(name, str, lambda c, e: _words_text(getattr(e, name)))


def _words_text(words: Words | None) -> str | None:
    return None if words is None else words.text


def _plain(name: str, type_: type) -> Column:
    return Column(name, type_, lambda c, e: getattr(e, name))


def _float(value: int | float | None) -> float | None:
    return None if value is None else float(value)


def _float_column(name: str) -> Column:
    return Column(name, float, lambda c, e: _float(getattr(e, name)))


def _arguments(name: str) -> list[Column]:
    single = name.rstrip("s")
    return [
        Column(name, str, lambda c, e: _join([a.text for a in getattr(e, name)])),
        Column(
            f"{single}_entities", str, lambda c, e: _join([_name(c, a) for a in getattr(e, name)])
        ),
        Column(
            f"{single}_codes",
            str,
            lambda c, e: _join(["|".join((*a.codes, *a.sectors)) for a in getattr(e, name)]),
        ),
    ]


def _name(context: Context, argument: Any) -> str | None:
    entity = context.get(argument.entity)
    return None if entity is None else entity.name


def _first_place(context: Context, event: Any) -> Place | None:
    places = [context.get(place.place) for place in event.places or ()]
    return next((place for place in places if place is not None), None)


def _first_time(context: Context, event: Any) -> Time | None:
    times = [context.get(time.time) for time in event.times or ()]
    return next((time for time in times if time is not None and time.start), None)


def _of(find: Callable[[Context, Any], Any], field: str) -> Callable[[Context, Any], Any]:
    def get(context: Context, entry: Any) -> Any:
        found = find(context, entry)
        return None if found is None else getattr(found, field)

    return get


def _attribution(context: Context, entry: Any) -> Attribution | None:
    found: Attribution | None = context.get(entry.attribution)
    return found


def _source(context: Context, entry: Any) -> str | None:
    found = _attribution(context, entry)
    return None if found is None or found.source is None else found.source.text


def _source_names(context: Context, entry: Any) -> str | None:
    found = [context.get(id_) for id_ in (entry.source.entities if entry.source else ())]
    return _join([entity.name for entity in found if entity is not None])


def _stance(context: Context, entry: Any) -> str | None:
    found = _attribution(context, entry)
    return None if found is None else found.stance


_SAID = [
    Column("attribution", str, lambda c, e: e.attribution),
    Column("told_by", str, _source),
    Column("told_stance", str, _stance),
]

_REPORT = [
    Column("report", str, lambda c, e: c.record.id),
    Column("published", str, lambda c, e: c.record.published),
    Column("source", str, lambda c, e: c.record.source),
    Column("title", str, lambda c, e: c.record.title),
    Column("url", str, lambda c, e: c.record.url),
    Column("file", str, lambda c, e: c.record.file),
    Column("id", str, lambda c, e: e.id),
    Column("key", str, lambda c, e: e.key),
]

_TAIL = [
    Column("start", int, lambda c, e: first_offset(e)),
    Column("sentence_start", int, lambda c, e: (c.sentence(e) or (None,))[0]),
    Column("sentence", str, lambda c, e: c.sentence_text(e)),
    Column("score", float, lambda c, e: float(e.score)),
]

_COLUMNS: dict[str, list[Column]] = {
    "events": [
        _plain("type", str),
        Column("modes", str, lambda c, e: _join(e.modes)),
        Column("contexts", str, lambda c, e: _join(e.contexts)),
        _plain("realis", str),
        Column("factuality", float, lambda c, e: float(e.factuality)),
        _plain("background", bool),
        _plain("main", bool),
        _text("anchor"),
        *_arguments("actors"),
        *_arguments("recipients"),
        Column("date_words", str, lambda c, e: _join([t.text for t in e.times or ()])),
        Column("date_start", str, _of(_first_time, "start")),
        Column("date_end", str, _of(_first_time, "end")),
        Column("place_words", str, lambda c, e: _join([p.text for p in e.places or ()])),
        Column("place", str, _of(_first_place, "name")),
        Column("country", str, _of(_first_place, "country3")),
        Column("admin1", str, _of(_first_place, "admin1")),
        Column("feature", str, _of(_first_place, "feature")),
        Column("geonames_id", int, _of(_first_place, "geonames_id")),
        Column("lat", float, _of(_first_place, "lat")),
        Column("lon", float, _of(_first_place, "lon")),
        Column("quantities", str,
               lambda c, e: _join([_words_text(c.get(q)) for q in e.quantities])),
        _plain("same_as", str),
        *_SAID,
    ],
    "attributions": [
        Column("source_words", str, lambda c, e: _words_text(e.source)),
        Column("source_kind", str, lambda c, e: e.source.kind if e.source else None),
        Column("source_group", str, lambda c, e: e.source.group if e.source else None),
        Column("source_entities", str, _source_names),
        _text("cue"),
        _text("content"),
        _plain("quotation", str),
        _plain("stance", str),
        _plain("nested_in", str),
    ],
    "permissions": [
        _plain("state", str),
        _plain("deontic", str),
        _text("anchor"),
        *_arguments("grantor"),
        *_arguments("grantee"),
        *_arguments("requester"),
        *_arguments("item"),
        _text("act"),
        Column("where", str, lambda c, e: _join([p.text for p in e.where])),
        Column("against", str, lambda c, e: _join([a.text for a in e.against])),
        Column("limits", str, lambda c, e: _join([x.text for x in e.limits])),
        _text("condition"),
        Column("times", str, lambda c, e: _join([t.text for t in e.times])),
        _plain("changes", str),
        *_SAID,
    ],
    "reasons": [_plain("kind", str), _text("anchor"), _text("content"), _text("of"),
                _plain("of_ref", str), *_SAID],
    "forecasts": [
        _text("content"),
        _text("cue"),
        _plain("likelihood", str),
        Column("holder", str, _of(lambda c, e: c.get(e.holder), "name")),
        _text("horizon"),
        Column("horizon_end", str,
               lambda c, e: getattr(c.get(e.horizon.time), "end", None) if e.horizon else None),
        _text("condition"),
        *_SAID,
    ],
    "quantities": [
        _plain("text", str),
        *[_float_column(name) for name in ("value", "low", "high")],
        _plain("approximate", bool),
        _plain("unit", str),
        _plain("per", str),
        _text("of"),
        _plain("property", str),
        _plain("change", bool),
        Column("si_value", float, lambda c, e: _float(e.si.value) if e.si else None),
        Column("si_unit", str, lambda c, e: e.si.unit if e.si else None),
        _plain("event", str),
        *_SAID,
    ],
    "times": [_plain(name, str) for name in
              ("text", "type", "value", "mod", "quant", "freq", "start", "end", "basis", "anchor")],
    "places": [
        _plain("text", str),
        *[_plain(name, str) for name in ("name", "country", "country3", "admin1", "feature")],
        _plain("geonames_id", int),
        _plain("lat", float),
        _plain("lon", float),
        _plain("metonym", bool),
        _plain("demonym", bool),
    ],
    "entities": [
        _plain("name", str),
        _plain("kind", str),
        Column("codes", str, lambda c, e: _join(e.codes)),
        Column("sectors", str, lambda c, e: _join(e.sectors)),
        _plain("role", str),
        Column("member_of", str, _of(lambda c, e: c.get(e.member_of), "name")),
        Column("mentions", int, lambda c, e: len(e.mentions)),
        Column("mention_words", str, lambda c, e: _join([m.text for m in e.mentions])),
    ],
}  # fmt: skip

ROWS = tuple(_COLUMNS)


def own_columns(rows: str) -> list[Column]:
    """The columns of a table without those that tell of the report."""
    own = _COLUMNS[rows]
    taken = {column.name for column in own}
    return [*own, *(column for column in _TAIL if column.name not in taken)]


def columns(rows: str) -> list[Column]:
    """The columns of a table, in order."""
    taken = {column.name for column in _COLUMNS[rows]}
    renamed = [
        Column(f"report_{column.name}", column.type, column.get) if column.name in taken else column
        for column in _REPORT
    ]
    return [*renamed, *own_columns(rows)]


def rows_of(record: Record, rows: str) -> Iterator[list[Any]]:
    """One row for each entry of part ``rows``; none where the part was not read."""
    context = Context(record)
    made = columns(rows)
    for entry in getattr(record, rows) or ():
        yield [column.get(context, entry) for column in made]
