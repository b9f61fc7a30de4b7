"""Getting in while an account is changed: what was ended stays ended, and what works once works once."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from tests.builders import NOW, Coast
from workbench.core.errors import NotAllowed, WorkbenchError
from workbench.services import passwords, people
from workbench.store.schema import SignIn

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
