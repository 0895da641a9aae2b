"""Records and a store made by hand, so that pages are tested without a model."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import msgspec

from onrecord.record.model import PARTS, Record
from onrecord.record.report import sha256
from onrecord.store import Store

TEXT = (
    "By A. Writer\n"
    "The minister said on Monday that the general had denied that troops crossed the river.\n"
    "Orland may let Kesh use the harbour until June, officials said, because talks failed.\n"
    "About 300 people fled Port Alma. Kesh will attack if the talks fail, the general fears.\n"
)


class Words:
    """Words of a text as a record has them; ``which`` picks among equal ones."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __call__(self, words: str, which: int = 0, **more: Any) -> dict[str, Any]:
        at = -1
        for _ in range(which + 1):
            at = self.text.index(words, at + 1)
        return {"spans": [[at, at + len(words)]], "text": words, **more}


def key(number: int) -> str:
    return f"{number:016x}"


def record(text: str | None = TEXT, parts: dict[str, Any] | None = None, **head: Any) -> Record:
    """A record of ``text``; parts that are not given are empty."""
    whole: dict[str, Any] = {
        "id": "made", "published": "2031-05-06", "published_basis": "given", "title": "The harbour",
        "source": "The Courier", "authors": ["A. Writer"], "credit": None,
        "url": "https://courier.example/1", "file": None, "language": "en", "form": None,
        "text": text, "text_sha256": sha256(text or ""),
        "reader": {"version": "0", "model": None, "pipeline": "none", "knowledge": None, "options": {},
                   "parts": list(PARTS)},
        "problems": [], "sentences": [], "zones": [],
        **{part: [] for part in PARTS}, **(parts or {}), **head,
    }  # fmt: skip
    return msgspec.convert(whole, Record)


def harbour(**head: Any) -> Record:
    """A record of ``TEXT`` with entries of every part, nested, overlapping and interrupted ones."""
    w = Words(TEXT)
    lines = [line for line in TEXT.split("\n") if line]
    sentences = [[TEXT.index(line), TEXT.index(line) + len(line)] for line in lines[1:3]]
    last = TEXT.index("About")
    cut = TEXT.index("Kesh will")
    sentences += [[last, cut - 1], [cut, len(TEXT) - 1]]
    event = {"main": False, "background": False, "factuality": 1.0, "score": 0.8,
             "scores": {"type": 0.8, "roles": 0.7, "realis": 0.9}}  # fmt: skip
    parts = {
        "entities": [
            {"id": "n1", "key": key(1), "name": "Orland", "kind": "country", "score": 0.9, "codes": ["ORL"],
             "mentions": [w("Orland", kind="name")]},
            {"id": "n2", "key": key(2), "name": "Kesh", "kind": "country", "score": 0.9,
             "mentions": [w("Kesh", kind="name"), w("Kesh", 1, kind="name")]},
            {"id": "n3", "key": key(3), "name": None, "kind": "person", "score": 0.7,
             "mentions": [w("the general", kind="nominal"), w("the general", 1, kind="nominal")]},
        ],
        "attributions": [
            {"id": "a1", "key": key(11), "score": 0.9, "quotation": "indirect", "stance": "asserts",
             "source": w("The minister", kind="named"), "cue": w("said"),
             "content": w("that the general had denied that troops crossed the river")},
            {"id": "a2", "key": key(12), "score": 0.8, "quotation": "indirect", "stance": "denies",
             "source": w("the general", kind="unnamed", group="the general", entities=["n3"]),
             "cue": w("denied"), "content": w("that troops crossed the river"), "nested_in": "a1"},
            {"id": "a3", "key": key(13), "score": 0.8, "quotation": "mixed", "stance": "asserts",
             "source": w("officials", kind="unnamed", group="officials"), "cue": w("said", 1),
             "content": {"spans": [list(w("Orland may let Kesh use the harbour until June")["spans"][0]),
                                   list(w("because talks failed")["spans"][0])],
                         "text": "Orland may let Kesh use the harbour until June because talks failed"}},
            {"id": "a4", "key": key(14), "score": 0.6, "quotation": "indirect", "stance": "fears",
             "source": w("the general", 1, kind="unnamed", entities=["n3"]), "cue": w("fears"),
             "content": w("Kesh will attack if the talks fail")},
        ],
        "events": [
            {**event, "id": "e1", "key": key(21), "type": "MOBILIZE", "anchor": w("crossed"), "realis": "negated",
             "attribution": "a2", "actors": [w("troops")], "main": True,
             "claims": [{"attribution": "a2", "realis": "negated"}], "places": [w("the river")]},
            {**event, "id": "e2", "key": key(22), "type": "RETREAT", "anchor": w("fled"), "realis": "actual",
             "actors": [w("About 300 people")], "quantities": ["q1"],
             "places": [w("Port Alma", place="p1")]},
            {**event, "id": "e3", "key": key(23), "type": "ASSAULT", "anchor": w("attack"), "realis": "conditional",
             "actors": [w("Kesh", 1, entity="n2", codes=["KSH"])], "attribution": "a4",
             "claims": [{"attribution": "a4", "realis": "conditional"}]},
        ],
        "permissions": [
            {"id": "r1", "key": key(31), "state": "considered", "deontic": "allow", "anchor": w("may let"),
             "grantor": [w("Orland", entity="n1")], "grantee": [w("Kesh", entity="n2")],
             "act": w("use the harbour until June"), "limits": [w("until June", time="t2")],
             "attribution": "a3", "score": 0.8},
        ],
        "reasons": [
            {"id": "w1", "key": key(41), "kind": "cause", "anchor": w("because"), "content": w("talks failed"),
             "of": w("Orland may let Kesh use the harbour"), "of_ref": "r1", "attribution": "a3", "score": 0.7},
        ],
        "forecasts": [
            {"id": "f1", "key": key(51), "content": w("Kesh will attack if the talks fail"), "cue": w("will"),
             "holder": "n3", "likelihood": "expected", "condition": w("if the talks fail"),
             "attribution": "a4", "events": ["e3"], "score": 0.7},
        ],
        "quantities": [
            {**w("About 300 people"), "id": "q1", "key": key(61), "value": 300, "approximate": True,
             "of": w("people"), "property": "displaced", "event": "e2", "score": 0.9},
        ],
        "times": [
            {**w("Monday"), "id": "t1", "key": key(71), "type": "DATE", "value": "2031-05-05",
             "start": "2031-05-05", "end": "2031-05-05", "basis": "published", "score": 0.9},
            {**w("June"), "id": "t2", "key": key(72), "type": "DATE", "value": "2031-06",
             "start": "2031-06-01", "end": "2031-06-30", "basis": "published", "score": 0.9},
        ],
        "places": [
            {**w("Port Alma"), "id": "p1", "key": key(81), "name": "Port Alma", "country": "US",
             "country3": "USA", "feature": "PPL", "geonames_id": 77, "lat": 40.0, "lon": -75.0,
             "score": 0.9},
        ],
    }  # fmt: skip
    zones = [{"kind": "byline", "spans": [[0, 12]]}]
    return record(TEXT, parts, **{"sentences": sentences, "zones": zones, **head})


def fill(path: Path) -> None:
    """A store of three reports, one a copy that was cut, and what reconciling would say of them."""
    first = harbour()
    cut = TEXT[: TEXT.index("About")]
    copy = record(cut, id="copy", title="Harbour (cut)", source="The Mirror",
                  url="https://mirror.example/1", published="2031-05-07")  # fmt: skip
    other = harbour(id="other", title="Other", source="The Post", url="https://post.example/2",
                    published="2031-05-09")  # fmt: skip
    with Store(path) as store:
        store.put([first, copy, other])
        run = store.connection.execute
        day = dt.date(2031, 5, 5)
        now = dt.datetime(2031, 5, 10)
        for report in (1, 2, 3):
            run("INSERT INTO reconciled VALUES (?, 1, ?)", [report, now])
        run("INSERT INTO copies BY NAME SELECT 1 AS report, 1 AS cluster")
        run("INSERT INTO copies BY NAME SELECT 2 AS report, 1 AS cluster, 1 AS \"of\", 0.9 AS containment,"
            " 0.8 AS similarity, 'cut' AS kind")  # fmt: skip
        run("INSERT INTO actors BY NAME SELECT 5 AS actor, 'Kesh' AS name, 'country' AS kind,"
            " ['KSH'] AS codes, ['Kesh', 'the Keshi'] AS names, 2 AS reports")  # fmt: skip
        run(
            "INSERT INTO actors BY NAME SELECT 6 AS actor, 'the general' AS name, 'person' AS kind, 2 AS reports"
        )
        for report in (1, 3):
            run(
                "INSERT INTO actor_members BY NAME SELECT 5 AS actor, ? AS report, 'n2' AS entity, 0.9 AS score",
                [report],
            )
            run(
                "INSERT INTO actor_members BY NAME SELECT 6 AS actor, ? AS report, 'n3' AS entity, 0.9 AS score",
                [report],
            )
            for happening, event in ((8, "e2"), (9, "e3"), (10, "e1")):
                run("INSERT INTO happening_members BY NAME SELECT ? AS happening, ? AS report, ? AS event, 0.9 AS score",
                    [happening, report, event])  # fmt: skip
        for happening, type_, realis, label in (
            (8, "RETREAT", "actual", "300 people fled"), (9, "ASSAULT", "conditional", "Kesh attacks"),
            (10, "MOBILIZE", "negated", "troops crossed the river"),
        ):  # fmt: skip
            run(
                "INSERT INTO happenings BY NAME SELECT ? AS happening, ? AS type, ? AS realis, false AS"
                " background, ?::DATE AS start, ?::DATE AS \"end\", 'Port Alma' AS place, 'USA' AS country,"
                " 40.0 AS lat, -75.0 AS lon, ? AS label, 2 AS reports, 2 AS independent, 1 AS named,"
                " 1 AS unnamed",
                [happening, type_, realis, day, day, label],
            )
        run("INSERT INTO support BY NAME SELECT 8 AS happening, 'the general' AS voice, [1, 3] AS reports,"
            " 'unnamed' AS source_kind, 6 AS actor, 'actual' AS realis")  # fmt: skip
        run("INSERT INTO figures BY NAME SELECT 4 AS figure, 8 AS happening, 'people' AS \"of\","
            " 'displaced' AS property, 'people displaced' AS label, 2 AS n, 300 AS low, 500 AS high,"
            " 'updated' AS verdict")  # fmt: skip
        run("INSERT INTO figure_members BY NAME SELECT 4 AS figure, 1 AS report, 'q1' AS quantity,"
            " DATE '2031-05-06' AS day, 300 AS value")  # fmt: skip
        run("INSERT INTO figure_members BY NAME SELECT 4 AS figure, 3 AS report, 'q1' AS quantity,"
            " DATE '2031-05-09' AS day, 400 AS low, 500 AS high")  # fmt: skip
        run("INSERT INTO conflicts BY NAME SELECT 2 AS conflict, 'realis' AS kind, 'contradicts' AS verdict,"
            " 'troops crossed the river' AS about, 10 AS happening, 1 AS left_report, 'events' AS left_part,"
            " 'e1' AS left_id, 'crossed' AS left_words, 3 AS right_report, 'events' AS right_part,"
            " 'e1' AS right_id, 'crossed' AS right_words, 0.7 AS score")  # fmt: skip
        for report in (1, 3):
            run("INSERT INTO permission_lines BY NAME SELECT 3 AS line, ? AS report, 'r1' AS permission,"
                " DATE '2031-05-06' AS day, 'considered' AS state, 'allow' AS deontic", [report])  # fmt: skip
        run("INSERT INTO forecast_matches BY NAME SELECT 1 AS report, 'f1' AS forecast, 'open' AS verdict,"
            " DATE '2031-05-05' AS due")  # fmt: skip
        run("INSERT INTO failures BY NAME SELECT 1 AS failure, 1 AS run, 'bad.pdf' AS input,"
            " 'bad.pdf' AS name, 'no text' AS reason, 'failed' AS kind, now() AS failed_at")  # fmt: skip
