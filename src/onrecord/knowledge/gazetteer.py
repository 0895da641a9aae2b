"""The gazetteer: places of the world by name, in one file that is mapped and never loaded whole.

The file is built by ``training/build_gazetteer.py``. It begins with ``MAGIC`` and the length of a
JSON header; the header names the columns (their place, type and length), the countries, the
feature codes and the sources. Columns are little-endian arrays; a name is found by a binary search
for its hash (``gazetteer_names``). A custom file and not SQLite: it is half as large, and a
report's hundred look-ups are one ``searchsorted``.
"""

from __future__ import annotations

import hashlib
import json
import mmap
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.knowledge.gazetteer_names import fold, key_hashes

MAGIC = b"ONRGAZ1\n"
PATH = Path(__file__).parent / "data" / "gazetteer.bin"
NOWHERE = 0xFFFFFFFF
PRIMARY, ALTERNATE, BARE, DOTTED, POSTAL, DEMONYM = range(6)
"""How a name belongs to a place: its own name; another; a division's name without its type
("Kursk" of Kursk Oblast); an abbreviation read with its points; a postal code; a people."""


class GazetteerError(Exception):
    """The gazetteer's file is missing, cut or changed; install the package again."""


class Gazetteer:
    """An open gazetteer. A place is the number of its row.

    Columns (one value a place): ``lat``, ``lon``, ``population``, ``country`` (a number in
    ``countries``), ``admin1`` and ``admin2`` (rows, or ``NOWHERE``), ``feature`` (a number in
    ``features``), ``fame`` (in how many forms its name is written over the world's languages, at
    most 255), ``geonames_id`` (0 where there is none).
    """

    def __init__(self, path: Path = PATH) -> None:
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise GazetteerError(f"cannot open the gazetteer {path.name}: {error}") from error
        self._verify(path)
        if self._map[: len(MAGIC)] != MAGIC:
            raise GazetteerError(f"{path.name} is no gazetteer of this version")
        start = len(MAGIC) + 4
        length = int.from_bytes(self._map[len(MAGIC) : start], "little")
        header: dict[str, Any] = json.loads(self._map[start : start + length])
        self.countries: list[str] = header["countries"]
        self.countries3: list[str] = header["countries3"]
        self.country_rows: list[int] = header["country_rows"]
        self.features: list[str] = header["features"]
        self.sources: dict[str, str] = header["sources"]
        self._columns: dict[str, list[Any]] = header["columns"]
        self.lat: npt.NDArray[np.float32] = self._column("lat")
        self.lon: npt.NDArray[np.float32] = self._column("lon")
        self.population: npt.NDArray[np.uint32] = self._column("population")
        self.country: npt.NDArray[np.uint16] = self._column("country")
        self.admin1: npt.NDArray[np.uint32] = self._column("admin1")
        self.admin2: npt.NDArray[np.uint32] = self._column("admin2")
        self.feature: npt.NDArray[np.uint8] = self._column("feature")
        self.fame: npt.NDArray[np.uint8] = self._column("fame")
        self.geonames_id: npt.NDArray[np.uint32] = self._column("geonames_id")
        self.posting_place: npt.NDArray[np.uint32] = self._column("posting_place")
        self.posting_kind: npt.NDArray[np.uint8] = self._column("posting_kind")
        self._hashes: npt.NDArray[np.uint64] = self._column("hashes")
        self._firsts: npt.NDArray[np.uint32] = self._column("firsts")
        self._name_ends: npt.NDArray[np.uint32] = self._column("name_ends")
        self._names: npt.NDArray[np.uint8] = self._column("names")

    def _verify(self, path: Path) -> None:
        """Compares size and SHA-256 with the file beside it; 20 MB take 20 milliseconds."""
        sums = path.with_suffix(".sha256")
        try:
            digest, size = sums.read_text(encoding="ascii").split()
        except (OSError, ValueError) as error:
            raise GazetteerError(f"no checksum of the gazetteer in {sums.name}") from error
        if len(self._map) != int(size) or hashlib.sha256(self._map).hexdigest() != digest:
            raise GazetteerError(f"{path.name} is damaged: it differs from {sums.name}")
        self.digest = digest

    def _column(self, name: str) -> npt.NDArray[Any]:
        offset, dtype, count = self._columns[name]
        return np.frombuffer(self._map, dtype=dtype, count=count, offset=offset)

    def __len__(self) -> int:
        """How many places there are."""
        return len(self.lat)

    def name(self, place: int) -> str:
        """The name of a place, as its source writes it."""
        start = int(self._name_ends[place - 1]) if place else 0
        return self._names[start : int(self._name_ends[place])].tobytes().decode()

    def find(self, folded: Sequence[str]) -> list[tuple[int, int]]:
        """For each folded name the range of its postings, the largest place first; else empty.

        ``posting_place[a:b]`` are the places, ``posting_kind[a:b]`` how the name belongs to them.
        """
        if not folded:
            return []
        wanted = key_hashes(folded)
        at = np.searchsorted(self._hashes, wanted)
        inside = np.minimum(at, len(self._hashes) - 1)
        found = self._hashes[inside] == wanted
        first = self._firsts[inside]
        last = self._firsts[inside + 1]
        return [
            (int(a), int(b)) if hit else (0, 0)
            for a, b, hit in zip(first, last, found, strict=True)
        ]

    def lookup(self, name: str) -> list[int]:
        """The places called ``name``, the largest first."""
        ((start, end),) = self.find([fold(name)])
        return list(dict.fromkeys(int(place) for place in self.posting_place[start:end]))


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The gazetteer of the package; opened and verified once. Raises ``GazetteerError``."""
    return Gazetteer()
