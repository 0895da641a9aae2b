"""The explorer in a real browser: both sides light up, nothing leaves the machine, axe is content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.store import Store
from onrecord.web.app import create_app
from onrecord.web.render import single_page
from onrecord.web.security import Access
from tests.web.browser import ARGUMENTS, axe, chromium, served
from tests.web.made import TEXT, fill, harbour, key
from tests.web.test_hostile import HARM, hostile

playwright = pytest.importorskip(
    "playwright.sync_api", reason="Playwright is not here: pip install playwright"
)
pytestmark = pytest.mark.skipif(
    chromium() is None, reason="no Chromium here: install one, or set ONRECORD_CHROMIUM"
)
PAGES = (
    "/", "/reports", "/reports/1", f"/reports/1/{key(21)}", "/events", "/events/8", "/timeline", "/map",
    "/positions", "/permissions", "/conflicts/2", "/copies/1", "/figures/4", "/actors/5", "/corrections",
    "/search?q=harbour", "/settings", "/failures", "/quoted", "/days/2031-05-05",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        made = started.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        yield made
        made.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("browser") / "made.duckdb"
    fill(path)
    with served(create_app(path, Access(), "tester")) as made:
        yield made


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    made = browser.new_page(viewport={"width": 1300, "height": 900})
    made.set_default_timeout(10_000)
    errors: list[str] = []
    made.on("pageerror", lambda error: errors.append(str(error)))
    made.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    yield made
    made.close()
    assert errors == []


def lit(page: Any, kind: str) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        f".text .{kind}", "all => all.map(e => e.textContent)"
    )
    return found


def test_an_entry_lights_up_its_words(page: Any, address: str) -> None:
    page.goto(f"{address}/reports/1")
    page.hover("#r1 .line")
    assert lit(page, "lit") == ["may let"]
    assert "".join(lit(page, "lit-part")) == "OrlandKeshuse the harbour until June"
    labels = page.eval_on_selector_all(".text [data-label]", "all => all.map(e => e.dataset.label)")
    assert labels == ["grantor", "grantee", "act", "limit"]
    assert page.eval_on_selector("#r1", "e => e.classList.contains('lit')")


def test_words_light_up_their_entry(page: Any, address: str) -> None:
    page.goto(f"{address}/reports/1")
    page.hover(".text a[href='#e1']")
    assert page.eval_on_selector_all(".card.lit", "all => all.map(e => e.id)") == ["e1"]
    assert "troops" in page.inner_text(".near")
    assert "told by the general (not named)" in page.inner_text(".near")
    page.mouse.move(5, 5)


def test_the_keyboard_does_what_the_mouse_does(page: Any, address: str) -> None:
    page.goto(f"{address}/reports/1")
    page.focus(".text a[href='#e2']")
    assert "e2" in page.eval_on_selector_all(".card.lit", "all => all.map(e => e.id)")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#e2"
    assert page.evaluate("document.activeElement.closest('.card').id") == "e2"
    assert page.is_visible("#e2")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#t-e2"
    page.keyboard.press("Escape")
    assert lit(page, "lit") == []


def test_without_javascript_links_light_both_sides(
    browser: Any, address: str, tmp_path: Path
) -> None:
    sent = tmp_path / "sent.html"
    sent.write_text(single_page([harbour()]), encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    # A server's page gets the rules from a file, the page that is sent on holds them.
    for start in (f"{address}/reports/1", sent.as_uri()):
        page.goto(start)
        page.click(".text a[href='#e2']")
        assert page.url.endswith("#e2")
        outline = "e => getComputedStyle(e).outlineStyle"
        shadow = "e => getComputedStyle(e).boxShadow"
        assert page.locator("#e2").evaluate(outline) == "solid"
        assert "inset" in page.locator(".text a[href='#e2']").evaluate(shadow)
        assert page.locator(".text a[href='#t1']").evaluate(shadow) == "none"
        assert page.locator("#e1").evaluate("e => getComputedStyle(e).outlineStyle") == "none"
        page.uncheck(".layer-events")
        decoration = page.locator(".text a[href='#e2']").evaluate(
            "e => getComputedStyle(e).textDecorationLine"
        )
        assert decoration == "none"
    context.close()


def test_no_request_goes_to_another_host(browser: Any, address: str, tmp_path: Path) -> None:
    """The request log of every page, hostile reports included, and of the page that is sent on."""
    path = tmp_path / "harm.duckdb"
    with Store(path) as store:
        store.put([hostile(words) for words in HARM])
    sent = tmp_path / "sent.html"
    sent.write_text(single_page([harbour(), *map(hostile, HARM)]), "utf-8", "replace")
    page = browser.new_page()
    asked: list[str] = []
    alerts: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    for at in PAGES:
        page.goto(address + at)
    assert [url for url in asked if not url.startswith(address)] == []
    assert any(url.endswith("/static/onrecord.js") for url in asked)
    asked.clear()
    with served(create_app(path, Access())) as harmed:
        for number in range(1, len(HARM) + 1):
            page.goto(f"{harmed}/reports/{number}")
            page.hover(".card .line >> nth=0")
        # The icon of the page before may still come.
        assert [url for url in asked if not url.startswith((harmed, address))] == []
    asked.clear()
    page.goto(sent.as_uri())
    page.hover(".card .line >> nth=0")
    assert asked == [sent.as_uri()]
    assert alerts == []
    page.close()


def test_words_that_are_selected_can_be_added(page: Any, address: str) -> None:
    page.goto(f"{address}/reports/2")
    page.evaluate(
        """() => {
            const piece = [...document.querySelectorAll(".text [data-o]")].find(e => e.textContent.includes("talks failed"));
            const at = piece.firstChild.data.indexOf("failed");
            const range = document.createRange();
            range.setStart(piece.firstChild, at);
            range.setEnd(piece.firstChild, at + 6);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    page.wait_for_selector("#add[open]")
    assert page.input_value("#add [name=words]") == "failed"
    start = TEXT.index("failed")
    assert page.input_value("#add [name=start]") == str(start)
    assert page.input_value("#add [name=end]") == str(start + 6)
    page.select_option("#add [name=what]", "events|REJECT")
    page.click("#add button")
    page.wait_for_selector(".text a.ev")
    assert page.inner_text(".text a.ev") == "failed"
    page.click("text=Undo it")
    page.goto(f"{address}/reports/2")
    assert page.locator(".text a.ev").count() == 0


@pytest.mark.parametrize(
    ("select", "start", "end"),
    [
        # A triple click takes a paragraph, and ends at the start of the next.
        ("const p = document.querySelectorAll('.text p'); range.setStart(p[1], 0); range.setEnd(p[2], 0);",
         TEXT.index("The minister"), TEXT.index("river.") + 6),
        ("range.selectNodeContents(document.querySelector('.text'));", 0, len(TEXT) - 1),
        ("range.selectNode(document.querySelector(\".text a[href='#e2']\"));",
         TEXT.index("fled"), TEXT.index("fled") + 4),
    ],
)  # fmt: skip
def test_a_selection_beside_the_pieces_takes_them_whole(
    page: Any, address: str, select: str, start: int, end: int
) -> None:
    page.goto(f"{address}/reports/3")
    page.evaluate(
        "() => { const range = document.createRange(); "
        + select
        + " getSelection().removeAllRanges(); getSelection().addRange(range); }"
    )
    page.wait_for_selector("#add[open]")
    assert page.input_value("#add [name=start]") == str(start)
    assert page.input_value("#add [name=end]") == str(end)


def test_an_entry_is_corrected_and_the_correction_undone(page: Any, address: str) -> None:
    page.goto(f"{address}/reports/3")
    page.click("#e2 summary")
    page.click("#e2 .acts a")
    page.select_option("form:has([value='realis']) select", "future")
    page.click("button:has-text('Set realis')")
    assert "future" in page.inner_text("h1")
    page.click("text=Undo it")
    assert page.url.endswith("/corrections")
    page.goto(f"{address}/reports/3/e2")
    assert "actual" in page.inner_text("h1")


@pytest.mark.parametrize("width", [320, 480, 900])
def test_narrow_windows_need_no_sideways_scrolling(browser: Any, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    for at in PAGES:
        page.goto(address + at)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, at
    page.close()


def luminance(color: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", color)[:3]]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("scheme", "dark"), [("dark", True), ("light", False)])
def test_dark_mode_is_dark(browser: Any, address: str, scheme: str, dark: bool) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto(f"{address}/reports/1")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (luminance(paper) < 0.2) is dark
    page.close()


@pytest.mark.skipif(axe() is None, reason="axe-core is not here: npm install --no-save axe-core")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Any, address: str, tmp_path: Path, scheme: str) -> None:
    found_axe = axe()
    assert found_axe is not None
    script = found_axe.read_text(encoding="utf-8")
    sent = tmp_path / "sent.html"
    sent.write_text(single_page([harbour(), harbour(id="b")]), encoding="utf-8")
    page = browser.new_page(color_scheme=scheme, viewport={"width": 1300, "height": 900})
    serious: list[str] = []
    for at in [*(address + one for one in PAGES), sent.as_uri()]:
        page.goto(at)
        for details in page.query_selector_all("details"):
            details.evaluate("e => e.open = true")
        page.evaluate(script)
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        serious += [
            f"{at}: {v['id']}: {node['html'][:150]} {node['failureSummary'][:300]}"
            for v in result["violations"]
            if v["impact"] in {"serious", "critical"}
            for node in v["nodes"][:2]
        ]
    page.close()
    assert serious == []
