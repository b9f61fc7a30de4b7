"""The pages of releases, as eyes, keys and narrow screens meet them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Bench, served
from tests.browser.test_desk_page import violations
from tests.builders import coast_in
from tests.releasing import finish, make
from workbench.core.release import Wishes
from workbench.services import releases

pytestmark = pytest.mark.browser

PAGES = ("export", "releases/1?check=1", "releases/2", "releases/2/changes?since=1", "data-sheet")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A bench with two releases, the first of them withdrawn."""
    folder: Path = tmp_path_factory.mktemp("shelf")
    with served(folder, coast_in) as bench:
        finish(bench.coast, 2)
        first = make(bench.coast, "1", Wishes(layers=True))
        finish(bench.coast)
        make(bench.coast, "2")
        with bench.database.writing() as session:
            releases.withdraw(session, bench.coast.project, "1", "Wrong dates.", by=None, now=first.at)
        yield bench


def signed_in(shelf: Bench, chromium: Browser, **screen: object) -> Page:
    page = chromium.new_context(bypass_csp=True, **screen).new_page()  # type: ignore[arg-type]
    page.goto(shelf.link("Lena"))
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_violates_the_guidelines(shelf: Bench, chromium: Browser, scheme: str) -> None:
    page = signed_in(shelf, chromium, color_scheme=scheme)
    found = {}
    for name in PAGES:
        page.goto(f"{shelf.address}/projects/coast/{name}")
        for folded in page.locator("details > summary").all():
            folded.click()
        found[name] = violations(page)
    assert found == {name: [] for name in PAGES}


def test_every_page_fits_a_narrow_screen(shelf: Bench, chromium: Browser) -> None:
    page = signed_in(shelf, chromium, viewport={"width": 320, "height": 700})
    for name in PAGES:
        page.goto(f"{shelf.address}/projects/coast/{name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name


def test_a_release_is_made_with_the_keyboard_alone(shelf: Bench, chromium: Browser) -> None:
    page = signed_in(shelf, chromium)
    page.goto(f"{shelf.address}/projects/coast/export")
    page.locator("#new-release summary").focus()
    page.keyboard.press("Enter")
    page.locator("#f-name").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("by keys")
    page.keyboard.press("Enter")
    expect(page.locator(".errors")).to_contain_text("cannot name a release")
    page.locator("#f-name").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("by-keys")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Release by-keys")
