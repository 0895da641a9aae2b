"""Reasons on invented sentences: kinds, contents, what they explain, and what is none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.reading import permissions, reasons
from onrecord.reading.contract import Parts
from onrecord.reading.parse import load_pipeline, parse
from onrecord.record.model import Reason
from onrecord.record.report import Report


def read(text: str) -> Sequence[Reason]:
    page = parse(Report(text=text), load_pipeline())
    parts = Parts()
    parts.permissions = permissions.read(page, parts)
    return reasons.read(page, parts)


KINDS = [
    ("The school closed because of snow.", "cause", "snow"),
    ("The house was sold after its owner died.", "cause", "its owner died"),
    ("Shares fell, owing to lower demand.", "cause", "lower demand"),
    ("Sanctions were imposed in response to the attack.", "cause", "the attack"),
    ("The mayor resigned over the scandal.", "cause", "the scandal"),
    ("The walkout was prompted by a wage cut.", "cause", "a wage cut"),
    ("They dug a ditch to keep goats out.", "aim", "keep goats out"),
    ("It is a law designed to protect bees.", "aim", "protect bees"),
    ("The lane was widened so that buses can pass.", "aim", "buses can pass"),
    ("The aim of the talks is to end the war.", "aim", "end the war"),
    ("In an effort to cut costs, the firm closed two plants.", "aim", "cut costs"),
    ("The council resisted the plan, citing the cost.", "objection", "the cost"),
    ("The judge rejected the plea because it came late.", "objection", "it came late"),
    ("They had concerns about the price.", "objection", "the price"),
    ("The guards kept the gates shut for fear of a crush.", "risk", "a crush"),
    ("Engineers warned that the dam could burst.", "risk", "the dam could burst"),
    ("Doctors are deeply worried about a shortage.", "risk", "a shortage"),
    ("Mr Lee was jailed for his part in the riot.", "cause", "his part in the riot"),
    ("The minister has come under fire for his handling of the strike.",
     "cause", "his handling of the strike"),
    ("The school was closed for safety reasons.", "cause", "safety reasons"),
    ("This is the result of their refusal to pay.", "cause", "their refusal to pay"),
    ("He cited the war as his motivation.", "cause", "the war"),
    ("As gas is cheap, it is in demand.", "cause", "gas is cheap"),
    ("The party paid a fee to join the race.", "aim", "join the race"),
    ("The council blocked the merger, saying it would harm shoppers.",
     "objection", "it would harm shoppers"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "content"), KINDS)
def test_kind_and_content(text: str, kind: str, content: str) -> None:
    (entry,) = read(text)
    assert (entry.kind, entry.content.text) == (kind, content)


@pytest.mark.parametrize(
    "text",
    [
        "She wants to leave the party.",
        "The court ordered them to pay.",
        "Exports are due to resume in June.",
        "The storm passed two days after the vote was held.",
        "The bill was hard to read.",
        "It takes courage to say so.",
        "He used to live there.",
        "The paper published the figures, citing officials.",
        "",
    ],
)
def test_what_is_no_reason(text: str) -> None:
    assert read(text) == []


def test_adverbial_of_result_points_to_the_sentence_before() -> None:
    (entry,) = read("The dam cracked in May. As a result, the road was shut.")
    assert (entry.kind, entry.content.text) == ("cause", "The dam cracked in May")
    assert entry.of is not None
    assert entry.of.text == "the road was shut"


def test_of_refers_to_the_permission() -> None:
    (entry,) = read("The governor revoked the permits because a bottle exploded.")
    assert entry.of is not None
    assert entry.of.text == "The governor revoked the permits"
    assert entry.of_ref == "r1"


PIECES = st.sampled_from(
    [
        "It closed because of snow. ", "because ", "🚧 so that buses can pass.\r\n",
        "Zoë\u0301 left, citing the cost.\n\n", "“They fear a crush,” he said. ", "after. ",
        "due to ", "to ", "   ", "That is why they left. ", "so ", "\u200b",
    ]
)  # fmt: skip


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=6).map("".join))
def test_spans_are_exact(text: str) -> None:
    for entry in read(text):
        for word in (entry.anchor, entry.content, entry.of):
            if word is None:
                continue
            pieces = [text[start:end] for start, end in word.spans]
            assert " ".join(pieces) == word.text
            assert all(piece == piece.strip() and piece for piece in pieces)


@pytest.mark.parametrize(
    "text",
    [
        "They made a decision to close the school.",
        "A deal had been reached to let the fighters go.",
        "She became the first minister to visit the island.",
        "We count on the town to act.",
        "He was meant to arrive on Monday.",
        "What steps has the ministry taken to protect the river?",
        "There is no doubt that prices will fall.",
        "The rise was expected to be triggered by March.",
    ],
)
def test_no_aim_and_no_fear(text: str) -> None:
    assert not read(text)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Many had fled as result of the flood.", "the flood"),
        ("The port shut its gates. In response, the owners sued.", "The port shut its gates"),
    ],
)
def test_results(text: str, content: str) -> None:
    (entry,) = read(text)
    assert (entry.kind, entry.content.text) == ("cause", content)


@pytest.mark.parametrize(
    "text",
    [
        "Having given birth in May, she went home.",
        "Thank you for coming to the hall.",
        "Countries seeking to join the club wait.",
        "It is commonplace to close the road.",
        "There was nowhere to go.",
        "He told his concerns to the ministry.",
        "The virus that causes the disease is old.",
        "The town, as the place is known, is small.",
    ],
)
def test_look_alikes_are_no_reasons(text: str) -> None:
    assert read(text) == []


def test_a_bare_noun_of_decision_refers_to_the_decision() -> None:
    text = (
        "The council banned lorries from the bridge. "
        "One goal of the move is to protect the old stones."
    )
    page = parse(Report(text=text), load_pipeline())
    parts = Parts()
    parts.permissions = permissions.read(page, parts)
    (entry,) = reasons.read(page, parts)
    assert entry.of_ref == parts.permissions[0].id


def test_a_clause_before_that_is_why_is_the_cause() -> None:
    (entry,) = read("We know the risk well, and that is why we have closed the pit.")
    assert (entry.kind, entry.content.text) == ("cause", "We know the risk well")


@pytest.mark.parametrize(
    "text",
    [
        "The firm has a campaign to inform its staff to leave early.",
        "The bank notified clients to change their codes.",
        "Of course, trade matters to the farmers, so I think the minister knows them.",
        "The road is closed, so I guess we walk.",
    ],
)
def test_what_is_told_and_thought_is_no_reason(text: str) -> None:
    assert read(text) == []


def test_what_followed_is_still_explained() -> None:
    (entry,) = read("The mill closed, so the town shrank.")
    assert (entry.kind, entry.content.text) == ("cause", "The mill closed")
