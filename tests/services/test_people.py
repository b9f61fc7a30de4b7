"""Accounts: who gets in, by what, for how long, and who is kept out."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.builders import NOW, Coast, person
from workbench.core.errors import Invalid, NotAllowed, NotFound
from workbench.core.workflow import ACTS, ROLES, Person, may
from workbench.services import passwords, people
from workbench.store.engine import Database
from workbench.store.schema import Audit, Link, SignIn
from workbench.store.schema import Person as Row

WORDS = "four words make one"


@pytest.fixture
def mia(database: Database) -> Person:
    return person(database, "Mia Berg")


def signed_in(database: Database, who: Person, password: str = WORDS) -> bool:
    with database.reading() as session:
        return passwords.check(session, who.name, password) is not None


def given(database: Database, who: Person, password: str = WORDS) -> None:
    with database.writing() as session:
        passwords.give(session, who.id, password, by=None, now=NOW)


def entered(database: Database, who: Person) -> str:
    with database.writing() as session:
        return people.signed_in(session, who.id, agent="Firefox", now=NOW)


def whose(database: Database, token: str, now: datetime = NOW) -> Person | None:
    with database.reading() as session:
        return people.whose(session, token, now=now)


def test_a_name_is_tidied_and_taken_once(database: Database, mia: Person) -> None:
    with database.writing() as session:
        assert people.add(session, "  Noor   Aziz ", by=mia, now=NOW).name == "Noor Aziz"
        with pytest.raises(Invalid, match="already"):
            people.add(session, "noor aziz", by=mia, now=NOW)


@pytest.mark.parametrize("name", ["Émile Ørsted", "Łucja Żak", "Βασίλης", "İpek"])
def test_any_letters_make_a_name_that_lets_in_and_is_taken(database: Database, name: str) -> None:
    given(database, who := person(database, name))
    assert signed_in(database, who)
    with database.writing() as session, pytest.raises(Invalid, match="already"):
        people.add(session, name, by=None, now=NOW)


def test_names_are_the_same_in_capitals_whatever_their_letters(database: Database) -> None:
    given(database, person(database, "Émile Ørsted"))
    with database.reading() as session:
        assert passwords.check(session, "émile ØRSTED", WORDS)


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "Mia\u202eBerg", "Mia\0"])
def test_a_name_is_printable_and_short(database: Database, name: str) -> None:
    with database.writing() as session, pytest.raises(Invalid, match="printable"):
        people.add(session, name, by=None, now=NOW)


def test_a_name_that_nobody_has_is_answered_with_those_that_exist(database: Database, mia: Person) -> None:
    with database.reading() as session, pytest.raises(NotFound, match="there is Mia Berg"):
        people.find(session, "Mio")


def test_only_the_right_password_of_the_right_name_lets_in(database: Database, mia: Person) -> None:
    assert not signed_in(database, mia)
    given(database, mia)
    assert signed_in(database, mia)
    assert not signed_in(database, mia, WORDS + " ")
    with database.reading() as session:
        assert passwords.check(session, "Nobody", WORDS) is None


def test_a_password_is_stored_as_an_argon2_hash_only(database: Database, mia: Person) -> None:
    given(database, mia)
    with database.reading() as session:
        stored = session.scalar(select(Row.password).where(Row.id == mia.id))
    assert str(stored).startswith("$argon2id$")
    assert WORDS not in str(stored)


@pytest.mark.parametrize("password", ["short", "x" * 1001])
def test_a_password_is_neither_too_short_nor_too_long(database: Database, mia: Person, password: str) -> None:
    with pytest.raises(Invalid, match="at least 10"):
        given(database, mia, password)


def test_browsers_are_known_by_a_secret_that_is_not_stored(database: Database, mia: Person) -> None:
    token = entered(database, mia)
    assert whose(database, token) == mia
    with database.reading() as session:
        assert session.scalars(select(SignIn.token)).all() == [people.digest(token)]


def test_a_sign_in_ends_after_a_fortnight(database: Database, mia: Person) -> None:
    token = entered(database, mia)
    assert whose(database, token, NOW + people.STAY - timedelta(seconds=1)) == mia
    assert whose(database, token, NOW + people.STAY) is None


def test_signing_out_ends_one_browser_or_all_others(database: Database, mia: Person) -> None:
    one, two, three = (entered(database, mia) for _ in range(3))
    with database.writing() as session:
        people.sign_out(session, mia, token=people.digest(one))
    assert [whose(database, token) is not None for token in (one, two, three)] == [False, True, True]
    with database.writing() as session:
        people.sign_out(session, mia, but=people.digest(three))
    assert [whose(database, token) is not None for token in (one, two, three)] == [False, False, True]


def test_a_new_password_takes_the_old_one_and_ends_other_browsers(database: Database, mia: Person) -> None:
    given(database, mia)
    here, there = entered(database, mia), entered(database, mia)
    with database.writing() as session:
        with pytest.raises(NotAllowed, match="old password"):
            passwords.change(session, "wrong words here", "new words for me", but=people.digest(here), by=mia, now=NOW)
        passwords.change(session, WORDS, "new words for me", but=people.digest(here), by=mia, now=NOW)
    assert signed_in(database, mia, "new words for me")
    assert (whose(database, here), whose(database, there)) == (mia, None)


def test_a_sign_in_link_works_once_and_for_half_an_hour(database: Database, mia: Person) -> None:
    with database.writing() as session:
        used, late = (people.make_link(session, mia.id, "sign_in", now=NOW) for _ in range(2))
        secret = people.sign_in_by_link(session, used, agent="", now=NOW)
        assert people.sign_in_by_link(session, used, agent="", now=NOW) is None
        assert people.sign_in_by_link(session, late, agent="", now=NOW + timedelta(minutes=30)) is None
        assert people.sign_in_by_link(session, "made-up", agent="", now=NOW) is None
    assert whose(database, str(secret)) == mia
    with database.reading() as session:
        assert used not in session.scalars(select(Link.token)).all()


def test_an_invitation_lets_its_owner_choose_a_password_once(database: Database, mia: Person) -> None:
    with database.writing() as session:
        token = people.make_link(session, mia.id, "invite", now=NOW)
        assert people.sign_in_by_link(session, token, agent="", now=NOW) is None
        assert people.invited(session, token, now=NOW).name == "Mia Berg"
        people.accept_invitation(session, token, WORDS, agent="", now=NOW)
        with pytest.raises(NotFound, match="used already"):
            people.accept_invitation(session, token, "other words now", agent="", now=NOW)
    assert signed_in(database, mia)


def test_an_invitation_that_was_answered_badly_can_be_answered_again(database: Database, mia: Person) -> None:
    with database.writing() as session:
        token = people.make_link(session, mia.id, "invite", now=NOW)
    with pytest.raises(Invalid), database.writing() as session:
        people.accept_invitation(session, token, "short", agent="", now=NOW)
    with database.reading() as session:
        assert people.invited(session, token, now=NOW + timedelta(days=6)).id == mia.id


def test_an_invitation_lasts_a_week(database: Database, mia: Person) -> None:
    with database.writing() as session:
        token = people.make_link(session, mia.id, "invite", now=NOW)
        with pytest.raises(NotFound, match="older than a week"):
            people.invited(session, token, now=NOW + timedelta(days=7))


def test_who_is_kept_out_is_signed_out_everywhere_and_may_come_back(database: Database, mia: Person) -> None:
    given(database, mia)
    token = entered(database, mia)
    with database.writing() as session:
        people.set_active(session, mia.id, False, by=None, now=NOW)
    assert (whose(database, token), signed_in(database, mia)) == (None, False)
    with database.writing() as session:
        people.set_active(session, mia.id, True, by=None, now=NOW)
    assert (whose(database, token), signed_in(database, mia)) == (None, True)


def test_a_link_made_before_somebody_was_kept_out_does_not_let_them_in(database: Database, mia: Person) -> None:
    with database.writing() as session:
        token = people.make_link(session, mia.id, "sign_in", now=NOW)
        people.set_active(session, mia.id, False, by=None, now=NOW)
        secret = people.sign_in_by_link(session, token, agent="", now=NOW)
    assert secret is None or whose(database, secret) is None


def test_a_project_keeps_a_lead(coast: Coast) -> None:
    with coast.database.writing() as session:
        with pytest.raises(Invalid, match="needs a lead"):
            people.set_role(session, coast.project.id, coast.lena.id, "reviewer", by=coast.lena, now=NOW)
        people.set_role(session, coast.project.id, coast.mia.id, "lead", by=coast.lena, now=NOW)
        people.set_role(session, coast.project.id, coast.lena.id, None, by=coast.mia, now=NOW)
        assert {row.name: row.role for row in people.members(session, coast.project.id)} == {
            "Mia": "lead",
            "Noor": "reviewer",
            "Otto": "viewer",
        }


def test_a_role_that_does_not_exist_is_refused(coast: Coast) -> None:
    with coast.database.writing() as session, pytest.raises(Invalid, match="there are viewer, reviewer"):
        people.set_role(session, coast.project.id, coast.mia.id, "boss", by=coast.lena, now=NOW)


def test_each_role_reaches_as_far_as_the_one_below_it(coast: Coast) -> None:
    for act in ACTS:
        reach = [may(role, act) for role in ROLES]
        assert reach == sorted(reach), act
    assert not any(may(None, act) for act in ACTS)


def test_administrative_acts_are_noted(coast: Coast) -> None:
    with coast.database.writing() as session:
        people.set_role(session, coast.project.id, coast.mia.id, "adjudicator", by=coast.lena, now=NOW)
        columns = (Audit.act, Audit.person_id, Audit.subject_id, Audit.about)
        notes = session.execute(select(*columns).order_by(Audit.id.desc())).first()
    about = {"role": "adjudicator", "before": "reviewer"}
    assert tuple(notes or ()) == ("role.set", coast.lena.id, coast.mia.id, about)
