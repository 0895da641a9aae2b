"""Reconciling a store: happenings, support, figures, conflicts, permissions, forecasts; and again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb
import pytest

from onrecord.reconcile.store_pass import Counts, reconcile_connection
from onrecord.reconcile.tables import WORKING
from onrecord.record.model import Record
from onrecord.store.schema import RECONCILED
from tests.reconcile.filling import empty, fill
from tests.reconcile.making import record

LEAD = "Velmoran gunboats shelled the harbour of Dorn on Thursday, killing {n} dockworkers."
MORE = (
    "\nThe quay, its cranes and the burnt tankers lay under smoke, and the harbour office closed."
)
NAMES = [
    {"id": "n1", "name": "Velmora", "kind": "country", "codes": ["FRA"], "words": ["Velmoran gunboats"]},
    {"id": "n2", "name": "Dorn", "kind": "place", "codes": ["PRT"]},
]  # fmt: skip


def report(
    number: int,
    killed: str = "12",
    day: str | None = "2031-05-08",
    lead: str = LEAD,
    realis: str = "actual",
    **more: Any,
) -> Record:
    """A report of one shelling; its words differ a little by number, so that it is no copy."""
    extra = ["", " Rain fell.", " Gulls rose.", " Bells rang.", " Ferries stopped."][number % 5]
    text = lead.format(n=killed) + MORE + extra + f" ({number})"
    anchor = "shelled" if "shelled" in text else "shell"
    event = {
        "type": "ASSAULT", "anchor": anchor, "realis": realis,
        "actors": [("Velmoran gunboats", "n1", ["FRA"])],
        "recipients": [("the harbour of Dorn", "n2")], **more.pop("event", {}),
    }  # fmt: skip
    quantities = [] if "{n}" not in lead else [
        {"words": killed, "value": float(killed.removeprefix("at least ")), "property": "killed",
         "of": "dockworkers", "event": "e1", "low": float(killed.rsplit(maxsplit=1)[-1]) if "least" in killed else None}
    ]  # fmt: skip
    return record(f"r{number}", text, day, entities=[dict(e) for e in NAMES], events=[event],
                  quantities=quantities, **more)  # fmt: skip


def store(*records: Record, batch: int = 50) -> duckdb.DuckDBPyConnection:
    connection = empty()
    fill(connection, records)
    reconcile_connection(connection, batch=batch)
    return connection


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query).fetchall()


def grouped(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> list[list[int]]:
    found = rows(connection, f"SELECT list_sort(list(report)) FROM {table} GROUP BY {column}")
    return sorted(reports for (reports,) in found)


def test_one_event_of_three_reports_is_one_happening() -> None:
    connection = store(report(1), report(2), report(3))
    assert grouped(connection, "happening_members", "happening") == [[1, 2, 3]]
    found = rows(connection, "SELECT type, realis, reports, independent, first FROM happenings")
    assert found == [("ASSAULT", "actual", 3, 3, dt.date(2031, 5, 8))]
    why = rows(connection, "SELECT score, why->>'rule' FROM happening_members")
    assert all(score >= 0.55 and rule == "event_pairs" for score, rule in why)


def test_what_was_weeks_apart_is_two_happenings() -> None:
    connection = store(report(1), report(2, day="2031-06-08"))
    assert grouped(connection, "happening_members", "happening") == [[1], [2]]


@pytest.mark.parametrize(
    ("told", "independent", "voices"),
    [
        ({}, 3, 3),
        ({"credit": "Kelmar Press"}, 1, 1),
        ({"source": "a minister", "kind": "unnamed"}, 1, 1),
    ],
)
def test_voices_count_once(told: dict[str, str], independent: int, voices: int) -> None:
    made = []
    for n in (1, 2, 3):
        if "source" in told:
            lead = "Velmoran gunboats shelled the harbour of Dorn on Thursday, a minister said."
            said = {"attributions": [{"id": "a1", "source": told["source"], "kind": told["kind"],
                                      "content": "Velmoran gunboats shelled the harbour"}],
                    "event": {"attribution": "a1"}}  # fmt: skip
            made.append(report(n, lead=lead, **said))
        else:
            made.append(report(n, **told))
    connection = store(*made)
    found = rows(connection, "SELECT reports, independent FROM happenings")
    assert found == [(3, independent)]
    assert rows(connection, "SELECT count(*) FROM support") == [(voices,)]


def test_copies_count_once() -> None:
    one = report(1)
    twin = report(1)
    connection = empty()
    fill(connection, [one])
    fill(connection, [twin, report(2)], first=2)
    reconcile_connection(connection)
    assert rows(connection, 'SELECT report, cluster, "of", kind FROM copies ORDER BY report') == [
        (1, 1, None, "same"), (2, 1, 1, "same")]  # fmt: skip
    assert rows(connection, "SELECT reports, independent FROM happenings") == [(3, 2)]


CHANGED = (
    "The toll {w} {{n}} dockworkers killed when Velmoran gunboats shelled the harbour of Dorn."
)


@pytest.mark.parametrize(
    ("words", "killed", "day", "expected"),
    [
        ("has risen to", "15", "2031-05-08", "updates"),
        ("has risen to", "9", "2031-05-08", "contradicts"),
        ("climbed on Thursday to nearly", "9", "2031-05-08", "contradicts"),
        ("has risen to", "9", "2031-05-09", "updates"),
        ("fell to", "9", "2031-05-08", "updates"),
        ("dropped to", "15", "2031-05-08", "contradicts"),
        ("fell to six from", "15", "2031-05-08", "updates"),
        ("is", "15", "2031-05-08", "contradicts"),
    ],
)
def test_a_figure_that_has_changed(words: str, killed: str, day: str, expected: str) -> None:
    connection = store(report(1), report(2, killed, day, lead=CHANGED.format(w=words)))
    assert rows(connection, "SELECT verdict FROM conflicts") == [(expected,)]


@pytest.mark.parametrize(
    ("told", "verdicts"),
    [
        ([("12", "2031-05-08"), ("15", "2031-05-08")], ["contradicts"]),
        ([("12", "2031-05-08"), ("15", "2031-05-10")], ["updates"]),
        ([("12", None), ("15", None)], ["contradicts"]),
        ([("12", "2031-05-08"), ("12", "2031-05-10")], []),
        ([("at least 12", "2031-05-08"), ("14", "2031-05-08")], []),
        ([("12", "2031-05-08"), ("15", "2031-05-09"), ("9", "2031-05-10")], ["updates", "updates"]),
    ],
)
def test_figures(told: list[tuple[str, str | None]], verdicts: list[str]) -> None:
    connection = store(*[report(n, killed, day) for n, (killed, day) in enumerate(told, start=1)])
    found = rows(
        connection, "SELECT verdict, left_report, right_report FROM conflicts ORDER BY conflict"
    )
    assert [verdict for verdict, _, _ in found] == verdicts
    assert rows(connection, "SELECT n FROM figures") == [(len(told),)]
    if len(told) == 3:
        history = rows(connection, "SELECT value FROM figure_members ORDER BY day")
        assert history == [(12.0,), (15.0,), (9.0,)]


def test_denied_against_asserted() -> None:
    lead = "Velmoran gunboats did not shell the harbour of Dorn on Thursday, its navy said."
    connection = store(report(1), report(2, lead=lead, realis="negated"))
    found = rows(connection, "SELECT kind, verdict, left_words, right_words FROM conflicts")
    assert [line[:2] for line in found] == [("realis", "contradicts")]
    assert "did not shell" in found[0][3]


def test_a_report_of_the_next_day_updates() -> None:
    lead = "Velmoran gunboats did not shell the harbour of Dorn on Thursday, its navy said."
    connection = store(report(1), report(2, lead=lead, realis="negated", day="2031-05-09"))
    assert rows(connection, "SELECT kind, verdict FROM conflicts") == [("realis", "updates")]


def permission(number: int, state: str, day: str) -> Record:
    text = f"The Dorn council {state} tankers leave to berth at the northern quay. ({number})"
    return record(
        f"p{number}", text, day,
        entities=[{"id": "n1", "name": "Dorn council", "kind": "organization", "codes": ["PRT"]},
                  {"id": "n2", "name": "tankers", "kind": "group"}],
        permissions=[{"anchor": state, "state": "granted" if state == "gave" else "withheld",
                      "grantor": [("The Dorn council", "n1")], "grantee": [("tankers", "n2")],
                      "item": ["leave to berth at the northern quay"]}],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "verdict"),
    [(("2031-05-08", "2031-05-08"), "contradicts"), (("2031-05-08", "2031-08-01"), "updates")],
)
def test_permissions(days: tuple[str, str], verdict: str) -> None:
    connection = store(permission(1, "gave", days[0]), permission(2, "denied", days[1]))
    assert rows(connection, "SELECT report, state, changes FROM permission_lines ORDER BY day, report") == [
        (1, "granted", None), (2, "withheld", "1:p1")]  # fmt: skip
    assert rows(connection, "SELECT kind, verdict FROM conflicts") == [("permission", verdict)]


def forecast(day: str = "2031-05-08") -> Record:
    lead = "Velmoran gunboats will shell the harbour of Dorn by Saturday, its navy said."
    return report(
        9, lead=lead, day=day, realis="future",
        times=[{"words": "by Saturday", "start": "2031-05-10", "end": "2031-05-10"}],
        forecasts=[{"content": "Velmoran gunboats will shell the harbour of Dorn by Saturday",
                    "cue": "will", "horizon": ("by Saturday", "t1")}],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("others", "verdict", "event"),
    [
        ([], "open", None),
        ([report(1, day="2031-05-10")], "came_about", "e1"),
        ([report(1, day="2031-05-06")], "open", None),
        ([report(1, day="2031-05-10", realis="negated")], "did_not", "e1"),
    ],
)
def test_forecasts(others: list[Record], verdict: str, event: str | None) -> None:
    connection = store(forecast(), *others)
    found = rows(connection, "SELECT verdict, event, due FROM forecast_matches")
    assert found == [(verdict, event, dt.date(2031, 5, 10))]


def everything(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The groups that reports are in, whatever their numbers."""
    return {
        "happenings": grouped(connection, "happening_members", "happening"),
        "figures": grouped(connection, "figure_members", "figure"),
        "actors": grouped(connection, "actor_members", "actor"),
        "conflicts": sorted(rows(connection, "SELECT kind, verdict, left_report, right_report FROM conflicts")),
        "support": sorted(rows(connection, "SELECT reports, realis FROM support")),
        "forecasts": sorted(rows(connection, "SELECT report, verdict, event_report FROM forecast_matches")),
    }  # fmt: skip


MANY = [report(1), report(2, "15"), report(3, "12", day="2031-05-09"), forecast("2031-05-06"),
        report(4, "20", day="2031-07-01")]  # fmt: skip


@pytest.mark.parametrize("order", [(1, 2, 3, 4, 5), (5, 4, 3, 2, 1), (3, 5, 1, 2, 4)])
def test_the_order_of_batches_does_not_matter(order: tuple[int, ...]) -> None:
    at_once = everything(store(*MANY))
    connection = empty()
    for number in order:
        fill(connection, [MANY[number - 1]], first=number)
        reconcile_connection(connection)
    assert everything(connection) == at_once


def test_adding_one_leaves_the_numbers_of_the_others() -> None:
    connection = empty()
    fill(connection, MANY[:2])
    assert reconcile_connection(connection).reports == 2
    before = rows(connection, "SELECT happening, report FROM happening_members ORDER BY ALL")
    actors = rows(connection, "SELECT actor, report FROM actor_members ORDER BY ALL")
    fill(connection, MANY[2:], first=3)
    assert reconcile_connection(connection).reports == 3
    assert set(before) <= set(rows(connection, "SELECT happening, report FROM happening_members"))
    assert set(actors) <= set(rows(connection, "SELECT actor, report FROM actor_members"))
    assert reconcile_connection(connection) == Counts()


def test_a_report_that_changed_is_done_again() -> None:
    connection = store(*MANY)
    before = everything(connection)
    connection.execute("DELETE FROM reconciled WHERE report = 1")
    counts = reconcile_connection(connection)
    assert (counts.reports, counts.forgotten) == (1, 1)
    assert everything(connection) == before


def test_an_older_version_is_forgotten() -> None:
    connection = store(*MANY)
    connection.execute("UPDATE reports SET current = false WHERE report = 2")
    for table in ("events", "entities", "quantities", "participants", "mentions"):
        connection.execute(f"DELETE FROM {table} WHERE report = 2")
    connection.execute("DELETE FROM reconciled WHERE report = 2")
    reconcile_connection(connection)
    for table, column in ((t, c) for t, columns in {**RECONCILED, **WORKING}.items()
                          for c in ("report", "left_report", "right_report", '"left"')
                          if any(line.split()[0] == c for line in columns.split(","))):  # fmt: skip
        assert rows(connection, f'SELECT count(*) FROM "{table}" WHERE {column} = 2') == [(0,)], (
            table
        )
    without = empty()
    for number in (1, 3, 4, 5):
        fill(without, [MANY[number - 1]], first=number)
    reconcile_connection(without)
    assert everything(connection) == everything(without)


def correct(
    connection: duckdb.DuckDBPyConnection, number: int, action: str, part: str, ids: str
) -> None:
    keys = rows(
        connection, f"SELECT report, key FROM {part} WHERE id = '{ids}' ORDER BY report LIMIT 2"
    )
    connection.execute(
        """INSERT INTO corrections (correction, made, author, action, report, part, key,
               other_report, other_part, other_key, holds)
           VALUES (?, now(), 'me', ?, ?, ?, ?, ?, ?, ?, true)""",
        [number, action, keys[0][0], part, keys[0][1], keys[1][0], part, keys[1][1]],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("part", "id_", "table", "column"),
    [
        ("events", "e1", "happening_members", "happening"),
        ("entities", "n2", "actor_members", "actor"),
    ],
)
def test_a_correction_is_laid_over_the_rules_and_can_be_undone(
    part: str, id_: str, table: str, column: str
) -> None:
    connection = store(report(1), report(2))
    where = f"SELECT count(DISTINCT {column}) FROM {table} WHERE {'event' if part == 'events' else 'entity'} = '{id_}'"
    assert rows(connection, where) == [(1,)]
    correct(connection, 1, "different", part, id_)
    reconcile_connection(connection)
    assert rows(connection, where) == [(2,)]
    connection.execute("UPDATE corrections SET undone = now()")
    reconcile_connection(connection)
    assert rows(connection, where) == [(1,)]


def test_two_that_a_person_calls_one() -> None:
    connection = store(report(1), report(2, day="2031-09-08"))
    assert grouped(connection, "happening_members", "happening") == [[1], [2]]
    correct(connection, 1, "same", "events", "e1")
    reconcile_connection(connection)
    assert grouped(connection, "happening_members", "happening") == [[1, 2]]
    assert ("correction",) in rows(connection, "SELECT why->>'rule' FROM happening_members")


def test_other_rules_make_all_again() -> None:
    connection = store(*MANY)
    before = everything(connection)
    connection.execute("UPDATE reconciled SET version = 0")
    assert reconcile_connection(connection).reports == len(MANY)
    assert everything(connection) == before


def test_stories() -> None:
    other = record(
        "x", "The union called off its strike after the minister withdrew the pension plan."
    )
    connection = store(report(1), report(2), other, report(3, day="2031-09-01"))
    assert rows(connection, "SELECT report, story FROM stories ORDER BY report") == [
        (1, 1), (2, 1), (3, 3), (4, 4)]  # fmt: skip
