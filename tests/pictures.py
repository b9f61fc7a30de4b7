"""The pictures of the README, taken from a fresh demo: ``make pictures``.

Each shows one state three times: in the light, in the dark, and on a screen of 320 px.
"""

import os
import re
import socket
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.conftest import ARGS, CHROMIUM
from tests.picturing import STATES, Scene

FOLDER: Final = Path(__file__).parents[1] / ".readme"
WIDE: Final = {"width": 1280, "height": 860}
NARROW: Final = {"width": 320, "height": 860}
LOOKS: Final = (("light", WIDE), ("dark", WIDE), ("light", NARROW))
SHEET: Final = """<style>
  body { margin: 0; display: flex; gap: 12px; padding: 12px; background: #8b867c; width: max-content; }
  img { height: 602px; display: block; border-radius: 6px; }
</style>"""


@contextmanager
def demo() -> Iterator[str]:
    """Run the demo in a folder of its own; yield its sign-in link."""
    with TemporaryDirectory() as home, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
        probe.close()
        command = [sys.executable, "-m", "workbench", "demo", "--port", port]
        running = subprocess.Popen(
            command,
            env=os.environ | {"WORKBENCH_HOME": home, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert running.stdout is not None
            yield next(found[0] for line in running.stdout if (found := re.search(r"http://\S+/sign-in/\S+", line)))
        finally:
            running.terminate()
            running.wait(30)


def main() -> None:
    """Take every picture, or those that are named."""
    FOLDER.mkdir(exist_ok=True)
    wanted = sys.argv[1:] or list(STATES)
    with demo() as link, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGS))
        page = browser.new_page()
        page.goto(link)
        page.wait_for_selector("[data-row]")
        state, address = page.context.storage_state(), page.url.removesuffix("/queue")
        blank = browser.new_page(viewport={"width": 2100, "height": 626})
        for name in wanted:
            shots = [shot(browser, state, address, name, look) for look in range(len(LOOKS))]
            (FOLDER / f"{name}.webp").write_bytes(sheet(blank, shots))
        browser.close()


def shot(browser: Browser, state: Any, address: str, name: str, look: int) -> bytes:
    """Return the picture of a state in one of its looks."""
    scheme, size = LOOKS[look]

    def room() -> BrowserContext:
        dark = "dark" if scheme == "dark" else "light"
        return browser.new_context(viewport=size, color_scheme=dark, storage_state=state)  # type: ignore[arg-type]

    context = room()
    page = context.new_page()
    STATES[name](Scene(page, address, look, room))
    page.wait_for_timeout(400)
    taken = page.screenshot()
    context.close()
    return taken


def sheet(page: Page, shots: list[bytes]) -> bytes:
    """Return pictures side by side as one."""
    images = "".join(f'<img src="data:image/png;base64,{b64encode(each).decode()}">' for each in shots)
    page.set_content(SHEET + images)
    box = page.locator("body").bounding_box()
    assert box
    session = page.context.new_cdp_session(page)
    clip = box | {"scale": 1}
    wish = {"format": "webp", "quality": 82, "clip": clip, "captureBeyondViewport": True}
    return b64decode(session.send("Page.captureScreenshot", wish)["data"])


if __name__ == "__main__":
    main()
