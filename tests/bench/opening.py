"""How long a desk takes to open, what that costs browser and server, and what the words alone would cost."""

import os
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import BrowserContext, CDPSession, Page

from tests.bench.browser import opened_at
from tests.bench.measure import Line, at_most

_DRAWN: Final = "new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))"
_TIMES: Final = """() => [performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
  performance.getEntriesByName("ready")[0].startTime]"""


@dataclass(frozen=True, slots=True)
class Opening:
    """Milliseconds by the page's clock until words stand there and until keys work; processor time until then."""

    words: float
    ready: float
    thread: float
    server: float


def lines(context: BrowserContext, address: str, server: int, most: int) -> list[Line]:
    """Open a desk from the queue with an empty cache, again with a full one, and in a tab of its own.

    Beside them, a page of the same words alone. How long a browser takes to make a tab is no matter of
    the desk, and is told without an aim.
    """
    first, paragraphs = _opened(context, address, server)
    again, _ = _opened(context, address, server)
    page = opened_at(context.new_page(), address)
    tab: float = page.evaluate(_TIMES)[1]
    page.close()
    bare = _plain(context, address, paragraphs) - _plain(context, address, [])
    slowest = max(first.ready, again.ready)
    return [
        Line("  the same words on a bare page: main thread", f"{bare:.1f} ms"),
        *_told("opened at first", first, bare),
        *_told("opened again", again, bare),
        Line("  opened again in a new tab, by the page's clock", f"keys after {tab:.0f} ms"),
        at_most("  keys work after, by the page's clock", slowest, most, "ms"),
    ]


def _told(when: str, found: Opening, bare: float) -> list[Line]:
    clock = f"words after {found.words:.0f} ms, keys after {found.ready:.0f} ms"
    return [
        Line(f"  {when}, by the page's clock", clock),
        Line(f"  {when}, main thread until keys work", f"{found.thread:.1f} ms, {found.thread / bare:.2f} × bare"),
        Line(f"  {when}, server's processor until then", f"{found.server:.0f} ms"),
    ]


def _opened(context: BrowserContext, address: str, server: int) -> tuple[Opening, list[str]]:
    page = context.new_page()
    page.goto(f"{address.partition('/items/')[0]}/queue", wait_until="networkidle")
    session = watched(page)
    worked, spent = -_processor(server), -main_thread(session) * 1000
    opened_at(page, address)
    worked, spent = worked + _processor(server), spent + main_thread(session) * 1000
    words, ready = page.evaluate(_TIMES)
    paragraphs = page.locator("[data-p]").all_text_contents()
    page.close()
    return Opening(words, ready, spent, worked), paragraphs


def _plain(context: BrowserContext, address: str, paragraphs: list[str]) -> float:
    """Return the main thread's milliseconds for a page that has some words and nothing else."""
    body = "<!doctype html><title>Bare</title>" + "".join(f"<p>{escape(each)}</p>" for each in paragraphs)
    page = context.new_page()
    session = watched(page)
    page.route("**/bare", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.goto(f"{address}/bare")
    page.evaluate(_DRAWN)
    spent = main_thread(session) * 1000
    page.close()
    return spent


def watched(page: Page) -> CDPSession:
    """Return a session that knows what a page's main thread does."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    return session


def main_thread(session: CDPSession) -> float:
    """Return the seconds that the main thread has worked since the page's process began."""
    metrics: dict[str, Any] = session.send("Performance.getMetrics")
    return next(float(each["value"]) for each in metrics["metrics"] if each["name"] == "ThreadTime")


def _processor(number: int) -> float:
    """Return the milliseconds that a process has worked so far."""
    after_name = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) * 1000 / os.sysconf("SC_CLK_TCK")
