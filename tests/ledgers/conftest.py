"""The store of the story, made once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.store import Store
from tests.ledgers.story import fill


@pytest.fixture(scope="session")
def story_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the story's store."""
    path = tmp_path_factory.mktemp("story") / "story.duckdb"
    fill(path)
    return path


@pytest.fixture(scope="session")
def story(story_path: Path) -> Iterator[Store]:
    """The story's store, opened to read."""
    with Store(story_path, read_only=True) as store:
        yield store
