"""One's own account, everybody's for admins, and the log, as a browser sees them."""

import inspect
import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from tests.builders import NOW, Coast
from tests.web.browsing import Browser
from tests.web.conftest import Seat
from workbench.core.workflow import Person
from workbench.services import accounts, people
from workbench.store.schema import Person as Row
from workbench.store.schema import SignIn
from workbench.web.accounts import admins_only

WORDS = "four words make one"


@pytest.fixture
def root(seat: Seat, coast: Coast) -> Browser:
    with coast.database.writing() as session:
        session.execute(update(Row).where(Row.id == coast.lena.id).values(admin=True))
    return seat(Person(coast.lena.id, "Lena", True))


def here(browser: Browser) -> bool:
    return browser.get("/account").status_code == 200


def test_ones_browsers_are_listed_and_this_one_is_marked(seat: Seat, coast: Coast) -> None:
    one, two = seat(coast.mia), seat(coast.mia)
    page = one.get("/account").text
    assert page.count("this one") == 1
    tokens = re.findall(r'name="token" value="(\w+)"', page)
    assert len(tokens) == 2
    mine = re.search(r'this one.*?name="token" value="(\w+)"', page, re.DOTALL)
    assert mine
    other = next(token for token in tokens if token != mine[1])
    one.post("/account/sign-ins", {"token": other})
    assert (here(one), here(two)) == (True, False)


def test_nobody_ends_a_browser_of_somebody_else(mia: Browser, lena: Browser, coast: Coast) -> None:
    theirs = re.findall(r'name="token" value="(\w+)"', lena.get("/account").text)[0]
    mia.post("/account/sign-ins", {"token": theirs})
    assert here(lena)


def test_a_browser_is_seen_again_after_five_minutes(mia: Browser, coast: Coast) -> None:
    with coast.database.writing() as session:
        session.execute(update(SignIn).values(seen_at=None))
    mia.get("/account")
    with coast.database.reading() as session:
        assert session.query(SignIn.seen_at, SignIn.address).one()[1] == "127.0.0.1"


def test_name_and_address_are_changed_by_their_owner(mia: Browser) -> None:
    form = {"name": "Mia Berg", "email": "mia@example.org", "mail": "on"}
    assert mia.post("/account/about", form).status_code == 303
    page = mia.get("/account").text
    assert "<h1>Mia Berg</h1>" in page
    assert 'value="mia@example.org"' in page
    assert mia.post("/account/about", form | {"email": "mia"}).status_code == 422


@pytest.mark.parametrize("path", ["/people", "/people/1", "/log", "/log.csv"])
def test_accounts_and_the_log_of_the_site_are_for_admins(lena: Browser, path: str) -> None:
    assert lena.get(path).status_code == 403


def test_an_admin_makes_an_account_and_sends_the_invitation(root: Browser, nobody: Browser) -> None:
    page = root.post("/people", {"name": "Pia Holm"}).text
    link = re.search(r"http://localhost(/invitation/[\w-]+)", page)
    assert link
    assert "Pia Holm" in nobody.get(link[1]).text
    assert "Pia Holm" in root.get("/people?find=holm").text


def test_an_admins_link_lets_somebody_choose_a_new_password(root: Browser, nobody: Browser, coast: Coast) -> None:
    page = root.post(f"/people/{coast.mia.id}", {"act": "reset"}).text
    link = re.search(r"http://localhost(/reset/[\w-]+)", page)
    assert link
    token = re.search(r'csrf-token" content="([^"]+)"', nobody.get(link[1]).text)
    assert token
    weak = nobody.client.post(link[1], data={"csrf_token": token[1], "password": "Password123!"})
    assert (weak.status_code, "four words" in weak.text) == (422, True)
    assert nobody.client.post(link[1], data={"csrf_token": token[1], "password": WORDS}).status_code == 303
    assert here(nobody)
    assert nobody.get(link[1]).status_code == 404


def test_an_admin_deactivates_and_reactivates(root: Browser, mia: Browser, coast: Coast) -> None:
    root.post(f"/people/{coast.mia.id}", {"act": "deactivate"})
    assert not here(mia)
    assert "deactivated" in root.get("/people").text
    root.post(f"/people/{coast.mia.id}", {"act": "reactivate"})
    mia.enter(coast.mia)
    assert here(mia)


def test_an_admin_signs_somebody_out_and_the_log_says_so(root: Browser, mia: Browser, coast: Coast) -> None:
    root.post(f"/people/{coast.mia.id}", {"act": "sign-out"})
    assert not here(mia)
    page = root.get("/log").text
    assert "signed a browser out" in page
    assert "127.0.0.1" in page


def test_a_lead_reads_and_takes_out_the_log_of_the_project(lena: Browser, coast: Coast) -> None:
    lena.post(f"/projects/coast/team/{coast.otto.id}", {"role": "reviewer"})
    assert "set a role" in lena.get("/projects/coast/log").text
    answer = lena.get("/projects/coast/log.csv?act=role.set&who=Otto")
    assert answer.mimetype == "text/csv"
    assert answer.text.splitlines()[0] == "at,who,act,to,project,from,about"
    assert "Lena,role.set,Otto,coast,127.0.0.1" in answer.text


@pytest.mark.parametrize("path", ["/projects/coast/log", "/projects/coast/log.csv"])
def test_a_day_that_is_none_is_refused_before_anything_is_sent(lena: Browser, path: str) -> None:
    answer = lena.get(f"{path}?until=tomorrow")
    assert answer.status_code == 422
    assert "“tomorrow” is no day; write it like 2026-03-02." in answer.text


def test_the_menu_of_an_admin_leads_to_people_and_log(root: Browser, mia: Browser) -> None:
    assert 'href="/people"' in root.get("/projects").text
    assert 'href="/people"' not in mia.get("/projects").text


def test_a_team_member_who_loses_their_role_is_signed_out(lena: Browser, mia: Browser, coast: Coast) -> None:
    lena.post(f"/projects/coast/team/{coast.mia.id}", {"role": "viewer"})
    assert not here(mia)


def test_links_of_who_was_deactivated_stay_useless(coast: Coast, nobody: Browser, root: Browser) -> None:
    page = root.post("/people", {"name": "Pia Holm"}).text
    link = re.search(r"http://localhost(/invitation/[\w-]+)", page)
    with coast.database.reading() as session:
        pia = people.find(session, "Pia Holm")
    root.post(f"/people/{pia.id}", {"act": "deactivate"})
    root.post(f"/people/{pia.id}", {"act": "reactivate"})
    assert link
    assert nobody.get(link[1]).status_code == 404


def test_a_new_password_makes_links_useless_that_were_made_before(mia: Browser, nobody: Browser, coast: Coast) -> None:
    now = datetime.now(UTC)
    with coast.database.writing() as session:
        kinds = {"sign_in": "sign-in", "invite": "invitation", "reset": "reset"}
        links = [f"/{kinds[each]}/{people.make_link(session, coast.mia.id, each, now=now)}" for each in kinds]
    assert mia.post("/account/password", {"new": WORDS}).status_code == 303
    assert [nobody.get(link).status_code for link in links] == [404, 404, 404]


def test_what_arrives_when_its_sender_is_no_admin_any_more_is_not_kept(root: Browser, coast: Coast) -> None:
    asked = root.client.application.view_functions["accounts.add"]

    def late() -> object:
        with coast.database.writing() as session:
            accounts.set_admin(session, coast.otto.id, True, by=None, now=NOW)
            accounts.set_admin(session, coast.lena.id, False, by=None, now=NOW)
        return inspect.unwrap(asked)()

    root.client.application.view_functions["accounts.add"] = admins_only(late)
    answer = root.post("/people", {"name": "Accomplice", "admin": "on"})
    assert answer.status_code == 403 and "ceased to be an admin" in answer.text
    with coast.database.reading() as session:
        assert not accounts.search(session, "Accomplice", limit=1)
