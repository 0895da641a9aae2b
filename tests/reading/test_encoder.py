"""The encoder and the attribution heads, on a tiny model with random weights."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.models import Models
from onrecord.reading.attributions.heads import AttributionHeads, Found, distances, heads, spans
from onrecord.reading.encoder import Encoder, encoder, encoding, windows
from onrecord.reading.encoder_text import split
from onrecord.reading.heads_decode import (
    Candidate,
    Settings,
    candidates,
    confidence,
    cues,
    settle,
)
from onrecord.reading.parse import load_pipeline, parse
from onrecord.record.report import Report

TINY = Path(__file__).resolve().parent.parent / "data" / "tiny_model"
WEIGHTS = Models(TINY)
TOKENIZER = WEIGHTS.tokenizer()
ENCODER = Encoder(WEIGHTS)
HEADS = AttributionHeads(WEIGHTS)

ODD = st.text(
    alphabet=st.one_of(
        st.sampled_from(list("ab Z9.,“”\"'’\r\n\t\u0301\u200b\ufeff—😀👩🏽‍⚖️İßﬁ\x00")),
        st.characters(codec="utf-8"),
    ),
    max_size=200,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("  \r\n ", []),
        ("He said no.", ["He", "said", "no", "."]),
        ("“No,” she\r\nsaid", ["“", "No", ",", "”", "she", "said"]),
        ("Cafe\u0301 owners", ["Cafe\u0301", "owners"]),
        ("ok 👍🏽 ok", ["ok", "👍🏽", "ok"]),
        ("no no no", ["no", "no", "no"]),
    ],
)
def test_words_are_the_very_characters(text: str, words: list[str]) -> None:
    pieces = split(text, TOKENIZER)
    found = [text[s:e] for s, e in zip(pieces.starts, pieces.ends, strict=True)]
    assert found == words


@given(ODD)
@settings(max_examples=150, deadline=None)
def test_words_are_in_order_and_never_blank(text: str) -> None:
    pieces = split(text, TOKENIZER)
    assert len(pieces.first) == pieces.words + 1
    assert pieces.first[-1] == len(pieces.ids) == len(pieces.shapes)
    last = 0
    for start, end in zip(pieces.starts.tolist(), pieces.ends.tolist(), strict=True):
        assert last <= start < end <= len(text)
        assert text[start:end].strip()
        last = end


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("he said “a b” c", "0011100"),
        ('he said "a b" c', "0011100"),
        ("“a\n\nb", "110"),
        ('"a" and "b"', "1100110"),
        ('stray " mark\nagain', "0110"),
        ("”a“ b", "0011"),
    ],
)
def test_words_between_quote_marks(text: str, inside: str) -> None:
    pieces = split(text, TOKENIZER)
    assert "".join(str(pieces.shapes[i] % 2) for i in pieces.first[:-1]) == inside


@given(st.integers(0, 900), st.integers(0, 8))
@settings(max_examples=60, deadline=None)
def test_every_word_is_spoken_for_once(length: int, every: int) -> None:
    text = " ".join("a" * (1 + i * every % 19) for i in range(length))
    pieces = split(text, TOKENIZER)
    cuts = windows(pieces, 64, 16)
    spoken = [word for cut in cuts for word in range(cut.low, cut.high)]
    assert spoken == list(range(pieces.words))
    for cut in cuts:
        assert cut.first <= cut.low < cut.high <= cut.last
        assert pieces.first[cut.last] - pieces.first[cut.first] <= 62


def test_a_window_does_not_depend_on_what_else_is_read() -> None:
    text = "The mayor said “no” to it. " * 12
    alone = ENCODER.encode(text)
    ENCODER.encode("Something else entirely.\n" * 40)
    again = ENCODER.encode(text)
    assert len(alone.windows) > 3
    for one, other in zip(alone.windows, again.windows, strict=True):
        assert one.words.tobytes() == other.words.tobytes()


def test_another_process_gives_the_same_bytes() -> None:
    code = (
        "import hashlib, pathlib\n"
        "from onrecord.models import Models\n"
        "from onrecord.reading.encoder import Encoder\n"
        f"encoded = Encoder(Models(pathlib.Path({str(TINY)!r}))).encode('She said no. ' * 30)\n"
        "print(hashlib.sha256(b''.join(w.words.tobytes() for w in encoded.windows)).hexdigest())\n"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    assert runs[0].stdout == runs[1].stdout


@given(ODD)
@settings(max_examples=60, deadline=None)
def test_spans_are_exact_on_odd_text(text: str) -> None:
    for found in HEADS.read(text, ENCODER.encode(text), least=0.0):
        check(text, found)


def check(text: str, found: Found) -> None:
    assert 0 <= found.score <= 1
    assert found.content
    for piece in (found.source, found.cue, found.content):
        last = -1
        for start, end in piece or ():
            assert last < start < end <= len(text)
            assert text[start:end] == text[start:end].strip()
            last = end


def test_random_weights_find_something_so_that_these_tests_mean_something() -> None:
    text = "The mayor said “no” to the plan of the council, and left. " * 4
    assert HEADS.read(text, ENCODER.encode(text), least=0.0)


def tags(words: int, *, begin: int, inside: tuple[int, ...] = ()) -> np.ndarray:
    scores = np.zeros((words, 9), dtype=np.float32)
    scores[:, 0] = 5
    scores[begin, 1] = 9
    for word in inside:
        scores[word, 2] = 9
    return scores


def test_a_cue_goes_on_over_the_words_inside_it() -> None:
    assert [c[:2] for c in cues(tags(6, begin=2, inside=(3, 5)), Settings())] == [(2, 3)]


def rows(words: int, content: str, source: tuple[int, int] | None) -> np.ndarray:
    """``content``: O, B or I for each word."""
    scores = np.zeros((1, words, 5), dtype=np.float32)
    for word, label in enumerate(content):
        scores[0, word, "OBI".index(label)] = 8
    if source:
        scores[0, source[0], 3] = 8
        scores[0, source[1], 4] = 8
    return scores


@pytest.mark.parametrize(
    ("content", "source", "pieces", "found"),
    [
        ("OOOBIIIO", (0, 1), [(3, 7)], (0, 2)),
        ("BIOOOBIO", (3, 3), [(0, 2), (5, 7)], (3, 4)),  # in two pieces
        ("OOOBIBIO", None, [(3, 7)], None),  # neighbours are one; no source
        ("OOOOIIIO", (0, 0), [(4, 7)], (0, 1)),  # inside without a beginning
        ("BIIIIIII", (0, 0), [(0, 2), (3, 8)], (0, 1)),  # the cue is never content
    ],
)
def test_content_and_source_of_a_cue(
    content: str,
    source: tuple[int, int] | None,
    pieces: list[tuple[int, int]],
    found: tuple[int, int] | None,
) -> None:
    scores = rows(8, content, source)

    def link(wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        assert wanted.tolist() == [[2, 2]]
        return scores, np.full((1, 2), 4.0, dtype=np.float32)

    (one,) = candidates(tags(8, begin=2), link, (0, 8), Settings())
    assert one.content == pieces
    assert one.source == found


def test_a_cue_that_another_window_owns_is_left_out() -> None:
    assert candidates(tags(8, begin=2), lambda _: 1 / 0, (3, 8), Settings()) == []  # type: ignore[arg-type,return-value]


def candidate(cue: tuple[int, int], content: list[tuple[int, int]], margin: float) -> Candidate:
    return Candidate(cue, content, None, (), np.full(20, margin, dtype=np.float32))


def test_a_word_that_two_contents_claim_goes_to_the_surer() -> None:
    one = candidate((0, 1), [(1, 8)], 1.0)
    other = candidate((12, 13), [(6, 12)], 2.0)
    assert [c.content for c, _ in settle([(one, 0.5), (other, 0.5)])] == [[(1, 6)], [(6, 12)]]


def test_a_content_inside_another_stays_whole() -> None:
    outer = candidate((0, 1), [(1, 12)], 1.0)
    inner = candidate((4, 5), [(5, 9)], 2.0)
    found = [c.content for c, _ in settle([(outer, 0.5), (inner, 0.5)])]
    assert found == [[(1, 12)], [(5, 9)]]


def test_a_content_that_loses_most_of_itself_is_left_out() -> None:
    one = candidate((0, 1), [(5, 8)], 1.0)
    other = candidate((12, 13), [(5, 12)], 2.0)
    assert [c.cue for c, _ in settle([(one, 0.5), (other, 0.5)])] == [(12, 13)]


def test_distances_are_exact_near_and_coarse_far() -> None:
    (row,) = distances(400, np.array([[100, 101]]))
    assert row[100] == 33
    assert row[99] == 32
    assert row[116] == 49
    assert row[117] == 49
    assert row[399] <= 66
    assert row[0] >= 0
    assert (np.diff(row) >= 0).all()


def test_confidence_rises_with_its_features() -> None:
    chosen = Settings(score=(1.0, 1.0, -1.0))
    assert confidence((2.0, 1.0), chosen) > confidence((0.0, 0.0), chosen)
    assert confidence((1.0, 0.0), chosen) == pytest.approx(0.5)


SAID = [
    (
        "“We will not leave,” said Ana Petrova, the mayor of Lorne. Nobody answered.",
        "Ana Petrova",
        "We will not leave",
    ),
    (
        "The ministry confirmed on Friday that two ships had been sent to the island.",
        "The ministry",
        "that two ships had been sent to the island",
    ),
    (
        "The bridge will stay closed until spring, according to two senior engineers.",
        "two senior engineers",
        "The bridge will stay closed until spring",
    ),
    (
        "The plan, the minister said, would cost nine million dollars a year.",
        "the minister",
        "The plan would cost nine million dollars a year",
    ),
]


@pytest.mark.parametrize(("text", "source", "content"), SAID)
@pytest.mark.parametrize("line_end", ["", "\r\n\r\n😀 "])
def test_the_shipped_weights_read_plain_news(
    text: str, source: str, content: str, line_end: str
) -> None:
    text = line_end + text
    (found,) = heads().read(text, encoder().encode(text))
    assert found.source is not None
    assert source in " ".join(text[s:e] for s, e in found.source)
    assert content in " ".join(text[s:e] for s, e in found.content)
    check(text, found)


def test_a_page_is_encoded_once() -> None:
    page = parse(Report(text=SAID[0][0]), load_pipeline())
    assert encoding(page) is encoding(page)
    assert spans(page) == spans(page)
