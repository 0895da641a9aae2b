"""How long the explorer's pages take on a large store, made by SQL.

    python benchmarks/serving.py [REPORTS] [--keep FILE]      100000 reports unless said otherwise

The store is not read from texts: its words are drawn at random, its tables have the sizes that
reading gives (ten events a report, eight attributions …), so that the time of a page is that of its
queries and its HTML. Each page is asked for three times by way of the application, without a
socket; the first and the median are printed. One process, whatever else the machine does.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from starlette.testclient import TestClient

from onrecord.record.labels import LABELS
from onrecord.record.model import ReaderInfo, Record
from onrecord.store import Store
from onrecord.store.getting import pack
from onrecord.web.app import create_app
from onrecord.web.security import Access

PAGES = (
    "/",
    "/reports",
    "/reports?q=harbour",
    "/events",
    "/events?country=USA&type=ASSAULT",
    "/mentions",
    "/mentions?q=w17",
    "/claims",
    "/timeline?unit=month",
    "/map",
    "/actors",
    "/actors/7",
    "/events/11",
    "/quoted",
    "/permissions",
    "/positions?about=w17",
    "/forecasts",
    "/figures",
    "/conflicts",
    "/copies",
    "/places",
    "/days/2024-03-05",
    "/search?q=w17+w18",
    "/reports/5",
    "/corrections",
)
PER_REPORT = {
    "events": 10,
    "attributions": 8,
    "permissions": 1,
    "forecasts": 2,
    "quantities": 3,
    "places": 6,
    "entities": 6,
    "reasons": 2,
}


def main(arguments: list[str]) -> int:
    numbers = [int(one) for one in arguments if one.isdigit()]
    reports = numbers[0] if numbers else 100_000
    with tempfile.TemporaryDirectory() as scratch:
        keep = arguments[arguments.index("--keep") + 1] if "--keep" in arguments else None
        path = Path(keep or Path(scratch) / "made.duckdb")
        if not path.exists():
            started = time.perf_counter()
            make(path, reports)
            print(
                f"store of {reports:,} reports made in {time.perf_counter() - started:.0f} s,"
                f" {path.stat().st_size / 1e6:.0f} MB"
            )
        app = create_app(path, Access(), "benchmark")
        client = TestClient(app, base_url="http://127.0.0.1")
        started = time.perf_counter()
        while not client.get("/search.json").json()["whole"]:
            time.sleep(1)
        print(f"search index whole after {time.perf_counter() - started:.0f} s")
        print(f"{'page':40} {'first s':>8} {'median s':>9} {'kB':>6}")
        for page in PAGES:
            times = []
            for _ in range(3):
                started = time.perf_counter()
                answer = client.get(page)
                times.append(time.perf_counter() - started)
                if answer.status_code != 200:
                    print(f"{page}: {answer.status_code} {answer.text[:500]}", file=sys.stderr)
                    return 1
            size = len(answer.content) / 1000
            print(f"{page:40} {times[0]:8.2f} {statistics.median(times):9.2f} {size:6.0f}")
    return 0


def make(path: Path, reports: int) -> None:
    """A store of ``reports`` reports with words drawn at random."""
    record = Record(
        id="made",
        published=None,
        published_basis=None,
        title=None,
        source=None,
        authors=(),
        credit=None,
        url=None,
        file=None,
        language="en",
        form=None,
        text=None,
        text_sha256="0" * 64,
        reader=ReaderInfo(
            version="0", model=None, pipeline="none", knowledge=None, options={}, parts=()
        ),
        problems=(),
        sentences=(),
        zones=(),
    )
    with Store(path) as store:
        run = store.connection.execute
        run(
            "CREATE TEMP MACRO drawn(n, seed) AS list_transform(range(n), lambda i:"
            " 'w' || CAST(floor(pow(hash(seed * 7919 + i) % 100000 / 100000.0, 3) * 5000) AS INT))"
        )
        run("CREATE TEMP MACRO phrase(n, seed) AS array_to_string(drawn(n, seed), ' ')")
        run("CREATE TEMP MACRO pick(l, seed) AS l[1 + CAST(hash(seed) % len(l) AS INT)]")
        run(
            "INSERT INTO texts SELECT 'h' || i, phrase(300, i), 300 FROM range(1, ? + 1) t(i)",
            [reports],
        )
        run(
            "INSERT INTO reports BY NAME SELECT i AS report, 'a' || i AS appearance, 1 AS version,"
            " true AS current, 'c' || i AS content, 'r' || i AS id,"
            " CAST(DATE '2022-01-01' + CAST(i % 1400 AS INT) AS VARCHAR) AS published,"
            " DATE '2022-01-01' + CAST(i % 1400 AS INT) AS day, 'given' AS published_basis,"
            " phrase(9, i) || if(i % 500 = 0, ' harbour', '') AS title,"
            " 'outlet ' || i % 90 AS source, ['A. Writer'] AS authors, 'en' AS language,"
            " 'h' || i AS text_sha256, 1 AS run, now() AS added FROM range(1, ? + 1) t(i)",
            [reports],
        )
        run(
            "INSERT INTO records BY NAME SELECT i AS report, 1 AS run, '{}' AS reader, ? AS body,"
            " now() AS read_at, true AS current FROM range(1, ? + 1) t(i)",
            [pack(record), reports],
        )
        run(
            "INSERT INTO runs BY NAME SELECT 1 AS run, 'made' AS command, now() AS started, "
            "'0' AS version"
        )
        for part, count in PER_REPORT.items():
            entries(store, part, reports, count)
        across(store, reports)


def entries(store: Store, part: str, reports: int, count: int) -> None:
    """The rows of one part."""
    realis, types = list(LABELS["realis"]), list(LABELS["event_type"])
    own = {
        "events": f"pick({types}, n) AS type, if(n % 3 = 0, pick({realis}, n * 3), 'actual') "
        "AS realis,"
        " false AS background, phrase(1, n) AS anchor, phrase(2, n * 2) AS actors,"
        " phrase(2, n * 3) AS recipients, 'place ' || n % 900 AS place, pick(['USA', 'RUS', 'UKR',"
        " 'FRA', 'CHN', 'BRA'], n) AS country, CAST(DATE '2022-01-01' + CAST(n % 1400 AS INT) AS"
        " VARCHAR) AS date_start, if(n % 2 = 0, phrase(2, n * 5), NULL) AS told_by",
        "attributions": "phrase(2, n * 2) AS source_words, 'named' AS source_kind, phrase(14, n) AS"
        f" content, 'indirect' AS quotation, pick({list(LABELS['stance'])}, n) AS stance",
        "permissions": f"pick({list(LABELS['permission_state'])}, n) AS state, 'allow' AS deontic,"
        " phrase(1, n) AS anchor, phrase(2, n * 2) AS grantor, phrase(2, n * 3) AS grantee,"
        " phrase(6, n * 5) AS act",
        "forecasts": "phrase(12, n) AS content, phrase(1, n) AS cue,"
        f" pick({list(LABELS['likelihood'])}, n) AS likelihood, phrase(2, n * 2) AS holder",
        "quantities": "CAST(n % 900 AS VARCHAR) AS text, CAST(n % 900 AS DOUBLE) AS value,"
        ' false AS approximate, phrase(1, n) AS "of"',
        "places": "'place ' || n % 900 AS text, 'place ' || n % 900 AS name, pick(['USA', "
        "'RUS', 'UKR'],"
        " n % 900) AS country3, 'PPL' AS feature, n % 900 AS geonames_id, (n % 900) / 12.0 AS lat,"
        " (n % 900) / 6.0 AS lon, false AS metonym, false AS demonym",
        "entities": "phrase(2, n % 20000) AS name, 'person' AS kind",
        "reasons": "'cause' AS kind, phrase(1, n) AS anchor, phrase(9, n) AS content, "
        'phrase(9, n * 2) AS "of"',
    }[part]
    store.connection.execute(
        f"INSERT INTO \"{part}\" BY NAME SELECT n // {count} + 1 AS report, '{part[0]}' || n "
        f"% {count}"
        f" AS id, 'k' || n AS key, {own}, n % {count} * 200 AS start, phrase(18, n * 11) AS "
        "sentence,"
        f" 0.8 AS score FROM range({reports * count}) t(n)"
    )


def across(store: Store, reports: int) -> None:
    """What reconciling makes: three events a report, members, actors, figures, copies."""
    run = store.connection.execute
    n = reports
    types = list(LABELS["event_type"])
    run(f"INSERT INTO reconciled SELECT i, 1, now() FROM range(1, {n} + 1) t(i)")
    run(
        f"INSERT INTO happenings BY NAME SELECT i AS happening, pick({types}, i) AS type,"
        " if(i % 4 = 0, 'future', 'actual') AS realis, false AS background,"
        " DATE '2022-01-01' + CAST(i % 1400 AS INT) AS start,"
        " DATE '2022-01-01' + CAST(i % 1400 AS INT) AS \"end\", 'place ' || i % 900 AS place,"
        " pick(['USA', 'RUS', 'UKR', 'FRA', 'CHN', 'BRA'], i % 900) AS country, (i % 900) / "
        "12.0 AS lat,"
        " (i % 900) / 6.0 AS lon, phrase(6, i) AS label, 1 + i % 9 AS reports, 1 + i % 5 AS "
        "independent,"
        f" 1 AS named, 0 AS unnamed FROM range({3 * n}) t(i)"
    )
    run(
        "INSERT INTO happening_members BY NAME SELECT e.report * 3 - CAST(substr(e.id, 2) AS "
        "INT) % 3 - 1"
        " AS happening, e.report, e.id AS event, 0.9 AS score FROM events e"
    )
    run(
        "INSERT INTO support BY NAME SELECT happening, 'v' || report AS voice, [report] AS reports,"
        " 'report' AS source_kind, 'actual' AS realis FROM happening_members"
    )
    run(
        "INSERT INTO participants BY NAME SELECT report, 'events' AS part, id, 'actor' AS "
        "role, 1 AS"
        " position, actors AS words, 'e' || CAST(substr(id, 2) AS INT) % 6 AS entity FROM events"
    )
    run(
        "INSERT INTO actors BY NAME SELECT i AS actor, phrase(2, i) AS name, 'person' AS kind,"
        " [phrase(2, i)] AS names, 5 AS reports FROM range(20000) t(i)"
    )
    run(
        "INSERT INTO actor_members BY NAME SELECT (report * 6 + CAST(substr(id, 2) AS INT)) % "
        "20000 AS"
        " actor, report, id AS entity, 0.9 AS score FROM entities"
    )
    run(
        "INSERT INTO sources BY NAME SELECT report, id, 'e' || CAST(substr(id, 2) AS INT) % 6 "
        "AS entity"
        " FROM attributions"
    )
    run(
        "INSERT INTO figures BY NAME SELECT i AS figure, i AS happening, phrase(3, i) AS "
        "label, 3 AS n,"
        f" 1.0 AS low, 9.0 AS high, 'updated' AS verdict FROM range({n // 3}) t(i)"
    )
    run(
        "INSERT INTO conflicts BY NAME SELECT i AS conflict, 'figure' AS kind, 'contradicts' "
        "AS verdict,"
        " phrase(3, i) AS about, phrase(9, i) AS left_words, phrase(9, i * 2) AS right_words, "
        "0.7 AS score"
        f" FROM range({n // 20}) t(i)"
    )
    run(
        "INSERT INTO copies BY NAME SELECT i AS report, 1 + (i - 1) // 4 * 4 AS cluster,"
        f" if(i % 4 = 1, NULL, 'same') AS kind FROM range(1, {n // 5} + 1) t(i)"
    )
    run(
        "INSERT INTO permission_lines BY NAME SELECT report % 30000 AS line, report, id AS "
        "permission,"
        " state FROM permissions"
    )
    run(
        "INSERT INTO event_places BY NAME SELECT report, id AS event, place AS words, 'p' ||"
        " CAST(substr(id, 2) AS INT) % 6 AS place FROM events"
    )
    store.connection.execute("CHECKPOINT")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
