"""What tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parent.parent


def _shared() -> Path | None:
    path = Path(os.environ.get("ONRECORD_SHARED", _ROOT.parent / "shared"))
    return path if (path / "bench").is_dir() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold data, corpora and reports beside the checkout; skipped where it is not."""
    path = _shared()
    if path is None:
        pytest.skip(
            "the bench data is not here: set ONRECORD_SHARED to the folder that holds bench/"
        )
    return path
