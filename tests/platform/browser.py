"""A headless Chromium for tests, driven through the DevTools protocol.

Owns its start, its end, and one page of it. Loopback only; where there is no Chromium, tests that ask for it are
skipped. The protocol: https://chromedevtools.github.io/devtools-protocol/
"""

from __future__ import annotations

import asyncio
import base64
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.patience import PATIENCE_S

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update", "--remote-debugging-port=0")  # fmt: skip
KEYS = {
    "Backspace": 8,
    "Tab": 9,
    "Enter": 13,
    "Escape": 27,
    "End": 35,
    "Home": 36,
    "ArrowUp": 38,
    "ArrowDown": 40,
    " ": 32,
}
_SHIFT = 8


class Browser:
    """One page of a running browser.

    Attributes:
        events: what it told unasked, as the protocol has it, in order.
    """

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._n_calls = 0
        self.events: list[dict[str, Any]] = []

    async def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Return what a method of the protocol gives."""
        self._n_calls += 1
        await self._socket.send_json({"id": self._n_calls, "method": method, "params": parameters})
        while True:
            message = await asyncio.wait_for(self._socket.receive_json(), PATIENCE_S)
            if message.get("id") == self._n_calls:
                assert "error" not in message, message
                found: dict[str, Any] = message["result"]
                return found
            self.events.append(message)

    async def open(self, path: Path, fragment: str = "") -> None:
        """Open a file, anew also where only the fragment differs."""
        await self.call("Page.navigate", url="about:blank")
        await self.call("Page.navigate", url=path.as_uri() + fragment)
        deadline = time.monotonic() + PATIENCE_S
        while await self.ask("location.protocol + document.readyState") != "file:complete":
            assert time.monotonic() < deadline

    async def ask(self, expression: str) -> Any:  # noqa: ANN401 - whatever the page says
        """Return the value of an expression on the page."""
        found = await self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    async def press(self, key: str, *, shift: bool = False) -> None:
        """Press a key as a reader does."""
        text = {"Enter": "\r", " ": " "}.get(key, key if len(key) == 1 else "")
        more: dict[str, object] = {"text": text} if text else {}
        code = KEYS.get(key) or ord(key.upper())
        for kind in ("keyDown", "keyUp"):
            await self.call("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code,
                            modifiers=_SHIFT * shift, **(more if kind == "keyDown" else {}))  # fmt: skip

    async def resize(self, width: int, height: int = 800) -> None:
        """Make the page as wide as a screen; up to 500 pixels it is a phone."""
        await self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                        mobile=width <= 500)  # fmt: skip

    async def photograph(self, *, whole: bool = False) -> bytes:
        """Return what is seen as PNG."""
        shot = await self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        return base64.b64decode(shot["data"])

    def list_requests(self) -> list[str]:
        """Return the addresses that the page asked for."""
        return [event["params"]["request"]["url"] for event in self.events
                if event.get("method") == "Network.requestWillBeSent"]  # fmt: skip

    def list_complaints(self) -> list[dict[str, Any]]:
        """Return errors, refusals of the policy, messages of the console and dialogues."""
        told = {"Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Page.javascriptDialogOpening"}
        return [event for event in self.events if event.get("method") in told]


@contextmanager
def running(profile: Path) -> Iterator[int]:
    """Start Chromium with a profile of its own and give the port it listens on, on loopback."""
    process = subprocess.Popen(
        [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield _wait_for_port(profile / "DevToolsActivePort", process)
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def _wait_for_port(path: Path, process: subprocess.Popen[bytes]) -> int:
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
    """Open a page and close it again."""
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
