"""Forecasts and what followed: came about, did not by its horizon, or open. Always a proposal.

A forecast is told by the events in its content. They are laid beside events that other reports, no
more than ``nearness.DAYS`` later and alike, tell as having been or not having been. Where none is
found though like reports were published after its horizon, it is proposed that it did not.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import msgspec
from msgspec import Struct

from onrecord.reconcile.event_pairs import HAPPENED, NAMES, features, score
from onrecord.reconcile.events import near_pairs
from onrecord.reconcile.mentions import Mention, load
from onrecord.reconcile.tables import Connection, given, put

LEAST = 0.6
"""An event from here on is what was forecast."""
PASSED = 0.4
"""How sure it is that nothing came of a forecast whose day has passed without a word of it."""
_COLUMNS = ("report", "forecast", "verdict", "happening", "event_report", "event", "due", "score",
            "why")  # fmt: skip


_Rank = tuple[float, int, int]
"""How sure a match is; of equally sure ones, the earlier report goes first."""


class _Forecast(Struct, frozen=True):
    report: int
    id: str
    day: dt.date | None
    due: dt.date | None
    events: tuple[str, ...]


def reconcile_forecasts(connection: Connection, batch: list[int]) -> int:
    """Lays the forecasts of ``batch`` and of like reports beside what came; how many are new."""
    pairs = near_pairs(connection, batch)
    reports = sorted({*batch, *(r for left, right, _ in pairs for r in (left, right))})
    forecasts = _load(connection, reports)
    mine = [f for report in sorted(batch) for f in forecasts.get(report, ())]
    put(connection, "forecast_matches", _COLUMNS,
        [(f.report, f.id, "open", None, None, None, f.due, None,
          '{"rule":"nothing found"}') for f in mine])  # fmt: skip
    found, surest = _matches(connection, forecasts, pairs)
    with given(connection, ["report", "forecast"], sorted(found)) as these:
        kept = connection.execute(
            f"""SELECT m.report, m.forecast, m.score, r.day, r.report FROM forecast_matches m
                SEMI JOIN {these} t ON t.report = m.report AND t.forecast = m.forecast
                JOIN reports r ON r.report = m.event_report"""
        ).fetchall()
    for report, id_, sure, day, at in kept:
        if surest[report, id_] <= (sure, -day.toordinal(), -at):
            del found[report, id_]
    with given(connection, ["report", "forecast"], sorted(found)) as these:
        connection.execute(
            f"""DELETE FROM forecast_matches m USING {these} t
                WHERE t.report = m.report AND t.forecast = m.forecast"""
        )
    put(connection, "forecast_matches", _COLUMNS, [found[key] for key in sorted(found)])
    _expire(connection, reports)
    return len(mine)


def forget_forecasts(connection: Connection, reports: list[int]) -> list[int]:
    """Takes the forecasts of ``reports`` out; the reports whose forecasts must be matched again."""
    with given(connection, ["report"], [(r,) for r in reports]) as gone:
        again = connection.execute(
            f"""SELECT DISTINCT report FROM forecast_matches
                WHERE event_report IN (SELECT report FROM {gone})
                  AND report NOT IN (SELECT report FROM {gone}) ORDER BY report"""
        ).fetchall()
        connection.execute(
            f"""DELETE FROM forecast_matches WHERE report IN (SELECT report FROM {gone})
                OR event_report IN (SELECT report FROM {gone})"""
        )
    return [report for (report,) in again]


def _load(connection: Connection, reports: list[int]) -> dict[int, list[_Forecast]]:
    if not reports:
        return {}
    with given(connection, ["report"], [(r,) for r in reports]) as these:
        rows = connection.execute(
            f"""SELECT f.report, f.id, r.day, try_cast(f.horizon_end AS DATE),
                       list_sort(list(DISTINCT e.id) FILTER (e.id IS NOT NULL))
                FROM forecasts f JOIN reports r USING (report) SEMI JOIN {these} USING (report)
                LEFT JOIN spans s ON s.report = f.report AND s.part = 'forecasts'
                    AND s.id = f.id AND s.field = 'content'
                LEFT JOIN events e ON e.report = f.report
                    AND e.start >= s.start AND e.start < s."end"
                    AND e.realis IN ('future', 'possible')
                GROUP BY ALL ORDER BY f.report, f.id"""
        ).fetchall()
    out: dict[int, list[_Forecast]] = defaultdict(list)
    for report, id_, day, due, events in rows:
        out[report].append(_Forecast(report, id_, day, due, tuple(events or ())))
    return out


def _matches(
    connection: Connection,
    forecasts: dict[int, list[_Forecast]],
    pairs: list[tuple[int, int, float]],
) -> tuple[dict[tuple[int, str], tuple[object, ...]], dict[tuple[int, str], _Rank]]:
    """For each forecast its surest event, as a row; and how sure it is."""
    reports = sorted({r for left, right, _ in pairs for r in (left, right)})
    mentions = load(connection, reports)
    happening = _happenings(connection, reports)
    out: dict[tuple[int, str], tuple[object, ...]] = {}
    surest: dict[tuple[int, str], _Rank] = {}
    for left, right, cosine in pairs:
        for first, second in ((left, right), (right, left)):
            for forecast in forecasts.get(first, ()):
                told = [m for m in mentions[first] if m.id in forecast.events]
                for one in told:
                    for other in mentions[second]:
                        if not _follows(forecast, one, other):
                            continue
                        values = features(_undated(one), _undated(other), cosine)
                        sure = round(score(values), 2)
                        key = (forecast.report, forecast.id)
                        rank = (sure, -(other.day or 0), -other.report)
                        if sure < LEAST or (key in surest and surest[key] >= rank):
                            continue
                        surest[key] = rank
                        seen = {n: round(v, 2) for n, v in zip(NAMES, values, strict=True) if v}
                        verdict = "came_about" if other.realis == "actual" else "did_not"
                        out[key] = (
                            *key, verdict, happening.get(other.entry), other.report, other.id,
                            forecast.due, sure,
                            msgspec.json.encode({"rule": "event", "of": one.id, **seen}).decode(),
                        )  # fmt: skip
    return out, surest


def _follows(forecast: _Forecast, one: Mention, other: Mention) -> bool:
    """Whether an event can be the one forecast: told later, as having been or not been."""
    if other.realis not in HAPPENED or other.background or one.stems.isdisjoint(other.stems):
        return False
    if one.actors and other.actors and one.actors.isdisjoint(other.actors):
        return False
    if one.day is None or other.day is None or other.day <= one.day:
        return False
    due = forecast.due
    return due is None or (other.start or other.day) <= due.toordinal() + 1


def _undated(mention: Mention) -> Mention:
    """A mention without its day: a forecast and its event lie apart by nature."""
    return msgspec.structs.replace(mention, day=None, realis="actual")


def _happenings(connection: Connection, reports: list[int]) -> dict[tuple[int, str], int]:
    if not reports:
        return {}
    with given(connection, ["report"], [(r,) for r in reports]) as these:
        rows = connection.execute(
            f"""SELECT report, event, happening FROM happening_members
                SEMI JOIN {these} USING (report)"""
        ).fetchall()
    return {(report, event): happening for report, event, happening in rows}


def _expire(connection: Connection, reports: list[int]) -> None:
    """Closes what is past its day, where like reports that came later tell nothing of it."""
    with given(connection, ["report"], [(r,) for r in reports]) as these:
        connection.execute(
            f"""UPDATE forecast_matches SET verdict = 'did_not', score = {PASSED},
                    why = json_object('rule', 'horizon passed', 'later_reports', p.later)
                FROM (SELECT m.report, m.forecast, list_sort(list(DISTINCT d.report)) later
                      FROM forecast_matches m SEMI JOIN {these} USING (report)
                      JOIN likeness_pairs l ON l."left" = m.report OR l."right" = m.report
                      JOIN likeness_days d
                        ON d.report = l."left" + l."right" - m.report
                        AND DATE '0001-01-01' + (d.day - 1) > m.due
                      WHERE m.verdict = 'open' GROUP BY ALL) p
                WHERE forecast_matches.report = p.report
                  AND forecast_matches.forecast = p.forecast"""
        )
