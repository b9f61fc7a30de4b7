"""The page of what the guidelines lack."""

import pytest

from tests.builders import Coast, person
from tests.services.test_adjudication import disputed, ruled
from tests.web.browsing import Browser
from tests.web.conftest import Seat

PAGE = "/projects/coast/adjudication/reasons"
QUICK, LACKS = "Read too quickly", "The guidelines do not cover this"


@pytest.fixture(autouse=True)
def two_rulings(coast: Coast) -> None:
    ada = person(coast.database, "Ada", "adjudicator", coast.project)
    key = disputed(coast, {"e1": None, "e2": None}, {})
    ruled(coast, key, 0, 1, ada, reason=LACKS)
    ruled(coast, key, 1, 0, ada, reason=QUICK)


def test_a_lead_writes_a_rule_and_closes_a_reason(lena: Browser) -> None:
    page = lena.get(PAGE).text
    assert "<mark>France</mark>" in page
    about = {"reason": LACKS, "upto": "1", "seen": "1", "ruling": "1", "words": "States are GPE."}
    assert lena.post(PAGE, about).status_code == 303
    assert lena.post(f"{PAGE}/closed", {"reason": QUICK, "upto": "2", "note": "once"}).status_code == 303
    page = lena.get(PAGE).text
    assert "Nothing waits" in page
    assert "a rule, in version 2 of the guidelines" in page
    assert "closed: once" in page
    assert "States are GPE." in lena.get("/projects/coast/guidelines").text


def test_who_adjudicates_looks_and_leaves_it_to_leads(seat: Seat, coast: Coast) -> None:
    browser = seat(person(coast.database, "Odo", "adjudicator", coast.project))
    page = browser.get(PAGE).text
    assert "<mark>France</mark>" in page
    assert "Write it into the guidelines" not in page
    assert browser.post(PAGE, {"reason": LACKS}).status_code == 403
