"""The JSON Schema and the records agree."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from onrecord.record.codec import encode, json_schema
from tests.record.test_invariants import whole


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_a_record_fits_the_schema(validator: Draft202012Validator) -> None:
    assert not list(validator.iter_errors(json.loads(encode(whole()))))


def test_a_wrong_label_does_not_fit(validator: Draft202012Validator) -> None:
    raw = json.loads(encode(whole()))
    raw["events"][0]["realis"] = "rumoured"
    assert list(validator.iter_errors(raw))
