"""Turns a checkpoint into the folder of weights that ships.

    python training/encoder/export.py build/encoder/last.pt src/onrecord/models

Writes the graphs, the tokeniser and ``manifest.json``; the numbers that the heads need are then
chosen by ``choose.py``. Every head is written anew, since heads fit the encoder they grew with.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import msgspec
import torch

from encoder import graphs
from encoder.network import Network
from encoder.train import base_folder
from onrecord.models import SCHEMA, EncoderInfo, HeadInfo, Manifest
from onrecord.reading.heads_decode import Settings

WINDOW, OVERLAP = 320, 96  # as trained; positions beyond the window are not
TAGS = ("outside", "begins", "inside")
LINK = ("outside", "begins", "inside", "source starts", "source ends")


def export(
    network: Network,
    folder: Path,
    tokenizer: bytes,
    *,
    version: str,
    window: int = WINDOW,
    overlap: int = OVERLAP,
) -> None:
    """Writes all files of ``network`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    graphs.save(graphs.encoder_graph(network.encoder), folder / "encoder.onnx")
    graphs.save(graphs.tags_graph(network.heads), folder / "attribution_tags.onnx")
    graphs.save(graphs.link_graph(network.heads), folder / "attribution_link.onnx")
    (folder / "tokenizer.json").write_bytes(tokenizer)
    head = HeadInfo(
        graphs={"tags": "attribution_tags.onnx", "link": "attribution_link.onnx"},
        labels={"cue": TAGS, "content": TAGS, "source": TAGS, "link": LINK},
        settings={name: getattr(Settings(), name) for name in Settings.__dataclass_fields__},
    )
    encoder = EncoderInfo(
        graph="encoder.onnx",
        tokenizer="tokenizer.json",
        width=network.encoder.pieces.weight.shape[1],
        window=window,
        overlap=overlap,
    )
    names = ("encoder.onnx", "attribution_tags.onnx", "attribution_link.onnx", "tokenizer.json")
    manifest = Manifest(
        schema=SCHEMA,
        version=version,
        encoder=encoder,
        heads={"attribution": head},
        files={n: hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in names},
    )
    write(manifest, folder)


def write(manifest: Manifest, folder: Path) -> None:
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
    (folder / "manifest.json").write_bytes(text + b"\n")


def load_network(checkpoint: Path, which: str = "mean") -> Network:
    network = Network()
    network.load_state_dict(torch.load(checkpoint, map_location="cpu")[which])
    return network.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--version", default="1")
    parser.add_argument("--which", choices=("mean", "last"), default="mean")
    options = parser.parse_args()
    network = load_network(options.checkpoint, options.which)
    tokenizer = (base_folder() / "tokenizer.json").read_bytes()
    export(network, options.folder, tokenizer, version=options.version)


if __name__ == "__main__":
    main()
