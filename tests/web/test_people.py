"""Signing in and out, invitations, accounts and teams, as a browser sees them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.builders import NOW, Coast, person
from tests.web.browsing import Browser
from tests.web.conftest import Seat
from workbench.edge.requests import logged_path
from workbench.services import passwords, people
from workbench.store import audit
from workbench.store.audit import Sieve

WORDS = "four words make one"


def given(coast: Coast) -> None:
    with coast.database.writing() as session:
        passwords.give(session, coast.mia.id, WORDS, by=None, now=NOW)


def signed_in(browser: Browser) -> bool:
    return browser.get("/account").status_code == 200


def token(browser: Browser) -> str:
    found = re.search(r'csrf-token" content="([^"]+)"', browser.get("/sign-in").text)
    assert found
    return found[1]


def test_name_and_password_sign_in(nobody: Browser, coast: Coast) -> None:
    given(coast)
    answer = nobody.post("/sign-in", {"name": "mia", "password": WORDS})
    assert (answer.status_code, answer.location) == (303, "/")
    assert signed_in(nobody)


def test_a_wrong_password_says_no_more_than_a_wrong_name(nobody: Browser, coast: Coast) -> None:
    given(coast)
    answers = [nobody.post("/sign-in", {"name": name, "password": "wrong words"}) for name in ("Mia", "Nobody")]
    assert [each.status_code for each in answers] == [422, 422]
    assert all("Name and password do not go together." in each.text for each in answers)
    assert not signed_in(nobody)


def test_too_many_tries_have_to_wait_even_with_the_right_password(nobody: Browser, coast: Coast) -> None:
    given(coast)
    for _ in range(10):
        nobody.post("/sign-in", {"name": "Mia", "password": "wrong words"})
    answer = nobody.post("/sign-in", {"name": "Mia", "password": WORDS})
    assert answer.status_code == 429
    assert "Too many tries" in answer.text
    assert not signed_in(nobody)


def test_the_log_tells_who_got_in_and_who_did_not_and_keeps_no_name_that_is_nobodys(
    nobody: Browser, coast: Coast
) -> None:
    given(coast)
    for name in ("Mia", "my secret words"):
        nobody.post("/sign-in", {"name": name, "password": "wrong words"})
    nobody.post("/sign-in", {"name": "Mia", "password": WORDS})
    with coast.database.reading() as session:
        rows = audit.page(session, Sieve(), before=None, limit=3)
    noted = [(row.act, row.person, row.subject, row.about, row.origin) for row in rows]
    assert noted == [
        ("sign_in", "Mia", None, {}, "127.0.0.1"),
        ("sign_in.failed", None, None, {}, "127.0.0.1"),
        ("sign_in.failed", None, "Mia", {}, "127.0.0.1"),
    ]


@pytest.mark.parametrize(
    "onward",
    ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "\\\\elsewhere", "javascript:alert(1)",
     "/\t/elsewhere.example", "/\n/elsewhere.example", "elsewhere", "http:elsewhere.example"],
)  # fmt: skip
def test_nobody_is_sent_to_another_site_after_signing_in(nobody: Browser, coast: Coast, onward: str) -> None:
    given(coast)
    answer = nobody.post("/sign-in", {"name": "Mia", "password": WORDS, "next": onward})
    assert (answer.status_code, answer.location) == (303, "/")


def test_after_signing_in_one_is_where_one_wanted_to_be(nobody: Browser, coast: Coast) -> None:
    given(coast)
    form = {"name": "Mia", "password": WORDS, "next": "/projects/coast/queue?show=done"}
    assert nobody.post("/sign-in", form).location == "/projects/coast/queue?show=done"
    assert nobody.get("/sign-in?next=/projects").location == "/projects"


def test_a_link_signs_in_once(seat: Seat, coast: Coast) -> None:
    with coast.database.writing() as session:
        secret = people.make_link(session, coast.mia.id, "sign_in", now=datetime.now(UTC))
    first, second = seat(None), seat(None)
    assert first.get(f"/sign-in/{secret}").status_code == 303
    refused = second.get(f"/sign-in/{secret}")
    assert refused.status_code == 404
    assert "people link" in refused.text
    assert first.get(f"/sign-in/{secret}").status_code == 303
    assert (signed_in(first), signed_in(second)) == (True, False)


@pytest.mark.parametrize(("method", "headers"), [("HEAD", {}), ("GET", {"Sec-Purpose": "prefetch;prerender"})])
def test_looking_ahead_does_not_use_up_a_link(
    nobody: Browser, coast: Coast, method: str, headers: dict[str, str]
) -> None:
    with coast.database.writing() as session:
        secret = people.make_link(session, coast.mia.id, "sign_in", now=datetime.now(UTC))
    assert nobody.client.open(f"/sign-in/{secret}", method=method, headers=headers).status_code == 204
    assert not signed_in(nobody)
    assert nobody.get(f"/sign-in/{secret}").status_code == 303
    assert signed_in(nobody)


def test_signing_out_ends_the_browsers_secret_too(mia: Browser, coast: Coast) -> None:
    kept = mia.client.get_cookie("workbench")
    assert kept is not None
    left = mia.post("/sign-out")
    assert (left.status_code, left.headers["Clear-Site-Data"]) == (303, '"cache"')
    assert not signed_in(mia)
    mia.client.set_cookie("workbench", kept.value)
    assert not signed_in(mia)


@pytest.mark.parametrize("jump", [-61, 61])
def test_a_server_whose_clock_is_set_knows_who_is_signed_in_and_takes_the_pages_forms(mia: Browser, jump: int) -> None:
    kept = mia.token
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=jump)):
        assert signed_in(mia)
        answer = mia.client.post("/sign-out", data={"csrf_token": kept})
    assert answer.status_code == 303, answer.text


def test_who_is_kept_out_is_out_at_the_next_request(mia: Browser, coast: Coast) -> None:
    with coast.database.writing() as session:
        people.set_active(session, coast.mia.id, False, by=None, now=NOW)
    assert not signed_in(mia)


def test_a_lead_invites_somebody_new_who_chooses_a_password(lena: Browser, nobody: Browser) -> None:
    page = lena.post("/projects/coast/team", {"name": "Pia Holm", "role": "reviewer"}).text
    link = re.search(r"http://localhost(/invitation/[\w-]+)", page)
    assert link
    assert "Pia Holm" in nobody.get(link[1]).text
    short = nobody.client.post(link[1], data={"csrf_token": token(nobody), "password": "short"})
    assert short.status_code == 422
    assert "at least 10" in short.text
    taken = nobody.client.post(link[1], data={"csrf_token": token(nobody), "password": WORDS})
    assert taken.status_code == 303
    assert "Pia Holm" in nobody.get("/account").text
    assert nobody.get(link[1]).status_code == 404


def test_somebody_who_has_an_account_joins_without_a_link(lena: Browser, coast: Coast) -> None:
    person(coast.database, "Pia")
    answer = lena.post("/projects/coast/team", {"name": "pia", "role": "adjudicator"})
    assert answer.status_code == 200
    assert "/invitation/" not in answer.text


def test_the_last_lead_stays(lena: Browser, coast: Coast) -> None:
    answer = lena.post(f"/projects/coast/team/{coast.lena.id}", {"role": ""})
    assert answer.status_code == 422
    assert "needs a lead" in answer.text


def test_a_role_is_changed_on_the_team_page(lena: Browser, coast: Coast) -> None:
    assert lena.post(f"/projects/coast/team/{coast.otto.id}", {"role": "reviewer"}).status_code == 303
    assert coast.seen_by(coast.otto).role == "reviewer"


def test_changing_the_password_keeps_this_browser_and_ends_others(seat: Seat, coast: Coast) -> None:
    given(coast)
    here, there = seat(coast.mia), seat(coast.mia)
    answer = here.post("/account/password", {"old": WORDS, "new": "other words for me"})
    assert answer.status_code == 303
    assert (signed_in(here), signed_in(there)) == (True, False)


def test_the_old_password_can_be_guessed_at_a_few_times_alone(mia: Browser, coast: Coast) -> None:
    given(coast)
    mia.enter(coast.mia)
    guess = {"old": "a wrong guess", "new": "other words for me"}
    assert {mia.post("/account/password", guess).status_code for _ in range(10)} == {403}
    refused = mia.post("/account/password", {**guess, "old": WORDS})
    assert refused.status_code == 429
    assert "quarter of an hour" in refused.text
    with coast.database.reading() as session:
        assert passwords.check(session, "Mia", WORDS) is not None


@pytest.mark.parametrize("page", ["sign-in", "invitation", "reset"])
def test_logs_hold_no_link_that_lets_somebody_in(nobody: Browser, page: str) -> None:
    with nobody.client.application.test_request_context(f"/{page}/a-secret"):
        assert logged_path() == f"/{page}/…"


def test_other_browsers_can_be_signed_out(seat: Seat, coast: Coast) -> None:
    here, there = seat(coast.mia), seat(coast.mia)
    assert here.post("/account/sign-ins").status_code == 303
    assert (signed_in(here), signed_in(there)) == (True, False)
