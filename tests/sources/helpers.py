"""What the tests of sources share: reading bytes, and telling reports from failures."""

from __future__ import annotations

import io
from typing import Any

from onrecord.record.report import Failure, Report
from onrecord.sources import Origin, SourceOptions, open_stream

PROSE = (
    "The council of the northern province said on Monday that it would open the harbour to the "
    "grain ships, and that its guards had been told not to fire on them. "
)


def read(data: bytes, name: str = "input", **options: Any) -> list[Report | Failure]:
    """What ``data`` gives, as a file called ``name``."""
    origin = Origin(name=name, file=name)
    return list(open_stream(io.BytesIO(data), origin, SourceOptions(**options)))


def one(data: bytes, name: str = "input", **options: Any) -> Report:
    """The one report that ``data`` gives."""
    (found,) = read(data, name, **options)
    assert isinstance(found, Report), found
    return found


def failure(data: bytes, name: str = "input", **options: Any) -> Failure:
    """The one failure that ``data`` gives."""
    (found,) = read(data, name, **options)
    assert isinstance(found, Failure), found
    return found
