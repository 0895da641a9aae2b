"""Records for the tests of the store, made without a reader."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from onrecord.record.model import Record
from onrecord.record.report import sha256
from tests.record.test_invariants import whole


def record(name: str = "r", tail: str = "", **changes: Any) -> Record:
    """A record in which every part has an entry; ``tail`` is words put behind its text."""
    made = whole()
    text = (made.text or "") + tail
    return structs.replace(
        made, **{"id": name, "source": "The Courier", "text": text, "text_sha256": sha256(text),
                 **changes}
    )  # fmt: skip
