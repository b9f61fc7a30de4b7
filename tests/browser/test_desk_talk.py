"""What reaches beyond the article on the desk: the queue, the lead, the past."""

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import text

from tests.browser.conftest import Bench, saved, says, states
from tests.builders import NOW, suggest, take_texts
from workbench.services import talk

pytestmark = pytest.mark.browser


def test_a_question_stands_at_the_desk_and_on_the_leads_page(bench: Bench, desk: Page) -> None:
    desk.keyboard.press("b")
    desk.keyboard.type("Is this an alliance?")
    desk.keyboard.press("Control+Enter")
    says(desk, "Asked")
    expect(desk.locator("[data-desk=talk]")).to_contain_text("1 question or note")
    desk.goto(bench.link("Lena"))
    desk.goto(f"{bench.address}/projects/coast/questions")
    expect(desk.locator("main")).to_contain_text("Is this an alliance?")


def test_a_name_behind_an_at_sign_is_completed_and_told(bench: Bench, desk: Page) -> None:
    desk.keyboard.press("b")
    desk.keyboard.type("Is it one, @Le")
    expect(desk.get_by_role("option", name="Lena")).to_be_visible()
    desk.keyboard.press("Enter")
    expect(desk.get_by_label("Your words")).to_have_value("Is it one, @Lena ")
    desk.keyboard.press("Control+Enter")
    says(desk, "Asked")
    desk.goto(bench.link("Lena"))
    desk.goto(f"{bench.address}/inbox")
    expect(desk.locator("main")).to_contain_text("Is it one, @Lena")


def test_a_name_typed_before_its_list_was_fetched_is_completed_all_the_same(desk: Page) -> None:
    held: list[Route] = []
    desk.route("**/mentions.js*", lambda route: held.append(route))
    desk.keyboard.press("b")
    desk.keyboard.type("Is it one, @Le")
    while not held:
        desk.wait_for_timeout(10)
    held[0].continue_()
    expect(desk.get_by_role("option", name="Lena")).to_be_visible()


def test_a_team_that_could_not_be_fetched_is_asked_for_again(desk: Page) -> None:
    desk.route("**/mentionable*", lambda route: route.abort(), times=1)
    desk.keyboard.press("b")
    with desk.expect_event("requestfailed"):
        desk.keyboard.type("Is it one, @L")
    desk.keyboard.type("e")
    expect(desk.get_by_role("option", name="Lena")).to_be_visible()


def test_the_inbox_leads_to_the_passage_on_the_desk(bench: Bench, desk: Page) -> None:
    desk.keyboard.press("Shift+N")
    words = desk.inner_text("mark.cur")
    desk.keyboard.press("b")
    desk.keyboard.type("Which one?")
    desk.keyboard.press("Control+Enter")
    says(desk, "Asked")
    with bench.database.writing() as session:
        [thread] = session.scalars(text("SELECT id FROM thread")).all()
        project = bench.coast.seen_by(bench.coast.lena)
        talk.answer(session, project, thread, key="key-00002", body="The first.", by=bench.coast.lena, now=NOW)
    desk.goto(f"{bench.address}/inbox")
    desk.get_by_role("button", name="Go to the passage").click()
    desk.wait_for_url(f"**/items/{bench.item}#thread-{thread}")
    expect(desk.locator(f"#thread-{thread}")).to_contain_text("The first.")
    expect(desk.locator("mark").filter(has_text=words).last).to_be_in_viewport()


def test_a_question_that_cannot_be_sent_keeps_its_words(desk: Page) -> None:
    desk.route("**/threads", lambda route: route.abort())
    desk.keyboard.press("b")
    desk.keyboard.type("Kept?")
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_role("alert").filter(has_text="cannot be reached")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.keyboard.press("b")
    expect(desk.get_by_label("Your words")).to_have_value("Kept?")


def test_the_history_leads_back_to_the_suggestions_as_they_came(bench: Bench, desk: Page) -> None:
    desk.keyboard.press("a")
    desk.keyboard.press("x")
    saved(desk)
    decided = sorted(each.status for each in states(bench).values() if each.status != "suggested")
    assert decided == ["accepted", "rejected"]
    desk.keyboard.press("H")
    desk.get_by_role("button", name="Back to the suggestions as they came").click()
    says(desk, "Back: 2 changed")
    saved(desk)
    assert {each.status for each in states(bench).values()} == {"suggested"}
    desk.keyboard.press("z")
    says(desk, "Undone: restore of 2")
    saved(desk)
    assert sorted(each.status for each in states(bench).values() if each.status != "suggested") == decided


def test_a_decision_is_carried_across_the_queue_after_a_look_and_taken_back(bench: Bench, desk: Page) -> None:
    words = desk.evaluate("document.querySelector('[role=option][aria-selected=true] .surface')?.textContent") or ""
    take_texts(bench.database, bench.coast.project, (f"Far away {words} was heard of.", f"And {words} again."))
    suggest(bench.database, bench.coast.project)
    desk.keyboard.press("a")
    saved(desk)
    desk.keyboard.press("P")
    expect(desk.get_by_role("dialog")).to_contain_text("Far away")
    desk.get_by_role("dialog").get_by_role("checkbox").first.uncheck()
    desk.get_by_role("dialog").get_by_role("button", name="Accept").click()
    says(desk, "The same for 1 more")
    desk.keyboard.press("z")
    says(desk, "Undone in your queue: 1")
