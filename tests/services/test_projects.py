"""Projects: who sees them, and schemes and guidelines that change without losing work."""

from dataclasses import replace

import msgspec
import pytest

from tests.builders import HARBOUR, NOW, Coast, decision, entity, person, project
from workbench.core import desk
from workbench.core import scheme as schemes
from workbench.core.errors import Invalid, NotAllowed, NotFound, Stale
from workbench.core.scheme import Label, Scheme
from workbench.core.workflow import Person
from workbench.services import projects
from workbench.services.markdown import html
from workbench.settings import resource_root
from workbench.store.engine import Database


def scheme_of(coast: Coast) -> Scheme:
    with coast.database.reading() as session:
        return projects.scheme(session, coast.seen_by(coast.lena))


def changed(coast: Coast, new: Scheme, *, seen: int = 1, force: bool = False, by: Person | None = None) -> object:
    who = by or coast.lena
    with coast.database.writing() as session:
        seen_project = coast.seen_by(who)
        return projects.change_scheme(
            session, seen_project, schemes.dump(new), seen=seen, force=force, by=who, now=NOW
        ).counts


def with_labels(scheme: Scheme, *labels: Label) -> Scheme:
    return replace(scheme, labels=labels)


def without(scheme: Scheme, label: str) -> Scheme:
    return with_labels(scheme, *[each for each in scheme.labels if each.name != label])


def test_a_project_starts_with_the_shipped_scheme_and_guidelines(coast: Coast) -> None:
    shipped = schemes.parse((resource_root() / "seeds/schemes/coalition.toml").read_text())
    assert scheme_of(coast) == shipped
    with coast.database.reading() as session:
        assert projects.guideline(session, coast.project) == (
            resource_root() / "seeds/guidelines/coalition.md"
        ).read_text("utf-8")


def test_who_makes_a_project_leads_it(coast: Coast) -> None:
    assert coast.seen_by(coast.lena).role == "lead"


@pytest.mark.parametrize("slug", ["", "Coast", "-coast", "co ast", "c" * 64, "../coast", "küste"])
def test_a_name_for_addresses_is_plain(database: Database, slug: str) -> None:
    with pytest.raises(Invalid, match="small letters"):
        project(database, person(database, "Lena"), slug)


def test_a_name_for_addresses_is_taken_once(coast: Coast) -> None:
    with pytest.raises(Invalid, match="already"):
        project(coast.database, coast.lena)


def test_a_project_that_one_is_not_in_looks_absent(coast: Coast) -> None:
    stranger = person(coast.database, "Pia")
    with pytest.raises(NotFound, match="There is no project “coast”\\."):
        coast.seen_by(stranger)
    with coast.database.reading() as session:
        assert projects.listing(session, by=stranger) == []


def test_an_admin_sees_every_project_as_a_lead(coast: Coast) -> None:
    assert coast.seen_by(Person(coast.otto.id, "Otto", admin=True)).role == "lead"


def test_a_role_that_does_not_reach_is_told_which_does(coast: Coast) -> None:
    with coast.database.reading() as session, pytest.raises(NotAllowed, match="takes the role lead"):
        projects.find(session, "coast", by=coast.mia, act="settle")


def test_a_scheme_with_more_in_it_takes_effect_at_once(coast: Coast) -> None:
    old = scheme_of(coast)
    assert changed(coast, with_labels(old, *old.labels, Label("VESSEL", "Vessel", "teal"))) == ()
    assert "VESSEL" in {label.name for label in scheme_of(coast).labels}
    assert coast.seen_by(coast.lena).scheme_version == 2


def test_a_scheme_that_work_would_not_fit_waits_until_it_is_forced(coast: Coast) -> None:
    item = coast.next(coast.mia)
    france = entity(HARBOUR, "France")
    coast.decide(item, coast.mia, decision(france, "accepted", desk.pieces(HARBOUR)))
    poorer = without(scheme_of(coast), "GPE")
    assert changed(coast, poorer) == (("The label “GPE” is not in the scheme.", 1),)
    assert coast.seen_by(coast.lena).scheme_version == 1
    assert changed(coast, poorer, force=True) == ()
    assert coast.seen_by(coast.lena).scheme_version == 2


def test_work_that_was_rejected_holds_no_scheme_back(coast: Coast) -> None:
    item = coast.next(coast.mia)
    coast.decide(item, coast.mia, decision(entity(HARBOUR, "France"), "rejected", desk.pieces(HARBOUR)))
    assert changed(coast, without(scheme_of(coast), "GPE")) == ()


def test_a_value_of_a_slot_that_is_in_use_is_counted(coast: Coast) -> None:
    item = coast.next(coast.mia)
    coast.accept_all(item, coast.mia)
    source = msgspec.json.decode(schemes.dump(scheme_of(coast)))
    for slot in source["commitment"]:
        if slot["name"] == "type":
            slot["choices"] = [each for each in slot["choices"] if each["name"] != "maritime"]
    assert changed(coast, schemes.parse(msgspec.json.encode(source))) == (("“maritime” is no type of the scheme.", 1),)


def test_a_scheme_built_on_an_older_one_is_stale(coast: Coast) -> None:
    old = scheme_of(coast)
    changed(coast, with_labels(old, *old.labels, Label("VESSEL", "Vessel")))
    with pytest.raises(Stale, match="version 2"):
        changed(coast, old, seen=1)


def test_only_a_lead_changes_scheme_and_guidelines(coast: Coast) -> None:
    with pytest.raises(NotAllowed):
        changed(coast, scheme_of(coast), by=coast.mia)
    with pytest.raises(NotAllowed), coast.database.writing() as session:
        projects.change_guideline(session, coast.seen_by(coast.mia), "new", seen=1, by=coast.mia, now=NOW)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("", "is no scheme"),
        ("{", "is no scheme"),
        ("= 3", "is no scheme"),
        ('{"name": "x"}', "is no scheme"),
        ("[" * 5000, "is no scheme"),
        ("a = " + "[" * 5000, "is no scheme. It is nested too deeply"),
        ("a." * 65 + "a = 1", "is no scheme. It is nested too deeply"),
        ("a = " + "9" * 5000, "is no scheme"),
        ('{"name": "x", "name": "y"}', "is given twice"),
        ("x" * 200_001, "may have 200,000 characters at most"),
    ],
)
def test_what_is_no_scheme_is_refused_with_a_reason(coast: Coast, source: str, said: str) -> None:
    with coast.database.writing() as session, pytest.raises(Invalid, match=said):
        projects.change_scheme(session, coast.project, source, seen=1, force=False, by=coast.lena, now=NOW)


def test_a_scheme_without_a_slot_that_the_record_has_is_refused(coast: Coast) -> None:
    source = msgspec.json.decode(schemes.dump(scheme_of(coast)))
    source["stance"] = [slot for slot in source["stance"] if slot["name"] != "holder"]
    with coast.database.writing() as session, pytest.raises(Invalid, match="lacks the slots holder"):
        text = msgspec.json.encode(source).decode()
        projects.change_scheme(session, coast.project, text, seen=1, force=False, by=coast.lena, now=NOW)


def test_guidelines_are_no_longer_than_a_page_can_be_laid_out(coast: Coast) -> None:
    with coast.database.writing() as session:
        with pytest.raises(Invalid, match="100,000 characters at most"):
            projects.change_guideline(session, coast.project, "x" * 100_001, seen=1, by=coast.lena, now=NOW)
        projects.change_guideline(session, coast.project, "x" * 100_000, seen=1, by=coast.lena, now=NOW)


def test_guidelines_keep_their_versions(coast: Coast) -> None:
    with coast.database.writing() as session:
        projects.change_guideline(session, coast.project, "# New", seen=1, by=coast.lena, now=NOW)
    with coast.database.reading() as session:
        now = coast.seen_by(coast.lena)
        assert projects.guideline(session, now) == "# New"
        assert projects.guideline(session, now, 1) != "# New"
        assert [(row.version, row.person) for row in projects.guideline_versions(session, now)] == [
            (2, "Lena"),
            (1, "Lena"),
        ]
        with pytest.raises(NotFound, match="no version 9"):
            projects.guideline(session, now, 9)
    with pytest.raises(Stale), coast.database.writing() as session:
        projects.change_guideline(session, coast.seen_by(coast.lena), "# Newer", seen=1, by=coast.lena, now=NOW)


def test_markdown_becomes_html_that_cannot_run() -> None:
    hostile = (
        "# Rules\n\n<script>alert(1)</script> [a](javascript:alert(1)) ![b](https://x.example/b.png)\n\n"
        "<img src=x onerror=alert(1)> [c](data:text/html,x) **bold** | \n\n<a href='//evil' onclick=x>d</a>"
    )
    shown = html(hostile)
    assert "<h1>Rules</h1>" in shown
    assert "<strong>bold</strong>" in shown
    for word in ("<script", "<img", '<a href="javascript', 'href="data', "<a href='//evil'"):
        assert word not in shown


def test_a_title_is_made_of_what_can_be_read(coast: Coast) -> None:
    with coast.database.writing() as session:
        with pytest.raises(Invalid, match="printable"):
            projects.create(session, "tug", "\u202eguT", by=coast.lena, now=NOW, root=resource_root())
        made = projects.create(session, "tug", " The \t Tug ", by=coast.lena, now=NOW, root=resource_root())
        joined = projects.create(session, "ships", "کشتی\u200cها", by=coast.lena, now=NOW, root=resource_root())
    assert (made.title, joined.title) == ("The Tug", "کشتی\u200cها")
