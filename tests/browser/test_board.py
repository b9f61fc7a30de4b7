"""The board, its figures and the passages behind them, as eyes and narrow screens meet them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Bench, served
from tests.browser.test_adjudication import differing
from tests.browser.test_desk_page import violations
from tests.builders import coast_in
from tests.teams import read as finished
from workbench.services import people

pytestmark = pytest.mark.browser

PAGES = (
    "board", "board/figures", "board/drift", "board/passages?question=entities", "rules", "plan", "log", "adjudication",
    "adjudication/merge", "adjudication/reasons", "readers", "readers/2", "training", "practice",
)  # fmt: skip
OF_ONESELF = ("account", "account/tokens", "inbox")


@pytest.fixture
def read(tmp_path: Path) -> Iterator[Bench]:
    with served(tmp_path, coast_in) as bench:
        differing(bench.coast)
        with bench.database.reading() as session:
            third = people.find(session, "Reader 1")
        for who in (bench.coast.mia, bench.coast.noor, third):
            finished(bench.coast, who)
        yield bench


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_violates_the_guidelines_and_all_fit_a_narrow_screen(
    read: Bench, chromium: Browser, scheme: str
) -> None:
    screen = {"width": 320, "height": 700}
    page = chromium.new_context(bypass_csp=True, color_scheme=scheme, viewport=screen).new_page()  # type: ignore[arg-type]
    page.goto(read.link("Lena"))
    for name in (*(f"projects/coast/{each}" for each in PAGES), *OF_ONESELF):
        page.goto(f"{read.address}/{name}")
        if name == "projects/coast/board":
            expect(page.locator("#agreement")).to_be_visible()
        assert violations(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name


def test_a_figure_leads_to_the_passages_behind_it(read: Bench, chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto(read.link("Lena"))
    page.goto(f"{read.address}/projects/coast/board")
    page.click("#agreement tr:has-text('Commitments: status') a")
    expect(page.locator(".card.passage mark")).to_have_text("offered two frigates to the")
    expect(page.locator(".card.passage dd")).to_have_text(["offered", "announced", "offered"])


def test_the_board_moves_while_it_is_seen_and_asks_for_nothing_while_it_is_hidden(
    read: Bench, chromium: Browser
) -> None:
    page = chromium.new_page()
    page.goto(read.link("Lena"))
    page.goto(f"{read.address}/projects/coast/board")
    live: list[int] = []
    page.on("response", lambda answer: live.append(answer.status) if answer.url.endswith("/live") else None)
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.evaluate("delete document.hidden")
    with page.expect_response("**/board/live") as same:
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert (same.value.status, live) == (304, [304])
    finished(read.coast, read.coast.mia)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#live tr:has-text('partly read')")).to_be_visible()
