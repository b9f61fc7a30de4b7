"""What a headless browser really fetches: fonts whose range no letter needs stay where they are."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Browser, Error, Page, Response, sync_playwright

from tests.bench.command import Failed

SAVED: Final = '[data-desk="saving"][data-state="ok"]'


def program() -> str | None:
    """Return the system's Chromium, or None where only Playwright may have one."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@dataclass(frozen=True, slots=True)
class Visit:
    """A page as it was loaded: its address, and the bytes over the wire of each file that it took."""

    address: str
    files: tuple[tuple[str, int], ...]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser that Playwright keeps, or else the system's; raises Failed."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"])
        except Error as problem:
            raise Failed(f"There is no Chromium to load the page with: {problem.message.splitlines()[0]}") from None
        yield browser
        browser.close()


def visit(browser: Browser, address: str) -> Visit:
    """Load a page with an empty cache until the network is quiet."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="networkidle")
    sizes = [(answer.url, answer.request.sizes()["responseBodySize"]) for answer in answers]
    return Visit(page.url, tuple(sizes))


def opened_at(page: Page, address: str) -> Page:
    """Go to a desk and wait until it takes keys."""
    page.goto(address, wait_until="commit")
    page.wait_for_selector("[data-ready]", timeout=60_000)
    return page
