"""Sides of events weighed again: bids, and what is chosen among them."""

from __future__ import annotations

import pytest

from onrecord.reading.events.roles import Roles, roles
from onrecord.reading.events.sides import Bid, beside, bids, chosen, sides
from onrecord.reading.events.triggers import Candidate, candidates
from onrecord.reading.parse import load_pipeline, parse
from onrecord.record.report import Report

CASES = [
    # text, actors, recipients: what the grammar alone gets wrong or leaves open
    (
        "The Northland government offered to send 3,000 troops to Somalia.",
        ["government"], ["Somalia"],
    ),
    (
        "The army launched a coordinated attack that included tanks on the rebels in the east.",
        ["army"], ["rebels"],
    ),
    ("Police arrested him and charged her.", ["Police"], ["him"]),
]  # fmt: skip


def _first(text: str) -> tuple[Candidate, Roles]:
    page = parse(Report(text=text), load_pipeline())
    candidate = candidates(page.sentences[0])[0]
    return candidate, roles(candidate)


@pytest.mark.parametrize(("text", "actors", "recipients"), CASES)
def test_sides(text: str, actors: list[str], recipients: list[str]) -> None:
    candidate, cast = _first(text)
    found = sides(candidate, candidate.type, cast, True)
    assert [t.text for t in found.actors] == actors
    assert [t.text for t in found.recipients] == recipients


def test_times_and_the_anchor_make_no_bid() -> None:
    candidate, cast = _first("The army carried out an attack on the town on Monday.")
    words = {bid.token.text for bid in bids(candidate, candidate.type, cast)}
    assert words == {"army", "town"}


def _judged(text: str, chances: dict[str, tuple[float, float]]) -> tuple[list[Bid], Roles]:
    candidate, cast = _first(text)
    made = bids(candidate, candidate.type, cast)
    return [Bid(b.token, b.features, *chances.get(b.token.text, (0.0, 0.0))) for b in made], cast


def test_a_list_is_chosen_whole() -> None:
    text = "The army attacked the port and the bridge near the school."
    chances = {"army": (0.9, 0.0), "port": (0.0, 0.6), "bridge": (0.0, 0.2), "school": (0.0, 0.2)}
    judged, cast = _judged(text, chances)
    found = chosen(judged, cast, (0.3, 0.3))
    assert [t.text for t in found.recipients] == ["port", "bridge"]


def test_the_grammar_answers_where_nothing_is_likely() -> None:
    judged, cast = _judged("The army attacked the port.", {})
    found = chosen(judged, cast, (0.3, 0.3))
    assert ([t.text for t in found.actors], [t.text for t in found.recipients]) == (
        ["army"],
        ["port"],
    )


def test_beside_the_main_event_the_actor_stays_and_recipients_lie_below() -> None:
    text = "The army attacked the port, and the mayor fled to the school."
    judged, cast = _judged(text, {"mayor": (0.9, 0.0), "school": (0.0, 0.9)})
    found = beside(judged, cast, {b.token.i for b in judged if b.token.text == "port"})
    assert [t.text for t in found.actors] == ["army"]
    assert [t.text for t in found.recipients] == ["port"]


def test_why_says_who_chose() -> None:
    chances = {"army": (0.9, 0.0), "port": (0.0, 0.0), "mayor": (0.0, 0.9)}
    judged, cast = _judged("The army attacked the port beside the mayor.", chances)
    found = chosen(judged, cast, (0.3, 0.3))
    assert [t.text for t in found.recipients] == ["mayor"]
    assert "learned-recipients" in found.how
