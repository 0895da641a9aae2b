"""Events of invented sentences: type, sides, realis, anchors."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading import events
from onrecord.reading.contract import Parts
from onrecord.reading.parse import load_pipeline, parse
from onrecord.record.labels import LABELS
from onrecord.record.model import Attribution, Event, Sourced, Words
from onrecord.record.report import Report

CASES: list[tuple[str, str, str, list[str], list[str]]] = [
    # text, anchor, type, actors, recipients
    ("Northland shelled two villages.", "shelled", "ASSAULT", ["Northland"], ["two villages"]),
    (
        "Two villages were shelled by Northland.",
        "shelled", "ASSAULT", ["Northland"], ["Two villages"],
    ),
    (
        "The army carried out an attack on the town.",
        "carried out attack", "ASSAULT", ["The army"], ["the town"],
    ),
    (
        "The president met with the ambassador.",
        "met", "CONSULT", ["The president", "the ambassador"], [],
    ),
    (
        "The minister held talks with the rebels.",
        "held talks", "CONSULT", ["The minister", "the rebels"], [],
    ),
    (
        "The court accused the general of killing civilians.",
        "killing", "ASSAULT", ["the general"], ["civilians"],
    ),
    (
        "The minister condemned the Northland government.",
        "condemned", "ACCUSE", ["The minister"], ["the Northland government"],
    ),
    (
        "The council imposed sanctions on Northland.",
        "imposed sanctions", "SANCTION", ["The council"], ["Northland"],
    ),
    ("The government lifted the curfew.", "lifted curfew", "CONCEDE", ["The government"], []),
    (
        "The charity provided food to the refugees.",
        "provided", "AID", ["The charity"], ["the refugees"],
    ),
    (
        "The president urged the rebels to leave the town.",
        "urged", "REQUEST", ["The president"], ["the rebels"],
    ),
    ("Protesters marched through the capital.", "marched", "PROTEST", ["Protesters"], []),
    ("The general resigned.", "resigned", "RETREAT", ["The general"], []),
    ("Police arrested the editor.", "arrested", "COERCE", ["Police"], ["the editor"]),
    ("Envoys condemned the editor's arrest.", "arrest", "COERCE", [], ["the editor"]),
    (
        "The villagers have suffered persecution for years.",
        "persecution", "COERCE", [], ["The villagers"],
    ),
    (
        "He was in the port of Westhaven, when police arrested and charged him with theft.",
        "arrested", "COERCE", ["police"], ["him"],
    ),
    (
        "The editor was convicted and jailed by a court.",
        "convicted", "SANCTION", ["a court"], ["The editor"],
    ),
    (
        "The council calls on all sides to negotiate.",
        "calls", "REQUEST", ["The council"], ["all sides"],
    ),
    (
        "The court granted France permission to use the port.",
        "granted", "CONCEDE", ["The court"], ["France"],
    ),
    (
        "He was captured at the start of the year by the rebels.",
        "captured", "ASSAULT", ["the rebels"], ["He"],
    ),
    (
        "The coalition retaliated with airstrikes.",
        "airstrikes", "ASSAULT", ["The coalition"], [],
    ),
    (
        "Northland said it would not attend, blaming Eastmark’s weeklong offensive.",
        "offensive", "ASSAULT", ["Eastmark"], [],
    ),
    ("The villagers fled to Westhaven.", "fled", "RETREAT", ["The villagers"], []),
    (
        "The navy deployed warships to the strait.",
        "deployed", "MOBILIZE", ["The navy"], [],
    ),
]  # fmt: skip


def _read(text: str, parts: Parts | None = None, published: str | None = None) -> Sequence[Event]:
    page = parse(Report(text=text, published=published), load_pipeline())
    return events.read(page, parts or Parts())


def _find(found: Sequence[Event], anchor: str) -> Event:
    return next(event for event in found if event.anchor.text == anchor)


@pytest.mark.parametrize(("text", "anchor", "kind", "actors", "recipients"), CASES)
def test_events(
    text: str, anchor: str, kind: str, actors: list[str], recipients: list[str]
) -> None:
    event = _find(_read(text), anchor)
    assert event.type == kind
    assert [a.text for a in event.actors] == actors
    if recipients:
        assert [a.text for a in event.recipients] == recipients


@pytest.mark.parametrize(
    "text",
    [
        "The cake was delicious and the garden was in bloom.",
        "She reads novels in the evening.",
        "The results demonstrated that the drug works.",
    ],
)
def test_what_fits_no_type_is_no_event(text: str) -> None:
    assert not _read(text)


@pytest.mark.parametrize(
    ("text", "anchor", "kind", "realis"),
    [
        ("The president will visit Northland.", "visit", "AGREE", "future"),
        ("The president will not visit Northland.", "visit", "REJECT", "negated"),
        ("The union will boycott the vote.", "boycott", "THREATEN", "future"),
        ("The general threatened to shell the town.", "shell", "ASSAULT", "possible"),
        ("The president visited Northland.", "visited", "CONSULT", "actual"),
    ],
)
def test_what_is_to_come(text: str, anchor: str, kind: str, realis: str) -> None:
    event = _find(_read(text), anchor)
    assert (event.type, event.realis) == (kind, realis)


def test_several_in_order_and_one_main() -> None:
    text = "Police arrested the editor after protesters attacked a mosque and burned two houses."
    found = _read(text)
    assert [e.anchor.text for e in found] == ["arrested", "attacked", "burned"]
    assert [e.id for e in found] == ["e1", "e2", "e3"]
    assert sum(e.main for e in found) == 1
    assert found[0].main


def test_duty_asked_of_somebody() -> None:
    found = _read("The envoy said that Northland must release the prisoners.")
    request = _find(found, "must")
    assert (request.type, request.realis) == ("REQUEST", "actual")
    assert [a.text for a in request.recipients] == ["Northland"]
    assert _find(found, "release").realis == "possible"


def test_teller_for_a_pronoun() -> None:
    event = _find(_read("The army says it has shelled the town."), "shelled")
    assert [a.text for a in event.actors] == ["The army"]


def test_innermost_attribution() -> None:
    text = "Officials said the army shelled the town."
    words = Words(spans=((15, 40),), text=text[15:40])
    attribution = Attribution(
        id="a1", key="k", source=Sourced(spans=((0, 9),), text="Officials", kind="unnamed"),
        cue=None, content=words, quotation="indirect", stance="asserts", score=0.9,
    )  # fmt: skip
    event = _find(_read(text, Parts(attributions=[attribution])), "shelled")
    assert event.attribution == "a1"
    assert [(c.attribution, c.realis) for c in event.claims] == [("a1", "actual")]


def test_background() -> None:
    text = "The army has shelled the town since Northland invaded Eastmark in 2014."
    found = _read(text, published="2020-05-06")
    assert _find(found, "invaded").background


def test_same_event_told_again() -> None:
    text = "Northland attacked the village. Northland attacked the village, officials said."
    first, second = _read(text)
    assert second.same_as == first.id


def test_first_mention_lists_all_tellers() -> None:
    one, other = (
        "Northland attacked the village, officials said.",
        " Northland attacked the village.",
    )
    attributions = [
        Attribution(
            id=f"a{number}", key=f"k{number}", source=None, cue=None,
            content=Words(spans=((start, end),), text=(one + other)[start:end]),
            quotation="indirect", stance="asserts", score=0.9,
        )
        for number, (start, end) in enumerate(((0, 30), (48, len(one + other))), start=1)
    ]  # fmt: skip
    first, second = _read(one + other, Parts(attributions=attributions))
    assert second.same_as == first.id
    assert [c.attribution for c in first.claims] == ["a1", "a2"]
    assert [c.attribution for c in second.claims] == ["a2"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \r\n ",
        "🙂 The army\r\nshelled the villag\u0301e.\r\n\r\nThe army shelled the village. 🙂",
        "met met met, met. Met with Met!",
        "“We” (attack) — said: 'attack'?! and and of to, by by.",
    ],
)
def test_offsets(text: str) -> None:
    _check(text)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["the army", "attacked", "who", "Rebels", "said", ",", "to", "meet", "talks", "with",
             "Paris", "not", "will", "\n\n", "🙂", "killed", "by", "of", "“", "and", "."]
        ),
        max_size=25,
    )
)  # fmt: skip
def test_offsets_of_word_salad(words: list[str]) -> None:
    _check(" ".join(words))


def _check(text: str) -> None:
    page = parse(Report(text=text), load_pipeline())
    found = events.read(page, Parts())
    assert found == events.read(page, Parts())
    last = -1
    for number, event in enumerate(found, start=1):
        assert event.id == f"e{number}"
        assert event.type in LABELS["event_type"]
        assert event.realis in LABELS["realis"]
        assert event.anchor.spans[0][0] >= last
        last = event.anchor.spans[0][0]
        for words in (event.anchor, *event.actors, *event.recipients):
            assert words.text == " ".join(text[s:e] for s, e in words.spans)
            assert words.text == words.text.strip()
            assert words.spans
