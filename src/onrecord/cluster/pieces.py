"""The inputs of a large run, cut into pieces of work.

A piece is a file, or a stretch of a file of JSON Lines. Which pieces there are depends on the
inputs and the options only, so that an interrupted run finds the same ones again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from onrecord.cluster.errors import NEEDS_FSSPEC, ClusterError
from onrecord.sources.detect import is_media

PIECE_BYTES = 8 * 1024 * 1024
"""About 1,500 news reports, some minutes of one core: what a killed worker loses at most."""
_LINES = (".jsonl", ".ndjson")


class Stretch(Struct, frozen=True, kw_only=True):
    """A file, or the lines of one that begin in bytes ``[start, end)``; all of it without ``end``.

    ``path``: what fsspec opens; ``shown``: what records and messages call it.
    """

    path: str
    shown: str
    start: int = 0
    end: int | None = None


class Piece(Struct, frozen=True, kw_only=True):
    """What one worker reads at a time. ``name`` is a hash of its stretches, in hexadecimal."""

    name: str
    stretches: tuple[Stretch, ...]


def cut(inputs: Sequence[str], size: int = PIECE_BYTES) -> list[Piece]:
    """The pieces of ``inputs``: paths, folders, globs, and addresses that fsspec opens.

    Files are taken in the order of their names; small ones share a piece of about ``size`` bytes,
    and a large file of JSON Lines is cut into several. Raises ``ClusterError`` for an input with
    no file.
    """
    pieces: list[Piece] = []
    held: list[Stretch] = []
    weight = 0
    for path, shown, length in _files(inputs):
        for stretch, bytes_ in _stretches(path, shown, length, size):
            if held and weight + bytes_ > size:
                pieces.append(_piece(held))
                held, weight = [], 0
            held.append(stretch)
            weight += bytes_
    if held:
        pieces.append(_piece(held))
    return pieces


def _files(inputs: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    """Path, shown name and size of each file, each once."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise ClusterError(NEEDS_FSSPEC) from error
    seen: set[str] = set()
    for given in inputs:
        try:
            system, path = url_to_fs(given)
            found = _expand(system, path)
        except (OSError, ImportError, ValueError) as error:
            raise ClusterError(f"{given}: {error}") from error
        if not found:
            raise ClusterError(f"{given}: no such file, folder or glob")
        local = "file" in _protocols(system)
        for name, length in found:
            address = name if local else str(system.unstrip_protocol(name))
            if address in seen:
                continue
            seen.add(address)
            yield address, _shown(given, name) if local else address, length


def _shown(given: str, name: str) -> str:
    """A local file as ``onrecord read`` calls it: relative where it was typed so."""
    if "://" in given or Path(given).is_absolute():
        return name
    fixed = given
    for mark in "*?[":
        fixed = fixed.split(mark)[0]
    if fixed != given:
        fixed = fixed.rpartition("/")[0]
    fixed = fixed.rstrip("/")
    rest = name.removeprefix(str(Path(fixed or ".").absolute())).lstrip("/")
    return f"{fixed}/{rest}" if fixed and rest else fixed or rest


def _expand(system: Any, path: str) -> list[tuple[str, int]]:
    if any(mark in path for mark in "*?["):
        found = system.glob(path, detail=True)
    elif system.isdir(path):
        found = {
            name: info
            for name, info in system.find(path, detail=True).items()
            if not is_media(name) and not _hidden(name.removeprefix(path))
        }
    elif system.exists(path):
        found = {path: system.info(path)}
    else:
        found = {}
    return [
        (name, int(info.get("size") or 0))
        for name, info in sorted(found.items())
        if info.get("type") != "directory"
    ]


def _hidden(within: str) -> bool:
    return any(part.startswith(".") for part in within.split("/") if part)


def _protocols(system: Any) -> tuple[str, ...]:
    named = system.protocol
    return (named,) if isinstance(named, str) else tuple(named)


def _stretches(path: str, shown: str, length: int, size: int) -> Iterator[tuple[Stretch, int]]:
    if length <= size or not path.lower().endswith(_LINES):
        yield Stretch(path=path, shown=shown), length
        return
    for start in range(0, length, size):
        end = min(start + size, length)
        yield Stretch(path=path, shown=shown, start=start, end=end), end - start


def _piece(held: Sequence[Stretch]) -> Piece:
    told = "\n".join(f"{s.path}\x1f{s.start}\x1f{s.end}" for s in held)
    name = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Piece(name=name, stretches=tuple(held))
