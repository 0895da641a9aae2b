"""Text cut at the bounds of entries: nothing lost, nothing twice, each piece under its entries."""

from __future__ import annotations

import random

import pytest
from msgspec import structs

from onrecord.record.model import Record
from onrecord.web.marks import Piece, paragraphs, visible
from onrecord.web.stretches import entries, stretches
from tests.web.made import TEXT, Words, harbour, key, record


def pieces(made: Record) -> list[Piece]:
    return [piece for paragraph in paragraphs(made) for piece in paragraph.pieces]


def place(number: int, start: int, end: int, text: str) -> dict[str, object]:
    return {
        "id": f"p{number}",
        "key": key(number),
        "spans": [[start, end]],
        "text": text[start:end],
        "score": 1,
    }


def check(made: Record) -> None:
    """Pieces follow one another through the text, and hold the ids whose spans cover them."""
    text = made.text or ""
    found = pieces(made)
    covered = "".join(piece.text for piece in found)
    assert covered == text.replace("\n", "")
    for piece in found:
        end = piece.start + len(piece.text)
        assert text[piece.start : end] == piece.text
        for _, entry in entries(made):
            spans = [span for stretch in stretches(entry) for span in stretch.spans]
            inside = any(s <= piece.start and end <= e for s, e in spans)
            apart = all(e <= piece.start or end <= s for s, e in spans)
            assert inside or apart
            assert (entry.id in piece.ids) == inside


CASES = [
    ("nothing", "plain words", []),
    ("one", "plain words", [(0, 5)]),
    ("equal", "plain words", [(0, 5), (0, 5)]),
    ("nested", "plain words here", [(0, 16), (6, 11)]),
    ("overlapping", "plain words here", [(0, 11), (6, 16)]),
    ("touching", "plain words here", [(0, 5), (5, 11)]),
    ("over a line end", "plain\nwords", [(0, 11)]),
    ("astral and combining", "a\U0001f600e\u0301z", [(1, 2), (2, 4)]),
    ("empty lines", "\n\na\n\n\nb\n", [(2, 3), (6, 7)]),
    ("whole text", "x", [(0, 1)]),
]


@pytest.mark.parametrize(
    ("text", "spans"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_pieces_cover_the_text_once(text: str, spans: list[tuple[int, int]]) -> None:
    check(record(text, {"places": [place(n, s, e, text) for n, (s, e) in enumerate(spans, 1)]}))


def test_the_harbour() -> None:
    check(harbour())


@pytest.mark.parametrize("seed", range(20))
def test_any_spans(seed: int) -> None:
    chance = random.Random(seed)
    text = "".join(chance.choice("ab \n\u202e\U0001f600") for _ in range(40))
    spans = sorted(tuple(sorted(chance.sample(range(41), 2))) for _ in range(8))
    check(record(text, {"places": [place(n, s, e, text) for n, (s, e) in enumerate(spans, 1)]}))


def by_text(words: str, which: int = 0) -> Piece:
    return [piece for piece in pieces(harbour()) if piece.text == words][which]


@pytest.mark.parametrize(
    ("words", "which", "classes", "link"),
    [
        ("crossed", 0, {"said", "said-2", "ev", "ev-negated"}, "e1"),
        ("fled", 0, {"ev", "ev-actual"}, "e2"),
        ("may let", 0, {"said", "said-1", "perm"}, "r1"),
        ("because", 0, {"said", "said-1", "why", "why-0"}, "w1"),
        ("will", 0, {"said", "said-1", "fc", "fc-0"}, "f1"),
        ("said", 0, {"cue", "cue-0"}, "a1"),
        ("denied", 0, {"said", "said-1", "cue", "cue-0"}, "a2"),
        ("Monday", 0, {"tm", "tm-0"}, "t1"),
        ("Port Alma", 0, {"pl", "pl-0"}, "p1"),
        ("The minister", 0, {"src"}, None),
    ],
)
def test_how_words_are_marked(words: str, which: int, classes: set[str], link: str | None) -> None:
    piece = by_text(words, which)
    unmarked = {"en", "en-0", "perm-0"}
    assert set(piece.classes) - unmarked == classes
    assert piece.link == link


def test_brackets_open_and_close_each_content_once() -> None:
    found = pieces(harbour())
    opened = [id_ for piece in found for id_ in piece.opens]
    closed = [id_ for piece in found for id_ in piece.closes]
    assert sorted(opened) == sorted(closed) == ["a1", "a2", "a3", "a4"]
    assert by_text("crossed").roles == ("e1.anchor", "a1.content", "a2.content")


def test_an_interrupted_content_leaves_what_interrupts_it_unmarked() -> None:
    assert "said" not in by_text("officials").classes


def test_every_entry_has_one_target_in_the_text() -> None:
    found = [id_ for piece in pieces(harbour()) for id_ in piece.targets]
    assert sorted(found) == sorted(entry.id for _, entry in entries(harbour()))


def test_zones_are_told() -> None:
    assert [p.zone for p in paragraphs(harbour())] == ["byline", None, None, None]


def test_controls_are_shown_by_name() -> None:
    made = record("a\u202eb\x1bc", {"places": [place(1, 0, 3, "a\u202eb")]})
    shown = [piece.control for piece in pieces(made) if piece.control]
    assert shown == ["U+202E RIGHT-TO-LEFT OVERRIDE", "U+001B CONTROL"]


def test_a_record_without_text_has_no_paragraphs() -> None:
    assert paragraphs(structs.replace(harbour(), text=None)) == []


def test_visible_is_one_line_that_cannot_steer() -> None:
    assert visible(" a\u202e\n\tb\ud800 ") == "a\ufffd b\ufffd"


def test_words_helper_finds_what_the_text_holds() -> None:
    assert Words(TEXT)("Kesh", 1)["spans"] == [[TEXT.rindex("Kesh"), TEXT.rindex("Kesh") + 4]]
