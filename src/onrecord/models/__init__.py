"""Trained weights, their card, and the one place that loads them.

``manifest.json`` beside this file names what there is: the encoder, its tokeniser, and each head
that reads the encoder's output, with label sets, thresholds and the checksum of every file. A
file is checked once in a process, when it is first asked for.
"""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

FOLDER = Path(__file__).resolve().parent
SCHEMA = "onrecord-model/1"


class ModelError(Exception):
    """Weights that are missing, damaged or of another schema; the message names the way out."""


class EncoderInfo(msgspec.Struct, frozen=True, kw_only=True):
    """The encoder: its files, the width of its output, and how a text is cut into windows.

    ``window`` and ``overlap`` count word pieces.
    """

    graph: str
    tokenizer: str
    width: int
    window: int
    overlap: int


class HeadInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A head: its graphs by name, its label sets by name, and the numbers chosen for it."""

    graphs: dict[str, str]
    labels: dict[str, tuple[str, ...]]
    settings: dict[str, float | tuple[float, ...]]


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a folder of weights holds. ``files``: the SHA-256 of each file."""

    schema: str
    version: str
    encoder: EncoderInfo
    heads: dict[str, HeadInfo]
    files: dict[str, str]


class Models:
    """A folder of weights. Raises ``ModelError`` where its manifest cannot be used."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
        path = folder / "manifest.json"
        try:
            self.manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
        except FileNotFoundError:
            raise ModelError(f"no weights at {folder}: install onrecord again") from None
        except msgspec.DecodeError as error:
            raise ModelError(f"{path} is damaged ({error}): install onrecord again") from None
        if self.manifest.schema != SCHEMA:
            raise ModelError(
                f"{path} has schema {self.manifest.schema}, this version reads {SCHEMA}: "
                "install onrecord again"
            )

    @functools.cached_property
    def _checked(self) -> set[str]:
        return set()

    def path(self, name: str) -> Path:
        """The file called ``name``, checked. Raises ``ModelError`` where it is not as shipped."""
        path = self.folder / name
        if name in self._checked:
            return path
        if name not in self.manifest.files:
            raise ModelError(f"{name} is not in the manifest of {self.folder}")
        try:
            found = hashlib.sha256(path.read_bytes()).hexdigest()
        except FileNotFoundError:
            raise ModelError(f"{path} is missing: install onrecord again") from None
        if found != self.manifest.files[name]:
            raise ModelError(f"{path} is damaged (its checksum differs): install onrecord again")
        self._checked.add(name)
        return path

    def head(self, name: str) -> HeadInfo:
        """The head called ``name``. Raises ``ModelError`` where there is none."""
        try:
            return self.manifest.heads[name]
        except KeyError:
            raise ModelError(f"the weights at {self.folder} have no head {name!r}") from None

    def session(self, name: str) -> InferenceSession:
        """The graph in file ``name``, ready to run on one thread.

        One thread, so that sums are taken in one order and processes do not crowd each other.
        """
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(
            str(self.path(name)), options, providers=["CPUExecutionProvider"]
        )

    def tokenizer(self) -> Tokenizer:
        """The encoder's tokeniser: nothing cut off, nothing padded."""
        from tokenizers import Tokenizer

        made = Tokenizer.from_file(str(self.path(self.manifest.encoder.tokenizer)))
        made.no_truncation()
        made.no_padding()
        return made


@functools.cache
def models(folder: Path = FOLDER) -> Models:
    """The weights in ``folder``, by default those that ship; opened once in a process."""
    return Models(folder)
