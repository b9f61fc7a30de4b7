"""The queue and its plan in the browser: giving, returning, giving back, quotas, lanes."""

import re

from tests.builders import Coast
from tests.teams import read, read_this, with_rules
from tests.web.browsing import Browser
from tests.web.conftest import Seat
from workbench.core.rules import Rules
from workbench.services import overlap

QUEUE = "/projects/coast/queue"
PLAN = "/projects/coast/plan"


def rules_of(coast: Coast) -> Rules:
    with coast.database.reading() as session:
        return overlap.rules(session, coast.project.id).rules


def test_a_lead_returns_an_article_and_its_reviewer_sees_the_comment_in_queue_and_on_the_desk(
    coast: Coast, lena: Browser, mia: Browser
) -> None:
    item = coast.next(coast.mia)
    read_this(coast, item, coast.mia)
    assert "What should Mia look at again?" in lena.get(f"{QUEUE}?show=done").text
    answer = lena.post(f"/projects/coast/items/{item}/return", {"comment": "The second frigate <b>"})
    assert answer.status_code == 303
    page = mia.get(QUEUE).text
    assert "An article came back to you." in re.sub(r"\s+", " ", page)
    assert "The second frigate &lt;b&gt;" in page
    assert "Returned to you:" in mia.get(f"/projects/coast/items/{item}").text


def test_who_may_not_return_or_give_is_refused(coast: Coast, mia: Browser) -> None:
    item = coast.next(coast.mia)
    read_this(coast, item, coast.mia)
    assert mia.post(f"/projects/coast/items/{item}/return", {"comment": "x"}).status_code == 403
    assert mia.post(f"{QUEUE}/give", {"item": item}).status_code == 403
    assert mia.get(PLAN).status_code == 403


def test_a_lead_gives_ticked_articles_to_somebody(coast: Coast, lena: Browser) -> None:
    page = lena.get(QUEUE).text
    items = re.findall(r'name="item" value="(\d+)"', page)
    assert len(items) == 3
    lena.post(f"{QUEUE}/give", {"item": items[:2], "to": "noor"})
    assert lena.get(QUEUE).text.count("for Noor") == 2
    assert "Tick the articles first." in lena.post(f"{QUEUE}/give", {"to": ""}).text


def test_a_lead_puts_an_article_first(coast: Coast, lena: Browser) -> None:
    items = re.findall(r'name="item" value="(\d+)"', lena.get(QUEUE).text)
    lena.post(f"{QUEUE}/give", {"item": items[2], "priority": "1"})
    assert "priority 1" in lena.get(QUEUE).text
    assert coast.next(coast.mia) == int(items[2])


def test_what_one_opened_can_be_given_back(coast: Coast, mia: Browser) -> None:
    item = coast.next(coast.mia)
    assert f"/items/{item}/let-go" in mia.get(QUEUE).text
    assert mia.post(f"/projects/coast/items/{item}/let-go").status_code == 303
    assert f"/items/{item}/let-go" not in mia.get(QUEUE).text


def test_who_has_reached_the_quota_is_told_so_kindly(coast: Coast, lena: Browser, mia: Browser) -> None:
    lena.post(f"{PLAN}/quotas", {f"in_all-{coast.mia.id}": "1"})
    read(coast, coast.mia)
    assert "You have taken on all 1 article that" in mia.get("/projects/coast/next", follow_redirects=True).text


def test_the_plan_changes_order_and_lanes_and_leaves_the_other_rules(coast: Coast, lena: Browser) -> None:
    with_rules(coast, readers=2, plain=7)
    lane = {"lane-1-people": [coast.mia.id, coast.noor.id], "lane-1-outlets": "Post, Mail", "lane-1-readers": "2"}
    assert lena.post(PLAN, {"seen": 1, "order": "uncertain"} | lane).status_code == 303
    rules = rules_of(coast)
    assert (rules.order, rules.readers, rules.plain) == ("uncertain", 2, 7)
    assert rules.lanes[0].outlets == ("Post", "Mail")
    form = {"seen": 2, "readers": 1, "overlap": 100, "plain": 0, "merge": "majority", "reasons": "Because"}
    assert lena.post("/projects/coast/rules", form).status_code == 303
    assert (rules_of(coast).order, len(rules_of(coast).lanes)) == ("uncertain", 1)
    assert 'value="Post, Mail"' in lena.get(PLAN).text


def test_a_plan_that_cannot_be_followed_is_refused_and_changes_nothing(coast: Coast, lena: Browser) -> None:
    for form, said in (
        ({"order": "loudest"}, "These are no rules"),
        ({"order": "oldest", "lane-1-people": coast.mia.id}, "names no language and no outlet"),
        ({"order": "oldest", "lane-1-outlets": "Post", "lane-1-readers": "two"}, "is no whole number"),
    ):
        answer = lena.post(PLAN, {"seen": 0} | form)
        assert answer.status_code == 422
        assert said in answer.text
    assert rules_of(coast) == Rules()
    assert lena.post(f"{PLAN}/quotas", {f"a_day-{coast.mia.id}": "0"}).status_code == 422


def test_the_plan_shows_what_was_skipped_and_why(coast: Coast, lena: Browser, seat: Seat) -> None:
    item = coast.next(coast.mia)
    coast.skip(item, coast.mia, "It is in Dutch")
    page = lena.get(PLAN).text
    assert "It is in Dutch" in page
    assert "It is in Dutch" not in seat(coast.noor).get(QUEUE).text


def test_the_queue_filters_by_every_state_to_the_eye(coast: Coast, lena: Browser) -> None:
    read(coast, coast.mia)
    for show in ("todo", "waiting", "open", "returned", "done", "to-adjudicate", "gold", "skipped"):
        assert lena.get(f"{QUEUE}?show={show}").status_code == 200
    assert "badge ok" in lena.get(f"{QUEUE}?show=gold").text
