"""Writes what the docs show by running it, and checks that what they show is what is printed.

    python tools/docs.py           run every shown command, write its output and the picture
    python tools/docs.py --check   change nothing; fail where anything would change

In the Markdown, ``<!-- run: COMMAND -->`` before a fenced block says where the block is from; a
command may be cut by ``| head -N`` or ``| sed -n A,Bp``. Python examples are doctests.

``<!-- try: COMMAND -->`` is for a page that a reader follows step by step: its commands run one
after the other in a folder of the page's own, which holds ``examples/`` and whatever earlier ones
have made. The block shows the command and all that it says; times of the clock are blanked.
"""

from __future__ import annotations

import doctest
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PICTURE = ROOT / "docs" / "view.svg"
SHOWN = ["read", "examples/harbour-accord.txt", "--published", "2031-05-06"]
PICTURE_LINES = 44

_BLOCK = re.compile(r"(?P<open><!-- run: (?P<command>[^\n]+?) -->\n```\w*\n).*?```", re.S)
_STEP = re.compile(r"(?P<open><!-- try: (?P<command>[^\n]+?) -->\n```\w*\n).*?```", re.S)
_CLOCK = re.compile(r"\b\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?")
_CUT = re.compile(r"\s*\|\s*(?:head -(?P<head>\d+)|sed -n (?P<first>\d+),(?P<last>\d+)p)\s*$")


def main(arguments: list[str]) -> int:
    check = "--check" in arguments
    stale: list[str] = []
    for page in PAGES:
        old = page.read_text(encoding="utf-8")
        new = stepped(_BLOCK.sub(lambda m: m["open"] + output(m["command"]) + "```", old))
        if new != old:
            stale.append(page.name)
            if not check:
                page.write_text(new, encoding="utf-8")
        failures = doctest.testfile(str(page), module_relative=False, optionflags=FLAGS).failed
        if failures:
            stale.append(f"{page.name} ({failures} Python examples)")
    drawn = picture()
    if not PICTURE.exists() or PICTURE.read_text(encoding="utf-8") != drawn:
        stale.append(PICTURE.name)
        if not check:
            PICTURE.write_text(drawn, encoding="utf-8")
    stale += [f"docs/commands.md does not show {name}" for name in undocumented()]
    stale += [f"dead link {link}" for link in dead_links()]
    if check and stale:
        print("docs are not what is printed: " + ", ".join(stale), file=sys.stderr)
        print("write them again with: python tools/docs.py", file=sys.stderr)
        return 1
    print("docs: " + (", ".join(stale) + " written" if stale else "all as printed"))
    return 0


FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def stepped(page: str) -> str:
    """A page with the output of its steps, which are taken in a folder of their own."""
    if not _STEP.search(page):
        return page
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "examples", Path(folder) / "examples")
        return _STEP.sub(lambda m: m["open"] + step(m["command"], Path(folder)) + "```", page)


def step(command: str, folder: Path) -> str:
    """A command as it is typed, and all that it says."""
    return f"$ {command}\n" + blanked(output(command, folder, with_errors=True, columns=120))


def blanked(text: str) -> str:
    """``text`` with letters for the times of the clock, as wide as these: they differ each run."""
    return _CLOCK.sub(lambda m: "YYYY-MM-DD HH:MM:SS.ssssss"[: len(m[0])], text)


def output(
    command: str, folder: Path = ROOT, *, with_errors: bool = False, columns: int = 100
) -> str:
    """What a command prints; it must end well."""
    cut = _CUT.search(command)
    words = shlex.split(command[: cut.start()] if cut else command)
    if words[0] == "onrecord":
        words = [sys.executable, "-m", "onrecord", *words[1:]]
    elif words[0] == "python":
        words[0] = sys.executable
    env = {**os.environ, "COLUMNS": str(columns), "NO_COLOR": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(
        words, cwd=folder, env=env, text=True, encoding="utf-8", check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT if with_errors else subprocess.PIPE,
    )  # fmt: skip
    if done.returncode:
        said = done.stdout if with_errors else done.stderr
        raise SystemExit(f"a command shown in the docs fails: {command}\n{said[-2000:]}")
    lines = done.stdout.splitlines()
    if cut:
        first = int(cut.group("first") or 1)
        lines = lines[first - 1 : int(cut.group("last") or cut.group("head"))]
    return "".join(line.rstrip() + "\n" for line in lines)


def picture() -> str:
    """The first lines of the view of an example, drawn as a terminal shows them."""
    env = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": "100", "TERM": "xterm-256color",
           "PYTHONUTF8": "1"}  # fmt: skip
    env.pop("NO_COLOR", None)
    done = subprocess.run(
        [sys.executable, "-m", "onrecord", *SHOWN],
        cwd=ROOT, env=env, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    console = Console(
        record=True, width=100, file=io.StringIO(), force_terminal=True, color_system="standard",
        legacy_windows=False,
    )  # fmt: skip
    lines = done.stdout.splitlines()[:PICTURE_LINES]
    console.print(Text.from_ansi("\n".join(lines)), soft_wrap=True)
    drawn = console.export_svg(title="onrecord " + " ".join(SHOWN[:2]), unique_id="view")
    # The page must not ask another host for fonts.
    return re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.S)


def undocumented() -> list[str]:
    """Options that the page of commands does not name."""
    import click

    from onrecord.cli.main import cli

    page = ROOT / "docs" / "commands.md"
    text = page.read_text(encoding="utf-8")
    missing: list[str] = []
    context = click.Context(cli)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        inner = command.commands.items() if isinstance(command, click.Group) else []
        for full, one in [(name, command), *((f"{name} {sub}", c) for sub, c in inner)]:
            assert one is not None
            if f"onrecord {full}" not in text:
                missing.append(f"onrecord {full}")
            options = [o for p in one.params if isinstance(p, click.Option) for o in p.opts]
            missing += [option for option in options if option not in text]
    return missing


def dead_links() -> list[str]:
    """Links between our own pages that lead nowhere."""
    dead: list[str] = []
    for page in [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if "://" not in target and not (page.parent / target).exists():
                dead.append(f"{page.name} → {target}")
    return dead


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
