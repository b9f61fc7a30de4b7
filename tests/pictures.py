"""The pictures of the README, taken from a fresh demo: ``make pictures``."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import ARGS, CHROMIUM

FOLDER = Path(__file__).parents[1] / ".readme"
WIDE = {"width": 1280, "height": 860}
NARROW = {"width": 320, "height": 700}


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


def desk(page: Page) -> None:
    page.goto(page.url.split("/projects")[0] + "/projects/coalitions/next")
    page.wait_for_selector("[data-whole]")


def taken(page: Page, name: str) -> None:
    page.wait_for_timeout(400)
    page.screenshot(path=FOLDER / f"{name}.png")


def main() -> None:
    """Take every picture."""
    FOLDER.mkdir(exist_ok=True)
    with demo() as link, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGS))
        page = browser.new_page(viewport=WIDE)
        page.goto(link)
        taken(page, "queue-light")
        desk(page)
        for key in ("Space", "Space", "a", "a", "x"):
            page.keyboard.press(key)
        taken(page, "desk-light")
        page.keyboard.press("?")
        taken(page, "keys-light")
        state = page.context.storage_state()
        others(browser, state, page.url)
        browser.close()


def others(browser: Browser, state: object, address: str) -> None:
    """Take the pictures in the dark, and on a narrow screen."""
    dark = browser.new_page(viewport=WIDE, color_scheme="dark", storage_state=state)
    dark.goto(address)
    dark.wait_for_selector("[data-whole]")
    dark.keyboard.press("f")
    taken(dark, "desk-dark-hints")
    dark.goto(address.partition("/items")[0] + "/export")
    taken(dark, "export-dark")
    narrow = browser.new_page(viewport=NARROW, storage_state=state)
    narrow.goto(address)
    narrow.wait_for_selector("[data-whole]")
    taken(narrow, "desk-320")


if __name__ == "__main__":
    main()
