"""Copies: what joins, what does not, and an index that goes on where it was."""

from __future__ import annotations

import random
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reconcile import copies_postings
from onrecord.reconcile.copies import Appearance, cluster_copies, origin, same_name
from onrecord.reconcile.copies_index import RARE, CopyIndex, IndexRow, Match
from onrecord.reconcile.copies_postings import Postings
from onrecord.reconcile.lines import Document

SYLLABLES = ("ka", "lo", "mir", "ten", "va", "sho", "bel", "dur", "ni", "pra", "gol", "est")


def body(seed: int, words: int) -> str:
    """Prose of its own for each seed: made-up words, with a name or a number now and then."""
    rng = random.Random(seed)

    def word() -> str:
        return "".join(rng.choices(SYLLABLES, k=rng.randint(2, 4)))

    out = []
    for at in range(words):
        fact = at % 7 == 3
        out.append((word().title() if rng.random() < 0.6 else str(rng.randint(2, 9999)))
                   if fact else word())  # fmt: skip
        if at % 15 == 14:
            out[-1] += "."
    return " ".join(out)


FURNITURE = (
    "Accept all to go on reading. We and our partners keep facts about your device so that pages "
    "load faster and the advertising fits. Sections: World, Money, Sport, Weather, Letters. Save a "
    "third on the first two months and cancel when you like.\n\n{}\n\nMore on this. Write to the "
    "editor. Most read: the best walks near you; how to heat a house for less; tables and fixtures."
)


def bulletin(seed: int) -> str:
    rng = random.Random(seed)
    place, other = (body(rng.randint(0, 10**6), 4).split()[3].title() + "grad" for _ in range(2))
    return (
        f"The coast guard said on {rng.randint(1, 28)} May that {rng.randint(20, 99)} people were "
        f"brought ashore at {place} in {rng.randint(2, 19)} boats. {rng.randint(2, 9)} needed a "
        f"doctor, and {rng.randint(20, 99)} were taken by bus to the hall in {other} for the "
        f"night. Since the first of the year {rng.randint(1000, 9999)} have come by this route, "
        "the coast guard said, and it asked captains to report every boat that they pass."
    )


def minutes(seed: int) -> str:
    """A form whose names are its own: only numbers change."""
    rng = random.Random(seed)
    count = [rng.randint(1000, 9999) for _ in range(6)]
    return (
        f"The Harbour Board of North Velmora met at Quay House on Lorn Street under Alda Benn and "
        f"Piet Ostrava of the Sailors Union and heard that {count[0]} crates had come in from the "
        f"Outer Isles and {count[1]} had gone out by the Long Canal. The Board of North Velmora "
        f"asked the Customs Office to pay {count[2]} to the Widows Fund and {count[3]} to the "
        f"Lighthouse Trust of Cape Dorn. Alda Benn read out bills of {count[4]} for tar and "
        f"{count[5]} for rope, which the Sailors Union of North Velmora did not dispute."
    )


def clusters(texts: list[str]) -> list[int]:
    """For each text the number of the first text of its cluster."""
    made = cluster_copies([Document(id=str(n), text=text) for n, text in enumerate(texts)])
    first: dict[str, int] = {}
    return [first.setdefault(item.cluster, n) for n, item in enumerate(made)]


@pytest.mark.parametrize("count", [2, 5, RARE + 1, 3 * RARE])
@pytest.mark.parametrize(
    "kind",
    [lambda n: FURNITURE.format(body(n, 60)), bulletin, minutes],
    ids=["furniture", "form", "numbers"],
)
def test_furniture_and_forms_join_nothing(kind: object, count: int) -> None:
    assert callable(kind)
    assert clusters([kind(n) for n in range(count)]) == list(range(count))


def test_a_text_printed_by_many_is_not_furniture() -> None:
    text = body(1, 200)
    printed = [f"{body(50 + n, 2).upper()} ({body(90 + n, 1).title()} News) - {text}"
               for n in range(3 * RARE)]  # fmt: skip
    assert set(clusters(printed)) == {0}


def test_copies_between_furniture() -> None:
    """Two outlets carry one text; each has furniture that its other pages share."""
    text = body(2, 90)
    pages = [FURNITURE.format(body(200 + n, 60)) for n in range(2 * RARE)]
    assert clusters([*pages, FURNITURE.format(text), text]) == [*range(2 * RARE + 1), 2 * RARE]


def changed(text: str, every: int) -> str:
    """Each ``every``-th plain word put otherwise; names and numbers kept."""
    words = text.split()
    for at in range(5, len(words), every):
        if words[at].islower():
            words[at] = words[at][::-1]
    return " ".join(words)


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (body(3, 300), "same"),
        (body(3, 300).upper(), "same"),
        (" ".join(body(3, 300).split()[:110]), "cut"),
        (" ".join(body(3, 300).split()[150:] + body(3, 300).split()[:150]), "same"),
        (changed(body(3, 300), 16), "rewritten"),
        (body(4, 300) + " " + " ".join(body(3, 300).split()[20:80]), "quotes"),
        (body(4, 300), None),
        (body(4, 300) + " " + " ".join(body(3, 300).split()[20:35]), None),
    ],
    ids=["same", "case", "cut", "reordered", "rewritten", "quotes", "other", "sentence"],
)
def test_kinds(other: str, kind: str | None) -> None:
    texts = {"a": body(3, 300), "b": other}
    index = CopyIndex(texts.__getitem__)
    index.add("a", texts["a"])
    _, added = index.add("b", texts["b"])
    assert [match.likeness.kind for match in added.matches] == ([kind] if kind else [])


def test_a_quotation_is_told_and_joins_nothing() -> None:
    quoting = body(4, 300) + " " + " ".join(body(3, 300).split()[20:80])
    made = cluster_copies([Document("a", body(3, 300)), Document("b", quoting)])
    assert [item.cluster for item in made] == ["a", "b"]
    assert made[1].why == {"quotes": ["a"]}


def test_matches_that_leant_on_furniture_are_withdrawn() -> None:
    """Pages whose bodies hold no fact look like copies, until enough pages show what they share."""
    plain = [" ".join(w.lower() for w in body(300 + n, 40).split() if not w.isdigit())
             for n in range(RARE + 1)]  # fmt: skip
    texts = {str(n): FURNITURE.format(text) for n, text in enumerate(plain)}
    index = CopyIndex(texts.__getitem__)
    joined: set[tuple[str, str]] = set()
    for id_, text in texts.items():
        _, added = index.add(id_, text)
        joined |= {(match.left, match.right) for match in added.matches}
        assert joined >= set(added.withdrawn)
        joined -= set(added.withdrawn)
    assert joined == {(match.left, match.right) for match in index.matches} == set()


def test_an_index_goes_on_from_its_rows() -> None:
    texts = {str(n): FURNITURE.format(body(400 + n // 2, 70)) for n in range(30)}

    def run(stop: int) -> list[Match]:
        index = CopyIndex(texts.__getitem__)
        rows: list[IndexRow] = []
        for n, (id_, text) in enumerate(texts.items()):
            if n == stop:
                index = CopyIndex(texts.__getitem__, rows, list(index.matches))
            rows.append(index.add(id_, text)[0])
        return list(index.matches)

    whole = run(-1)
    assert {(m.left, m.right) for m in whole} == {(str(n), str(n + 1)) for n in range(0, 30, 2)}
    assert run(11) == run(24) == whole


def test_an_id_is_added_once() -> None:
    index = CopyIndex(lambda _: "")
    index.add("a", "")
    with pytest.raises(ValueError, match="'a' is in the index already"):
        index.add("a", "words")


def made(id_: str, day: str | None = None, source: str | None = None, credit: str | None = None,
         words: int = 9) -> Appearance:  # fmt: skip
    return Appearance(id=id_, published=day, source=source, credit=credit, words=words)


@pytest.mark.parametrize(
    ("together", "first", "told_by"),
    [
        ([made("a", "2031-02-02"), made("b", "2031-02-01")], "b", "date"),
        ([made("a", "2031-02-02"), made("b")], "a", "date"),
        ([made("a", "2031-02-02T09:00:00Z", words=5), made("b", "2031-02-02", words=8)],
         "b", "length"),
        ([made("a"), made("b")], "a", "order"),
        ([made("a", "2031-02-01", "Herald", "Wire"), made("b", "2031-02-02", "Wire")],
         "b", "credit"),
        ([made("a", "2031-02-01", "Herald", "LNA"), made("b", "2031-02-02", "Lorn News Agency")],
         "b", "credit"),
        ([made("a", "2031-02-01", "Wire", "Wire"), made("b", "2031-01-30", "Herald")],
         "b", "date"),
    ],
)  # fmt: skip
def test_origin(together: list[Appearance], first: str, told_by: str) -> None:
    number, by = origin(together)
    assert (together[number].id, by) == (first, told_by)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Reuters", "REUTERS", True),
        ("The Associated Press", "AP", True),
        ("AP", "Associated Press", True),
        ("Associated Press", "ap", False),
        ("Reuters", "AP", False),
        (None, "AP", False),
        ("", "", False),
    ],
)
def test_same_name(one: str | None, other: str | None, same: bool) -> None:
    assert same_name(one, other) is same


@given(st.lists(st.lists(st.integers(0, 20), max_size=6, unique=True), max_size=20))
def test_postings_hold_what_was_added(texts: list[list[int]]) -> None:
    expected: dict[int, list[int]] = defaultdict(list)
    postings = Postings()
    kept, copies_postings.BUFFER = copies_postings.BUFFER, 7
    try:
        for number, values in enumerate(texts):
            postings.add(number, np.array(values, np.uint64))
            for value in values:
                expected[value].append(number)
    finally:
        copies_postings.BUFFER = kept
    asked = np.arange(21, dtype=np.uint64)
    assert [sorted(held) for held in postings.holders(asked)] == [expected[n] for n in range(21)]
    assert postings.counts(asked).tolist() == [len(expected[n]) for n in range(21)]
