"""The ontology and the lexicon of triggers: closed under the manual's names."""

from __future__ import annotations

import pytest

from onrecord.knowledge import plover
from onrecord.record.labels import LABELS


def test_types_are_those_of_the_record() -> None:
    assert set(plover.ontology().types) == set(LABELS["event_type"])
    assert len(plover.ontology().contexts) == 37


@pytest.mark.parametrize(
    ("name", "code"),
    [("AGREE", 1), ("CONCEDE", 1), ("AID", 2), ("RETREAT", 2), ("REQUEST", 3), ("SANCTION", 4)],
)
def test_quads(name: str, code: int) -> None:
    assert plover.quad(name) == code


@pytest.mark.parametrize(
    ("name", "modes", "score"),
    [
        ("ACCUSE", (), -3.0),
        ("ASSAULT", ("beat",), -7.5),
        ("ASSAULT", ("beat", "unconventional"), -10.0),
        ("CONSULT", ("visit",), 4.0),
        ("CONSULT", ("unheard-of",), 2.5),
    ],
)
def test_scale(name: str, modes: tuple[str, ...], score: float) -> None:
    assert plover.scale(name, modes) == score


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("010", None),
        ("02", None),
        ("042", ("CONSULT", "visit", ())),
        ("055", ("CONCEDE", None, ("diplomatic",))),
        ("116", ("SANCTION", "convict", ("legal",))),
        ("1712", ("ASSAULT", "destroy", ("human_security",))),
        ("1951", ("ASSAULT", None, ())),
    ],
)
def test_cameo(code: str, expected: tuple[str, str | None, tuple[str, ...]] | None) -> None:
    assert plover.from_cameo(code) == expected


def test_unknown_cameo_code() -> None:
    with pytest.raises(KeyError):
        plover.from_cameo("99")


def test_cameo_table_is_closed() -> None:
    known = plover.ontology()
    for kind, mode, contexts in known.cameo.values():
        assert mode is None or mode in known.types[kind].modes
        assert set(contexts) <= known.contexts


def test_triggers_are_closed() -> None:
    known = plover.ontology()
    for (lemma, pos), uses in plover.triggers().items():
        assert lemma == lemma.strip().lower()
        assert pos in ("v", "n", "a", "m")
        for use in uses:
            assert set(use.modes) <= set(known.types[use.type].modes), use
            assert set(use.contexts) <= known.contexts, use
            assert 0 <= use.prior <= 1
            for condition in use.conditions:
                assert condition.slot in ("o", "s", "p", "m", "om", "ow", "r", "x", "c"), use
                assert (condition.slot == "p") == bool(condition.arg), use


def test_narrower_uses_come_first() -> None:
    first = plover.triggers()["launch", "v"]
    assert first[0].conditions
