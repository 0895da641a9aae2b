"""Records to bytes and back: JSON, one line a record, and the JSON Schema of it."""

from __future__ import annotations

from typing import Any

import msgspec

from onrecord.record.model import Record

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Record)


def encode(record: Record) -> bytes:
    """One line of UTF-8 JSON, without a line end; the same record gives the same bytes."""
    return _encoder.encode(record)


def decode(line: bytes | str) -> Record:
    """The record in one line of JSON. Keys that are not known are left out.

    Raises ``msgspec.ValidationError`` where the line is JSON of another shape, and
    ``msgspec.DecodeError`` where it is no JSON.
    """
    return _decoder.decode(line)


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of one record, made from the same structs that write it."""
    schema = msgspec.json.schema(Record)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
