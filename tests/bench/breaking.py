"""The browser, the wire and the server broken under the desk: what is applied, doubled and lost."""

import contextlib
import os
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import BrowserContext, Error, Page, Playwright, Route
from sqlalchemy import text

from tests.bench.browser import SAVED, opened_at, program
from tests.bench.generated import Seat, seat
from tests.bench.measure import Line
from tests.bench.serving import free_port, served


@dataclass(frozen=True, slots=True)
class Trial:
    """A fresh bench with one article, and the profile of a browser that outlives its process."""

    playwright: Playwright
    place: Seat
    port: int
    profile: Path

    def browser(self) -> BrowserContext:
        """Open the browser with what it kept."""
        return self.playwright.chromium.launch_persistent_context(
            str(self.profile), executable_path=program(), args=["--no-sandbox"]
        )

    def desk(self, context: BrowserContext) -> Page:
        """Open the article in a tab, signed in."""
        page = context.new_page()
        page.goto(self.place.link(self.base))
        return self.again(page)

    def again(self, page: Page) -> Page:
        """Open the article in a tab that is signed in."""
        return opened_at(page, self.place.address(self.base, self.place.articles[0][0]))

    @property
    def base(self) -> str:
        """Return where the bench answers."""
        return f"http://127.0.0.1:{self.port}"


def _offline_and_killed(trial: Trial) -> int:
    with served(trial.place.home, trial.port):
        browser = trial.browser()
        page = trial.desk(browser)
        browser.set_offline(True)
        _press(page, "a", 40)
        page.wait_for_selector('[data-desk="saving"]:text-is("Offline: 40 kept on this device")')
        _kill(trial.profile)
        with contextlib.suppress(Error):
            browser.close()
        browser = trial.browser()
        trial.desk(browser).wait_for_selector(SAVED)
        browser.close()
    return 40


def _answers_cut(trial: Trial) -> int:
    cut: list[int] = []

    def lose(route: Route) -> None:
        if len(cut) < 3:
            cut.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    with served(trial.place.home, trial.port):
        browser = trial.browser()
        page = trial.desk(browser)
        page.route("**/decisions", lose)
        _press(page, "a", 40)
        page.wait_for_selector(SAVED)
        browser.close()
    return 40


def _two_tabs(trial: Trial) -> int:
    with served(trial.place.home, trial.port):
        browser = trial.browser()
        tabs = [trial.desk(browser)]
        tabs.append(trial.again(browser.new_page()))
        for turn in range(4):
            page = tabs[turn % 2]
            page.bring_to_front()
            page.wait_for_selector(f'[data-desk="left"]:text-is("{60 - 10 * turn} left")')
            page.keyboard.press("n")
            _press(page, "a", 10)
        for page in tabs:
            page.wait_for_selector(SAVED)
        browser.close()
    return 40


def _server_killed(trial: Trial) -> int:
    browser = trial.browser()
    page: Page | None = None
    for _ in range(4):
        with served(trial.place.home, trial.port) as (_, process, _):
            page = page or trial.desk(browser)
            _press(page, "a", 5)
            process.kill()
            _press(page, "a", 5)
    with served(trial.place.home, trial.port):
        assert page is not None
        page.evaluate("dispatchEvent(new Event('online'))")
        page.wait_for_selector(SAVED)
    browser.close()
    return 40


RUNS: Final[dict[str, Callable[[Trial], int]]] = {
    "40 decisions offline, then SIGKILL of the browser": _offline_and_killed,
    "three answers cut": _answers_cut,
    "two tabs in turn": _two_tabs,
    "SIGKILL of the server, four times amid decisions": _server_killed,
}


def lines(playwright: Playwright, folder: Path) -> list[Line]:
    """Break each thing once, on a bench of its own, and count."""
    return [_counted(what, run, playwright, folder / run.__name__) for what, run in RUNS.items()]


def _counted(what: str, run: Callable[[Trial], int], playwright: Playwright, folder: Path) -> Line:
    """Break something, then count what the server holds: each key must have become one decision."""
    place = seat(folder / "home", [(1_000, 60)])
    made = run(Trial(playwright, place, free_port(), folder / "profile"))
    with place.database.reading() as session:
        held = Counter(session.scalars(text("SELECT oid FROM decision")).all())
    place.database.dispose()
    lost, double = made - len(held), held.total() - len(held)
    counted = f"{len(held)} applied, {double} duplicate, {lost} lost"
    return Line(what, counted, "0 duplicate, 0 lost", not lost and not double)


def _press(page: Page, key: str, times: int) -> None:
    for _ in range(times):
        page.keyboard.press(key)


def _kill(profile: Path) -> None:
    """Kill every process of the browser that keeps its profile in a folder, as a crash would."""
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and str(profile).encode() in (entry / "cmdline").read_bytes():
                os.kill(int(entry.name), signal.SIGKILL)
