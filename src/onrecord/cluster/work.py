"""One worker: it loads the models once and reads piece after piece."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onrecord.cluster.opening import reports
from onrecord.cluster.pieces import Piece
from onrecord.cluster.shards import Done, Shards
from onrecord.reading.reader import Reader
from onrecord.record.model import Record
from onrecord.record.report import Failure
from onrecord.sources import SourceOptions


class Worker:
    """Reads pieces into ``address``. ``options`` and ``source_options`` as for ``Reader``."""

    def __init__(
        self, address: str, options: dict[str, Any], source_options: dict[str, Any]
    ) -> None:
        self.shards = Shards(address)
        self.reader = Reader(**options)
        self.reader.warm_up()
        self.sources = SourceOptions(**source_options)

    def read(self, piece: Piece) -> Done:
        """Reads ``piece`` and writes its shard."""
        return self.shards.write(piece.name, self._outcomes(piece))

    def _outcomes(self, piece: Piece) -> Iterator[Record | Failure]:
        for report in reports(piece, self.sources):
            yield report if isinstance(report, Failure) else self.reader.outcome(report)
