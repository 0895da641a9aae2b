"""A browser for tests: Debian's Chromium by way of Playwright, and a server in this process."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
ROOT = Path(__file__).resolve().parents[2]


def chromium() -> str | None:
    """Where Chromium is, or None; ``ONRECORD_CHROMIUM`` says where else."""
    names = (os.environ.get("ONRECORD_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if name and (found := shutil.which(name))), None)


def axe() -> Path | None:
    """Where axe-core is (npm install --no-save axe-core), or None; ``ONRECORD_AXE`` says where else."""
    places = (os.environ.get("ONRECORD_AXE"), ROOT / "node_modules" / "axe-core" / "axe.min.js")
    return next((Path(place) for place in places if place and Path(place).is_file()), None)


@contextmanager
def served(app: Any) -> Iterator[str]:
    """``app`` on a free port of the loopback; its address."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
