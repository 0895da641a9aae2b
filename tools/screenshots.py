"""Makes the pictures of the explorer in the docs, from the examples, in a real browser.

    python tools/screenshots.py

Reads ``examples/`` into a store of its own, reconciles it, and photographs pages with Chromium
by way of Playwright. Pictures differ a little from one machine's fonts to another's, so CI does
not compare them.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

PICTURES = (
    # name, page, what the mouse points at, window's width and height, colour scheme
    ("explorer-report", "/reports/{harbour}", ".text a.perm", 1240, 820, "light"),
    ("explorer-dark", "/reports/{harbour}#e1", None, 620, 760, "dark"),
    ("explorer-events", "/events?realis=", None, 1240, 620, "light"),
)


def main() -> int:
    from playwright.sync_api import sync_playwright

    import onrecord
    from onrecord.reconcile.store_pass import reconcile
    from onrecord.store import Store
    from onrecord.web.app import create_app
    from onrecord.web.security import Access
    from tests.web.browser import ARGUMENTS, chromium, served

    where = chromium()
    if where is None:
        print("no Chromium here: install one, or set ONRECORD_CHROMIUM", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "examples.duckdb"
        numbers: dict[str, int] = {}
        with Store(path) as store:
            for file in sorted((ROOT / "examples").glob("*.txt")):
                record = onrecord.read(
                    file.read_text(encoding="utf-8"),
                    published="2031-05-06",
                    title=file.stem.replace("-", " ").capitalize(),
                    id=file.name,
                )
                numbers[file.stem.split("-")[0]] = store.put(record)[0].report
            reconcile(store)
        with served(create_app(path, Access(), "reader")) as address, sync_playwright() as started:
            browser = started.chromium.launch(executable_path=where, args=list(ARGUMENTS))
            for name, page, pointed, width, height, scheme in PICTURES:
                shown = browser.new_page(
                    viewport={"width": width, "height": height},
                    color_scheme="dark" if scheme == "dark" else "light",
                )
                shown.goto(address + page.format(**numbers))
                if pointed is not None:
                    shown.hover(pointed)
                shown.screenshot(path=ROOT / "docs" / f"{name}.png")
                shown.close()
                print(f"docs/{name}.png")
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
