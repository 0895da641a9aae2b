#!/usr/bin/env python3
"""From a bare Python 3.11 to a running onrecord: sets up all that it needs, then does one job.

    python3 run.py read [FILE …]   read reports; without a file, a bundled example
    python3 run.py test            everything that CI checks
    python3 run.py onrecord …      any other onrecord command

The environment is made once in .venv (or .venv-dev for the tests), from the pinned and hashed
lists in requirements/, and again when those change. Nothing outside this folder is touched.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
EXAMPLE = ["examples/harbour-accord.txt", "--published", "2031-05-06"]


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what older Pythons are run on
        print(f"onrecord needs Python 3.11 or newer; this is {sys.version}", file=sys.stderr)
        return 2
    job, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if job == "test":
        python = environment(ROOT / ".venv-dev", ROOT / "requirements" / "dev.txt")
        return run([python, "tools/check.py", *rest])
    if job in {"read", "onrecord"}:
        python = environment(ROOT / ".venv", ROOT / "requirements" / "read.txt")
        command = ["read", *(rest or EXAMPLE)] if job == "read" else rest
        if job == "read" and not rest:
            os.chdir(ROOT)
        return subprocess.call([python, "-m", "onrecord", *command])
    print(__doc__, file=sys.stderr)
    return 0 if job in {"-h", "--help"} else 2


def environment(folder: Path, lock: Path) -> str:
    """The Python of a virtual environment that holds exactly what ``lock`` lists, and onrecord."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    state = hashlib.sha256(
        lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()
    ).hexdigest()
    stamp = folder / "onrecord.stamp"
    if stamp.exists() and stamp.read_text() == state:
        return str(python)
    print(f"setting up {folder.name} (once; a minute or two)", file=sys.stderr)
    venv.create(folder, with_pip=True, clear=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.check_call([*pip, "--require-hashes", "-r", str(lock)])
    subprocess.check_call([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    stamp.write_text(state)
    return str(python)


def run(command: list[str]) -> int:
    return subprocess.call(command, cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
