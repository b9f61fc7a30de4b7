"""The review desk under real keys: how fast it answers, what it costs, and that nothing is lost.

Each key is pressed through the browser's own input; the clock of a key runs from the event's time
stamp until the frame after it has been handed over. The processor's time is the main thread's.
"""

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.bench import breaking
from tests.bench.browser import SAVED, opened_at, program
from tests.bench.generated import Seat, seat
from tests.bench.measure import Line, at_most
from tests.bench.serving import served

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
        return found + breaking.lines(playwright, folder)


def _size(browser: Browser, place: Seat, address: str, item: int, what: str, *, first: bool) -> list[Line]:
    door = browser.new_context()
    door.new_page().goto(place.link(address))
    context = browser.new_context(viewport={"width": 1280, "height": 900}, storage_state=door.storage_state())
    door.close()
    page = context.new_page()
    files = _weights(page) if first else None
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    opened_at(page, place.address(address, item))
    spent = _thread(session)
    ready = page.evaluate("performance.getEntriesByName('ready')[0].startTime")
    felt = _pressed(page, session)
    page.wait_for_selector(SAVED)
    weighed = files() if files else []
    context.close()
    return [
        Line(what, f"{len(felt.paints)} keys"),
        Line("  key to paint, p50", f"{felt.share(50):.1f} ms"),
        at_most("  key to paint, p98", felt.share(98), 100, "ms"),
        at_most("  main thread for a key", felt.processor, 40, "ms"),
        at_most("  ready, by the page's clock", ready, 400 if first else 1500, "ms"),
        at_most("  main thread until then", spent * 1000, 400 if first else 1500, "ms"),
        *weighed,
    ]


def _pressed(page: Page, session: CDPSession) -> Felt:
    page.evaluate(_WATCH)
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
    """Note what the page fetches from here on; the answer says what came until it was ready, and what later."""
    came: list[tuple[str, str, int]] = []

    def note(request: Any) -> None:
        kind = {"script": "scripts", "stylesheet": "styles", "font": "fonts"}.get(
            request.resource_type, "text and data"
        )
        if "/static/" in request.url or "/items/" in request.url:
            when = "later" if page.locator("[data-ready]").count() else "until ready"
            came.append((when, kind, request.sizes()["responseBodySize"]))

    page.on("requestfinished", note)

    def answer() -> list[Line]:
        return [
            Line(f"  {when}: {kind}", f"{sum(sizes) / 1000:.1f} kB in {len(sizes)} files")
            for when in ("until ready", "later")
            for kind in ("scripts", "styles", "text and data", "fonts")
            if (sizes := [size for at, what, size in came if (at, what) == (when, kind)])
        ]

    return answer
