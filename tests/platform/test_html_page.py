"""The page of a timeline in a real browser: filters, keyboard, colours, print, and nothing that a stranger wrote runs.

The browser is ``tests.platform.browser``'s: a headless Chromium on loopback.
"""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.render.html import render_html
from handlers.reply import Reply
from tests.platform.browser import CHROMIUM, Browser, browse, running

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
HOSTILE = '</script><script>window.ran = 1</script><img src="http://evil.example/x" onerror="window.ran = 1">'


def entry(day: str | None, modality: str, outlet: str, text: str, **more: object) -> dict[str, Any]:
    report = {"article": "a1", "outlet": outlet, "url": "https://gazette.example/1", "published_at": None,
              "quote": f"Quote: {text}", "origin": None}  # fmt: skip
    return {"from": day, "to": day, "precision": "day", "basis": "stated", "modality": modality, "title": text,
            "sentences": [text], "reports": [report], "n_independent": 1, "disputes": [], "kind": "move",
            **more}  # fmt: skip


CLAIM = {"value": "100 troops", "outlet": "Gazette", "quote": HOSTILE}
DISPUTE = {"kind": "figure", "here": CLAIM, "there": CLAIM}
DATA = {
    "topic": HOSTILE,
    "entries": [
        entry("2018-12-10", "happened", "Gazette", "Two bombers flew to Caracas.", places=["Caracas"], events=["e7"]),
        entry("2019-01-01", "happened", "Gazette", "Nicolás Maduro spoke.", to="2019-12-31", precision="year",
              actors=["Nicolás Maduro"], kind="consult"),
        entry("2019-03-23", "happened", "Herald", "Two planes landed.", disputes=[DISPUTE], places=["Caracas"]),
        entry("2029-04-03", "planned", "Вестник", "Стороны подпишут договор." + "W" * 300, kind="agree"),
        entry(None, "alleged", HOSTILE, HOSTILE, precision="unknown", actors=["Nicolás Maduro", HOSTILE]),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with running(tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "timeline.html"
    path.write_text(render_html(Reply("x: 5 entries", (), DATA), now=NOW), encoding="utf-8")
    return path


Steps = Callable[[Browser], Coroutine[Any, Any, None]]
Visit = Callable[..., None]


@pytest.fixture
def visit(port: int, page: Path) -> Visit:
    """Run steps on the opened page; afterwards nothing may have run, been fetched, or been refused by the policy."""

    def run(steps: Steps, fragment: str = "") -> None:
        async def go() -> None:
            async with browse(port) as browser:
                await browser.open(page, fragment)
                await steps(browser)
                assert await browser.ask("window.ran") is None
                # The browser draws its own controls from data.
                assert {url.partition(":")[0] for url in browser.list_requests()} <= {"file", "about", "data"}
                assert browser.list_complaints() == []

        asyncio.run(go())

    return run


async def fill(browser: Browser, **values: str) -> str:
    """Fill in filters as a reader does, and return what the page announces."""
    script = "".join(
        f"document.getElementById({json.dumps(name.rstrip('_'))}).value = {json.dumps(value)};"
        for name, value in values.items()
    )
    await browser.ask(script + 'document.getElementById("filters").dispatchEvent(new Event("input"))')
    return await shown(browser)


async def shown(browser: Browser) -> str:
    """Return how many events are said to be there, having counted that it is true."""
    said = str(await browser.ask('document.getElementById("shown").textContent'))
    seen = '[...document.querySelectorAll(".entry")].filter((one) => one.checkVisibility()).length'
    assert said == f"{await browser.ask(seen)} of 5 events shown."
    return said


ONE, TWO = "1 of 5 events shown.", "2 of 5 events shown."


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "5 of 5 events shown."),
        ({"words": "PLANES landed"}, ONE),
        ({"words": "договор"}, ONE),
        ({"words": "nicolas"}, ONE),
        ({"actor": "Nicolás Maduro"}, TWO),
        ({"actor": HOSTILE}, ONE),
        ({"place": "Caracas"}, TWO),
        ({"kind": "consult"}, ONE),
        ({"outlet": "Gazette"}, TWO),
        ({"outlet": HOSTILE}, ONE),
        ({"state": "planned"}, ONE),
        ({"state": "disputed"}, ONE),
        ({"from_": "2019", "to": "2019"}, TWO),
        ({"from_": "2019"}, "3 of 5 events shown."),
        ({"to": "2018"}, ONE),
        ({"place": "Caracas", "words": "planes", "from_": "2019"}, ONE),
        ({"place": "Caracas", "kind": "consult"}, "0 of 5 events shown."),
    ],
)
def test_filters_leave_what_they_say(visit: Visit, values: dict[str, str], said: str) -> None:
    async def steps(browser: Browser) -> None:
        if "place" in values:
            await browser.ask('if (!document.getElementById("place")) throw Error("no such filter")')
        assert await fill(browser, **values) == said

    visit(steps)


def test_what_a_filter_empties_is_gone_and_comes_back(visit: Visit) -> None:
    """No heading without entries, no link to it, and a way out where nothing is left."""

    async def steps(browser: Browser) -> None:
        async def seen(selector: str) -> list[str]:
            script = f"[...document.querySelectorAll({json.dumps(selector)})].filter((one) => one.checkVisibility())"
            found: list[str] = await browser.ask(script + ".map((one) => one.textContent)")
            return found

        assert await seen("#none") == []
        await fill(browser, words="planes")
        assert await seen("h2") == ["2019"]
        assert await seen("h3") == ["March"]
        assert await seen("nav a") == ["2019"]
        assert await fill(browser, words="no such word") == "0 of 5 events shown."
        assert await seen("h2, h3, h4, nav a") == []
        assert (await seen("#none"))[0].startswith("No event fits these filters.")
        await browser.ask('document.querySelector("#none button").focus()')
        await browser.press("Enter")
        await browser.ask("new Promise((done) => setTimeout(done))")
        assert await shown(browser) == "5 of 5 events shown."
        assert await browser.ask("document.activeElement.id") == "words"
        assert await seen("#none") == []
        assert await seen("h2") == ["2018", "2019", "2029", "Date unknown"]

    visit(steps)


def test_the_state_is_in_the_address(visit: Visit, page: Path) -> None:
    async def steps(browser: Browser) -> None:
        assert await shown(browser) == ONE
        assert await browser.ask('document.getElementById("place").value') == "Caracas"
        await fill(browser, words="two планы & более=1")
        state = await browser.ask("location.hash")
        assert "place=Caracas" in state
        await browser.open(page, state)
        assert await browser.ask('document.getElementById("words").value') == "two планы & более=1"
        assert await shown(browser) == "0 of 5 events shown."
        await browser.ask('location.hash = "#state=planned"')
        await browser.ask("new Promise((done) => setTimeout(done, 0))")
        assert await shown(browser) == ONE
        assert await browser.ask('document.getElementById("words").value') == ""
        await browser.ask('document.querySelector("button[type=reset]").click()')
        await browser.ask("new Promise((done) => setTimeout(done))")
        assert await browser.ask("location.hash") == ""

    visit(steps, "#place=Caracas&from=2019&to=2019")


@pytest.mark.parametrize("fragment", ["#place=Atlantis&kind=%00&x=1", "#y-2019", "#e7", "#=", "#%E0%A4%A", "#words="])
def test_what_the_address_cannot_mean_hides_nothing(visit: Visit, fragment: str) -> None:
    async def steps(browser: Browser) -> None:
        assert await shown(browser) == "5 of 5 events shown."
        if fragment in {"#y-2019", "#e7"}:
            assert await browser.ask('document.querySelector(":target").checkVisibility()')

    visit(steps, fragment)


def test_everything_can_be_done_without_a_mouse(visit: Visit) -> None:
    async def steps(browser: Browser) -> None:
        order = ["skip", "SUMMARY", "words", "actor", "place", "kind", "outlet", "state", "from", "to", "reset",
                 "quotes", "#y-2018", "#y-2019", "#y-2029", "#y-unknown", "SUMMARY",
                 "https://gazette.example/1"]  # fmt: skip
        for expected in order:
            await browser.press("Tab")
            names = await browser.ask(
                "(({ className, id, type, href, tagName }) => [className, id, type, href, tagName, new URL("
                'href || "x:y").hash])(document.activeElement)'
            )
            assert expected in names, (expected, names)
            assert await browser.ask("document.activeElement.checkVisibility()")
            box = "document.activeElement.getBoundingClientRect()"
            assert await browser.ask(f"{box}.left >= 0 && {box}.bottom <= innerHeight && {box}.top >= 0")
            assert await browser.ask("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            if expected == "#y-unknown":
                await browser.ask('document.querySelector("details.quotes").open = true')

    visit(steps)


def test_filters_answer_to_keys(visit: Visit) -> None:
    async def steps(browser: Browser) -> None:
        for _ in range(3):
            await browser.press("Tab")
        for letter in "landed":
            await browser.press(letter)
        assert await shown(browser) == ONE
        for _ in range(6):
            await browser.press("Backspace")
        assert await shown(browser) == "5 of 5 events shown."
        await browser.press("Tab")
        await browser.press("Tab")
        await browser.press("ArrowDown")
        assert await browser.ask('document.getElementById("place").value') in {"", "Caracas"}
        for _ in range(6):
            await browser.press("Tab")
        assert await browser.ask("document.activeElement.type") == "reset"
        await browser.press("Tab")
        await browser.press("Enter")
        assert await browser.ask('[...document.querySelectorAll("details.quotes")].every((one) => one.open)')
        await browser.ask("new Promise((done) => setTimeout(done, 50))")
        assert await browser.ask('document.getElementById("quotes").textContent') == "Close quotes"
        await browser.press(" ")
        assert not await browser.ask('[...document.querySelectorAll("details.quotes")].some((one) => one.open)')

    visit(steps)


def test_the_first_key_leads_past_everything(visit: Visit) -> None:
    async def steps(browser: Browser) -> None:
        await browser.press("Tab")
        assert await browser.ask("document.activeElement.className") == "skip"
        await browser.press("Enter")
        assert await browser.ask("document.activeElement.id") == "entries"
        assert await shown(browser) == "5 of 5 events shown."
        await browser.press("Tab")
        assert await browser.ask("document.activeElement.tagName") == "SUMMARY"
        await browser.press("Enter")
        assert await browser.ask("document.activeElement.parentElement.open") is True

    visit(steps)


CONTRAST = """
(() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([red, green, blue]) => {
    const [r, g, b] = [red, green, blue].map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = parts(getComputedStyle(one).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
  };
  const poor = [];
  for (const element of document.querySelectorAll("body *:not(svg, svg *, script, option)")) {
    const isText = element.matches("input, select") || [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!isText || !element.checkVisibility()) continue;
    const [high, low] = [light(parts(getComputedStyle(element).color)), light(ground(element))].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < 4.5) poor.push([element.tagName, element.className, ratio]);
  }
  return poor;
})()
"""  # noqa: E501 - one expression of another language


@pytest.mark.parametrize(("scheme", "ground"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(27, 30, 36)")])
def test_colours_follow_the_reader_and_can_be_read(visit: Visit, scheme: str, ground: str) -> None:
    """All words have a contrast of 4.5 with what they stand on (WCAG 2.2, 1.4.3), and none sticks out of a screen."""

    async def steps(browser: Browser) -> None:
        await browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        assert await browser.ask("getComputedStyle(document.documentElement).backgroundColor") == ground
        await browser.ask('for (const one of document.querySelectorAll("details")) one.open = true')
        assert await browser.ask('getComputedStyle(document.querySelector("svg rect")).fill') == ground
        assert await browser.ask(CONTRAST) == []
        for width in (320, 390, 1280):
            await browser.resize(width)
            assert await browser.ask("document.documentElement.scrollWidth") <= width

    visit(steps)


def test_a_screen_reader_finds_its_way(visit: Visit) -> None:
    """Landmarks; headings that skip no level; a name on all that can be worked; languages; targets of 24 pixels."""

    async def steps(browser: Browser) -> None:
        await browser.ask('for (const one of document.querySelectorAll("details")) one.open = true')
        tree = await browser.call("Accessibility.getFullAXTree")
        nodes = [node for node in tree["nodes"] if not node.get("ignored") and "role" in node]
        roles = [node["role"]["value"] for node in nodes]
        for role in ("banner", "main", "search", "navigation", "contentinfo", "status"):
            assert roles.count(role) == 1, role
        worked = {"link", "button", "combobox", "searchbox", "textbox", "DisclosureTriangle"}
        unnamed = [node for node in nodes if node["role"]["value"] in worked and not node["name"]["value"].strip()]
        assert unnamed == []
        levels = [int(tag[1]) for tag in await browser.ask(
            '[...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((one) => one.tagName)')]  # fmt: skip
        assert levels[0] == levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert await browser.ask('document.querySelectorAll("p[lang=ru]").length') == 1
        pictures = [node for node in nodes if node["role"]["value"] in {"image", "img"}]
        assert "5 events" in json.dumps(pictures, ensure_ascii=False)
        sizes = 'getBoundingClientRect().height >= 24 || getComputedStyle(one).display === "inline"'
        targets = '[...document.querySelectorAll("button, input:not([type=hidden]), select, summary, a:not(.skip)")]'
        small = f"{targets}.filter((one) => one.checkVisibility() && !(one.{sizes})).map((one) => one.outerHTML)"
        assert await browser.ask(small) == []

    visit(steps)


def test_words_of_the_picture_stay_inside(visit: Visit) -> None:
    """Also in the letters of this machine, which are not those that were measured."""

    async def steps(browser: Browser) -> None:
        await browser.ask('document.querySelector("details.picture").open = true')
        edges = '[...document.querySelectorAll("svg text")].map((one) => one.getBBox().x + one.getBBox().width)'
        assert await browser.ask(f"Math.max(...{edges})") <= 1080

    visit(steps)


def test_print_shows_all_quotes(visit: Visit) -> None:
    """On paper nothing can be opened, so it is open; the colours are those of paper."""

    async def steps(browser: Browser) -> None:
        seen = '[...document.querySelectorAll("blockquote p")].filter((one) => one.checkVisibility()).length'
        assert await browser.ask(seen) == 0
        await browser.ask('window.dispatchEvent(new Event("beforeprint"))')
        assert await browser.ask(seen) == 5
        await browser.ask('window.dispatchEvent(new Event("afterprint"))')
        assert await browser.ask(seen) == 0
        await browser.call(
            "Emulation.setEmulatedMedia", media="print", features=[{"name": "prefers-color-scheme", "value": "dark"}]
        )
        for selector in ("#filters", "nav", ".skip", "#quotes"):
            assert await browser.ask(f'getComputedStyle(document.querySelector("{selector}")).display') == "none"
        assert await browser.ask(seen) == 5
        assert await browser.ask("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
        assert await browser.ask(CONTRAST) == []
        address = 'getComputedStyle(document.querySelector("cite a"), "::after").content'
        assert "gazette.example" in await browser.ask(address)
        await browser.call("Emulation.setEmulatedMedia", media="")
        paper = await browser.call("Page.printToPDF")
        assert base64.b64decode(paper["data"]).startswith(b"%PDF")

    visit(steps)


def test_without_scripts_everything_is_there(port: int, page: Path) -> None:
    async def go() -> None:
        async with browse(port) as browser:
            await browser.call("Emulation.setScriptExecutionDisabled", value=True)
            await browser.open(page, "#state=planned")
            seen = '[...document.querySelectorAll(".entry")].filter((one) => one.checkVisibility()).length'
            assert await browser.ask(seen) == 5
            for selector in ("#filters", "#quotes", "#none"):
                assert await browser.ask(f'document.querySelector("{selector}").checkVisibility()') is False
            assert await browser.ask('document.getElementById("shown").textContent') == "5 events shown."

    asyncio.run(go())


def test_a_page_of_nothing_has_no_filters_and_no_errors(visit: Visit, page: Path) -> None:
    page.write_text(render_html(Reply("Nothing.", (), {"topic": "x", "entries": []}), now=NOW), encoding="utf-8")

    async def steps(browser: Browser) -> None:
        assert await browser.ask('document.getElementById("filters")') is None
        assert await browser.ask('document.getElementById("shown").textContent') == "0 events shown."

    visit(steps)


def test_the_policy_refuses_what_is_not_ours(visit: Visit) -> None:
    """Even where a text broke out of its place, no script of it would run and nothing would be fetched."""

    async def steps(browser: Browser) -> None:
        await browser.ask(
            'document.body.insertAdjacentHTML("beforeend", "<img src=http://127.0.0.1:9/x onerror=window.ran=1>");'
            'const script = document.createElement("script"); script.textContent = "window.ran = 1";'
            "document.body.append(script)"
        )
        refused = [event for event in browser.list_complaints() if "Content Security Policy" in json.dumps(event)]
        assert refused
        assert await browser.ask("window.ran") is None
        browser.events.clear()

    visit(steps)
