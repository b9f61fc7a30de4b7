"""The review desk under real keys: how fast it answers, what it costs, and that nothing is lost.

Each key is pressed through the browser's own input; the clock of a key runs from the event's time
stamp until the frame after it has been handed over. The processor's time is the main thread's.
"""

import re
import statistics
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.bench import breaking, opening
from tests.bench.browser import SAVED, opened_at, program
from tests.bench.generated import Seat, seat
from tests.bench.measure import Line, at_most
from tests.bench.opening import main_thread, watched
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
_KINDS: Final = {
    "scripts": r"\.js$",
    "styles": r"\.css$",
    "text and data": r"/items/",
    "fonts": r"\.woff2$",
}
_FETCHED: Final = """() => {
  const ready = performance.getEntriesByName("ready")[0].startTime;
  const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  return all.map((each) => [each.startTime >= ready, new URL(each.name).pathname, each.encodedBodySize]);
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
    """Measure the desk at three sizes, then break the browser, the wire and the server under it.

    Another article is opened before, for a server's very first answer is told by itself.
    """
    place = seat(folder / "home", (SIZES[0], *SIZES))
    found: list[Line] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"])
        with served(place.home) as (address, process, _):
            (another, *_), *articles = place.articles
            found += [_very_first(browser, place, address, another)]
            for number, (item, tokens, spans) in enumerate(articles):
                found += [Line(f"{tokens:,} tokens, {spans:,} spans", "")]
                found += _size(browser, place, address, item, process.pid, first=not number)
        browser.close()
        return found + breaking.lines(playwright, folder)


def _very_first(browser: Browser, place: Seat, address: str, item: int) -> Line:
    """Open a desk of a server that was just started, before anything else."""
    page = browser.new_context().new_page()
    page.goto(place.link(address))
    opened_at(page, place.address(address, item))
    after: float = page.evaluate("performance.getEntriesByName('ready')[0].startTime")
    page.context.close()
    return Line("the first desk after the server's start: keys work after", f"{after:.0f} ms")


def _size(browser: Browser, place: Seat, address: str, item: int, server: int, *, first: bool) -> list[Line]:
    door = browser.new_context()
    door.new_page().goto(place.link(address))
    context = browser.new_context(viewport={"width": 1280, "height": 900}, storage_state=door.storage_state())
    door.close()
    there = place.address(address, item)
    started = opening.lines(context, there, server, 400 if first else 1500)
    page = context.new_page()
    session = watched(page)
    opened_at(page, there)
    felt = _pressed(page, session)
    page.wait_for_selector(SAVED)
    weighed = _weights(browser, context.storage_state(), there) if first else []
    context.close()
    return [
        *started,
        Line("  key to paint, p50", f"{felt.share(50):.1f} ms"),
        at_most("  key to paint, p98", felt.share(98), 100, "ms"),
        at_most("  main thread for a key", felt.processor, 40, "ms"),
        *weighed,
    ]


def _pressed(page: Page, session: CDPSession) -> Felt:
    page.evaluate(_WATCH)
    before = main_thread(session)
    for _ in range(_ROUNDS):
        for key in _KEYS:
            page.keyboard.press(key)
            page.wait_for_timeout(50)
    spent = main_thread(session) - before
    paints: list[float] = page.evaluate("window.keyTimes")
    return Felt(paints, spent * 1000 / (_ROUNDS * len(_KEYS)))


def _weights(browser: Browser, signed_in: Any, address: str) -> list[Line]:
    """Note what a desk fetches with an empty cache: what came until keys worked, and what later."""
    page = browser.new_context(storage_state=signed_in).new_page()
    opened_at(page, address)
    page.wait_for_load_state("networkidle")
    files: list[tuple[bool, str, int]] = page.evaluate(_FETCHED)
    page.context.close()
    return [
        Line(f"  {'later' if late else 'until ready'}: {what}", f"{sum(sizes) / 1000:.1f} kB in {len(sizes)} files")
        for late in (False, True)
        for what, ending in _KINDS.items()
        if (sizes := [size for when, name, size in files if when == late and re.search(ending, name)])
    ]
