"""Writes requirements/*.txt: every package pinned and hashed, for all systems, without addresses.

Needs uv. Run it after changing the dependencies in pyproject.toml:  python tools/lock.py
"""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETS = {
    "read": ["--extra", "all", "--group", "build"],
    "dev": [
        "--extra",
        "all",
        "--extra",
        "cluster",
        "--extra",
        "mcp",
        "--group",
        "dev",
        "--group",
        "build",
    ],
}


def main() -> None:
    for name, options in SETS.items():
        subprocess.check_call(
            ["uv", "pip", "compile", "pyproject.toml", *options, "--universal",
             "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-header",
             "--no-annotate", "--quiet", "-o", f"requirements/{name}.txt"],
            cwd=ROOT,
        )  # fmt: skip


if __name__ == "__main__":
    main()
