"""Runs: what is added, what is known, what failed, what is taken again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.adding import Summary, add, reread, retry
from onrecord.reading.reader import Options
from onrecord.store import Store, StoreError
from onrecord.store.errors import BusyStoreError

TIMES = Options(parts=("times",))
PROSE = (
    "The council of the northern province said on Monday that it would open the harbour to the "
    "grain ships, and that its guards had been told on 3 May {year} not to fire on them."
)


def prose(year: int) -> str:
    return PROSE.format(year=year)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder of reports in many kinds of file, some of which are broken."""
    folder = tmp_path / "reports"
    folder.mkdir()
    rows: list[Any] = [{"id": f"x{n}", "text": prose(2000 + n)} for n in range(3)]
    lines = [json.dumps(row) for row in rows]
    (folder / "ids.jsonl").write_text("\n".join([*lines, "{broken"]), encoding="utf-8")
    (folder / "noids.jsonl").write_text(
        "".join(json.dumps({"text": prose(2010 + n)}) + "\n" for n in range(2)), encoding="utf-8"
    )
    (folder / "one.txt").write_text(prose(2020), encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder


def run(store: Path, *inputs: Path | str, **more: Any) -> Summary:
    more.setdefault("options", TIMES)
    return add(store, [str(one) for one in inputs], reconcile=False, **more)


def counts(summary: Summary) -> tuple[int, ...]:
    return (summary.added, summary.changed, summary.unchanged, summary.failed, summary.skipped)


def failures(path: Path) -> list[tuple[str, str, int | None]]:
    with Store(path, read_only=True) as store:
        rows = store.table("failures").to_pylist()
    return [(Path(r["input"]).name, r["kind"], r["resolved"]) for r in rows]


def test_a_run_and_the_same_run_again(tmp_path: Path, reports: Path) -> None:
    path = tmp_path / "s.duckdb"
    assert counts(run(path, reports)) == (6, 0, 0, 1, 1)
    with Store(path, read_only=True) as store:
        before = store.table("reports").to_pylist()
        times = store.table("times").to_pylist()
    assert counts(run(path, reports)) == (0, 0, 6, 1, 1)
    with Store(path, read_only=True) as store:
        assert store.table("reports").to_pylist() == before
        assert store.table("times").to_pylist() == times
        first, second = store.table("runs").to_pylist()
    assert (first["seen"], first["added"], second["seen"], second["unchanged"]) == (8, 6, 8, 6)
    assert first["ended"] is not None
    assert json.loads(first["options"]) == {"reader": {"parts": ["times"]}, "sources": {}}
    assert failures(path) == [("ids.jsonl", "failed", None), ("picture.png", "skipped", None)]


def test_what_is_known_is_not_read(
    tmp_path: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "s.duckdb"
    run(path, reports)
    monkeypatch.setattr("onrecord.reading.reader.Reader.read_report", None)
    assert counts(run(path, reports)) == (0, 0, 6, 1, 1)


def test_one_text_in_two_outlets_is_stored_once(tmp_path: Path) -> None:
    rows = [{"id": "1", "source": source, "text": prose(2000)} for source in ("A", "B")]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "a.jsonl").write_text(lines, encoding="utf-8")
    assert counts(run(tmp_path / "s.duckdb", tmp_path / "a.jsonl")) == (2, 0, 0, 0, 0)
    with Store(tmp_path / "s.duckdb", read_only=True) as store:
        assert (store.table("texts").num_rows, store.table("reports").num_rows) == (1, 2)


def test_a_report_that_changed_is_a_new_version(tmp_path: Path, reports: Path) -> None:
    path = tmp_path / "s.duckdb"
    run(path, reports)
    (reports / "one.txt").write_text(prose(2021), encoding="utf-8")
    summary = run(path, reports)
    assert counts(summary) == (0, 1, 5, 1, 1)
    with Store(path, read_only=True) as store:
        told = store.difference(summary.versions[0])
    assert ("2020" in told.left_out[0], "2021" in told.put_in[0]) == (True, True)


def test_lines_without_ids_are_no_versions_of_each_other(tmp_path: Path, reports: Path) -> None:
    path = tmp_path / "s.duckdb"
    assert counts(run(path, reports / "noids.jsonl")) == (2, 0, 0, 0, 0)
    with (reports / "noids.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"text": prose(2019)}) + "\n")
    assert counts(run(path, reports / "noids.jsonl")) == (1, 0, 2, 0, 0)


def test_failures_are_taken_again_and_resolved(tmp_path: Path, reports: Path) -> None:
    path = tmp_path / "s.duckdb"
    gone = tmp_path / "later.txt"
    run(path, reports, gone)
    assert ("later.txt", "failed", None) in failures(path)
    text = (reports / "ids.jsonl").read_text(encoding="utf-8")
    fixed = json.dumps({"id": "x9", "text": prose(2030)})
    (reports / "ids.jsonl").write_text(text.replace("{broken", fixed), encoding="utf-8")
    summary = retry(path, reconcile=False)
    assert (summary.added, summary.failed, summary.resolved) == (1, 1, 1)
    gone.write_text(prose(2031), encoding="utf-8")
    summary = retry(path, reconcile=False)
    assert (summary.added, summary.failed, summary.resolved) == (1, 0, 1)
    left = [(kind, resolved is None) for _, kind, resolved in failures(path)]
    assert sorted(left) == [("failed", False), ("failed", False), ("skipped", True)]
    with Store(path, read_only=True) as store:
        parts = store.sql("SELECT DISTINCT reader->>'parts' AS p FROM records").to_pylist()
    assert parts == [{"p": '["times"]'}]
    assert counts(retry(path, reconcile=False)) == (0, 0, 0, 0, 0)


def test_reading_that_fails_is_kept_as_a_failure(tmp_path: Path, reports: Path) -> None:
    path = tmp_path / "s.duckdb"
    summary = run(path, reports / "one.txt", options=Options(parts=("times",), max_chars=50))
    assert counts(summary) == (0, 0, 0, 1, 0)
    assert "raise --max-chars" in summary.missed[0].reason
    summary = run(path, reports / "one.txt")
    assert (summary.added, summary.resolved) == (1, 1)


def test_reread_brings_old_readings_up_and_keeps_them(tmp_path: Path, reports: Path) -> None:
    path = tmp_path / "s.duckdb"
    run(path, reports)
    assert reread(path, reconcile=False).reread == 0
    with Store(path) as store:
        now = list(store.records())
        number = store.correct(2, "t1", action="reject", author="A")
        store.connection.execute(
            """UPDATE records SET reader = replace(reader::VARCHAR, '"version":"', '"version":"0.')
               WHERE report <= 2"""
        )
    summary = reread(path, reconcile=False)
    assert (summary.reread, summary.failed) == (2, 0)
    assert reread(path, reconcile=False).reread == 0
    with Store(path) as store:
        assert list(store.records(corrected=False)) == now
        assert store.record(2).reader.options["corrections"] == [number]
        readings = store.sql("SELECT report, current FROM records ORDER BY ALL").to_pylist()
    assert [r["current"] for r in readings if r["report"] <= 2] == [False, True] * 2
    summary = reread(path, options=Options(parts=("quantities",)), reconcile=False)
    assert summary.reread == 6


def test_a_text_that_was_not_kept_comes_with_the_same_report(tmp_path: Path, reports: Path) -> None:
    path, without = tmp_path / "s.duckdb", Options(parts=("times",), keep_text=False)
    for texts, options, changed in (([None], without, 1), ([None], without, 0),
                                    ([prose(2020)], TIMES, 0), ([prose(2020)], without, 0)):  # fmt: skip
        assert counts(run(path, reports / "one.txt", options=options)) == (
            changed,
            0,
            1 - changed,
            0,
            0,
        )
        with Store(path, read_only=True) as store:
            assert store.table("texts")["text"].to_pylist() == texts
            assert store.table("records").num_rows == 1


def test_reread_needs_the_text_and_the_actors(tmp_path: Path, reports: Path) -> None:
    path = tmp_path / "s.duckdb"
    run(path, reports / "one.txt", options=Options(parts=("times",), keep_text=False))
    with Store(path) as store:
        old = """UPDATE records SET reader = replace(reader::VARCHAR, '"why":false', ?)"""
        store.connection.execute(old, ['"why":true'])
    summary = reread(path, options=TIMES, reconcile=False)
    assert (summary.reread, summary.failed) == (0, 1)
    assert "its text was not kept" in summary.missed[0].reason
    with Store(path) as store:
        new = """UPDATE records SET reader = replace(reader::VARCHAR, '"why":true', ?)"""
        store.connection.execute(new, ['"why":false,"actors":"x"'])
    with pytest.raises(StoreError, match="give it again with --actors"):
        reread(path, reconcile=False)


def test_a_store_that_is_held_stops_a_run_with_what_it_read_before(
    tmp_path: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Batches of two: the second one finds the store held by a reader."""
    path = tmp_path / "s.duckdb"
    monkeypatch.setattr("onrecord.adding.writer._MOST", 2)
    held: list[Store] = []

    def hold(summary: Summary) -> None:
        if summary.added == 2 and not held:
            held.append(Store(path, read_only=True))

    with pytest.raises(BusyStoreError, match="open in this process"):
        run(path, reports, wait=0.05, progress=hold)
    held[0].close()
    with Store(path, read_only=True) as store:
        assert store.table("reports").num_rows == 2
        assert store.table("runs")["ended"].to_pylist() == [None]
    assert counts(run(path, reports)) == (4, 0, 2, 1, 1)


def test_what_was_read_before_an_interruption_is_kept(tmp_path: Path, reports: Path) -> None:
    path = tmp_path / "s.duckdb"

    def interrupt(summary: Summary) -> None:
        if summary.held == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(path, reports, progress=interrupt)
    with Store(path, read_only=True) as store:
        there = store.table("reports").num_rows
    assert there == 3
    assert run(path, reports).unchanged == there


def test_two_processes_give_the_same_store(tmp_path: Path, reports: Path) -> None:
    run(tmp_path / "one.duckdb", reports)
    run(tmp_path / "two.duckdb", reports, processes=2)
    with (
        Store(tmp_path / "one.duckdb", read_only=True) as one,
        Store(tmp_path / "two.duckdb", read_only=True) as two,
    ):
        assert list(one.records()) == list(two.records())
        assert one.table("times").to_pylist() == two.table("times").to_pylist()
