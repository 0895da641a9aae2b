"""Events of reports, made ready to be compared: who, whom, where, when, in which words."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict

from msgspec import Struct

from onrecord.reconcile.tables import Connection, given
from onrecord.reconcile.words import stem, stems

_WEEKDAY = re.compile(r"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_LIGHT = frozenset(
    {"be", "have", "do", "make", "take", "giv", "get", "go", "hold", "carry", "launch", "conduct",
     "off", "out", "up", "down", "over", "in", "on", "to", "the", "a"}
)  # fmt: skip


class Place(Struct, frozen=True):
    """Where: a GeoNames id with what holds it."""

    id: int
    country: str | None
    admin1: str | None
    feature: str | None
    name: str | None
    lat: float | None
    lon: float | None


class Mention(Struct, frozen=True):
    """One event of one report."""

    report: int
    id: str
    day: int | None
    type: str
    realis: str
    background: bool
    main: bool
    stems: frozenset[str]
    """Of its anchor, without light verbs."""
    actors: frozenset[int]
    recipients: frozenset[int]
    actor_codes: frozenset[str]
    recipient_codes: frozenset[str]
    recipient_stems: frozenset[str]
    around: frozenset[int]
    """Actors named in its sentence."""
    sentence: frozenset[str]
    """Stems of its sentence."""
    place: Place | None
    start: int | None
    end: int | None
    """Days on which it was, as the report tells; None where it does not."""
    weekday: str | None
    """A day of the week that is told and could not be resolved, for want of a date."""
    weekdays: frozenset[str]
    """All days of the week that are told."""
    same_as: str | None
    attribution: str | None
    score: float
    words: str

    @property
    def entry(self) -> tuple[int, str]:
        """Its report and id."""
        return self.report, self.id


def load(connection: Connection, reports: list[int]) -> dict[int, list[Mention]]:
    """The events of ``reports``, by report and in the order of the text."""
    out: dict[int, list[Mention]] = {report: [] for report in reports}
    if not reports:
        return out
    with given(connection, ["report"], [(r,) for r in reports]) as these:
        people = _participants(connection, these)
        around = _around(connection, these)
        rows = connection.execute(
            f"""SELECT e.report, e.id, r.day, e.type, e.realis, e.background, e.main, e.anchor,
                       e.place, e.country, e.admin1, e.feature, e.geonames_id, e.lat, e.lon,
                       e.date_start, e.date_end, e.date_words, e.same_as, e.attribution, e.score,
                       e.sentence, e.sentence_start
                FROM events e JOIN reports r USING (report) SEMI JOIN {these} USING (report)
                ORDER BY e.report, e.start, e.id"""
        ).fetchall()
    for (report, id_, day, type_, realis, background, main, anchor, place, country, admin1,
         feature, geonames, lat, lon, start, end, date_words, same_as, attribution, score,
         sentence, sentence_start) in rows:  # fmt: skip
        who = people.get((report, id_), _Who())
        weekday = _WEEKDAY.search(date_words or "")
        out[report].append(
            Mention(
                report=report,
                id=id_,
                day=day.toordinal() if day else None,
                type=type_,
                realis=realis,
                background=background,
                main=main,
                stems=anchor_stems(anchor),
                actors=frozenset(who.actors),
                recipients=frozenset(who.recipients),
                actor_codes=frozenset(who.actor_codes),
                recipient_codes=frozenset(who.recipient_codes),
                recipient_stems=frozenset(who.recipient_stems),
                around=frozenset(around.get((report, sentence_start), ())),
                sentence=frozenset(stems(sentence or "")),
                place=None if geonames is None
                else Place(geonames, country, admin1, feature, place, lat, lon),
                start=_ordinal(start),
                end=_ordinal(end) or _ordinal(start),
                weekday=weekday.group(1).casefold() if weekday and start is None else None,
                weekdays=frozenset(w.casefold() for w in _WEEKDAY.findall(date_words or "")),
                same_as=same_as,
                attribution=attribution,
                score=score,
                words=anchor,
            )
        )  # fmt: skip
    return out


def anchor_stems(anchor: str) -> frozenset[str]:
    """The stems of an anchor's words; of light verbs only where there is nothing else."""
    found = [stem(word) for word in _WORD.findall(anchor)]
    return frozenset([s for s in found if s not in _LIGHT] or found)


class _Who(Struct):
    actors: set[int] = set()
    recipients: set[int] = set()
    actor_codes: set[str] = set()
    recipient_codes: set[str] = set()
    recipient_stems: set[str] = set()


def _participants(connection: Connection, these: str) -> dict[tuple[int, str], _Who]:
    rows = connection.execute(
        f"""SELECT p.report, p.id, p.role, p.words, m.actor, p.codes, p.sectors
            FROM participants p SEMI JOIN {these} USING (report)
            LEFT JOIN actor_members m ON m.report = p.report AND m.entity = p.entity
            WHERE p.part = 'events'"""
    ).fetchall()
    out: dict[tuple[int, str], _Who] = defaultdict(_Who)
    for report, id_, role, words, actor, codes, sectors in rows:
        who = out[report, id_]
        coded = {f"{code}:{sector}" for code in codes for sector in sectors or ("",)}
        if role == "actor":
            who.actor_codes |= coded
            if actor is not None:
                who.actors.add(actor)
        else:
            who.recipient_codes |= coded
            who.recipient_stems |= set(stems(words or ""))
            if actor is not None:
                who.recipients.add(actor)
    return out


def _around(connection: Connection, these: str) -> dict[tuple[int, int], set[int]]:
    """The actors named in each sentence that tells an event."""
    rows = connection.execute(
        f"""WITH told AS (
                SELECT DISTINCT report, sentence_start, sentence_start + length(sentence) s_end
                FROM events SEMI JOIN {these} USING (report) WHERE sentence_start IS NOT NULL)
            SELECT t.report, t.sentence_start, a.actor
            FROM told t JOIN mentions m ON m.report = t.report
                AND m.start BETWEEN t.sentence_start AND t.s_end
            JOIN actor_members a ON a.report = m.report AND a.entity = m.entity"""
    ).fetchall()
    out: dict[tuple[int, int], set[int]] = defaultdict(set)
    for report, start, actor in rows:
        out[report, start].add(actor)
    return out


def _ordinal(day: str | None) -> int | None:
    if day is None or len(day) < 10:
        return None
    try:
        return dt.date.fromisoformat(day[:10]).toordinal()
    except ValueError:  # years outside those that datetime knows, as in "500 BC"
        return None
