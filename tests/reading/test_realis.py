"""How events are told: invented sentences, each with the anchor asked for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.contract import Parts
from onrecord.reading.parse import load_pipeline, parse
from onrecord.reading.realis import Judgement, judge
from onrecord.reading.realis.signatures import VALUES, signature
from onrecord.record.labels import LABELS
from onrecord.record.report import Report

CASES = [
    # tense, modal verbs, negation
    ("The army shelled the village on Friday.", "shelled", "actual"),
    ("The army has not shelled the village.", "shelled", "negated"),
    ("No soldiers were killed.", "killed", "negated"),
    ("The army will shell the village.", "shell", "future"),
    ("The army may shell the village.", "shell", "possible"),
    ("The army no longer attacks the port.", "attacks", "negated"),
    ("The courts rarely punish ministers.", "punish", "generic"),
    ("The envoys are to meet on Friday.", "meet", "future"),
    ("Did the army shell the village?", "shell", "possible"),
    ("Why did the army shell the village?", "shell", "actual"),
    ("Police arrest minister in dawn raid", "arrest", "actual"),
    # what a verb above makes of it
    ("The rebels planned to attack the town.", "attack", "future"),
    ("The rebels threatened to attack the town.", "attack", "possible"),
    ("The rebels failed to attack the town.", "attack", "negated"),
    ("The rebels managed to attack the town.", "attack", "actual"),
    ("The rebels did not manage to attack the town.", "attack", "negated"),
    ("The rebels refused to attack the town.", "attack", "negated"),
    ("The minister urged the rebels to attack the town.", "attack", "possible"),
    ("The army was forced to attack the town.", "attack", "actual"),
    ("The general denied that his men had attacked the town.", "attacked", "negated"),
    ("The general denied having attacked the town.", "attacked", "negated"),
    ("The general said that his men had attacked the town.", "attacked", "actual"),
    ("The general said that his men would attack the town.", "attack", "future"),
    ("Villagers fear that the rebels will attack the town.", "attack", "possible"),
    ("The court accused the general of attacking the town.", "attacking", "actual"),
    ("Police prevented the crowd from attacking the embassy.", "attacking", "negated"),
    ("He is believed to have attacked the embassy.", "attacked", "actual"),
    ("The army began shelling the town.", "shelling", "actual"),
    ("They left without attacking the town.", "attacking", "negated"),
    # nouns
    ("The army carried out an attack on the town.", "attack", "actual"),
    ("The army did not carry out an attack.", "attack", "negated"),
    ("The rebels planned an attack on the town.", "attack", "future"),
    ("The minister condemned the attack on the town.", "attack", "actual"),
    ("The minister did not condemn the attack.", "attack", "actual"),
    ("There are fears of an attack on the town.", "attack", "possible"),
    ("Police foiled an attack on the embassy.", "attack", "negated"),
    ("The talks were cancelled.", "talks", "negated"),
    ("The talks will take place on Monday.", "talks", "future"),
    ("The talks took place on Monday.", "talks", "actual"),
    ("He fled after the attack.", "attack", "actual"),
    ("No attack was reported.", "attack", "negated"),
    ("The rebels rejected calls for a truce.", "calls", "actual"),
    ("The minister dismissed the accusation.", "accusation", "actual"),
    ("He was suspected of attacking the embassy.", "attacking", "possible"),
    ("Police found a suspected attack.", "attack", "possible"),
    ("The minister announced a meeting for Friday.", "meeting", "future"),
    ("The law that prevented the attack was changed.", "law", "actual"),
    ("She was the first woman to lead the army.", "lead", "actual"),
    ("Under this agreement, the army will leave the town.", "agreement", "actual"),
    ("Rebels to be released on Monday", "released", "future"),
    ("The minister warned of a possible attack.", "attack", "possible"),
    ("The rebels abandoned their plan to attack the town.", "attack", "possible"),
    # conditionals
    ("If the rebels attack the town, the army will respond.", "attack", "conditional"),
    ("If the rebels attack the town, the army will respond.", "respond", "conditional"),
    ("Had the rebels attacked the town, the army would have fled.", "attacked", "conditional"),
    ("The rebels who attacked the town may leave.", "attacked", "actual"),
    # what a noun hangs on, through prepositions
    ("The standoff could turn into a blockade.", "blockade", "possible"),
    ("The dispute turned into a blockade.", "blockade", "actual"),
    ("The minister had the right to use missiles for strikes on ports.", "strikes", "possible"),
    ("The army could respond to the attack.", "attack", "actual"),
    ("The council lifted limits on the use of missiles for strikes.", "strikes", "possible"),
    ("Torture is systemic there.", "Torture", "generic"),
    (
        "By withdrawing support for the rebels, the president helped them lose.",
        "support",
        "negated",
    ),
]


def _judge(text: str, word: str) -> Judgement:
    start = text.index(word)
    page = parse(Report(text=text), load_pipeline())
    return judge(page, Parts(), [((start, start + len(word)),)])[0]


@pytest.mark.parametrize(("text", "word", "expected"), CASES)
def test_realis(text: str, word: str, expected: str) -> None:
    found = _judge(text, word)
    assert found.realis == expected, found.trail


def test_factuality_orders_certainty() -> None:
    happened = _judge("The army shelled the village.", "shelled").factuality
    may = _judge("The army may shell the village.", "shell").factuality
    not_ = _judge("The army did not shell the village.", "shell").factuality
    assert happened > 2
    assert may < 0
    assert not_ < 0


def test_signatures_are_known_codes() -> None:
    found = signature("fail", "v", "to")
    assert found is not None
    assert (found.holds, found.denied) == ("-", "+")
    assert signature("zzz", "v", "to") is None
    assert set(VALUES.values()) <= set(LABELS["realis"])


def test_odd_anchors() -> None:
    text = "The army  shelled\r\nthe village 🙂."
    page = parse(Report(text=text), load_pipeline())
    asked = [(), ((0, 0),), ((500, 510),), ((8, 10),), ((3, 20),), ((10, 17), (4, 8))]
    found = judge(page, Parts(), asked)
    assert len(found) == len(asked)
    assert found[0].score == 0
    assert found[5].realis == "actual"


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_never_raises(text: str, start: int, end: int) -> None:
    page = parse(Report(text=text), load_pipeline())
    found = judge(page, Parts(), [((start, end),)])[0]
    assert found.realis in LABELS["realis"]
    assert -3 <= found.factuality <= 3
    assert 0 <= found.score <= 1
