"""Who tells a happening, each independent voice once.

A report that tells it as its own word is a voice: the origin of its copies, or the agency that it
credits. A report that tells it only on another's word is none; the one on whose word it tells it
is: the actor quoted, or, where the source has no name, the words for it. So copies count once, and
so do reports that all lean on one source.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

from msgspec import Struct

from onrecord.reconcile.tables import Connection, given, put
from onrecord.reconcile.words import stems

NAMED = frozenset({"named", "institution", "document", "report"})


class Telling(Struct, frozen=True):
    """One mention of a happening on one word."""

    happening: int
    report: int
    event: str
    day: dt.date | None
    realis: str
    voice: str
    kind: str
    """report, named, unnamed, institution or document."""
    actor: int | None
    own: bool
    """Whether it is the report's own word."""


_COLUMNS = ("happening", "voice", "reports", "source_kind", "actor", "realis", "first")


def reconcile_support(connection: Connection, happenings: list[int]) -> None:
    """Writes the voices of ``happenings``, and what is told of each, anew."""
    told = tellings(connection, happenings)
    lines = []
    counts = []
    for happening in happenings:
        voices = _voices(told.get(happening, []))
        realis = _most([voice.realis for voice in voices])
        sure = [voice for voice in voices if voice.realis == realis]
        counts.append((happening, realis, len(sure), sum(v.kind in NAMED for v in sure),
                       sum(v.kind == "unnamed" for v in sure)))  # fmt: skip
        lines += [
            (happening, v.voice, list(v.reports), v.kind, v.actor, v.realis, v.first)
            for v in voices
        ]
    with given(connection, ["happening"], [(h,) for h in happenings]) as these:
        connection.execute(
            f"DELETE FROM support WHERE happening IN (SELECT happening FROM {these})"
        )
    put(connection, "support", _COLUMNS, lines)
    _describe(connection, happenings, counts)


class Voice(Struct, frozen=True):
    """One who tells a happening, with the reports through which it is heard."""

    voice: str
    kind: str
    actor: int | None
    realis: str
    reports: tuple[int, ...]
    first: dt.date | None


def tellings(connection: Connection, happenings: list[int]) -> dict[int, list[Telling]]:
    """All tellings of ``happenings``, in the order of the reports."""
    with given(connection, ["happening"], [(h,) for h in happenings]) as these:
        rows = connection.execute(
            f"""SELECT m.happening, m.report, m.event, r.day, coalesce(c.realis, e.realis),
                       CASE WHEN c.realis IS NULL THEN e.attribution ELSE c.attribution END told,
                       coalesce(p.cluster, m.report), r.credit, a.source_kind, a.source_words,
                       min(s.actor)
                FROM happening_members m SEMI JOIN {these} USING (happening)
                JOIN reports r USING (report)
                JOIN events e ON e.report = m.report AND e.id = m.event
                LEFT JOIN claims c ON c.report = m.report AND c.event = m.event
                LEFT JOIN copies p ON p.report = m.report
                LEFT JOIN attributions a ON a.report = m.report AND a.id =
                    CASE WHEN c.realis IS NULL THEN e.attribution ELSE c.attribution END
                LEFT JOIN sources q ON q.report = a.report AND q.id = a.id
                LEFT JOIN actor_members s ON s.report = q.report AND s.entity = q.entity
                GROUP BY ALL ORDER BY ALL"""
        ).fetchall()
    out: dict[int, list[Telling]] = defaultdict(list)
    for happening, report, event, day, realis, told, origin, credit, kind, words, actor in rows:
        if told is None or (kind is None and words is None) or kind == "author":
            voice = f"credit:{credit.casefold()}" if credit else f"report:{origin}"
            out[happening].append(
                Telling(happening, report, event, day, realis, voice, "report", None, True)
            )
            continue
        voice = f"actor:{actor}" if actor is not None else f"words:{_plain(words, origin)}"
        out[happening].append(
            Telling(happening, report, event, day, realis, voice, kind or "unnamed", actor, False)
        )
    return out


def _plain(words: str | None, origin: int) -> str:
    return " ".join(sorted(set(stems(words or "")))) or f"report {origin}"


def _voices(told: list[Telling]) -> list[Voice]:
    by_report: dict[int, list[Telling]] = defaultdict(list)
    for telling in told:
        by_report[telling.report].append(telling)
    heard: dict[tuple[str, str], list[Telling]] = defaultdict(list)
    for tellings_ in by_report.values():
        own = [t for t in tellings_ if t.own]
        first = (own or tellings_)[0]
        heard[first.voice, first.realis].append(first)
        for other in tellings_:
            if other.realis != first.realis:
                heard[other.voice, other.realis].append(other)
    out = []
    for (voice, realis), those in sorted(heard.items()):
        days = [t.day for t in those if t.day is not None]
        kind = min(t.kind for t in those)
        reports = tuple(sorted({t.report for t in those}))
        first_day = min(days) if days else None
        out.append(Voice(voice, kind, those[0].actor, realis, reports, first_day))
    return out


def _most(values: list[str]) -> str | None:
    counts = Counter(values)
    return max(sorted(counts), key=lambda value: counts[value]) if counts else None


def _describe(
    connection: Connection,
    happenings: list[int],
    counts: list[tuple[int, str | None, int, int, int]],
) -> None:
    with given(connection, ["happening"], [(h,) for h in happenings]) as these:
        connection.execute(
            f"DELETE FROM happenings WHERE happening IN (SELECT happening FROM {these})"
        )
    columns = ("happening", "realis", "independent", "named", "unnamed")
    with given(connection, columns, counts) as told:
        connection.execute(
            f"""INSERT INTO happenings
                WITH m AS (
                    SELECT m.happening, m.report, r.day, e.* EXCLUDE (report, id)
                    FROM happening_members m SEMI JOIN {told} USING (happening)
                    JOIN events e ON e.report = m.report AND e.id = m.event
                    JOIN reports r ON r.report = m.report),
                most AS (
                    SELECT happening, mode(type ORDER BY type) type,
                           bool_and(background) background,
                           mode((date_start, coalesce(date_end, date_start)) ORDER BY date_start,
                                date_end) FILTER (length(date_start) = 10) told,
                           mode(geonames_id ORDER BY geonames_id) place,
                           arg_min((actors, anchor, recipients),
                                   (NOT main, background, coalesce(day, DATE '9999-12-31'), report,
                                    start)) words,
                           count(DISTINCT report) reports, min(day) first, max(day) last
                    FROM m GROUP BY happening),
                placed AS (
                    SELECT happening, geonames_id, any_value(place) place,
                           any_value(country) country, any_value(lat) lat, any_value(lon) lon
                    FROM m WHERE geonames_id IS NOT NULL GROUP BY ALL)
                SELECT t.happening, o.type, t.realis, o.background,
                       coalesce(try_cast(o.told[1] AS DATE),
                                CASE WHEN t.realis IN ('actual', 'negated') AND NOT o.background
                                THEN o.first END),
                       coalesce(try_cast(o.told[2] AS DATE), try_cast(o.told[1] AS DATE),
                                CASE WHEN t.realis IN ('actual', 'negated') AND NOT o.background
                                THEN o.first END),
                       CASE WHEN try_cast(o.told[1] AS DATE) IS NOT NULL THEN 'told'
                            WHEN o.first IS NOT NULL AND NOT o.background
                                 AND t.realis IN ('actual', 'negated') THEN 'published' END,
                       p.place, p.country, p.lat, p.lon,
                       concat_ws(' ', o.words[1], o.words[2], o.words[3]),
                       o.reports, t.independent, t.named, t.unnamed, o.first, o.last
                FROM {told} t JOIN most o USING (happening)
                LEFT JOIN placed p ON p.happening = t.happening AND p.geonames_id = o.place"""
        )
