"""Whether a figure that differs brings the earlier one up to date."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.reconcile.amounts import Amount, verdict


def amount(value: float, **told: Any) -> Amount:
    """A count of the killed; ``told`` says what is otherwise."""
    plain: dict[str, Any] = {
        "report": 1, "id": "q1", "day": None, "value": value, "low": value, "high": value,
        "bound": False, "sort": "killed", "unit": None, "of": frozenset(), "sentence": 0,
        "words": frozenset(), "near": frozenset(), "around": None, "country": None, "person": None,
        "growth": False, "way": 0, "told_by": None, "prose": "", "event": None, "start": 0,
        "text": str(value), "whose": frozenset(),
    }  # fmt: skip
    return Amount(**{**plain, **told})


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        (amount(12), amount(15, report=2), "contradicts"),
        (amount(12), amount(15, report=2, growth=True, way=1), "updates"),
        (amount(12), amount(9, report=2, growth=True, way=1), "contradicts"),
        (amount(12), amount(9, report=2, growth=True, way=-1), "updates"),
        (amount(12), amount(15, report=2, growth=True, way=-1), "contradicts"),
        (amount(12), amount(9, report=2, growth=True), "updates"),
        (amount(6, growth=True, way=1), amount(5, growth=True, way=1), "updates"),
        (amount(12, day=1), amount(9, report=2, day=2, growth=True, way=1), "updates"),
        (amount(12, day=1, sort="age"), amount(15, day=2, sort="age"), "contradicts"),
    ],
)
def test_verdict(earlier: Amount, later: Amount, expected: str) -> None:
    assert verdict(earlier, later) == expected
