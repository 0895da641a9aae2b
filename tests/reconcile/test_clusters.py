"""Copies, stories and events of a user's own lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reconcile.copies import cluster_copies
from onrecord.reconcile.coreference import cluster_events
from onrecord.reconcile.groups import Groups
from onrecord.reconcile.lines import Anchor, Document, EventLine, GivenEvent
from onrecord.reconcile.stories import cluster_stories

WORDS = (
    "The harbour council of Velmora voted late on Thursday to close the northern quay to tankers "
    "after a fire there killed eleven dockworkers and left the cranes unsafe, a clerk said. The "
    "vote was close. Fishermen had asked the council to wait until the season ended, but the "
    "insurers refused to cover any ship that berthed beside the burnt warehouse before an "
    "inspection had been carried out by engineers from the capital."
)
OTHER = (
    "Negotiators from Kelmar and Dorn left the river talks without a deal on Saturday. Neither "
    "side would say when they might meet again, and the third dam remains unfinished while the "
    "lenders wait for a report on the fish of the lower valley and the wells of the farmers."
)


def doc(id_: str, text: str, published: str | None = None) -> Document:
    return Document(id=id_, text=text, published=published)


CUT = WORDS[:260]
REHEADED = "UPDATE: QUAY SHUT\n\n" + WORDS.replace("The vote was close.", "It was a close vote.")


@pytest.mark.parametrize(
    ("texts", "groups"),
    [
        ([WORDS, OTHER], [0, 1]),
        ([WORDS, WORDS], [0, 0]),
        ([WORDS, OTHER, CUT], [0, 1, 0]),
        ([REHEADED, OTHER, WORDS], [0, 1, 0]),
        ([], []),
        (["", "short", "short"], [0, 1, 2]),
    ],
)
def test_copies(texts: list[str], groups: list[int]) -> None:
    made = cluster_copies([doc(str(n), text) for n, text in enumerate(texts)])
    first: dict[str, int] = {}
    found = [first.setdefault(item.cluster, n) for n, item in enumerate(made)]
    assert found == groups


def test_the_origin_is_the_first_published() -> None:
    late, early = doc("late", WORDS, "2031-05-08"), doc("early", CUT, "2031-05-07")
    made = {item.id: item for item in cluster_copies([late, early])}
    assert made["late"].of == "early"
    assert made["early"].of is None
    assert made["late"].why is not None
    assert made["late"].why["nearest"] == "early"


def test_stories() -> None:
    again = (
        "Kelmar and Dorn left the river talks without a deal. The third dam remains unfinished, "
        "and lenders wait for a report on fish and wells."
    )
    third = "The union called off its strike after the minister withdrew the pension plan."
    texts = {"a": OTHER, "b": WORDS, "c": again, "d": third}
    made = [item.cluster for item in cluster_stories([doc(*item) for item in texts.items()])]
    assert made == ["a", "b", "a", "d"]
    days = {"a": "2031-05-01", "c": "2031-07-01"}
    far = [doc(id_, text, days.get(id_)) for id_, text in texts.items()]
    assert [item.cluster for item in cluster_stories(far)] == ["a", "b", "c", "d"]


def test_events_join_by_lemma_in_like_texts() -> None:
    anchors = tuple(GivenEvent(Anchor(((n, n + 1),))) for n in range(2))
    lines = [EventLine("x", OTHER, anchors), EventLine("y", OTHER, anchors),
             EventLine("z", WORDS, anchors)]  # fmt: skip
    made = cluster_events(lines, [["leave", "meet"], ["meet", "vote"], ["meet", "vote"]])
    assert made == [["x#0", "x#1"], ["x#1", "y#1"], ["z#0", "z#1"]]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_groups_are_an_equivalence(pairs: list[tuple[int, int]]) -> None:
    groups = Groups(range(10))
    for one, other in pairs:
        groups.join(one, other)
    for one, other in pairs:
        assert groups.root(one) == groups.root(other)
    for item in range(10):
        assert groups.root(groups.root(item)) == groups.root(item)
        assert groups.root(item) <= item
