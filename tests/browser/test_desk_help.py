"""What the desk says while one works: what looks odd, what a frame lacks, what a condition is."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Bench, reopened, saved, says, served, states
from tests.builders import Coast, coast_of, opened, person, project, suggest, take
from workbench.core.annotation import Document, Layer, layer_of
from workbench.store.engine import Database

pytestmark = pytest.mark.browser

TEXT = "France would send two frigates to Turku if the Senate agrees, France said. Turku is a port."


class Nobody:
    """A suggester that finds nothing."""

    name = "nobody@1"

    def suggest(self, articles: Iterable[Document], *, processes: int = 1) -> Iterator[Layer]:
        """Propose nothing."""
        return iter([layer_of(self.name, []) for _ in articles])


def one_sentence(database: Database) -> Coast:
    made = project(database, person(database, "Lena"))
    for name in ("Mia", "Noor"):
        person(database, name, "reviewer", made)
    person(database, "Otto", "viewer", made)
    take(database, made, opened("offer.txt", TEXT))
    suggest(database, made, Nobody())  # type: ignore[arg-type]
    return coast_of(database)


@pytest.fixture
def offer(tmp_path: Path) -> Iterator[Bench]:
    with served(tmp_path, one_sentence) as made:
        made.item = made.coast.next(made.coast.mia)
        yield made


def choose(page: Page, words: str) -> None:
    """Find words and choose them, by keys alone."""
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.keyboard.press("Control+Enter")


@pytest.fixture
def page(offer: Bench, context: BrowserContext) -> Page:
    return offer.open(context)


def test_what_was_let_stand_is_not_asked_about_on_any_other_device(offer: Bench, page: Page, chromium: Browser) -> None:
    choose(page, "Turku")
    page.keyboard.press("3")
    summary = page.locator('[data-desk="findings"] > summary')
    summary.click()
    page.get_by_role("button", name="It is right: “Turku” is").click()
    page.keyboard.type("a port, not the government")
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    assert "Nothing looks odd" in summary.inner_text()
    with page.expect_response("**/waivers"):
        page.context.set_offline(False)
    elsewhere = chromium.new_context()
    again = offer.open(elsewhere)
    again.wait_for_selector('[data-desk="findings"] > summary:has-text("Nothing looks odd")')
    again.locator('[data-desk="findings"] > summary').click()
    again.locator('[data-desk="findings"] details > summary').click()
    assert "a port, not the government" in again.inner_text('[data-desk="findings"]')
    with again.expect_response("**/waivers"):
        again.get_by_role("button", name="Ask again").click()
    assert "1 thing looks odd" in again.locator('[data-desk="findings"] > summary').inner_text()
    elsewhere.close()


def test_the_rule_of_a_slot_is_one_key_away_and_the_focus_comes_back(page: Page) -> None:
    choose(page, "two frigates")
    page.keyboard.press("c")
    slot = page.locator('[data-slot="status"]')
    slot.locator("input").focus()
    page.keyboard.press("F1")
    rule = page.locator('[data-desk="guide-rule"]')
    expect(rule).to_contain_text("Status")
    expect(rule).to_contain_text("Announced")
    expect(rule).not_to_contain_text("Actor")
    page.keyboard.press("Escape")
    expect(slot.locator("input")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(rule).to_contain_text("Actor")


def test_the_condition_of_a_sentence_is_taken_and_dropped_by_one_key(offer: Bench, page: Page) -> None:
    choose(page, "France would send two frigates")
    page.keyboard.press("s")
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    says(page, "Condition: if the Senate agrees")
    saved(page)
    [stance] = [each.item for each in states(offer).values()]
    assert stance.slots["polarity"] == "conditional"
    assert TEXT[stance.slots["condition"].start : stance.slots["condition"].end] == "if the Senate agrees"
    page.keyboard.press("d")
    saved(page)
    [stance] = [each.item for each in states(offer).values()]
    assert "condition" not in stance.slots
    page.keyboard.press("z")
    saved(page)
    reopened(page, offer.desk)
    assert "if the Senate agrees" in page.inner_text(".frame-card")
