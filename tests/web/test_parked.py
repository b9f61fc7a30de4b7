"""Articles that no suggester survives, and jobs that failed: seen and tried again."""

from datetime import UTC, datetime

from tests.builders import NOW, Coast
from tests.web.browsing import Browser
from workbench.services import jobs as asked
from workbench.store import jobs, parked


def park(coast: Coast) -> None:
    with coast.database.writing() as session:
        parked.keep(session, coast.project.id, "shy@1", {1: "Traceback\nValueError: no <ferries>"}, tries=3, now=NOW)


def test_a_lead_sees_what_is_parked_and_has_it_tried_again(lena: Browser, mia: Browser, coast: Coast) -> None:
    park(coast)
    assert "1 article could not be read by a suggester" in lena.get("/projects/coast/articles").text
    page = lena.get("/projects/coast/parked").text
    assert "ValueError: no &lt;ferries&gt;" in page
    assert lena.post("/projects/coast/parked?article=1").status_code == 303
    assert "Nothing is parked" in lena.get("/projects/coast/parked").text
    with coast.database.reading() as session:
        assert [row.kind for row in jobs.listing(session, coast.project.id)] == ["suggest"]
    assert mia.get("/projects/coast/parked").status_code == 403
    assert mia.post("/projects/coast/parked").status_code == 403


def test_a_failed_job_has_a_button_that_tries_it_again(lena: Browser, mia: Browser, coast: Coast) -> None:
    now = datetime.now(UTC)
    with coast.database.writing() as session:
        lead = coast.seen_by(coast.lena)
        number = asked.ask(session, lead, "suggest", {"project": "coast"}, by=coast.lena, now=now)
        jobs.take(session, number, "w1", now=now)
        jobs.end(session, number, "w1", "failed", "It broke.", now=now)
    address = f"/projects/coast/jobs/{number}/again"
    assert address in lena.get("/projects/coast/articles").text
    assert address not in mia.get("/projects/coast/articles").text
    assert mia.post(address).status_code == 403
    assert lena.post(address).status_code == 303
    assert lena.post(address).status_code == 422
    with coast.database.reading() as session:
        assert [row.state for row in jobs.listing(session, coast.project.id)] == ["queued"]
