from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.zones import find_zones
from onrecord.record.labels import LABELS
from onrecord.record.model import Zone
from onrecord.record.report import Report

PROSE = (
    "The council of the northern province said on Monday that it would open the harbour to the "
    "grain ships, and that its guards had been told not to fire on them."
)


def zones(text: str, **known: object) -> list[tuple[str, str]]:
    """Kind and words of the zones of a text."""
    report = Report(text=text, **known)  # type: ignore[arg-type]
    return [(zone.kind, text[slice(*zone.spans[0])]) for zone in find_zones(report)]


@pytest.mark.parametrize(
    "line",
    [
        "By JANE DOE, JOHN ROE and ANNE B. LEE",
        "By Jane Doe",
        "By Jane Doe, Staff Writer",
        "By Jane Doe in Kyiv and John Roe in Minsk",
        "By Jane Doe Associated Press",
        "By Ludwig van der Berg | Paper",
        "BY JANE DOE",
        "Story by Jane Doe",
        "Jane Doe, Staff Writer",
        "Jane Doe and John Roe, Reuters",
    ],
)
def test_bylines(line: str) -> None:
    assert zones(f"{line}\n{PROSE}") == [("byline", line)]
    assert zones(f"{PROSE}\n\n{line}\n\n{PROSE}") == [("byline", line)]


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the guards had gone.",
        "By Monday",
        "by Jane Doe of the council, who had come late, and by others.",
        "By opening the harbour, the council took a risk.",
        "By Jane Doe’s account the harbour was open by then. It was not.",
        "Jane Doe, a staff writer, was there.",
    ],
)
def test_no_bylines(line: str) -> None:
    assert zones(f"{line}\n{PROSE}") == []


def test_the_authors_that_the_source_names_are_bylines() -> None:
    assert zones(f"Jane Doe\n\n{PROSE}", authors=("Jane Doe",)) == [("byline", "Jane Doe")]
    assert zones(f"Jane Doe\n\n{PROSE}") == []


@pytest.mark.parametrize(
    "dateline",
    [
        "WASHINGTON (Reuters) -",
        "KABUL, Afghanistan, March 3 (AP) —",
        "LONDON —",
        "LONDON, Nov. 3, 2031 (AP) —",
        "Washington (AFP) –",
        "MANCHESTER, N.H. (AP) —",
        "SAN JOSE, Dec 31 (Reuters) -",
        "BEIJING, August 7 (Xinhua) --",
        "CANBERRA, Australia (AP)_",
        "DAR ES SALAAM, Tanzania (AP) _",
        "BELGRADE (Ship News) —",
        "Hong Kong (CNN Business)",
        "Tehran, March 15, IRNA -",
        "Washington, D.C. –",
        "WASHINGTON, DC --",
        "Prescott, AZ –",
        "Charleston, S.C. —",
        "London —",
        "(Oakland, CA) –",
        "MOSCOW/KYIV (Reuters) -",
        "N'DJAMENA (Reuters) -",
        "Berlin, December 18 --",
    ],
)
def test_datelines_cover_just_their_words(dateline: str) -> None:
    assert zones(f"{dateline} {PROSE}") == [("dateline", dateline)]
    assert zones(f"{dateline} “{PROSE}”\r\n\r\n{PROSE}") == [("dateline", dateline)]


@pytest.mark.parametrize(
    "opening",
    [
        "NATO — the alliance of the north — met on Monday.",
        "Sen. Jane Doe (D-Ore.) — who opposed it — said no.",
        "The harbour — open since Monday — is full.",
        "Monday — the day of the vote — came.",
        "MUST READ - The harbour opens.",
        "UPDATE — The harbour opens.",
        "Jane Doe, of the council, said no – The end.",
        "On Monday, the Court of Ports (COP) — the highest — said no.",
        "GOOD-BYE - The harbour is full.",
        "March 3 was the day.",
    ],
)
def test_no_datelines(opening: str) -> None:
    assert [kind for kind, _ in zones(opening) if kind == "dateline" and opening[0] != "G"] == []


def test_datelines_without_an_agency_count_once_and_in_the_head() -> None:
    body = "\n".join([PROSE] * 30)
    assert zones(f"LONDON — {PROSE}\nPARIS — {PROSE}") == [("dateline", "LONDON —")]
    assert zones(f"{body}\nLONDON — {PROSE}") == []
    assert zones(f"{body}\nLONDON (AP) — {PROSE}") == [("dateline", "LONDON (AP) —")]


def test_a_dateline_behind_a_flattened_title() -> None:
    text = f"Harbour opens. LONDON (AP) — {PROSE}"
    assert zones(text) == [("dateline", "LONDON (AP) —")]


@pytest.mark.parametrize(
    "line",
    [
        "Tuesday, May 6, 2031", "May 6, 2031", "6 May 2031", "05.06.31", "2031-05-06",
        "Published: May 6, 2031", "PUBLISHED: 22:07 GMT, 7 July 2012", "4:50 P.M. EDT",
        "Updated on May 6, 2031 at 10:00 a.m.",
    ],
)  # fmt: skip
def test_lines_that_are_only_a_date(line: str) -> None:
    assert zones(f"{line}\n\n{PROSE}") == [("dateline", line)]


@pytest.mark.parametrize("line", ["On May 6,", "May", "2031 ships", "May 6 to 9", "12 of 40"])
def test_lines_that_are_no_date(line: str) -> None:
    assert zones(f"{line}\n{PROSE}") == []


def test_an_agency_alone_opens_a_report() -> None:
    assert zones(f"(Reuters) - {PROSE}") == [("credit", "(Reuters) -")]


@pytest.mark.parametrize(
    "line",
    [
        "(Reporting by Jane Doe in Kyiv; Editing by John Roe)",
        "(Additional reporting by Jane Doe; Writing by John Roe; Editing by Anne Lee)",
        "Associated Press writers Jane Doe and John Roe contributed to this report.",
        "Jane Doe contributed reporting to this article.",
        "© 2031 Paper Ltd.",
        "Copyright 2031 The Paper. All rights reserved.",
        "SOURCE: News agencies",
        "(Reuters)",
        "Contributing: Jane Doe",
    ],
)
def test_credits(line: str) -> None:
    assert zones(f"{PROSE}\n\n{line}") == [("credit", line)]


@pytest.mark.parametrize(
    ("tail", "kind"),
    [
        ("(Writing by Jane Doe; Editing by John Roe)", "credit"),
        ("(Additional reporting by Jane Doe)", "credit"),
        (" Facebook Twitter Linkedin Mail", "furniture"),
    ],
)
def test_what_stands_behind_the_last_sentence(tail: str, kind: str) -> None:
    assert zones(f"{PROSE} {tail}") == [(kind, tail.strip())]
    assert zones(f"{PROSE} (writing on Monday, he was)") == []


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Jane Doe",
        "Image credit: Jane Doe/Paper",
        "A ship enters the harbour on Monday. REUTERS/Jane Doe",
        "A ship enters the harbour on Monday. (AP Photo/Jane Doe)",
        "A ship enters the harbour (Photo: Jane Doe)",
        "Jane Doe/Getty Images",
        "Jane Doe via Getty Images",
    ],
)
def test_captions(line: str) -> None:
    assert zones(f"{PROSE}\n\n{line}\n\n{PROSE}") == [("caption", line)]


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement", "ADVERTISEMENT", "Read more: Harbour opens", "Related: Harbour opens",
        "Share this", "Follow Jane Doe on Twitter @jane", "Click here to watch the video.",
        "FOR IMMEDIATE RELEASE", "###", "# # #", "-30-", "* * *", "____", "https://a.example/1",
        "Sign up for our daily briefing and get the news every morning.", "Story continues below",
        "Contact: Jane Doe, (202) 555-0100", "Press Contact: jane@a.example",
    ],
)  # fmt: skip
def test_furniture(line: str) -> None:
    assert zones(f"{PROSE}\n\n{line}\n\n{PROSE}") == [("furniture", line)]


@pytest.mark.parametrize(
    "line",
    [
        "Read more about the harbour, the council said, and you will see.",
        "Contact between the ships and the harbour was lost on Monday, the council said.",
        "More than 40 ships came.",
        "Advertisement revenue fell.",
        "Watch the harbour, he said: it is closing.",
        "Related matters: the council will meet on Monday to hear of them.",
        "Comments by the minister were not welcome.",
        "The photo shows a ship.",
        "Copyright law is what the talks are about.",
        "(c) to open the harbour;",
        "The White House said no.",
        "End the war, he said.",
        "Sources close to the council said so.",
        "Reuters was told so.",
    ],
)
def test_prose_is_no_zone(line: str) -> None:
    assert zones(f"{PROSE}\n\n{line}\n\n{PROSE}\n\n{line}") == []


def test_the_head_of_a_press_release() -> None:
    text = (
        "FOR IMMEDIATE RELEASE\nMay 6, 2031\nContact:\nJane Doe\n(202) 555-0100\n\n"
        f"Council Opens Harbour\n\nWASHINGTON, D.C. – {PROSE}\n\n# # #\n\nPress Contact\nJane Doe"
    )
    assert zones(text, title="Council opens harbour") == [
        ("furniture", "FOR IMMEDIATE RELEASE"),
        ("dateline", "May 6, 2031"),
        ("furniture", "Contact:"),
        ("furniture", "Jane Doe"),
        ("furniture", "(202) 555-0100"),
        ("title", "Council Opens Harbour"),
        ("dateline", "WASHINGTON, D.C. –"),
        ("furniture", "# # #"),
        ("furniture", "Press Contact"),
        ("furniture", "Jane Doe"),
    ]


def test_the_list_of_sources_at_the_end() -> None:
    text = f"{PROSE}\n\nSources\n\nJane Doe. “Harbour opens” — Paper, May 6, 2031\nAnne Lee. “No”"
    assert [kind for kind, _ in zones(text)] == ["furniture"] * 3
    assert zones(f"{PROSE}\n\nSources\n\n{PROSE}") == []


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        (f"Harbour opens after talks\n\n{PROSE}", None, "Harbour opens after talks"),
        (f"Harbour opens after talks\nBy Jane Doe\n{PROSE}", None, "Harbour opens after talks"),
        (f"Harbour opens after talks\nLONDON — {PROSE}", None, "Harbour opens after talks"),
        (f"HARBOUR OPENS, now.\n{PROSE}", "Harbour opens now", "HARBOUR OPENS, now."),
        (f"Harbour opens after talks\n{PROSE}", None, None),
        (f"The harbour opened after talks.\n\n{PROSE}", None, None),
        (f"LONDON, England (AP) —\n\n{PROSE}", None, None),
        ("Harbour opens after talks", None, None),
        ("\n".join([PROSE] * 20) + "\nHarbour opens", "Harbour opens", None),
    ],
)  # fmt: skip
def test_titles(text: str, title: str | None, expected: str | None) -> None:
    found = [words for kind, words in zones(text, title=title) if kind == "title"]
    assert found == ([] if expected is None else [expected])


TURNS = [
    ("MR. EARNEST:", "Q", "MR. EARNEST:", "Q", "MR. EARNEST:", "Q"),
    ("THE PRESIDENT:", "Q", "THE PRESIDENT:", "Q", "THE PRESIDENT:", "Q"),
    ("SEN. SMITH:", "MS. DOE:", "SEN. SMITH:", "MS. DOE:", "SEN. SMITH:", "MS. DOE:"),
    ("Q:", "A:", "Q:", "A:", "Q:", "A:"),
    ("JANE DOE:", "JOHN ROE:", "JANE DOE:", "JOHN ROE:", "JANE DOE:", "JOHN ROE:"),
    ("Jane Doe:", "Roe:", "Jane Doe:", "Roe:", "Jane Doe:", "Roe:"),
    ("((WN))", "((Jane Doe))", "((WN))", "((Jane Doe))", "((WN))", "((Jane Doe))"),
]


@pytest.mark.parametrize("labels", TURNS)
def test_turns(labels: tuple[str, ...]) -> None:
    text = "\n\n".join(f"{label} {PROSE}" for label in labels)
    assert zones(text) == [("turn", label) for label in labels]


def test_the_edges_of_a_transcript() -> None:
    talk = "\n\n".join(f"{label} {PROSE}" for label in TURNS[0])
    text = (
        f"Aboard Air Force One\n\nEn Route Kyiv\n\n4:50 P.M. EDT\n\n{talk}\n\nEND\n\n5:10 P.M. EDT"
    )
    found = zones(text)
    assert [pair for pair in found if pair[0] != "turn"] == [
        ("furniture", "Aboard Air Force One"),
        ("furniture", "En Route Kyiv"),
        ("dateline", "4:50 P.M. EDT"),
        ("furniture", "END"),
        ("furniture", "5:10 P.M. EDT"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"WASHINGTON: {PROSE}",
        f"Background: {PROSE}\nBackground: {PROSE}\nNote: {PROSE}\nNote: {PROSE}",
        "Doe: 547.\nRoe: 46.\nDoe: 548.\nRoe: 47.",
        f"A: {PROSE}\nA: {PROSE}",
        f"The minister said this: {PROSE}\nThe minister said this: {PROSE}",
        f"MR. DOE: {PROSE}",
    ],
)
def test_no_turns(text: str) -> None:
    assert [pair for pair in zones(text) if pair[0] == "turn"] == []


def test_what_the_source_marked_stays_and_is_merged() -> None:
    text = f"By Jane Doe\nLONDON (AP) — {PROSE}\nAdvertisement"
    given_zone = Zone(kind="caption", spans=((0, 20),))
    found = find_zones(Report(text=text, zones=(given_zone,)))
    assert found[0] == given_zone
    assert [zone.kind for zone in found] == ["caption", "furniture"]


def test_offsets_are_code_points() -> None:
    text = f"👩‍🚒 e\u0301\r\n\r\nBy Jane Doe\r\n\r\nLONDON (AP) — {PROSE}"
    assert zones(text) == [("byline", "By Jane Doe"), ("dateline", "LONDON (AP) —")]


_line = st.one_of(
    st.sampled_from(
        ["By Jane Doe", "LONDON (AP) —", "Q ", "MR. DOE: no.", "###", "Advertisement", "",
         "May 6, 2031", "Contact: x", "Sources", "(Photo: x)", "Harbour opens after talks", PROSE,
         " \u00a0", "((x))"]
    ),
    st.text(max_size=40),
)  # fmt: skip


@given(st.lists(_line, max_size=25), st.sampled_from(["\n", "\r\n", "\n\n", "\r", "\u2028"]), _line)
def test_zones_are_exact_and_in_order(lines: list[str], end: str, title: str) -> None:
    text = end.join(lines)
    last = 0
    for zone in find_zones(Report(text=text, title=title)):
        assert zone.kind in LABELS["zone"]
        ((start, stop),) = zone.spans
        assert last <= start < stop <= len(text)
        assert text[start:stop] == text[start:stop].strip()
        last = stop


@pytest.mark.parametrize(
    "unit",
    ["A", "A ", "Ab Cd, ", "(", "((", "By Aa Bb, ", "Q a\n", "A\n", "\n", "AB CD, EF, (AP)\n", "x ",
     "copyright © 2031 ", "(photo ", "12:34 ", "May 1 ", "a@b", " ", "\u00a0", "👩‍🚒", "-"],
)  # fmt: skip
def test_a_megabyte_of_anything_is_read(unit: str) -> None:
    assert isinstance(find_zones(Report(text=unit * (1_000_000 // len(unit)))), tuple)


def test_no_sentence_of_the_guardian_is_a_zone(shared: Path) -> None:
    """Plain running text, a paragraph a report: nothing in it is a zone."""
    path = shared / "corpora" / "guardian" / "docs.jsonl"
    texts = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    assert [zones(text) for text in texts if zones(text)] == []


def test_gold_events_and_attributions_stand_outside_of_zones(shared: Path) -> None:
    """Of what annotators marked in whole articles, only titles may lie in zones."""
    folder = shared / "bench" / "attribution" / "dev"
    reports = map(json.loads, (folder / "docs.jsonl").read_text("utf-8").splitlines())
    gold = {
        entry["id"]: entry["attributions"]
        for entry in map(json.loads, (folder / "gold.jsonl").read_text("utf-8").splitlines())
    }
    inside = 0
    for doc in reports:
        found = find_zones(Report(text=doc["text"], title=doc["title"]))
        spans = [zone.spans[0] for zone in found if zone.kind != "title"]
        for attribution in gold[doc["id"]]:
            for start, end in attribution["content"]["spans"]:
                inside += any(start < stop and end > first for first, stop in spans)
    assert inside == 0
