"""Everything that CI checks, stage by stage, each with a time budget.

    python tools/check.py            all stages
    python tools/check.py lint types the stages named

A stage fails when its command does, or when it takes longer than its budget: a check that has
become slow is a fault to be mended, like any other. All stages run; the exit code is 1 when any
failed.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BIN = Path(PYTHON).parent

STAGES: dict[str, tuple[int, list[list[str]]]] = {
    # Budgets in seconds: about three times what a machine with two cores takes.
    "lint": (60, [
        [str(BIN / "ruff"), "check", "."],
        [str(BIN / "ruff"), "format", "--check", "."],
    ]),
    "types": (600, [[str(BIN / "mypy")]]),
    "layers": (60, [[str(BIN / "lint-imports")]]),
    "docs": (600, [[PYTHON, "tools/docs.py", "--check"]]),
    "gate": (1200, [[PYTHON, "benchmarks/gate.py"]]),
    "tests": (1800, [[PYTHON, "-m", "pytest"]]),
}  # fmt: skip


def main(wanted: list[str]) -> int:
    unknown = [name for name in wanted if name not in STAGES]
    if unknown:
        print(f"no stage {', '.join(unknown)}; stages are {', '.join(STAGES)}", file=sys.stderr)
        return 2
    failed: list[str] = []
    lines: list[str] = []
    for name in wanted or list(STAGES):
        budget, commands = STAGES[name]
        print(f"\n=== {name}", flush=True)
        start = time.monotonic()
        codes = [subprocess.call(command, cwd=ROOT) for command in commands]
        took = time.monotonic() - start
        bad = any(codes)
        late = took > budget
        if bad or late:
            failed.append(name)
        verdict = "FAILED" if bad else "OVER BUDGET" if late else "ok"
        lines.append(f"{name:8} {took:6.1f} s of {budget:4} s  {verdict}")
    print("\n" + "\n".join(lines))
    passed = len(lines) - len(failed)
    print(f"stages: {passed} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
