"""Workers on Ray: ``ray.data`` spreads the pieces over actors, here or on a cluster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from onrecord.cluster.errors import ClusterError
from onrecord.cluster.pieces import Piece
from onrecord.cluster.shards import Done


class _Actor:
    """A stateful actor: its worker loads the models when the actor starts, once."""

    def __init__(
        self, address: str, options: dict[str, Any], source_options: dict[str, Any]
    ) -> None:
        from onrecord.cluster.work import Worker

        self.worker = Worker(address, options, source_options)

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        done = self.worker.read(msgspec.json.decode(row["piece"], type=Piece))
        return {"done": msgspec.json.encode(done).decode()}


def read_on_ray(
    pieces: Sequence[Piece],
    address: str,
    options: dict[str, Any],
    source_options: dict[str, Any],
    *,
    workers: int,
    cluster: str | None = None,
) -> Iterator[Done]:
    """Reads ``pieces`` with ``workers`` actors; a mark for each as it becomes whole.

    ``cluster``: the address of a running Ray cluster; None joins the one in ``RAY_ADDRESS``, or
    starts Ray here. An actor that dies is started again, and its piece is read again.
    Raises ``ClusterError`` where Ray is not installed or cannot be reached.
    """
    try:
        import ray
        from ray.data import ActorPoolStrategy
    except ImportError as error:
        raise ClusterError("--engine ray needs Ray: pip install 'onrecord[cluster]'") from error
    if not ray.is_initialized():
        try:
            ray.init(address=cluster, log_to_driver=False, include_dashboard=False)
        except Exception as error:
            raise ClusterError(f"no Ray at {cluster or 'this machine'}: {error}") from error
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    rows = [{"piece": msgspec.json.encode(piece).decode()} for piece in pieces]
    made = ray.data.from_items(rows, override_num_blocks=len(rows)).map(
        _Actor,  # type: ignore[arg-type]  # Ray takes a class of callables, and types functions only
        fn_constructor_args=(address, options, source_options),
        compute=ActorPoolStrategy(min_size=min(workers, len(rows)), max_size=workers),
        num_cpus=1,
    )
    for row in made.iter_rows():
        yield msgspec.json.decode(row["done"], type=Done)
