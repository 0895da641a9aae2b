"""A store and a client for the tests of the explorer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.web.app import create_app
from onrecord.web.security import Access, Guard
from tests.web.made import fill

HOST = "http://127.0.0.1:8321"
SAME_ORIGIN = {"origin": HOST, "sec-fetch-site": "same-origin"}


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "made.duckdb"
    fill(path)
    return path


@pytest.fixture(scope="module")
def app(filled: Path) -> Guard:
    return create_app(filled, Access(), "tester")


@pytest.fixture
def client(app: Guard) -> Iterator[TestClient]:
    with TestClient(app, base_url=HOST) as made:
        yield made
