"""Shards: what was read of each piece, as Parquet by month, and a mark that it is whole.

    OUT/run.json                          the inputs and options that the run was begun with
    OUT/month=2024-11/PIECE.parquet       records, a row each
    OUT/failures/PIECE.jsonl              what gave no record, and why
    OUT/done/PIECE.json                   the piece is whole: its files and counts
    OUT/manifest.json                     all of them, written when every piece is done

A piece without its mark is read again and its files are written over, so a run may be killed at
any moment. Reports without a date stand under ``month=unknown``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct, structs

from onrecord.cluster.errors import NEEDS_FSSPEC, ClusterError
from onrecord.record.codec import decode, encode
from onrecord.record.model import Record
from onrecord.record.report import Failure

_ROWS = 500


class Done(Struct, frozen=True, kw_only=True):
    """A piece that is whole: its files of Parquet, how many records and failures."""

    piece: str
    files: tuple[str, ...]
    records: int
    failures: int


class Shards:
    """The folder of a large run, wherever fsspec can write.

    Raises ``ClusterError`` where it cannot be written, or belongs to a run with other inputs or
    options (``begin``), or is none (``records``).
    """

    def __init__(self, address: str) -> None:
        try:
            from fsspec.core import url_to_fs
        except ImportError as error:
            raise ClusterError(NEEDS_FSSPEC) from error
        try:
            self._system, self.root = url_to_fs(address)
        except (ImportError, ValueError) as error:
            raise ClusterError(f"{address}: {error}") from error
        self.address = address

    def begin(self, told: dict[str, Any]) -> None:
        """Takes the folder for the run that ``told`` describes, or takes that run up again."""
        made = json.dumps(told, sort_keys=True, indent=1, default=str).encode()
        path = self._path("run.json")
        try:
            if self._system.exists(path):
                if self._system.cat_file(path) != made:
                    raise ClusterError(
                        f"{self.address} holds a run with other inputs, options or another "
                        "version; finish it with those, or give another folder"
                    )
                return
            self._write("run.json", made)
        except OSError as error:
            raise ClusterError(f"cannot write {self.address}: {error}") from error

    def done(self) -> dict[str, Done]:
        """The marks of the pieces that are whole, by name."""
        folder = self._path("done")
        if not self._system.exists(folder):
            return {}
        self._system.invalidate_cache(folder)
        marks = [json.loads(self._system.cat_file(path))
                 for path in sorted(self._system.ls(folder, detail=False))
                 if path.endswith(".json")]  # fmt: skip
        return {mark["piece"]: Done(**{**mark, "files": tuple(mark["files"])}) for mark in marks}

    def write(self, piece: str, outcomes: Iterable[Record | Failure]) -> Done:
        """Writes what was read of ``piece``, then its mark.

        Rows wait in memory by month until the piece is whole, so ``Piece`` bounds the memory.
        """
        months: dict[str, list[Record]] = {}
        failures: list[Failure] = []
        for outcome in outcomes:
            if isinstance(outcome, Failure):
                failures.append(outcome)
            else:
                month = (outcome.published or "")[:7] or "unknown"
                months.setdefault(month, []).append(outcome)
        files = []
        for month, records in sorted(months.items()):
            name = f"month={month}/{piece}.parquet"
            self._write(name, _parquet(records))
            files.append(name)
        if failures:
            lines = (json.dumps(structs.asdict(one), ensure_ascii=False) for one in failures)
            self._write(f"failures/{piece}.jsonl", ("\n".join(lines) + "\n").encode())
        done = Done(
            piece=piece,
            files=tuple(files),
            records=sum(map(len, months.values())),
            failures=len(failures),
        )
        self._write(f"done/{piece}.json", json.dumps(structs.asdict(done)).encode())
        return done

    def finish(self, pieces: Iterable[str]) -> dict[str, Any]:
        """Writes the manifest of a run whose ``pieces`` are all whole, and gives it."""
        marks = self.done()
        missing = [name for name in pieces if name not in marks]
        if missing:
            raise ClusterError(f"{len(missing)} pieces are not whole yet: run the command again")
        manifest = {
            "records": sum(done.records for done in marks.values()),
            "failures": sum(done.failures for done in marks.values()),
            "pieces": [structs.asdict(marks[name]) for name in sorted(marks)],
        }
        self._write("manifest.json", json.dumps(manifest, indent=1).encode())
        return manifest

    def records(self) -> Iterator[Record]:
        """The records of all whole pieces, by piece and month; a few hundred are in memory."""
        import pyarrow.parquet as pq

        marks = self.done()
        if not marks and not self._system.exists(self._path("run.json")):
            raise ClusterError(f"{self.address} is no folder of shards: it has no run.json")
        for name in sorted(marks):
            for file in marks[name].files:
                with self._system.open(self._path(file), "rb") as raw:
                    for batch in pq.ParquetFile(raw).iter_batches(_ROWS, columns=["record"]):
                        for value in batch.column(0):
                            yield decode(value.as_py().encode())

    def files(self) -> Counter[str]:
        """How many records are of each input file."""
        import pyarrow.parquet as pq

        found: Counter[str] = Counter()
        for mark in self.done().values():
            for name in mark.files:
                with self._system.open(self._path(name), "rb") as raw:
                    column = pq.read_table(raw, columns=["file"]).column(0)
                    found.update(value or "" for value in column.to_pylist())
        return found

    def failures(self) -> Iterator[Failure]:
        """What gave no record, of all whole pieces."""
        for name, mark in sorted(self.done().items()):
            if mark.failures:
                told = self._system.cat_file(self._path(f"failures/{name}.jsonl"))
                for line in told.decode().splitlines():
                    yield Failure(**json.loads(line))

    def _path(self, name: str) -> str:
        return f"{self.root.rstrip('/')}/{name}"

    def _write(self, name: str, data: bytes) -> None:
        """Writes a file in one step: under another name first, where the system can rename."""
        path = self._path(name)
        self._system.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
        if "file" not in self._system.protocol:
            self._system.pipe_file(path, data)  # an object store shows an object when it is whole
            return
        self._system.pipe_file(f"{path}.writing", data)
        self._system.mv(f"{path}.writing", path)


def is_shards(path: str) -> bool:
    """Whether ``path`` is a folder that ``Shards`` wrote."""
    from pathlib import Path

    return (Path(path) / "run.json").is_file() and (Path(path) / "done").is_dir()


def _parquet(records: list[Record]) -> bytes:
    """Rows with what people filter by, and the record itself as its line of JSON."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = ("id", "published", "source", "title", "url", "file", "text_sha256")
    columns: dict[str, Any] = {
        name: pa.array([getattr(record, name) for record in records], pa.string()) for name in names
    }
    columns["record"] = pa.array([encode(record).decode() for record in records], pa.string())
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink, compression="zstd")
    made: bytes = sink.getvalue().to_pybytes()
    return made
