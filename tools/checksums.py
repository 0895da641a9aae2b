"""Writes SHA256SUMS beside the data and the weights; run it after changing one of their files.

python tools/checksums.py
"""

from __future__ import annotations

from pathlib import Path

from onrecord.record.integrity import write_sums

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "onrecord"


def main() -> None:
    for folder in (PACKAGE / "knowledge" / "data", PACKAGE / "models"):
        write_sums(folder)


if __name__ == "__main__":
    main()
