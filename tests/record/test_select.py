"""A record cut down keeps its references good."""

from __future__ import annotations

import pytest

from onrecord.record.invariants import breaches
from onrecord.record.select import Selection, select
from tests.record.test_invariants import whole


def test_asking_nothing_changes_nothing() -> None:
    record = whole()
    assert select(record, Selection()) is record


@pytest.mark.parametrize(
    ("selection", "left"),
    [
        (Selection(realis=("negated",)), 0),
        (Selection(realis=("actual", "negated")), 1),
        (Selection(types=("AID",)), 0),
        (Selection(types=("ASSAULT",)), 1),
        (Selection(background=False), 1),
        (Selection(min_score=0.95), 0),
        (Selection(min_score=0.5), 1),
    ],
)
def test_what_is_left(selection: Selection, left: int) -> None:
    cut = select(whole(), selection)
    assert cut.events is not None
    assert len(cut.events) == left
    assert list(breaches(cut)) == []
    assert "selection" in cut.reader.options


def test_references_to_what_is_gone_become_null() -> None:
    cut = select(whole(), Selection(types=("AID",)))
    assert cut.quantities is not None
    assert cut.quantities[0].event is None
    assert cut.quantities[0].attribution == "a1"
