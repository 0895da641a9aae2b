"""Prints what the heads find, one JSON line a document, for the bench's scorer.

python training/encoder/predict.py --data ../shared/bench/attribution/dev src/onrecord/models
python training/encoder/predict.py --data ../shared/bench/attribution/train --held-out FOLDER
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from encoder.data import held_out, rows
from onrecord.models import Models
from onrecord.reading.attributions.heads import AttributionHeads, Found
from onrecord.reading.encoder import Encoder


def entry(found: Found) -> dict[str, Any]:
    roles = ("source", "cue", "content")
    spans = {role: getattr(found, role) for role in roles}
    return {role: {"spans": s} if s else None for role, s in spans.items()} | {"score": found.score}


def predict(folder: Path, docs: Path, least: float | None = None) -> Iterator[dict[str, Any]]:
    """A line for each document of ``docs``; ``least`` is the lowest score kept."""
    weights = Models(folder)
    encoder, heads = Encoder(weights), AttributionHeads(weights)
    for row in rows(docs):
        found = heads.read(row["text"], encoder.encode(row["text"]), least)
        yield {"id": row["id"], "attributions": entries(found)}


def entries(found: Sequence[Found]) -> list[dict[str, Any]]:
    """``found`` as the scorer reads it; nested where the cue stands in another's content."""
    made = [entry(f) for f in found]
    for i, one in enumerate(made):
        inside = any(
            j != i and any(s <= one["cue"]["spans"][0][0] < t for s, t in other["content"]["spans"])
            for j, other in enumerate(made)
        )
        one["nested_in"] = "another" if inside else None
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--held-out", action="store_true", help="only the tenth not trained on")
    parser.add_argument("--least", type=float, default=None)
    options = parser.parse_args()
    for row in predict(options.folder, options.data / "docs.jsonl", options.least):
        if not options.held_out or held_out(row["id"]):
            print(json.dumps(row))


if __name__ == "__main__":
    main()
