"""Writes the tiny model that tests read with: the shipped shape, random weights, 100 kB.

python training/encoder/tiny.py tests/data/tiny_model
"""

from __future__ import annotations

import argparse
import string
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import torch
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers

from encoder.export import export
from encoder.network import AttributionHeads, Encoder, Network


def tokenizer() -> Tokenizer:
    """BERT's way of cutting, with letters and digits for a vocabulary."""
    marks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    letters = [*string.ascii_lowercase, *string.digits]
    signs = [*string.punctuation, *"“”‘’—–…"]
    pieces = [*marks, *letters, *(f"##{x}" for x in letters), *signs]
    made = Tokenizer(
        models.WordPiece(
            vocab={p: i for i, p in enumerate(pieces)},
            unk_token="[UNK]",
            max_input_chars_per_word=20,
        )
    )
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.decoder = decoders.WordPiece()
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    torch.manual_seed(7)
    network = Network()
    cutter = tokenizer()
    network.encoder = Encoder(
        width=16, heads=2, layers=1, inner=32, vocabulary=cutter.get_vocab_size(), positions=64
    )
    network.heads = AttributionHeads(width=16, pair=24, conv=8, bilinear=8)
    with torch.no_grad():
        network.heads.tags.bias[1] += 1.0  # so that random weights find cues
        network.heads.label.bias[0] -= 1.0  # and contents
    export(network, folder, cutter.to_str().encode(), version="tiny", window=64, overlap=16)


if __name__ == "__main__":
    main()
