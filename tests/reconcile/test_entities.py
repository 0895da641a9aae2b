"""One actor for the names of many reports, and apart what only looks alike."""

from __future__ import annotations

import itertools
from typing import Any

import duckdb
import pytest

from onrecord.reconcile.store_pass import reconcile_connection
from tests.reconcile.filling import empty, fill
from tests.reconcile.making import record

TEXTS = (
    "opened the northern quay.", "lost a vote on the tramway.", "sang in the old theatre.",
)  # fmt: skip


def person(name: str, code: str | None = None, role: str | None = None) -> dict[str, Any]:
    return {"name": name, "kind": "person", "codes": [code] if code else [], "role": role}


def body(name: str, code: str | None = None, **more: Any) -> dict[str, Any]:
    return {"name": name, "kind": "organization", "codes": [code] if code else [], **more}


def groups(*told: dict[str, Any], day: str = "2023-05-04") -> list[list[int]]:
    """Which of the entities, one a report, are one actor: the reports of each."""
    records = [
        record(f"r{n}", f"{entity['name'] or ' '.join(entity['words'])} {TEXTS[n - 1]}", day,
               entities=[dict(entity)])
        for n, entity in enumerate(told, start=1)
    ]  # fmt: skip
    connection = empty()
    fill(connection, records)
    reconcile_connection(connection)
    rows = connection.execute(
        "SELECT list(report ORDER BY report) FROM actor_members GROUP BY actor ORDER BY min(report)"
    ).fetchall()
    return [reports for (reports,) in rows]


@pytest.mark.parametrize(
    ("told", "same"),
    [
        ((person("Joe Biden", "USA"), person("Joseph R. Biden Jr.", "USA"), person("Hunter Biden", "USA")), [[1, 2], [3]]),
        ((person("Biden", "USA"), person("Joe Biden", "USA")), [[1, 2]]),
        ((person("Mara Velk", "FRA"), person("Mara J. Velk")), [[1, 2]]),
        ((person("Mara Velk", "FRA", "minister"), person("Mara Velk", "PRT", "footballer")), [[1], [2]]),
        ((person("Velk", "FRA", "minister"), person("Mara Velk", "FRA", "minister")), [[1, 2]]),
        ((person("Velk", "PRT"), person("Mara Velk", "FRA")), [[1], [2]]),
        ((person("Velk", "FRA"), person("Mara Velk", "FRA"), person("Otto Velk", "FRA")), [[1], [2], [3]]),
        ((person("Velk", "FRA", "mayor"), person("Mara Velk", "FRA", "mayor"), person("Otto Velk", "FRA", "actor")), [[1, 2], [3]]),
        ((body("Ministry of Defence", "FRA"), body("Ministry of Defence", "PRT")), [[1], [2]]),
        ((body("Harbour Council", "FRA"), body("the Harbour Council")), [[1, 2]]),
        ((body("VQB"), body("Velk Quay Board")), [[1], [2]]),
        ((body("EU", "EUR"), body("European Union", "EUR")), [[1, 2]]),
        (({"name": "Russia", "kind": "country", "codes": ["RUS"]}, {"name": "Russian Federation", "kind": "country", "codes": ["RUS"]}), [[1, 2]]),
        (({"name": None, "kind": "organization", "codes": ["RUS"], "sectors": ["MIL"], "words": ["the Russian army"]},
          {"name": None, "kind": "group", "codes": ["RUS"], "sectors": ["MIL"], "words": ["Russian forces"]}), [[1, 2]]),
        (({"name": None, "kind": "person", "codes": ["RUS"], "sectors": ["GOV"], "words": ["the foreign minister"]},
          person("Sergei Lavrov", "RUS")), [[2]]),
    ],
)  # fmt: skip
def test_who_is_one(told: tuple[dict[str, Any], ...], same: list[list[int]]) -> None:
    assert groups(*told) == same


def test_an_acronym_is_who_a_report_names_beside_it() -> None:
    texts = ["National Quay Board (NQB) met.", "NQB met again."]
    first = {"name": "National Quay Board", "kind": "organization", "codes": ["FRA"],
             "words": ["National Quay Board", "NQB"]}  # fmt: skip
    connection = empty()
    fill(connection, [record("a", texts[0], entities=[first]),
                      record("b", texts[1], entities=[body("NQB")])])  # fmt: skip
    reconcile_connection(connection)
    assert connection.execute("SELECT count(DISTINCT actor) FROM actor_members").fetchone() == (1,)
    why = connection.execute("SELECT why->>'rule' FROM actor_members WHERE report = 2").fetchone()
    assert why == ("acronym",)


def made(order: tuple[int, ...]) -> set[frozenset[int]]:
    people = [person("Velk", "FRA"), person("Mara Velk", "FRA"), person("Otto Velk", "FRA"),
              person("M. Velk", "FRA"), person("Mara Velk"), person("Velk")]  # fmt: skip
    records = [record(f"r{n}", f"{p['name']} came, {n}.", "2031-02-03", entities=[p])
               for n, p in enumerate(people, start=1)]  # fmt: skip
    connection = empty()
    for n in order:
        fill(connection, [records[n - 1]], first=n)
        reconcile_connection(connection)
    return groups_of(connection, "actor_members", "actor")


def groups_of(
    connection: duckdb.DuckDBPyConnection, table: str, column: str
) -> set[frozenset[int]]:
    rows = connection.execute(f"SELECT list(report) FROM {table} GROUP BY {column}").fetchall()
    return {frozenset(reports) for (reports,) in rows}


def test_the_order_of_reports_does_not_matter() -> None:
    orders = list(itertools.permutations(range(1, 7)))[::97]
    assert len({frozenset(made(order)) for order in orders}) == 1
