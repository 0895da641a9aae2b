"""A large run: its pieces cut, those that are whole left out, the rest read, a manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import onrecord
from onrecord.cluster.pieces import PIECE_BYTES, Piece, cut
from onrecord.cluster.shards import Done, Shards

Engine = Callable[[Sequence[Piece]], Iterator[Done]]


def read_shards(
    inputs: Sequence[str],
    address: str,
    *,
    options: dict[str, Any] | None = None,
    source_options: dict[str, Any] | None = None,
    workers: int = 1,
    cluster: str | None = None,
    piece_bytes: int = PIECE_BYTES,
    tell: Callable[[Done, int], None] = lambda done, left: None,
) -> dict[str, Any]:
    """Reads ``inputs`` into shards at ``address`` with Ray, and gives the manifest.

    ``inputs``: paths, folders, globs and addresses that fsspec opens. ``options`` and
    ``source_options``: as for ``Reader`` and ``SourceOptions``. A run that was killed goes on with
    the pieces that are not whole. ``tell`` hears of each piece, and how many are left. Raises
    ``ClusterError``.
    """
    from onrecord.cluster.ray_engine import read_on_ray

    options, source_options = dict(options or {}), dict(source_options or {})
    pieces = cut(inputs, piece_bytes)
    shards = Shards(address)
    shards.begin(
        {
            "onrecord": onrecord.__version__,
            "inputs": list(inputs),
            "reader": options,
            "sources": source_options,
            "piece_bytes": piece_bytes,
        }
    )
    whole = shards.done()
    todo = [piece for piece in pieces if piece.name not in whole]
    left = len(todo)
    if todo:
        for done in read_on_ray(
            todo, address, options, source_options, workers=workers, cluster=cluster
        ):
            left -= 1
            tell(done, left)
    return shards.finish(piece.name for piece in pieces)
