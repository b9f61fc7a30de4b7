"""The review desk under real keys: how fast it answers, what it costs, and that nothing is lost.

Each key is pressed through the browser's own input; the clock of a key runs from the event's time
stamp until the frame after it has been handed over. The processor's time is the main thread's.
"""

import contextlib
import os
import signal
import statistics
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page, Playwright, Route, sync_playwright
from sqlalchemy import text

from tests.bench.browser import program
from tests.bench.generated import Seat, seat
from tests.bench.measure import Line, at_most
from tests.bench.serving import free_port, served

SIZES: Final = ((1_000, 60), (10_000, 1_000), (50_000, 5_000))
_KEYS: Final = ("a", "j", "x", "k", "n", "2", "z", "a", "j", "a")
_ROUNDS: Final = 5
_WATCH: Final = """() => {
  window.keyTimes = [];
  addEventListener("keydown", (event) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => window.keyTimes.push(performance.now() - event.timeStamp);
    port2.postMessage(0);
  }), true);
}"""
_SAVED: Final = '[data-desk="saving"][data-state="ok"]'


@dataclass(frozen=True, slots=True)
class Felt:
    """What keys were like: each one's milliseconds to paint, and the main thread's for one."""

    paints: list[float]
    processor: float

    def share(self, percent: int) -> float:
        """Return the time within which so many percent of the keys were painted."""
        return statistics.quantiles(self.paints, n=100, method="inclusive")[percent - 1]


def lines(folder: Path, _count: int, _model: str | None) -> list[Line]:
    """Measure the desk at three sizes, then break the browser, the wire and the server under it."""
    place = seat(folder / "home", SIZES)
    found: list[Line] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"])
        with served(place.home) as (address, _, _):
            for number, (item, tokens, spans) in enumerate(place.articles):
                found += _size(browser, place, address, item, f"{tokens:,} tokens, {spans:,} spans", first=not number)
        browser.close()
        for what, run in RUNS.items():
            found.append(_robust(what, run, playwright, folder / run.__name__))
    return found


def _size(browser: Browser, place: Seat, address: str, item: int, what: str, *, first: bool) -> list[Line]:
    door = browser.new_context()
    door.new_page().goto(place.link(address))
    context = browser.new_context(viewport={"width": 1280, "height": 900}, storage_state=door.storage_state())
    door.close()
    page = context.new_page()
    files = _weights(page) if first else None
    begun = time.perf_counter()
    opened_at(page, place.address(address, item))
    ready = time.perf_counter() - begun
    felt = _pressed(page, context.new_cdp_session(page))
    page.wait_for_selector(_SAVED)
    weighed = files() if files else []
    context.close()
    return [
        Line(what, f"{len(felt.paints)} keys"),
        Line("  key to paint, p50", f"{felt.share(50):.1f} ms"),
        at_most("  key to paint, p98", felt.share(98), 100, "ms"),
        at_most("  main thread for a key", felt.processor, 40, "ms"),
        at_most("  ready, from an empty cache" if first else "  ready", ready * 1000, 400 if first else 1500, "ms"),
        *weighed,
    ]


def _pressed(page: Page, session: CDPSession) -> Felt:
    page.evaluate(_WATCH)
    session.send("Performance.enable")
    before = _thread(session)
    for _ in range(_ROUNDS):
        for key in _KEYS:
            page.keyboard.press(key)
            page.wait_for_timeout(50)
    spent = _thread(session) - before
    paints: list[float] = page.evaluate("window.keyTimes")
    return Felt(paints, spent * 1000 / (_ROUNDS * len(_KEYS)))


def _thread(session: CDPSession) -> float:
    metrics: dict[str, Any] = session.send("Performance.getMetrics")
    return next(float(each["value"]) for each in metrics["metrics"] if each["name"] == "ThreadTime")


def _weights(page: Page) -> Callable[[], list[Line]]:
    """Note what the page fetches from here on; the answer says what scripts and styles came to, as served."""
    came: list[tuple[str, int, int]] = []

    def note(request: Any) -> None:
        kind = Path(urlsplit(request.url).path).suffix
        if kind in {".js", ".css"}:
            came.append((kind, request.sizes()["responseBodySize"], len(request.response().body())))

    page.on("requestfinished", note)

    def answer() -> list[Line]:
        return [
            Line(
                f"  {kind[1:]} of the desk's page",
                f"{size / 1000:.1f} kB in {files} files, {plain / 1000:.0f} kB plain",
            )
            for kind in (".js", ".css")
            for rows in [[row for row in came if row[0] == kind]]
            for size, plain, files in [(sum(row[1] for row in rows), sum(row[2] for row in rows), len(rows))]
        ]

    return answer


def opened_at(page: Page, address: str) -> Page:
    """Go to a desk and wait until it takes keys."""
    page.goto(address, wait_until="commit")
    page.wait_for_selector("[data-ready]", timeout=60_000)
    return page


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
        trial.desk(browser).wait_for_selector(_SAVED)
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
        page.wait_for_selector(_SAVED)
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
            page.wait_for_selector(_SAVED)
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
        page.wait_for_selector(_SAVED)
    browser.close()
    return 40


RUNS: Final[dict[str, Callable[[Trial], int]]] = {
    "40 decisions offline, then SIGKILL of the browser": _offline_and_killed,
    "three answers cut": _answers_cut,
    "two tabs in turn": _two_tabs,
    "SIGKILL of the server, four times amid decisions": _server_killed,
}


def _robust(what: str, run: Callable[[Trial], int], playwright: Playwright, folder: Path) -> Line:
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
