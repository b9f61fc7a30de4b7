"""Signing in through an OpenID provider that really runs, on loopback: who gets in, as whom, and who does not."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import select

from tests.builders import NOW, Coast
from tests.web import provider as providers
from tests.web.browsing import Browser
from tests.web.provider import CLIENT, SECRET, Provider
from workbench.app import create_app
from workbench.core.workflow import Person
from workbench.services import people
from workbench.settings import OpenID, Settings
from workbench.store.schema import Identity
from workbench.store.schema import Person as Row

Open = Callable[..., Browser]


@pytest.fixture
def provider() -> Iterator[Provider]:
    with providers.running() as made:
        yield made


@pytest.fixture
def bench(settings: Settings, coast: Coast, provider: Provider) -> Open:
    """Open a browser at a bench that knows the provider, with further settings."""

    def opened(**rest: Any) -> Browser:
        chosen = OpenID(provider.issuer, CLIENT, SECRET, "Harbour ID", **rest)
        app = create_app(replace(settings, openid=chosen), coast.database)
        app.testing = True
        return Browser(app.test_client(), coast.database)

    return opened


def through(browser: Browser, provider: Provider, start: str = "/openid/start") -> Any:
    """Go to the provider, say yes there, and come back."""
    there = browser.get(start)
    assert there.status_code == 302, there.text
    assert there.location.startswith(f"{provider.issuer}/authorize?")
    back = urlsplit(provider.authorize(there.location))
    return browser.get(f"{back.path}?{back.query}")


def who(browser: Browser) -> str:
    answer = browser.get("/account")
    return answer.text.split("<h1>")[1].split("</h1>")[0] if answer.status_code == 200 else ""


def invitation(coast: Coast, name: str) -> str:
    with coast.database.writing() as session:
        made = people.add(session, name, by=None, now=NOW)
        return people.make_link(session, made.id, "invite", now=datetime.now(UTC))


def test_a_bench_without_a_provider_asks_nobody_and_says_so(nobody: Browser) -> None:
    assert "openid" not in nobody.get("/sign-in").text
    assert [nobody.get(f"/openid/{name}").status_code for name in ("start", "back", "leave")] == [404, 404, 404]


def test_nothing_is_asked_of_the_provider_before_somebody_wants_to_sign_in(bench: Open, provider: Provider) -> None:
    assert "Sign in with Harbour ID" in bench().get("/sign-in").text
    assert provider.asked == []


def test_somebody_new_gets_an_account_where_the_bench_makes_them(bench: Open, provider: Provider) -> None:
    browser = bench(create=True)
    answer = through(browser, provider, "/openid/start?next=/projects")
    assert (answer.status_code, answer.location) == (303, "/projects")
    assert who(browser) == "Pia Holm"


def test_who_comes_again_is_the_same_person_whatever_they_are_called_now(bench: Open, provider: Provider) -> None:
    through(bench(create=True), provider)
    provider.claims = {"sub": "1001", "name": "Pia Lund", "email": "other@example.org", "email_verified": True}
    browser = bench(create=True)
    through(browser, provider)
    assert who(browser) == "Pia Holm"


def test_a_name_that_is_taken_does_not_give_its_account_away(bench: Open, provider: Provider, coast: Coast) -> None:
    provider.claims = {"sub": "2", "name": "Lena", "email": "lena@example.org", "email_verified": True}
    with coast.database.writing() as session:
        session.get(Row, coast.lena.id).email = "lena@example.org"  # type: ignore[union-attr]
    browser = bench(create=True)
    through(browser, provider)
    assert who(browser) == "Lena 2"


def test_only_invited_people_get_in_unless_the_bench_makes_accounts(
    bench: Open, provider: Provider, coast: Coast
) -> None:
    browser = bench()
    refused = through(browser, provider)
    assert refused.status_code == 403
    assert "no account here yet" in refused.text
    invited = bench()
    link = invitation(coast, "Pia")
    assert "Go on with Harbour ID" in invited.get(f"/invitation/{link}").text
    assert through(invited, provider, f"/openid/start?invitation={link}").status_code == 303
    assert who(invited) == "Pia"
    assert invited.get(f"/invitation/{link}").status_code == 404


@pytest.mark.parametrize(
    ("claims", "let_in"),
    [
        ({"email": "pia@harbour.example", "email_verified": True}, True),
        ({"email": "pia@harbour.example", "email_verified": False}, False),
        ({"email": "pia@harbour.example"}, False),
        ({"email": "pia@harbour.example", "email_verified": "true"}, False),
        ({"email": "pia@elsewhere.example", "email_verified": True}, False),
        ({"email": "harbour.example", "email_verified": True}, False),
        ({}, False),
    ],
)
def test_accounts_are_made_for_checked_addresses_of_the_listed_domains_only(
    bench: Open, provider: Provider, claims: dict[str, Any], let_in: bool
) -> None:
    provider.claims |= claims
    answer = through(bench(create=True, domains=("harbour.example",)), provider)
    assert answer.status_code == (303 if let_in else 403)


def test_an_account_is_linked_by_its_owner_while_signed_in(bench: Open, provider: Provider, coast: Coast) -> None:
    browser = bench()
    browser.enter(coast.mia)
    assert through(browser, provider, f"/openid/start?token={browser.token}").location == "/account"
    other = bench()
    through(other, provider)
    assert who(other) == "Mia"


def test_another_site_cannot_link_an_account(bench: Open, provider: Provider, coast: Coast) -> None:
    browser = bench()
    browser.enter(coast.mia)
    assert browser.get("/openid/start").status_code == 303
    assert provider.asked == []


def test_an_account_at_the_provider_belongs_to_one_person(bench: Open, provider: Provider, coast: Coast) -> None:
    for person, status in ((coast.mia, 303), (coast.noor, 403)):
        browser = bench()
        browser.enter(person)
        assert through(browser, provider, f"/openid/start?token={browser.token}").status_code == status
    with coast.database.reading() as session:
        assert session.scalars(select(Identity.person_id)).all() == [coast.mia.id]


def test_unlinking_asks_for_a_password_first(bench: Open, provider: Provider, coast: Coast) -> None:
    browser = bench()
    browser.enter(coast.mia)
    through(browser, provider, f"/openid/start?token={browser.token}")
    assert browser.post("/account/openid").status_code == 422
    browser.post("/account/password", {"new": "four words make one"})
    assert browser.post("/account/openid").status_code == 303
    assert through(bench(), provider).status_code == 403


def test_who_is_deactivated_does_not_get_in(bench: Open, provider: Provider, coast: Coast) -> None:
    browser = bench(create=True)
    through(browser, provider)
    with coast.database.writing() as session:
        people.set_active(session, people.find(session, "Pia Holm").id, False, by=None, now=NOW)
    answer = through(bench(create=True), provider)
    assert answer.status_code == 403
    assert "deactivated" in answer.text


@pytest.mark.parametrize(
    ("tricks", "said"),
    [
        ({"error": "access_denied"}, "declined"),
        ({"error": "server_error"}, "cannot be trusted"),
        ({"claims": {"nonce": "another"}}, "cannot be trusted"),
        ({"claims": {"aud": "another bench"}}, "cannot be trusted"),
        ({"claims": {"iss": "https://elsewhere.example"}}, "cannot be trusted"),
        ({"claims": {"exp": 1}}, "cannot be trusted"),
        ({"key": RSAKey.generate_key(2048)}, "cannot be trusted"),
    ],
    ids=["declined", "broken", "nonce", "audience", "issuer", "expired", "signature"],
)
def test_what_cannot_be_trusted_signs_nobody_in(
    bench: Open, provider: Provider, tricks: dict[str, Any], said: str
) -> None:
    provider.tricks = tricks
    browser = bench(create=True)
    answer = through(browser, provider)
    assert answer.status_code == 403
    assert said in answer.text
    assert not who(browser)


def test_an_answer_works_in_the_browser_that_asked_and_once(bench: Open, provider: Provider) -> None:
    browser, thief = bench(create=True), bench(create=True)
    back = urlsplit(provider.authorize(browser.get("/openid/start").location))
    stolen = thief.get(f"{back.path}?{back.query}")
    assert "begun in another browser" in stolen.text
    assert not who(thief)
    assert browser.get(f"{back.path}?{back.query}").status_code == 303
    browser.post("/sign-out")
    assert browser.get(f"{back.path}?{back.query}").status_code == 403


def test_a_provider_that_calls_itself_otherwise_is_not_followed_and_passwords_go_on_working(
    bench: Open, provider: Provider
) -> None:
    provider.tricks = {"discovery": {"issuer": "https://elsewhere.example"}}
    browser = bench(create=True)
    answer = browser.get("/openid/start")
    assert (answer.status_code, "Harbour ID does not answer" in answer.text) == (403, True)
    assert browser.get("/sign-in").status_code == 200


def test_signing_out_ends_here_and_offers_to_end_it_there(bench: Open, provider: Provider) -> None:
    browser = bench(create=True)
    through(browser, provider)
    out = browser.post("/sign-out")
    assert not who(browser)
    assert "sign out at Harbour ID too" in browser.get(out.location).text
    assert browser.get("/openid/leave").location == f"{provider.issuer}/leave?client_id={CLIENT}"


def test_a_group_at_the_provider_makes_admins_and_takes_it_back(bench: Open, provider: Provider, coast: Coast) -> None:
    def is_admin() -> Person:
        with coast.database.reading() as session:
            return people.find(session, "Pia Holm")

    for groups, admin in ((["harbour-masters", "all"], True), (["all"], True), ("harbour-masters", True)):
        provider.claims["groups"] = groups
        through(bench(create=True, admin_group="harbour-masters"), provider)
        assert is_admin().admin is admin, "the last admin stays one"
    with coast.database.writing() as session:
        people.add(session, "Root", admin=True, by=None, now=NOW)
    through(bench(create=True, admin_group="harbour-masters"), provider)
    assert not is_admin().admin
