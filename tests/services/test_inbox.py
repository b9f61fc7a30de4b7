"""Who is told of what, examples that questions become, and decisions under an old rule."""

import pytest

from tests.builders import HARBOUR, NOW, Coast, span
from tests.teams import read, with_rules
from workbench.core.errors import Invalid, NotAllowed, NotFound, Stale
from workbench.core.workflow import Person
from workbench.services import accounts, examples, handing, inbox, old_rules, projects, talk
from workbench.store.inbox import NoticeRow

OFFER = span(HARBOUR, "offered two frigates")


def ask(coast: Coast, who: Person, body: str, key: str = "key-00001", item: int | None = None) -> int:
    item = item or coast.next(who)
    with coast.database.writing() as session:
        project = coast.seen_by(who)
        return talk.begin(session, project, item, key=key, kind="question", span=OFFER, body=body, by=who, now=NOW)


def answer(coast: Coast, thread: int, who: Person, body: str, key: str = "key-00002") -> None:
    with coast.database.writing() as session:
        talk.answer(session, coast.seen_by(who), thread, key=key, body=body, by=who, now=NOW)


def told(coast: Coast, who: Person, unread: bool = True) -> list[NoticeRow]:
    with coast.database.reading() as session:
        return inbox.page(session, who, unread=unread, before=None)[0]


def guideline(coast: Coast) -> str:
    with coast.database.reading() as session:
        return projects.guideline(session, coast.seen_by(coast.lena))


def test_a_question_tells_the_lead_and_an_answer_the_asker(coast: Coast) -> None:
    thread = ask(coast, coast.mia, "Is this an offer?")
    assert [(row.kind, row.by, row.words) for row in told(coast, coast.lena)] == [
        ("question", "Mia", "Is this an offer?")
    ]
    answer(coast, thread, coast.lena, "Yes.")
    assert [(row.kind, row.by, row.thread_id) for row in told(coast, coast.mia)] == [("answer", "Lena", thread)]
    assert told(coast, coast.noor) == []


def test_a_word_sent_twice_tells_once(coast: Coast) -> None:
    thread = ask(coast, coast.mia, "Is this an offer?")
    for _ in range(2):
        answer(coast, thread, coast.lena, "Yes.")
    assert len(told(coast, coast.mia)) == 1


def test_who_is_mentioned_is_told_and_may_read_and_answer(coast: Coast) -> None:
    thread = ask(coast, coast.mia, "@noor have you seen this?")
    assert [row.kind for row in told(coast, coast.noor)] == ["mention"]
    answer(coast, thread, coast.noor, "Yes, twice.")
    assert [row.by for row in told(coast, coast.mia)] == ["Noor"]


def test_a_blind_reader_cannot_be_mentioned_before_the_article_is_settled(coast: Coast) -> None:
    with_rules(coast, readers=2)
    thread = ask(coast, coast.mia, "@Noor I would say delivered, and you? @Lena")
    assert told(coast, coast.noor) == []
    assert [row.kind for row in told(coast, coast.lena)] == ["mention"]
    with coast.database.reading() as session, pytest.raises(NotFound):
        talk.one(session, coast.seen_by(coast.noor), thread, by=coast.noor)
    with coast.database.reading() as session:
        rows, everybody = inbox.mentionable(session, coast.seen_by(coast.mia), 1, "", by=coast.mia)
    assert ([row.name for row in rows], everybody) == (["Lena"], True)


def test_notices_are_read_one_by_one_or_all_and_only_ones_own(coast: Coast) -> None:
    item = coast.next(coast.mia)
    for number in range(3):
        ask(coast, coast.mia, f"Number {number}?", f"key-1000{number}", item)
    first = told(coast, coast.lena)[0]
    with coast.database.writing() as session:
        assert inbox.read(session, first.id, by=coast.noor, now=NOW) is None
        assert inbox.unread(session, coast.lena) == 3
        inbox.read(session, first.id, by=coast.lena, now=NOW)
        assert inbox.unread(session, coast.lena) == 2
        inbox.read(session, None, by=coast.lena, now=NOW)
        assert inbox.unread(session, coast.lena) == 0
    assert len(told(coast, coast.lena, unread=False)) == 3


def test_an_article_that_comes_back_is_told(coast: Coast) -> None:
    item = coast.next(coast.mia)
    coast.accept_all(item, coast.mia)
    coast.finish(item, coast.mia)
    with coast.database.writing() as session:
        handing.send_back(session, coast.seen_by(coast.lena), item, "Look at Italy.", by=coast.lena, now=NOW)
    assert [(row.kind, row.words) for row in told(coast, coast.mia)] == [("return", "Look at Italy.")]


def test_an_answered_question_becomes_an_example_once(coast: Coast) -> None:
    thread = ask(coast, coast.mia, "Is *this* an offer?")
    project = coast.seen_by(coast.lena)
    with coast.database.writing() as session, pytest.raises(Invalid, match="Answer the question first"):
        examples.keep(session, project, thread, seen=1, by=coast.lena, now=NOW)
    answer(coast, thread, coast.lena, "Yes: it was offered.")
    with coast.database.writing() as session:
        assert examples.keep(session, project, thread, seen=1, by=coast.lena, now=NOW) == 2
    text = guideline(coast)
    assert text.endswith(
        "## Examples from questions\n\n> offered two frigates\n\n"
        "**Asked:** Is \\*this\\* an offer?\n\n**Answered:** Yes: it was offered.\n"
    )
    with coast.database.writing() as session, pytest.raises(Invalid, match="example already, since version 2"):
        examples.keep(session, coast.seen_by(coast.lena), thread, seen=2, by=coast.lena, now=NOW)


def test_examples_are_the_leads_and_built_on_the_newest_guidelines(coast: Coast) -> None:
    thread = ask(coast, coast.mia, "Is this an offer?")
    answer(coast, thread, coast.lena, "Yes.")
    with coast.database.writing() as session:
        with pytest.raises(NotAllowed):
            examples.keep(session, coast.seen_by(coast.mia), thread, seen=1, by=coast.mia, now=NOW)
        with pytest.raises(Stale):
            examples.keep(session, coast.seen_by(coast.lena), thread, seen=0, by=coast.lena, now=NOW)


def test_further_examples_stand_in_the_same_section_before_what_follows() -> None:
    text = examples.added(f"# Rules\n\n{examples.HEADING}\n\nold\n\n## Last\n\nend\n", "new")
    assert text == f"# Rules\n\n{examples.HEADING}\n\nold\n\n---\n\nnew\n\n## Last\n\nend\n"


def changed(coast: Coast, touches: list[str], note: str = "Offers need a verb.") -> old_rules.ChangeRow:
    project = coast.seen_by(coast.lena)
    seen = project.guideline_version
    with coast.database.writing() as session:
        projects.change_guideline(session, project, f"version {seen + 1}", seen=seen, by=coast.lena, now=NOW)
        old_rules.mark(session, project, seen + 1, touches, note, by=coast.lena, now=NOW)
        return old_rules.change(session, coast.seen_by(coast.lena), seen + 1)


def listed(coast: Coast, found: old_rules.ChangeRow) -> list[old_rules.Decided]:
    with coast.database.reading() as session:
        return old_rules.decided(session, coast.seen_by(coast.lena), found, by=coast.lena)[0]


def test_a_changed_rule_lists_what_was_decided_under_the_old_one_with_its_passage(coast: Coast) -> None:
    read(coast, coast.mia)
    found = changed(coast, ["commitment:status"])
    [each] = listed(coast, found)
    assert (each.row.kind, each.quote, each.row.guideline, each.row.person) == (
        "commitment", "offered two frigates", 1, "Mia"
    )  # fmt: skip
    assert each.before.endswith("France ")
    assert len(listed(coast, changed(coast, ["entity:GPE"]))) == 2


def test_what_is_decided_under_the_new_rule_is_not_listed(coast: Coast) -> None:
    found = changed(coast, ["commitment:status", "entity:GPE"])
    read(coast, coast.mia)
    assert listed(coast, found) == []


def test_ticked_decisions_go_back_to_their_reader_with_the_rule(coast: Coast) -> None:
    read(coast, coast.mia)
    found = changed(coast, ["commitment:status"])
    [each] = listed(coast, found)
    with coast.database.writing() as session:
        project = coast.seen_by(coast.lena)
        twice = [each.row.item_id, each.row.item_id]
        assert old_rules.look_again(session, project, found, twice, by=coast.lena, now=NOW) == (1, [])
    assert "Offers need a verb." in told(coast, coast.mia)[0].words
    assert [row.row.state for row in listed(coast, found)] == ["returned"]


def test_a_rule_touches_only_what_the_scheme_has(coast: Coast) -> None:
    with pytest.raises(Invalid, match="no entity:NOPE"):
        changed(coast, ["entity:NOPE"])
    with coast.database.reading() as session, pytest.raises(NotFound, match="nobody has said"):
        old_rules.change(session, coast.seen_by(coast.lena), 9)


def test_who_wants_letters_has_one_queued_and_others_none(coast: Coast) -> None:
    from sqlalchemy import select

    from workbench.store.schema import Job

    with coast.database.writing() as session:
        accounts.set_contact(session, coast.lena.id, "lena@example.org", mail=True)
    thread = ask(coast, coast.mia, "Is this an offer?")
    answer(coast, thread, coast.lena, "Yes.")
    with coast.database.reading() as session:
        assert session.scalars(select(Job.kind).where(Job.kind == "mail")).all() == ["mail"]
