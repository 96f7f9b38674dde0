"""The page of a timeline in a real browser: filters, keyboard, colours, print, and nothing that a stranger wrote runs.

Chromium is driven through its DevTools protocol (https://chromedevtools.github.io/devtools-protocol/) on loopback.
"""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.render.html import render_html
from handlers.reply import Reply

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update", "--remote-debugging-port=0")  # fmt: skip
PATIENCE_S = 60
NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
HOSTILE = '</script><script>window.ran = 1</script><img src="http://evil.example/x" onerror="window.ran = 1">'


class Browser:
    """One page of a running browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._n_calls = 0
        self.events: list[dict[str, Any]] = []

    async def call(self, method: str, **parameters: object) -> dict[str, Any]:
        self._n_calls += 1
        await self._socket.send_json({"id": self._n_calls, "method": method, "params": parameters})
        while True:
            message = await asyncio.wait_for(self._socket.receive_json(), PATIENCE_S)
            if message.get("id") == self._n_calls:
                assert "error" not in message, message
                found: dict[str, Any] = message["result"]
                return found
            self.events.append(message)

    async def open(self, path: Path) -> None:
        await self.call("Page.navigate", url=path.as_uri())
        deadline = time.monotonic() + PATIENCE_S
        while await self.ask("location.protocol + document.readyState") != "file:complete":
            assert time.monotonic() < deadline

    async def ask(self, expression: str) -> Any:  # noqa: ANN401 - whatever the page says
        found = await self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    async def press(self, key: str, code: int) -> None:
        text = {"text": "\r"} if key == "Enter" else {}
        await self.call("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=code, **text)
        await self.call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    async def fill(self, **values: str) -> str:
        """Fill in filters as a reader does, and return what the page announces."""
        script = "".join(
            f"document.getElementById({json.dumps(name.rstrip('_'))}).value = {json.dumps(value)};"
            for name, value in values.items()
        )
        await self.ask(script + 'document.getElementById("filters").dispatchEvent(new Event("input"))')
        return str(await self.ask('document.getElementById("shown").textContent'))


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Start Chromium with a profile of its own and return the port it listens on, on loopback."""
    profile = tmp_path_factory.mktemp("profile")
    process = subprocess.Popen(
        [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield wait_for_port(profile / "DevToolsActivePort", process)
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def wait_for_port(path: Path, process: subprocess.Popen[bytes]) -> int:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        lines = path.read_text().splitlines() if path.exists() else []
        if len(lines) > 1:
            return int(lines[0])
        if process.poll() is not None:
            pytest.skip(f"Chromium does not start here (exit code {process.returncode})")
        time.sleep(0.05)
    pytest.fail("Chromium did not open its port")


@asynccontextmanager
async def browse(port: int) -> AsyncIterator[Browser]:
    address = f"http://127.0.0.1:{port}"
    async with aiohttp.ClientSession() as session:
        async with session.put(f"{address}/json/new?about:blank") as answer:
            page = await answer.json()
        async with session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0) as socket:
            browser = Browser(socket)
            for domain in ("Page", "Runtime", "Network", "Log"):
                await browser.call(f"{domain}.enable")
            yield browser
        async with session.get(f"{address}/json/close/{page['id']}"):
            pass


def entry(day: str | None, modality: str, outlet: str, text: str, **more: object) -> dict[str, Any]:
    report = {"article": "a1", "outlet": outlet, "url": "https://gazette.example/1", "published_at": None,
              "quote": f"Quote: {text}", "origin": None}  # fmt: skip
    return {"from": day, "to": day, "precision": "day", "basis": "stated", "modality": modality, "title": text,
            "sentences": [text], "reports": [report], "n_independent": 1, "disputes": [], **more}  # fmt: skip


CLAIM = {"value": "100 troops", "outlet": "Gazette", "quote": HOSTILE}
DISPUTE = {"kind": "figure", "here": CLAIM, "there": CLAIM}
DATA = {
    "topic": HOSTILE,
    "entries": [
        entry("2018-12-10", "happened", "Gazette", "Two bombers flew to Caracas."),
        entry("2019-03-23", "happened", "Herald", "Two planes landed.", disputes=[DISPUTE]),
        entry("2019-04-03", "planned", "Вестник", "Стороны подпишут договор." + "W" * 300),
        entry(None, "alleged", HOSTILE, HOSTILE, precision="unknown"),
    ],
}  # fmt: skip


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "timeline.html"
    path.write_text(render_html(Reply("x: 4 entries", (), DATA), now=NOW), encoding="utf-8")
    return path


Visit = Callable[[Callable[[Browser], Coroutine[Any, Any, None]]], None]


@pytest.fixture
def visit(port: int, page: Path) -> Visit:
    """Run steps on the opened page; afterwards nothing may have run, been fetched, or been refused by the policy."""

    def run(steps: Callable[[Browser], Coroutine[Any, Any, None]]) -> None:
        async def go() -> None:
            async with browse(port) as browser:
                await browser.open(page)
                await steps(browser)
                assert await browser.ask("window.ran") is None
                asked = [event["params"]["request"]["url"] for event in browser.events
                         if event.get("method") == "Network.requestWillBeSent"]  # fmt: skip
                assert {url.partition(":")[0] for url in asked} <= {
                    "file",
                    "about",
                    "data",
                }  # the browser draws its own controls from data
                told = [event for event in browser.events if event.get("method") in
                        {"Log.entryAdded", "Runtime.exceptionThrown", "Page.javascriptDialogOpening"}]  # fmt: skip
                assert told == []

        asyncio.run(go())

    return run


def test_filters_narrow_and_say_how_many_are_left(visit: Visit) -> None:
    async def steps(browser: Browser) -> None:
        assert await browser.ask('document.getElementById("filters").hidden') is False
        assert await browser.fill() == "4 of 4 events shown."
        assert await browser.fill(words="PLANES landed") == "1 of 4 events shown."
        assert await browser.ask('document.querySelectorAll("section.year:not([hidden])").length') == 1
        assert await browser.fill(words="договор") == "1 of 4 events shown."
        assert await browser.fill(words="", modality="planned") == "1 of 4 events shown."
        assert await browser.fill(modality="disputed") == "1 of 4 events shown."
        assert await browser.fill(modality="", outlet=HOSTILE) == "1 of 4 events shown."
        assert await browser.fill(outlet="", from_="2019-01-01", to="2019-03-31") == "1 of 4 events shown."
        assert await browser.fill(from_="2019-01-01", to="") == "2 of 4 events shown."
        assert await browser.fill(words="no such word") == "0 of 4 events shown."
        await browser.ask('document.querySelector("button[type=reset]").click()')
        await browser.ask("new Promise((done) => setTimeout(done))")
        assert await browser.ask('document.getElementById("shown").textContent') == "4 of 4 events shown."

    visit(steps)


def test_everything_can_be_reached_by_keyboard(visit: Visit) -> None:
    async def steps(browser: Browser) -> None:
        await browser.press("Tab", 9)
        assert await browser.ask("document.activeElement.className") == "skip"
        assert await browser.ask("document.activeElement.getBoundingClientRect().left >= 0")
        await browser.press("Enter", 13)
        assert await browser.ask("document.activeElement.id") == "entries"
        await browser.press("Tab", 9)
        assert await browser.ask("document.activeElement.tagName") == "SUMMARY"
        assert await browser.ask("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        await browser.press("Enter", 13)
        assert await browser.ask("document.activeElement.parentElement.open") is True
        await browser.press("Tab", 9)
        assert await browser.ask("document.activeElement.href") == "https://gazette.example/1"

    visit(steps)


@pytest.mark.parametrize(("scheme", "ground"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(27, 30, 36)")])
def test_colours_follow_the_reader_and_nothing_sticks_out(visit: Visit, scheme: str, ground: str) -> None:
    async def steps(browser: Browser) -> None:
        await browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        assert await browser.ask("getComputedStyle(document.documentElement).backgroundColor") == ground
        await browser.ask('document.querySelector("details.picture").open = true')
        assert await browser.ask('getComputedStyle(document.querySelector("svg rect")).fill') == ground
        for width in (390, 1200):
            await browser.call(
                "Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=width < 500
            )
            assert await browser.ask("document.documentElement.scrollWidth") <= width

    visit(steps)


def test_the_picture_has_a_name_and_its_words_stay_inside(visit: Visit) -> None:
    async def steps(browser: Browser) -> None:
        tree = await browser.call("Accessibility.getFullAXTree")
        named = {node["role"]["value"]: node["name"]["value"] for node in tree["nodes"] if node.get("name")}
        assert "status" in {node["role"]["value"] for node in tree["nodes"] if "role" in node}
        assert "search" in named
        await browser.ask('document.querySelector("details.picture").open = true')
        tree = await browser.call("Accessibility.getFullAXTree")
        pictures = [node for node in tree["nodes"] if node.get("role", {}).get("value") in {"image", "img"}]
        assert "4 events" in json.dumps(pictures, ensure_ascii=False)
        edges = '[...document.querySelectorAll("svg text")].map((one) => one.getBBox().x + one.getBBox().width)'
        assert await browser.ask(f"Math.max(...{edges})") <= 1080

    visit(steps)


def test_print_shows_all_quotes(visit: Visit) -> None:
    """On paper nothing can be opened, so it is open; the colours are those of paper."""

    async def steps(browser: Browser) -> None:
        seen = '[...document.querySelectorAll("blockquote p")].filter((one) => one.checkVisibility()).length'
        assert await browser.ask(seen) == 0
        await browser.ask('window.dispatchEvent(new Event("beforeprint"))')
        assert await browser.ask(seen) == 4
        await browser.ask('window.dispatchEvent(new Event("afterprint"))')
        assert await browser.ask(seen) == 0
        await browser.call("Emulation.setEmulatedMedia", media="print")
        assert await browser.ask('getComputedStyle(document.getElementById("filters")).display') == "none"
        assert await browser.ask(seen) == 4
        await browser.call("Emulation.setEmulatedMedia", media="")
        paper = await browser.call("Page.printToPDF")
        assert base64.b64decode(paper["data"]).startswith(b"%PDF")

    visit(steps)


def test_without_scripts_everything_is_there(port: int, page: Path) -> None:
    async def go() -> None:
        async with browse(port) as browser:
            await browser.call("Emulation.setScriptExecutionDisabled", value=True)
            await browser.open(page)
            seen = '[...document.querySelectorAll(".entry")].filter((one) => one.checkVisibility()).length'
            assert await browser.ask(seen) == 4
            assert await browser.ask('document.getElementById("filters").checkVisibility()') is False
            assert await browser.ask('document.getElementById("shown").textContent') == "4 events shown."

    asyncio.run(go())
