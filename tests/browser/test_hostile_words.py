"""Words that would run, before a real browser: nothing of them runs, and no page has anything to report.

``SWEEP=all`` (``make soak``) opens every address in every role; otherwise a lead opens a page of each kind.
"""

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests import poisoned
from tests.browser.conftest import Bench, reopened, served
from tests.web.browsing import Browser
from tests.web.sweeping import Sweep
from workbench.core.workflow import Person
from workbench.services import people

ALL = os.environ.get("SWEEP") == "all"
WATCH = """
window.seen = [];
window.run = () => window.seen.push("ran");
window.alert = window.run;
document.addEventListener("securitypolicyviolation", e => window.seen.push(`${e.violatedDirective} ${e.blockedURI}`));
"""
LOOK = "[...window.seen, ...[...document.querySelectorAll('[data-evil]')].map(each => each.outerHTML)]"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with served(tmp_path, poisoned.bench) as made:
        yield made


def entered(bench: Bench, context: BrowserContext, who: Person) -> Page:
    """Return a tab in which somebody has signed in."""
    with bench.database.writing() as session:
        token = people.make_link(session, who.id, "sign_in", now=datetime.now(UTC))
    page = context.new_page()
    page.goto(f"{bench.address}/sign-in/{token}")
    return page


@pytest.mark.parametrize("place", range(4 if ALL else 1))
def test_nothing_that_is_stored_runs_on_any_page(bench: Bench, context: BrowserContext, place: int) -> None:
    assert isinstance(bench.coast, poisoned.Poisoned)
    context.add_init_script(WATCH)
    who = bench.coast.lookers()[place]
    page, paths = entered(bench, context, who), pages(bench, who)
    for path in paths:
        page.goto(bench.address + path, wait_until="load")
        assert page.evaluate(LOOK) == [], (who.id, path)
    assert len(paths) >= (20 if ALL else 6)


def pages(bench: Bench, who: Person) -> list[str]:
    """Return the addresses at which somebody gets a page: all, or one of each set of scripts."""
    browser = Browser(bench.app.test_client(), bench.database)
    browser.enter(who)
    found: dict[str, str] = {}
    for path in Sweep(bench.app, bench.coast).pages(poisoned.SHORT):
        answer = browser.get(path)
        if answer.mimetype == "text/html" and answer.status_code == 200:
            found.setdefault(path if ALL else str(re.findall(r"<script [^>]*src=\S+", answer.text)), path)
        answer.close()
    return list(found.values())


def test_nothing_that_is_stored_runs_at_the_desk_whatever_is_opened_there(
    bench: Bench, context: BrowserContext
) -> None:
    context.add_init_script(WATCH)
    page = entered(bench, context, bench.coast.mia)
    reopened(page, f"{bench.address}/projects/coast/items/{bench.coast.next(bench.coast.mia)}")
    for keys in ("?", "Escape", "Shift+H", "Escape", "r", "r", "v", "v", "b", "Escape", "Control+K", "Escape", "f"):
        page.keyboard.press(keys)
        assert page.evaluate(LOOK) == [], keys
    assert "<b data-evil>" in page.inner_text("[data-desk=text]")
