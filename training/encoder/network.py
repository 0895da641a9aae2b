"""The encoder and the attribution heads, as torch modules: for training only.

The encoder is BERT (Devlin et al. 2019) with one table more: the shape of each piece. The heads
work on words (the first piece of each). Cues are tagged; then, for every cue, a biaffine scorer
(Dozat and Manning 2017) with a small convolution tags the words of its content and points at the
first and last word of its source, or at none.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own habit

from onrecord.reading.encoder_text import SHAPES

WIDTH, HEADS, LAYERS, INNER, POSITIONS, VOCABULARY = 384, 12, 6, 1536, 512, 30522
PAIR, CONV, BILINEAR = 192, 64, 96
REACH = 33  # buckets of distance on each side of the cue
LABELS = (
    5  # of a word, given a cue: outside, begins content, inside content, source starts, source ends
)


class Layer(nn.Module):
    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        # Written out: on a CPU in bfloat16 this is nearly twice as fast as torch's fused attention.
        b, t, w = x.shape
        size = w // self.heads
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, size).permute(2, 0, 3, 1, 4)
        scores = (q * size**-0.5) @ k.transpose(-1, -2) + bias.to(q.dtype)
        a = scores.softmax(-1, dtype=q.dtype) @ v
        x = self.norm1(x + self.out(a.transpose(1, 2).reshape(b, t, w)))
        y: Tensor = self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))
        return y


class Encoder(nn.Module):
    def __init__(
        self,
        *,
        width: int = WIDTH,
        heads: int = HEADS,
        layers: int = LAYERS,
        inner: int = INNER,
        vocabulary: int = VOCABULARY,
        positions: int = POSITIONS,
    ) -> None:
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(positions, width)
        self.shapes = nn.Embedding(SHAPES, width)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer(width, heads, inner) for _ in range(layers))

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """``mask`` is true where there is a piece."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.pieces(ids) + self.positions(places)[None] + self.shapes(shapes)
        x = self.drop(self.norm(x))
        bias = torch.where(mask, 0.0, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return torch.as_tensor(x)

    def load_bert(self, file: Path) -> None:
        """Takes the weights of a BERT in safetensors form."""
        w = load_file(file)
        with torch.no_grad():
            self.pieces.weight.copy_(w["embeddings.word_embeddings.weight"])
            kinds = w["embeddings.token_type_embeddings.weight"][0]
            self.positions.weight.copy_(w["embeddings.position_embeddings.weight"] + kinds)
            _copy(self.norm, w, "embeddings.LayerNorm")
            for i, layer in enumerate(self.layers):
                assert isinstance(layer, Layer)
                at = f"encoder.layer.{i}."
                names = [f"{at}attention.self.{x}" for x in ("query", "key", "value")]
                layer.qkv.weight.copy_(torch.cat([w[f"{n}.weight"] for n in names]))
                layer.qkv.bias.copy_(torch.cat([w[f"{n}.bias"] for n in names]))
                _copy(layer.out, w, at + "attention.output.dense")
                _copy(layer.norm1, w, at + "attention.output.LayerNorm")
                _copy(layer.up, w, at + "intermediate.dense")
                _copy(layer.down, w, at + "output.dense")
                _copy(layer.norm2, w, at + "output.LayerNorm")


def _copy(module: nn.Linear | nn.LayerNorm, weights: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(weights[f"{name}.weight"])
    module.bias.copy_(weights[f"{name}.bias"])


class AttributionHeads(nn.Module):
    def __init__(
        self, width: int = WIDTH, *, pair: int = PAIR, conv: int = CONV, bilinear: int = BILINEAR
    ) -> None:
        super().__init__()
        self.bilinear = bilinear
        self.drop = nn.Dropout(0.1)
        self.tags = nn.Linear(width, 9)  # cue, content, source: outside, begins, inside
        self.word = nn.Linear(width, pair)
        self.cue = nn.Linear(3 * width, pair)
        self.distance = nn.Embedding(2 * REACH + 1, pair)
        nn.init.normal_(self.distance.weight, std=0.02)
        self.conv = nn.Conv1d(pair, conv, 3, padding=1)
        self.label = nn.Linear(conv, LABELS)
        self.left = nn.Linear(width, bilinear)
        self.right = nn.Linear(3 * width, LABELS * bilinear)
        self.none = nn.Linear(pair, 2)  # no source: as a start, as an end

    def tag(self, words: Tensor) -> Tensor:
        tags: Tensor = self.tags(self.drop(words))
        return tags

    def link(
        self, words: Tensor, tags: Tensor, at: Tensor, cues: Tensor, distance: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Scores of each word for each cue, (cues, words, LABELS), and of no source, (cues, 2).

        ``at``: the window of each cue; ``cues``: its first and last word there.
        """
        words = self.drop(words)
        sums = F.pad(words.float().cumsum(1), (0, 0, 1, 0))
        length = (cues[:, 1] - cues[:, 0] + 1).float()[:, None]
        mean = (sums[at, cues[:, 1] + 1] - sums[at, cues[:, 0]]) / length
        cue = torch.cat([words[at, cues[:, 0]], words[at, cues[:, 1]], mean.to(words.dtype)], -1)
        bound = self.cue(cue)
        pair = F.gelu(self.word(words)[at] + bound[:, None] + self.distance(distance))
        pair = F.gelu(self.conv(pair.transpose(1, 2)).transpose(1, 2))
        right = self.right(cue).view(len(cues), LABELS, self.bilinear)
        scores = (
            self.label(pair) + self.left(words)[at] @ right.transpose(1, 2) / self.bilinear**0.5
        )
        scores = scores + F.pad(tags[at][:, :, 3:6], (0, 2))
        return scores, self.none(F.gelu(bound))


class Network(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.heads = AttributionHeads()


def buckets(offsets: Tensor) -> Tensor:
    """Distances in words as ``2 * REACH + 1`` classes: exact up to 16, then by ratio."""
    size = offsets.abs().float()
    far = 16 + torch.log2(size.clamp(min=16) / 16) * 4
    near = torch.where(size <= 16, size, far).clamp(max=REACH).long()
    return torch.where(offsets < 0, REACH - near, REACH + near)
