"""Accounts as admins and their owners look after them, passwords, and the log of it all."""

import csv
from datetime import timedelta

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DatabaseError

from tests.builders import NOW, Coast, person
from workbench.core.devices import device
from workbench.core.errors import Invalid, NotAllowed, NotFound
from workbench.core.passwords import weakness
from workbench.core.workflow import Person
from workbench.services import accounts, audit, people
from workbench.services.audit import Wish
from workbench.store.engine import Database
from workbench.store.schema import Audit

WORDS = "four words make one"


def entered(database: Database, who: Person) -> str:
    with database.writing() as session:
        return people.signed_in(session, who.id, agent="Firefox", now=NOW)


def whose(database: Database, token: str) -> Person | None:
    with database.reading() as session:
        return people.whose(session, token, now=NOW)


@pytest.mark.parametrize(
    "password",
    ["short", "aaaaaaaaaaaa", "Password123!", "P@ssw0rd2026", "1234567890", "qwertyuiop", "abcdefghijk12345",
     "Mia Berg 123", "miaberg2026", "passwordpassword", "0987654321"],
)  # fmt: skip
def test_what_is_guessed_first_is_no_password_and_the_hint_says_what_is(password: str) -> None:
    assert "four words" in (weakness(password, "Mia Berg") or "")


@pytest.mark.parametrize("password", [WORDS, "correct horse battery", "Tr0ub4dor&3x", "Mia sails to Bergen on Fridays"])
def test_four_words_make_a_password(password: str) -> None:
    assert weakness(password, "Mia Berg") is None


def test_a_reset_link_works_once_for_a_day_and_voids_the_one_before(coast: Coast) -> None:
    with coast.database.writing() as session:
        old, new = (people.reset_link(session, coast.mia.id, by=coast.lena, now=NOW) for _ in range(2))
        with pytest.raises(NotFound, match="used already"):
            people.invited(session, old, "reset", now=NOW)
        with pytest.raises(NotFound, match="older than a day"):
            people.invited(session, new, "reset", now=NOW + timedelta(days=1))
        with pytest.raises(NotFound):
            people.invited(session, new, "invite", now=NOW)
        people.accept_invitation(session, new, WORDS, "reset", agent="", now=NOW)
        with pytest.raises(NotFound):
            people.accept_invitation(session, new, WORDS + " more", "reset", agent="", now=NOW)


def test_choosing_a_new_password_ends_every_browser_but_the_one_it_was_chosen_in(coast: Coast) -> None:
    before = entered(coast.database, coast.mia)
    with coast.database.writing() as session:
        link = people.reset_link(session, coast.mia.id, by=coast.lena, now=NOW)
        after = people.accept_invitation(session, link, WORDS, "reset", agent="", now=NOW)
    assert (whose(coast.database, before), whose(coast.database, after)) == (None, coast.mia)


def test_another_role_ends_every_browser_and_the_same_role_none(coast: Coast) -> None:
    token = entered(coast.database, coast.mia)
    for role, stays in (("reviewer", True), ("adjudicator", False)):
        with coast.database.writing() as session:
            people.set_role(session, coast.project.id, coast.mia.id, role, by=coast.lena, now=NOW)
        assert (whose(coast.database, token) is not None) is stays


def test_who_is_deactivated_finds_their_work_again_when_they_come_back(coast: Coast) -> None:
    item = coast.next(coast.mia)
    coast.accept_all(item, coast.mia)
    kept = [(each.item.id, each.status) for each in coast.placed(item, coast.mia)]
    with coast.database.writing() as session:
        people.set_active(session, coast.mia.id, False, by=coast.lena, now=NOW)
        people.set_active(session, coast.mia.id, True, by=coast.lena, now=NOW)
    coast.begin(item, coast.mia, NOW + timedelta(seconds=1))
    assert [(each.item.id, each.status) for each in coast.placed(item, coast.mia)] == kept


def test_an_article_of_somebody_deactivated_can_be_taken_at_once(coast: Coast) -> None:
    item = coast.next(coast.mia)
    with coast.database.writing() as session:
        people.set_active(session, coast.mia.id, False, by=coast.lena, now=NOW)
    coast.begin(item, coast.noor, NOW + timedelta(seconds=1))
    assert coast.desk(item, coast.noor).mine


def test_the_last_admin_stays(coast: Coast) -> None:
    with coast.database.writing() as session:
        root = people.add(session, "Root", admin=True, by=None, now=NOW)
        with pytest.raises(Invalid, match="last admin"):
            people.set_active(session, root.id, False, by=root, now=NOW)
        with pytest.raises(Invalid, match="last admin"):
            accounts.set_admin(session, root.id, False, by=root, now=NOW)
        accounts.set_admin(session, coast.lena.id, True, by=root, now=NOW)
        accounts.set_admin(session, root.id, False, by=root, now=NOW)


def test_people_are_found_by_a_part_of_name_or_address_page_by_page(database: Database) -> None:
    for number in range(60):
        person(database, f"Reader {number:02}")
    with database.writing() as session:
        found = people.find(session, "Reader 07")
        accounts.set_contact(session, found.id, "seven@example.org", mail=True)
        first = accounts.search(session, "reader", limit=50)
        people.add(session, "Reader 00 the second", by=None, now=NOW)  # nobody is told twice or left out for it
        rest = accounts.search(session, "reader", after=first[-1].id, limit=50)
        assert [row.name for row in first + rest] == [f"Reader {number:02}" for number in range(60)]
        assert accounts.search(session, "reader", after=rest[-1].id, limit=50) == []
        assert [row.name for row in accounts.search(session, "SEVEN@", limit=50)] == ["Reader 07"]
        assert accounts.search(session, "%", limit=50) == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [("Łukasz Öz", "ŁUKASZ ÖZ"), ("Łukasz Öz", "Łukasz Öz"), ("ΝΙΚΟΣ", "νικος"), ("Straße", "STRASSE")],
)
def test_a_name_is_found_in_capital_and_small_letters_of_every_alphabet(
    database: Database, name: str, typed: str
) -> None:
    made = person(database, name)
    with database.writing() as session:
        assert people.find(session, typed) == made
        assert [row.id for row in accounts.search(session, typed, limit=50)] == [made.id]
        with pytest.raises(Invalid, match="somebody called"):
            people.add(session, typed, by=None, now=NOW)
        accounts.rename(session, made.id, "Zoë", by=made, now=NOW)
        assert people.find(session, "ZOË").id == made.id


def test_tries_count_for_a_name_however_it_is_typed(database: Database) -> None:
    with database.writing() as session:
        tries = [people.count_try(session, name, "", now=NOW) for name in ["Łukasz", "łukasz", "ŁUKASZ", "Łukaſz"] * 3]
    assert tries == [False] * 10 + [True] * 2


@pytest.mark.parametrize("email", ["mia", "mia@harbour", "mia @x.org", "a@b.org\nBcc: c@d.org", "<a@b.org>"])
def test_an_address_is_one_address(coast: Coast, email: str) -> None:
    with coast.database.writing() as session, pytest.raises(Invalid, match="no e-mail address"):
        accounts.set_contact(session, coast.mia.id, email, mail=False)


def test_a_new_name_is_nobody_elses(coast: Coast) -> None:
    with coast.database.writing() as session:
        with pytest.raises(Invalid, match="already"):
            accounts.rename(session, coast.mia.id, " noor ", by=coast.mia, now=NOW)
        accounts.rename(session, coast.mia.id, "MIA", by=coast.mia, now=NOW)
        assert people.find(session, "mia").name == "MIA"


@pytest.mark.parametrize(
    "statement",
    [update(Audit).values(act="nothing"), delete(Audit), text("UPDATE audit SET act = ''"), text("DELETE FROM audit")],
)
def test_the_log_cannot_be_changed_even_by_a_statement_of_the_app(coast: Coast, statement: object) -> None:
    with pytest.raises(DatabaseError, match="only appended to"), coast.database.writing() as session:
        session.execute(statement)  # type: ignore[call-overload]
    with coast.database.reading() as session:
        assert audit.page(session, coast.seen_by(coast.lena), Wish(), before=None, by=coast.lena).rows


def test_the_log_says_who_did_what_to_whom_and_from_where(coast: Coast) -> None:
    with coast.database.writing() as session:
        session.info["origin"] = "192.0.2.7"
        people.set_role(session, coast.project.id, coast.otto.id, "reviewer", by=coast.lena, now=NOW)
    with coast.database.reading() as session:
        row = audit.page(session, coast.seen_by(coast.lena), Wish(), before=None, by=coast.lena).rows[0]
    told = (row.person, row.act, row.subject, row.project, row.origin, row.about)
    assert told == ("Lena", "role.set", "Otto", "coast", "192.0.2.7", {"role": "reviewer", "before": "viewer"})
    assert audit.told(row.about) == "role reviewer, before viewer"


def test_the_log_is_filtered_by_act_person_and_day(coast: Coast) -> None:
    project = coast.seen_by(coast.lena)
    with coast.database.writing() as session:
        for day, who in enumerate((coast.mia, coast.noor, coast.otto)):
            people.set_role(session, project.id, who.id, "lead", by=coast.lena, now=NOW + timedelta(days=day))

    def subjects(**wish: str) -> list[str | None]:
        with coast.database.reading() as session:
            page = audit.page(session, project, Wish(act="role.set", **wish), before=None, by=coast.lena)
        return [row.subject for row in page.rows if row.about.get("role") == "lead"]

    assert subjects(who="noo") == ["Noor"]
    assert subjects(since="2026-03-03") == ["Otto", "Noor"]
    assert subjects(since="2026-03-03", until="2026-03-03") == ["Noor"]
    with pytest.raises(Invalid, match="no day"):
        subjects(since="yesterday")


def test_the_log_is_read_by_leads_for_their_project_and_by_admins_for_all(coast: Coast) -> None:
    with coast.database.reading() as session:
        with pytest.raises(NotAllowed):
            audit.page(session, coast.seen_by(coast.mia), Wish(), before=None, by=coast.mia)
        with pytest.raises(NotAllowed):
            audit.page(session, None, Wish(), before=None, by=coast.lena)
        assert audit.page(session, None, Wish(), before=None, by=Person(coast.lena.id, "Lena", True)).rows


def test_the_log_pages_without_a_gap(coast: Coast) -> None:
    with coast.database.writing() as session:
        for number in range(70):
            people.add(session, f"Reader {number}", by=coast.lena, now=NOW)
    seen, before = [], None
    for _ in range(5):
        with coast.database.reading() as session:
            page = audit.page(session, None, Wish(act="person.add"), before=before, by=Person(1, "", True))
        seen += [row.id for row in page.rows]
        before = page.before
        if before is None:
            break
    assert len(seen) == len(set(seen)) == 74
    assert seen == sorted(seen, reverse=True)


@pytest.mark.parametrize("name", ["=1+1", "\uff1d1+1", "\u22121+1"])
def test_the_log_goes_out_as_csv_that_no_spreadsheet_takes_for_formulas(coast: Coast, name: str) -> None:
    with coast.database.writing() as session:
        people.add(session, name, by=coast.lena, now=NOW)
    with coast.database.reading() as session:
        lines = list(audit.table(session, None, Wish(act="person.add"), by=Person(1, "", True)))
    rows = list(csv.DictReader(lines))
    assert (rows[0]["who"], rows[0]["act"], rows[0]["to"], rows[0]["at"]) == (
        "Lena", "person.add", f"'{name}", "2026-03-02T09:00:00Z"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0",
         "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605 Version/17.5 Safari/604",
         "Safari on iPhone"),
        ("Something else", "Something else"),
        ("", "unknown"),
    ],
)  # fmt: skip
def test_a_browser_is_named_as_its_owner_knows_it(agent: str, name: str) -> None:
    assert device(agent) == name
