"""The page of suggesters: counts, where drafts start, two compared, two merged by a worker."""

import pytest

from tests.builders import Coast, suggest
from tests.services.test_suggesters import Shy
from tests.web.browsing import Browser
from workbench.jobs import worker
from workbench.jobs.tasks import Bench
from workbench.settings import Settings

PAGE = "/projects/coast/suggesters"


@pytest.fixture
def two(coast: Coast) -> Coast:
    suggest(coast.database, coast.project, Shy("shy@1"))
    return coast


def test_the_articles_page_counts_suggesters_and_leads_on(lena: Browser, mia: Browser, two: Coast) -> None:
    page = lena.get("/projects/coast/articles").text
    assert "finder@1 (3), shy@1 (3). Drafts start from the newest." in page
    assert PAGE in page
    assert PAGE not in mia.get("/projects/coast/articles").text
    assert mia.get(PAGE).status_code == 403


def test_drafts_start_where_a_lead_says(lena: Browser, two: Coast) -> None:
    assert lena.post(f"{PAGE}/start", {"author": "finder@1"}).status_code == 303
    assert "New drafts start from finder@1" in lena.get(PAGE).text
    assert "finder@1 (3, drafts start here)" in lena.get("/projects/coast/articles").text
    assert lena.post(f"{PAGE}/start", {"author": "x"}).status_code == 422
    assert lena.post(f"{PAGE}/start").status_code == 303
    assert "the newest layer of each article" in lena.get(PAGE).text


def test_two_are_compared_and_merged(lena: Browser, two: Coast, settings: Settings) -> None:
    page = lena.get(f"{PAGE}?first=finder@1&second=shy@1").text
    assert "3 articles compared" in page
    assert "Entity, other label: 1" in page
    assert "(8 proposals)" in page
    merge = {"first": "finder@1", "second": "shy@1", "rule": "union", "name": "both@1"}
    assert lena.post(f"{PAGE}/combine", merge | {"name": "shy@1"}).status_code == 422
    assert lena.post(f"{PAGE}/combine", merge).status_code == 303
    assert worker.work_once(Bench(two.database, settings), "tester")
    assert "both@1 has new layers over 3 articles" in lena.get("/projects/coast/articles").text
    assert "two different" in lena.get(f"{PAGE}?first=shy@1&second=shy@1").text


def test_one_suggester_is_compared_with_nobody(lena: Browser) -> None:
    page = lena.get(PAGE).text
    assert "finder@1" in page
    assert "Compare two" not in page
