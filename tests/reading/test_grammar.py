"""The grammar helpers on invented sentences."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Token

from onrecord.reading import grammar
from onrecord.reading.parse import load_pipeline


def _doc(text: str) -> Doc:
    return load_pipeline()(text)


def _word(doc: Doc, word: str) -> Token:
    return next(token for token in doc if token.text == word)


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("The army shelled the village.", "shelled", ["army"]),
        ("The village was shelled by the army.", "shelled", ["army"]),
        ("The village was shelled.", "shelled", []),
        ("Rebels want to attack the town.", "attack", ["Rebels"]),
        ("The minister urged the rebels to leave.", "leave", ["rebels"]),
        ("The court accused the general of killing civilians.", "killing", ["general"]),
        ("The rebels who attacked the town fled.", "attacked", ["rebels"]),
        ("Police came and arrested two men.", "arrested", ["Police"]),
        ("The army used tanks to destroy the bridge.", "destroy", ["army"]),
    ],
)
def test_subjects(text: str, verb: str, expected: list[str]) -> None:
    doc = _doc(text)
    assert [t.text for t in grammar.subjects(_word(doc, verb))] == expected


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("The army shelled the village and the bridge.", "shelled", ["village", "bridge"]),
        ("The village was shelled by the army.", "shelled", ["village"]),
        ("The towns shelled by the army were empty.", "shelled", ["towns"]),
        ("The man whom police arrested was ill.", "arrested", ["man"]),
        ("He left.", "left", []),
    ],
)
def test_objects(text: str, verb: str, expected: list[str]) -> None:
    doc = _doc(text)
    assert [t.text for t in grammar.objects(_word(doc, verb))] == expected


@pytest.mark.parametrize(
    ("text", "verb", "denied"),
    [
        ("The army did not shell the village.", "shell", True),
        ("No one was killed.", "killed", True),
        ("The army never attacked.", "attacked", True),
        ("The army no longer attacks.", "attacks", True),
        ("The army not only shelled the village but burned it.", "shelled", False),
        ("The army shelled the village.", "shelled", False),
    ],
)
def test_negation(text: str, verb: str, denied: bool) -> None:
    doc = _doc(text)
    assert (grammar.negation(_word(doc, verb)) is not None) is denied


@pytest.mark.parametrize(
    ("text", "verb", "tense", "modal"),
    [
        ("The army will attack.", "attack", "future", "will"),
        ("The army might attack.", "attack", "present", "might"),
        ("The army attacked.", "attacked", "past", None),
        ("The army has attacked.", "attacked", "past", None),
        ("They plan to attack.", "attack", "none", None),
    ],
)
def test_form(text: str, verb: str, tense: str, modal: str | None) -> None:
    form = grammar.form(_word(_doc(text), verb))
    assert (form.tense, form.modal) == (tense, modal)


def test_phrase_leaves_clauses_out() -> None:
    doc = _doc("The rebels, who had attacked the town, fled the president of the republic.")
    assert [t.text for t in grammar.phrase(_word(doc, "rebels"))] == ["The", "rebels"]
    assert [t.text for t in grammar.phrase(_word(doc, "president"))] == [
        "the", "president", "of", "the", "republic",
    ]  # fmt: skip


def test_nothing_raises_on_any_token() -> None:
    doc = _doc('“ — ” 7 of ?! and\n\nthe. Who? "Is to" no nor (never) 🙂 e\u0301tat, be')
    for token in doc:
        grammar.phrase(token)
        grammar.subjects(token)
        grammar.objects(token)
        grammar.prep_objects(token)
        grammar.negation(token)
        grammar.form(token)
        grammar.clause_tokens(token)
        grammar.clause_head(token)
        list(grammar.ancestors(token))
