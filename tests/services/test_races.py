"""Accounts and teams changed by two at once: what works once works once, and somebody leads."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.builders import LEASE, NOW, Coast, person
from workbench.core.errors import Invalid, NotAllowed, NotFound, Stale, WorkbenchError
from workbench.core.workflow import Person
from workbench.services import accounts, openid, passwords, people, projects, review
from workbench.services.openid import Arrival
from workbench.settings import OpenID
from workbench.store.schema import Item, SignIn

OLD, NEW = "four words make one", "other words make two"


def given(coast: Coast, words: str) -> None:
    with coast.database.writing() as session:
        passwords.give(session, coast.mia.id, words, by=None, now=NOW)


def kept_out(coast: Coast) -> None:
    with coast.database.writing() as session:
        people.set_active(session, coast.mia.id, False, by=coast.lena, now=NOW)


def browsers(coast: Coast) -> int:
    with coast.database.reading() as session:
        return session.scalar(select(func.count()).select_from(SignIn).where(SignIn.person_id == coast.mia.id)) or 0


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do things at the same time; return what each came to, its error in place of an answer."""
    gate, found = threading.Barrier(len(acts)), list[object]()

    def run(act: Callable[[], object]) -> None:
        gate.wait()
        try:
            found.append(act())
        except WorkbenchError as problem:
            found.append(problem)

    crew = [threading.Thread(target=run, args=(act,)) for act in acts]
    for each in crew:
        each.start()
    for each in crew:
        each.join()
    return found


@pytest.mark.parametrize("change", [lambda coast: given(coast, NEW), kept_out], ids=["password", "deactivated"])
def test_a_password_that_was_right_a_moment_ago_lets_nobody_in(coast: Coast, change: Callable[[Coast], None]) -> None:
    given(coast, OLD)
    with coast.database.reading() as session:
        known = passwords.check(session, "Mia", OLD)
    assert known
    change(coast)
    with coast.database.writing() as session, pytest.raises(NotAllowed):
        people.sign_in(session, known, "Mia", agent="", now=NOW)
    assert browsers(coast) == 0


def test_nobody_slips_in_while_they_are_being_kept_out(coast: Coast) -> None:
    with coast.database.writing() as session:
        links = [people.make_link(session, coast.mia.id, "sign_in", now=NOW) for _ in range(4)]

    def enter(link: str) -> str | None:
        with coast.database.writing() as session:
            return people.sign_in_by_link(session, link, agent="", now=NOW)

    at_once(lambda: kept_out(coast), *[lambda link=link: enter(link) for link in links])
    assert browsers(coast) == 0


def test_nobody_takes_an_article_while_they_are_being_kept_out(coast: Coast) -> None:
    """What was looked up about them before is not what counts: here it is as old as can be."""
    mia = coast.seen_by(coast.mia)

    def take() -> int | None:
        with coast.database.writing() as session:
            return review.next_item(session, mia, by=coast.mia, now=NOW, lease=LEASE)

    at_once(lambda: kept_out(coast), take, take)
    with pytest.raises(NotAllowed):
        take()
    with coast.database.reading() as session:
        assert not session.scalar(select(func.count()).select_from(Item).where(Item.person_id == coast.mia.id))


def test_an_invitation_is_accepted_once(coast: Coast) -> None:
    with coast.database.writing() as session:
        link = people.make_link(session, coast.mia.id, "invite", now=NOW)

    def accept(words: str) -> str:
        with coast.database.writing() as session:
            people.accept_invitation(session, link, words, agent="", now=NOW)
        return words

    found = at_once(*[lambda words=words: accept(words) for words in (OLD, NEW, f"{OLD} more", f"{NEW} more")])
    [words] = [each for each in found if isinstance(each, str)]
    with coast.database.reading() as session:
        assert passwords.check(session, "Mia", words)
    assert browsers(coast) == 1


def test_a_new_password_ends_browsers_that_come_in_at_the_same_moment(coast: Coast) -> None:
    given(coast, OLD)

    def enter() -> None:
        with coast.database.reading() as session:
            known = passwords.check(session, "Mia", OLD)
        if known:
            with coast.database.writing() as session:
                people.sign_in(session, known, "Mia", agent="", now=NOW)

    at_once(lambda: given(coast, NEW), enter, enter)
    assert browsers(coast) == 0


def close_behind(coast: Coast, first: Callable[[Session], object], second: Callable[[Session], object]) -> object:
    """Do the second while the first is done but not yet stored; return what came of the second."""
    found: list[object] = []

    def run() -> None:
        try:
            with coast.database.writing() as session:
                found.append(second(session))
        except WorkbenchError as problem:
            found.append(problem)

    thread = threading.Thread(target=run)
    with coast.database.writing() as session:
        first(session)
        thread.start()
        thread.join(0.5)
    thread.join()
    return found[0]


def test_two_leads_who_take_each_other_off_the_team_leave_one(coast: Coast) -> None:
    number = coast.project.id
    with coast.database.writing() as session:
        people.set_role(session, number, coast.mia.id, "lead", by=coast.lena, now=NOW)

    def off(whom: Person, by: Person) -> Callable[[Session], object]:
        return lambda session: people.set_role(session, number, whom.id, None, by=by, now=NOW)

    refused = close_behind(coast, off(coast.mia, coast.lena), off(coast.lena, coast.mia))
    assert isinstance(refused, Invalid)
    with coast.database.reading() as session:
        assert [row.name for row in people.members(session, number) if row.role == "lead"] == ["Lena"]


def test_somebody_put_on_a_team_by_two_at_once_is_on_it_once(coast: Coast) -> None:
    pia = person(coast.database, "Pia")

    def on(role: str) -> Callable[[Session], object]:
        return lambda session: people.set_role(session, coast.project.id, pia.id, role, by=coast.lena, now=NOW)

    assert close_behind(coast, on("viewer"), on("reviewer")) is None
    with coast.database.reading() as session:
        assert [row.role for row in people.members(session, coast.project.id) if row.id == pia.id] == ["reviewer"]


@pytest.mark.parametrize("end", [people.set_active, accounts.set_admin], ids=["deactivated", "no-admin"])
def test_two_admins_who_end_each_other_leave_one(coast: Coast, end: Callable[..., None]) -> None:
    with coast.database.writing() as session:
        ada, abe = (people.add(session, name, admin=True, by=None, now=NOW) for name in ("Ada", "Abe"))

    def ended(whom: Person, by: Person) -> Callable[[Session], object]:
        return lambda session: end(session, whom.id, False, by=by, now=NOW)

    assert isinstance(close_behind(coast, ended(abe, ada), ended(ada, abe)), Invalid)


def test_a_name_taken_by_two_at_once_is_taken_once_in_capitals_or_not(coast: Coast) -> None:
    def taken(name: str) -> Callable[[Session], object]:
        return lambda session: people.add(session, name, by=None, now=NOW)

    assert isinstance(close_behind(coast, taken("Pia Berg"), taken("PIA BERG")), Invalid)


def test_an_invitation_links_one_account_at_a_provider(coast: Coast) -> None:
    provider = OpenID("https://id.example.org", "workbench")
    with coast.database.writing() as session:
        link = people.make_link(session, coast.mia.id, "invite", now=NOW)

    def arrive(subject: str) -> Callable[[Session], object]:
        arrival = Arrival({"iss": provider.issuer, "sub": subject}, link)
        return lambda session: openid.arrive(session, provider, arrival, agent="", now=NOW)

    assert isinstance(close_behind(coast, arrive("mia"), arrive("mallory")), NotFound)


def test_guidelines_changed_by_two_at_once_are_changed_by_the_first(coast: Coast) -> None:
    def changed(body: str) -> Callable[[Session], object]:
        return lambda session: projects.change_guideline(session, lead, body, seen=1, by=coast.lena, now=NOW)

    lead = coast.seen_by(coast.lena)
    assert isinstance(close_behind(coast, changed("One."), changed("Other.")), Stale)
