"""The inbox, threads, examples and changed rules, as a browser sees them."""

import re

import pytest

from tests.builders import HARBOUR, NOW, Coast, span
from tests.teams import read
from tests.web.browsing import Browser
from workbench.services import talk


@pytest.fixture
def thread(coast: Coast) -> int:
    item = coast.next(coast.mia)
    with coast.database.writing() as session:
        project, place = coast.seen_by(coast.mia), span(HARBOUR, "offered two frigates")
        return talk.begin(
            session, project, item, key="key-00001", kind="question", span=place, body="An offer?", by=coast.mia,
            now=NOW,
        )  # fmt: skip


def test_the_bar_counts_what_is_unread_and_the_inbox_leads_to_the_passage(
    lena: Browser, mia: Browser, thread: int
) -> None:
    page = lena.get("/inbox").text
    assert re.search(r'accent">1<span class="visually-hidden"> unread', page)
    notice = re.search(r'action="(/inbox/\d+)"', page)
    assert notice
    answer = lena.post(notice[1])
    assert answer.location == f"/projects/coast/threads/{thread}"
    assert "offered two frigates" in lena.get(answer.location).text
    assert "Nothing new" in lena.get("/inbox").text
    assert lena.get("/inbox?show=all").text.count("An offer?") == 1
    assert mia.post(notice[1]).status_code == 404


def test_everything_is_marked_read_at_once(lena: Browser, thread: int) -> None:
    assert lena.post("/inbox").status_code == 303
    assert "Nothing new" in lena.get("/inbox").text


def test_names_for_an_at_sign_are_those_of_the_project(mia: Browser, thread: int) -> None:
    assert mia.get("/projects/coast/mentionable").json == {"names": ["Lena", "Noor", "Otto"], "all": True}


def test_one_click_makes_an_answered_question_an_example(lena: Browser, thread: int) -> None:
    lena.post(f"/projects/coast/threads/{thread}/posts", {"key": "key-00009", "body": "Yes."})
    page = lena.get(f"/projects/coast/threads/{thread}").text
    assert "Make it an example" in page
    answer = lena.post(f"/projects/coast/threads/{thread}/example", {"seen": "1"})
    assert answer.location == "/projects/coast/guidelines"
    assert "Examples from questions" in lena.get(answer.location).text
    assert "since version 2" in lena.get(f"/projects/coast/threads/{thread}").text


def test_a_changed_rule_leads_to_the_decisions_under_the_old_one(lena: Browser, coast: Coast) -> None:
    read(coast, coast.mia)
    form = {"body": "new", "seen": "1", "touches": ["commitment:status"], "note": "Offers need a verb."}
    answer = lena.post("/projects/coast/guidelines", form)
    assert answer.location == "/projects/coast/guidelines/2/decisions"
    page = lena.get(answer.location).text
    assert "<mark>offered two frigates</mark>" in page
    item = re.search(r'name="item" value="(\d+)"', page)
    assert item
    again = lena.post(answer.location, {"item": item[1]}, follow_redirects=True).text
    assert "1 article goes back" in again
    assert "returned" in again
    assert "decisions under the old rule" in lena.get("/projects/coast/guidelines").text
