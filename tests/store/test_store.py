"""Records in and out of a store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from onrecord.record.model import PARTS, Record
from onrecord.store import Store
from onrecord.store.errors import (
    OlderStoreError,
    QueryError,
    StoreError,
    UnknownReportError,
)
from onrecord.store.schema import ENTRIES, TABLES
from tests.store.helpers import record


def without_times(store: Store) -> dict[str, list[dict[str, Any]]]:
    """All rows of a store by table, sorted, without what differs from one run to the next."""
    left_out = {"run", "added", "read_at", "made", "failed_at", "resolved"}
    return {
        name: sorted(
            (
                {k: v for k, v in row.items() if k not in left_out}
                for row in store.table(name).to_pylist()
            ),
            key=repr,
        )
        for name in TABLES
        if name not in {"meta", "runs"}
    }


def test_a_record_comes_back_as_it_was_put(tmp_path: Path) -> None:
    given = [record("a"), record("b", " More.", title="Two"), record("c", text=None)]
    with Store(tmp_path / "s.duckdb") as store:
        outcomes = store.put(given)
        assert [(o.report, o.status) for o in outcomes] == [
            (1, "added"),
            (2, "added"),
            (3, "added"),
        ]
    with Store(tmp_path / "s.duckdb", read_only=True) as store:
        # The text of the first is that of the third: it is stored once, and joined to both.
        assert list(store.records()) == [given[0], given[1], structs.replace(given[0], id="c")]
        assert store.record(2) == given[1]
        assert store.report(2)["title"] == "Two"
        assert store.report(2)["text"] == given[1].text
        assert store.table("texts").num_rows == 2
        with pytest.raises(UnknownReportError, match="no report 9"):
            store.record(9)


def test_a_text_that_was_not_kept_is_filled_in_when_it_comes_again(tmp_path: Path) -> None:
    with Store(tmp_path / "s.duckdb") as store:
        store.put(record("a", text=None))
        assert store.record(1).text is None
        store.put(record("b"))
        assert [r.text for r in store.records()] == [record().text] * 2
        assert store.table("texts")["words"].to_pylist() == [len((record().text or "").split())]
        store.put(record("c", " More.", text=None))
        assert len(store.known()) == len(store.known(with_text=True)) + 1
        assert [o.status for o in store.put(record("c", " More."))] == ["unchanged"]
        assert store.record(3).text == record("c", " More.").text


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    given = [record("a"), record("b", " More.")]
    with Store(tmp_path / "s.duckdb") as store:
        store.put(given)
        before = without_times(store)
        assert [o.status for o in store.put(given)] == ["unchanged", "unchanged"]
        assert without_times(store) == before
        runs = store.table("runs").to_pylist()
        assert [(r["seen"], r["added"], r["unchanged"]) for r in runs] == [(2, 2, 0), (2, 0, 2)]


def test_every_part_has_its_rows(tmp_path: Path) -> None:
    made = record()
    with Store(tmp_path / "s.duckdb") as store:
        store.put(made)
        for part in PARTS:
            keys = store.table(part)["key"].to_pylist()
            assert keys == [entry.key for entry in getattr(made, part)]
        participants = store.table("participants").to_pylist()
        assert [(p["role"], p["words"], p["entity"]) for p in participants] == [
            ("actor", "Kelmar", "n2")
        ]
        assert store.table("event_places").to_pylist() == [
            {"report": 1, "event": "e1", "words": "Amber Bridge", "place": "p1"}
        ]
        for row in store.sql("""SELECT s.*, t.text FROM spans s JOIN reports USING (report)
                                JOIN texts t USING (text_sha256)""").to_pylist():  # fmt: skip
            assert row["text"][row["start"] : row["end"]].strip()
        assert {"self", "anchor", "content", "cue", "source", "of", "places", "times"} == set(
            store.table("spans")["field"].to_pylist()
        )


def versions(store: Store) -> list[tuple[int, int, bool]]:
    rows = store.table("reports").to_pylist()
    return [(row["report"], row["version"], row["current"]) for row in rows]


def test_a_changed_report_is_a_new_version_and_the_old_one_stays(tmp_path: Path) -> None:
    first, second = record("a"), record("a", " It was not quiet.", title="New")
    with Store(tmp_path / "s.duckdb") as store:
        store.put([first, record("b")])
        (outcome,) = store.put(second)
        assert (outcome.report, outcome.status) == (3, "changed")
        assert versions(store) == [(1, 1, False), (2, 1, True), (3, 2, True)]
        assert (store.record(1), store.record(3)) == (first, second)
        for name in ENTRIES:
            assert 1 not in store.table(name)["report"].to_pylist(), name
        told = store.difference(3)
        assert (told.before, told.put_in, told.left_out) == (1, ("It was not quiet.",), ())
        assert told.told == {"title": (None, "New")}
        assert store.difference(1).before is None
        # What was said before is known: the same inputs again change nothing, in whatever order.
        assert [(o.report, o.status) for o in store.put([second, first])] == [
            (3, "unchanged"), (1, "unchanged"),
        ]  # fmt: skip
        assert versions(store) == [(1, 1, False), (2, 1, True), (3, 2, True)]


def test_versions_within_one_batch(tmp_path: Path) -> None:
    given = [record("a"), record("a", " Two."), record("a", " Two."), record("a", " Three.")]
    with Store(tmp_path / "s.duckdb") as store:
        outcomes = store.put(given)
        assert [o.status for o in outcomes] == ["added", "changed", "unchanged", "changed"]
        assert versions(store) == [(1, 1, False), (2, 2, False), (3, 3, True)]
        assert set(store.table("events")["report"].to_pylist()) == {3}


def _delete_and_stop(store: Store) -> None:
    with store.transaction() as connection:
        connection.execute("DELETE FROM records")
        connection.execute("DELETE FROM events")
        raise RuntimeError("stop")


def test_what_goes_wrong_within_a_transaction_leaves_nothing_of_it(tmp_path: Path) -> None:
    with Store(tmp_path / "s.duckdb") as store:
        store.put(record("a"))
        before = without_times(store)
        with pytest.raises(RuntimeError, match="stop"):
            _delete_and_stop(store)
        assert without_times(store) == before


QUERIES: list[tuple[str, str]] = [
    # a query, what is said of it
    ("SELECT nothing FROM events", "nothing"),
    ("SELEC", "syntax error"),
    ("SELECT * FROM parameters", "does not exist"),
    ("INSERT INTO meta VALUES ('a', 'b')", "read-only"),
    ("DROP TABLE events", "read-only"),
    ("UPDATE reports SET title = 'x'", "read-only"),
    ("SELECT * FROM read_csv('/etc/hosts')", "no file but itself"),
    ("SELECT * FROM read_text('{folder}/secret.txt')", "no file but itself"),
    ("SELECT * FROM '{folder}/secret.csv'", "no file but itself"),
    ("SELECT * FROM glob('{folder}/*')", "no file but itself"),
    ("COPY events TO '{folder}/out.csv'", "no file but itself"),
    ("ATTACH '{folder}/other.duckdb'", "no file but itself"),
    ("EXPORT DATABASE '{folder}/out'", "no file but itself"),
    ("INSTALL httpfs", "no file but itself"),
    ("LOAD '{folder}/secret.duckdb_extension'", "no file but itself"),
    ("SET enable_external_access = true", "Cannot"),
    ("SET temp_directory = '{folder}'", "locked"),
]


@pytest.mark.parametrize(("query", "reason"), QUERIES)
def test_a_query_reaches_nothing_but_the_store(tmp_path: Path, query: str, reason: str) -> None:
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    (tmp_path / "secret.csv").write_text("x\n1\n", encoding="utf-8")
    with Store(tmp_path / "s.duckdb") as store:
        store.put(record())
    before = sorted(path.name for path in tmp_path.iterdir())
    with (
        Store(tmp_path / "s.duckdb", read_only=True) as store,
        pytest.raises(StoreError, match=reason) as raised,
    ):
        store.sql(query.format(folder=tmp_path))
    assert isinstance(raised.value, QueryError)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_queries_give_arrow_and_take_parameters(tmp_path: Path) -> None:
    with Store(tmp_path / "s.duckdb") as store:
        store.put([record("a"), record("b")])
        found = store.sql("SELECT id FROM reports WHERE report = ?", [2])
        assert found.to_pylist() == [{"id": "b"}]
        assert store.sql("SELECT id FROM reports WHERE id = $x", {"x": "a"}).num_rows == 1
        with pytest.raises(QueryError, match="no table is called nothing"):
            store.table("nothing")


def test_made_tables_are_made_anew_when_their_columns_have_changed(tmp_path: Path) -> None:
    def rows(store: Store) -> dict[str, Any]:
        return {name: store.table(name).to_pylist() for name in ENTRIES}

    with Store(tmp_path / "s.duckdb") as store:
        store.put([record("a"), record("b", " More.")])
        store.correct(2, "e1", action="set", field="realis", value="possible", author="A")
        before = rows(store)
        with store.transaction() as connection:
            connection.execute("INSERT INTO reconciled VALUES (1, 1, now()::TIMESTAMP)")
            connection.execute("ALTER TABLE events DROP COLUMN modes")
            connection.execute("DROP TABLE claims")
            connection.execute("UPDATE meta SET value = 'older' WHERE name = 'entries'")
    with Store(tmp_path / "s.duckdb", read_only=True) as store:
        assert store.table("events").num_rows == 2
        with pytest.raises(OlderStoreError, match="makes them anew"):
            store.sql("SELECT modes FROM events")
        with pytest.raises(QueryError, match="syntax error"):
            store.sql("SELECT modes FORM events")
    with Store(tmp_path / "s.duckdb") as store:
        assert rows(store) == before
        assert store.table("reconciled").num_rows == 0


def test_numbers_of_reports(tmp_path: Path) -> None:
    with Store(tmp_path / "s.duckdb") as store:
        store.put([record("a", url="https://a.org/1"), record("b"), record("b", source="Other")])
        assert store.number("a") == store.number("1") == store.number("https://a.org/1") == 1
        for name, reason in (("b", r"\[2, 3\]"), ("zzz", "no report 'zzz'")):
            with pytest.raises(UnknownReportError, match=reason):
                store.number(name)


def test_records_are_in_order_however_they_are_asked(tmp_path: Path) -> None:
    given: list[Record] = [record(f"r{n}", f" {n}.") for n in range(120)]
    with Store(tmp_path / "s.duckdb") as store:
        store.put(given)
        assert list(store.records()) == given
        assert [r.id for r in store.records([40, 7, 110])] == ["r6", "r39", "r109"]
