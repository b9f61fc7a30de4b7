"""A bench that answers over HTTP, and headless Chromium to sit before it."""

import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright
from werkzeug.serving import make_server

from tests.browser import sixty
from tests.browser.sixty import Sixty
from tests.builders import Coast, coast_of, opened, person, project, suggest, take
from workbench.app import create_app
from workbench.services import people
from workbench.settings import Settings
from workbench.store.engine import Database

ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


PATIENCE = 300


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run a browser test that fails once more, aloud: what fails twice is broken, what fails once is a race."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """End a test that goes round in circles."""

    def late(*_: object) -> None:
        raise TimeoutError(f"The test took longer than {PATIENCE} seconds.")

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(PATIENCE)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    if CHROMIUM is None:
        pytest.skip("There is no Chromium; on Debian: apt install chromium")
    expect.set_options(timeout=15_000)
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGS))
    yield browser
    browser.close()


@dataclass
class Bench:
    """A served bench with one article of sixty proposals on Mia's desk."""

    address: str
    database: Database
    coast: Coast
    item: int
    app: Flask

    def link(self, who: str = "Mia") -> str:
        """Return an address that signs somebody in, once."""
        with self.database.writing() as session:
            found = people.find(session, who)
            return f"{self.address}/sign-in/{people.make_link(session, found.id, 'sign_in', now=datetime.now(UTC))}"

    @property
    def desk(self) -> str:
        return f"{self.address}/projects/coast/items/{self.item}"

    def open(self, context: BrowserContext, who: str = "Mia") -> Page:
        """Return the desk in a tab of its own, signed in and ready for keys."""
        page = context.new_page()
        page.goto(self.link(who))
        return reopened(page, self.desk)


def reopened(page: Page, address: str) -> Page:
    page.goto(address)
    page.wait_for_selector("[data-whole]")
    page.evaluate("document.fonts.ready.then(() => true)")  # what comes late moves the words under the pointer
    return page


@contextmanager
def served(folder: Path, people_it: Callable[[Database], Coast]) -> Iterator[Bench]:
    """Serve a bench that somebody has peopled; no article is on a desk yet."""
    settings = Settings(home=folder, database_url=f"sqlite:///{folder / 'bench.db'}", exports=folder / "exports")
    database = Database(settings.database_url)
    database.upgrade()
    coast = people_it(database)
    app = create_app(settings, database)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Bench(f"http://127.0.0.1:{server.server_port}", database, coast, 0, app)
    server.shutdown()
    thread.join(5)
    database.dispose()


def sixty_proposals(database: Database) -> Coast:
    text, _, _ = sixty.read()
    made = project(database, person(database, "Lena"))
    for name in ("Mia", "Noor"):
        person(database, name, "reviewer", made)
    person(database, "Otto", "viewer", made)
    take(database, made, opened("patrol.txt", text))
    suggest(database, made, Sixty())  # type: ignore[arg-type]
    return coast_of(database)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with served(tmp_path, sixty_proposals) as made:
        made.item = made.coast.next(made.coast.mia)
        yield made


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(viewport={"width": 1280, "height": 900})
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture
def desk(bench: Bench, context: BrowserContext) -> Page:
    return bench.open(context)


def here(page: Page) -> str:
    """Return the id of what is under the cursor."""
    return page.get_attribute('[data-desk="list"] [aria-selected="true"]', "data-row") or ""


def saved(page: Page) -> None:
    """Wait until nothing is on its way."""
    page.wait_for_selector('[data-desk="saving"][data-state="ok"]')


def says(page: Page, words: str) -> None:
    """Wait until the line at the foot of the desk holds some words."""
    expect(page.locator("[data-desk=status]")).to_contain_text(words)


def states(bench: Bench) -> dict[str, Any]:
    """Return what the server holds of each object on Mia's desk."""
    return {each.item.id: each for each in bench.coast.placed(bench.item, bench.coast.mia)}
