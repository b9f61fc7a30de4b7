"""Tries to sign in: how many are too many, of a name, from a place, and of both."""

from datetime import timedelta

from tests.builders import NOW, person
from workbench.services import passwords, people
from workbench.store.engine import Database

WORDS = "four words make one"


def test_ten_tries_for_a_name_are_too_many_within_a_quarter_of_an_hour(database: Database) -> None:
    with database.writing() as session:
        answers = [people.count_try(session, "Mia", "10.0.0.1", now=NOW) for _ in range(11)]
        assert answers == [False] * 10 + [True]
        assert people.count_try(session, "MIA", "10.0.0.1", now=NOW)
        assert not people.count_try(session, "Noor", "10.0.0.1", now=NOW)
        assert not people.count_try(session, "Mia", "10.0.0.1", now=NOW + timedelta(minutes=16))


def test_who_tries_anothers_name_shuts_them_out_only_where_they_try(database: Database) -> None:
    with database.writing() as session:
        for number in range(200):
            people.count_try(session, "Mia", f"10.0.1.{number % 4}", now=NOW)
        assert not people.count_try(session, "Mia", "10.0.0.2", now=NOW)
        for number in range(60):
            people.count_try(session, "Mia", f"10.0.2.{number}", now=NOW)
        assert people.count_try(session, "Mia", "10.0.0.3", now=NOW)


def test_fifty_tries_from_one_place_are_too_many_whatever_the_names(database: Database) -> None:
    with database.writing() as session:
        answers = [people.count_try(session, f"Name {n}", "10.0.0.1", now=NOW) for n in range(51)]
    assert answers == [False] * 50 + [True]


def test_getting_in_forgets_the_tries_of_that_name(database: Database) -> None:
    mia = person(database, "Mia Berg")
    with database.writing() as session:
        passwords.give(session, mia.id, WORDS, by=None, now=NOW)
        session.info["origin"] = "10.0.0.1"
        for _ in range(10):
            people.count_try(session, mia.name, "10.0.0.1", now=NOW)
        known = passwords.check(session, mia.name, WORDS)
        assert known
        people.sign_in(session, known, mia.name, agent="", now=NOW)
        assert not people.count_try(session, mia.name, "10.0.0.1", now=NOW)


def test_all_addresses_of_one_network_are_one_place_and_others_are_others(database: Database) -> None:
    with database.writing() as session:
        answers = [people.count_try(session, f"Name {n}", f"2001:db8:0:1::{n:x}", now=NOW) for n in range(51)]
        assert answers == [False] * 50 + [True]
        assert not people.count_try(session, "Mia", "2001:db8:0:2::1", now=NOW)
        for _ in range(10):
            people.count_try(session, "Noor", "10.0.0.9", now=NOW)
        assert people.count_try(session, "Noor", "::ffff:10.0.0.9", now=NOW)
        assert not people.count_try(session, "Noor", "::ffff:10.0.0.8", now=NOW)


def test_who_got_in_from_a_network_starts_anew_in_all_of_it(database: Database) -> None:
    mia = person(database, "Mia Berg")
    with database.writing() as session:
        passwords.give(session, mia.id, WORDS, by=None, now=NOW)
        session.info["origin"] = "2001:db8::1"
        for number in range(10):
            people.count_try(session, mia.name, f"2001:db8::{number}", now=NOW)
        known = passwords.check(session, mia.name, WORDS)
        assert known
        people.sign_in(session, known, mia.name, agent="", now=NOW)
        assert not people.count_try(session, mia.name, "2001:db8::5", now=NOW)
