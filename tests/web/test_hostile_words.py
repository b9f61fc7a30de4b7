"""Words that would run: wherever they are stored and whoever looks, they are shown and never become markup."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests import poisoned
from tests.poisoned import Poisoned
from tests.web.browsing import Browser
from tests.web.outline import Outline
from tests.web.sweeping import Sweep
from workbench.app import create_app
from workbench.settings import Settings
from workbench.store.engine import Database


def test_of_every_column_it_is_known_whether_people_write_it() -> None:
    assert poisoned.untold() == set(), "say in tests/poisoned.py what these columns hold"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Poisoned]:
    database = Database(f"sqlite:///{tmp_path / 'bench.db'}")
    database.upgrade()
    yield poisoned.bench(database)
    database.dispose()


@pytest.fixture
def app(bench: Poisoned, tmp_path: Path) -> Flask:
    url = bench.database.engine.url.render_as_string()
    return create_app(Settings(home=tmp_path, database_url=url, exports=tmp_path), bench.database)


def test_what_is_stored_becomes_markup_on_no_page(app: Flask, bench: Poisoned) -> None:
    counts = []
    for who in bench.lookers():
        browser = Browser(app.test_client(), bench.database)
        browser.enter(who)
        shown = [path for path in Sweep(app, bench).pages(poisoned.SHORT) if words_on(browser, path)]
        counts.append(len(shown))
    assert counts[0] > 30 and min(counts) > 10, "the words have to be on these pages"


def words_on(browser: Browser, path: str) -> bool:
    """Say whether a page shows the words; fails where they are more than words."""
    answer = browser.get(path)
    assert answer.status_code < 500, path
    if answer.mimetype != "text/html" or answer.status_code != 200:
        return False
    assert not (wrong := Outline(answer.text).wrong), (path, wrong)
    return "data-evil" in answer.text
